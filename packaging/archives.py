"""Makes what people download from the frozen folder: archives and packages with nothing of the moment in them."""

from __future__ import annotations

import gzip
import os
import shutil
import stat
import subprocess
import tarfile
import time
import zipfile
from email.utils import formatdate
from hashlib import sha256
from pathlib import Path

from linux_needs import dependencies

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
ICONS = ROOT / "resources" / "icons"
PNG_SIZES = (16, 32, 48, 128, 256)
_PROGRAM_PLACE = "opt/audit-desktop"
_MAINTAINER = "The Audit Desktop maintainers <maintainers@auditdesktop.invalid>"


def settle_times(folder: Path, moment: int) -> None:
    """Give everything below `folder` the time `moment`, and rights that do not depend on who built it."""
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_symlink():
            os.utime(path, (moment, moment), follow_symlinks=False)  # Windows cannot, and its folder has no links.
            continue
        path.chmod(0o755 if path.is_dir() or _is_program(path) else 0o644)
        os.utime(path, (moment, moment))
    folder.chmod(0o755)
    os.utime(folder, (moment, moment))


def _is_program(path: Path) -> bool:
    # Libraries are built as if one could run them.
    return bool(path.stat().st_mode & stat.S_IXUSR) and ".so" not in path.suffixes


def write_shares(share: Path, version: str, moment: int) -> None:
    """Write the menu entry, the type of audit files, the icons and the description for shops below `share`."""
    (share / "applications").mkdir(parents=True)
    shutil.copyfile(HERE / "linux" / "audit-desktop.desktop", share / "applications" / "audit-desktop.desktop")
    (share / "mime" / "packages").mkdir(parents=True)
    shutil.copyfile(HERE / "linux" / "audit-desktop-mime.xml", share / "mime" / "packages" / "audit-desktop.xml")
    (share / "metainfo").mkdir()
    metainfo = _stamped("audit-desktop.metainfo.xml", version, moment)
    (share / "metainfo" / "org.auditdesktop.AuditDesktop.metainfo.xml").write_bytes(metainfo)
    manual = share / "man" / "man1" / "audit-desktop.1.gz"
    manual.parent.mkdir(parents=True)
    manual.write_bytes(gzip.compress(_stamped("audit-desktop.1", version, moment), mtime=0))
    icons = share / "icons" / "hicolor"
    for size in PNG_SIZES:
        (icons / f"{size}x{size}" / "apps").mkdir(parents=True)
        shutil.copyfile(ICONS / f"audit-desktop-{size}.png", icons / f"{size}x{size}" / "apps" / "audit-desktop.png")
    (icons / "scalable" / "apps").mkdir(parents=True)
    shutil.copyfile(ICONS / "audit-desktop.svg", icons / "scalable" / "apps" / "audit-desktop.svg")


def _stamped(name: str, version: str, moment: int) -> bytes:
    text = (HERE / "linux" / name).read_text(encoding="utf-8")
    day = time.strftime("%Y-%m-%d", time.gmtime(moment))
    return text.replace("@VERSION@", version).replace("@DATE@", day).encode()


