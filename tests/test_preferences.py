"""Preferences: kept from one start to the next, and never in the way."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from audit_desktop.core.edits import Author, Role
from audit_desktop.preferences import MOST_RECENT, Preferences, PreferencesFile

if TYPE_CHECKING:
    from pathlib import Path

WHO = Author("A. Sample", Role.VISITOR, "Sample Trust")


def test_what_was_saved_is_there_at_the_next_start(tmp_path: Path) -> None:
    saved = Preferences(recent=("/a.audit",), who=WHO, theme="dark", text_scale=1.5, geometry="0a0b")
    PreferencesFile(tmp_path / "new" / "preferences.json").save(saved)
    assert PreferencesFile(tmp_path / "new" / "preferences.json").load().preferences == saved


def test_without_a_file_everything_is_as_at_first(tmp_path: Path) -> None:
    loaded = PreferencesFile(tmp_path / "preferences.json").load()
    assert loaded.preferences == Preferences()
    assert loaded.backup is None


def test_a_bad_key_is_dropped_the_rest_is_used_and_the_file_kept(tmp_path: Path) -> None:
    path = tmp_path / "preferences.json"
    bad = json.dumps({"theme": "pink", "text_scale": 1.5, "who": {"name": 3}, "recent": ["/a.audit"]})
    path.write_text(bad, encoding="utf-8")
    loaded = PreferencesFile(path).load()
    assert loaded.preferences == Preferences(text_scale=1.5, recent=("/a.audit",))
    assert loaded.backup is not None
    assert loaded.backup.read_text(encoding="utf-8") == bad


def test_a_file_that_is_no_json_is_kept_beside(tmp_path: Path) -> None:
    path = tmp_path / "preferences.json"
    path.write_bytes(b"\xff{")
    loaded = PreferencesFile(path).load()
    assert loaded.preferences == Preferences()
    assert loaded.backup is not None
    assert loaded.backup.read_bytes() == b"\xff{"


def test_keys_of_a_newer_version_survive(tmp_path: Path) -> None:
    path = tmp_path / "preferences.json"
    path.write_text('{"sounds": {"on": true}}', encoding="utf-8")
    file = PreferencesFile(path)
    file.save(file.load().preferences)
    assert json.loads(path.read_text(encoding="utf-8"))["sounds"] == {"on": True}


def test_the_audit_opened_last_comes_first_and_once(tmp_path: Path) -> None:
    preferences = Preferences()
    for name in ("a", "b", "a"):
        preferences = preferences.with_recent(tmp_path / name)
    assert preferences.recent == (str(tmp_path / "a"), str(tmp_path / "b"))


def test_only_so_many_recent_audits_are_remembered(tmp_path: Path) -> None:
    preferences = Preferences()
    for number in range(MOST_RECENT + 3):
        preferences = preferences.with_recent(tmp_path / str(number))
    assert len(preferences.recent) == MOST_RECENT


def test_a_folder_that_cannot_be_written_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    PreferencesFile(tmp_path / "file" / "preferences.json").save(Preferences())
