"""Make the museum: files as the first version of the format has them, which every later version must open.

What each file says stands beside it as JSON. A file that is there is never made again: for a new format, run
`python -m tests.data.audits.make_museum` with a new folder.
"""

from __future__ import annotations

import json
import sys
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from audit_desktop.core.edits import Author, Role
from audit_desktop.storage.audit_container import Snapshot, encode_audit
from audit_desktop.storage.manifest import EntryMark
from audit_desktop.storage.zip_format import pack
from tests.builders import SCHOOL, VISITOR, edit, framework_document, make_audit

if TYPE_CHECKING:
    from typing import Any

    from audit_desktop.core.audit import Audit

FOLDER = Path(__file__).parent / "v1"


def empty() -> Audit:
    """Return an audit in which nothing is answered."""
    return make_audit(framework=framework_document(), audit_id="museum-empty")


def filled() -> Audit:
    """Return one with an answer of every kind, a history, and unusual characters."""
    audit = make_audit(
        {
            "audit/school-name": "St Bríd’s & “Hill” Primary",
            "audit/phase": "primary",
            "audit/started-on": "2026-01-05",
            "audit/activities": ["walk", "talk"],
            "audit/recommended-actions": "First.\nSecond.",
            "statement/1.1/rating": "established",
            "statement/1.1/evidence": "Line one\nline two\t<b>&amp;</b> 🎓 ﷽ עברית",
            "statement/1.1/visitor-comment": "Seen.",
            "statement/1.1/visitor-rating": "developing",
            "statement/1.1/visitor-rating-reason": "Two of five.",
            "statement/1.2/not-applicable": "No nursery.",
            "statement/1.3/number-1": {"number": 12, "period": "Autumn term"},
            "section/1/status-override": {"status": "green", "reason": "Since put right."},
            "sharing/0a/with": "trust",
            "sharing/0a/on": "2026-02-03",
            "sharing/0b/with": "governing-board",
        },
        framework=framework_document(),
        audit_id="museum-filled",
    )
    changed = audit.state.make_edit(
        "statement/1.1/rating", "developing", at="2026-01-06T10:00:00.000Z", author=SCHOOL, sitting="sitting-2"
    )
    audit.record(changed)
    taken_back = audit.state.make_edit(
        "audit/phase", None, at="2026-01-06T10:01:00.000Z", author=SCHOOL, sitting="sitting-2"
    )
    audit.record(taken_back)
    return audit


def merged() -> Audit:
    """Return one with a conflict, an edit that was set aside, and one of a field nobody knows."""
    audit = make_audit(framework=framework_document(), audit_id="museum-merged")
    for one in (
        edit("statement/1.1/rating", "established", minute=1),
        edit("statement/1.1/rating", "not-in-place", author=Author("Jo Hart", Role.SCHOOL), minute=2, sitting="other"),
        edit("statement/1.2/rating", "developing", author=VISITOR, minute=3),
        edit("statement/1.1/mood", "sunny", minute=4),
    ):
        audit.record(one)
    return audit


def attached() -> Audit:
    """Return one with a file attached, one taken out that is still inside, and one whose bytes were lost."""
    audit = make_audit(framework=framework_document(), audit_id="museum-attached")
    plan, gone, lost = b"%PDF-1.4 the plan", b"taken out again", b"nowhere any more"
    for number, content in enumerate((plan, gone, lost)):
        digest = sha256(content).hexdigest()
        answers = {
            "name": f"file {number}.pdf",
            "sha256": digest,
            "size": {"number": len(content)},
            "about": ["statement/1.1"] if number else ["section/2"],
        }
        for minute, (field, value) in enumerate(answers.items()):
            audit.record(edit(f"attachments/a{number}/{field}", value, minute=10 * number + minute))
        if content != lost:
            entry = pack(f"att/{digest}", content, level=0)
            audit.extra[f"entry:att/{digest}"] = (entry, EntryMark(digest, len(content)))
    audit.record(
        audit.state.make_edit(
            "attachments/a1/deleted", value=True, at="2026-01-06T11:00:00.000Z", author=SCHOOL, sitting="sitting-2"
        )
    )
    return audit


CONTENTS = {"empty.audit": empty, "filled.audit": filled, "merged.audit": merged, "attached.audit": attached}


def what_it_says(audit: Audit) -> dict[str, Any]:
    """Return all that an audit says, as JSON."""
    state = audit.state
    return {
        "answers": dict(state.answers()),
        "conflicts": list(state.conflicts()),
        "heads": {address: [head.id for head in heads] for address, heads in state.all_heads().items()},
        "set_aside": [aside.edit.id for aside in state.set_aside()],
        "history": [edit.to_json() | {"id": edit.id} for edit in audit.log.all().values()],
    }


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, make in CONTENTS.items():
        path = FOLDER / name
        if path.exists():
            sys.stdout.write(f"{name} is there already\n")
        else:
            audit = make()
            path.write_bytes(encode_audit(Snapshot.of(audit))[0])
            text = json.dumps(what_it_says(audit), indent=1, ensure_ascii=False)
            path.with_suffix(".json").write_text(f"{text}\n", "utf-8")
