"""A keystroke to its paint, and choosing a rating to the refreshed status, with 50 and with 10,000 statements.

`python -m benchmarks.typing_and_rating [--times N]` sends real key and mouse events to the real form and prints the
median and the 99th percentile. The bound is one frame of a usual screen, 16 ms: a person never waits for the form.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from audit_desktop.core.edits import Author, Role
from audit_desktop.session.audit_session import AuditSession
from audit_desktop.storage.clock import SystemClock
from audit_desktop.ui.audit_view import AuditView
from audit_desktop.ui.bridge import Bridge
from audit_desktop.ui.fields.long_text import LongTextEditor
from audit_desktop.ui.fields.rating import RatingEditor
from audit_desktop.ui.theme import Theme
from benchmarks.opening import filled
from tests.builders import framework_document

if TYPE_CHECKING:
    from collections.abc import Callable

FRAME = 16.0
SHAPES = {"50": (10,) * 5, "10,000 in 20 sections": (500,) * 20, "10,000 in one section": (10_000,)}
PARAGRAPH = "Registers are reviewed each Monday by the attendance lead. "


class PaintWatch(QObject):
    """Notices that widgets were painted."""

    def __init__(self, *widgets: QWidget) -> None:
        super().__init__()
        self.painted: set[int] = set()
        for widget in widgets:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep in mind what is painted."""
        if event.type() == QEvent.Type.Paint:
            self.painted.add(id(watched))
        return False


def settle(app: QApplication) -> None:
    """Let everything that waits happen."""
    for _ in range(60):
        app.processEvents()


def milliseconds_until_painted(app: QApplication, watch: PaintWatch, widget: QWidget, act: Callable[[], None]) -> float:
    """Return how long it took from `act` until `widget` was painted."""
    watch.painted.clear()
    started = time.perf_counter()
    act()
    while id(widget) not in watch.painted:
        app.processEvents()
        if time.perf_counter() - started > 2:
            raise RuntimeError("nothing was painted")
    return (time.perf_counter() - started) * 1e3


def measure(name: str, statements: tuple[int, ...], times: int, app: QApplication) -> list[tuple[str, list[float]]]:
    """Return the times of each thing done in an audit whose sections have so many `statements`."""
    session = AuditSession(filled(framework_document(statements)), Author("Sam Reed", Role.SCHOOL), SystemClock())
    bridge = Bridge(session)
    view = AuditView(session, bridge, Theme.light())
    view.resize(1366, 690)
    view.show()
    view.activateWindow()
    settle(app)
    middle = f"1.{statements[0] // 2}"
    view.show_statement(middle)
    settle(app)
    rating = view.findChild(QWidget, f"row:statement/{middle}/rating").findChild(RatingEditor)
    evidence = view.findChild(QWidget, f"row:statement/{middle}/evidence").findChild(LongTextEditor)
    row = view.list.view.viewport()
    watch = PaintWatch(row, evidence.box.viewport())
    segments = rating.segments.segments
    results: dict[str, list[float]] = {}

    def rate(at: int) -> None:
        QTest.mouseClick(segments[at % len(segments)], Qt.MouseButton.LeftButton)

    def type_letter(at: int) -> None:
        QTest.keyClick(evidence.box, PARAGRAPH[at % len(PARAGRAPH)])

    results["rating to its status"] = [
        milliseconds_until_painted(app, watch, row, lambda at=at: rate(at)) for at in range(times)
    ]
    evidence.set_value(None)
    evidence.focus()
    settle(app)
    results["keystroke to its paint"] = [
        milliseconds_until_painted(app, watch, evidence.box.viewport(), lambda at=at: type_letter(at))
        for at in range(times)
    ]
    evidence.box.setPlainText(PARAGRAPH * 340)
    evidence.box.move_to_end()
    settle(app)
    results["keystroke in 20,000 letters"] = [
        milliseconds_until_painted(app, watch, evidence.box.viewport(), lambda at=at: type_letter(at))
        for at in range(times)
    ]
    view.answering.commit()
    bridge.close()
    view.close()
    view.deleteLater()
    settle(app)
    return [(f"{what}, {name} statements", taken) for what, taken in results.items()]


def percentile(values: list[float], share: float) -> float:
    """Return the value below which `share` of `values` are."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def main() -> int:
    """Measure and print; the exit status is 1 if a frame was missed at the 99th percentile."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.typing_and_rating", description=__doc__)
    parser.add_argument("--times", type=int, default=400, help="how often each thing is done (400)")
    times: int = parser.parse_args().times
    app = QApplication(sys.argv[:1])
    app.setStyle("Fusion")
    Theme.light().apply(app)
    missed = False
    print("| what | median | 99th percentile | target |")
    print("|---|---|---|---|")
    for name, statements in SHAPES.items():
        for what, taken in measure(name, statements, times, app):
            late = percentile(taken, 0.99)
            missed = missed or late > FRAME
            verdict = "MISSED" if late > FRAME else "met"
            print(
                f"| {what} | {percentile(taken, 0.5):.2f} ms | {late:.2f} ms | ≤ {FRAME:g} ms {verdict} |", flush=True
            )
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
