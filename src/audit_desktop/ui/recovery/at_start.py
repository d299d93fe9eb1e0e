"""What the start page offers of work that is in no file, and what becomes of a file that cannot be opened."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.ui.parts.message_banner import BannerAction
from audit_desktop.ui.safety_wording import DAMAGE, OTHERS, RECOVERY
from audit_desktop.ui.tasks import Task
from audit_desktop.ui.wording import WINDOW

if TYPE_CHECKING:
    from audit_desktop.core.audit import Audit
    from audit_desktop.session.recovering import FoundWork, HomelessWork, Rescued
    from audit_desktop.storage.backups import Backup
    from audit_desktop.ui.main_window import MainWindow
    from audit_desktop.ui.parts.message_banner import MessageBanner

_MOST_SHOWN = 3
_SUFFIX = ".audit"


class AtStart(QObject):
    """Looks once through what is kept on this computer, off the window's thread, and tells what is found."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._recovering = window.desk.workspace.recovering()
        self._task: Task | None = None
        self._check: Task | None = None

    def look(self) -> None:
        """Begin to look; banners follow."""
        recovering = self._recovering
        if recovering is None or self._task is not None:
            return
        self._task = Task(lambda _progress, _stopped: (recovering.homeless(), recovering.files_with_work()), self)
        self._task.succeeded.connect(self._on_found)
        self._task.start()

    def check_a_version(self) -> None:
        """Read one of the versions that this computer put by again; a banner follows if it is damaged."""
        backups = self._window.desk.workspace.backups()
        if backups is None:
            return
        chance = int.from_bytes(os.urandom(4))
        self._check = Task(lambda _progress, _stopped: backups.find_spoilt(chance), self)
        self._check.succeeded.connect(self._on_checked)
        self._check.start()

    def wait(self) -> None:
        """Return once the looking is done."""
        for task in (self._task, self._check):
            if task is not None:
                task.wait()

    def rescue(self, path: Path) -> None:
        """Put together what can still be had of the audit in the damaged file at `path`, and ask where to save it."""
        recovering = self._recovering
        if recovering is None:
            return
        task = Task(lambda _progress, _stopped: recovering.rescue(path), self)
        task.succeeded.connect(lambda rescued: self._save_rescued(path, rescued))
        task.failed.connect(lambda fault: self._window.notifier.fault(fault))
        self._task = task
        task.start()

    def _on_found(self, found: tuple[tuple[HomelessWork, ...], tuple[Path, ...]]) -> None:
        if self._window.desk.open_audit is not None:
            return
        homeless, files = found
        for path in reversed(files[:_MOST_SHOWN]):
            opening = BannerAction(RECOVERY.open, lambda path=path: self._window.open_path(path))
            self._window.notifier.tell(RECOVERY.in_file(path.name), "warning", (opening,))
        for work in reversed(homeless[:_MOST_SHOWN]):
            self._offer(work)

    def _on_checked(self, spoilt: Backup | None) -> None:
        if spoilt is not None:
            self._window.notifier.tell(DAMAGE.version(spoilt.at.isoformat()), "warning")

    def _offer(self, work: HomelessWork) -> None:
        found = work.found
        shown: list[MessageBanner] = []

        def withdraw() -> None:
            for banner in shown:
                self._window.notifier.withdraw(banner)

        def save() -> None:
            if self._save(work):
                withdraw()

        def set_aside() -> None:
            self._set_aside(found)
            withdraw()

        actions = (
            BannerAction(RECOVERY.save_as, save),
            BannerAction(RECOVERY.look, lambda: self._look_at(found, save, set_aside)),
            BannerAction(RECOVERY.set_aside, set_aside),
        )
        text = RECOVERY.homeless(work.school, found.count, found.last_at, str(work.path) if work.path else "")
        shown.append(self._window.notifier.tell(text, "warning", actions))

    def _look_at(self, found: FoundWork, save: object, set_aside: object) -> None:
        from audit_desktop.ui.history.change_rows import rows_of_work
        from audit_desktop.ui.recovery.found_work_dialog import FoundWorkDialog

        rows = rows_of_work(found.audit.state.addresses, found)
        dialog = FoundWorkDialog(rows, found.work.damaged_lines, self._window, keep=RECOVERY.save_as)
        dialog.kept.connect(save)
        dialog.set_aside.connect(set_aside)
        dialog.open()

    def _save(self, work: HomelessWork) -> bool:
        proposed = work.path or self._window.folders.documents / f"{work.school or 'Audit'}{_SUFFIX}"
        path = self._save_and_open(RECOVERY.save_title, proposed, work.found.audit)
        if path is None or self._recovering is None:
            return False
        self._recovering.forget_if_kept(work.found, path)
        return True

    def _set_aside(self, found: FoundWork) -> None:
        if self._recovering is not None:
            self._recovering.set_aside(found)
        self._window.notifier.note(RECOVERY.set_aside_done())

    def _save_rescued(self, damaged: Path, rescued: Rescued) -> None:
        proposed = damaged.with_name(f"{damaged.stem} (rescued){_SUFFIX}")
        path = self._save_and_open(RECOVERY.save_title, proposed, rescued.audit)
        if path is not None:
            self._window.notifier.tell(RECOVERY.rescued(rescued.lost, path.name), "warning")

    def _save_and_open(self, title: str, proposed: Path, audit: Audit) -> Path | None:
        chosen, _ = QFileDialog.getSaveFileName(self._window, title, str(proposed), WINDOW.audit_files)
        if not chosen:
            return None
        path = Path(chosen)
        path = path if path.suffix.lower() == _SUFFIX else path.with_name(path.name + _SUFFIX)
        return path if self._window.desk.save_new_and_open(path, audit, self._window.who) else None


def fault_actions(window: MainWindow, fault: AuditDesktopError) -> tuple[BannerAction, ...]:
    """Return the buttons beside the sentence about a file that could not be opened."""
    if fault.code is not FaultCode.AUDIT_DAMAGED:
        return ()
    return (BannerAction(OTHERS.rescue, lambda: AtStart(window).rescue(Path(fault.place))),)
