"""A damaged file gives back every answer that the damage did not touch, and none that it changed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.storage.audit_container import Snapshot, encode_audit
from audit_desktop.storage.salvage import salvage_audit
from tests.builders import SCHOOL, framework_document, make_audit

ANSWERS = {f"statement/1.{number}/evidence": f"Words about {number}. " * 20 for number in (1, 2, 3)}
AUDIT = make_audit(ANSWERS, framework=framework_document())
for _minute in range(30):
    AUDIT.record(
        AUDIT.state.make_edit(
            "statement/2.1/evidence",
            f"Version {_minute}",
            at=f"2026-01-06T10:{_minute:02}:00.000Z",
            author=SCHOOL,
            sitting="sitting-2",
        )
    )
WHOLE = encode_audit(Snapshot.of(AUDIT))[0]


def content_of(name: bytes) -> int:
    """Return where the bytes of an entry begin: after its own header, the only place where no quote precedes it."""
    at = WHOLE.index(name)
    while WHOLE[at - 30 : at - 26] != b"PK\x03\x04":
        at = WHOLE.index(name, at + 1)
    return at + len(name)


def test_file_cut_off_in_its_history_gives_back_every_answer() -> None:
    cut = WHOLE[: content_of(b"history.jsonl") + 200]

    salvaged = salvage_audit(cut, "hill.audit", lambda _: True)

    assert dict(salvaged.audit.state.answers()) == dict(AUDIT.state.answers())
    assert salvaged.announced == len(AUDIT.log)
    assert salvaged.damaged_entries == ("history.jsonl",)


def test_file_whose_summary_is_spoilt_gives_back_everything() -> None:
    spoilt = bytearray(WHOLE)
    start = content_of(b"document.json")
    spoilt[start + 40 : start + 80] = bytes(40)

    salvaged = salvage_audit(bytes(spoilt), "hill.audit", lambda _: True)

    assert salvaged.audit.log.all() == AUDIT.log.all()
    assert salvaged.damaged_entries == ("document.json",)


def test_file_without_its_framework_cannot_be_salvaged() -> None:
    with pytest.raises(AuditDesktopError) as caught:
        salvage_audit(WHOLE[:400], "hill.audit", lambda _: True)

    assert caught.value.code is FaultCode.AUDIT_DAMAGED


@given(st.data())
def test_no_salvaged_answer_was_changed_by_the_damage(data: st.DataObject) -> None:
    spoilt = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 8))):
        spoilt[data.draw(st.integers(0, len(spoilt) - 1))] = data.draw(st.integers(0, 255))
    spoilt = spoilt[: data.draw(st.integers(len(spoilt) // 2, len(spoilt)))]
    try:
        salvaged = salvage_audit(bytes(spoilt), "hill.audit", lambda _: True)
    except AuditDesktopError:
        return
    if len(salvaged.damaged_entries) < 2:
        assert salvaged.audit.log.all().keys() <= AUDIT.log.all().keys()
