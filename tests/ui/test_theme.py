"""The look: what is written can be read in every theme and at every size."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QPushButton, QRadioButton, QStyle, QStyleOptionButton, QVBoxLayout, QWidget

from audit_desktop.core.record import replace
from audit_desktop.ui.colour import contrast, readable_on
from audit_desktop.ui.parts.buttons import button
from audit_desktop.ui.theme import TextSize, Theme

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

THEMES = (Theme.light(), Theme.dark(), Theme.high_contrast())
colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@given(colours)
def test_text_on_any_fill_can_be_read(colour: str) -> None:
    assert contrast(readable_on(colour), colour) >= 4.5


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_text_colour_can_be_read_on_every_fill_it_stands_on(theme: Theme) -> None:
    fills = (theme.window, theme.surface, theme.sunken)
    pairs = [(text, fill) for text in (theme.text, theme.muted, theme.error, theme.success) for fill in fills]
    pairs += [
        (theme.on_accent, theme.accent),
        (theme.on_accent, theme.accent_hover),
        (theme.text, theme.accent_soft),
        (theme.text, theme.warning_soft),
        (theme.text, theme.error_soft),
        (theme.accent, theme.surface),
    ]
    assert [pair for pair in pairs if contrast(*pair) < 4.5] == []


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_edges_and_focus_stand_out(theme: Theme) -> None:
    assert contrast(theme.edge, theme.surface) >= 3
    assert contrast(theme.focus, theme.surface) >= 3


def test_twice_the_text_is_twice_the_size_everywhere() -> None:
    usual, large = Theme.light(), replace(Theme.light(), text_scale=2.0)
    assert large.size(TextSize.BODY) == 2 * usual.size(TextSize.BODY)
    for size in (TextSize.CAPTION, TextSize.HEADING, TextSize.TITLE):
        assert f"font-size: {large.size(size)}pt" in large.style_sheet()


def test_high_contrast_takes_the_colours_of_the_system() -> None:
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Window, "#2d3236")
    palette.setColor(QPalette.ColorRole.WindowText, "#ffffff")
    palette.setColor(QPalette.ColorRole.Highlight, "#a6d8ff")
    theme = Theme.high_contrast(palette)
    assert (theme.window, theme.text, theme.focus) == ("#2d3236", "#ffffff", "#a6d8ff")


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize("role", ["", "primary", "quiet", "link", "danger", "chip", "card-link"])
def test_the_ring_of_the_focus_takes_no_room_from_the_words(qtbot: QtBot, theme: Theme, role: str) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    page.setStyleSheet(theme.style_sheet())
    rows = QVBoxLayout(page)
    made, other = (button("Needs support", role, parent=page) for _ in range(2))
    for one in (made, other):
        rows.addWidget(one)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    other.setFocus()

    made.setFocus()

    assert made.hasFocus()
    assert words_in(made) == words_in(other)


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0])
def test_a_radio_button_grows_with_the_text_and_keeps_its_size_when_it_is_chosen(qtbot: QtBot, scale: float) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    page.setStyleSheet(replace(Theme.light(), text_scale=scale).style_sheet())
    radio = QRadioButton("The school", page)
    page.show()
    free = disc_of(radio)
    radio.setChecked(True)

    assert disc_of(radio) == free
    assert free[0] == pytest.approx(16 * scale, abs=1)
    assert free[0] == free[1]


def disc_of(radio: QRadioButton) -> tuple[int, int]:
    """Return how large the disc of a radio button is."""
    option = QStyleOptionButton()
    radio.initStyleOption(option)
    area = radio.style().subElementRect(QStyle.SubElement.SE_RadioButtonIndicator, option, radio)
    return area.width(), area.height()


def words_in(one: QPushButton) -> tuple[int, int]:
    """Return how much room is left for the words of a button."""
    option = QStyleOptionButton()
    one.initStyleOption(option)
    area = one.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, one)
    return area.width(), area.height()
