"""The look: the scales of spacing, type and colour, as a palette and the one style sheet.

Widgets name their part with `widget.setProperty("role", "card")`, and nothing is styled anywhere else. A role
that changes while a widget is shown needs `parts.roles.set_role`. Widgets that paint themselves take the colours
from the `Theme` that they are given, and are told of another by `set_theme(theme)`.

Roles: labels `title` `heading` `subheading` `strong` `muted` `caption` `error` `success`; frames `page` `card`
`current-card` `sidebar` `panel` `divider` `banner-info` `banner-warning` `banner-error` `status-bar` `pill`;
buttons (none) `primary` `quiet` `link` `danger` `tile` `tile-primary` `chip`; tables `rows`. The property `invalid`
marks a box whose content is at fault.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QColor, QPalette

from audit_desktop.core.record import Record, replace
from audit_desktop.ui.colour import contrast, is_dark, mix, readable_on

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

__all__ = ["Radius", "Space", "TextSize", "Theme", "ThemeChoice", "readable_on"]


class Space:
    """Distances in pixels. Gaps between things use these and no others."""

    HAIR: Final = 2
    TINY: Final = 4
    SMALL: Final = 8
    MEDIUM: Final = 12
    LARGE: Final = 16
    WIDE: Final = 24
    HUGE: Final = 40


class Radius:
    """Corner radii in pixels."""

    SMALL: Final = 4
    MEDIUM: Final = 6
    CARD: Final = 10


class TextSize:
    """Text sizes as multiples of the application's font."""

    CAPTION: Final = 0.9
    BODY: Final = 1.0
    SUBHEADING: Final = 1.15
    HEADING: Final = 1.4
    TITLE: Final = 1.9


