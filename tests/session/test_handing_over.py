"""A whole visit by file between two laptops, and every copy that must be refused."""

from __future__ import annotations

import json
import zipfile
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from audit_desktop.core.edits import canonical_json
from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.session.handing_over import (
    open_protected_file,
    preview_copy,
    preview_files,
    protect_file,
    read_copy,
    send_copy,
    sign_file,
    verify_file,
)
from audit_desktop.session.visiting import recommend, start_visit
from audit_desktop.storage.manifest import EntryMark, Manifest
from audit_desktop.storage.zip_format import pack, read_zip, write_zip
from tests.session.visit import KEY, PASSPHRASE, SCHOOL, VISITOR, Laptop

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from audit_desktop.core.merge import Merge
    from audit_desktop.session.workspace import Workspace

EVIDENCE = "section/1/evidence"
CANARY = b"Canary Jordan Hollis"


@pytest.fixture
def school(tmp_path: Path) -> Laptop:
    return Laptop(tmp_path / "school")


@pytest.fixture
def visitor(tmp_path: Path) -> Laptop:
    return Laptop(tmp_path / "visitor")


def code_of(action: Callable[[], object]) -> FaultCode:
    with pytest.raises(AuditDesktopError) as error:
        action()
    return error.value.code


def answer(laptop: Laptop, path: Path, who: object, answers: dict[str, object]) -> None:
    opened = laptop.open(path, who)  # type: ignore[arg-type]
    opened.session.set_answers(answers)
    opened.keeper.close()


def changed_history(path: Path, change: Callable[[list[dict[str, object]]], None]) -> None:
    """Change the lines of the history in the file at `path`, with every checksum put right."""
    entries = read_zip(path.read_bytes())
    lines = [json.loads(line) for line in entries["history.jsonl"].unpack().splitlines()]
    change(lines)
    history = "".join(canonical_json(line) + "\n" for line in lines)
    document = json.loads(entries["manifest.json"].unpack())
    document["history"]["count"] = len(lines)
    packed = pack("history.jsonl", history.encode(), level=6)
    mark = EntryMark(sha256(history.encode()).hexdigest(), len(history.encode()))
    document["entries"]["history.jsonl"] = {"sha256": mark.sha256, "size": mark.size}
    manifest = pack("manifest.json", Manifest.from_json(document).to_bytes(), level=0)
    replaced = {"history.jsonl": packed, "manifest.json": manifest}
    path.write_bytes(write_zip([replaced.get(name, entry) for name, entry in entries.items()]))


def test_a_visit_is_played_from_the_school_to_the_visitor_and_back(school: Laptop, visitor: Laptop) -> None:
    path = school.new_audit()
    opened = school.open(path, SCHOOL)
    statements = list(opened.session.audit.state.addresses.statements)
    opened.session.set_answers({f"statement/{one}/rating": "developing" for one in statements})
    opened.session.set_answer(EVIDENCE, CANARY.decode())
    opened.keeper.save()
    opened.session.set_answer(EVIDENCE, "The register")
    opened.keeper.save()
    sent = visitor.folder / "for the visitor.age"
    send_copy(school.workspace, opened.session.audit, sent, passphrase=PASSPHRASE, with_earlier_wording=False)

    received = visitor.folder / "audit.audit"
    open_protected_file(visitor.workspace, sent, received, PASSPHRASE)
    visit = visitor.open(received, VISITOR)
    start_visit(visit.session, "2026-03-02", "Alex Moss")
    visit.session.set_answers({f"statement/{one}/visitor-comment": f"Seen {one}." for one in statements})
    visit.session.set_answers(
        {"statement/1.1/visitor-rating": "not-in-place", "statement/1.1/visitor-rating-reason": "No policy"}
    )
    recommend(visit.session, {"what": "Write the policy", "about": ["statement/1.1"]})
    visit.session.set_answer("audit/visitor-name", "Alex Moss")
    visit.keeper.close()

    opened.session.set_answers({f"statement/{one}/rating": "established" for one in statements[:10]})
    opened.session.set_answer("audit/visitor-name", "A. Moss")
    back = read_copy(school.workspace, received)
    preview = preview_copy(opened.session.audit, back, str(received))
    assert [card.address for card in preview.conflicts] == ["audit/visitor-name"]
    assert preview.changed == ()
    assert not preview.removes_much
    opened.session.merge_in(back.audit, {"audit/visitor-name": "Alex Moss"})
    state = opened.session.audit.state
    assert all(state.value(f"statement/{one}/visitor-comment") == f"Seen {one}." for one in statements)
    assert state.value("statement/1.1/rating") == "established"
    assert len(state.items("recommendations")) == 1
    opened.keeper.close()

    again = school.open(path, SCHOOL).session.audit
    assert again.state.value("statement/4.15/visitor-comment") == "Seen 4.15."
    assert any(edit.value == CANARY.decode() for edit in again.log.all().values())
    sign_file(school.workspace, path, SCHOOL, KEY, "1.0", although_incomplete=True)
    assert verify_file(school.workspace, path).faults(str(path)) == ()
    assert code_of(lambda: answer(school, path, SCHOOL, {EVIDENCE: "Other"})) is FaultCode.SIGNED_OFF


