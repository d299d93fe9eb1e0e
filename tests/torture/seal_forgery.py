"""A signed file in which a bit was turned over, or entries were exchanged: nobody may take it for what was signed."""

from __future__ import annotations

import json
from functools import cache
from hashlib import sha256
from random import Random
from typing import TYPE_CHECKING

from audit_desktop.core.errors import AuditDesktopError
from audit_desktop.core.history_check import require_sound_history
from audit_desktop.core.record import replace
from audit_desktop.core.seal import Seal
from audit_desktop.core.sign_off import reopening_answers, sign_off_answers
from audit_desktop.core.strict_json import load_object
from audit_desktop.storage.audit_container import Snapshot, decode_audit, encode_audit, rebuild_if_different
from audit_desktop.storage.manifest import MANIFEST_NAME, EntryMark, Manifest
from audit_desktop.storage.seals import add_seal, content_of, seals_of, verify_seals
from audit_desktop.storage.signing_keys import SigningKey
from audit_desktop.storage.zip_format import pack, read_zip, write_zip
from tests.builders import SCHOOL, VISITOR, framework_document, make_audit
from tests.core.people import work

if TYPE_CHECKING:
    from collections.abc import Callable

    from audit_desktop.core.audit import Audit

    Trust = Callable[[bytes], Audit | None]

KEY = SigningKey.from_private(bytes(32))
EVIDENCE, RATING = "statement/1.1/evidence", "statement/1.1/rating"


def is_known(digest: str) -> bool:
    """Return whether a framework is the one that the honest files hold; another is checked in full."""
    return digest == sha256(json.dumps(framework_document((2, 1))).encode()).hexdigest()


def trusted(data: bytes) -> Audit | None:
    """Return the audit in `data` if the program would call it unchanged since it was signed, or `None`."""
    try:
        opened = decode_audit(data, "signed.audit", is_known)
        rebuilt = rebuild_if_different(opened)
        require_sound_history(opened.audit.log.all(), "signed.audit")
        proof = verify_seals(opened.audit)
    except AuditDesktopError:
        return None
    return opened.audit if rebuilt is None and proof.is_sealed and not proof.faults("signed.audit") else None


def trusted_without_seals(data: bytes) -> Audit | None:
    """Do the same and look at no seal: what the test must catch."""
    try:
        opened = decode_audit(data, "signed.audit", is_known)
        require_sound_history(opened.audit.log.all(), "signed.audit")
    except AuditDesktopError:
        return None
    return opened.audit


