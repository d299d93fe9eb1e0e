"""Makes one installer of Windows, on any system that has NSIS: `make_installer.py PAYLOAD FOLDER user|all [--quickly]`.

`--quickly` packs it less tightly, to prove it.
"""

import sys
from pathlib import Path

from freeze import make_installer

if __name__ == "__main__":
    payload, downloads, scope, *quickly = sys.argv[1:]
    print(make_installer(Path(payload).resolve(), Path(downloads).resolve(), scope, quickly=bool(quickly)).name)
