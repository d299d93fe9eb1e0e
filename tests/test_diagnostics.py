"""Diagnostics: enough to find a fault, and no answer in it."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from audit_desktop.diagnostics import crash_report, earlier_hard_crash, start_log, write_report

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOW = datetime(2026, 11, 22, 14, 2, tzinfo=UTC)
SECRET = "Pupil X was away on Monday"


def _fault() -> BaseException:
    try:
        try:
            {}[SECRET]  # pyright: ignore
        except KeyError as error:
            raise ValueError(SECRET) from error
    except ValueError as error:
        return error
    raise AssertionError


@pytest.fixture
def _own_log() -> Iterator[None]:
    yield
    logger = logging.getLogger("audit_desktop")
    for handler in logger.handlers[:]:
        handler.close()
        logger.removeHandler(handler)


def test_a_crash_report_says_what_and_where_and_no_answer() -> None:
    report = crash_report(_fault(), NOW, qt_version="6.12.0")
    assert "builtins.ValueError" in report
    assert "builtins.KeyError" in report
    assert "test_diagnostics.py, line" in report
    assert SECRET not in report


def test_a_crash_report_names_no_folder_of_the_person() -> None:
    assert __file__ not in crash_report(_fault(), NOW)


@pytest.mark.usefixtures("_own_log")
def test_the_log_holds_no_text_of_an_exception(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    start_log(tmp_path)
    logging.getLogger("audit_desktop.ui").error("it broke", exc_info=_fault())
    text = (tmp_path / "audit-desktop.log").read_text(encoding="utf-8")
    assert "it broke" in text
    assert "builtins.ValueError" in text
    assert SECRET not in text
    caplog.clear()


def test_a_report_that_cannot_be_written_is_no_second_crash(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert write_report(tmp_path / "file", "report", NOW) is None


def test_the_dump_of_an_earlier_run_is_offered_once(tmp_path: Path) -> None:
    (tmp_path / "hard-crash.txt").write_text("Fatal Python error", encoding="utf-8")
    aside = earlier_hard_crash(tmp_path, NOW)
    assert aside is not None
    assert aside.read_text(encoding="utf-8") == "Fatal Python error"
    assert earlier_hard_crash(tmp_path, NOW) is None
