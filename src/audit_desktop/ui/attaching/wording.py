"""The texts about attached files. British English. No Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from audit_desktop.core.attachments import MAIL_LIMIT
from audit_desktop.core.file_kinds import KINDS
from audit_desktop.core.file_names import file_size
from audit_desktop.ui.wording import FORM

if TYPE_CHECKING:
    from audit_desktop.core.attachments import Attachment

_ROLES: Final = {"school": "school", "visitor": "LAP visitor"}


class _Attaching:
    choose: str = "Choose files to attach"
    save_title: str = "Save a copy of the attached file"
    open: str = "Open"
    save: str = "Save a copy…"
    describe: str = "Describe…"
    describe_title: str = "What the file shows"
    describe_lead: str = "A sentence that tells others why the file is here. It is printed with the list of files."
    keep: str = "Keep"
    remove: str = "Take out"
    removed: str = "Taken out; Undo brings it back."
    files: str = "Attached files"
    title: str = "Attached files"
    lead: str = (
        "Everything listed here is inside the audit’s file and goes wherever the file goes: whoever gets it "
        "can open them."
    )
    nothing: str = "No files are attached. Attach one below a statement, or drop it there."
    columns: tuple[str, ...] = ("File", "Size", "Belongs to", "Attached by", "Remark")
    whole_audit: str = "the whole audit"
    left_over: str = "A file that was taken out"
    still_inside: str = "Still inside the file"
    empty: str = "Delete what was taken out"
    emptied: str = "What was taken out is deleted. Earlier copies of the audit still have it."
    close: str = "Close"
    cancel: str = "Cancel"
    kinds: str = "Files that can be attached ({});;All files (*)".format(" ".join(f"*{kind}" for kind in KINDS))
    stranger_title: str = "Open a file from somebody else?"
    open_anyway: str = "Open it"
    no_program: str = "There is no program on this computer that opens it; save a copy and open that elsewhere."
    opened: str = "Opened a copy: changes to it are not kept."

    def list_name(self, name: str) -> str:
        """Return what the list of files is called for a screen reader."""
        return f"Files attached to {name}"

    def spoken(self, action: str, file: str) -> str:
        """Return what a button in the row of a file is called for a screen reader."""
        return f"{action.rstrip('…')}: {file}"

    def row(self, attachment: Attachment) -> str:
        """Return the line under a file's name: its kind and size, who attached it and when, and what it shows."""
        parts = (self.kind(attachment), file_size(attachment.size), self.who(attachment), FORM.when(attachment.at))
        return " · ".join(filter(None, (*parts, attachment.description)))

    def shows(self, name: str) -> str:
        """Return the label of the box for what a file shows."""
        return f"What {name} shows"

    def kind(self, attachment: Attachment) -> str:
        """Return what kind of file it is, spelled out, however long its name."""
        return attachment.name.rpartition(".")[2].upper()

    def who(self, attachment: Attachment) -> str:
        """Return who attached a file."""
        author = attachment.author
        return f"{author.name} ({_ROLES[author.role.value]})"

    def busy(self, count: int) -> str:
        """Return that files are being attached."""
        return "Attaching a file…" if count == 1 else f"Attaching {count} files…"

    def done(self, names: list[str]) -> str:
        """Return that files were attached."""
        return f"{names[0]} is attached." if len(names) == 1 else f"{len(names)} files are attached."

    def same_there(self, name: str, listed_as: str) -> str:
        """Return that the file `name` was not attached, since it is there already as `listed_as`."""
        if name == listed_as:
            return f"{name} is attached here already."
        return f"{name} is the same file as {listed_as}, which is attached here already."

    def saved(self, path: str) -> str:
        """Return that a copy was written."""
        return f"Saved as {path}."

    def stranger(self, attachment: Attachment) -> str:
        """Return what to think of before a file of somebody else is opened."""
        kind, who = self.kind(attachment), self.who(attachment)
        return (
            f"{attachment.name} is a file of the kind {kind} that {who} attached. Open it only if you expected it from "
            "them. A copy opens in the program for such files; if that warns of anything, believe it."
        )

    def travels(self, count: int, size: int) -> str:
        """Return how much travels in the file, and whether that is too much for e-mail; nothing if nothing does."""
        if not count:
            return ""
        return f"In this audit’s file: {_files(count)}, {file_size(size)}. {self.for_mail(size)}".strip()

    def goes_along(self, count: int, size: int) -> str:
        """Return how much a copy for somebody else carries, and whether that is too much for e-mail."""
        if not count:
            return ""
        return f"In the copy: {_files(count)}, {file_size(size)}. {self.for_mail(size)}".strip()

    def for_mail(self, size: int) -> str:
        """Return that many mail programs refuse so much, or nothing."""
        if size <= MAIL_LIMIT:
            return ""
        return (
            f"With more than {file_size(MAIL_LIMIT)} of files, many e-mail systems refuse the audit: pass it on by a "
            "shared folder or a stick."
        )

    def same_as(self, places: list[str]) -> str:
        """Return where else the same file is attached."""
        return f"The same file as under {', '.join(places)}" if places else ""

    def missing(self, count: int) -> str:
        """Return that an audit's file is without the bytes of attached files; nothing if it has them all."""
        if not count:
            return ""
        files = "an attached file" if count == 1 else _files(count)
        return (
            f"The content of {files} is nowhere on this computer, so the audit’s file is without it. The entries were "
            "kept; another copy of the audit may still have it: take that in under Visit."
        )


def _files(count: int) -> str:
    return "1 attached file" if count == 1 else f"{count} attached files"


ATTACHING: Final = _Attaching()
