"""Attached files in the audit's file: their bytes are found, proven, carried, and never dropped without a word."""

from __future__ import annotations

import errno
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest

from audit_desktop.core.attachments import attachments, held_digests
from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.core.merge import merge_audits
from audit_desktop.core.send_copy import without_earlier_wording
from audit_desktop.storage import audit_container
from audit_desktop.storage.attached_bytes import AttachedBytes
from audit_desktop.storage.attachment_store import AttachmentStore
from audit_desktop.storage.audit_container import Snapshot, decode_audit, encode_audit
from audit_desktop.storage.audit_files import SavedAudit, read_audit, write_audit
from audit_desktop.storage.backups import Backups
from audit_desktop.storage.container import Container
from audit_desktop.storage.file_writing import write_new_file
from audit_desktop.storage.salvage import salvage_audit
from audit_desktop.storage.zip_format import PIECE, OutsideEntry, read_zip
from tests.builders import SCHOOL, VISITOR, make_audit
from tests.storage.simulated_filesystem import SimulatedFilesystem, SimulatedReading

if TYPE_CHECKING:
    from collections.abc import Callable

    from audit_desktop.core.audit import Audit
    from audit_desktop.core.edits import Author

DESK, HOME = Path("/desk"), Path("/home/attachments/audit-1")
PATH = DESK / "hill.audit"
PLAN, PHOTO = b"%PDF-1.7 plan" * 1_000, bytes(range(256)) * 20_000


@pytest.fixture
def filesystem() -> SimulatedFilesystem:
    made = SimulatedFilesystem()
    made.make_folder(DESK)
    return made


def store_in(filesystem: SimulatedFilesystem) -> AttachmentStore:
    return AttachmentStore(filesystem, filesystem.clock, HOME)


def lose_store(filesystem: SimulatedFilesystem) -> None:
    for digest in store_in(filesystem).digests():
        filesystem.remove(HOME / digest)


def put(store: AttachmentStore, content: bytes) -> str:
    return store.put(content[start : start + PIECE] for start in range(0, len(content), PIECE)).digest


def list_file(audit: Audit, own_id: str, content: bytes, by: Author = SCHOOL) -> None:
    """List a file of that content, as the session does once its bytes are safe."""
    answers = {
        "name": f"{own_id}.pdf",
        "sha256": sha256(content).hexdigest(),
        "size": {"number": len(content)},
        "about": ["statement/1.1"],
    }
    for field, value in answers.items():
        address = f"attachments/{own_id}/{field}"
        audit.record(audit.state.make_edit(address, value, at="2026-01-05T10:00:00.000Z", author=by, sitting="s"))


def remove(audit: Audit, own_id: str) -> None:
    address = f"attachments/{own_id}/deleted"
    audit.record(audit.state.make_edit(address, value=True, at="2026-01-05T11:00:00.000Z", author=SCHOOL, sitting="s"))


def save(filesystem: SimulatedFilesystem, audit: Audit, path: Path = PATH, **options: object) -> SavedAudit:
    options.setdefault("store", store_in(filesystem))
    base = options.pop("base", None)
    return write_audit(
        filesystem,
        filesystem.clock,
        path,
        Snapshot.of(audit),
        base,  # type: ignore[arg-type]
        is_known_good=lambda _: True,
        **options,  # type: ignore[arg-type]
    )


def opened(filesystem: SimulatedFilesystem, path: Path = PATH) -> Audit:
    return read_audit(filesystem, filesystem.clock, path, lambda _: True).audit


def content_in(filesystem: SimulatedFilesystem, path: Path = PATH) -> dict[str, bytes]:
    """Return the attached files in the container, by the beginning of their SHA-256."""
    entries = read_zip(filesystem.read_bytes(path))
    return {name: entry.unpack() for name, entry in entries.items() if name.startswith("att/")}


def raising(error: Exception) -> Callable[..., NoReturn]:
    def fail(*_: object) -> NoReturn:
        raise error

    return fail


def entry_of(content: bytes) -> str:
    return f"att/{sha256(content).hexdigest()}"


