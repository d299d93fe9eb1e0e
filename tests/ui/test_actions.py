"""The table of actions."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from audit_desktop.ui.actions import ACTIONS, MENUS, SEPARATOR, WindowState
from audit_desktop.ui.window_commands import WindowCommands

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from audit_desktop.ui.main_window import MainWindow


def test_every_action_has_its_command() -> None:
    assert [spec.id for spec in ACTIONS if not callable(getattr(WindowCommands, spec.handler, None))] == []


def test_every_action_is_in_one_menu() -> None:
    listed = Counter(action_id for _, _, ids in MENUS for action_id in ids if action_id != SEPARATOR)
    assert listed == Counter(spec.id for spec in ACTIONS)


def test_no_two_actions_share_a_key() -> None:
    keys = Counter(key for spec in ACTIONS for key in spec.shortcuts)
    assert [key for key, count in keys.items() if count > 1] == []


def test_no_two_entries_of_a_menu_share_an_access_key() -> None:
    texts = {spec.id: spec.text for spec in ACTIONS}
    for _, title, ids in MENUS:
        letters = Counter(texts[action_id].partition("&")[2][:1].lower() for action_id in ids if action_id in texts)
        assert [letter for letter, count in letters.items() if letter and count > 1] == [], title


def test_without_an_audit_nothing_of_it_can_be_asked_for() -> None:
    usable = {spec.id for spec in ACTIONS if spec.enabled_when(WindowState())}
    assert {"audit.save", "audit.export", "statement.rate-1", "edit.undo"}.isdisjoint(usable)
    assert {"audit.new", "audit.open", "help.keys"} <= usable


def test_an_audit_that_can_only_be_read_is_exported_and_not_saved() -> None:
    usable = {spec.id for spec in ACTIONS if spec.enabled_when(WindowState(has_audit=True, is_read_only=True))}
    assert "audit.export" in usable
    assert {"audit.save", "statement.rate-1"}.isdisjoint(usable)


def test_the_keys_that_rate_say_what_they_choose_and_there_are_no_more_than_levels(
    make_window: Callable[..., MainWindow], audit_path: Path
) -> None:
    window = make_window()
    window.open_path(audit_path)
    rates = [window.actions_by_id.by_id[f"statement.rate-{number}"] for number in (1, 2, 3, 4)]
    assert [action.text() for action in rates if action.isVisible()] == [
        "Rate &1: Not in place",
        "Rate &2: Developing",
        "Rate &3: Established",
    ]
