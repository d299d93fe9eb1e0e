"""Builds what people download: `python packaging/freeze.py`, in an environment with `requirements/build.txt`.

The frozen folder comes to `build/frozen/audit-desktop`, checked against `bundle_contents.py`; the archives, packages
and their SHA-256 sums come to `dist/`. The same sources, packages and `SOURCE_DATE_EPOCH` give the same bytes.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from hashlib import sha256
from pathlib import Path

import archives
import bundle_contents
import notices

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
FROZEN = ROOT / "build" / "frozen"
DOWNLOADS = ROOT / "dist"
_FIRST_MOMENT = 1767225600
"""2026-01-01, where neither the environment nor git knows when the sources were last changed."""


def version() -> str:
    """Return the version that the package states."""
    text = (ROOT / "src" / "audit_desktop" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "(.+)"$', text, re.MULTILINE)
    if found is None:
        raise SystemExit("src/audit_desktop/__init__.py states no version")
    return found.group(1)


def moment() -> int:
    """Return the time that every file gets: `SOURCE_DATE_EPOCH`, or when the sources were last changed."""
    named = os.environ.get("SOURCE_DATE_EPOCH", "")
    if named.isdigit():
        return int(named)
    command = ["git", "-C", ROOT, "log", "-1", "--format=%ct"]
    try:
        said = subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
    except FileNotFoundError:
        said = ""
    return int(said) if said.isdigit() else _FIRST_MOMENT


def freeze(spec: Path, target: Path, when: int) -> None:
    """Run PyInstaller with `spec` into the folder `target`, so that nothing of this machine or hour gets in."""
    shutil.rmtree(target, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix="audit-desktop-build-") as work:
        environment = {
            **{name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
            "PYTHONHASHSEED": "0",
            "SOURCE_DATE_EPOCH": str(when),
            "PYINSTALLER_CONFIG_DIR": str(Path(work, "cache")),
            "PYTHONDONTWRITEBYTECODE": "1",
            # The paths inside the compiled modules would say where it was built.
            "TZ": "UTC",
            "LC_ALL": "C.UTF-8",
        }
        command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR"]
        command += ["--distpath", str(target), "--workpath", str(Path(work, "work")), str(spec)]
        if subprocess.run(command, env=environment, check=False).returncode:
            raise SystemExit("PyInstaller failed")


def build_folder(target: Path, when: int) -> Path:
    """Freeze the program into `target` and return its folder; ends with a sentence if that is not as it should be."""
    freeze(HERE / "audit-desktop.spec", target, when)
    folder = target / "audit-desktop"
    notices.write_notices(folder, folder / "_internal", version(), when)
    if sys.platform == "darwin":
        # In a bundle they lie where they break no signature, which comes after this.
        resources = target / "Audit Desktop.app" / "Contents" / "Resources"
        shutil.copytree(folder / "licences", resources / "licences", dirs_exist_ok=True)
        shutil.copyfile(folder / "sbom.cdx.json", resources / "sbom.cdx.json")
    archives.settle_times(folder, when)
    check(folder)
    return folder


def check(folder: Path) -> None:
    """End with a sentence if the frozen `folder` is too large or holds what it should not."""
    unknown = bundle_contents.strangers(folder)
    size = bundle_contents.megabytes(folder)
    print(f"the frozen folder: {size:.1f} MB, {sum(path.is_file() for path in folder.rglob('*'))} files")
    if unknown:
        raise SystemExit("not in the list of packaging/bundle_contents.py: " + ", ".join(unknown))
    if size > bundle_contents.LARGEST_MEGABYTES:
        raise SystemExit(f"the frozen folder may have {bundle_contents.LARGEST_MEGABYTES} MB at most")


def pack(folder: Path, downloads: Path, when: int) -> None:
    """Write everything that can be made on this system from the frozen `folder` into `downloads`, with the sums."""
    shutil.rmtree(downloads, ignore_errors=True)
    downloads.mkdir(parents=True)
    number = version()
    with tempfile.TemporaryDirectory(prefix="audit-desktop-pack-") as work:
        if sys.platform == "win32":
            archives.zip_archive(folder, downloads / f"audit-desktop-{number}-portable.zip", when, portable=True)
            if shutil.which("makensis"):
                for scope in ("user", "all"):
                    make_installer(folder, downloads, scope)
        elif sys.platform == "darwin":
            # `ditto` keeps the links inside the bundle, without which its signature breaks.
            app = folder.parent / "Audit Desktop.app"
            target = downloads / f"audit-desktop-{number}-macos-{platform.machine()}.zip"
            subprocess.run(["ditto", "-c", "-k", "--keepParent", app, target], check=True)
        else:
            target = downloads / f"audit-desktop-{number}-linux-x86_64.tar.xz"
            archives.tar_archive(folder, target, number, when, Path(work))
            if shutil.which("dpkg-deb"):
                target = downloads / f"audit-desktop_{number}_amd64.deb"
                archives.debian_package(folder, target, number, when, Path(work))
    shutil.copyfile(folder / "sbom.cdx.json", downloads / f"audit-desktop-{number}.cdx.json")
    archives.write_sums(downloads)
    for path in sorted(downloads.iterdir()):
        print(f"{path.name}: {path.stat().st_size / 2**20:.1f} MB")


def make_installer(folder: Path, downloads: Path, scope: str, *, quickly: bool = False) -> Path:
    """Make the installer of Windows for one `user` or for `all`, small or `quickly`, and return it, with `makensis`."""
    from windows_version import four_numbers

    number = version()
    target = downloads / f"audit-desktop-{number}-{'setup' if scope == 'user' else 'setup-all-users'}.exe"
    defines = {
        "VERSION": number,
        "NUMBERS": ".".join(map(str, four_numbers(number))),
        "PAYLOAD": str(folder),
        "TARGET": str(target),
        "ICON": str(ROOT / "resources" / "icons" / "audit-desktop.ico"),
        "LICENCE": str(ROOT / "LICENSE"),
    }
    if scope == "all":
        defines["ALL_USERS"] = "1"
    if quickly:
        defines["QUICKLY"] = "1"
    script = str(HERE / "windows" / "installer.nsi")
    command = ["makensis", "-V2", "-WX", *(f"-D{name}={value}" for name, value in defines.items()), script]
    if subprocess.run(command, check=False).returncode:
        raise SystemExit("makensis failed")
    return target


def fingerprints(folder: Path) -> dict[str, str]:
    """Return the SHA-256 sum of every file below `folder`, by name."""
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def different(first: dict[str, str], second: dict[str, str]) -> list[str]:
    """Return the names whose content is not the same in both."""
    return sorted(name for name in first.keys() | second.keys() if first.get(name) != second.get(name))


def main() -> int:
    """Build; the exit status is 1 if what was built is not as it should be."""
    parser = argparse.ArgumentParser(prog="python packaging/freeze.py", description=__doc__)
    parser.add_argument("--only-folder", action="store_true", help="no archives and packages")
    parser.add_argument("--twice", action="store_true", help="build a second time and compare every file")
    arguments = parser.parse_args()
    when = moment()
    folder = build_folder(FROZEN, when)
    if not arguments.only_folder:
        pack(folder, DOWNLOADS, when)
    if arguments.twice:
        with tempfile.TemporaryDirectory(prefix="audit-desktop-second-") as second:
            again = build_folder(Path(second, "frozen"), when)
            changed = different(fingerprints(folder), fingerprints(again))
            if not arguments.only_folder:
                pack(again, Path(second, "downloads"), when)
                changed += different(fingerprints(DOWNLOADS), fingerprints(Path(second, "downloads")))
        if changed:
            print("two builds differ in: " + ", ".join(changed), file=sys.stderr)
            return 1
        print("two builds are the same, byte for byte")
    return 0


if __name__ == "__main__":
    sys.exit(main())
