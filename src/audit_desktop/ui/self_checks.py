"""The part of `self-test` that needs Qt: the themes, the icon, the crash handler and every page of every form."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from audit_desktop.core.audit import Audit
from audit_desktop.core.edits import Author, Role
from audit_desktop.session.audit_session import AuditSession
from audit_desktop.ui.appearance import Appearance
from audit_desktop.ui.audit_view import AuditView
from audit_desktop.ui.bridge import Bridge
from audit_desktop.ui.colour import contrast
from audit_desktop.ui.theme import Theme, ThemeChoice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from audit_desktop.locations import Locations
    from audit_desktop.session.workspace import Workspace
    from audit_desktop.storage.catalogue import CatalogueEntry

_READABLE = 4.5
"""The contrast that the accessibility guidelines ask of text."""


def application() -> QApplication:
    """Return Qt's application, made now if there is none."""
    found = QApplication.instance()
    if isinstance(found, QApplication):
        return found
    # As the window does: the other styles are not in the frozen program.
    QApplication.setStyle("Fusion")
    return QApplication(["audit-desktop"])


def window_checks(locations: Locations) -> Iterator[tuple[str, Callable[[], None]]]:
    """Yield the checks of what every window shows, by name."""
    app = application()
    for choice in ThemeChoice:
        yield f"theme {choice}", lambda choice=choice: _apply(choice, app)
    yield "window icon", lambda: _icon(locations)


def _apply(choice: ThemeChoice, app: QApplication) -> None:
    theme = Theme.chosen(choice, app, points=10.0, text_scale=1.0)
    theme.apply(app)
    if not app.styleSheet() or contrast(theme.text, theme.surface) < _READABLE:
        raise ValueError("cannot be read")


def _icon(locations: Locations) -> None:
    from audit_desktop.ui.icons import window_icon

    if window_icon(locations.resources).pixmap(16, 16).isNull():
        raise ValueError("no picture")


def take_crash(locations: Locations, workspace: Workspace) -> None:
    """Let an exception that nobody catches reach a window, and look for its report and its dialog."""
    from audit_desktop.preferences import PreferencesFile
    from audit_desktop.ui.crash_guard import CrashGuard
    from audit_desktop.ui.dialogs.crash import CrashDialog
    from audit_desktop.ui.main_window import MainWindow
    from audit_desktop.ui.window_folders import WindowFolders

    app = application()
    with tempfile.TemporaryDirectory(prefix="audit-desktop-") as name:
        folder = Path(name)
        preferences = PreferencesFile(folder / "preferences.json")
        preferences.load()
        folders = WindowFolders(
            documents=folder, resources=locations.resources, samples=folder, data=folder, logs=folder / "logs"
        )
        window = MainWindow(workspace, preferences, Appearance(app, ThemeChoice.LIGHT, 1.0), folders)
        guard = CrashGuard(window.desk, folder / "logs", workspace.clock, window)
        guard.install()
        try:
            error = RuntimeError("what a person typed")
            sys.excepthook(RuntimeError, error, None)
            app.processEvents()
            dialogs = [widget for widget in window.findChildren(CrashDialog) if widget.isVisible()]
            reports = list((folder / "logs").glob("crash-*.txt"))
            if len(reports) != 1 or not dialogs or "typed" in reports[0].read_text(encoding="utf-8"):
                raise ValueError(f"{len(reports)} reports, {len(dialogs)} dialogs")
            for dialog in dialogs:
                dialog.close()
        finally:
            guard.remove()
            window.close()
            window.deleteLater()
            app.processEvents()


def build_form(workspace: Workspace, entry: CatalogueEntry) -> None:
    """Open every section's page, as a person would see it."""
    app = application()
    framework = entry.framework()
    session = AuditSession(
        Audit.new("self-test", framework, entry.read()), Author("Self-test", Role.SCHOOL), workspace.clock
    )
    bridge = Bridge(session)
    view = AuditView(session, bridge, Theme.light())
    view.show()
    for section in framework.sections:
        view.show_section(section.id)
        app.processEvents()
    view.close()
    bridge.close()
