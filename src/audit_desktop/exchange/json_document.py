"""The whole state of an audit as one JSON object, for `show --json` and for the JSON export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit_desktop.core.attachments import attachments
from audit_desktop.core.merge import in_log_order
from audit_desktop.core.progress import audit_progress, section_progress
from audit_desktop.core.scoring import score_audit
from audit_desktop.core.upgrade import parked_answers, reworded_ratings

if TYPE_CHECKING:
    from audit_desktop.core.attachments import Attachment
    from audit_desktop.core.audit import Audit
    from audit_desktop.core.edits import Edit, JsonValue
    from audit_desktop.core.progress import Progress
    from audit_desktop.core.scoring import Score

NOT_YET_RATED = "not-yet-rated"


def audit_document(audit: Audit) -> dict[str, JsonValue]:
    """Return everything that `audit` says, as JSON holds it.

    `answers` holds the addresses that have one value; an address in conflict stands in `conflicts` only, with every
    value and who gave it. `set_aside` lists edits that are kept and not applied, `parked` the answers to what this
    version of the framework does not ask any more, `reworded` the statements whose rating was given to other words,
    `attachments` the files that the audit lists; their bytes are in its file. A status is `not-yet-rated` while
    nothing is rated, and null where the framework names no status.
    """
    state = audit.state
    framework = audit.framework
    scores = score_audit(state)
    names_status = framework.scoring is not None
    edits = sorted(audit.log.all().values(), key=in_log_order)
    return {
        "id": audit.id,
        "framework": {"id": framework.id, "version": framework.version, "title": framework.title},
        "answers": dict(sorted(state.answers())),
        "scores": {
            "sections": {
                section_id: _score(score, names_status=names_status) for section_id, score in scores.sections.items()
            },
            "overall": _score(scores.overall, names_status=names_status),
        },
        "progress": {
            **_progress(audit_progress(state)),
            "sections": {section.id: _progress(section_progress(state, section)) for section in framework.sections},
        },
        "conflicts": [
            {"address": address, "values": [_version(head) for head in state.heads(address)]}
            for address in sorted(state.conflicts())
        ],
        "set_aside": [
            {"address": entry.edit.address, **_version(entry.edit)}
            for entry in sorted(state.set_aside(), key=lambda entry: in_log_order(entry.edit))
        ],
        "parked": [
            {"address": one.edit.address, "reference": one.reference, "text": one.text, **_version(one.edit)}
            for one in parked_answers(state)
        ],
        "reworded": [
            {"statement": one.statement_id, "version": one.version, "text": one.text}
            for one in reworded_ratings(state).values()
        ],
        "attachments": [_attachment(one) for one in attachments(state)],
        "history_length": len(edits),
        "history": [{"id": edit.id, **edit.to_json()} for edit in edits],
    }


def _score(score: Score, *, names_status: bool) -> dict[str, JsonValue]:
    override = score.override
    return {
        "status": _status(score.status, names_status=names_status),
        "rule_status": _status(score.rule_status, names_status=names_status),
        "provisional": score.provisional,
        "counts": dict(score.counts),
        "rated": score.rated,
        "unrated": score.unrated,
        "not_applicable": score.not_applicable,
        "reason": score.reason,
        "override": {"status": override.status, "reason": override.reason} if override is not None else None,
    }


def _status(status: str | None, *, names_status: bool) -> str | None:
    if status is None and names_status:
        return NOT_YET_RATED
    return status


def _progress(progress: Progress) -> dict[str, JsonValue]:
    return {"answered": progress.answered, "of": progress.of}


def _attachment(attachment: Attachment) -> dict[str, JsonValue]:
    return {
        "id": attachment.id,
        "name": attachment.name,
        "size": attachment.size,
        "sha256": attachment.digest,
        "about": list(attachment.about),
        "description": attachment.description,
        "by": attachment.author.name,
        "role": attachment.author.role.value,
        "at": attachment.at,
    }


def _version(edit: Edit) -> dict[str, JsonValue]:
    return {
        "value": edit.value,
        "name": edit.author.name,
        "role": edit.author.role.value,
        "organisation": edit.author.organisation,
        "at": edit.at,
        "id": edit.id,
    }
