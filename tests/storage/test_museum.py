"""Files of every format ever released open for ever, say what they said, and lose nothing when they are saved."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.core.record import replace
from audit_desktop.core.strict_json import load_object
from audit_desktop.storage.audit_container import Snapshot, decode_audit, encode_audit, rebuild_if_different
from audit_desktop.storage.audit_files import write_audit
from audit_desktop.storage.clock import SystemClock
from audit_desktop.storage.filesystem import RealFilesystem
from audit_desktop.storage.manifest import FORMAT, MANIFEST_NAME, Manifest
from audit_desktop.storage.zip_format import pack, read_zip, write_zip
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
    assert again.extra == first.extra


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_museum_file_of_the_next_format_is_read_by_this_program_and_written_by_none(path: Path, tmp_path: Path) -> None:
    entries = read_zip(path.read_bytes())
    manifest = Manifest.from_json(load_object(entries[MANIFEST_NAME].unpack(), path.name))
    newer = replace(manifest, format=FORMAT + 1, min_reader=FORMAT + 1)
    entries[MANIFEST_NAME] = pack(MANIFEST_NAME, newer.to_bytes(), level=0)
    copy = tmp_path / path.name
    copy.write_bytes(write_zip(entries.values()))

    opened = decode_audit(copy.read_bytes(), path.name, lambda _: False)

    assert opened.is_read_only
    assert what_it_says(opened.audit) == json.loads(path.with_suffix(".json").read_text("utf-8"))
    before = copy.read_bytes()
    with pytest.raises(AuditDesktopError) as refusal:
        write_audit(
            RealFilesystem(),
            SystemClock(),
            copy,
            Snapshot.of(opened.audit),
            opened.revision,
            is_known_good=lambda _: True,
        )
    assert refusal.value.code is FaultCode.AUDIT_TOO_NEW
    assert copy.read_bytes() == before
