"""The fields that every audit has, whatever its framework."""

from __future__ import annotations

from typing import Final

from audit_desktop.core.framework import Field, FieldKind, Option
from audit_desktop.core.record import replace

NOT_APPLICABLE: Final = Field(
    id="not-applicable",
    kind=FieldKind.LONG_TEXT,
    label="Not applicable",
    help="Say why the statement does not apply; it is then left out of the counts.",
)
STATUS_OVERRIDE: Final = Field(
    id="status-override",
    kind=FieldKind.STATUS,
    label="Another status",
    help="Choose another status than the one worked out, and say why; both are kept and printed.",
)
DELETED: Final = Field(id="deleted", kind=FieldKind.FLAG, label="Removed", owner="anyone")

SCHOOL_NAME: Final = Field(id="school-name", kind=FieldKind.TEXT, label="School", required=True)

AUDIT_FIELDS: Final = (
    SCHOOL_NAME,
    Field(
        id="phase",
        kind=FieldKind.CHOICE,
        label="Phase",
        options=(
            Option("nursery", "Nursery"),
            Option("primary", "Primary"),
            Option("middle", "Middle"),
            Option("secondary", "Secondary"),
            Option("all-through", "All-through"),
            Option("special", "Special"),
            Option("alternative-provision", "Alternative provision"),
            Option("post-16", "Post-16"),
        ),
    ),
    Field(
        id="unique-reference-number",
        kind=FieldKind.TEXT,
        label="Unique reference number (URN)",
        help="The six figures that the Department for Education gives each school.",
    ),
    Field(id="headteacher", kind=FieldKind.TEXT, label="Headteacher"),
    Field(
        id="completed-by",
        kind=FieldKind.TEXT,
        label="Completed by",
        help="Usually the Senior Attendance Champion, with any colleagues who took part.",
    ),
    Field(id="started-on", kind=FieldKind.DATE, label="Started on"),
    Field(id="completed-on", kind=FieldKind.DATE, label="Completed on"),
    Field(id="visitor-name", kind=FieldKind.TEXT, label="LAP visitor", owner="anyone"),
    Field(id="visit-date", kind=FieldKind.DATE, label="Date of the visit", owner="anyone"),
)

ACTIVITIES: Final = Field(
    id="activities",
    kind=FieldKind.CHOICES,
    label="How the audit was carried out",
    help="Tick what was done.",
    options=(
        Option("data-analysis", "Analysis of the school’s data"),
        Option("leadership-discussion", "Discussion with the Leadership Team"),
        Option("staff-discussion", "Discussion with staff contributing to the attendance strategy"),
        Option("governor-discussion", "Discussion with Link Governor/Trustee for attendance and safeguarding"),
        Option("survey", "Survey of school staff, pupils and parents"),
        Option("impact-scrutiny", "Scrutiny of the impact of interventions on outcomes for children"),
    ),
)
"""The activities of Norfolk's introduction; a framework that lists its own replaces them."""

STATEMENT_FIELDS: Final = (
    Field(
        id="seen-evidence",
        kind=FieldKind.FLAG,
        label="Seen as evidence",
        help="Tick when you have seen the evidence for the school’s rating.",
        owner="visitor",
    ),
    Field(
        id="discuss",
        kind=FieldKind.FLAG,
        label="Discuss",
        help="Puts the statement on the agenda of the meeting.",
        owner="anyone",
    ),
    Field(
        id="good-practice",
        kind=FieldKind.FLAG,
        label="Good practice",
        help="Marks the statement as good practice worth sharing.",
        owner="visitor",
    ),
    Field(
        id="needs-support",
        kind=FieldKind.FLAG,
        label="Needs support",
        help="Puts the statement on the list for the next Targeting Support Meeting.",
    ),
)
"""What can be marked at every statement of every framework, beside the framework's own fields."""

ABOUT: Final = Field(
    id="about",
    kind=FieldKind.CHOICES,
    label="Statements",
    help="The statements, or the whole section, that it is about.",
)
"""Which statements and sections a thing is about; `Addresses` fills in the framework's own as the options.

An option's id is `statement/<id>` or `section/<id>`.
"""