def tar_archive(frozen: Path, target: Path, version: str, moment: int, work: Path) -> None:
    """Write the frozen folder with its shares to `target`, a tar.xz file; it needs `xz`."""
    root = work / f"audit-desktop-{version}"
    shutil.copytree(frozen, root, symlinks=True)
    write_shares(root / "share", version, moment)
    text = (HERE / "linux" / "READ-ME.txt").read_text(encoding="utf-8")
    (root / "READ-ME.txt").write_text(text.replace("@DEPENDS@", ", ".join(dependencies(frozen))), encoding="utf-8")
    settle_times(root, moment)

    def anybody(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = "root"
        return entry

    plain = work / "plain.tar"
    with tarfile.open(plain, "w", format=tarfile.PAX_FORMAT) as archive:
        for path in [root, *sorted(root.rglob("*"))]:
            archive.add(path, path.relative_to(work), recursive=False, filter=anybody)
    # Two threads give the same bytes wherever it runs, and half the wait.
    with target.open("wb") as compressed:
        subprocess.run(["xz", "--stdout", "--threads=2", plain], check=True, stdout=compressed)


def debian_package(frozen: Path, target: Path, version: str, moment: int, work: Path) -> None:
    """Write the package of Debian to `target`; it needs `dpkg-deb`."""
    root = work / "deb"
    program = root / _PROGRAM_PLACE
    shutil.copytree(frozen, program, symlinks=True)
    write_shares(root / "usr" / "share", version, moment)
    (root / "usr" / "bin").mkdir()
    (root / "usr" / "bin" / "audit-desktop").symlink_to(f"/{_PROGRAM_PLACE}/audit-desktop")
    documents = root / "usr" / "share" / "doc" / "audit-desktop"
    documents.mkdir(parents=True)
    shutil.copyfile(ROOT / "LICENSE", documents / "copyright")
    changes = (
        f"audit-desktop ({version}) stable; urgency=medium\n\n  * What changed: CHANGELOG.md of the project.\n\n"
        f" -- {_MAINTAINER}  {formatdate(moment)}\n"
    )
    (documents / "changelog.gz").write_bytes(gzip.compress(changes.encode(), mtime=0))
    overrides = root / "usr" / "share" / "lintian" / "overrides" / "audit-desktop"
    overrides.parent.mkdir(parents=True)
    shutil.copyfile(HERE / "linux" / "lintian-overrides", overrides)
    kilobytes = sum(path.stat().st_size for path in root.rglob("*") if path.is_file() and not path.is_symlink()) // 1024
    (root / "DEBIAN").mkdir()
    (root / "DEBIAN" / "control").write_text(
        "Package: audit-desktop\n"
        f"Version: {version}\n"
        "Architecture: amd64\n"
        f"Maintainer: {_MAINTAINER}\n"
        f"Installed-Size: {kilobytes}\n"
        f"Depends: {', '.join(dependencies(frozen))}\n"
        "Recommends: fonts-dejavu-core | fonts-liberation\n"
        "Section: education\n"
        "Priority: optional\n"
        "Description: assess how a school manages attendance, without a network\n"
        " Schools work through an audit over days or weeks and hand over a Word document\n"
        " laid out as the form they know. No network connection is ever opened.\n",
        encoding="utf-8",
    )
    settle_times(root, moment)
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(moment)}
    command = ["dpkg-deb", "--root-owner-group", "-Zxz", "-z6", "--build", root, target]
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)


def zip_archive(frozen: Path, target: Path, moment: int, *, portable: bool) -> None:
    """Write the frozen folder to `target`, a ZIP file; with the marker of a `portable` copy if asked for."""
    moment_parts = time.gmtime(max(moment, 315532800))[:6]  # A ZIP file knows no time before 1980.
    paths = sorted(path for path in frozen.rglob("*") if path.is_file())
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:

        def add(name: str, content: bytes, mode: int) -> None:
            entry = zipfile.ZipInfo(f"audit-desktop/{name}", moment_parts)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (stat.S_IFREG | mode) << 16
            archive.writestr(entry, content)

        for path in paths:
            mode = 0o755 if path.stat().st_mode & stat.S_IXUSR else 0o644
            add(path.relative_to(frozen).as_posix(), path.read_bytes(), mode)
        if portable:
            add("portable", b"", 0o644)


def write_sums(folder: Path) -> None:
    """Write `SHA256SUMS` beside the files of `folder`, as `sha256sum --check` reads it."""
    lines = [
        f"{sha256(path.read_bytes()).hexdigest()}  {path.name}\n"
        for path in sorted(folder.iterdir())
        if path.is_file() and path.name != "SHA256SUMS"
    ]
    (folder / "SHA256SUMS").write_text("".join(lines), encoding="utf-8", newline="\n")
