"""Checks bills of materials against the schema of CycloneDX: `valid_bill.py FILE…`. Needs `requirements/audit.txt`."""

from __future__ import annotations

import sys
from pathlib import Path

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator


def main() -> int:
    """Check each file; the exit status is 1 if one is not as the schema has it."""
    validator = JsonStrictValidator(SchemaVersion.V1_6)
    found = [(name, validator.validate_str(Path(name).read_text(encoding="utf-8"))) for name in sys.argv[1:]]
    for name, fault in found:
        print(f"{name}: {'a valid bill of materials' if fault is None else str(fault)[:300]}")
    return 0 if found and all(fault is None for _, fault in found) else 1


if __name__ == "__main__":
    sys.exit(main())
