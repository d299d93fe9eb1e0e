"""An audit's file says all that the audit says, and whatever its bytes are, reading ends in an audit or in a code."""

from __future__ import annotations

import io
import json
import zipfile
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_desktop.core.edits import Author, Edit, Role
from audit_desktop.core.errors import AuditDesktopError, FaultCode, ManyFaultsError
from audit_desktop.storage.audit_container import (
    OpenedAudit,
    Snapshot,
    decode_audit,
    encode_audit,
    rebuild_if_different,
)
from audit_desktop.storage.container import peek_manifest
from tests.builders import SCHOOL, VISITOR, at, edit, framework_document, make_audit

if TYPE_CHECKING:
    from collections.abc import Callable

    from audit_desktop.core.audit import Audit

ANSWERS = {
    "audit/school-name": "Hill Primary School",
    "statement/1.1/rating": "established",
    "statement/1.1/visitor-comment": "Seen it: “good” – naïve café 🎓",
    "statement/1.3/number-1": {"number": 12, "period": "Autumn term"},
    "audit/activities": ["walk", "talk"],
}


def encoded(audit: Audit) -> bytes:
    return encode_audit(Snapshot.of(audit))[0]


def decoded(data: bytes, is_known_good: Callable[[str], bool] = lambda _: True) -> OpenedAudit:
    return decode_audit(data, "hill.audit", is_known_good)


def entries_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def container(entries: dict[str, bytes], *, with_marks: bool = True, **manifest: Any) -> bytes:
    """Return a file with `entries`, their checksums put right unless not `with_marks`."""
    document = json.loads(entries["manifest.json"]) | manifest
    if with_marks:
        document["entries"] = {
            name: {"sha256": sha256(content).hexdigest(), "size": len(content)}
            for name, content in entries.items()
            if name not in ("mimetype", "manifest.json")
        }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name, content in (entries | {"manifest.json": json.dumps(document).encode()}).items():
            file.writestr(name, content)
    return buffer.getvalue()


def code_of(data: bytes) -> FaultCode:
    with pytest.raises(AuditDesktopError) as caught:
        decoded(data)
    return caught.value.code


def test_audit_read_again_says_the_same() -> None:
    audit = make_audit(ANSWERS)

    again = decoded(encoded(audit)).audit

    assert dict(again.state.answers()) == ANSWERS
    assert again.state.all_heads() == audit.state.all_heads()
    assert again.log.all() == audit.log.all()
    assert (again.id, again.framework, again.framework_source) == (audit.id, audit.framework, audit.framework_source)


def test_order_of_things_in_a_list_is_kept() -> None:
    audit = make_audit({f"sharing/{own_id}/with": "trust" for own_id in ("z", "a", "m")})

    assert decoded(encoded(audit)).audit.state.items("sharing") == ["z", "a", "m"]


def test_conflict_is_still_one_after_reading() -> None:
    audit = make_audit()
    first = edit("statement/1.1/rating", "established")
    second = edit("statement/1.1/rating", "developing", author=Author("Jo", Role.SCHOOL))
    for one in (first, second):
        audit.record(one)

    again = decoded(encoded(audit)).audit

    assert list(again.state.conflicts()) == ["statement/1.1/rating"]
    assert set(again.state.heads("statement/1.1/rating")) == {first, second}


def test_edit_that_was_set_aside_is_still_set_aside_after_reading() -> None:
    audit = make_audit()
    audit.record(edit("statement/1.1/rating", "established", author=VISITOR))

    again = decoded(encoded(audit)).audit

    assert [aside.edit for aside in again.state.set_aside()] == [aside.edit for aside in audit.state.set_aside()]
    assert len(again.state.set_aside()) == 1
    assert again.state.value("statement/1.1/rating") is None


