"""What the command line says besides the sentences for faults. No Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit_desktop.core.addresses import audit_address
from audit_desktop.core.answers import display_text
from audit_desktop.core.common_fields import SCHOOL_NAME
from audit_desktop.core.file_names import file_size
from audit_desktop.core.progress import audit_progress
from audit_desktop.core.scoring import score_audit
from audit_desktop.core.upgrade import ChangeKind, parked_answers, reworded_ratings
from audit_desktop.ui.upgrading.wording import UPGRADING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from audit_desktop.core.attachments import Attachment
    from audit_desktop.core.audit import Audit
    from audit_desktop.core.scoring import Score
    from audit_desktop.core.upgrade import UpgradePlan
    from audit_desktop.exchange.many.export_many import Standing
    from audit_desktop.session.erasing import KeptHere


def made(path: Path, title: str, version: str) -> str:
    """Say that an audit was made."""
    return f"Made {path} ({title}, version {version})."


def filled(path: Path, changed: int, unchanged: int) -> str:
    """Say how many answers were given."""
    said_before = f"; {unchanged} said the same before" if unchanged else ""
    return f"{path}: {_count(changed, 'answer')} given{said_before}."


def merged(path: Path, new: int, in_both: int, conflicts: int) -> str:
    """Say what a merge did."""
    settled = f"; {_count(conflicts, 'conflict')} to settle" if conflicts else ""
    return f"Made {path}: {_count(new, 'edit')} from the other copy, {in_both} in both{settled}."


def upgraded(path: Path, plan: UpgradePlan, *, is_preview: bool) -> Iterator[str]:
    """Yield what becomes of everything on another version of the framework, or what became of it."""
    version = plan.version
    if version == plan.version_before:
        yield f"{path}: stands on version {version} already."
        return
    for change in plan.changes:
        if change.kind is not ChangeKind.SAME:
            subject = change.after or change.before[0]
            came = ", ".join(before.reference for before in change.before)
            reference = subject.reference if came in ("", subject.reference) else f"{came} → {subject.reference}"
            counted = f" ({UPGRADING.answers(change.answers)})" if change.answers else ""
            yield f"{reference}: {UPGRADING.effect(change)}{counted}"
    yield UPGRADING.unchanged(plan)
    if is_preview:
        yield f"{path}: nothing was changed."
    else:
        yield f"{path}: {UPGRADING.done(version, len(reworded_ratings(plan.audit.state)))}"


def attached(path: Path, name: str, size: int) -> str:
    """Say that a file was attached."""
    return f"{path}: {name} attached ({file_size(size)})."


def attached_already(path: Path, name: str, listed_as: str) -> str:
    """Say that a file was not attached, since the same one is there as `listed_as`."""
    return f"{path}: {name} not attached again: it is there already as {listed_as}."


def attachment(audit: Audit, one: Attachment) -> str:
    """Name an attached file: where it belongs, how large it is, the beginning of its SHA-256, and who attached it."""
    where = ", ".join(one.about) or "audit"
    who = f"{one.author.name} ({one.author.role.value})"
    return f"{where}: {one.name}  {file_size(one.size)}  {one.digest[:12]}  {who}, {one.at[:10]}"


def no_attachments(path: Path) -> str:
    """Say that nothing is attached."""
    return f"{path}: no files are attached."


def erased(path: Path, kept: KeptHere, *, is_done: bool) -> Iterator[str]:
    """Yield what was erased from this computer, or would be, and what stays."""
    goes = (
        f"{_count(kept.versions, 'version')}, {_count(kept.attached, 'attached file')} and the notes of what was typed"
    )
    yield f"{path}: {goes} {'were erased from' if is_done else 'would be erased from'} this computer; the file stays."
    if kept.stays:
        yield f"Left, since the file does not hold it: {_count(kept.stays, 'version or file')}."
    if kept.is_in_use:
        yield "The audit is open in a window of this computer, which keeps what it needs."
    if not is_done:
        yield "Nothing was erased. With --yes it is."


ASK_PASSPHRASE = "Passphrase: "


def written(path: Path) -> str:
    """Say that a file was written."""
    return f"Made {path}."


def passphrase(words: str) -> str:
    """Tell the passphrase that was made up for a copy."""
    return f"Passphrase: {words}\nTell it by telephone, not by e-mail. Without it nobody can open the copy."


def signed(path: Path, name: str, fingerprint: str) -> str:
    """Say that an audit was signed off."""
    return f"{path}: signed off by {name} and closed to changes. Fingerprint of the key: {fingerprint}."


def verified(path: Path, name: str, at: str, fingerprint: str) -> str:
    """Say that a seal holds, and no more than it proves."""
    return (
        f"{path}: unchanged since it was sealed with the key of the fingerprint: {fingerprint} "
        f"(signed, as the file says, by {name}, {at})."
    )


def exported(source: Path, target: Path) -> str:
    """Say that a document was written."""
    return f"{source} → {target}"


def exported_many(good: int, total: int, record: Path) -> str:
    """Say how an export of many ended."""
    return f"{good} of {_count(total, 'audit')} exported; {record} says what became of each."


def standing(now: Standing) -> str:
    """Say how far an export of many is."""
    failed = f", {now.failed} failed" if now.failed else ""
    return f"{now.done} of {now.total}{failed}{_time_left(now.seconds_left)}"


def _time_left(seconds: float | None) -> str:
    if seconds is None or seconds < 1:
        return ""
    minutes, rest = divmod(round(seconds), 60)
    return f", about {_count(minutes, 'minute')} left" if minutes else f", about {_count(rest, 'second')} left"


def no_faults(path: Path) -> str:
    """Say that nothing is wrong with a file."""
    return f"{path}: no faults."


def fault_line(path: Path, sentence: str) -> str:
    """Name the file that a fault is in, unless the sentence does."""
    return sentence if str(path) in sentence else f"{path}: {sentence}"


def framework(framework_id: str, version: str, title: str) -> str:
    """Name an installed framework."""
    return f"{framework_id}@{version}  {title}"


def shown(audit: Audit) -> Iterator[str]:
    """Yield the lines that show an audit: where it stands, then every answer under its statement."""
    state = audit.state
    named = audit.framework
    progress = audit_progress(state)
    scores = score_audit(state)
    yield f"{named.title} ({named.id}@{named.version})"
    yield f"{SCHOOL_NAME.label}: {state.value(audit_address(SCHOOL_NAME.id)) or '–'}"
    yield f"Rated: {progress.answered} of {progress.of}"
    for section in named.sections:
        yield from _score(audit, f"{named.section_noun} {section.id}", scores.sections[section.id])
    yield from _score(audit, "Overall", scores.overall)
    conflicts = sorted(state.conflicts())
    if conflicts:
        yield ""
        yield "Two people answered differently:"
        for address in conflicts:
            for head in state.heads(address):
                yield f"  {address}: {_text(audit, address, head.value)} ({head.author.name}, {head.at})"
    yield ""
    for address, value in sorted(state.answers(), key=lambda answer: _order(audit, answer[0])):
        text = _text(audit, address, value).replace("\n", "\n    ")
        yield f"{address}: {text}"
    parked = parked_answers(state)
    if parked:
        yield ""
        yield "Answers to what this version of the framework does not ask any more:"
        for one in parked:
            yield f"  {one.edit.address}: {one.answer}"
    for statement_id, rewording in reworded_ratings(state).items():
        yield f"{statement_id}: {UPGRADING.reworded(rewording.version)}"


def _score(audit: Audit, name: str, score: Score) -> Iterator[str]:
    rule = audit.framework.scoring
    if rule is None:
        rating = audit.state.addresses.rating_field
        levels = audit.framework.scale(rating.scale).levels if rating is not None else ()
        profile = ", ".join(f"{score.counts[level.id]} {level.label}" for level in levels)
        yield f"{name}: {profile}, {score.unrated} not yet graded"
        return
    labels = {level.id: level.label for level in audit.framework.scale(rule.status_scale).levels}
    if score.override is not None:
        yield f"{name}: {labels[score.override.status]}, set by hand: {score.override.reason}"
        yield f"  Worked out: {score.reason}"
    else:
        yield f"{name}: {score.reason}"


def _text(audit: Audit, address: str, value: object) -> str:
    field = audit.state.addresses.field(address)
    text = display_text(audit.framework, field, value) if field is not None else str(value)
    if isinstance(value, dict) and value.get("reason"):
        text = f"{text} ({value['reason']})"
    return text or "(taken back)"


def _order(audit: Audit, address: str) -> tuple[int, int, str]:
    kind, _, rest = address.partition("/")
    owner_id = rest.partition("/")[0]
    section = audit.state.addresses.section_of_statement.get(owner_id) if kind == "statement" else None
    if section is None:
        return (("audit", "section", "statement").index(kind) if kind in ("audit", "section") else 3, 0, address)
    places = [statement.id for statement in section.statements]
    return 2, audit.framework.sections.index(section) * 100_000 + places.index(owner_id), address


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def form(path: Path, title: str, version: str) -> str:
    """Say that a blank form was written."""
    return f"Made {path}, a blank form of {title}, version {version}."


def sample(path: Path) -> str:
    """Say where the sample audit is."""
    return f"Sample audit: {path}"


def sample_document(path: Path) -> str:
    """Say where the sample audit's Word document is."""
    return f"Its Word document: {path}"
