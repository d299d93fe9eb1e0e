"""Files of every format ever released open for ever, say what they said, and lose nothing when they are saved."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from audit_desktop.storage.audit_container import Snapshot, decode_audit, encode_audit, rebuild_if_different
from tests.data.audits.make_museum import CONTENTS, what_it_says

MUSEUM = Path(__file__).parents[1] / "data" / "audits"
FILES = sorted(MUSEUM.glob("v*/*.audit"))


def test_museum_is_not_empty() -> None:
    assert {path.name for path in FILES} >= set(CONTENTS)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_museum_file_says_what_it_said(path: Path) -> None:
    opened = decode_audit(path.read_bytes(), path.name, lambda _: False)

    assert what_it_says(opened.audit) == json.loads(path.with_suffix(".json").read_text("utf-8"))
    assert rebuild_if_different(opened) is None


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_museum_file_loses_nothing_when_it_is_saved(path: Path) -> None:
    first = decode_audit(path.read_bytes(), path.name, lambda _: True).audit

    again = decode_audit(encode_audit(Snapshot.of(first))[0], path.name, lambda _: True).audit

    assert again.state.all_heads() == first.state.all_heads()
    assert again.log.all() == first.log.all()