def test_replaced_answers_are_in_the_history_and_not_in_the_summary() -> None:
    audit = make_audit()
    first = edit("statement/1.1/evidence", "first words")
    audit.record(first)
    audit.record(edit("statement/1.1/evidence", "second words", first, minute=1))

    entries = entries_of(encoded(audit))

    assert b"first words" not in entries["document.json"]
    assert b"first words" in entries["history.jsonl"]


def test_same_audit_gives_same_bytes() -> None:
    assert encoded(make_audit(ANSWERS)) == encoded(make_audit(ANSWERS))


def test_audit_written_again_after_reading_gives_same_bytes() -> None:
    data = encoded(make_audit(ANSWERS))

    assert encoded(decoded(data).audit) == data


def test_history_in_a_file_has_the_order_of_the_log_and_ids_that_follow_from_its_lines() -> None:
    audit = make_audit()
    later = edit("statement/1.1/evidence", "later", minute=5)
    earlier = edit("statement/1.2/evidence", "earlier", minute=1)
    for one in (later, earlier):
        audit.record(one)

    lines = entries_of(encoded(audit))["history.jsonl"].splitlines()

    assert [sha256(line).hexdigest() for line in lines] == [earlier.id, later.id]


@pytest.mark.parametrize("minute", [2, 0, -20], ids=["after the last", "before the last", "before all"])
def test_edits_made_after_reading_join_the_history_in_order(minute: int) -> None:
    opened = decoded(encoded(make_audit(ANSWERS))).audit
    opened.record(edit("statement/2.1/evidence", "new", minute=60 + minute))

    again = decoded(encoded(opened)).audit

    assert again.log.all().keys() == opened.log.all().keys()
    times = [one.at for one in again.log.all().values()]
    assert times == sorted(times)


def test_what_a_newer_version_added_survives_reading_and_writing() -> None:
    entries = entries_of(encoded(make_audit(ANSWERS)))
    document = json.loads(entries["document.json"]) | {"tags": ["new"]}
    entries |= {"document.json": json.dumps(document).encode(), "seals/1.json": b"{}", "att/0f": b"\x00picture"}
    data = container(entries, colour="blue")

    again = entries_of(encoded(decoded(data).audit))

    assert json.loads(again["manifest.json"])["colour"] == "blue"
    assert json.loads(again["document.json"])["tags"] == ["new"]
    assert (again["seals/1.json"], again["att/0f"]) == (b"{}", b"\x00picture")
    assert "seals/1.json" in json.loads(again["manifest.json"])["entries"]


def test_what_a_newer_version_added_to_an_edit_survives() -> None:
    audit = make_audit()
    audit.record(
        Edit.make(
            "statement/1.1/evidence",
            "x",
            replaces=(),
            at=at(1),
            author=SCHOOL,
            sitting="s",
            extra={"why": "asked"},
        )
    )

    again = decoded(encoded(audit))

    assert again.audit.state.heads("statement/1.1/evidence")[0].extra == {"why": "asked"}
    assert rebuild_if_different(again) is None


def test_file_that_only_a_newer_version_may_change_opens_read_only() -> None:
    data = container(entries_of(encoded(make_audit(ANSWERS))), format=9, min_reader=2)

    opened = decoded(data)

    assert opened.is_read_only
    assert dict(opened.audit.state.answers()) == ANSWERS


def test_file_of_a_newer_version_that_cannot_be_understood_is_said_to_be_too_new() -> None:
    entries = entries_of(encoded(make_audit(ANSWERS)))
    del entries["framework.json"]

    assert code_of(container(entries, format=9, min_reader=2)) is FaultCode.AUDIT_TOO_NEW


def test_summary_that_agrees_with_the_history_needs_no_rebuilding() -> None:
    assert rebuild_if_different(decoded(encoded(make_audit(ANSWERS)))) is None


def test_changes_made_meanwhile_do_not_look_like_a_difference() -> None:
    opened = decoded(encoded(make_audit(ANSWERS)))
    opened.audit.record(edit("statement/2.1/evidence", "new", minute=90))

    assert rebuild_if_different(opened) is None


