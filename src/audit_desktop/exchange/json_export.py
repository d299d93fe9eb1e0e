"""Writes an audit as a JSON file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from audit_desktop.exchange.json_document import audit_document

if TYPE_CHECKING:
    from audit_desktop.core.audit import Audit


def json_bytes(audit: Audit) -> bytes:
    """Return everything that `audit` says as indented JSON in UTF-8; the same audit gives the same bytes."""
    return (json.dumps(audit_document(audit), indent=2, ensure_ascii=False) + "\n").encode("utf-8", "replace")