def attached_audit(filesystem: SimulatedFilesystem) -> Audit:
    """Return an audit that lists the plan, whose bytes this computer has."""
    audit = make_audit()
    put(store_in(filesystem), PLAN)
    list_file(audit, "plan", PLAN)
    return audit


def test_a_listed_file_is_in_the_audits_file_byte_for_byte_on_a_computer_that_has_only_that(
    filesystem: SimulatedFilesystem,
) -> None:
    saved = save(filesystem, attached_audit(filesystem))
    assert saved.missing == ()
    assert content_in(filesystem) == {entry_of(PLAN): PLAN}
    elsewhere = SimulatedFilesystem()
    elsewhere.make_folder(DESK)
    elsewhere.names[PATH] = filesystem.names[PATH]
    audit = opened(elsewhere)
    (one,) = attachments(audit.state)
    found = AttachedBytes(elsewhere, elsewhere.clock, None, PATH)
    assert b"".join(found.pieces(OutsideEntry(entry_of(PLAN), None, one.size))) == PLAN


def test_the_same_audit_with_attached_files_gives_the_same_bytes(filesystem: SimulatedFilesystem) -> None:
    audit = attached_audit(filesystem)
    put(store_in(filesystem), PHOTO)
    list_file(audit, "photo", PHOTO)
    save(filesystem, audit)
    save(filesystem, audit, DESK / "again.audit")
    assert filesystem.read_bytes(PATH) == filesystem.read_bytes(DESK / "again.audit")


def test_a_file_that_was_opened_is_saved_without_its_store_from_the_file_itself(
    filesystem: SimulatedFilesystem,
) -> None:
    first = save(filesystem, attached_audit(filesystem))
    lose_store(filesystem)
    audit = opened(filesystem)
    list_file(audit, "photo", PHOTO)
    put(store_in(filesystem), PHOTO)
    save(filesystem, audit, base=first.revision)
    assert content_in(filesystem) == {entry_of(PLAN): PLAN, entry_of(PHOTO): PHOTO}


def test_save_as_takes_the_attached_files_along(filesystem: SimulatedFilesystem) -> None:
    save(filesystem, attached_audit(filesystem))
    lose_store(filesystem)
    save(filesystem, opened(filesystem), DESK / "copy.audit", store=None)
    assert content_in(filesystem, DESK / "copy.audit") == {entry_of(PLAN): PLAN}


