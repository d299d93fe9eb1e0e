"""What the program remembers about the person who uses it: small things, in one JSON file. No Qt."""

from __future__ import annotations

import json
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, cast

from audit_desktop.core.edits import Author, Role
from audit_desktop.core.record import Record, replace

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MOST_RECENT: Final = 12
SMALLEST_TEXT: Final = 0.8
LARGEST_TEXT: Final = 2.5
_THEMES: Final = ("system", "light", "dark", "high-contrast")


class Preferences(Record):
    """Settings and habits. `extra` keeps the keys of a newer version of the program."""

    recent: tuple[str, ...] = ()
    """Paths of the audits opened last, newest first."""
    who: Author | None = None
    """Who worked last, so that nobody is asked twice."""
    theme: str = "system"
    text_scale: float = 1.0
    geometry: str = ""
    """The window's place and size, as Qt writes it, in hexadecimal."""
    extra: Mapping[str, Any] = MappingProxyType({})

    def with_recent(self, path: Path) -> Preferences:
        """Return these with `path` as the audit opened last."""
        rest = tuple(other for other in self.recent if other != str(path))
        return replace(self, recent=(str(path), *rest)[:MOST_RECENT])

    def without_recent(self, path: Path) -> Preferences:
        """Return these without `path` among the recent audits."""
        return replace(self, recent=tuple(other for other in self.recent if other != str(path)))


class LoadedPreferences(Record):
    """What could be read, and where the file went that could not all be read, if so."""

    preferences: Preferences
    backup: Path | None = None


class PreferencesFile:
    """The file at `path` that keeps the preferences; `current` are those in use."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.current = Preferences()

    def load(self) -> LoadedPreferences:
        """Return the preferences; a bad key is dropped, the rest is used, and the bad file is kept beside."""
        loaded = self._load()
        self.current = loaded.preferences
        return loaded

    def save(self, preferences: Preferences) -> None:
        """Use `preferences` from now on and write them; a failure is passed over, since no work hangs on them."""
        self.current = preferences
        self._write(preferences)

    def _load(self) -> LoadedPreferences:
        try:
            data = self.path.read_bytes()
        except OSError:
            return LoadedPreferences(Preferences())
        try:
            document = json.loads(data)
        except ValueError:
            document = None
        if not isinstance(document, dict):
            return LoadedPreferences(Preferences(), self._keep_backup(data))
        preferences, is_whole = _read(cast("dict[str, Any]", document))
        return LoadedPreferences(preferences, None if is_whole else self._keep_backup(data))

    def _write(self, preferences: Preferences) -> None:
        document: dict[str, Any] = {
            **preferences.extra,
            "recent": list(preferences.recent),
            "theme": preferences.theme,
            "text_scale": preferences.text_scale,
            "geometry": preferences.geometry,
        }
        if preferences.who is not None:
            who = preferences.who
            document["who"] = {"name": who.name, "role": who.role.value, "organisation": who.organisation}
        beside = self.path.with_name(f"{self.path.name}.new")
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            beside.write_text(json.dumps(document, indent=2, ensure_ascii=False), encoding="utf-8")
            beside.replace(self.path)
        except (OSError, UnicodeError):
            return

    def _keep_backup(self, data: bytes) -> Path | None:
        backup = self.path.with_name(f"{self.path.name}.bak")
        try:
            backup.write_bytes(data)
        except OSError:
            return None
        return backup


def _read(document: dict[str, Any]) -> tuple[Preferences, bool]:
    """Return the preferences of `document`, and whether every key of it was good."""
    known: dict[str, Any] = {}
    is_whole = True
    for key, value in document.items():
        try:
            reader = _READERS.get(key)
            if reader is None:
                known.setdefault("extra", {})[key] = value
            else:
                known[key] = reader(value)
        except (TypeError, ValueError, KeyError, AttributeError):
            is_whole = False
    return Preferences(**known), is_whole


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _read_recent(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError
    return tuple(dict.fromkeys(_text(path) for path in cast("list[object]", value)))[:MOST_RECENT]


def _read_who(value: dict[str, Any]) -> Author:
    name = _text(value["name"]).strip()
    if not name:
        raise ValueError
    return Author(name, Role(value["role"]), _text(value.get("organisation", "")))


def _read_theme(value: object) -> str:
    if value not in _THEMES:
        raise ValueError
    return _text(value)


def _read_text_scale(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not SMALLEST_TEXT <= value <= LARGEST_TEXT:
        raise ValueError
    return float(value)


def _read_geometry(value: object) -> str:
    bytes.fromhex(_text(value))
    return _text(value)


_READERS: Final = {
    "recent": _read_recent,
    "who": _read_who,
    "theme": _read_theme,
    "text_scale": _read_text_scale,
    "geometry": _read_geometry,
}
