"""The least that PySide6 can do: a main window with a label, which leaves once it is painted and takes input."""

from __future__ import annotations

import sys

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow


class Label(QLabel):
    """A label that leaves the program after its first painting."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint, and leave after that."""
        super().paintEvent(event)
        QTimer.singleShot(0, QApplication.quit)


def main() -> int:
    """Show the window and return once it was painted."""
    app = QApplication(sys.argv)
    window = QMainWindow()
    window.setCentralWidget(Label("Hello"))
    window.resize(1200, 700)
    window.show()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
