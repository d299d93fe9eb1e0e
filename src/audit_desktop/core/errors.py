"""Expected failures, as codes with details. The sentences live in `ui/wording.py`."""

from __future__ import annotations

from enum import StrEnum


class FaultCode(StrEnum):
    """What went wrong with something a person gave us."""

    # files
    FILE_MISSING = "file-missing"
    FILE_EMPTY = "file-empty"
    FILE_IS_FOLDER = "file-is-folder"
    FILE_UNREADABLE = "file-unreadable"
    FILE_EXISTS = "file-exists"
    NOT_AN_AUDIT = "not-an-audit"
    AUDIT_DAMAGED = "audit-damaged"
    AUDIT_TOO_LARGE = "audit-too-large"
    AUDIT_TOO_NEW = "audit-too-new"
    FOLDER_MISSING = "folder-missing"
    FOLDER_NOT_WRITABLE = "folder-not-writable"
    DISK_FULL = "disk-full"
    WRITE_FAILED = "write-failed"
    # JSON
    JSON_INVALID = "json-invalid"
    JSON_NOT_AN_OBJECT = "json-not-an-object"
    # frameworks
    FRAMEWORK_INVALID = "framework-invalid"
    FRAMEWORK_UNKNOWN = "framework-unknown"
    FRAMEWORK_VERSION_UNKNOWN = "framework-version-unknown"
    FRAMEWORK_TOO_LARGE = "framework-too-large"
    FRAMEWORK_TOO_NEW = "framework-too-new"
    FRAMEWORK_TWICE = "framework-twice"
    FRAMEWORK_MISPLACED = "framework-misplaced"
    # one fault inside a framework file
    KEY_UNKNOWN = "key-unknown"
    KEY_MISSING = "key-missing"
    JSON_TYPE_WRONG = "json-type-wrong"
    NOT_ONE_OF = "not-one-of"
    TEXT_MISSING = "text-missing"
    CHARACTER_FORBIDDEN = "character-forbidden"
    LIST_TOO_SHORT = "list-too-short"
    LIST_TOO_LONG = "list-too-long"
    ID_INVALID = "id-invalid"
    ID_REPEATED = "id-repeated"
    ID_RESERVED = "id-reserved"
    ID_UNKNOWN = "id-unknown"
    EARLIER_ID_IN_USE = "earlier-id-in-use"
    VERSION_INVALID = "version-invalid"
    LANGUAGE_INVALID = "language-invalid"
    COLOUR_INVALID = "colour-invalid"
    LINK_FORBIDDEN = "link-forbidden"
    SHARE_INVALID = "share-invalid"
    KEY_OF_OTHER_KIND = "key-of-other-kind"
    OUTCOME_NEVER_REACHED = "outcome-never-reached"
    LAST_OUTCOME_CONDITIONAL = "last-outcome-conditional"
    CONDITION_EMPTY = "condition-empty"
    COLUMN_SHOWS_AND_MARKS = "column-shows-and-marks"
    WIDTHS_NOT_100 = "widths-not-100"
    # answers
    ADDRESS_UNKNOWN = "address-unknown"
    VALUE_WRONG_TYPE = "value-wrong-type"
    LEVEL_UNKNOWN = "level-unknown"
    OPTION_UNKNOWN = "option-unknown"
    STATUS_UNKNOWN = "status-unknown"
    DATE_INVALID = "date-invalid"
    NUMBER_INVALID = "number-invalid"
    REASON_MISSING = "reason-missing"
    TEXT_TOO_LONG = "text-too-long"
    FIELD_OF_OTHER_ROLE = "field-of-other-role"
    NAME_MISSING = "name-missing"
    # merge
    DIFFERENT_AUDIT = "different-audit"
    DIFFERENT_FRAMEWORK = "different-framework"
    UPGRADE_BACKWARDS = "upgrade-backwards"
    UPGRADE_DOES_NOT_FIT = "upgrade-does-not-fit"
    NO_SHARED_HISTORY = "no-shared-history"
    HISTORY_TAMPERED = "history-tampered"
    # protected copies
    NOT_PROTECTED = "not-protected"
    PROTECTED_OTHERWISE = "protected-otherwise"
    PROTECTION_TOO_COSTLY = "protection-too-costly"
    PASSPHRASE_MISSING = "passphrase-missing"
    PASSPHRASE_WRONG = "passphrase-wrong"
    PASSPHRASE_TOO_SHORT = "passphrase-too-short"
    PROTECTED_DAMAGED = "protected-damaged"
    PROTECTED_TRUNCATED = "protected-truncated"
    # sign-off
    SIGNED_OFF = "signed-off"
    NOT_SIGNED_OFF = "not-signed-off"
    SIGN_OFF_INCOMPLETE = "sign-off-incomplete"
    SIGNING_KEY_DAMAGED = "signing-key-damaged"
    SEAL_MISSING = "seal-missing"
    SEAL_BROKEN = "seal-broken"
    SEAL_OF_OTHER_AUDIT = "seal-of-other-audit"
    SEALED_FIELDS_CHANGED = "sealed-fields-changed"
    SEALED_FRAMEWORK_CHANGED = "sealed-framework-changed"
    SEALED_ATTACHMENTS_CHANGED = "sealed-attachments-changed"
    # attached files
    ATTACHMENT_KIND_UNKNOWN = "attachment-kind-unknown"
    ATTACHMENT_RUNS = "attachment-runs"
    ATTACHMENT_HAS_MACROS = "attachment-has-macros"
    ATTACHMENT_IS_OTHER_KIND = "attachment-is-other-kind"
    ATTACHMENT_TOO_LARGE = "attachment-too-large"
    ATTACHMENTS_TOO_LARGE = "attachments-too-large"
    ATTACHMENTS_TOO_MANY = "attachments-too-many"
    AUDIT_WOULD_BE_TOO_LARGE = "audit-would-be-too-large"
    ATTACHMENT_NOT_LET_OUT = "attachment-not-let-out"
    ATTACHMENT_MISSING = "attachment-missing"
    ATTACHMENT_DAMAGED = "attachment-damaged"
    # export
    EXPORT_INCOMPLETE = "export-incomplete"
    EXPORT_STOPPED = "export-stopped"
    EARLIER_AUDIT_DIFFERS = "earlier-audit-differs"
    EARLIER_AUDIT_OF_ONE = "earlier-audit-of-one"
    NAME_TEMPLATE_INVALID = "name-template-invalid"
    PDF_UNAVAILABLE = "pdf-unavailable"
    NO_AUDITS_FOUND = "no-audits-found"
    # Word documents that come back
    WORD_NOT_A_DOCUMENT = "word-not-a-document"
    WORD_PROTECTED_OR_OLD = "word-protected-or-old"
    WORD_DAMAGED = "word-damaged"
    WORD_TOO_LARGE = "word-too-large"
    WORD_HAS_DOCTYPE = "word-has-doctype"
    WORD_READING_STOPPED = "word-reading-stopped"
    WORD_OTHER_FRAMEWORK = "word-other-framework"


class AuditDesktopError(Exception):
    """An expected failure: a `code`, the `place` it concerns and `details` for its sentence.

    `place` is a path, an address or a JSON location, whatever a person needs to find the fault.
    """

    def __init__(self, code: FaultCode, place: str = "", **details: object) -> None:
        super().__init__(f"{code}: {place} {details if details else ''}".rstrip())
        self.code = code
        self.place = place
        self.details = details


class ManyFaultsError(AuditDesktopError):
    """Several faults of one file, reported at once, in the order they stand in the file."""

    def __init__(self, code: FaultCode, place: str, faults: tuple[AuditDesktopError, ...]) -> None:
        super().__init__(code, place, count=len(faults))
        self.faults = faults
