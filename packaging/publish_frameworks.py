"""Writes what is published beside the shipped frameworks: the hashes of those that were checked, and the JSON Schema.

Run `python packaging/publish_frameworks.py` after changing a framework or the format of frameworks.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from audit_desktop.core.errors import ManyFaultsError  # noqa: E402 - found in the checkout, whatever is installed
from audit_desktop.core.framework_check import check_framework, json_schema  # noqa: E402

FRAMEWORKS = ROOT / "frameworks"


def published(folder: Path) -> dict[str, str]:
    """Return the text of each file that is published beside the frameworks in `folder`, by its name.

    Raises `ManyFaultsError` if a framework has faults: only what was checked may be listed.
    """
    hashes: list[str] = []
    for path in sorted(folder.glob("*/*.json")):
        data = path.read_bytes()
        check_framework(data, str(path))
        hashes.append(hashlib.sha256(data).hexdigest())
    return {
        "checked.json": json.dumps({"sha256": sorted(hashes)}, indent=2) + "\n",
        "framework.schema.json": json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n",
    }


def main() -> int:
    """Write the files; the exit status is 1, and nothing is written, if a framework has faults."""
    try:
        files = published(FRAMEWORKS)
    except ManyFaultsError as error:
        for fault in error.faults:
            sys.stderr.write(f"{error.place}: {fault.place}: {fault.code}\n")
        return 1
    for name, text in files.items():
        (FRAMEWORKS / name).write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
