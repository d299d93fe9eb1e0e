"""Every reader of bytes that somebody else may have written, as a function that must never fail in a way of its own."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

from audit_desktop.core.audit import Audit
from audit_desktop.core.edits import Author, Role, canonical_json
from audit_desktop.core.errors import AuditDesktopError
from audit_desktop.core.framework import Framework
from audit_desktop.core.framework_check import check_framework
from audit_desktop.core.record import replace
from audit_desktop.core.scoring import score_audit
from audit_desktop.core.seal import Seal, SealedContent
from audit_desktop.core.strict_json import load_object
from audit_desktop.exchange.word_import.answers_from_word import answers_from_word
from audit_desktop.exchange.word_import.reader import read_word
from audit_desktop.exchange.word_import.zip_parts import ZipParts
from audit_desktop.session.audit_session import AuditSession
from audit_desktop.storage import protection
from audit_desktop.storage.audit_container import Snapshot, decode_audit, encode_audit, rebuild_if_different
from audit_desktop.storage.audit_files import read_audit
from audit_desktop.storage.container import FRAMEWORK_NAME, Container, peek_manifest
from audit_desktop.storage.document_entry import DOCUMENT_NAME
from audit_desktop.storage.history import HISTORY_NAME, History, history_text
from audit_desktop.storage.journal import JournalHeader, chain_is_whole, read_journal
from audit_desktop.storage.lock import LockHolder
from audit_desktop.storage.manifest import MANIFEST_NAME, EntryMark, Manifest
from audit_desktop.storage.process import ProcessMark
from audit_desktop.storage.protection import open_protected, protect
from audit_desktop.storage.salvage import salvage_audit
from audit_desktop.storage.seals import add_seal, verify_seals
from audit_desktop.storage.signing_keys import SigningKey
from audit_desktop.storage.zip_format import pack, read_zip, write_zip
from tests.builders import SCHOOL, VISITOR, framework_document, make_audit
from tests.exchange.word_import.documents import document_xml, drop_down, row, table, word_file
from tests.storage.simulated_filesystem import Inode, SimulatedClock, SimulatedFilesystem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from audit_desktop.storage.audit_container import OpenedAudit

PASSPHRASE = "four words that fit"
CHEAP = 1
"""The work factor of the protected samples; a mutation that asks for more than `DEAREST` is refused by its header."""
DEAREST = 4
DOCUMENT = framework_document((2, 1))
FRAMEWORK_SOURCE = json.dumps(DOCUMENT).encode()
PLACE = Path("/a.audit")
KNOWN = sha256(FRAMEWORK_SOURCE).hexdigest()
FRAMEWORK = Framework.build(json.loads(FRAMEWORK_SOURCE))
ANSWERS: dict[str, object] = {
    "audit/school-name": "Hill Primary School",
    "statement/1.1/rating": "developing",
    "statement/1.1/evidence": "Registers, weekly.\nLetters, too.",
    "statement/1.1/visitor-comment": "Seen.",
    "statement/1.2/not-applicable": "No sixth form",
    "statement/2.1/number-1": {"number": 12, "period": "Autumn term"},
    "section/1/status-override": {"status": "green", "reason": "Agreed with the governors"},
    "actions/a/what": "Ring parents",
    "actions/a/due": "2026-03-01",
    "audit/visit-date": "2026-01-05",
}


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader: `read` returns whether `data` was accepted, and raises only where something is wrong with the reader.

    `samples` makes honest inputs to start from.
    """

    name: str
    read: Callable[[bytes], bool]
    samples: Callable[[], list[bytes]]


def sample_audit() -> Audit:
    """Return an audit in which every kind of answer, a conflict and an edit of a strange role occur."""
    audit = make_audit(ANSWERS, framework=DOCUMENT)
    make = audit.state.make_edit
    audit.record(make("statement/1.1/rating", "established", at="2026-01-05T10:00:00.000Z", author=SCHOOL, sitting="2"))
    other = make("audit/school-name", "Dale", at="2026-01-05T10:00:00.000Z", author=SCHOOL, sitting="3")
    audit.record(type(other).make("audit/school-name", "Hill", replaces=(), at=other.at, author=VISITOR, sitting="4"))
    audit.record(make("statement/1.2/visitor-comment", "Not mine", at=other.at, author=SCHOOL, sitting="2"))
    return audit


