"""The whole program with somebody typing in it, to be killed: it says after each letter what stands in the box.

After the number of letters that it is given it types no more and waits for its end.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from random import Random

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from audit_desktop.app import run
from audit_desktop.ui.form import answering
from audit_desktop.ui.main_window import MainWindow

LETTERS = "Attendance is checked every morning by the office, and again after lunch. "


class Typist:
    """Types one letter after the other into the first evidence box, at an uneven pace."""

    def __init__(self, seed: int, address: str, most: int) -> None:
        self.random = Random(seed)
        self.address = address
        self.most = most
        self.typed = ""
        self.box: QWidget | None = None

    def find_box(self) -> None:
        """Wait for the form, and put the focus into the box."""
        windows = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, MainWindow)]
        view = windows[0].audit_view if windows else None
        if view is None or windows[0].desk.attendance is None:
            QTimer.singleShot(20, self.find_box)
            return
        statement = self.address.split("/")[1]
        view.show_statement(statement)
        row = next(row for row in view.findChildren(QWidget, f"row:{self.address}"))
        self.box = row.editor.boxes()[0]  # type: ignore[attr-defined]
        self.box.setFocus()
        self.type_letter()

    def type_letter(self) -> None:
        """Type the next letter, and say so."""
        assert self.box is not None
        letter = LETTERS[len(self.typed) % len(LETTERS)]
        QTest.keyClicks(self.box, letter)
        self.typed += letter
        sys.stdout.write(f"{time.monotonic():.6f} {len(self.typed)}\n")
        sys.stdout.flush()
        if len(self.typed) < self.most:
            QTimer.singleShot(self.random.choice((5, 20, 40, 150)), self.type_letter)


def main() -> int:
    """Open the window on the file given, and type until killed."""
    path, seed, address, most = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3], int(sys.argv[4])
    if sys.argv[5:] == ["careless"]:
        # Nothing is kept while somebody types: what the test must catch.
        answering._PAUSE = answering._LONGEST = answering._KEEP = 1_000_000
    app = QApplication.instance() or QApplication(sys.argv[:1])
    typist = Typist(seed, address, most)
    QTimer.singleShot(0, app, typist.find_box)
    return run(path, exit_when_ready=False)


if __name__ == "__main__":
    raise SystemExit(main())
