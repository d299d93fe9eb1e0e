"""What the window and the command line say about exporting, importing and the overview of a folder. No Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from audit_desktop.core.answers import display_text
from audit_desktop.core.common_fields import LISTS
from audit_desktop.core.framework import FieldKind
from audit_desktop.exchange.document_wording import list_heading
from audit_desktop.exchange.word_import.document import NoteCode
from audit_desktop.exchange.word_import.import_plan import Standing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from audit_desktop.core.addresses import Addresses
    from audit_desktop.core.edits import JsonValue
    from audit_desktop.exchange.exporters import ExportKind
    from audit_desktop.exchange.word_import.import_result import Place

# Exporting one audit, and a blank form

KIND_NAMES: Final[Mapping[ExportKind, str]] = {
    "word": "Word document",
    "pdf": "PDF",
    "html": "Web page",
    "xlsx": "Excel workbook",
    "csv": "CSV table",
    "json": "JSON data",
}
KIND_HELP: Final[Mapping[ExportKind, str]] = {
    "word": "The whole audit, laid out as the form it comes from. It can be completed further in Word and imported.",
    "pdf": "A report to print or to file, with a summary on the first page.",
    "html": "A report to read in a browser: one file, with a summary first.",
    "xlsx": "Statements, actions, comments and history as tables with filters.",
    "csv": "Every answer in a plain table.",
    "json": "Everything, for another program; docs/json-export.md describes it.",
}
FILE_KINDS: Final[Mapping[ExportKind, str]] = {
    "word": "Word documents (*.docx)",
    "pdf": "PDF documents (*.pdf)",
    "html": "Web pages (*.html)",
    "xlsx": "Excel workbooks (*.xlsx)",
    "csv": "CSV tables (*.csv)",
    "json": "JSON files (*.json)",
}


class _Export:
    title: str = "Export"
    lead: str = "The audit goes on as it is; the document holds what it says now. Nothing is sent anywhere."
    kind: str = "What shall it be?"
    place: str = "Save the document as"
    choose: str = "Choose where the document is saved"
    start: str = "Export"
    working: str = "Writing the document…"
    no_place: str = "Choose where the document is saved."
    stopped: str = "Stopped. No document was written."
    open: str = "Open the document"
    show: str = "Show in folder"
    stop: str = "Stop"
    again: str = "Export again"
    progress: str = "Progress of the export"
    replaces: str = "There is a file of that name already; it is replaced."
    file_open_elsewhere: str = "Is the document open in another program? Close it there, or choose another name."
    cannot_open: str = "No program on this computer opens such documents. The document is saved all the same."
    comments: str = "Visitor comments also as comments in the margin"
    earlier: str = "Say what changed since an earlier audit (optional)"
    earlier_choose: str = "Choose the earlier audit"
    form_title: str = "Blank form"
    form_lead: str = (
        "A Word form for a school that completes the audit without this program. Audit, Import from Word reads it."
    )
    form_which: str = "Which audit?"
    form_start: str = "Make the form"
    table_title: str = "Export the overview"
    table_lead: str = "The table as it is shown now: its order and its filter are kept."

    def done(self, path: str) -> str:
        """Return that the document is written and was counted against the audit."""
        return f"Exported and checked: {path}"

    def failed(self, sentence: str) -> str:
        """Return that no document was written."""
        return f"No document was written. {sentence}"


EXPORT: Final = _Export()


class _Many:
    title: str = "Export many audits"
    lead: str = "Each audit of a folder, and of the folders in it, becomes a document. One that fails stops no other."
    sources: str = "Audits in this folder"
    sources_choose: str = "Choose the folder with the audits"
    target: str = "Documents into this folder"
    target_choose: str = "Choose the folder for the documents"
    kind: str = "What shall they be?"
    template: str = "Names of the documents"
    template_help: str = "In braces: school, framework, version, date, title, file."
    resume: str = "Go on with the last export into this folder: leave out what is done and still fits"
    start: str = "Export all"
    go_on: str = "Go on"
    stop: str = "Stop"
    stopping: str = "Stopping once what is under way is finished…"
    progress: str = "Progress of the export"
    looking: str = "Looking for audits…"
    no_source: str = "Choose the folder with the audits."
    no_target: str = "Choose the folder for the documents."
    show: str = "Show the documents"
    record: str = "Open the record"
    failures: str = "What was not exported"
    headings: tuple[str, str] = ("Audit", "Why not")

    def listed(self, count: int) -> str:
        """Return how many audits of the overview are exported."""
        return f"{_count(count, 'audit')} of the overview"

    def standing(self, done: int, total: int, failed: int, seconds_left: float | None) -> str:
        """Return how far an export is."""
        left = time_left(seconds_left)
        parts = [f"{done} of {total}", f"{failed} failed" if failed else "", left]
        return " · ".join(part for part in parts if part)

    def done(self, good: int, total: int, folder: str, record: str) -> str:
        """Return how an export of many ended."""
        rest = total - good
        what = f"All {_count(good, 'audit')} exported" if not rest else f"{good} of {_count(total, 'audit')} exported"
        return f"{what} into {folder}. The record {record} says what became of each."

    def stopped(self, good: int, total: int) -> str:
        """Return how an export of many that was stopped stands."""
        return f"Stopped: {good} of {_count(total, 'audit')} are exported. “{self.go_on}” exports the others."


MANY: Final = _Many()


# Importing

STANDINGS: Final[Mapping[Standing, str]] = {
    Standing.RECOGNISED: "New in the document",
    Standing.BOTH_CHANGED: "Both changed: choose",
    Standing.DOUBTFUL: "Not clear: choose",
    Standing.CHANGED_SINCE: "Changed here since",
}
NOTES: Final[Mapping[NoteCode, str]] = {
    NoteCode.MACROS_IGNORED: "The document holds macros; they were not run and not looked at.",
    NoteCode.TRACKED_CHANGES: "The document has tracked changes: insertions were read, deletions were left out.",
    NoteCode.TEXT_BOXES_SKIPPED: "Text in floating boxes was not read; look there yourself.",
    NoteCode.NESTED_TABLES: "Tables inside cells were read as text of the cell.",
    NoteCode.CELL_CUT: "A cell holds more text than an answer can; its end was cut off.",
    NoteCode.EXTERNAL_FILES: "The document refers to files elsewhere; nothing was fetched.",
    NoteCode.COMMENTS_DAMAGED: "Comments or hidden parts of the document could not be read; its text was.",
}


class _Import:
    title: str = "Import from Word"
    choose: str = "Choose the completed Word form"
    files: str = "Word documents (*.docx *.docm)"
    reading: str = "Reading the document…"
    lead_new: str = "The document becomes a new audit. Look through what was recognised first."
    lead_into: str = "What the document says differently from the open audit. Only what is ticked is taken over."
    table: str = "What the document says"
    headings: tuple[str, str, str, str] = ("Where", "The audit says", "The document says", "What happens")
    apply_new: str = "Make the audit…"
    apply: str = "Take over"
    nothing: str = "The document says nothing that the audit does not say already."
    keep: str = "Keep what the audit says"
    take: str = "Take what the document says"
    take_in: str = "Take it in"
    leave_out: str = "Leave it out"
    take_back: str = "Take the answer back, as the document does"
    take_both: str = "Both, one below the other"
    no_answer: str = "(no answer)"
    answered_back: str = "(answer taken out)"
    not_yours: str = "Only {owner} can say this"
    school: str = "the school"
    visitor: str = "the visitor"
    not_recognised: str = "Not recognised"
    not_recognised_help: str = "Text of the document that belongs to no answer. Copy from here what shall not be lost."
    comments: str = "Comments beside the text"
    comments_take: str = "Add the comments beside the text to the visitor’s comments"
    missing: str = "Statements that the document does not have: {references}"
    choose_hint: str = "Choose a line to see its whole text and what can be done with it."
    where_saved: str = "Save the new audit as"
    save_report: str = "Copy all of this"
    was: str = "The document was made when the audit said"
    named: str = "The changes are kept under the name of {name}."

    def group(self, text: str, count: int) -> str:
        """Return the heading of one group of lines."""
        return f"{text} ({count})"

    def summary(self, changes: int, same: int, unrecognised: int) -> str:
        """Return in one line what a document brings."""
        parts = [
            f"{_count(changes, 'answer')} of the document differ{'s' if changes == 1 else ''} from the audit",
            f"{same} the same" if same else "",
            f"{_count(unrecognised, 'text')} not recognised" if unrecognised else "",
        ]
        return "; ".join(part for part in parts if part) + "."

    def summary_new(self, answers: int, title: str, unrecognised: int) -> str:
        """Return in one line what a document brings to a new audit."""
        rest = f"; {_count(unrecognised, 'text')} not recognised" if unrecognised else ""
        return f"{title}: {_count(answers, 'answer')} recognised{rest}."

    def taking(self, count: int) -> str:
        """Return how many answers would be taken over."""
        return f"{_count(count, 'answer')} will be taken over, as one step that Undo takes back."

    def taken(self, count: int) -> str:
        """Return what an import did."""
        return f"{_count(count, 'answer')} taken over from the document. Undo takes all of them back."

    def imported(self, path: Path, taken: int, same: int) -> str:
        """Return what the command `import` did."""
        held = f"; {same} said the same before" if same else ""
        return f"Made {path}: {_count(taken, 'answer')} from the document{held}."

    def beside(self, count: int) -> str:
        """Return how many answers stand side by side after the command `import`."""
        return f"In {_count(count, 'answer')} both changed: each stands beside the other until somebody settles it."

    def not_applied(self, count: int) -> str:
        """Return the heading of the answers that the command `import` left alone."""
        return f"Not taken over ({count}):"


IMPORT: Final = _Import()


def place_name(addresses: Addresses, address: str) -> str:
    """Return what people call the place of `address`, such as "1.6 · Rating"."""
    kind, _, rest = address.partition("/")
    field = addresses.field(address)
    label = field.label.rstrip(":") if field is not None else rest
    owner_id = rest.partition("/")[0]
    if kind == "statement" and owner_id in addresses.statements:
        return f"{addresses.statements[owner_id].reference} · {label}"
    if kind == "section" and owner_id in addresses.sections:
        return f"{addresses.framework.section_noun} {owner_id} · {label}"
    if kind in LISTS:
        return f"{list_heading(kind)} · {label}"
    return label


def found_at(addresses: Addresses, place: Place) -> str:
    """Return where in a document a text was found."""
    if place.statement in addresses.statements:
        return addresses.statements[place.statement].reference
    if place.section in addresses.sections:
        return f"{addresses.framework.section_noun} {place.section}"
    return f"Table {place.table}, row {place.row}" if place.table else "Outside the tables"


def value_text(addresses: Addresses, address: str, value: JsonValue | None) -> str:
    """Return an answer as people read it; empty where there is none."""
    field = addresses.field(address)
    if value is None or field is None:
        return ""
    text = display_text(addresses.framework, field, value)
    return f"{text}: {value['reason']}" if field.kind is FieldKind.STATUS and value.get("reason") else text


def time_left(seconds: float | None) -> str:
    """Return how long something still takes, roughly; empty while nobody knows."""
    if seconds is None or seconds < 1:
        return ""
    if seconds < 90:
        return f"about {_count(round(seconds), 'second')} left"
    return f"about {_count(round(seconds / 60), 'minute')} left"


# The overview of a folder


class _Overview:
    title: str = "Overview of a folder"
    choose: str = "Choose the folder with the audits"
    choose_button: str = "Another folder…"
    refresh: str = "Read again"
    filter: str = "Find a school"
    filter_framework: str = "Kind of audit"
    all_frameworks: str = "All kinds of audit"
    show: str = "Show"
    show_all: str = "All audits"
    show_signed: str = "Signed off"
    show_unsigned: str = "Not signed off"
    show_stale: str = "Not changed for a year"
    show_twins: str = "There more than once"
    show_conflicts: str = "With answers to settle"
    show_faulty: str = "Cannot be read"
    table: str = "Audits of the folder"
    export_table: str = "Export the table…"
    export_documents: str = "Export the audits…"
    open: str = "Open"
    stop: str = "Stop"
    empty: str = "There is no audit in this folder."
    progress: str = "Reading the audits"
    provisional: str = "prov."

    def reading(self, done: int, total: int) -> str:
        """Return how far the reading is."""
        return f"Reading {done} of {_count(total, 'audit')}…"

    def shown(self, shown: int, total: int, faulty: int) -> str:
        """Return how many audits are shown."""
        counted = _count(total, "audit") if shown == total else f"{shown} of {_count(total, 'audit')}"
        return f"{counted}; {faulty} cannot be read" if faulty else counted


OVERVIEW: Final = _Overview()


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
