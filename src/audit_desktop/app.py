"""The composition root of the window: the only module that builds and joins its parts.

What the first painted page does not need is imported or done after it.
"""

from __future__ import annotations

import builtins
import gc
import os
import sys
from typing import TYPE_CHECKING

from audit_desktop import __version__
from audit_desktop.diagnostics import earlier_hard_crash, watch_for_hard_crashes
from audit_desktop.locations import Locations
from audit_desktop.preferences import PreferencesFile
from audit_desktop.session.workspace import Workspace
from audit_desktop.storage.clock import SystemClock

if TYPE_CHECKING:
    from pathlib import Path

    from audit_desktop.ui.main_window import MainWindow
    from audit_desktop.ui.window_folders import WindowFolders

_PREFERENCES_NAME = "preferences.json"


def run(path: Path | None, *, exit_when_ready: bool) -> int:
    """Open the window, with the audit at `path` if there is one, and return the exit status once it is closed.

    With `exit_when_ready` the window closes as soon as its page is painted and takes input.
    """
    from audit_desktop.ui.fault_wording import NO_SCREEN

    if not _has_screen():
        sys.stderr.write(f"{NO_SCREEN}\n")
        return 1
    try:
        from PySide6.QtCore import QLocale, QTimer
        from PySide6.QtWidgets import QApplication
    except ImportError as error:
        sys.stderr.write(f"{NO_SCREEN} ({error})\n")
        return 1
    _import_as_usual()
    from audit_desktop.ui.appearance import Appearance
    from audit_desktop.ui.crash_guard import CrashGuard
    from audit_desktop.ui.main_window import MainWindow
    from audit_desktop.ui.ready_watch import ReadyWatch
    from audit_desktop.ui.session_end import SessionEnd
    from audit_desktop.ui.theme import ThemeChoice
    from audit_desktop.ui.wording import PRODUCT

    locations = Locations.find()
    clock = SystemClock()
    hard_crash = earlier_hard_crash(locations.logs, clock.now())
    dump = watch_for_hard_crashes(locations.logs)
    preferences = PreferencesFile(locations.preferences / _PREFERENCES_NAME)
    damaged = preferences.load().backup

    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    QApplication.setApplicationName(PRODUCT)
    QApplication.setApplicationVersion(__version__)
    QApplication.setDesktopFileName("audit-desktop")
    # Named among the arguments, since `setStyle` returns a style, for which its class with all its names is made.
    app = QApplication.instance() or QApplication([*sys.argv[:1], "-style", "fusion"])
    assert isinstance(app, QApplication)
    current = preferences.current
    appearance = Appearance(app, ThemeChoice(current.theme), current.text_scale)
    folders = _folders(locations)
    workspace = Workspace.on_this_computer(locations, temporary=_temporary_folder(), spare=(folders.documents,))
    window = MainWindow(workspace, preferences, appearance, folders)
    guard = CrashGuard(window.desk, locations.logs, clock, window)
    guard.install()
    session_end = SessionEnd(app, window.desk, window)
    session_end.install()
    if path is not None:
        window.open_path(path.absolute())
    else:
        window.show_start()
    is_right_page = path is None or window.desk.open_audit is not None
    ready = ReadyWatch(window)
    if exit_when_ready:
        ready.is_ready.connect(lambda: QTimer.singleShot(0, window.close))
    else:
        ready.is_ready.connect(lambda: _after_first_paint(window, locations, hard_crash=hard_crash, damaged=damaged))
    window.show()
    # What a start makes stays until the end: it need never be looked through again.
    gc.freeze()
    gc.enable()
    status = app.exec()
    # Open still if the window never closed, as when the screen went away; the thread that writes would wait for ever.
    window.desk.abandon()
    session_end.remove()
    guard.remove()
    if dump is not None:
        import faulthandler

        faulthandler.disable()
        dump.close()
    return status if is_right_page or not exit_when_ready else 1


def _has_screen() -> bool:
    # Without one, Qt ends the process before anything can be said.
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def _import_as_usual() -> None:
    # WORKAROUND: PySide6 puts a slower import in the place of Python's, which reads the source of every module to learn
    # whether it may switch on one of its features (https://doc.qt.io/qtforpython-6/considerations.html#features); none
    # here does.
    original = getattr(builtins, "__orig_import__", None)
    if original is not None:
        builtins.__import__ = original


def _temporary_folder() -> Path:
    # Not from `tempfile`, which loads much and tries out the folder by writing a file.
    from pathlib import Path

    named = (os.environ.get(name) for name in ("TMPDIR", "TEMP", "TMP"))
    return Path(next((folder for folder in named if folder), "/tmp")).resolve()


def _folders(locations: Locations) -> WindowFolders:
    from pathlib import Path

    from PySide6.QtCore import QStandardPaths

    from audit_desktop.ui.window_folders import WindowFolders

    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return WindowFolders(
        documents=Path(documents) if documents else Path.home(),
        resources=locations.resources,
        samples=locations.data / "samples",
        data=locations.data,
        logs=locations.logs,
    )


def _after_first_paint(
    window: MainWindow,
    locations: Locations,
    *,
    hard_crash: Path | None,
    damaged: Path | None,
) -> None:
    from audit_desktop.diagnostics import start_log
    from audit_desktop.ui.icons import window_icon
    from audit_desktop.ui.recovery.at_start import AtStart
    from audit_desktop.ui.wording import PREFERENCES, WINDOW

    at_start = AtStart(window)
    if window.desk.open_audit is None:
        at_start.look()
    else:
        window.settle()
    at_start.check_a_version()
    if not start_log(locations.logs):
        window.notifier.tell(WINDOW.nothing_kept(str(locations.data)), "warning")
    window.setWindowIcon(window_icon(locations.resources))
    if hard_crash is not None:
        window.notifier.tell(WINDOW.earlier_crash(str(hard_crash)), "warning")
    if damaged is not None:
        window.notifier.tell(PREFERENCES.damaged(str(damaged)), "warning")