def is_known(digest: str) -> bool:
    return digest == KNOWN


@cache
def _encoded() -> bytes:
    return encode_audit(Snapshot.of(sample_audit()))[0]


@cache
def _with_attachment() -> bytes:
    """Return the bytes of an audit with a file attached."""
    content = b"%PDF-1.7 the plan"
    digest = sha256(content).hexdigest()
    audit = sample_audit()
    for field, value in (("name", "plan.pdf"), ("sha256", digest), ("size", {"number": len(content)})):
        edit = audit.state.make_edit(
            f"attachments/a/{field}", value, at="2026-01-05T10:00:00.000Z", author=SCHOOL, sitting="2"
        )
        audit.record(edit)
    audit.extra[f"entry:att/{digest}"] = (pack(f"att/{digest}", content, level=0), EntryMark(digest, len(content)))
    return encode_audit(Snapshot.of(audit))[0]


def _opened(read: Callable[[], OpenedAudit]) -> tuple[OpenedAudit | None, str]:
    """Return the audit, or `None`, and which revision it is or why it was refused."""
    try:
        opened = read()
    except AuditDesktopError as fault:
        return None, fault.code.value
    return opened, opened.revision.sha256


def read_audit_file(data: bytes) -> bool:
    """Open as the window does, prove against the history, and write again whatever could be opened.

    What opened, and every fourth of what was refused, is read in memory too, as a copy that was put by is.
    """
    peek_manifest(data)
    on_disk = SimulatedFilesystem(names={PLACE: Inode(data)})
    on_a_disk, said = _opened(lambda: read_audit(on_disk, on_disk.clock, PLACE, is_known))
    if on_a_disk is None and crc32(data) % 4:
        return False
    opened, in_memory = _opened(lambda: decode_audit(data, "fuzz", is_known))
    if in_memory != said:
        raise AssertionError(f"in memory {in_memory}, on a disk {said}")
    if opened is None:
        return False
    try:
        rebuild_if_different(opened)
        score_audit(opened.audit.state)
    except AuditDesktopError:
        return False
    again, revision = encode_audit(Snapshot.of(opened.audit))
    if decode_audit(again, "fuzz", lambda _: True).revision.doc_rev != revision.doc_rev:
        raise AssertionError("what was read and written again says something else")
    return True


def read_salvage(data: bytes) -> bool:
    """Take what can be had from a damaged file, and write it again."""
    try:
        salvaged = salvage_audit(data, "fuzz", is_known)
    except AuditDesktopError:
        return False
    encode_audit(Snapshot.of(salvaged.audit))
    return True


ENTRIES = (MANIFEST_NAME, DOCUMENT_NAME, HISTORY_NAME, FRAMEWORK_NAME)


def read_audit_entry(data: bytes) -> bool:
    """Read a file whose container is honest, with every checksum right, and one entry of which is `data`."""
    if not data:
        return False
    return read_audit_file(container_around(ENTRIES[data[0] % len(ENTRIES)], data[1:]))


def container_around(name: str, content: bytes) -> bytes:
    """Return the sample file with `content` as the entry `name`, and a manifest that vouches for it."""
    entries = read_zip(_encoded())
    entries[name] = pack(name, content, level=0)
    if name != MANIFEST_NAME:
        manifest = Manifest.from_json(load_object(entries[MANIFEST_NAME].unpack(), ""))
        digest = sha256(content).hexdigest()
        marks = {**manifest.entries, name: EntryMark(digest, len(content))}
        manifest = replace(manifest, entries=marks)
        if name == HISTORY_NAME:
            manifest = replace(manifest, history_count=len(content.splitlines()))
        if name == FRAMEWORK_NAME:
            manifest = replace(manifest, framework_sha256=digest)
        entries[MANIFEST_NAME] = pack(MANIFEST_NAME, manifest.to_bytes(), level=0)
    return write_zip(entries.values())