def test_no_more_than_a_piece_of_a_large_file_is_read_or_written_at_a_time(
    filesystem: SimulatedFilesystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    large = bytes(8 * PIECE)
    put(store_in(filesystem), large)
    audit = make_audit()
    list_file(audit, "large", large)
    read: list[int] = []
    read_at = SimulatedReading.read_at

    def counted(self: SimulatedReading, offset: int, count: int) -> bytes:
        read.append(count)
        return read_at(self, offset, count)

    def open_read(self: SimulatedFilesystem, path: Path) -> SimulatedReading:
        if path not in self.names:
            raise FileNotFoundError(path)
        return SimulatedReading(self.names[path].data)

    monkeypatch.setattr(SimulatedReading, "read_at", counted)
    monkeypatch.setattr(SimulatedFilesystem, "read_bytes", partial(pytest.fail, "a whole file was read"))
    monkeypatch.setattr(SimulatedFilesystem, "open_read", open_read)
    monkeypatch.setattr(SimulatedFilesystem, "read_start", lambda self, path, count: self.names[path].data[:count])
    first = save(filesystem, audit)
    again = opened(filesystem)
    save(filesystem, again, base=first.revision)
    assert max(read) <= PIECE


def test_a_file_whose_bytes_are_nowhere_stays_listed_and_the_save_says_so(filesystem: SimulatedFilesystem) -> None:
    audit = make_audit()
    list_file(audit, "plan", PLAN)
    saved = save(filesystem, audit)
    assert saved.missing == (sha256(PLAN).hexdigest(),)
    again = opened(filesystem)
    assert [one.name for one in attachments(again.state)] == ["plan.pdf"]
    assert list(held_digests(again.extra)) == []
    # Once they are found, they are in the file again, though nobody mentioned them anew.
    put(store_in(filesystem), PLAN)
    assert save(filesystem, again, base=saved.revision).missing == ()
    assert content_in(filesystem) == {entry_of(PLAN): PLAN}


def test_a_damaged_file_in_the_store_is_taken_from_the_audits_file_instead(filesystem: SimulatedFilesystem) -> None:
    first = save(filesystem, attached_audit(filesystem))
    filesystem.names[HOME / sha256(PLAN).hexdigest()].data = PLAN[:-1] + b"?"
    audit = opened(filesystem)
    list_file(audit, "photo", PHOTO)
    put(store_in(filesystem), PHOTO)
    saved = save(filesystem, audit, base=first.revision)
    assert saved.missing == ()
    assert content_in(filesystem)[entry_of(PLAN)] == PLAN


@pytest.mark.parametrize("is_name_taken", [False, True])
def test_a_file_with_a_damaged_attachment_is_put_by_and_the_loss_is_said(
    filesystem: SimulatedFilesystem, is_name_taken: bool
) -> None:
    save(filesystem, attached_audit(filesystem))
    lose_store(filesystem)
    damaged = filesystem.read_bytes(PATH).replace(PLAN[:13] * 500, b"?" * 6_500)
    filesystem.names[PATH].data = damaged
    if is_name_taken:
        at = filesystem.clock.now().astimezone().strftime("%H-%M")
        write_new_file(filesystem, filesystem.clock, DESK / f"hill (damaged {at}).audit", b"of a save before")
    read = read_audit(filesystem, filesystem.clock, PATH, lambda _: True)
    list_file(read.audit, "photo", PHOTO)
    put(store_in(filesystem), PHOTO)
    saved = save(filesystem, read.audit, base=read.revision)
    assert saved.missing == (sha256(PLAN).hexdigest(),)
    assert content_in(filesystem) == {entry_of(PHOTO): PHOTO}
    aside = [filesystem.read_bytes(DESK / name) for name in filesystem.list_folder(DESK) if "(damaged" in name]
    assert damaged in aside
    assert not any(name.endswith(".tmp") for name in filesystem.list_folder(DESK))


def test_the_last_place_of_a_file_is_kept_though_it_could_not_be_read_for_a_moment(
    filesystem: SimulatedFilesystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = save(filesystem, attached_audit(filesystem))
    lose_store(filesystem)
    audit, whole = opened(filesystem), filesystem.read_bytes(PATH)
    list_file(audit, "photo", PHOTO)
    put(store_in(filesystem), PHOTO)
    with monkeypatch.context() as away:
        away.setattr(AttachedBytes, "_open", raising(OSError(errno.EIO, "the network is away")))
        assert save(filesystem, audit, base=first.revision).missing != ()
    (aside,) = [name for name in filesystem.list_folder(DESK) if "(damaged" in name]
    assert filesystem.read_bytes(DESK / aside) == whole


def test_a_wrong_checksum_in_a_container_costs_no_bytes_that_are_right(filesystem: SimulatedFilesystem) -> None:
    save(filesystem, attached_audit(filesystem))
    lose_store(filesystem)
    entry = read_zip(filesystem.read_bytes(PATH))[entry_of(PLAN)]
    wrong, right = (entry.crc ^ 1).to_bytes(4, "little"), entry.crc.to_bytes(4, "little")
    filesystem.names[PATH].data = filesystem.read_bytes(PATH).replace(right, wrong)
    read = read_audit(filesystem, filesystem.clock, PATH, lambda _: True)
    assert save(filesystem, read.audit, DESK / "copy.audit").missing == ()
    assert content_in(filesystem, DESK / "copy.audit") == {entry_of(PLAN): PLAN}


def test_a_removed_file_stays_in_the_audits_file_but_not_in_a_copy_without_earlier_wording(
    filesystem: SimulatedFilesystem,
) -> None:
    first = save(filesystem, attached_audit(filesystem))
    audit = opened(filesystem)
    list_file(audit, "photo", PHOTO)
    put(store_in(filesystem), PHOTO)
    remove(audit, "plan")
    save(filesystem, audit, base=first.revision)
    assert content_in(filesystem).keys() == {entry_of(PLAN), entry_of(PHOTO)}
    save(filesystem, without_earlier_wording(audit), DESK / "sent.audit")
    assert content_in(filesystem, DESK / "sent.audit") == {entry_of(PHOTO): PHOTO}
    assert sha256(PLAN).hexdigest().encode() not in filesystem.read_bytes(DESK / "sent.audit")


def test_merged_copies_hold_the_files_of_both(filesystem: SimulatedFilesystem) -> None:
    save(filesystem, attached_audit(filesystem))
    theirs = DESK / "theirs.audit"
    save(filesystem, opened(filesystem), theirs)
    visitor = opened(filesystem, theirs)
    list_file(visitor, "photo", PHOTO, VISITOR)
    put(store_in(filesystem), PHOTO)
    save(filesystem, visitor, theirs, base=None)
    lose_store(filesystem)
    merged = merge_audits(opened(filesystem), opened(filesystem, theirs)).audit
    assert merge_audits(opened(filesystem, theirs), opened(filesystem)).audit.extra == merged.extra
    save(filesystem, merged, DESK / "both.audit", store=None)
    assert content_in(filesystem, DESK / "both.audit") == {entry_of(PLAN): PLAN, entry_of(PHOTO): PHOTO}


@pytest.mark.parametrize("limit", ["MOST_ENTRIES", "LARGEST_FILE"])
def test_copies_that_together_have_more_than_a_file_may_leave_the_file_as_it_is(
    filesystem: SimulatedFilesystem, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    first = save(filesystem, attached_audit(filesystem))
    before = filesystem.read_bytes(PATH)
    audit = opened(filesystem)
    list_file(audit, "photo", PHOTO)
    put(store_in(filesystem), PHOTO)
    monkeypatch.setattr(audit_container, limit, {"MOST_ENTRIES": 6, "LARGEST_FILE": len(PHOTO)}[limit])
    with pytest.raises(AuditDesktopError) as caught:
        save(filesystem, audit, base=first.revision)
    assert caught.value.code is FaultCode.AUDIT_WOULD_BE_TOO_LARGE
    assert filesystem.read_bytes(PATH) == before
    remove(audit, "photo")
    save(filesystem, audit, base=first.revision)


def test_what_somebody_else_attached_meanwhile_comes_in_with_the_save(filesystem: SimulatedFilesystem) -> None:
    first = save(filesystem, attached_audit(filesystem))
    mine, theirs = opened(filesystem), opened(filesystem)
    list_file(theirs, "photo", PHOTO)
    put(store_in(filesystem), PHOTO)
    save(filesystem, theirs, base=first.revision)
    lose_store(filesystem)
    list_file(mine, "note", b"note")
    put(store_in(filesystem), b"note")
    saved = save(filesystem, mine, base=first.revision)
    assert saved.merged is not None
    assert saved.missing == ()
    assert content_in(filesystem).keys() == {entry_of(PLAN), entry_of(PHOTO), entry_of(b"note")}


def test_backups_hold_each_attached_file_once(filesystem: SimulatedFilesystem) -> None:
    store, folder = store_in(filesystem), Path("/home/backups")
    backups = Backups(filesystem, filesystem.clock, folder)
    audit = make_audit()
    put(store, PHOTO)
    list_file(audit, "photo", PHOTO)
    revision = save(filesystem, audit).revision
    for number in range(3):
        filesystem.clock.sleep(700)
        audit = opened(filesystem)
        edit = audit.state.make_edit(
            "audit/headteacher", f"H {number}", at="2026-01-06T10:00:00.000Z", author=SCHOOL, sitting="s"
        )
        audit.record(edit)
        revision = save(filesystem, audit, base=revision, keep_backup=backups.keeper("audit-1")).revision
    kept = backups.of_audit("audit-1")
    assert len(kept) == 3
    assert all(filesystem.stat(backup.path).size < len(PHOTO) // 10 and backups.is_whole(backup) for backup in kept)
    # A version that is put back has its files again.
    restored = decode_audit(filesystem.read_bytes(kept[-1].path), "backup", lambda _: True).audit
    filesystem.remove(PATH)
    assert save(filesystem, restored, DESK / "restored.audit").missing == ()
    assert content_in(filesystem, DESK / "restored.audit") == {entry_of(PHOTO): PHOTO}


def test_backup_takes_files_into_the_store_that_came_with_the_audit(filesystem: SimulatedFilesystem) -> None:
    first = save(filesystem, attached_audit(filesystem))
    lose_store(filesystem)
    audit = opened(filesystem)
    list_file(audit, "plan2", PLAN)
    backups = Backups(filesystem, filesystem.clock, Path("/home/backups"))
    save(filesystem, audit, base=first.revision, keep_backup=backups.keeper("audit-1"))
    assert store_in(filesystem).has(sha256(PLAN).hexdigest())


def test_store_forgets_what_nothing_needs_after_thirty_days(filesystem: SimulatedFilesystem) -> None:
    store = store_in(filesystem)
    needed, other = put(store, PLAN), put(store, PHOTO)
    filesystem.clock.sleep(29 * 86_400)
    store.sweep(lambda: {needed})
    assert store.has(other)
    filesystem.clock.sleep(2 * 86_400)
    store.sweep(lambda: {needed})
    assert store.has(needed)
    assert not store.has(other)


def test_store_keeps_nothing_that_is_not_what_was_expected(filesystem: SimulatedFilesystem) -> None:
    with pytest.raises(AuditDesktopError) as caught:
        store_in(filesystem).put((PLAN,), sha256(PHOTO).hexdigest())
    assert caught.value.code is FaultCode.ATTACHMENT_DAMAGED
    assert filesystem.list_folder(HOME) == []


def test_store_keeps_nothing_that_the_disk_gives_back_changed(
    filesystem: SimulatedFilesystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoilt = SimulatedReading(PLAN[:-1] + b"?")
    monkeypatch.setattr(SimulatedFilesystem, "open_read", lambda *_: spoilt)
    with pytest.raises(AuditDesktopError) as caught:
        put(store_in(filesystem), PLAN)
    assert caught.value.code is FaultCode.WRITE_FAILED
    assert filesystem.list_folder(HOME) == []


def test_salvage_keeps_attached_files_that_are_whole_and_misses_those_that_are_not(
    filesystem: SimulatedFilesystem,
) -> None:
    audit = attached_audit(filesystem)
    put(store_in(filesystem), PHOTO)
    list_file(audit, "photo", PHOTO)
    save(filesystem, audit)
    data = filesystem.read_bytes(PATH)
    spoilt = data.replace(PLAN, b"?" * len(PLAN))[:-10]
    salvaged = salvage_audit(spoilt, "hill.audit", lambda _: True).audit
    assert list(held_digests(salvaged.extra)) == [sha256(PHOTO).hexdigest()]
    assert save(filesystem, salvaged, DESK / "salvaged.audit").missing == ()
    assert content_in(filesystem, DESK / "salvaged.audit") == {entry_of(PLAN): PLAN, entry_of(PHOTO): PHOTO}


def test_container_in_memory_and_on_disk_is_read_the_same(filesystem: SimulatedFilesystem) -> None:
    save(filesystem, attached_audit(filesystem))
    data = filesystem.read_bytes(PATH)
    in_memory, on_disk = decode_audit(data, "", lambda _: True), read_audit(filesystem, filesystem.clock, PATH, bool)
    assert in_memory.revision == on_disk.revision
    assert in_memory.audit.extra.keys() == on_disk.audit.extra.keys()
    assert encode_audit(Snapshot.of(in_memory.audit), ())[0] == data
    assert Container.open(data, "").manifest.entries[entry_of(PLAN)].size == len(PLAN)
