"""The texts of the visit: what visitors record, the action plan, copies that leave and come back, and sign-off. No Qt.

British English, plain words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from audit_desktop.core.answers import display_text
from audit_desktop.core.completeness import MissingKind
from audit_desktop.core.framework import Field, FieldKind
from audit_desktop.core.pupil_data import PupilDataKind
from audit_desktop.ui.upgrading.wording import UPGRADING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit_desktop.core.merge_preview import MergePreview

_DATE: Final = Field(id="date", kind=FieldKind.DATE, label="")


def count(number: int, one: str, many: str) -> str:
    """Return so many things in words."""
    return f"1 {one}" if number == 1 else f"{number:,} {many}"


def long_date(date: str) -> str:
    """Return an ISO date as a person reads it; empty for none."""
    return display_text(None, _DATE, date) if date else ""  # type: ignore[arg-type]


class _Visit:
    title: str = "LAP visit"
    lead: str = "What a visitor found, and what is recommended. Comments on statements stand at the statements."
    missing: str = "Still missing"
    nothing_missing: str = "Nothing is missing."
    nobody: str = "Say who is working to see what is still missing."
    jump: str = "Go to {place}"
    start: str = "Start a visit"
    start_another: str = "Start another visit"
    start_help: str = (
        "Comments made so far are kept under the visit before, and every statement is free for the new one."
    )
    date: str = "Date of the visit"
    date_needed: str = "Give the date of the visit."
    people: str = "Who takes part"
    no_visits: str = "No visit has begun."
    recommendations: str = "Recommended actions"
    no_recommendations: str = "Nothing is recommended yet."
    add: str = "Recommend an action"
    visit_first: str = "Start the visit first; then actions can be recommended."
    remove: str = "Remove"
    follow_up: str = "Was this done?"
    plan: str = "Make an action of it"
    choose: str = "Choose statements…"
    no_subjects: str = "The whole audit"
    subjects: str = "Statements that it is about"
    subjects_lead: str = "Tick the statements, or a whole section, that it is about."
    done: str = "Done"
    meeting: str = "Open the meeting view"
    good_practice: str = "Marked as good practice"
    agenda: str = "Marked for discussion"
    needs_support: str = "For the next Targeting Support Meeting"
    no_support: str = "No statement is marked “Needs support”."

    def visit(self, number: int, date: str) -> str:
        """Return the heading of a visit."""
        return f"Visit {number}" + (f", {long_date(date)}" if date else "")

    def recommendation(self, number: int) -> str:
        """Return the heading of a recommendation."""
        return f"Recommended action {number}"

    def from_visit(self, date: str) -> str:
        """Return that a recommendation is of an earlier visit."""
        return f"Recommended at the visit of {long_date(date)}" if date else "Recommended at an earlier visit"

    def planned(self, status: str) -> str:
        """Return that the school has made an action of it."""
        return f"In the action plan: {status}" if status else "In the action plan"

    def kind(self, kind: MissingKind, number: int) -> str:
        """Return how much of a kind is missing."""
        match kind:
            case MissingKind.UNRATED:
                return count(number, "statement has no rating", "statements have no rating")
            case MissingKind.REQUIRED:
                return count(number, "field has to be filled in", "fields have to be filled in")
            case MissingKind.REASON:
                return count(number, "reason is missing", "reasons are missing")
            case MissingKind.COMMENT:
                return count(number, "statement has no comment", "statements have no comment")
            case MissingKind.REPLY:
                return count(number, "recommendation has no answer", "recommendations have no answer")
            case MissingKind.FOLLOW_UP:
                return count(number, "earlier recommendation to follow up", "earlier recommendations to follow up")
            case MissingKind.CONFLICT:
                return count(number, "answer has to be settled", "answers have to be settled")

    def more(self, number: int) -> str:
        """Return that there is more than is listed."""
        return f"and {number:,} more"


VISIT: Final = _Visit()


class _NextAudit:
    choose: str = "Where the next audit is kept"
    started: str = "This is a new audit of the same school. It starts with what was still open in the last one."

    def file_stem(self, stem: str) -> str:
        """Return the name proposed for the file, without its ending."""
        return f"{stem} (next)"


NEXT_AUDIT: Final = _NextAudit()


class _Plan:
    title: str = "Action plan"
    lead: str = "Every action of the audit. Overdue ones are marked."
    add: str = "Add an action"
    remove: str = "Remove this action"
    none: str = "No action is planned yet. Recommended actions can be made into actions on the page “LAP visit”."
    filtered: str = "No action fits the choice above."
    table: str = "Actions"
    overdue: str = "Overdue"
    all_of_them: str = "All"
    open_ones: str = "Open"
    nobody: str = "Nobody named"
    status: str = "Status"
    owner: str = "Who"
    section: str = "Where"
    due: str = "Due"
    no_date: str = "No date"
    within_month: str = "Within 30 days"
    action: str = "Action"
    about: str = "About"
    number: str = "Action {number}"
    origin: str = "Go to the recommendation"
    unnamed: str = "(not described yet)"

    def filter_name(self, label: str) -> str:
        """Return what a screen reader says for a filter."""
        return f"Show only: {label}"

    def shown(self, shown: int, of: int, overdue: int) -> str:
        """Return how many actions are shown."""
        late = f" · {overdue} overdue" if overdue else ""
        return (f"{count(of, 'action', 'actions')}" if shown == of else f"{shown} of {of} actions") + late


PLAN: Final = _Plan()


class _Meeting:
    title: str = "Meeting"
    agenda_only: str = "Agenda only"
    close: str = "Close"
    previous: str = "Previous"
    next: str = "Next"
    keys: str = (
        "Right and Left: next and previous · 1 to 9: rate · A: agenda or all statements · D: for discussion or done · "
        "Tab: into the boxes · Esc: out of a box, then out of the meeting"
    )
    empty: str = "No statement is marked “Discuss”, so every statement is shown."

    def place(self, at: int, of: int, *, is_agenda: bool) -> str:
        """Return which statement of how many is shown."""
        return f"{at} of {of} {'on the agenda' if is_agenda else 'statements'}"


MEETING: Final = _Meeting()


class _Sending:
    title: str = "Send to visitor"
    lead: str = "Writes a copy to a place that you choose. Nothing is sent; hand the copy over yourself."
    place: str = "Save the copy as"
    choose: str = "Choose where the copy is saved"
    files: str = "Audits (*.audit *.age)"
    protect: str = "Protect it with a passphrase"
    passphrase: str = "Passphrase"
    another: str = "Another one"
    advice: str = (
        "Tell it by telephone, not by e-mail. Note it now: without it nobody can open the copy, and we cannot help."
    )
    without: str = "Leave out earlier wording"
    without_help: str = "What was written and changed again is not in the copy. It can be merged all the same."
    checking: str = "Looking for pupil data…"
    none_found: str = "No pupil data was found. The check is not perfect: read what you hand over."
    found: str = "This is likely pupil data. Take it out before the copy leaves, or hand it over knowingly."
    earlier: str = "in earlier wording"
    send: str = "Save the copy"
    send_anyway: str = "Save the copy all the same"
    writing: str = "Writing the copy…"
    done: str = "The copy is saved as {path}."
    no_place: str = "Choose where the copy is saved."
    own_file: str = "This is the audit itself. Choose another name for the copy."

    def kind(self, kind: PupilDataKind) -> str:
        """Return what was found."""
        return {
            PupilDataKind.PUPIL_NUMBER: "unique pupil number",
            PupilDataKind.POSSIBLE_PUPIL_NUMBER: "perhaps a unique pupil number",
            PupilDataKind.DATE_OF_BIRTH: "date of birth",
            PupilDataKind.EMAIL_ADDRESS: "e-mail address",
            PupilDataKind.NAME: "name beside it",
        }[kind]

    def finding(self, text: str, kind: str, place: str, *, is_earlier: bool) -> str:
        """Return a line about something that was found."""
        return f"“{text}” ({kind}) · {place}" + (f", {self.earlier}" if is_earlier else "")


SENDING: Final = _Sending()


class _Protected:
    title: str = "Open a protected copy"
    lead: str = "This copy is protected. It is opened with its passphrase and kept as a file that is not."
    passphrase: str = "Passphrase"
    place: str = "Keep the audit as"
    open: str = "Open"
    working: str = "Opening takes a moment…"


PROTECTED: Final = _Protected()


class _Merging:
    title: str = "Take in a copy that came back"
    choose: str = "Choose the copy that came back"
    reading: str = "Reading the copy…"
    protected: str = "The copy is protected. Enter its passphrase."
    read: str = "Read the copy"
    although_unrelated: str = "Compare them all the same"
    nothing_new: str = "This audit has everything of the copy already. There is nothing to take in."
    safe: str = "Nothing is changed until you press “Take it in”. It is one step, which Undo takes back."
    conflicts: str = "Both changed"
    conflicts_lead: str = (
        "Two people changed these without knowing of each other. Decide now, or leave it: both answers are kept then."
    )
    mine: str = "Here"
    theirs: str = "In the copy"
    before: str = "Before: {text}"
    nothing: str = "(nothing)"
    use_mine: str = "Keep what is here"
    use_theirs: str = "Take the copy’s"
    use_both: str = "Keep both"
    use_new: str = "Write a new text"
    later: str = "Decide later"
    choice: str = "{name}: {choice}"
    new_text: str = "New text"
    other_role: str = "This is for the other side to settle; both answers are kept until then."
    removes_much: str = "I agree that so much is taken away"
    apply: str = "Take it in"
    settle: str = "Go to the first to settle"
    what_comes: str = "What comes in"
    set_aside: str = "{place}: {name} may not change this, so it is kept in the history and not applied"

    def numbers(self, preview: MergePreview) -> Iterator[str]:
        """Yield what a merge would do, in numbers."""
        if preview.version:
            yield UPGRADING.merged(preview.version)
        rows = (
            (len(preview.new), "new from the copy", "new from the copy"),
            (len(preview.changed), "answer becomes another", "answers become others"),
            (len(preview.taken_back), "answer is taken back there", "answers are taken back there"),
            (len(preview.conflicts), "answer changed by both", "answers changed by both"),
            (len(preview.removed_there), "item removed there", "items removed there"),
            (
                len(preview.removed_there_changed_here),
                "item removed there and changed here: it stays",
                "items removed there and changed here: they stay",
            ),
            (
                len(preview.removed_here_changed_there),
                "item removed here and changed there: it comes back",
                "items removed here and changed there: they come back",
            ),
            (len(preview.set_aside), "change by the wrong role, set aside", "changes by the wrong role, set aside"),
            (preview.same, "the same in both", "the same in both"),
            (preview.only_mine, "only here", "only here"),
        )
        for number, one, many in rows:
            if number:
                yield count(number, one, many)

    def done(self, preview: MergePreview, settled: int) -> str:
        """Return what was taken in."""
        came = len(preview.new) + len(preview.changed) + len(preview.taken_back)
        left = len(preview.conflicts) - settled
        text = f"{count(came, 'answer was', 'answers were')} taken in"
        return f"{text}; {count(left, 'answer is', 'answers are')} still to settle." if left else f"{text}."


MERGING: Final = _Merging()


class _SignOff:
    title: str = "Sign-off"
    lead: str = (
        "Signing closes the audit to changes and seals it. The seal proves one thing: that the contents have not "
        "changed since they were sealed with the key of this fingerprint."
    )
    open: str = "Still open"
    complete: str = "Nothing is missing for a sign-off."
    sign: str = "Sign off"
    sign_anyway: str = "Sign off although something is missing"
    conflicts_first: str = "Answers that two people gave differently have to be settled before anybody can sign."
    signed: str = "Signed off"
    reopen: str = "Reopen the audit"
    reason: str = "Why it is reopened"
    fingerprint: str = "Fingerprint"
    fingerprint_help: str = "Compare these words by telephone once; the same key always has the same words."
    unchanged: str = "Unchanged since it was sealed with this key."
    nobody: str = "Say who is working before you sign."
    cannot: str = "Nothing can be signed here."

    go: str = "Go to the sign-off"

    def closed(self, name: str, date: str) -> str:
        """Return why nothing can be changed."""
        return (
            f"Signed off by {name}, {long_date(date)}: the answers can be read, and not changed until it is reopened."
        )

    def who(self, name: str, role: str, date: str) -> str:
        """Return who signed, and when."""
        return f"{name} ({'LAP visitor' if role == 'visitor' else 'school'}), {long_date(date)}"

    def reopened(self, name: str, date: str, reason: str) -> str:
        """Return that a sign-off was reopened, by whom and why."""
        return f"Reopened by {name}, {long_date(date)}: {reason}"

    def signs(self, name: str) -> str:
        """Return in whose name the sign-off would be."""
        return f"You sign as {name}."


SIGN_OFF: Final = _SignOff()