def flip(seed: int, trust: Trust = trusted) -> str:
    """Turn one bit of a signed file over; returns what is wrong, or nothing.

    Every other time the bit is inside an entry, and every checksum is put right again as a forger would.
    """
    random = Random(seed)
    data = signed_files()[random.randrange(len(signed_files()))]
    if seed % 2:
        forged = bytearray(data)
        at = random.randrange(8 * len(data))
        forged[at // 8] ^= 1 << at % 8
        return judge(data, bytes(forged), trust)
    contents = contents_of(data)
    name = random.choice([name for name, content in contents.items() if content])
    content = bytearray(contents[name])
    at = random.randrange(8 * len(content))
    content[at // 8] ^= 1 << at % 8
    return judge(data, with_contents(contents | {name: bytes(content)}), trust)


def exchange(seed: int, trust: Trust = trusted) -> str:
    """Exchange, rename, remove or bring back entries among signed files; returns what is wrong, or nothing."""
    random = Random(seed)
    data, other = random.sample(signed_files(), 2)
    contents, others = contents_of(data), contents_of(other)
    for _ in range(random.randint(1, 3)):
        name = random.choice(list(contents))
        match random.choice(("take", "rename", "remove", "add")):
            case "take":
                contents[name] = others.get(name, random.choice(list(others.values())))
            case "rename":
                contents[random.choice((name[:-1] + "0", f"seals/{'0' * 64}.json", f"att/{'0' * 64}"))] = contents.pop(
                    name
                )
            case "remove" if len(contents) > 1:
                del contents[name]
            case _:
                extra = random.choice(list(others))
                contents.setdefault(extra, others[extra])
    return judge(data, with_contents(contents), trust, others=tuple(signed_files()))


def judge(honest: bytes, forged: bytes, trust: Trust, *, others: tuple[bytes, ...] = ()) -> str:
    """Return what is wrong: `forged` is trusted and says what nobody signed."""
    audit = trust(forged)
    if audit is None:
        return ""
    signed = (honest, *others)
    if any(says(audit) == says(decode_audit(one, "", lambda _: True).audit) for one in signed):
        return ""
    return "a forged file is trusted"


def says(audit: Audit) -> tuple[object, ...]:
    """Return everything that a signature vouches for."""
    attached = sorted(
        (key, sha256(value[0].unpack()).hexdigest())  # type: ignore[index]
        for key, value in audit.extra.items()
        if key.startswith("entry:att/")
    )
    heads = {address: {edit.id for edit in edits} for address, edits in audit.state.all_heads().items() if edits}
    return audit.id, heads, sha256(audit.framework_source).hexdigest(), attached


def contents_of(data: bytes) -> dict[str, bytes]:
    """Return the contents of the entries of `data` by their names, without the manifest."""
    return {name: entry.unpack() for name, entry in read_zip(data).items() if name != MANIFEST_NAME}


def with_contents(contents: dict[str, bytes]) -> bytes:
    """Return the file with `contents` and a manifest that vouches for them, as far as one can."""
    entries = {name: pack(name, content, level=0) for name, content in contents.items()}
    honest = read_zip(signed_files()[0])[MANIFEST_NAME].unpack()
    manifest = Manifest.from_json(load_object(honest, ""))
    marks = {
        name: EntryMark(sha256(content).hexdigest(), len(content))
        for name, content in contents.items()
        if name != "mimetype"
    }
    manifest = replace(
        manifest,
        entries=marks,
        history_count=len(contents.get("history.jsonl", b"").splitlines()),
        framework_sha256=sha256(contents.get("framework.json", b"")).hexdigest(),
    )
    packed = pack(MANIFEST_NAME, manifest.to_bytes(), level=0)
    mimetype = entries.pop("mimetype", None)
    return write_zip([*([mimetype] if mimetype is not None else []), packed, *entries.values()])


@cache
def signed_files() -> list[bytes]:
    """Return files of one audit: signed, opened again and signed anew; and one of another audit."""
    audit = make_audit({EVIDENCE: "Register", RATING: "developing"}, framework=framework_document((2, 1)))
    _attach(audit, b"minutes")
    _sign(audit, 200)
    first = _encoded(audit)
    for minute, (address, value) in enumerate(reopening_answers(audit.state, "Sam", "2026-01-06", "More").items()):
        work(audit, SCHOOL, address, value, 300 + minute)
    work(audit, SCHOOL, EVIDENCE, "Register and letters", 320)
    work(audit, VISITOR, "statement/1.1/visitor-comment", "Seen.", 321)
    _sign(audit, 340)
    other = make_audit({EVIDENCE: "Another school"}, framework=framework_document((2, 1)), audit_id="another")
    _attach(other, b"letters")
    _sign(other, 200)
    return [first, _encoded(audit), _encoded(other)]


def _attach(audit: Audit, content: bytes) -> None:
    digest = sha256(content).hexdigest()
    audit.extra[f"entry:att/{digest}"] = (pack(f"att/{digest}", content, level=0), EntryMark(digest, len(content)))


def _sign(audit: Audit, minute: int) -> None:
    seals, _ = seals_of(audit)
    last = list(seals.values())[-1] if seals else None
    number, predecessor = (last.number + 1, last.id) if last is not None else (1, "")
    seal = KEY.sealed(
        Seal(content_of(audit), SCHOOL.name, SCHOOL.role, "", "2026-01-05T12:00:00Z", "1.0", number, predecessor)
    )
    add_seal(audit, seal)
    for later, (address, value) in enumerate(sign_off_answers(seal).items()):
        work(audit, SCHOOL, address, value, minute + later)


def _encoded(audit: Audit) -> bytes:
    return encode_audit(Snapshot.of(audit))[0]
