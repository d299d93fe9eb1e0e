"""The texts about keeping work safe: recovery, other people, earlier versions and history. British English. No Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from audit_desktop.ui.wording import FORM

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from audit_desktop.session.erasing import KeptHere
    from audit_desktop.storage.places import PlaceProblem

_MOST_NAMED = 4


def _count(count: int, one: str, many: str) -> str:
    return f"1 {one}" if count == 1 else f"{count:,} {many}"


def _named(names: Sequence[str]) -> str:
    """Return the first few of `names`, and how many more there are."""
    shown = ", ".join(names[:_MOST_NAMED])
    more = len(names) - _MOST_NAMED
    return f"{shown} and {more} more" if more > 0 else shown


class _Recovery:
    keep: str = "Keep"
    look: str = "Look"
    set_aside: str = "Set aside"
    close: str = "Decide later"
    title: str = "Answers that are not in the file"
    lead: str = (
        "The program did not end as it should the last time. Nothing here is lost and nothing is in the audit yet: "
        "look through it and decide. Keeping can be undone; what is set aside stays under “Versions on this computer” "
        "for 30 days."
    )
    both_stand: str = "Another answer stands here now; both would be kept until one is chosen."
    open: str = "Open it"
    save_as: str = "Save it as a file…"
    save_title: str = "Save the recovered audit"
    nameless: str = "an audit without a school’s name"

    def found(self, count: int, names: Sequence[str], at: str) -> str:
        """Return that journals hold answers that the file lacks."""
        stands = "is" if count == 1 else "are"
        answers = _count(count, "answer", "answers")
        what = f"{answers} of {_named(names)}, last on {FORM.when(at)}, {stands} not in the file."
        return f"{what} Nothing was added to the audit yet."

    def kept(self, count: int) -> str:
        """Return that the answers are in the audit now."""
        recovered = _count(count, "recovered answer is", "recovered answers are")
        return f"{recovered} in the audit again. Undo takes them out."

    def set_aside_done(self) -> str:
        """Return that the answers are offered no more."""
        return "Set aside. They stay under “Versions on this computer” for 30 days."

    def damaged_lines(self, count: int) -> str:
        """Return that a part of the journal could not be read."""
        return f"{_count(count, 'line', 'lines')} of what was kept could not be read." if count else ""

    def homeless(self, school: str, count: int, at: str, path: str) -> str:
        """Return that there is work whose file was never saved or is gone."""
        where = f"its file {path} is not there" if path else "it was never saved"
        answers = _count(count, "answer", "answers")
        what = f"There is work on {school or self.nameless} that is in no file, since {where}"
        away = " If the file is on a stick or a network drive, connect it and open the file." if path else ""
        return f"{what}: {answers}, last on {FORM.when(at)}.{away}"

    def in_file(self, name: str) -> str:
        """Return that a file may lack work that is on this computer."""
        ended = f"The program did not end as it should while {name} was open."
        return f"{ended} Open it to see whether anything is missing."

    def rescued(self, lost: int, name: str) -> str:
        """Return what was saved from a damaged file."""
        history = f" {_count(lost, 'entry', 'entries')} of its history could not be found anywhere." if lost else ""
        saved = f"What could be saved of the damaged audit is now in {name}; the damaged file was left as it is."
        return f"{saved}{history}"


RECOVERY: Final = _Recovery()


class _Others:
    own_copy: str = "Work on my own copy"
    take_over: str = "Take over"
    work_here: str = "Change it here"
    own_copy_title: str = "Save my own copy"
    elsewhere: str = "Save it elsewhere…"
    elsewhere_title: str = "Save the audit where it stays"
    merge: str = "Merge them in"
    not_now: str = "Not now"
    look: str = "Look"
    somebody: str = "Somebody"
    came_in_title: str = "Answers that came in"
    came_in_lead: str = "Somebody else saved these into the file while you had it open."
    rescue: str = "See what can be saved"
    taken_out: str = "Taken out again. The audit with it is under “Versions on this computer”."

    def held(self, name: str, since: str, *, is_stale: bool, is_read_only: bool) -> str:
        """Return who else has the file open."""
        has = f"{name or self.somebody} has had this audit open since {FORM.when(since)}"
        if is_stale:
            gone = f"{has}, and that program shows no life any more."
            return f"{gone} You can take over; nothing is lost if they come back."
        if is_read_only:
            return f"{has}. You can read it here, or work on a copy of your own that is merged later."
        return f"{has} as well. What both of you write is kept and merged at every save."

    def free(self, name: str) -> str:
        """Return that nobody else has the file open any more."""
        return f"{name or self.somebody} has closed the audit. You see it as it was saved."

    def own_copy_open(self, name: str) -> str:
        """Return that the person works in a copy now."""
        return f"You work in {name} now. Open the first file later to merge the two."

    def came_in(self, count: int, authors: Sequence[str], places: Sequence[str], conflicts: int) -> str:
        """Return what somebody else wrote into the file."""
        text = f"{_count(count, 'answer', 'answers')} came in from {_named(authors)}: {_named(places)}."
        if conflicts:
            differ = "One differs from yours" if conflicts == 1 else f"{conflicts} differ from yours"
            text += f" {differ}: both answers are kept until one is chosen."
        return text

    def copies(self, names: Sequence[str]) -> str:
        """Return that other copies of the audit lie beside the file."""
        lies = "Another copy of this audit lies" if len(names) == 1 else "Other copies of this audit lie"
        has = "it holds" if len(names) == 1 else "they hold"
        return f"{lies} in the same folder, and {has} answers that this one lacks: {_named(names)}."

    def merged(self, count: int, conflicts: int) -> str:
        """Return what merging copies did."""
        changes = _count(count, "change was", "changes were")
        text = f"{changes} merged in. Undo takes them out; the other file was left as it is."
        if conflicts:
            text += f" {_count(conflicts, 'answer has', 'answers have')} to be settled."
        return text

    def place(self, problem: PlaceProblem) -> str:
        """Return why the file should be saved elsewhere."""
        return {
            "mail": "This audit was opened straight from an e-mail, and the mail program clears that folder. Save it "
            "elsewhere before you change anything.",
            "download-cache": "This audit was opened straight from the browser, which clears that folder. Save it "
            "elsewhere before you change anything.",
            "inside-archive": "This audit was opened inside a ZIP file, where changes would be lost. Save it "
            "elsewhere before you change anything.",
            "temporary": "This audit lies in the folder for temporary files, which the computer clears now and then. "
            "Save it elsewhere to be safe.",
            "read-only": "Nothing can be written in this folder. You can read the audit; to change it, save it "
            "elsewhere.",
        }[problem.value]


OTHERS: Final = _Others()


class _Damage:
    rebuilt: str = (
        "The quick summary in the file did not agree with its history. What you see is what the history says, and the "
        "file is put right with the next save."
    )

    def history(self, lost: int, copy: str) -> str:
        """Return that the history in the file was damaged."""
        parts = ["A part of the file is damaged. Every current answer is there."]
        if lost:
            parts.append(f"{_count(lost, 'earlier wording', 'earlier wordings')} could not be found anywhere.")
        if copy:
            parts.append(f"The damaged file is kept as {copy}.")
        return " ".join(parts)

    def version(self, at: str) -> str:
        """Return that a version that was put by on this computer is no good any more."""
        return (
            f"A version that this computer put by on {FORM.when(at)} is damaged and is not offered any more; the audit "
            "itself and its other versions were left alone."
        )

    def gone(self, sentence: str) -> str:
        """Return that the file is gone or is something else by now."""
        return f"{sentence} What you write is kept on this computer; save a copy elsewhere to be safe."

    def recovered_copy(self, sentence: str, copy: str) -> str:
        """Return where the work is that could not be written into its file."""
        return f"{sentence} Your work is whole in {copy}, and on this computer."

    def not_saved(self, sentence: str) -> str:
        """Return that the work is in no file."""
        return f"{sentence} What you wrote is kept on this computer where possible. Save a copy elsewhere."


DAMAGE: Final = _Damage()


class _History:
    title: str = "History of answers"
    all_lead: str = "Every change of every answer, the newest first."
    when: str = "When"
    who: str = "Who"
    where: str = "Answer"
    before: str = "Before"
    after: str = "After"
    then: str = "Then"
    now: str = "Now"
    nothing: str = "Nothing was written here yet."
    no_answer: str = "(no answer)"
    withheld: str = "(left out of this copy)"
    several: str = "{first} | {second}"
    search: str = "Search for a person, a statement or a word"
    of_one: str = "History: {name}"
    of_item: str = "{place} ({title})"
    of_one_lead: str = "Every change of this answer, the newest first."
    restore_this: str = "Give this answer again"
    restored: str = "The earlier answer stands again. Undo takes it back."
    no_field: str = "Go to an answer first, then ask for its history."
    change: str = "The change"
    menu: str = "History of this answer…"
    of_one_spoken: str = "History of {name}. {changed}"
    tool_tip: str = "{changed}. Show the history (Ctrl+H)"

    def changed(self, name: str, at: str) -> str:
        """Return who changed an answer last, and on which day."""
        return f"Changed by {name}, {FORM.day(at)}"

    def when_short(self, at: str) -> str:
        """Return the time `at`, ISO 8601 in UTC, as short as it can be read."""
        from datetime import datetime

        try:
            return f"{datetime.fromisoformat(at.replace('Z', '+00:00')).astimezone():%d/%m/%Y %H:%M}"
        except ValueError:
            return at


HISTORY: Final = _History()


class _Versions:
    title: str = "Versions on this computer"
    lead: str = (
        "Snapshots that somebody named, and copies that were put by while you worked. They help against slips; they "
        "are no backup of the school’s, since they are on this computer alone."
    )
    take: str = "Take a snapshot"
    name: str = "Name of the snapshot, such as “Before the visit”"
    name_missing: str = "Give the snapshot a name."
    restore: str = "Give these answers again"
    save_copy: str = "Save as a copy…"
    save_title: str = "Save this version as a copy"
    none: str = "There is no earlier version yet. One is put by each time the file is saved, at most every ten minutes."
    same: str = "The audit says the same now."
    loading: str = "Reading…"
    unreadable: str = "This version cannot be read."
    list_name: str = "Versions"

    def snapshot(self, name: str, author: str, at: str) -> str:
        """Return the entry of a named snapshot."""
        return f"{name}\n{author}, {FORM.when(at)}"

    def backup(self, at: str) -> str:
        """Return the entry of a version that was put by."""
        return f"Put by on {FORM.when(at)}"

    def set_aside(self, at: str) -> str:
        """Return the entry of work that a crash left and a person set aside."""
        return f"With the work that was set aside, last on {FORM.when(at)}"

    def differs(self, count: int) -> str:
        """Return how much is another answer now."""
        return f"{_count(count, 'answer differs', 'answers differ')} from now:"

    def restored(self, count: int, refused: int) -> str:
        """Return what was given again."""
        stand = _count(count, "earlier answer stands", "earlier answers stand")
        text = f"{stand} again. Undo takes this back as one step."
        if refused:
            text += f" {_count(refused, 'answer was', 'answers were')} left alone, since somebody else answers there."
        return text

    def taken(self, name: str) -> str:
        """Return that a snapshot was taken."""
        return f"The snapshot “{name}” is recorded in the audit."


VERSIONS: Final = _Versions()


class _Erasing:
    title: str = "Erase from this computer"
    goes_title: str = "This goes"
    stays_title: str = "This stays"
    warning: str = (
        "It cannot be undone. Without earlier versions, a file that is damaged or lost cannot be put together again: "
        "make sure that it is backed up. The audit is saved and closed first."
    )
    erase: str = "Erase"
    cancel: str = "Cancel"

    def lead(self, name: str) -> str:
        """Return what it is for."""
        return (
            f"Removes what this computer keeps of “{name}” besides its file, as before the computer is given to "
            "somebody else."
        )

    def goes(self, kept: KeptHere) -> list[str]:
        """Return what is removed, a line each."""
        lines = [_count(kept.versions, "version that was put by", "versions that were put by")] if kept.versions else []
        if kept.attached:
            copies = _count(kept.attached, "attached file that is", "attached files that are")
            lines.append(f"Copies of {copies} in the audit’s file too")
        return [*lines, "What was noted here while somebody typed", "Its entry in the list of recent audits"]

    def stays(self, path: Path, kept: KeptHere) -> list[str]:
        """Return what is left, a line each."""
        lines = [
            f"The file {path}, with every answer, its history and its attached files",
            "Every copy that was saved or sent",
        ]
        return [*lines, _unseen(kept)] if kept.stays else lines

    def done(self, name: str, kept: KeptHere) -> str:
        """Return what was done."""
        text = f"Erased from this computer: what it kept of “{name}”. The file itself is where it was."
        if kept.stays:
            text += f" Left: {_unseen(kept)}."
        if kept.is_in_use:
            text += " The audit is open in another window of this computer, which keeps what it needs."
        return text


def _unseen(kept: KeptHere) -> str:
    what = _count(kept.stays, "thing", "things")
    return f"{what} that the audit’s file does not hold: earlier versions, work that was set aside or attached files"


ERASING: Final = _Erasing()
