"""The sentence for each fault: what happened, what was kept, and what to do. No Qt."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Final, cast

from audit_desktop.core.errors import AuditDesktopError, FaultCode, ManyFaultsError
from audit_desktop.core.file_names import file_size

if TYPE_CHECKING:
    from collections.abc import Mapping

# `{place}` is the place of the fault, `{name}` its last part, which for a path is the file's name; the rest are
# the fault's details. What stands in `[…]` is left out where one of its details is missing or empty.
SENTENCES: Final[Mapping[FaultCode, str]] = {
    FaultCode.FILE_MISSING: "There is no file {place}; nothing was changed.",
    FaultCode.FILE_EMPTY: "{place} is empty, so there is nothing in it to read; nothing was changed.",
    FaultCode.FILE_IS_FOLDER: "{place} is a folder, not a file; nothing was changed.",
    FaultCode.FILE_UNREADABLE: "{place} could not be read[: {reason}]; nothing was changed.",
    FaultCode.FILE_EXISTS: "There is already a file {place}, and it was left as it is; choose another name.",
    FaultCode.NOT_AN_AUDIT: "{place} is not an audit made by this program; nothing was changed.",
    FaultCode.AUDIT_DAMAGED: (
        "{place} is damaged and cannot be opened[ ({problem})]; the file was left as it is. Try a backup or "
        "another copy."
    ),
    FaultCode.AUDIT_TOO_LARGE: "{place} is too large to be an audit, so it was not opened; nothing was changed.",
    FaultCode.AUDIT_TOO_NEW: (
        "{place} was made by a newer version of Audit Desktop; update the program to open it. The file was "
        "left as it is."
    ),
    FaultCode.FOLDER_MISSING: "There is no folder {place}, so nothing was written there.",
    FaultCode.FOLDER_NOT_WRITABLE: "Nothing can be written in {place}; choose another folder. Nothing was changed.",
    FaultCode.DISK_FULL: "The disk is full, so {place} was not written; the file is as it was before. Free some space.",
    FaultCode.WRITE_FAILED: "{place} could not be written[: {reason}]; the file is as it was before.",
    FaultCode.JSON_INVALID: (
        "{place} is not valid JSON[, line {line}][, column {column}][: {problem_words}][ ({found})]; nothing "
        "was changed."
    ),
    FaultCode.JSON_NOT_AN_OBJECT: "{place} holds no JSON object; nothing was changed.",
    FaultCode.FRAMEWORK_INVALID: "{place} is no valid framework[: {count} faults].",
    FaultCode.FRAMEWORK_UNKNOWN: "No framework called {place} is installed[; there are: {known}].",
    FaultCode.FRAMEWORK_VERSION_UNKNOWN: (
        "That version of the framework {place} is not installed[; there are: {known}]."
    ),
    FaultCode.FRAMEWORK_TOO_LARGE: (
        "The framework is too large[: {statements} statements, where {at_most} are allowed]"
        "[: {bytes} bytes, where {at_most_bytes} are allowed]."
    ),
    FaultCode.FRAMEWORK_TOO_NEW: (
        "The framework is written in format {found}, and this version of the program reads format {known}."
    ),
    FaultCode.FRAMEWORK_TWICE: "Another file holds the same framework and version[: {other}].",
    FaultCode.FRAMEWORK_MISPLACED: "The file stands in the wrong place[; it belongs at {expected}].",
    FaultCode.KEY_UNKNOWN: 'There is no key "{key}" here[; did you mean "{suggestion}"?].',
    FaultCode.KEY_MISSING: 'The key "{key}" is missing.',
    FaultCode.JSON_TYPE_WRONG: "This should be {expected}[, not {found}].",
    FaultCode.NOT_ONE_OF: "{found} is not one of {allowed}.",
    FaultCode.TEXT_MISSING: 'The text "{key}" is empty.',
    FaultCode.CHARACTER_FORBIDDEN: "The text holds a character that is not allowed, {character}.",
    FaultCode.LIST_TOO_LONG: '"{key}" has {found} entries; at most {at_most} are allowed.',
    FaultCode.LIST_TOO_SHORT: 'The list "{key}" needs at least {at_least}.',
    FaultCode.ID_INVALID: (
        '"{found}" is no id: lower-case letters, digits, full stops and hyphens, at most 40 characters.'
    ),
    FaultCode.ID_REPEATED: 'The id "{id}" stands twice[; first at {first}].',
    FaultCode.ID_RESERVED: 'The id "{id}" belongs to a field that every audit has; choose another.',
    FaultCode.EARLIER_ID_IN_USE: (
        'The id "{id}" is one of this version, so it cannot be one that only an earlier version had; an id is never '
        "given to anything else."
    ),
    FaultCode.ID_UNKNOWN: 'There is no [{what} ]called "{id}"[; did you mean "{suggestion}"?].',
    FaultCode.VERSION_INVALID: '"{found}" is no version; write it as in 1.0.0.',
    FaultCode.LANGUAGE_INVALID: '"{found}" is no language tag; write it as in en-GB.',
    FaultCode.COLOUR_INVALID: '"{found}" is no colour; write it as in #2f8f6b.',
    FaultCode.LINK_FORBIDDEN: '"{link}" is not allowed as a link; only https: and mailto: addresses are.',
    FaultCode.SHARE_INVALID: '"{found}" is no share; write it as in 1/2.',
    FaultCode.KEY_OF_OTHER_KIND: 'A field of the kind "{kind}" has no "{key}".',
    FaultCode.OUTCOME_NEVER_REACHED: (
        'The status "{status}" can never be reached, since the one before it always holds.'
    ),
    FaultCode.LAST_OUTCOME_CONDITIONAL: 'The last status, "{status}", must have no conditions.',
    FaultCode.CONDITION_EMPTY: "The condition says neither more_than nor at_most.",
    FaultCode.COLUMN_SHOWS_AND_MARKS: "A column either shows things or marks a level, and one of the two it must do.",
    FaultCode.WIDTHS_NOT_100: "The widths of the columns add up to {total} per cent, not 100.",
    FaultCode.ADDRESS_UNKNOWN: "This audit has no field {place}; nothing was changed.",
    FaultCode.VALUE_WRONG_TYPE: "{place} takes {expected}; nothing was changed.",
    FaultCode.LEVEL_UNKNOWN: '"{value}" is no level of {place}[; there are: {known}]. Nothing was changed.',
    FaultCode.OPTION_UNKNOWN: '"{value}" cannot be chosen for {place}[; there are: {known}]. Nothing was changed.',
    FaultCode.STATUS_UNKNOWN: '"{value}" is no status for {place}[; there are: {known}]. Nothing was changed.',
    FaultCode.DATE_INVALID: '"{value}" is no date for {place}; write it as year-month-day. Nothing was changed.',
    FaultCode.NUMBER_INVALID: "{place} takes a number[, not {value}{found}]; nothing was changed.",
    FaultCode.REASON_MISSING: "{place} needs a reason; nothing was changed until it has one.",
    FaultCode.TEXT_TOO_LONG: (
        "The text for {place} is too long[: {length} characters, where {longest} are allowed]; nothing was changed."
    ),
    FaultCode.FIELD_OF_OTHER_ROLE: "{place} is for {owner_words} to fill in; nothing was changed.",
    FaultCode.NAME_MISSING: "A name is needed, so that it is known who made the changes; nothing was changed.",
    FaultCode.DIFFERENT_AUDIT: "The two files are different audits, not copies of one; nothing was changed.",
    FaultCode.DIFFERENT_FRAMEWORK: (
        "The two copies are audits of different frameworks[: {mine} and {theirs}]; nothing was changed."
    ),
    FaultCode.UPGRADE_BACKWARDS: (
        "The audit stands on version {mine} of its framework, which is newer than {theirs}, and there is no way back "
        "to an older one; nothing was changed."
    ),
    FaultCode.UPGRADE_DOES_NOT_FIT: (
        "Version {version} of the framework cannot hold these answers as they are: {addresses}. Change them, or ask "
        "whoever wrote the framework; nothing was changed."
    ),
    FaultCode.EXPORT_INCOMPLETE: (
        "The document was checked after writing and did not hold everything that the audit says[: {missing}], "
        "so it was not kept; the audit is unchanged."
    ),
    FaultCode.EXPORT_STOPPED: "The export was stopped; no document was written, and the audit is unchanged.",
    FaultCode.EARLIER_AUDIT_DIFFERS: (
        "The earlier audit uses another framework[: {earlier}, not {this}], so the two cannot be compared; "
        "nothing was written."
    ),
    FaultCode.EARLIER_AUDIT_OF_ONE: (
        "Only one audit at a time can be compared with an earlier one; export it by itself. Nothing was written."
    ),
    FaultCode.NAME_TEMPLATE_INVALID: (
        '"{place}" is no template for names[: there is no "{unknown}"][; there are {known}]; nothing was written.'
    ),
    FaultCode.PDF_UNAVAILABLE: "A PDF cannot be made here[: {reason}]; export a web page or a Word document instead.",
    FaultCode.NO_AUDITS_FOUND: "There is no audit in {place}; nothing was written.",
    FaultCode.NO_SHARED_HISTORY: (
        "The two files call themselves copies of one audit and share no history; nothing was changed."
    ),
    FaultCode.HISTORY_TAMPERED: (
        "The history in {place} was changed by something other than this program[: {count} edits are not what "
        "they were]"
        "[, concerning {addresses}]; nothing was changed here."
    ),
    FaultCode.NOT_PROTECTED: "{place} is not protected by a passphrase; nothing was changed.",
    FaultCode.PROTECTED_OTHERWISE: (
        "{place} is protected in a way that this program cannot open, since it asks for no passphrase; nothing "
        "was changed."
    ),
    FaultCode.PROTECTION_TOO_COSTLY: (
        "{place} asks for more work to open than this program allows; nothing was changed."
    ),
    FaultCode.PASSPHRASE_MISSING: "{place} is protected, and no passphrase was given; nothing was changed.",
    FaultCode.PASSPHRASE_WRONG: (
        "That is not the passphrase for {place}, or the beginning of the file is damaged; nothing was changed."
    ),
    FaultCode.PASSPHRASE_TOO_SHORT: (
        "The passphrase is too short[: at least {shortest} characters]; nothing was written."
    ),
    FaultCode.PROTECTED_DAMAGED: (
        "{place} is damaged and cannot be opened; ask for the file again. Nothing was changed."
    ),
    FaultCode.PROTECTED_TRUNCATED: (
        "{place} is incomplete: its end is missing. Ask for the file again; nothing was changed."
    ),
    FaultCode.SIGNED_OFF: "The audit is signed off and cannot be changed unless it is reopened; nothing was changed.",
    FaultCode.NOT_SIGNED_OFF: "The audit is not signed off; nothing was changed.",
    FaultCode.SIGN_OFF_INCOMPLETE: (
        "The audit cannot be signed off yet[: {count} things are open]; nothing was changed."
    ),
    FaultCode.SIGNING_KEY_DAMAGED: "The key for signing, {place}, is damaged, so nothing was signed.",
    FaultCode.SEAL_MISSING: "{place} names a seal that it does not hold: somebody took it out.",
    FaultCode.SEAL_BROKEN: "A seal in {place} is damaged or was changed; it proves nothing.",
    FaultCode.SEAL_OF_OTHER_AUDIT: "The seal in {place} belongs to another audit.",
    FaultCode.SEALED_FIELDS_CHANGED: "Answers were changed after the audit was signed off[: {addresses}].",
    FaultCode.SEALED_FRAMEWORK_CHANGED: "The framework inside the audit was changed after the audit was signed off.",
    FaultCode.SEALED_ATTACHMENTS_CHANGED: "Attachments were added or taken out after the audit was signed off.",
    FaultCode.ATTACHMENT_KIND_UNKNOWN: (
        "{name} was not attached: only these kinds of files can be[: {known}]. Saving it as a PDF usually helps."
    ),
    FaultCode.ATTACHMENT_RUNS: (
        "{name} was not attached: files of the kind {suffix} are programs or can run one, so they never travel in an "
        "audit."
    ),
    FaultCode.ATTACHMENT_HAS_MACROS: (
        "{name} was not attached: it holds macros, or is of a kind that can ({suffix}). Save it as a PDF, or without "
        "macros as .docx, .xlsx or .pptx, and attach that."
    ),
    FaultCode.ATTACHMENT_IS_OTHER_KIND: (
        "{name} was not attached: its content is not what its ending {suffix} says. Open it, save it anew and "
        "attach that."
    ),
    FaultCode.ATTACHMENT_TOO_LARGE: (
        "{name} was not attached: it is larger than {largest_words}. A smaller picture or a PDF of it usually will do."
    ),
    FaultCode.ATTACHMENTS_TOO_LARGE: (
        "{name} was not attached: with it the audit would carry more than {largest_words} of files. Take others "
        "out first."
    ),
    FaultCode.ATTACHMENTS_TOO_MANY: "{name} was not attached: an audit holds at most {most} files.",
    FaultCode.AUDIT_WOULD_BE_TOO_LARGE: (
        "The audit was not saved: the files attached to it are too many or too large to be in one file. Undo the "
        "merge, or take some of them out for good. Nothing is lost."
    ),
    FaultCode.ATTACHMENT_NOT_LET_OUT: (
        "{name} was not opened or saved: no such file can be attached with this program, so somebody put it into the "
        "audit’s file by other means. Ask whoever sent the audit."
    ),
    FaultCode.ATTACHMENT_MISSING: (
        "The bytes of {name} are not on this computer and not in the audit’s file; its entry was kept. Another copy of "
        "the audit may still have them: merge it in."
    ),
    FaultCode.ATTACHMENT_DAMAGED: (
        "The attached file {name} is damaged in the audit’s file; its entry was kept. Another copy of the audit or a "
        "backup may still have it whole."
    ),
    FaultCode.WORD_NOT_A_DOCUMENT: "{place} is not a Word document; nothing was changed.",
    FaultCode.WORD_PROTECTED_OR_OLD: (
        "{place} is protected by a password or in the old Word format; save it as .docx without a password. "
        "Nothing was changed."
    ),
    FaultCode.WORD_DAMAGED: "{place} is damaged and cannot be read[ ({problem})]; nothing was changed.",
    FaultCode.WORD_TOO_LARGE: "{place} is too large to be read safely; nothing was changed.",
    FaultCode.WORD_HAS_DOCTYPE: (
        "{place} holds something that no Word document needs, so it was not read; nothing was changed."
    ),
    FaultCode.WORD_READING_STOPPED: (
        "{place} took too long or too much memory to read, so it was stopped; nothing was changed."
    ),
    FaultCode.WORD_OTHER_FRAMEWORK: (
        "{place} is no form of this audit, nor of any that is installed here[: it names {found}]; nothing was changed."
    ),
}

UNEXPECTED: Final = (
    "{place} could not be exported for a reason that nobody foresaw ({problem}); the audit is unchanged."
)
WORKER_LOST: Final = "The program that was exporting it ended before it was done; the audit is unchanged."
NOT_BEGUN: Final = "The export was stopped before its turn; the audit is unchanged."
NO_SCREEN: Final = (
    "There is no screen to open a window on; the commands of audit-desktop, as in audit-desktop --help, need none."
)

_JSON_PROBLEMS: Final = {
    "not-utf-8": "the text is not UTF-8",
    "syntax": "this is not how JSON is written",
    "duplicate-key": "a key stands twice",
    "not-a-number": "this is not a number",
    "number-too-large": "the number is too large",
    "too-deep": "lists and objects are nested too deeply",
}
_OWNERS: Final = {"school": "the school", "visitor": "the visitor", "anyone": "anyone"}


def sentence_for(fault: AuditDesktopError, *, place: str = "") -> str:
    """Return what to tell a person about `fault`: what happened, what was kept, what to do.

    `place` stands for the fault's own place, as "This field" does at the field itself.
    """
    template = SENTENCES.get(fault.code)
    if template is None:
        return f"{fault.place}: {fault.code.value}." if fault.place else f"{fault.code.value}."
    words = {key: _word(value) for key, value in fault.details.items()}
    if isinstance(fault.details.get("largest"), int):
        words["largest_words"] = file_size(cast("int", fault.details["largest"]))
    words["place"] = place or fault.place
    words["name"] = PurePath(fault.place).name
    words["problem_words"] = _JSON_PROBLEMS.get(words.get("problem", ""), words.get("problem", ""))
    words["owner_words"] = _OWNERS.get(words.get("owner", ""), "somebody else")
    if words.get("cloud_file_absent") == "True":
        words["reason"] = "it is in the cloud only, and its cloud program is not running"
    if words.get("count") == "1" and fault.code is FaultCode.FRAMEWORK_INVALID:
        return _fill("{place} is no valid framework: 1 fault.", words)
    return _fill(template, words)


def sentences_for(fault: AuditDesktopError) -> tuple[str, ...]:
    """Return a sentence for `fault`, and after it one for each fault that it gathers, with its place."""
    if not isinstance(fault, ManyFaultsError):
        return (sentence_for(fault),)
    own = (f"{one.place}: {sentence_for(one)}" if one.place else sentence_for(one) for one in fault.faults)
    return (sentence_for(fault), *own)


def _word(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple | list | set | frozenset):
        return ", ".join(str(entry) for entry in value)
    return str(value)


def _fill(template: str, words: Mapping[str, str]) -> str:
    filled: list[str] = []
    for index, part in enumerate(template.replace("]", "[").split("[")):
        is_optional = index % 2 == 1
        names = [piece.partition("}")[0] for piece in part.split("{")[1:]]
        known = [name for name in names if words.get(name)]
        # Adjacent names, as in "{value}{found}", are alternatives: one of them is enough.
        wanted = len(names) - part.count("}{")
        if not is_optional or len(known) >= wanted:
            filled.append(part.format_map({name: words.get(name, "") for name in names}))
    return "".join(filled)