@pytest.mark.parametrize("change", ["a value", "an author"])
def test_summary_that_was_tampered_with_is_rebuilt_from_the_history(change: str) -> None:
    entries = entries_of(encoded(make_audit(ANSWERS)))
    old, new = (b"established", b"developing") if change == "a value" else (b"Sam Reed", b"Someone")
    entries["document.json"] = entries["document.json"].replace(old, new)

    rebuilt = rebuild_if_different(decoded(container(entries)))

    assert rebuilt is not None
    assert dict(rebuilt.state.answers()) == ANSWERS
    assert rebuilt.state.heads("statement/1.1/rating")[0].author == SCHOOL


@pytest.mark.parametrize("damage", ["missing", "other bytes", "no summary", "an id is none"])
def test_damaged_summary_is_rebuilt_from_the_history_at_once(damage: str) -> None:
    entries = entries_of(encoded(make_audit(ANSWERS)))
    if damage == "missing":
        del entries["document.json"]
    elif damage == "an id is none":
        summary = json.loads(entries["document.json"])
        summary["heads"]["ids"] = "é" + summary["heads"]["ids"][1:]
        entries["document.json"] = json.dumps(summary).encode("utf-8")
    else:
        entries["document.json"] = b'{"heads": 3}'

    opened = decoded(container(entries, with_marks=damage in ("no summary", "an id is none")))

    assert opened.was_rebuilt
    assert dict(opened.audit.state.answers()) == ANSWERS


def test_damaged_history_is_told_when_it_is_read_and_the_answers_are_there() -> None:
    entries = entries_of(encoded(make_audit(ANSWERS)))
    entries["history.jsonl"] = entries["history.jsonl"].replace(b"established", b"developing")

    opened = decoded(container(entries, with_marks=False))

    assert dict(opened.audit.state.answers()) == ANSWERS
    with pytest.raises(AuditDesktopError) as caught:
        rebuild_if_different(opened)
    assert caught.value.code is FaultCode.AUDIT_DAMAGED
    assert caught.value.details["entry"] == "history.jsonl"


def test_history_that_was_rewritten_with_its_checksum_makes_another_audit_and_is_noticed() -> None:
    entries = entries_of(encoded(make_audit(ANSWERS)))
    entries["history.jsonl"] = entries["history.jsonl"].replace(b"established", b"developing")

    assert rebuild_if_different(decoded(container(entries))) is not None


def test_framework_that_is_not_known_good_is_checked_in_full() -> None:
    opened = decoded(encoded(make_audit(ANSWERS, framework=framework_document())), lambda _: False)

    assert opened.framework_was_checked
    assert opened.audit.framework == make_audit().framework


def test_framework_that_is_not_known_good_and_is_faulty_is_refused() -> None:
    entries = entries_of(encoded(make_audit()))
    entries["framework.json"] = entries["framework.json"].replace(b'"language"', b'"langauge"')

    with pytest.raises(ManyFaultsError):
        decoded(container(entries), lambda _: False)


def test_known_good_framework_is_asked_for_by_its_checksum() -> None:
    audit = make_audit(ANSWERS)
    asked: list[str] = []

    decoded(encoded(audit), lambda digest: bool(asked.append(digest)) or True)

    assert asked == [sha256(audit.framework_source).hexdigest()]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", FaultCode.FILE_EMPTY),
        (b"Attendance", FaultCode.NOT_AN_AUDIT),
        (b"%PDF-1.7", FaultCode.NOT_AN_AUDIT),
        (b"\xd0\xcf\x11\xe0" * 50, FaultCode.NOT_AN_AUDIT),
        (bytes(1000), FaultCode.NOT_AN_AUDIT),
    ],
)
def test_other_files_are_told_from_audits(data: bytes, code: FaultCode) -> None:
    assert code_of(data) is code


