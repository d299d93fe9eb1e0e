"""One start of the window, which says on standard output what processor time each phase of it took, as JSON."""

from __future__ import annotations

import json
import sys
from time import process_time


def main(audit: str) -> int:
    """Open `audit` and leave as soon as it is painted; prints the seconds of each phase by its name."""
    ends = {"Python": process_time()}
    import audit_desktop.app

    ends["what lies below the window"] = process_time()
    import PySide6.QtWidgets

    ends["Qt"] = process_time()
    import audit_desktop.ui.audit_view
    import audit_desktop.ui.main_window
    import audit_desktop.ui.ready_watch

    ends["the window's modules"] = process_time()
    shown, ready = audit_desktop.ui.main_window.MainWindow.show, audit_desktop.ui.ready_watch.ReadyWatch._on_idle

    def show(window: PySide6.QtWidgets.QMainWindow) -> None:
        ends["opening the audit and building the window"] = process_time()
        shown(window)
        ends["showing: the first cards"] = process_time()

    def on_idle(watch: audit_desktop.ui.ready_watch.ReadyWatch) -> None:
        ends["painting"] = process_time()
        ready(watch)

    audit_desktop.ui.main_window.MainWindow.show = show
    audit_desktop.ui.ready_watch.ReadyWatch._on_idle = on_idle
    from audit_desktop.cli import main as program

    status = program([audit, "--exit-when-ready"])
    ends["closing"] = process_time()
    begins = [0.0, *ends.values()]
    print(json.dumps({name: end - begin for (name, end), begin in zip(ends.items(), begins, strict=False)}))
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
