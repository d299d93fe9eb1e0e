"""The overview of a folder, in its window."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from PySide6.QtCore import Qt

from audit_desktop.ui.overview.overview_model import STANDING_ROLE
from audit_desktop.ui.overview.overview_window import OverviewWindow
from audit_desktop.ui.overview.table_dialog import TableDialog
from tests.exchange.audits import NORFOLK, RAG, answer, shipped

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from audit_desktop.locations import Locations
    from audit_desktop.session.workspace import Workspace

LEVELS = {RAG: ("not-in-place", "developing", "established"), NORFOLK: ("identifying", "embedding", "sustaining")}


@pytest.fixture
def folder(workspace: Workspace, tmp_path: Path) -> Path:
    """Return a folder with four audits, better and better by their names, and a broken one."""
    folder = tmp_path / "audits"
    folder.mkdir()
    for name, framework, level in (("Abbey", RAG, 0), ("Beck", RAG, 1), ("Cliff", RAG, 2), ("Dale", NORFOLK, 2)):
        audit = shipped(framework)
        answer(audit, "audit/school-name", f"{name} School")
        for statement in audit.framework.sections[0].statements:
            if "rating" not in statement.without:
                answer(audit, f"statement/{statement.id}/rating", LEVELS[framework][level])
        workspace.save_new(folder / f"{name}.audit", audit)
    (folder / "broken.audit").write_bytes(b"no audit")
    return folder


@pytest.fixture
def window(qtbot: QtBot, workspace: Workspace, locations: Locations, folder: Path) -> OverviewWindow:
    window = OverviewWindow(workspace, locations.resources, folder)
    window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: not window.progress.isVisible(), timeout=30_000)
    return window


def schools(window: OverviewWindow) -> list[str]:
    return [window.filter.index(row, 0).data() for row in range(window.filter.rowCount())]


def column(window: OverviewWindow, heading: str) -> int:
    headings = [
        window.model.headerData(place, Qt.Orientation.Horizontal) for place in range(window.model.columnCount())
    ]
    return headings.index(heading)


def test_a_file_that_cannot_be_read_says_why_beginning_with_its_name(window: OverviewWindow) -> None:
    (row,) = [row for row, line in enumerate(window.filter.shown_lines()) if line.fault is not None]
    said = window.filter.index(row, column(window, "Remarks")).data()
    assert said == "broken.audit is not an audit made by this program; nothing was changed."


def test_every_audit_has_a_row_and_what_cannot_be_read_says_why(window: OverviewWindow) -> None:
    assert schools(window) == ["Abbey School", "Beck School", "broken.audit", "Cliff School", "Dale School"]
    said = window.filter.index(2, column(window, "Remarks")).data()
    assert said.endswith("broken.audit is not an audit made by this program; nothing was changed.")
    assert window.message.text() == "5 audits; 1 cannot be read"


def test_a_status_is_a_word_and_not_only_a_colour(window: OverviewWindow) -> None:
    index = window.filter.index(1, column(window, "1"))
    assert index.data() == "Amber"
    assert index.data(STANDING_ROLE).status.label == "Amber"


def test_the_levels_of_an_audit_without_a_status_are_counted(window: OverviewWindow) -> None:
    assert window.filter.index(4, column(window, "1")).data() == "Sustaining 7"


def test_a_column_of_statuses_is_ordered_from_worst_to_best(window: OverviewWindow) -> None:
    window.table.sortByColumn(column(window, "1"), Qt.SortOrder.DescendingOrder)
    assert schools(window)[:3] == ["Cliff School", "Beck School", "Abbey School"]


def test_typing_a_name_leaves_that_school(window: OverviewWindow, qtbot: QtBot) -> None:
    qtbot.keyClicks(window.filter_box, "cliff")
    assert schools(window) == ["Cliff School"]
    assert window.message.text() == "1 of 5 audits"


def test_the_audits_of_one_framework_can_be_looked_at_alone(window: OverviewWindow) -> None:
    window.framework_box.setCurrentIndex(window.framework_box.findData(NORFOLK))
    assert schools(window) == ["Dale School"]


def test_what_cannot_be_read_can_be_looked_at_alone(window: OverviewWindow) -> None:
    window.shown_box.setCurrentText("Cannot be read")
    assert schools(window) == ["broken.audit"]


def test_a_double_click_opens_the_audit(window: OverviewWindow, folder: Path) -> None:
    asked: list[Path] = []
    window.open_requested.connect(asked.append)
    window.table.doubleClicked.emit(window.filter.index(1, 0))
    assert asked == [folder / "Beck.audit"]


def test_the_table_is_exported_as_it_is_shown(window: OverviewWindow, qtbot: QtBot, folder: Path) -> None:
    qtbot.keyClicks(window.filter_box, "school")
    window.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    window.export_table()
    dialog = window.findChild(TableDialog)
    assert dialog is not None
    dialog.start_button.click()
    qtbot.waitUntil(lambda: dialog.open_button.isVisible(), timeout=30_000)
    strings = ZipFile(folder / "Overview of a folder.xlsx").read("xl/sharedStrings.xml").decode()
    places = [strings.index(f"{name} School") for name in ("Dale", "Cliff", "Beck", "Abbey")]
    assert places == sorted(places)
    dialog.close()


def test_a_file_that_came_since_is_there_once_the_folder_is_read_again(
    window: OverviewWindow, qtbot: QtBot, folder: Path
) -> None:
    (folder / "Elm.audit").write_bytes((folder / "Beck.audit").read_bytes())
    window.read()
    qtbot.waitUntil(lambda: len(window.model.lines) == 6, timeout=30_000)
    assert "Another file is a copy of the same audit" in {
        window.filter.index(row, column(window, "Remarks")).data() for row in range(6)
    }


def test_an_empty_folder_says_so(window: OverviewWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window._folder = tmp_path / "empty"
    window._folder.mkdir()
    window.read()
    qtbot.waitUntil(lambda: window.message.text() == "There is no audit in this folder.", timeout=30_000)


def test_escape_closes_the_window(window: OverviewWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()
