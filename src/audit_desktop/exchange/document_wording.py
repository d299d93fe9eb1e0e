"""The words that documents add to what frameworks and people say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from audit_desktop.core.edits import Author
    from audit_desktop.core.progress import Progress

CHOOSE: Final = "Choose an item."
"""The prompt of an unanswered drop-down, as Word writes it."""
MARK: Final = "X"
"""What stands in the chosen cell of a level."""

CONTENTS: Final = "Contents"
DETAILS: Final = "School and audit details"
AT_A_GLANCE: Final = "At a glance"
NOT_YET_RATED: Final = "Not yet rated"
NOT_APPLICABLE: Final = "Not applicable"
STATUS: Final = "Status"
OVERALL: Final = "Overall"
PROVISIONAL: Final = "provisional"
WORKED_OUT: Final = "Worked out from the ratings"
CONFLICT: Final = "Not settled: two people answered differently."
TAKEN_BACK: Final = "(answer taken back)"
NOT_APPLICABLE_NOTE: Final = "Not applicable, left out of the counts"
SHARING: Final = "Who the audit was shared with, and when"
ABOUT: Final = "About this document"
LIST_HEADINGS: Final = {
    "visits": "Visits",
    "earlier-comments": "Comments of earlier visits",
    "recommendations": "Recommended actions, one by one",
    "actions": "Action plan",
    "attachments": "Attached files",
    "sign-offs": "Sign-off",
    "sharing": SHARING,
}
REWORDED: Final = "Rated before the statement was reworded"
PARKED: Final = "Answers to what is no longer asked"
MARKED: Final = "Marked statements"
NEEDS_SUPPORT: Final = "Needs support"
GOOD_PRACTICE: Final = "Good practice"
TO_DISCUSS: Final = "To discuss"
SEEN_AS_EVIDENCE: Final = "Seen as evidence"
SEAL_NOTE: Final = "The seal is the fingerprint of everything that was signed: the program shows whether it still fits."
CHART: Final = "Profile"
NOTHING_RECORDED: Final = "Nothing recorded yet"
PROGRESS: Final = "Progress"
NOT_YET_GRADED: Final = "Not yet graded"
NO_GRADE_ASKED: Final = "No grading is asked for"
NO_RATING_HERE: Final = "No grading is asked for here."

_ROLES: Final = {"school": "school", "visitor": "visitor"}
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def list_heading(list_name: str) -> str:
    """Return the heading of something that comes in a list."""
    return LIST_HEADINGS.get(list_name, list_name.replace("-", " ").capitalize())


def said_before(version: str) -> str:
    """Return what stands before the words of a statement in an earlier version of the framework."""
    return f"in version {version}, which the rating was given to:"


def long_date(moment: datetime) -> str:
    """Return the date as people write it, "3 September 2026"."""
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}"


def date_of(iso: str) -> str:
    """Return the date part of an ISO 8601 moment as people write it; the text itself if it is none."""
    year, _, rest = iso.partition("-")
    month, _, day = rest.partition("-")
    day = day[:2]
    if not (year.isdigit() and month.isdigit() and day.isdigit() and 1 <= int(month) <= len(_MONTHS)):
        return iso
    return f"{int(day)} {_MONTHS[int(month) - 1]} {year}"


def author(who: Author) -> str:
    """Return who said something and in which role."""
    role = _ROLES.get(who.role.value, who.role.value)
    return f"{who.name} ({role}, {who.organisation})" if who.organisation else f"{who.name} ({role})"


def said_by(who: str, on: str) -> str:
    """Return the heading of one of several answers."""
    return f"{who}, {on}:"


def override(label: str, reason_from_rule: str) -> str:
    """Return what the rule says where a person set another status."""
    return f"{WORKED_OUT}: {label or NOT_YET_RATED}. {reason_from_rule}"


def override_reason(label: str, who: str, reason: str) -> str:
    """Return that a person set another status, and why."""
    return f"Set to {label} by {who}: {reason}"


def progress(done: Progress) -> str:
    """Return how much is rated."""
    noun = "statement" if done.of == 1 else "statements"
    return f"{done.answered} of {done.of} {noun} rated"


def conflict_count(count: int) -> str:
    """Return how many answers are not settled."""
    if count == 1:
        return "1 answer is not settled: two people answered differently. Both answers stand where it belongs."
    return f"{count} answers are not settled: people answered differently. Both answers stand where each belongs."


def profile(counts: Iterable[tuple[str, int]]) -> str:
    """Return how many statements stand at each level, in a line."""
    return "Profile: " + "; ".join(f"{label} {count}" for label, count in counts)


def ungraded(noun: str, references: str) -> str:
    """Return which statements have no grade yet."""
    return f"{noun}: {references}"


def chart_description(rows: Iterable[tuple[str, Iterable[tuple[str, int]]]]) -> str:
    """Return in words what the chart of a profile shows, for people who hear the document."""
    said = (bar_description(name, counts) for name, counts in rows)
    return f"Bar chart of how many statements stand at each level. {'. '.join(said)}."


def recommendation(number: int) -> str:
    """Return what a recommendation is called, by its place among them."""
    return f"Recommendation {number}"


def visit_of(date: str) -> str:
    """Return what a visit is called, by its date."""
    return f"Visit of {date}"


def table_description(title: str) -> str:
    """Return what a table of statements holds, for people who hear the document."""
    return f"The statements of {title}, each with its rating and what is recorded for it."


def made_with(title: str, framework_id: str, version: str, publisher: str, when: str) -> str:
    """Return the line that says what the document was made from."""
    return (
        f"{title}, framework {framework_id} version {version}. Publisher: {publisher}. "
        f"Made with Audit Desktop on {when}."
    )


# The reports to read

SUMMARY: Final = "Summary"
CHANGES: Final = "What changed"
NEXT_ACTIONS: Final = "What comes next"
CONFLICTS: Final = "Not settled"
WHOLE_AUDIT: Final = "The whole audit"
SKIP: Final = "Skip to the summary"
RECOMMENDED: Final = "Recommended, not yet in the plan"
OVERDUE: Final = "overdue"
IS_OVERDUE: Final = "Overdue"
NO_ACTIONS: Final = "No action or recommendation is open."
NO_CHANGES: Final = "No rating or status has changed."
STATEMENT: Final = "Statement"
RATING: Final = "Rating"
ANSWER: Final = "Answer"
CHOSEN: Final = "Rating"
NO_ANSWER: Final = "No answer yet"
DIRECTIONS: Final = {"better": "Better", "worse": "Worse", "new": "New", "gone": "Taken back", "other": "Changed"}
CHANGE_HEADINGS: Final = ("Where", "Was", "Is now", "Change")
ACTION_HEADINGS: Final = ("What", "About", "Who sees to it", "Due", "Status")
SCHOOL: Final = "School"


def earlier_audit(school: str, date: str, version: str) -> str:
    """Return which earlier audit another is compared with."""
    of_version = f", framework version {version}" if version else ""
    return f"the audit of {school or 'the school'}{f', {date}' if date else ''}{of_version}"


def changes_since(since: str, better: int, worse: int) -> str:
    """Return how many ratings changed since when."""
    return f"Since {since}: {_ratings(better)} better, {_ratings(worse)} worse."


def _ratings(count: int) -> str:
    return f"{count} rating is" if count == 1 else f"{count} ratings are"


def new_statements(references: str) -> str:
    """Return which statements the earlier audit did not have."""
    return f"New in this version of the framework: {references}"


def more_actions(count: int) -> str:
    """Return that the list goes on elsewhere."""
    return f"And {count} more, in the action plan and the recommended actions below."


def bar_description(name: str, counts: Iterable[tuple[str, int]]) -> str:
    """Return in words what the bar of a section shows."""
    return f"{name}: " + ", ".join(f"{count} {label}" for label, count in counts if count)


def page_of(page: int, pages: int) -> str:
    """Return the number of a page."""
    return f"Page {page} of {pages}"


# Tables

SHEETS: Final = {
    "summary": "Summary",
    "statements": "Statements",
    "recommendations": "Recommendations",
    "actions": "Action plan",
    "comments": "Visitor comments",
    "sharing": "Sharing",
    "attachments": "Attached files",
    "history": "History",
    "answers": "Answers",
}
SECTION: Final = "Section"
REFERENCE: Final = "Reference"
VISIT: Final = "Visit"
THIS_VISIT: Final = "Current"
COMMENT: Final = "Comment"
WHERE: Final = "Where"
FIELD: Final = "Field"
ADDRESS: Final = "Address"
STATE: Final = "State"
SETTLED: Final = "settled"
NOT_SETTLED: Final = "not settled"
WHEN: Final = "When (UTC)"
WHO: Final = "Who"
ROLE: Final = "Role"
ORGANISATION: Final = "Organisation"
WITHHELD: Final = "(earlier wording left out of this copy)"
EMPTIED: Final = "(answer taken back)"
REASON: Final = "Reason"
RATED: Final = "Rated"
OF: Final = "Of"


def several_answers(answers: Iterable[tuple[str, str]]) -> str:
    """Return every answer to what is not settled, with who gave it."""
    return f"{CONFLICT}\n" + "\n".join(f"{who}: {text or TAKEN_BACK}" for who, text in answers)


def number_heading(place: int) -> str:
    """Return the heading of the numbers that statements ask for."""
    return f"Number asked for ({place})"


# The overview of a folder

OVERVIEW: Final = "Overview of audits"
OVERVIEW_HEADINGS: Final = ("School", "Framework", "Rated", "Overall")
OVERVIEW_MORE: Final = ("Not settled", "Last change", "Signed off", "Remarks", "File")
SIGNED: Final = "Yes"
NOT_SIGNED: Final = "No"
STALE: Final = "Not changed for more than a year"
TWINS: Final = {
    "same-audit": "Another file is a copy of the same audit",
    "same-school": "Another file is an audit of the same school on the same framework",
}
NO_STATUS: Final = "–"


def overview_count(audits: int, schools: int, faults: int) -> str:
    """Return how much an overview holds."""
    files = f"{audits} audit" if audits == 1 else f"{audits} audits"
    unread = f"; {faults} could not be read" if faults else ""
    return f"{files} of {schools} school{'' if schools == 1 else 's'}{unread}."


def share(answered: int, of: int) -> str:
    """Return how much of something is done."""
    return f"{answered} of {of}"