def _audit_entries() -> list[bytes]:
    container = Container.open(_encoded(), "")
    contents = [read_zip(_encoded())[MANIFEST_NAME].unpack(), *(container.content(name) for name in ENTRIES[1:])]
    return [bytes([number]) + content for number, content in enumerate(contents)]


def read_framework(data: bytes) -> bool:
    try:
        framework = check_framework(data, "fuzz")
    except AuditDesktopError:
        return False
    # What passed the check makes an audit that can be saved and scored.
    audit = Audit.new("audit-1", framework, data)
    score_audit(audit.state)
    encode_audit(Snapshot.of(audit))
    return True


def read_journal_file(data: bytes) -> bool:
    content = read_journal(data)
    chain_is_whole(data)
    Audit.from_edits("audit-1", FRAMEWORK, FRAMEWORK_SOURCE, content.edits)
    return content.header is not None


def _journals() -> list[bytes]:
    from audit_desktop.storage.journal import _line

    header = JournalHeader(
        "audit-1", "s", "/a.audit", "", "small", "1.0.0", KNOWN, "2026-01-05T09:00:00Z", ProcessMark("here", 7, "1")
    )
    edits = [edit.to_json() | {"id": edit.id} for edit in sample_audit().log.all().values()]
    records = [header.to_json(), *edits, {**edits[0], "kind": "typing"}, {"kind": "checkpoint"}]
    records += [{"kind": "taken-back"}, {"kind": "withdrawn", "ids": [edits[1]["id"]]}, {"kind": "closed"}]
    text, chain = "", "0" * 64
    for record in records:
        line, chain = _line(record, chain)
        text += line
    return [text.encode()]


def read_history(data: bytes) -> bool:
    entry = pack(HISTORY_NAME, data, level=0)
    history = History(entry, sha256(data).hexdigest(), len(data.splitlines()), "fuzz")
    try:
        edits = history()
    except AuditDesktopError:
        return False
    audit = Audit.from_edits("audit-1", FRAMEWORK, FRAMEWORK_SOURCE, edits)
    history_text(edits)
    encode_audit(Snapshot.of(audit))
    return True


def read_word_file(data: bytes) -> bool:
    try:
        answers_from_word(read_word(data, "fuzz"), FRAMEWORK)
    except AuditDesktopError:
        return False
    except (MemoryError, RecursionError):
        # The process that reads turns these into `WORD_TOO_LARGE`.
        return False
    return True


def read_word_part(data: bytes) -> bool:
    """Read an honest Word package whose main part is `data`."""
    return read_word_file(word_file("", parts={"word/document.xml": data}))


def _word_body() -> str:
    rows = [
        row("1.1", "Statement 1.1 holds.", "X", "", ""),
        row("1.2", drop_down("Developing"), "", "X", ""),
        row("2.1", "Statement 2.1 holds.\nHow many [time period]: 12 Autumn"),
    ]
    return table(*rows) + "<w:p><w:r><w:t>Evidence</w:t></w:r></w:p>"


def _word_files() -> list[bytes]:
    data = word_file(_word_body())
    ZipParts(data, "")
    return [data]


def read_protected(data: bytes) -> bool:
    # A header may ask for a gigabyte and four seconds: that it is refused has tests of its own.
    dearest, protection.LARGEST_WORK_FACTOR = protection.LARGEST_WORK_FACTOR, DEAREST
    try:
        open_protected(data, PASSPHRASE, "fuzz")
    except AuditDesktopError:
        return False
    finally:
        protection.LARGEST_WORK_FACTOR = dearest
    return True


def _protected() -> list[bytes]:
    return [protect(content, PASSPHRASE, CHEAP) for content in (b"", b"words " * 20)]


