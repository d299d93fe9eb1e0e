"""An open window with a sample audit, and files to attach."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication

from audit_desktop.ui.attaching.attaching_desk import AttachingDesk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from audit_desktop.ui.main_window import MainWindow


@pytest.fixture
def window(make_window: Callable[..., MainWindow], audit_path: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    """Return a window in which the sample audit is open."""
    made = make_window()
    made.open_path(audit_path)
    made.resize(1200, 700)
    with qtbot.waitExposed(made):
        made.show()
    QApplication.processEvents()
    yield made
    desk = made.audit_view.findChild(AttachingDesk) if made.audit_view is not None else None
    if desk is not None:
        desk.wait()


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """Return a file that can be attached."""
    path = tmp_path / "plan.pdf"
    path.write_bytes(b"%PDF-1.7 the plan")
    return path
