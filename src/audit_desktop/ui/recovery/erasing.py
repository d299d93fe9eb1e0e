"""Erases what this computer keeps of the open audit: asks, closes the audit, erases, and tells what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from audit_desktop.session.erasing import KeptHere, erase_from_this_computer, kept_here
from audit_desktop.ui.dialogs.scrolling_frame import ScrollingFrame
from audit_desktop.ui.parts.buttons import button
from audit_desktop.ui.parts.labels import heading, plain_label
from audit_desktop.ui.safety_wording import ERASING
from audit_desktop.ui.tasks import Task
from audit_desktop.ui.theme import Space

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from audit_desktop.ui.main_window import MainWindow


class EraseDialog(ScrollingFrame):
    """Says what goes and what stays; it is agreed to only by a button that is not the default."""

    def __init__(self, path: Path, kept: KeptHere, parent: QWidget | None = None) -> None:
        super().__init__(ERASING.title, ERASING.lead(path.stem), parent)
        self.setObjectName("dialog:erase")
        self._add(ERASING.goes_title, ERASING.goes(kept))
        self._add(ERASING.stays_title, ERASING.stays(path, kept))
        self.body.addStretch(1)
        self.foot.addWidget(plain_label(ERASING.warning))
        self.erase_button = button(ERASING.erase, name="erase:erase", on_click=self.accept)
        self.cancel_button = button(ERASING.cancel, "primary", name="erase:cancel", on_click=self.reject)
        self.add_button(self.erase_button)
        self.add_button(self.cancel_button, is_default=True)
        self.cancel_button.setFocus()
        self.fit(80)

    def _add(self, title: str, lines: Iterable[str]) -> None:
        self.body.addWidget(heading(title, "subheading"))
        self.body.addWidget(plain_label("\n".join(f"• {line}" for line in lines)))
        self.body.addSpacing(Space.SMALL)


class Erasing(QObject):
    """One erasing, of what is kept of the audit that is open in `window`."""

    def __init__(self, window: MainWindow, path: Path) -> None:
        super().__init__(window)
        self._window = window
        self._path = path
        self._task: Task | None = None

    def ask(self) -> None:
        """Find out what there is, off the window's thread, and ask."""
        self._run(lambda: kept_here(self._window.desk.workspace, self._path))
        assert self._task is not None
        self._task.succeeded.connect(self._on_found)

    def wait(self) -> None:
        """Return once the reading or the erasing is done."""
        if self._task is not None:
            self._task.wait()

    def _run(self, job: object) -> None:
        assert callable(job)
        self._task = Task(lambda _progress, _stopped: job(), self)
        self._task.failed.connect(self._window.notifier.fault)
        self._task.start()

    def _on_found(self, kept: KeptHere) -> None:
        if self._window.desk.path != self._path:
            return
        dialog = EraseDialog(self._path, kept, self._window)
        dialog.accepted.connect(lambda: self._window.desk.close(self._erase))
        dialog.open()

    def _erase(self) -> None:
        self._window.forget(self._path)
        self._run(lambda: erase_from_this_computer(self._window.desk.workspace, self._path))
        assert self._task is not None
        self._task.succeeded.connect(lambda kept: self._window.notifier.tell(ERASING.done(self._path.name, kept)))