def test_word_document_under_an_audits_name_is_recognised() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr("[Content_Types].xml", b"<Types/>")
        file.writestr("word/document.xml", b"<w:document/>")

    with pytest.raises(AuditDesktopError) as caught:
        decoded(buffer.getvalue())

    assert (caught.value.code, caught.value.details["looks_like"]) == (FaultCode.NOT_AN_AUDIT, "word")


def test_somebody_elses_zip_with_a_manifest_is_no_audit() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr("manifest.json", b'{"manifest_version": 3}')

    assert code_of(buffer.getvalue()) is FaultCode.NOT_AN_AUDIT


@pytest.mark.parametrize("part", [0.2, 0.5, 0.99])
def test_cut_off_file_is_damaged_and_not_foreign(part: float) -> None:
    data = encoded(make_audit(ANSWERS))

    assert code_of(data[: int(len(data) * part)]) is FaultCode.AUDIT_DAMAGED


@pytest.mark.parametrize("name", ["framework.json", "history.jsonl"])
def test_missing_entry_is_damage(name: str) -> None:
    entries = entries_of(encoded(make_audit(ANSWERS)))
    del entries[name]

    assert code_of(container(entries)) is FaultCode.AUDIT_DAMAGED


@pytest.mark.parametrize(
    "manifest",
    [
        {"audit_id": 3},
        {"audit_id": "../.."},
        {"min_reader": "1"},
        {"history": {}},
        {"framework": None},
        {"parent_revs": 7},
        {"history": {"count": -1}},
    ],
)
def test_manifest_that_is_none_is_damage(manifest: dict[str, Any]) -> None:
    data = container(entries_of(encoded(make_audit(ANSWERS))), **manifest)

    assert code_of(data) is FaultCode.AUDIT_DAMAGED


def test_first_kilobytes_tell_which_audit_it_is() -> None:
    manifest = peek_manifest(encoded(make_audit(ANSWERS))[:4096])

    assert manifest is not None
    assert (manifest.audit_id, manifest.history_count) == ("audit-1", len(ANSWERS))


def test_two_copies_have_one_doc_rev_exactly_if_they_say_the_same() -> None:
    same = {Snapshot.of(make_audit(ANSWERS)).doc_rev(), Snapshot.of(make_audit(ANSWERS)).doc_rev()}
    other = Snapshot.of(make_audit(ANSWERS | {"statement/1.1/rating": "developing"})).doc_rev()

    assert len(same) == 1
    assert other not in same


@given(st.data())
def test_damaged_file_is_an_audit_or_a_code_and_nothing_else(data: st.DataObject) -> None:
    damaged = bytearray(_SAMPLE)
    for _ in range(data.draw(st.integers(1, 5))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    try:
        opened = decoded(bytes(damaged))
        rebuild_if_different(opened)
    except AuditDesktopError:
        return
    assert dict(opened.audit.state.answers()) == ANSWERS


@given(st.sampled_from(["document.json", "history.jsonl", "manifest.json"]), st.data())
def test_entry_rewritten_with_its_checksum_is_an_audit_or_a_code_and_nothing_else(
    name: str, data: st.DataObject
) -> None:
    entries = entries_of(_SAMPLE)
    content = bytearray(entries[name])
    for _ in range(data.draw(st.integers(1, 3))):
        at_byte = data.draw(st.integers(0, len(content) - 1))
        content[at_byte : at_byte + data.draw(st.integers(0, 2))] = data.draw(
            st.sampled_from([b"", b"0", b'"', b"[", b"null", b"{}", b"-1", b"\xff", b"\\ud800"])
        )
    entries[name] = bytes(content)
    try:
        file = container(entries)
    except (ValueError, RecursionError):
        return
    try:
        opened = decoded(file)
        list(opened.audit.state.answers())
        encoded(opened.audit)
        rebuild_if_different(opened)
    except AuditDesktopError:
        return


_SAMPLE = encoded(make_audit(ANSWERS))
