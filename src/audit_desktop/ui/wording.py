"""Every text that the window shows, by the part of it that shows the text. British English, plain words. No Qt.

The sentences for faults are in `fault_wording`, the names of actions and menus in `actions`, which is their table.
The classes are plain ones: as dataclasses they cost more than a hundredth of a second of every start.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from audit_desktop.ui.fault_wording import sentence_for, sentences_for

if TYPE_CHECKING:
    from datetime import datetime

    from audit_desktop.core.edits import Author
    from audit_desktop.storage.places import Place

__all__ = ["sentence_for", "sentences_for"]

PRODUCT: Final = "Audit Desktop"


# Banners and shared words


class _Banners:
    dismiss: str = "Dismiss"
    details: str = "Show details"

    def tone_word(self, tone: str) -> str:
        """Return the word that says how serious a banner of `tone` is; colour is never the only sign."""
        return {"warning": "Please note", "error": "Something went wrong"}.get(tone, "")


BANNERS: Final = _Banners()


class _Buttons:
    cancel: str = "Cancel"
    close: str = "Close"
    save: str = "Save"
    stop: str = "Stop"
    browse: str = "Choose…"
    back: str = "Back"


BUTTONS: Final = _Buttons()


# The start page


class _Start:
    title: str = "Attendance audits"
    lead: str = (
        "Complete an attendance audit on this computer and hand it over as a Word document. Nothing is sent anywhere."
    )
    new: str = "New audit"
    new_help: str = "Choose an audit and name the school."
    open: str = "Open an audit"
    open_help: str = "Continue one that was saved, or that a colleague gave you."
    sample: str = "Try the sample"
    sample_help: str = "Look round in a filled-in example; your own work is not touched."
    recent: str = "Recent audits"
    no_recent: str = "Audits that you make or open are listed here."
    missing: str = "Not there any more, or its drive is not connected"
    remove: str = "Remove from list"
    drop: str = "You can also drop an audit file on this window."

    def open_recent(self, name: str, folder: str, *, is_missing: bool) -> str:
        """Return what a screen reader says for an entry of the recent audits."""
        return f"Open {name}, in {folder}" + (f". {self.missing}" if is_missing else "")

    def remove_recent(self, name: str) -> str:
        """Return what a screen reader says for the button that removes an entry."""
        return f"Remove {name} from the list; the file itself is kept"


START: Final = _Start()


# The page for a new audit


class _NewAudit:
    title: str = "New audit"
    framework: str = "1. Which audit?"
    school: str = "2. Which school?"
    file: str = "3. Where is it kept?"
    file_help: str = "The audit is one file. It is saved by itself as you work."
    file_name: str = "File"
    choose_file: str = "Choose…"
    choose_file_name: str = "Choose where the audit is kept"
    who: str = "4. Who is working?"
    create: str = "Make the audit"
    cancel: str = "Back"
    required: str = "Needed"
    broken: str = "Frameworks that cannot be used"
    what_is_wrong: str = "What is wrong"
    none_installed: str = "No audit is installed. The program’s files may be damaged; install it again."
    choose_framework: str = "Choose an audit."
    name_school: str = "Give the name of the school."
    name_file: str = "Choose where the audit is kept."
    loading: str = "Looking for the audits that are installed…"

    def file_exists(self, name: str) -> str:
        """Return that there is a file already."""
        return f"There is already a file called {name} there. Choose another name."

    def size(self, sections: int, noun: str, statements: int) -> str:
        """Return how large an audit is."""
        return f"{sections} {noun.lower()}{'' if sections == 1 else 's'}, {statements} statements"

    def edition(self, publisher: str, revised: str, version: str) -> str:
        """Return who publishes an audit, and which edition it is."""
        published = (
            f"Published by {publisher}"
            if not publisher.lower().startswith("not ")
            else f"Publisher: {publisher.lower()}"
        )
        return " · ".join(part for part in (published, revised, f"Version {version}") if part)

    def file_stem(self, school: str, framework: str) -> str:
        """Return the name proposed for the file of a new audit, without its ending."""
        return f"{school} – {framework}" if school else framework

    def broken_entry(self, name: str, count: int) -> str:
        """Return the line for a framework with faults."""
        return f"{name}: {count} {'fault' if count == 1 else 'faults'}"


NEW_AUDIT: Final = _NewAudit()


# Who is working


class _Who:
    title: str = "Who is working?"
    lead: str = "Every change is kept with the name of the person who made it. You are asked once on this computer."
    name: str = "Your name"
    role: str = "I am working for"
    school: str = "The school"
    school_help: str = "I complete the self-assessment."
    visitor: str = "The visit (LAP)"
    visitor_help: str = "I comment on the school’s audit and recommend actions."
    organisation: str = "Organisation (optional)"
    organisation_school: str = "The school’s name, or your post in it"
    organisation_visitor: str = "For example the local authority or trust"
    name_missing: str = "Give your name."
    confirm: str = "Continue"
    change: str = "Change who is working"
    nobody: str = "Nobody named yet"

    def shown(self, who: Author | None) -> str:
        """Return who is working, as the window shows it."""
        if who is None:
            return self.nobody
        role = "visitor" if who.role.value == "visitor" else "school"
        return f"{who.name} ({role})"

    def spoken(self, who: Author | None) -> str:
        """Return the same for a screen reader, with what the button does."""
        return f"Working: {self.shown(who)}. {self.change}"


WHO: Final = _Who()


# Saving


class _Saving:
    typing: str = "Typing…"
    kept: str = "Saved on this laptop; the file follows in a moment"
    kept_for_longer: str = "Saved on this laptop; the file follows within ten minutes"
    saving: str = "Saving…"
    read_only: str = "Read only: nothing can be changed"
    not_open: str = ""

    def saved(self, at: datetime | None, place: Place | None) -> str:
        """Return that the file holds everything, since `at`, a local time, and in which `place`, where known."""
        if at is None:
            return "Everything is saved"
        if place is None:
            return f"Saved {at:%H:%M}"
        drive = {"network": "the network drive", "removable": "the removable drive"}.get(place.kind.value, "")
        where = " – ".join(part for part in (place.service or drive, place.folder) if part)
        return f"Saved to {where}, {at:%H:%M}" if where else f"Saved {at:%H:%M}"

    def failed(self, sentence: str) -> str:
        """Return that the file could not be written."""
        return f"Not saved: {sentence}"


SAVING: Final = _Saving()


# The window and its messages


class _Window:
    audit_files: str = "Audits (*.audit)"
    openable_files: str = "Audits (*.audit *.age)"
    open_title: str = "Open an audit"
    copy_title: str = "Save a copy of the audit"
    opening: str = "Opening…"
    try_again: str = "Try again"
    save_copy: str = "Save a copy elsewhere…"
    leave_title: str = "Some of the work is not saved"
    leave: str = "Leave without saving"
    stay: str = "Stay"
    only_one_file: str = "Drop one audit at a time; the first was opened."
    nothing_to_jump_to: str = "Every statement is rated."
    nobody_working: str = "Say who is working before you change anything."
    say_who: str = "Say who is working"

    def title(self, school: str, framework: str, file_name: str) -> str:
        """Return the title of the window; the product alone where no audit is open."""
        named = " – ".join(part for part in (school, framework) if part) or file_name
        return f"{named} – {PRODUCT}" if named else PRODUCT

    def copy_saved(self, path: str) -> str:
        """Return that a copy was written."""
        return f"A copy was saved as {path}. You go on working in the first file."

    def leave_text(self, sentence: str) -> str:
        """Return what is said when the window is closed and saving failed."""
        return (
            f"{sentence} What is not in the file is kept on this computer where possible, and offered when you "
            "open the audit again."
        )

    def unexpected(self, sentence: str) -> str:
        """Return a message about something that a person asked for and that failed."""
        return sentence

    def earlier_crash(self, path: str) -> str:
        """Return that the program ended badly the last time."""
        return f"The program did not end as it should the last time. A report that names no answers is in {path}."

    def nothing_kept(self, path: str) -> str:
        """Return that the folder at `path`, where the program keeps what it remembers, cannot be written to."""
        return (
            f"The program cannot write to its folder {path}, so it keeps no earlier copies and forgets its "
            "preferences; every change goes straight into the audit’s own file."
        )


WINDOW: Final = _Window()


# About, keys, and the unexpected


class _About:
    title: str = "About Audit Desktop"
    lead: str = "Attendance audits on your own computer."
    privacy: str = (
        "No network is ever used. Everything stays in the files that you choose and in a private folder on this "
        "computer."
    )
    licence: str = "MIT licence. Built with Qt for Python (LGPL)."
    data_folder: str = "Private folder"
    log_folder: str = "Reports and logs"

    def version(self, version: str, qt_version: str) -> str:
        """Return the version line."""
        return f"Version {version}, with Qt {qt_version}"


ABOUT: Final = _About()


class _Keys:
    title: str = "Keyboard help"
    lead: str = "Everything can be reached by keyboard. Tab goes to the next control, Shift+Tab to the one before."
    sections: str = "Go to a section, in an open audit"
    in_rating: str = "In a rating"
    arrows: str = "Move between the levels"
    digits: str = "Choose a level"
    clear: str = "Take the rating back"


KEYS: Final = _Keys()


class _Crash:
    title: str = "An unexpected fault"
    saving: str = "Your work is kept and is being written to its file; the line at the bottom of the window says when."
    failed: str = "Your work may not be saved. Use “Save a copy as…” before you close the program."
    nothing_open: str = "No audit was open."
    lead: str = (
        "Something happened that the program was not prepared for. You can usually go on; "
        "if anything looks odd, close the program and open the audit again."
    )
    report: str = (
        "The report names no answers and no school. Nothing is sent anywhere; you can copy it for whoever helps you."
    )
    report_label: str = "Report"
    copy: str = "Copy the report"
    go_on: str = "Go on"
    quit: str = "Close the program"

    def work(self, kept: str) -> str:
        """Return what became of the work: `kept` is `saving`, `failed` or `none`."""
        return {"saving": self.saving, "failed": self.failed}.get(kept, self.nothing_open)

    def written(self, path: str) -> str:
        """Return where the report is."""
        return f"The report is saved as {path}."


CRASH: Final = _Crash()


class _Preferences:
    def damaged(self, backup: str) -> str:
        """Return that the preferences could not all be read."""
        return (
            f"Some settings could not be read and are back to what they were at first. The old settings are kept "
            f"as {backup}."
        )


PREFERENCES: Final = _Preferences()


# The editors of fields


class _Fields:
    number: str = "Number"
    period: str = "Period, such as Autumn term 2026"
    period_of: str = "{name}: period"
    date: str = "Day/month/year"
    pick_date: str = "Calendar"
    pick_date_of: str = "{name}: choose in a calendar"
    no_choice: str = "Choose…"
    reason: str = "Why (needed)"
    reason_of: str = "{name}: why"


FIELDS: Final = _Fields()


# The form


class _Form:
    needed: str = "needed"
    needed_because: str = "Needed, because the two ratings differ."
    read_only: str = "Only to be read."
    this_field: str = "This field"
    number_invalid: str = (
        "“{value}” is not a number, so the answer stays as it was. Write figures only, such as 12 or 3.5."
    )
    date_invalid: str = "“{value}” is not a date, so the answer stays as it was. Write it as in 12/9/2026."
    nothing_yet: str = "Nothing yet"

    conflict: str = "Two people answered this without knowing of each other. Both answers are kept until one is chosen."
    conflict_name: str = "{name}: two answers"
    keep_this: str = "Use this answer"
    keep_both: str = "Use both, one below the other"
    write_new: str = "Write a new answer"
    taken_back: str = "(the answer was taken back)"

    link_title: str = "Open a link"
    link_question: str = "Open this link in the browser or mail program? It leads to: {host}"
    link_open: str = "Open"

    not_applicable: str = "Not applicable…"
    not_applicable_name: str = "{name}: say that the statement is not applicable"
    not_applicable_reason: str = "Why it does not apply"
    not_applicable_placeholder: str = "Say why. Without a reason the statement still counts."
    applies: str = "It does apply"
    applies_name: str = "{name}: the statement does apply, take the reason back"
    no_rating: str = "No grading is asked for here."
    visitor_part: str = "LAP visit"
    visitor_part_name: str = "{name}: LAP visit"

    status: str = "Status"
    other_status: str = "Set another status…"
    other_status_name: str = "{name}: set another status than the one worked out"
    no_other_status: str = "Use the status worked out"
    not_yet_rated: str = "Not yet rated"
    provisional: str = "{status}, provisional"
    set_by_person: str = "{status}, set by a person"
    worked_out: str = "Worked out: {status}"
    unrated: str = "Not graded"
    overall: str = "Overall"
    overall_profile: str = "Overall profile"
    own_page: str = "The whole audit"

    previous: str = "Previous"
    previous_help: str = "Previous statement (Ctrl+Up)"
    next: str = "Next"
    next_help: str = "Next statement (Ctrl+Down)"
    next_unanswered: str = "Next unrated"
    next_unanswered_help: str = "Next statement without a rating (F8)"
    next_uncommented: str = "Next without comment"
    next_uncommented_help: str = "Next statement on which no visitor has commented (F8)"
    guidance: str = "Guidance"
    guidance_help: str = "Show or hide what helps with this statement"
    guidance_list: str = "Further guidance"
    considerations: str = "Areas for consideration and suggested evidence"
    scale: str = "What the levels mean"
    descriptors: str = "What each status looks like"
    no_guidance: str = "This audit gives no further guidance here."
    keys: str = (
        "Keys 1 to {count} rate, Delete takes the rating back. Ctrl+Down and Ctrl+Up go to the next and previous "
        "statement."
    )

    sections: str = "Contents"
    details: str = "School and visit"
    introduction: str = "Introduction"
    sharing: str = "Sharing"
    visit: str = "LAP visit"
    plan: str = "Action plan"
    sign_off: str = "Sign-off"
    details_lead: str = "This stands on the first page of the document."
    sharing_lead: str = "Keep here with whom the audit was shared, when, and what was discussed."
    sharing_empty: str = "Nothing is recorded yet."
    sharing_add: str = "Add a record"
    sharing_remove: str = "Remove this record"
    sharing_record: str = "Record {number}"
    statuses: str = "Sections"
    complete: str = "complete"

    def progress(self, answered: int, of: int, verb: str = "rated") -> str:
        """Return how much is done."""
        return f"{answered} of {of} {verb}"

    def row_name(self, title: str, progress: str, status: str, conflicts: int) -> str:
        """Return what a screen reader says for a section of the list."""
        parts = [title, progress, status, self.conflicts(conflicts)]
        return ", ".join(part for part in parts if part)

    def conflicts(self, count: int) -> str:
        """Return how many answers are in conflict, or nothing."""
        return "" if not count else "1 answer to settle" if count == 1 else f"{count} answers to settle"

    def conflicts_short(self, count: int) -> str:
        """Return how many answers are in conflict, where there is little room."""
        return f"{count} to settle"

    def author(self, name: str, role: str, organisation: str) -> str:
        """Return who made an edit."""
        kind = "LAP visitor" if role == "visitor" else "school"
        return f"{name} ({kind}, {organisation})" if organisation else f"{name} ({kind})"

    def when(self, at: str) -> str:
        """Return the time `at`, ISO 8601 in UTC, as a person here reads it."""
        from datetime import datetime

        try:
            local = datetime.fromisoformat(at.replace("Z", "+00:00")).astimezone()
        except ValueError:
            return at
        return f"{local.day} {local:%B %Y, %H:%M}"

    def day(self, at: str) -> str:
        """Return the day of the time `at`, ISO 8601 in UTC, as a person here reads it, in few letters."""
        from datetime import datetime

        try:
            local = datetime.fromisoformat(at.replace("Z", "+00:00")).astimezone()
        except ValueError:
            return at
        return f"{local.day} {local:%b %Y}"

    def rating_of(self, reference: str) -> str:
        """Return the name of a statement in messages and for screen readers."""
        return f"Statement {reference}"


FORM: Final = _Form()
