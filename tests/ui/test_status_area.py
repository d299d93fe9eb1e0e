"""The status line: the truth about saving, and who is working."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.session.events import SaveChanged, SaveState
from audit_desktop.storage.places import Place, PlaceKind
from audit_desktop.ui.status_area import StatusArea
from tests.ui.conftest import SCHOOL

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

AT = datetime(2026, 11, 22, 14, 2, tzinfo=UTC)


@pytest.fixture
def area(qtbot: QtBot) -> StatusArea:
    area = StatusArea()
    qtbot.addWidget(area)
    return area


@pytest.mark.parametrize(
    ("state", "says"),
    [
        (SaveState.SAVED, "Saved 14:02"),
        (SaveState.TYPING, "Typing…"),
        (SaveState.KEPT_LOCALLY, "Saved on this laptop; the file follows in a moment"),
        (SaveState.SAVING, "Saving…"),
        (SaveState.READ_ONLY, "Read only: nothing can be changed"),
    ],
)
def test_each_state_of_saving_is_said_in_words(area: StatusArea, state: SaveState, says: str) -> None:
    area.show_saving(SaveChanged(state, None), AT)
    assert area.save_label.accessibleName() == says
    assert area.save_label.text().endswith(says)


@pytest.mark.parametrize(
    ("place", "says"),
    [
        (Place(folder="Attendance"), "Saved to Attendance, 14:02"),
        (Place(), "Saved 14:02"),
        (Place(PlaceKind.SYNCED, "OneDrive", "Governors"), "Saved to OneDrive – Governors, 14:02"),
        (Place(PlaceKind.SYNCED, "OneDrive"), "Saved to OneDrive, 14:02"),
        (Place(PlaceKind.NETWORK, folder="Governors"), "Saved to the network drive – Governors, 14:02"),
        (Place(PlaceKind.REMOVABLE), "Saved to the removable drive, 14:02"),
    ],
)
def test_where_the_file_was_saved_is_said(area: StatusArea, place: Place, says: str) -> None:
    area.show_saving(SaveChanged(SaveState.SAVED, None, place=place), AT)
    assert area.save_label.accessibleName() == says


def test_a_file_that_follows_late_is_not_promised_in_a_moment(area: StatusArea) -> None:
    area.show_saving(SaveChanged(SaveState.KEPT_LOCALLY, None, is_slow=True), AT)
    assert area.save_label.accessibleName() == "Saved on this laptop; the file follows within ten minutes"


def test_a_failed_save_says_why(area: StatusArea) -> None:
    fault = AuditDesktopError(FaultCode.DISK_FULL, "School.audit")
    area.show_saving(SaveChanged(SaveState.FAILED, None, fault), AT)
    assert area.save_label.text().startswith("✕ Not saved: The disk is full")


def test_with_no_audit_open_nothing_is_said_about_saving(area: StatusArea) -> None:
    area.show_saving(SaveChanged(SaveState.SAVED, None), AT)
    area.show_saving(None, None)
    assert area.save_label.text() == ""


def test_who_is_working_is_shown_with_the_role(area: StatusArea) -> None:
    area.show_who(SCHOOL)
    assert area.who_button.text() == "A. Sample (school)"
    assert "Change who is working" in area.who_button.accessibleName()


def test_a_press_on_the_name_asks_who_is_working(area: StatusArea, qtbot: QtBot) -> None:
    area.show()
    with qtbot.waitSignal(area.who_clicked):
        qtbot.mouseClick(area.who_button, Qt.MouseButton.LeftButton)
