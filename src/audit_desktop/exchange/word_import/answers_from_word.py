"""What a Word document says about an audit: our own documents, and forms completed on the councils' own layouts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.exchange.word_import.document_walk import DocumentWalk
from audit_desktop.exchange.word_import.framework_text import FrameworkText
from audit_desktop.exchange.word_import.matching import match_rows
from audit_desktop.exchange.word_import.own_document import framework_named

if TYPE_CHECKING:
    from collections.abc import Iterable

    from audit_desktop.core.framework import Framework
    from audit_desktop.exchange.word_import.document import WordDocument
    from audit_desktop.exchange.word_import.import_result import ImportResult

_LEAST_SHARE: Final = 0.2
"""The share of its statements that a form must have to be taken for one of a framework."""


def framework_of(document: WordDocument, frameworks: Iterable[Framework], place: str) -> Framework:
    """Return which of `frameworks` the form is: the one it names, or else the one most of whose statements it has.

    A document that names another version of a framework is one of the version that is there. Raises
    `WORD_OTHER_FRAMEWORK`, with the detail `found` (`id@version`, or empty), for a document of another framework or
    of none: one with less than a fifth of the statements of any. `place` names the file in the fault.
    """
    named = framework_named(document)
    named_id = named.partition("@")[0]
    candidates = [framework for framework in frameworks if not named or framework.id == named_id]
    exact = [framework for framework in candidates if named == f"{framework.id}@{framework.version}"]
    if exact or (named and candidates):
        return (exact or candidates)[-1]
    best, most = None, _LEAST_SHARE
    for framework in candidates:
        words = FrameworkText(framework)
        share = len(match_rows(document.tables(), words)) / len(words.statements)
        if share > most:
            best, most = framework, share
    if best is None:
        raise AuditDesktopError(FaultCode.WORD_OTHER_FRAMEWORK, place, found=named)
    return best


def answers_from_word(document: WordDocument, framework: Framework, known: Iterable[str] = ()) -> ImportResult:
    """Return what `document` says about an audit of `framework`, with everything that could not be understood.

    Nothing that somebody wrote is left out: it is an answer, a doubt, a comment or an unrecognised text. `known` are
    the addresses that the audit has answers at, by which the items of its lists are found again. Raises
    `WORD_OTHER_FRAMEWORK`, with the detail `found`, for a document that names another framework.
    """
    named = framework_named(document)
    if named and named.partition("@")[0] != framework.id:
        raise AuditDesktopError(FaultCode.WORD_OTHER_FRAMEWORK, framework.id, found=named)
    return DocumentWalk(document, framework, known).result()
