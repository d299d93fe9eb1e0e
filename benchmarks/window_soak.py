"""A whole window in long use: how its memory grows, and whether it ever keeps a person waiting.

`python -m benchmarks.window_soak [--edits N]` rates and types in the real window, statement after statement, with
saves in between, as in weeks of work without a pause.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from random import Random
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from audit_desktop.core.edits import Author, Role
from audit_desktop.locations import Locations
from audit_desktop.preferences import PreferencesFile
from audit_desktop.session.workspace import Workspace, school_name_answer
from audit_desktop.ui.appearance import Appearance
from audit_desktop.ui.main_window import MainWindow
from audit_desktop.ui.theme import ThemeChoice
from audit_desktop.ui.window_folders import WindowFolders
from benchmarks.measuring import Ratio, own_home, table
from tests.torture.soak import resident

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FRAMEWORK = "norfolk-attendance-self-assessment"
WARM_AFTER = 1_000
EDITS_BETWEEN_SAVES = 100
MOST_GROWTH, MOST_MEGABYTES, LONGEST_STALL = 0.05, 400.0, 100.0
WORDS = ("register", "daily", "letter", "home", "governors", "panel", "review", "spring", "support", "meeting")


class LongUse:
    """A window and somebody who works in it."""

    def __init__(self, app: QApplication, folder: Path, environment: dict[str, str]) -> None:
        locations = Locations.find(environment=environment)
        workspace = Workspace.on_this_computer(locations)
        path = folder / "soaked.audit"
        who = Author("Sam Reed", Role.SCHOOL)
        workspace.create(path, workspace.catalogue.find(FRAMEWORK), [(who, school_name_answer("Hill"))])
        folders = WindowFolders(folder, locations.resources, folder, locations.data, locations.logs)
        preferences = PreferencesFile(locations.preferences / "preferences.json")
        self.app = app
        self.random = Random(1)
        self.stalls: list[float] = []
        self.window = MainWindow(workspace, preferences, Appearance(app, ThemeChoice.LIGHT, 1.0), folders)
        self.window.set_who(who)
        self.window.resize(1366, 768)
        self.window.show()
        self.window.open_path(path)
        while self.window.desk.attendance is None:
            app.processEvents()
        open_audit, view = self.window.desk.open_audit, self.window.audit_view
        assert open_audit is not None
        assert view is not None
        self.keeper, self.view = open_audit.keeper, view
        self.statements = list(open_audit.session.audit.state.addresses.statements)

    def work(self) -> None:
        """Go to a statement and rate it or write a word of evidence."""
        statement = self.random.choice(self.statements)
        self.timed(lambda: self.view.show_statement(statement))
        self.timed(self.app.processEvents)
        if self.random.random() < 0.5:
            self.timed(lambda: self.view.rate_current(self.random.randrange(4)))
        else:
            self.timed(lambda: self.view.show_address(f"statement/{statement}/evidence"))
            for letter in f"{self.random.choice(WORDS)} ":
                self.timed(lambda letter=letter: QTest.keyClicks(focused(), letter))
            if self.random.random() < 0.1:
                self.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
                self.press(Qt.Key.Key_Delete)
            self.timed(self.view.commit)
        for _ in range(5):
            self.timed(self.app.processEvents)
            # What was put away is only removed by a running event loop, as a person's window has one.
            self.timed(lambda: self.app.sendPostedEvents(None, QEvent.Type.DeferredDelete))

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is."""
        self.timed(lambda: QTest.keyClick(focused(), key, modifier))

    def timed(self, act: Callable[[], object]) -> None:
        """Do `act`, and note how long the window could do nothing else: in its own time, whatever else is running."""
        started = time.thread_time()
        act()
        self.stalls.append((time.thread_time() - started) * 1e3)

    def save(self) -> None:
        """Save, and wait until that is done."""
        self.timed(self.keeper.save)
        while self.keeper.is_saving:
            self.app.processEvents()

    def close(self) -> None:
        """Close the window, and wait until everything is saved."""
        self.window.close()
        while self.window.desk.open_audit is not None:
            self.app.processEvents()


def focused() -> QWidget:
    """Return what has the focus."""
    widget = QApplication.focusWidget()
    if widget is None:
        raise RuntimeError("nothing has the focus")
    return widget


def main() -> int:
    """Work and print; the exit status is 1 if a target was missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.window_soak", description=__doc__)
    parser.add_argument("--edits", type=int, default=3_000, help="how many answers are given (3,000)")
    edits: int = parser.parse_args().edits
    app = QApplication(sys.argv[:1])
    app.setStyle("Fusion")
    with own_home() as (folder, environment):
        use = LongUse(app, folder, environment)
        warm = 0
        for number in range(1, edits + 1):
            use.work()
            if number % EDITS_BETWEEN_SAVES == 0:
                use.save()
            if number == min(WARM_AFTER, edits // 2):
                warm = resident()
        last = resident()
        use.close()
    stalls = sorted(use.stalls)
    growth = f"memory after {edits:,} edits in a window, beside that after {min(WARM_AFTER, edits // 2):,}"
    ratios = [
        Ratio(growth, last / 1e6, warm / 1e6, "MB", 1 + MOST_GROWTH),
        Ratio("memory of the window", last / 1e6, MOST_MEGABYTES, "MB", 1.0),
        Ratio(f"the longest of {len(stalls):,} things done", stalls[-1], LONGEST_STALL, "ms", 1.0),
    ]
    print(table(ratios))
    return int(any(ratio.is_missed for ratio in ratios))


if __name__ == "__main__":
    sys.exit(main())