class ThemeChoice(StrEnum):
    """What a person can choose."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high-contrast"


class Theme(Record):
    """Colours by what they are for, and the size of text.

    `points` is the size of the application's font before `text_scale`, which the person chooses.
    """

    name: str
    window: str
    surface: str
    """Cards, menus and the boxes that are written in."""
    sunken: str
    """Boxes that cannot be written in, and the hovered row of a list."""
    text: str
    muted: str
    border: str
    """Soft lines between parts."""
    edge: str
    """The edge of things that can be used: 3 : 1 against `surface`."""
    accent: str
    accent_hover: str
    on_accent: str
    accent_soft: str
    """The fill of what is chosen."""
    focus: str
    success: str
    success_soft: str
    warning: str
    warning_soft: str
    error: str
    error_soft: str
    is_dark: bool = False
    is_high_contrast: bool = False
    points: float = 10.0
    text_scale: float = 1.0

    @classmethod
    def light(cls) -> Theme:
        """Return the light theme."""
        return cls(
            name="light",
            window="#f4f6f7",
            surface="#ffffff",
            sunken="#eef2f3",
            text="#14242e",
            muted="#526470",
            border="#dbe2e6",
            edge="#83929c",
            accent="#0f5c6e",
            accent_hover="#0b4857",
            on_accent="#ffffff",
            accent_soft="#e0eff2",
            focus="#1279b8",
            success="#1c6b4a",
            success_soft="#e3f3ea",
            warning="#7a4d00",
            warning_soft="#fdf1d9",
            error="#a3261f",
            error_soft="#fbe7e5",
        )

    @classmethod
    def dark(cls) -> Theme:
        """Return the dark theme."""
        return cls(
            name="dark",
            window="#12191e",
            surface="#1b252c",
            sunken="#243038",
            text="#e8eef1",
            muted="#a5b4bd",
            border="#31404a",
            edge="#748691",
            accent="#6cc3d6",
            accent_hover="#8bd3e3",
            on_accent="#0a2128",
            accent_soft="#1d3d47",
            focus="#7cc4ff",
            success="#7fd0a8",
            success_soft="#193528",
            warning="#f1c06a",
            warning_soft="#3b2e14",
            error="#ff9d95",
            error_soft="#43211f",
            is_dark=True,
        )

    @classmethod
    def high_contrast(cls, palette: QPalette | None = None) -> Theme:
        """Return a theme of few, strong colours: those of `palette`, the system's, or white and yellow on black."""
        window, text, accent = "#000000", "#ffffff", "#ffe600"
        if palette is not None:
            window = palette.color(QPalette.ColorRole.Window).name()
            text = palette.color(QPalette.ColorRole.WindowText).name()
            accent = palette.color(QPalette.ColorRole.Highlight).name()
            if contrast(accent, window) < 3:
                accent = text
        return cls(
            name="high-contrast",
            window=window,
            surface=window,
            sunken=window,
            text=text,
            muted=text,
            border=text,
            edge=text,
            accent=accent,
            accent_hover=text,
            on_accent=readable_on(accent),
            accent_soft=mix(window, accent, 0.2),
            focus=accent,
            success=text,
            success_soft=window,
            warning=text,
            warning_soft=window,
            error=text,
            error_soft=window,
            is_dark=is_dark(window),
            is_high_contrast=True,
        )

    @classmethod
    def chosen(cls, choice: ThemeChoice, app: QApplication, *, points: float, text_scale: float) -> Theme:
        """Return the theme for `choice`; `SYSTEM` follows the computer, its high contrast included."""
        from PySide6.QtCore import Qt

        match choice:
            case ThemeChoice.LIGHT:
                theme = cls.light()
            case ThemeChoice.DARK:
                theme = cls.dark()
            case ThemeChoice.HIGH_CONTRAST:
                theme = cls.high_contrast()
            case ThemeChoice.SYSTEM:
                hints = app.styleHints()
                wants_contrast = (
                    hasattr(hints, "accessibility")
                    and hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast
                )
                if wants_contrast:
                    theme = cls.high_contrast(app.style().standardPalette())
                else:
                    theme = cls.dark() if hints.colorScheme() == Qt.ColorScheme.Dark else cls.light()
        return replace(theme, points=points, text_scale=text_scale)

    def size(self, of_body: float) -> float:
        """Return the size in points of text that is `of_body` times the size of body text."""
        return round(self.points * self.text_scale * of_body, 1)

    def apply(self, app: QApplication) -> None:
        """Give `app` this theme's palette, font size and style sheet."""
        font = app.font()
        font.setPointSizeF(self.size(TextSize.BODY))
        app.setFont(font)
        app.setPalette(self.palette())
        app.setStyleSheet(self.style_sheet())

    def palette(self) -> QPalette:
        """Return the palette, for what the style draws itself."""
        palette = QPalette()
        roles = QPalette.ColorRole
        for role, colour in (
            (roles.Window, self.window),
            (roles.WindowText, self.text),
            (roles.Base, self.surface),
            (roles.AlternateBase, self.sunken),
            (roles.Text, self.text),
            (roles.PlaceholderText, self.muted),
            (roles.Button, self.surface),
            (roles.ButtonText, self.text),
            (roles.BrightText, self.error),
            (roles.ToolTipBase, self.text),
            (roles.ToolTipText, self.surface),
            (roles.Highlight, self.accent),
            (roles.HighlightedText, self.on_accent),
            (roles.Accent, self.accent),
            (roles.Link, self.accent),
            (roles.LinkVisited, self.accent),
            (roles.Mid, self.border),
            (roles.Dark, self.edge),
        ):
            palette.setColor(role, QColor(colour))
        for role in (roles.WindowText, roles.Text, roles.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(mix(self.muted, self.window, 0.3)))
        return palette

    def style_sheet(self) -> str:
        """Return the one style sheet."""
        ring = 3 if self.is_high_contrast else 2
        faint = mix(self.muted, self.window, 0.3)
        return f"""
QToolTip {{ background: {self.text}; color: {self.surface}; border: 1px solid {self.text}; padding: 4px 6px; }}
QLabel[role="title"] {{ font-size: {self.size(TextSize.TITLE)}pt; font-weight: 600; }}
QLabel[role="heading"] {{ font-size: {self.size(TextSize.HEADING)}pt; font-weight: 600; }}
QLabel[role="subheading"] {{ font-size: {self.size(TextSize.SUBHEADING)}pt; font-weight: 600; }}
*[role="strong"] {{ font-weight: 600; }}
*[role="muted"] {{ color: {self.muted}; }}
*[role="caption"] {{ color: {self.muted}; font-size: {self.size(TextSize.CAPTION)}pt; }}
*[role="error"] {{ color: {self.error}; font-weight: 600; }}
*[role="success"] {{ color: {self.success}; font-weight: 600; }}
QLabel[role="pill"] {{ background: {self.accent_soft}; color: {self.text}; border: 1px solid {self.border};
  border-radius: {Radius.MEDIUM}px; padding: 2px 8px; font-size: {self.size(TextSize.CAPTION)}pt; }}
QFrame[role="card"] {{ background: {self.surface}; border: 1px solid {self.border}; border-radius: {Radius.CARD}px; }}
QFrame[role="current-card"] {{ background: {self.surface}; border: 1px solid {self.accent};
  border-left: 4px solid {self.accent}; border-radius: {Radius.CARD}px; }}
QFrame[role="sidebar"], QFrame[role="status-bar"], QFrame[role="panel"] {{ background: {self.surface}; }}
QFrame[role="sidebar"] {{ border-right: 1px solid {self.border}; }}
QFrame[role="panel"] {{ border-left: 1px solid {self.border}; }}
QFrame[role="status-bar"] {{ border-top: 1px solid {self.border}; }}
QFrame[role="divider"] {{ background: {self.border}; border: none; }}
QFrame[role^="banner"] {{ border-radius: {Radius.MEDIUM}px; border: 1px solid {self.border}; }}
QFrame[role="banner-info"] {{ background: {self.accent_soft}; border-left: 4px solid {self.accent}; }}
QFrame[role="banner-warning"] {{ background: {self.warning_soft}; border-left: 4px solid {self.warning}; }}
QFrame[role="banner-error"] {{ background: {self.error_soft}; border-left: 4px solid {self.error}; }}
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox {{ background: {self.surface}; color: {self.text};
  border: 1px solid {self.edge}; border-radius: {Radius.MEDIUM}px; padding: 5px 7px;
  selection-background-color: {self.accent}; selection-color: {self.on_accent}; }}
QPlainTextEdit, QTextEdit {{ padding: 3px 4px; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {{
  border: {ring}px solid {self.focus}; padding: {6 - ring}px {8 - ring}px; }}
QPlainTextEdit:focus, QTextEdit:focus {{ padding: {4 - ring}px {5 - ring}px; }}
QLineEdit:read-only, QPlainTextEdit:read-only, QTextEdit:read-only, QComboBox:disabled {{ background: {self.sunken};
  border-color: {self.border}; }}
*[invalid="true"] {{ border: {ring}px solid {self.error}; }}
QComboBox::drop-down {{ border: none; width: 24px; }}
QComboBox QAbstractItemView {{ background: {self.surface}; border: 1px solid {self.edge}; outline: none;
  selection-background-color: {self.accent_soft}; selection-color: {self.text}; }}
QPushButton {{ background: {self.surface}; color: {self.text}; border: 1px solid {self.edge};
  border-radius: {Radius.MEDIUM}px; padding: 6px 14px; }}
QPushButton:hover {{ background: {self.sunken}; border-color: {self.text}; }}
QPushButton:pressed, QPushButton:checked {{ background: {self.accent_soft}; border-color: {self.accent}; }}
QPushButton:disabled {{ color: {faint}; border-color: {self.border}; background: {self.window}; }}
QPushButton[role="primary"] {{ background: {self.accent}; color: {self.on_accent}; border-color: {self.accent};
  font-weight: 600; }}
QPushButton[role="primary"]:hover, QPushButton[role="primary"]:pressed {{ background: {self.accent_hover};
  border-color: {self.accent_hover}; }}
QPushButton[role="primary"]:disabled {{ background: {self.sunken}; color: {faint}; border-color: {self.border}; }}
QPushButton[role="danger"] {{ color: {self.error}; border-color: {self.error}; }}
QPushButton[role="quiet"], QToolButton {{ background: transparent; color: {self.text}; border: 1px solid transparent;
  border-radius: {Radius.MEDIUM}px; padding: 5px 9px; }}
QPushButton[role="quiet"]:hover, QToolButton:hover, QPushButton[role="link"]:hover {{ background: {self.sunken}; }}
QToolButton:checked {{ background: {self.accent_soft}; border-color: {self.accent}; }}
QPushButton[role="link"] {{ background: transparent; color: {self.accent}; border: 1px solid transparent;
  border-radius: {Radius.SMALL}px; padding: 3px 5px; text-align: left; text-decoration: underline; }}
QPushButton[role="tile"] {{ background: {self.surface}; border: 1px solid {self.border};
  border-radius: {Radius.CARD}px; padding: 0; text-align: left; }}
QPushButton[role="tile"]:hover {{ border-color: {self.accent}; background: {self.surface}; }}
QPushButton[role="tile"]:checked {{ border: 2px solid {self.accent}; background: {self.accent_soft}; }}
QPushButton[role="link"]:disabled {{ color: {faint}; background: transparent; text-decoration: none; }}
QPushButton[role="tile-primary"] {{ background: {self.accent}; border: 1px solid {self.accent};
  border-radius: {Radius.CARD}px; padding: 0; }}
QPushButton[role="tile-primary"]:hover {{ background: {self.accent_hover}; }}
QPushButton[role="tile-primary"] QLabel {{ color: {self.on_accent}; }}
QPushButton[role="chip"] {{ border-color: {self.border}; border-radius: {Radius.CARD}px; padding: 2px 10px;
  font-size: {self.size(TextSize.CAPTION)}pt; }}
QPushButton:focus, QToolButton:focus, QPushButton[role="primary"]:focus, QPushButton[role="quiet"]:focus,
QPushButton[role="link"]:focus, QPushButton[role="danger"]:focus {{ border: {ring}px solid {self.focus};
  padding: {7 - ring}px {15 - ring}px; }}
QPushButton[role="primary"]:focus {{ border-color: {self.text}; }}
QPushButton[role="quiet"]:focus, QToolButton:focus {{ padding: {6 - ring}px {10 - ring}px; }}
QPushButton[role="link"]:focus {{ padding: {4 - ring}px {6 - ring}px; }}
QPushButton[role="tile"]:focus {{ border: {ring}px solid {self.focus}; padding: 0; }}
QPushButton[role="tile-primary"]:focus {{ border: {ring + 1}px solid {self.text}; padding: 0; }}
QCheckBox, QRadioButton {{ spacing: 8px; padding: 2px; border: {ring}px solid transparent;
  border-radius: {Radius.SMALL}px; }}
QCheckBox:focus, QRadioButton:focus {{ border-color: {self.focus}; }}
QRadioButton::indicator {{ width: 12px; height: 12px; border: 2px solid {self.edge}; border-radius: 8px;
  background: {self.surface}; }}
QRadioButton::indicator:checked {{ width: 6px; height: 6px; border: 5px solid {self.accent}; }}
QScrollArea, QScrollArea > QWidget > QWidget[role="page"] {{ background: transparent; border: none; }}
QAbstractItemView {{ background: {self.surface}; border: none; outline: none; }}
QAbstractItemView:focus {{ border: {ring}px solid {self.focus}; }}
QMenuBar {{ background: {self.surface}; border-bottom: 1px solid {self.border}; padding: 2px 6px; }}
QMenuBar::item {{ padding: 5px 10px; border-radius: {Radius.SMALL}px; background: transparent; }}
QMenuBar::item:selected {{ background: {self.accent_soft}; }}
QMenu {{ background: {self.surface}; border: 1px solid {self.border}; padding: 6px; }}
QMenu::item {{ padding: 6px 28px 6px 28px; border-radius: {Radius.SMALL}px; }}
QMenu::item:selected {{ background: {self.accent_soft}; color: {self.text}; }}
QMenu::item:disabled {{ color: {faint}; }}
QMenu::separator {{ height: 1px; background: {self.border}; margin: 5px 8px; }}
QProgressBar {{ background: {self.sunken}; border: 1px solid {self.border}; border-radius: {Radius.SMALL}px;
  text-align: center; min-height: 16px; }}
QProgressBar::chunk {{ background: {self.accent}; border-radius: {Radius.SMALL}px; }}
QSplitter::handle {{ background: {self.border}; }}
QTableView[role="rows"] {{ border: 1px solid {self.border}; selection-background-color: {self.accent_soft};
  selection-color: {self.text}; alternate-background-color: {self.surface}; }}
QTableView[role="rows"]::item {{ padding: 5px {Space.SMALL}px; border-bottom: 1px solid {self.border}; }}
QTableView[role="rows"]::item:selected {{ background: {self.accent_soft}; color: {self.text}; }}
QTableView[role="rows"] QHeaderView::section {{ background: {self.sunken}; color: {self.text}; border: none;
  border-bottom: 1px solid {self.edge}; padding: 6px 8px; font-weight: 600; }}
/* The visit */
QWidget#meeting {{ background: {self.window}; }}
QWidget#meeting QWidget {{ font-size: {self.size(1.35)}pt; }}
QWidget#meeting QLabel[role="subheading"] {{ font-size: {self.size(1.5)}pt; }}
QWidget#meeting QLabel[role="caption"] {{ font-size: {self.size(1.0)}pt; }}
/* The form */
QFrame[role="view-bar"] {{ background: {self.surface}; }}
QFrame[role="status-strip"] {{ background: {self.surface}; border-bottom: 1px solid {self.border}; }}
QPushButton[role="card-link"] {{ background: transparent; color: {self.accent}; border: none;
  border-bottom: 1px solid {self.accent}; border-radius: 0; padding: 2px 0 1px 0; text-align: left; }}
QPushButton[role="card-link"]:hover {{ color: {self.text}; border-bottom-color: {self.text}; }}
QPushButton[role="card-link"]:focus {{ background: {self.accent_soft}; border: none;
  border-bottom: 3px solid {self.focus}; padding: 2px 0 0 0; }}
QPushButton[role="history"] {{ background: transparent; color: {self.muted}; border: none; padding: 0;
  text-align: right; font-weight: normal; }}
QPushButton[role="history"]:hover {{ color: {self.text}; text-decoration: underline; }}
QFrame[role="plain"] {{ background: transparent; border: none; }}
QListView#sections, QListView#sections:focus {{ border: none; }}
QScrollBar {{ background: transparent; border: none; margin: 0; }}
QScrollBar:vertical {{ width: 12px; }}
QScrollBar:horizontal {{ height: 12px; }}
QScrollBar::handle {{ background: {self.edge if self.is_high_contrast else mix(self.edge, self.window, 0.35)};
  border-radius: 4px; margin: 2px; }}
QScrollBar::handle:hover {{ background: {self.edge}; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{
  background: none; border: none; width: 0; height: 0; }}
"""
