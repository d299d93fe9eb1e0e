"""Puts the files that `manifest.json` names into a folder, out of git copies of the repositories that hold them.

`python tests/corpus/word/collect.py COPIES FOLDER`: `COPIES` holds a copy of each repository called `owner+name`. The
files are other people's, so they are no part of this project; each is called by its SHA-256, and checked against it.
"""

from __future__ import annotations

import json
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

MANIFEST = Path(__file__).with_name("manifest.json")


def main(copies: Path, folder: Path) -> int:
    """Collect the files and return 0, or 1 if any is missing or another one than it was."""
    manifest: dict[str, Any] = json.loads(MANIFEST.read_bytes())
    folder.mkdir(parents=True, exist_ok=True)
    missing = 0
    for file in manifest["files"]:
        source = manifest["sources"][file["source"]]
        copy = copies / file["source"].replace("/", "+")
        data = subprocess.run(
            ["git", "-C", str(copy), "show", f"{source['commit']}:{file['path']}"], capture_output=True, check=False
        ).stdout
        if sha256(data).hexdigest() == file["sha256"]:
            (folder / file["sha256"]).write_bytes(data)
        else:
            missing += 1
            sys.stderr.write(f"not as it was: {file['source']} {file['path']}\n")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
