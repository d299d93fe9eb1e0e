"""The sentences for faults: one for each code, whole with and without its details."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from audit_desktop.core.errors import AuditDesktopError, FaultCode, ManyFaultsError
from audit_desktop.ui.fault_wording import SENTENCES
from audit_desktop.ui.wording import sentence_for, sentences_for


@pytest.mark.parametrize("code", FaultCode, ids=lambda code: code.value)
def test_every_fault_has_a_sentence(code: FaultCode) -> None:
    assert code in SENTENCES


@pytest.mark.parametrize("code", FaultCode, ids=lambda code: code.value)
def test_a_sentence_is_whole_even_without_details(code: FaultCode) -> None:
    sentence = sentence_for(AuditDesktopError(code, "here"))
    assert sentence.endswith((".", "?"))
    assert not set("[]{}") & set(sentence)
    assert "None" not in sentence


def test_braces_and_brackets_in_a_detail_are_shown_as_they_stand() -> None:
    fault = AuditDesktopError(FaultCode.LEVEL_UNKNOWN, "statement/1.1/rating", value="{x} [y]", known="a, b")
    assert '"{x} [y]" is no level of statement/1.1/rating; there are: a, b.' in sentence_for(fault)


def test_a_failed_write_says_what_was_kept() -> None:
    sentence = sentence_for(AuditDesktopError(FaultCode.DISK_FULL, "School.audit"))
    assert "School.audit was not written; the file is as it was before." in sentence


def test_the_place_can_be_named_by_what_shows_it() -> None:
    fault = AuditDesktopError(FaultCode.NUMBER_INVALID, "statement/3.6/number-1", value="many")
    assert sentence_for(fault, place="This field") == "This field takes a number, not many; nothing was changed."


def test_a_missing_suggestion_leaves_no_gap() -> None:
    fault = AuditDesktopError(FaultCode.KEY_UNKNOWN, "sections[0]", key="titel", suggestion=None)
    assert sentence_for(fault) == 'There is no key "titel" here.'


def test_gathered_faults_come_each_with_its_place() -> None:
    one = AuditDesktopError(FaultCode.KEY_MISSING, "sections[0]", key="title")
    two = AuditDesktopError(FaultCode.WIDTHS_NOT_100, "layout.columns", total=90)
    lines = sentences_for(ManyFaultsError(FaultCode.FRAMEWORK_INVALID, "f.json", (one, two)))
    assert lines == (
        "f.json is no valid framework: 2 faults.",
        'sections[0]: The key "title" is missing.',
        "layout.columns: The widths of the columns add up to 90 per cent, not 100.",
    )


def test_the_wording_needs_no_qt() -> None:
    code = "import sys, audit_desktop.ui.wording; sys.exit(any(name.startswith('PySide6') for name in sys.modules))"
    assert _exit_status(code) == 0


def _exit_status(code: str) -> int:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    return subprocess.run([sys.executable, "-c", code], check=False, env=environment).returncode