def read_seal(data: bytes) -> bool:
    """Put `data` into an audit as its seal and ask what the seals prove; nothing may be raised."""
    audit = Audit.new("audit-1", FRAMEWORK, FRAMEWORK_SOURCE)
    try:
        name = Seal.from_bytes(data, "fuzz").id
    except (KeyError, TypeError, ValueError, AttributeError, AuditDesktopError):
        name = "0" * 64
    mark = EntryMark(sha256(data).hexdigest(), len(data))
    audit.extra[f"entry:seals/{name}.json"] = (pack(f"seals/{name}.json", data, level=0), mark)
    verification = verify_seals(audit)
    verification.faults("fuzz")
    return any(seal.is_genuine for seal in verification.seals)


def _seals() -> list[bytes]:
    audit = Audit.new("audit-1", FRAMEWORK, FRAMEWORK_SOURCE)
    key = SigningKey.from_private(bytes(range(32)))
    seal = key.sealed(Seal(SealedContent.of(audit), "Sam Reed", Role.SCHOOL, "Hill", "2026-01-05T09:00:00Z", "1.0"))
    add_seal(audit, seal)
    full = key.sealed(
        dataclasses.replace(seal, content=SealedContent.of(sample_audit()), number=2, predecessor=seal.id)
    )
    return [seal.to_bytes(), full.to_bytes()]


def read_answers(data: bytes) -> bool:
    """Give the answers in the JSON file `data`, as the command `fill` does, and save what came of it."""
    try:
        answers = load_object(data, "fuzz")
        audit = Audit.new("audit-1", FRAMEWORK, FRAMEWORK_SOURCE)
        session = AuditSession(audit, Author("Sam Reed", Role.SCHOOL), SimulatedClock())
        session.set_answers(answers)
    except AuditDesktopError:
        return False
    session.scores()
    encoded, _ = encode_audit(session.snapshot())
    opened = decode_audit(encoded, "fuzz", lambda _: True)
    if rebuild_if_different(opened) is not None or dict(opened.audit.state.answers()) != dict(audit.state.answers()):
        raise AssertionError("an answer that was taken is not in the file as it was given")
    return True


def _answers() -> list[bytes]:
    of_school = {address: value for address, value in ANSWERS.items() if "visit" not in address}
    return [json.dumps(of_school).encode(), *(canonical_json({key: of_school[key]}).encode() for key in of_school)]


def read_lock(data: bytes) -> bool:
    return LockHolder.from_bytes(data) is not None


def _locks() -> list[bytes]:
    return [LockHolder("0a", "Sam Reed", "2026-01-05T09:00:00Z", ProcessMark("here", 7, "1"), 3).to_bytes()]


READERS = {
    reader.name: reader
    for reader in (
        Reader("audit-file", read_audit_file, lambda: [_encoded(), _with_attachment()]),
        Reader("audit-entry", read_audit_entry, _audit_entries),
        Reader("salvage", read_salvage, lambda: [_encoded()]),
        Reader("framework", read_framework, lambda: [FRAMEWORK_SOURCE]),
        Reader("journal", read_journal_file, _journals),
        Reader("history", read_history, lambda: [history_text(sample_audit().log.all().values())]),
        Reader("word-file", read_word_file, _word_files),
        Reader("word-part", read_word_part, lambda: [document_xml(_word_body()).encode()]),
        Reader("protected", read_protected, _protected),
        Reader("seal", read_seal, _seals),
        Reader("answers", read_answers, _answers),
        Reader("lock", read_lock, _locks),
    )
}


def tokens_of(samples: Iterable[bytes]) -> list[bytes]:
    """Return pieces of `samples` that mean something, for mutations that put them elsewhere."""
    from re import findall

    words = {word for sample in samples for word in findall(rb"[A-Za-z0-9_./-]{2,40}", sample)}
    boundaries = [b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06", b"\xff\xff\xff\xff", b"\0\0\0\0", b"\n", b'"', b"NaN"]
    brackets = [b"{", b"}", b"[", b"]", b":", b",", b"null", b"true", b"-1", b"1e999", b"\\ud800", b"\xed\xa0\x80"]
    return [*sorted(words)[:400], *boundaries, *brackets]