LISTS: Final[dict[str, tuple[Field, ...]]] = {
    "visits": (
        Field(id="date", kind=FieldKind.DATE, label="Date of the visit", owner="visitor", required=True),
        Field(id="people", kind=FieldKind.TEXT, label="Who took part", owner="visitor"),
        Field(id="summary", kind=FieldKind.LONG_TEXT, label="Summary of the visit", owner="visitor"),
        Field(id="good-practice", kind=FieldKind.LONG_TEXT, label="Good practice seen", owner="visitor"),
    ),
    "earlier-comments": (
        Field(id="visit", kind=FieldKind.TEXT, label="Visit", owner="visitor", required=True),
        Field(id="statement", kind=FieldKind.TEXT, label="Statement", owner="visitor", required=True),
        Field(id="comment", kind=FieldKind.LONG_TEXT, label="Comment", owner="visitor"),
        Field(id="rating", kind=FieldKind.RATING, label="Rating, where it differed", owner="visitor"),
        Field(id="rating-reason", kind=FieldKind.LONG_TEXT, label="Why the rating differed", owner="visitor"),
        Field(id="seen-evidence", kind=FieldKind.FLAG, label="Seen as evidence", owner="visitor"),
        Field(id="good-practice", kind=FieldKind.FLAG, label="Good practice", owner="visitor"),
    ),
    "recommendations": (
        Field(id="what", kind=FieldKind.LONG_TEXT, label="Recommended action", owner="visitor", required=True),
        Field(id="why", kind=FieldKind.LONG_TEXT, label="Why", owner="visitor"),
        replace(ABOUT, owner="visitor"),
        Field(
            id="priority",
            kind=FieldKind.CHOICE,
            label="Priority",
            owner="visitor",
            options=(Option("high", "High"), Option("medium", "Medium"), Option("low", "Low")),
        ),
        Field(id="by-when", kind=FieldKind.DATE, label="By when", owner="visitor"),
        Field(id="visit", kind=FieldKind.TEXT, label="Visit", owner="visitor"),
        Field(
            id="response",
            kind=FieldKind.CHOICE,
            label="The school’s answer",
            options=(Option("accepted", "Accepted"), Option("amended", "Amended"), Option("declined", "Declined")),
        ),
        Field(id="response-reason", kind=FieldKind.LONG_TEXT, label="Why the school answers so"),
        Field(
            id="progress",
            kind=FieldKind.CHOICE,
            label="Was this done?",
            owner="visitor",
            options=(
                Option("done", "Done"),
                Option("partly", "Partly done"),
                Option("not-done", "Not done"),
                Option("no-longer-needed", "No longer needed"),
            ),
        ),
        Field(id="progress-note", kind=FieldKind.LONG_TEXT, label="What was found", owner="visitor"),
        Field(id="progress-visit", kind=FieldKind.TEXT, label="Found at the visit", owner="visitor"),
    ),
    "actions": (
        Field(id="what", kind=FieldKind.LONG_TEXT, label="Action", required=True),
        ABOUT,
        Field(id="owner", kind=FieldKind.TEXT, label="Who sees to it"),
        Field(id="due", kind=FieldKind.DATE, label="Due"),
        Field(id="success-measure", kind=FieldKind.LONG_TEXT, label="How success will be seen"),
        Field(
            id="status",
            kind=FieldKind.CHOICE,
            label="Status",
            options=(
                Option("not-started", "Not started"),
                Option("under-way", "Under way"),
                Option("done", "Done"),
                Option("dropped", "Dropped"),
            ),
        ),
        Field(id="recommendation", kind=FieldKind.TEXT, label="Recommendation that it came from"),
    ),
    "attachments": (
        Field(id="name", kind=FieldKind.TEXT, label="File", owner="anyone", required=True),
        Field(id="size", kind=FieldKind.NUMBER, label="Size in bytes", owner="anyone"),
        replace(ABOUT, owner="anyone", help="The statements, or the whole section, that the file belongs to."),
        Field(id="description", kind=FieldKind.LONG_TEXT, label="What it shows", owner="anyone"),
        Field(id="sha256", kind=FieldKind.TEXT, label="SHA-256", owner="anyone", required=True),
    ),
    "sign-offs": (
        Field(id="name", kind=FieldKind.TEXT, label="Signed off by", owner="anyone", required=True),
        Field(
            id="role",
            kind=FieldKind.CHOICE,
            label="Role",
            owner="anyone",
            required=True,
            options=(Option("school", "School"), Option("visitor", "LAP visitor")),
        ),
        Field(id="date", kind=FieldKind.DATE, label="Date", owner="anyone", required=True),
        Field(id="seal", kind=FieldKind.TEXT, label="Seal", owner="anyone"),
        Field(id="reopened-on", kind=FieldKind.DATE, label="Reopened on", owner="anyone"),
        Field(id="reopened-by", kind=FieldKind.TEXT, label="Reopened by", owner="anyone"),
        Field(id="reopened-reason", kind=FieldKind.LONG_TEXT, label="Why it was reopened", owner="anyone"),
    ),
    "sharing": (
        Field(
            id="with",
            kind=FieldKind.CHOICE,
            label="Shared with",
            required=True,
            options=(
                Option("senior-leadership", "Senior leadership team"),
                Option("governing-board", "Governing board"),
                Option("trust", "Trust"),
                Option("other", "Others"),
            ),
        ),
        Field(id="on", kind=FieldKind.DATE, label="On", required=True),
        Field(id="discussion", kind=FieldKind.LONG_TEXT, label="Discussion and what was agreed"),
    ),
}
"""What comes in lists: the list's name, and the fields of each of its items.

Who owns the first field of an item owns the item, and alone may remove it.
"""

PERMANENT_LISTS: Final = frozenset({"sign-offs"})
"""Lists whose items cannot be removed."""

_KEPT_BY_PROGRAM: Final = frozenset(
    {
        ("earlier-comments", "visit"),
        ("recommendations", "visit"),
        ("recommendations", "progress-visit"),
        ("actions", "recommendation"),
        ("attachments", "sha256"),
        ("attachments", "size"),
        ("sign-offs", "seal"),
    }
)
"""Fields of items, by list and id, that only the program fills: ids of other things, fingerprints and sizes."""


def is_kept_by_program(address: str) -> bool:
    """Return whether only the program fills the field at `address`, so that no list of changes speaks of it."""
    list_name, _, rest = address.partition("/")
    return (list_name, rest.rpartition("/")[2]) in _KEPT_BY_PROGRAM
