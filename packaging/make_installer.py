"""Makes one installer of Windows, on any system that has NSIS: `make_installer.py PAYLOAD FOLDER user|all`."""

import sys
from pathlib import Path

from freeze import make_installer

if __name__ == "__main__":
    payload, downloads, scope = sys.argv[1:]
    print(make_installer(Path(payload).resolve(), Path(downloads).resolve(), scope).name)