def test_no_earlier_word_is_in_the_file_that_is_sent(school: Laptop) -> None:
    path = school.new_audit()
    answer(school, path, SCHOOL, {EVIDENCE: CANARY.decode(), "actions/a/what": CANARY.decode()})
    answer(school, path, SCHOOL, {EVIDENCE: "The register", "actions/a/deleted": True})
    copy = school.folder / "copy.audit"
    audit = school.workspace.read(path).audit
    send_copy(school.workspace, audit, copy, with_earlier_wording=True)
    assert any(CANARY in entry.unpack() for entry in read_zip(copy.read_bytes()).values())
    send_copy(school.workspace, audit, copy, with_earlier_wording=False, may_replace=True)
    assert not any(CANARY in entry.unpack() for entry in read_zip(copy.read_bytes()).values())
    opened = read_copy(school.workspace, copy)
    assert opened.audit.state.value(EVIDENCE) == "The register"
    assert opened.audit.state.items("actions") == []
    answer(school, copy, SCHOOL, {EVIDENCE: "The register, signed"})
    assert read_copy(school.workspace, copy).audit.state.value(EVIDENCE) == "The register, signed"


def test_a_protected_copy_opens_with_its_passphrase_alone(school: Laptop) -> None:
    path, protected, out = school.new_audit(), school.folder / "copy.age", school.folder / "out.audit"
    protect_file(school.workspace, path, protected, PASSPHRASE)
    assert code_of(lambda: read_copy(school.workspace, protected)) is FaultCode.PASSPHRASE_MISSING
    wrong = "another passphrase"
    assert code_of(lambda: open_protected_file(school.workspace, protected, out, wrong)) is FaultCode.PASSPHRASE_WRONG
    assert not out.exists()
    open_protected_file(school.workspace, protected, out, PASSPHRASE)
    assert school.workspace.read(out).audit.id == school.workspace.read(path).audit.id
    data = protected.read_bytes()
    protected.write_bytes(data[: len(data) - 20])
    cut = school.folder / "cut.audit"
    assert code_of(lambda: open_protected_file(school.workspace, protected, cut, PASSPHRASE)) is (
        FaultCode.PROTECTED_TRUNCATED
    )
    assert code_of(lambda: open_protected_file(school.workspace, path, cut, PASSPHRASE)) is FaultCode.NOT_PROTECTED
    assert not cut.exists()


def merged_files(workspace: Workspace, mine: Path, theirs: Path, out: Path) -> Merge:
    merge = preview_files(workspace, mine, theirs).merge
    workspace.save_new(out, merge.audit)
    return merge


def test_nothing_is_written_over_a_file_that_is_there(school: Laptop) -> None:
    path = school.new_audit()
    before = path.read_bytes()
    assert code_of(lambda: protect_file(school.workspace, path, path, PASSPHRASE)) is FaultCode.FILE_EXISTS
    assert code_of(lambda: merged_files(school.workspace, path, path, path)) is FaultCode.FILE_EXISTS
    assert path.read_bytes() == before


def test_a_copy_of_another_audit_is_refused(school: Laptop) -> None:
    one, two, out = school.new_audit("one.audit"), school.new_audit("two.audit"), school.folder / "out.audit"
    assert code_of(lambda: merged_files(school.workspace, one, two, out)) is FaultCode.DIFFERENT_AUDIT
    assert not out.exists()


def test_a_line_changed_in_the_history_of_a_copy_is_noticed(school: Laptop) -> None:
    path, out = school.new_audit(), school.folder / "out.audit"
    answer(school, path, SCHOOL, {EVIDENCE: "Red"})
    answer(school, path, SCHOOL, {EVIDENCE: "Green"})
    copy = school.folder / "copy.audit"
    copy.write_bytes(path.read_bytes())

    def forge(lines: list[dict[str, object]]) -> None:
        next(line for line in lines if line["value"] == "Red")["value"] = "Blue"

    changed_history(copy, forge)
    assert code_of(lambda: merged_files(school.workspace, path, copy, out)) is FaultCode.HISTORY_TAMPERED
    assert code_of(lambda: merged_files(school.workspace, copy, path, out)) is FaultCode.HISTORY_TAMPERED
    assert not out.exists()


def test_a_copy_whose_history_was_stripped_is_refused_until_a_person_agrees(school: Laptop) -> None:
    path = school.new_audit()
    copy = school.folder / "copy.audit"
    copy.write_bytes(path.read_bytes())

    def strip(lines: list[dict[str, object]]) -> None:
        for line in lines:
            line.update(replaces=[], at="2026-03-03T00:00:00.000Z", value="Dale School")

    changed_history(copy, strip)
    mine, theirs = school.workspace.read(path).audit, read_copy(school.workspace, copy)
    assert code_of(lambda: preview_copy(mine, theirs, str(copy))) is FaultCode.NO_SHARED_HISTORY
    preview = preview_copy(mine, theirs, str(copy), although_unrelated=True)
    assert [card.address for card in preview.conflicts] == ["audit/school-name"]


def test_merging_two_files_makes_one_with_everything_of_both(school: Laptop) -> None:
    path = school.new_audit()
    copy, out = school.folder / "copy.audit", school.folder / "out.audit"
    copy.write_bytes(path.read_bytes())
    answer(school, path, SCHOOL, {EVIDENCE: "The register"})
    answer(school, copy, VISITOR, {"statement/1.1/visitor-comment": "Seen."})
    merge = merged_files(school.workspace, path, copy, out)
    assert merge.new_from_theirs == 1
    state = school.workspace.read(out).audit.state
    assert (state.value(EVIDENCE), state.value("statement/1.1/visitor-comment")) == ("The register", "Seen.")
    assert zipfile.is_zipfile(out)
