"""Seals: unchanged since they were made with their key, or what has changed since."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit_desktop.core.errors import FaultCode
from audit_desktop.core.merge import merge_audits
from audit_desktop.core.seal import Seal, SealedContent
from audit_desktop.core.sign_off import reopening_answers, sign_off_answers
from audit_desktop.storage.audit_container import Snapshot, decode_audit, encode_audit
from audit_desktop.storage.manifest import EntryMark
from audit_desktop.storage.seals import add_seal, content_of, seals_of, verify_seals
from audit_desktop.storage.signing_keys import SigningKey, is_genuine
from audit_desktop.storage.zip_format import ZipEntry, pack
from tests.builders import SCHOOL, VISITOR, edit, framework_document, make_audit
from tests.core.people import work

if TYPE_CHECKING:
    from audit_desktop.core.audit import Audit
    from audit_desktop.core.edits import Author

KEY, OTHER_KEY = SigningKey.from_private(bytes(32)), SigningKey.from_private(bytes([1] * 32))
EVIDENCE = "statement/1.1/evidence"


def signed(audit: Audit, who: Author = SCHOOL, key: SigningKey = KEY) -> Seal:
    """Return the seal of `audit`, which has it and its record from now on."""
    seals, _ = seals_of(audit)
    last = list(seals.values())[-1] if seals else None
    seal = key.sealed(
        Seal(
            content_of(audit),
            who.name,
            who.role,
            who.organisation,
            "2026-01-05T12:00:00Z",
            "1.0",
            last.number + 1 if last else 1,
            last.id if last else "",
        )
    )
    add_seal(audit, seal)
    for minute, (address, value) in enumerate(sign_off_answers(seal).items()):
        work(audit, who, address, value, 200 + minute)
    return seal


def audit_with_an_answer() -> Audit:
    return make_audit({EVIDENCE: "Register", "statement/1.1/rating": "developing"}, framework=framework_document())


def codes(audit: Audit) -> list[FaultCode]:
    return [fault.code for fault in verify_seals(audit).faults("a.audit")]


def through_a_file(audit: Audit) -> Audit:
    return decode_audit(encode_audit(Snapshot.of(audit))[0], "a.audit", lambda _: True).audit


def test_a_sealed_audit_is_unchanged_also_after_a_file_and_a_merge() -> None:
    audit = audit_with_an_answer()
    seal = signed(audit)
    for copy in (audit, through_a_file(audit), merge_audits(audit, audit_with_an_answer()).audit):
        verification = verify_seals(copy)
        assert [verified.holds for verified in verification.seals] == [True]
        assert verification.faults("a.audit") == ()
        assert list(seals_of(copy)[0]) == [seal.id]


def test_a_change_after_the_seal_is_listed_by_its_fields() -> None:
    audit = audit_with_an_answer()
    signed(audit)
    work(audit, SCHOOL, EVIDENCE, "Register and minutes", 300)
    work(audit, VISITOR, "statement/1.1/visitor-comment", "Seen.", 301)
    (fault,) = verify_seals(audit).faults("a.audit")
    assert fault.code is FaultCode.SEALED_FIELDS_CHANGED
    assert fault.details["addresses"] == (EVIDENCE, "statement/1.1/visitor-comment")
    assert (fault.details["name"], fault.details["count"]) == (SCHOOL.name, 2)


def test_a_change_and_its_undoing_still_show() -> None:
    audit = audit_with_an_answer()
    signed(audit)
    work(audit, SCHOOL, EVIDENCE, "Other", 300)
    work(audit, SCHOOL, EVIDENCE, "Register", 301)
    assert codes(audit) == [FaultCode.SEALED_FIELDS_CHANGED]


def test_a_seal_that_was_taken_out_is_missed_by_its_record_and_by_the_next_seal() -> None:
    audit = audit_with_an_answer()
    first = signed(audit)
    second = signed(audit, VISITOR)
    assert second.predecessor == first.id
    del audit.extra[f"entry:seals/{first.id}.json"]
    assert codes(audit) == [FaultCode.SEAL_MISSING]
    assert verify_seals(audit).missing == (first.id,)


def test_both_roles_sign_and_both_seals_hold() -> None:
    audit = audit_with_an_answer()
    signed(audit)
    signed(audit, VISITOR, OTHER_KEY)
    assert [verified.holds for verified in verify_seals(through_a_file(audit)).seals] == [True, True]


def test_a_reopened_seal_need_not_hold() -> None:
    audit = audit_with_an_answer()
    signed(audit)
    for minute, (address, value) in enumerate(reopening_answers(audit.state, "Sam", "2026-02-01", "More").items()):
        work(audit, SCHOOL, address, value, 300 + minute)
    work(audit, SCHOOL, EVIDENCE, "Changed", 310)
    assert codes(audit) == []


def test_another_framework_or_attachment_shows() -> None:
    audit = audit_with_an_answer()
    signed(audit)
    audit.framework_source += b" "
    audit.extra["entry:att/" + "0" * 64] = (pack("att/" + "0" * 64, b"x", level=0), EntryMark("0" * 64, 1))
    assert codes(audit) == [FaultCode.SEALED_FRAMEWORK_CHANGED, FaultCode.SEALED_ATTACHMENTS_CHANGED]


def test_a_seal_of_another_audit_vouches_for_nothing() -> None:
    audit = audit_with_an_answer()
    seal = signed(audit)
    other = make_audit({EVIDENCE: "Register"}, audit_id="audit-2")
    add_seal(other, seal)
    assert codes(other) == [FaultCode.SEAL_OF_OTHER_AUDIT]


@pytest.mark.parametrize(
    "change",
    [
        {"name": "Somebody else"},
        {"at": "2020-01-01T00:00:00Z"},
        {"predecessor": "0" * 64},
        {"number": 9},
        {"public_key": OTHER_KEY.public},
        {"content": SealedContent("audit-1", {}, "", ())},
    ],
)
def test_nothing_that_was_signed_can_be_changed(change: dict[str, object]) -> None:
    audit = audit_with_an_answer()
    seal = signed(audit)
    assert is_genuine(seal)
    assert not is_genuine(replace(seal, **change))  # type: ignore[arg-type]


def test_a_file_with_heads_that_do_not_fit_what_was_signed_holds_no_seal() -> None:
    audit = audit_with_an_answer()
    seal = signed(audit)
    name = f"seals/{seal.id}.json"
    forged = seal.to_bytes().replace(audit.state.heads(EVIDENCE)[0].id.encode(), b"0" * 64)
    audit.extra[f"entry:{name}"] = (pack(name, forged, level=0), EntryMark("", len(forged)))
    assert sorted(codes(audit)) == [FaultCode.SEAL_BROKEN, FaultCode.SEAL_MISSING]


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_no_changed_bit_of_a_seal_is_accepted(data: st.DataObject) -> None:
    audit = audit_with_an_answer()
    seal = signed(audit)
    entry, _ = cast("tuple[ZipEntry, EntryMark]", audit.extra[f"entry:seals/{seal.id}.json"])
    content = bytearray(entry.unpack())
    content[data.draw(st.integers(0, len(content) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    name = f"seals/{seal.id}.json"
    audit.extra[f"entry:{name}"] = (pack(name, bytes(content), level=0), EntryMark("", len(content)))
    verified = verify_seals(audit).seals
    # A bit that changes white space alone changes nothing that was signed.
    assert all(one.seal == seal for one in verified if one.holds)


def test_what_a_newer_version_adds_to_a_seal_is_signed_and_kept() -> None:
    audit = audit_with_an_answer()
    seal = KEY.sealed(replace(signed(audit), extra={"place": "Norwich"}))
    again = Seal.from_bytes(seal.to_bytes(), "")
    assert again == seal
    assert is_genuine(again)
    assert not is_genuine(replace(again, extra={}))


def test_the_digest_does_not_depend_on_order_or_on_records_of_sign_offs() -> None:
    audit = audit_with_an_answer()
    before = content_of(audit)
    seal = signed(audit)
    assert content_of(audit) == before == seal.content
    turned = SealedContent(before.audit_id, dict(reversed(before.heads.items())), before.framework_sha256)
    assert turned.digest() == before.digest()
    audit.record(edit("section/1/evidence", "x"))
    assert content_of(audit).digest() != before.digest()
