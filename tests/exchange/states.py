"""Every framework that is shipped, in every state that an audit may be in when it leaves the building."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from audit_desktop.exchange.report_answers import is_reference
from audit_desktop.exchange.word_import.answers_from_word import answers_from_word
from audit_desktop.exchange.word_import.import_plan import same_answer
from audit_desktop.exchange.word_import.reader import read_word
from tests.exchange.audits import ROOT, answer, awkward_texts, every_address, shipped, some_value

if TYPE_CHECKING:
    from audit_desktop.core.audit import Audit
    from audit_desktop.exchange.word_import.import_result import ImportResult

SHIPPED: Final = tuple(sorted(path.parent.name for path in (ROOT / "frameworks").glob("*/1.0.0.json")))
STATES: Final = ("empty", "half", "full", "longest", "right-to-left", "emoji")


def audit_in_state(framework_id: str, state: str) -> Audit:
    """Return an audit of a shipped framework, answered as `state` says; what names another thing names one there is."""
    audit = shipped(framework_id)
    texts = awkward_texts()
    words = {
        "half": "Some words",
        "full": "Some more words",
        "longest": "A sentence that goes on. " * 800,
        "right-to-left": texts["right-to-left"],
        "emoji": texts["emoji"],
    }
    if state == "empty":
        return audit
    for number, (address, field) in enumerate(every_address(audit)):
        if field.id in ("deleted", "not-applicable") or (state == "half" and number % 2):
            continue
        # One very long text in twenty: a school writes much in some places, not in all.
        word = words[state] if state != "longest" or number % 20 == 0 else "short"
        value = some_value(audit.framework, field, word)
        if is_reference(address):
            value = next(iter(audit.state.addresses.statements)) if field.id == "statement" else "item-1"
        answer(audit, address, value)
    return audit


def read_back(audit: Audit, data: bytes) -> ImportResult:
    """Return what the document in `data` says about `audit`."""
    return answers_from_word(read_word(data, "form"), audit.framework, known=dict(audit.state.answers()))


def differences(audit: Audit, data: bytes) -> dict[str, Any]:
    """Return where the document in `data` differs from `audit`, by address; nothing else may stand in it."""
    result = read_back(audit, data)
    assert (result.unrecognised, result.doubts) == ((), ())
    held = dict(audit.state.answers())
    said = {address: value for address, value in result.answers.items() if value is not None}
    return {
        address: (said.get(address), held.get(address))
        for address in said.keys() | held.keys()
        if not same_answer(said.get(address), held.get(address))
    }
