"""The table of everything that can be asked for by menu or key, and the menus as lists of ids.

An action calls the method of its handler's name. Keys that rate and move are actions too; a box that is typed in
takes plain digits for itself before they get here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QAction, QKeySequence

from audit_desktop.core.edits import Role
from audit_desktop.core.record import Record
from audit_desktop.ui.form.status_view import rating_levels

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QMainWindow, QMenu

    from audit_desktop.core.framework import Framework
    from audit_desktop.session.audit_session import AuditSession


class WindowState(Record):
    """What the window shows, for deciding which actions can be used."""

    has_audit: bool = False
    is_read_only: bool = False
    can_undo: bool = False
    can_redo: bool = False
    is_visitor: bool = False

    @classmethod
    def of(cls, session: AuditSession) -> WindowState:
        """Return what a window shows in which `session` is open."""
        return cls(
            has_audit=True,
            is_read_only=session.is_read_only,
            can_undo=session.can_undo,
            can_redo=session.can_redo,
            is_visitor=session.who is not None and session.who.role is Role.VISITOR,
        )


def _always(_state: WindowState) -> bool:
    return True


def _with_audit(state: WindowState) -> bool:
    return state.has_audit


def _with_open_audit(state: WindowState) -> bool:
    return state.has_audit and not state.is_read_only


class ActionSpec(Record):
    """One action. `shortcuts` are portable key names; `group` makes actions exclude one another, checked in turn.

    `visitor_text` is what it is called where it does something else for a visitor.
    """

    id: str
    text: str
    handler: str
    shortcuts: tuple[str, ...] = ()
    enabled_when: Callable[[WindowState], bool] = _always
    help: str = ""
    group: str = ""
    visitor_text: str = ""

    @property
    def plain_text(self) -> str:
        """The text without the mark of its access key."""
        return self.text.replace("&", "")


ACTIONS: Final = (
    ActionSpec("audit.new", "&New audit…", "new_audit", ("Ctrl+N",)),
    ActionSpec("audit.open", "&Open…", "open_audit", ("Ctrl+O",)),
    ActionSpec("audit.save", "&Save now", "save_now", ("Ctrl+S",), _with_open_audit),
    ActionSpec("audit.save-copy", "Save a &copy as…", "save_copy", ("Ctrl+Shift+S",), _with_audit),
    ActionSpec("audit.import", "&Import from Word…", "import_word", ("Ctrl+I",), lambda state: not state.is_read_only),
    ActionSpec("audit.export", "&Export…", "export_audit", ("Ctrl+E",), _with_audit),
    ActionSpec("audit.files", "Attached &files…", "show_files", (), _with_audit),
    ActionSpec("audit.history", "&History of answers…", "history", (), _with_audit),
    ActionSpec("audit.versions", "&Versions on this computer…", "versions", (), _with_audit),
    ActionSpec("audit.erase", "E&rase from this computer…", "erase", (), _with_audit),
    ActionSpec("audit.upgrade", "&Go on to a newer version…", "upgrade", (), _with_open_audit),
    ActionSpec("audit.close", "C&lose audit", "close_audit", ("Ctrl+W",), _with_audit),
    ActionSpec("app.quit", "&Quit", "quit", ("Ctrl+Q",)),
    ActionSpec("edit.undo", "&Undo", "undo", ("Ctrl+Z",), lambda state: state.can_undo),
    ActionSpec("edit.redo", "&Redo", "redo", ("Ctrl+Y", "Ctrl+Shift+Z"), lambda state: state.can_redo),
    ActionSpec("edit.answer-history", "&History of this answer…", "answer_history", ("Ctrl+H",), _with_audit),
    ActionSpec("statement.next", "&Next statement", "next_statement", ("Ctrl+Down",), _with_audit),
    ActionSpec("statement.previous", "&Previous statement", "previous_statement", ("Ctrl+Up",), _with_audit),
    ActionSpec(
        "statement.next-unanswered",
        "Next &unrated statement",
        "next_unanswered",
        ("F8",),
        _with_audit,
        visitor_text="Next statement witho&ut a comment",
    ),
    ActionSpec("statement.rate-1", "Rate: &1st level", "rate_1", ("1",), _with_open_audit),
    ActionSpec("statement.rate-2", "Rate: &2nd level", "rate_2", ("2",), _with_open_audit),
    ActionSpec("statement.rate-3", "Rate: &3rd level", "rate_3", ("3",), _with_open_audit),
    ActionSpec("statement.rate-4", "Rate: &4th level", "rate_4", ("4",), _with_open_audit),
    ActionSpec("view.larger", "&Larger text", "larger_text", ("Ctrl++", "Ctrl+=")),
    ActionSpec("view.smaller", "S&maller text", "smaller_text", ("Ctrl+-",)),
    ActionSpec("view.usual-size", "&Usual size", "usual_text", ("Ctrl+0",)),
    ActionSpec("view.theme-system", "Colours of this &computer", "theme_system", group="theme"),
    ActionSpec("view.theme-light", "L&ight", "theme_light", group="theme"),
    ActionSpec("view.theme-dark", "&Dark", "theme_dark", group="theme"),
    ActionSpec("view.theme-high-contrast", "&High contrast", "theme_high_contrast", group="theme"),
    ActionSpec("visit.page", "LAP &visit", "show_visit", ("Ctrl+Shift+V",), _with_audit),
    ActionSpec("visit.plan", "Action &plan", "show_plan", ("Ctrl+Shift+P",), _with_audit),
    ActionSpec("visit.meeting", "&Meeting view", "open_meeting", ("F11",), _with_audit),
    ActionSpec(
        "visit.send",
        "S&end to visitor…",
        "send_to_visitor",
        (),
        _with_audit,
        visitor_text="S&end back to the school…",
    ),
    ActionSpec("visit.take-in", "Take in a copy that came &back…", "take_in_copy", (), _with_open_audit),
    ActionSpec("visit.sign-off", "&Sign-off", "show_sign_off", (), _with_audit),
    ActionSpec("visit.next-audit", "Start the &next audit…", "next_audit", (), _with_audit),
    ActionSpec("tools.overview", "&Overview of a folder…", "folder_overview"),
    ActionSpec("tools.export-many", "&Export many audits…", "export_many"),
    ActionSpec("tools.blank-form", "&Blank form for Word…", "blank_form"),
    ActionSpec("app.who", "&Who is working…", "change_who", ("Ctrl+Shift+W",)),
    ActionSpec("help.keys", "&Keyboard help", "show_keys", ("F1",)),
    ActionSpec("help.about", "&About Audit Desktop", "show_about"),
)

RATE: Final = "Rate &{key}: {level}"
RATE_ACTIONS: Final = tuple(spec for spec in ACTIONS if spec.handler.startswith("rate_"))
SEPARATOR: Final = "-"
GO_TO_MENU: Final = "go"
SECTION_KEYS: Final = tuple(f"Ctrl+{number}" for number in range(1, 10))
MENUS: Final = (
    (
        "audit",
        "&Audit",
        (
            "audit.new",
            "audit.open",
            SEPARATOR,
            "audit.save",
            "audit.save-copy",
            SEPARATOR,
            "audit.import",
            "audit.export",
            SEPARATOR,
            "audit.files",
            "audit.history",
            "audit.versions",
            "audit.upgrade",
            SEPARATOR,
            "audit.erase",
            SEPARATOR,
            "audit.close",
            "app.quit",
        ),
    ),
    ("edit", "&Edit", ("edit.undo", "edit.redo", SEPARATOR, "edit.answer-history", SEPARATOR, "app.who")),
    (
        GO_TO_MENU,
        "&Go to",
        (
            "statement.next",
            "statement.previous",
            "statement.next-unanswered",
            SEPARATOR,
            "statement.rate-1",
            "statement.rate-2",
            "statement.rate-3",
            "statement.rate-4",
        ),
    ),
    (
        "view",
        "&View",
        (
            "view.larger",
            "view.smaller",
            "view.usual-size",
            SEPARATOR,
            "view.theme-system",
            "view.theme-light",
            "view.theme-dark",
            "view.theme-high-contrast",
        ),
    ),
    (
        "visit",
        "V&isit",
        (
            "visit.page",
            "visit.plan",
            "visit.meeting",
            SEPARATOR,
            "visit.send",
            "visit.take-in",
            SEPARATOR,
            "visit.sign-off",
            "visit.next-audit",
        ),
    ),
    ("tools", "&Tools", ("tools.overview", "tools.export-many", SEPARATOR, "tools.blank-form")),
    ("help", "&Help", ("help.keys", "help.about")),
)


class Actions:
    """The actions of one window, joined to the methods of `commands`."""

    def __init__(self, window: QMainWindow, commands: object) -> None:
        self.by_id: dict[str, QAction] = {}
        for spec in ACTIONS:
            action = QAction(window)
            action.setText(spec.text)
            action.setObjectName(f"action:{spec.id}")
            action.setShortcuts([QKeySequence(keys) for keys in spec.shortcuts])
            action.setCheckable(bool(spec.group))
            handler: Callable[[], object] = getattr(commands, spec.handler)
            action.triggered.connect(lambda _checked=False, handler=handler: handler())
            self.by_id[spec.id] = action
        self._window = window
        self._sections: list[QAction] = []
        self.menus = {name: self._menu(window, text, ids) for name, text, ids in MENUS}

    def refresh(self, state: WindowState, *, theme: str) -> None:
        """Enable what can be used in `state`, and check the theme in use."""
        for spec in ACTIONS:
            action = self.by_id[spec.id]
            action.setEnabled(spec.enabled_when(state))
            if spec.visitor_text:
                action.setText(spec.visitor_text if state.is_visitor else spec.text)
            if spec.group == "theme":
                action.setChecked(spec.id == f"view.theme-{theme}")

    def show_sections(self, framework: Framework | None, go_to: Callable[[str], object]) -> None:
        """List the sections of `framework` at the end of the menu; the first nine have a key of their own.

        The keys that rate say what they choose, and those that would choose nothing are not there.
        """
        levels = rating_levels(framework) if framework is not None else ()
        for number, spec in enumerate(RATE_ACTIONS):
            action = self.by_id[spec.id]
            action.setText(spec.text)
            if levels[number:]:
                action.setText(RATE.format(key=spec.shortcuts[0], level=levels[number].label.replace("&", "&&")))
            action.setVisible(framework is None or bool(levels[number:]))
        for action in self._sections:
            self.menus[GO_TO_MENU].removeAction(action)
            action.deleteLater()
        self._sections = [self.menus[GO_TO_MENU].addSeparator()]
        if framework is None:
            return
        for number, section in enumerate(framework.sections, start=1):
            title = f"{framework.section_noun} {section.id}: {section.title}"
            action = QAction(self._window)
            action.setText(title.replace("&", "&&"))
            action.setObjectName(f"action:section.{section.id}")
            if number < len(SECTION_KEYS) + 1:
                action.setShortcut(QKeySequence(SECTION_KEYS[number - 1]))
            action.triggered.connect(lambda _checked=False, section_id=section.id: go_to(section_id))
            self.menus[GO_TO_MENU].addAction(action)
            self._sections.append(action)

    def _menu(self, window: QMainWindow, text: str, ids: tuple[str, ...]) -> QMenu:
        menu = window.menuBar().addMenu(text)
        for action_id in ids:
            if action_id == SEPARATOR:
                menu.addSeparator()
            else:
                menu.addAction(self.by_id[action_id])
        return menu
