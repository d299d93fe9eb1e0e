"""What holds for every test: no screen, a home of its own, and no warning that goes unread."""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Before anybody imports Qt.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# A busy machine must not turn a property into a fault, and two runs of the same tests must agree.
settings.register_profile("audit-desktop", deadline=None, derandomize=True, database=None)
settings.load_profile("audit-desktop")

QT_PLUGIN = "pytest-qt"


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    """Know pytest-qt's options where it is switched off, since `pyproject.toml` sets them."""
    if not pluginmanager.hasplugin(QT_PLUGIN):
        for name in ("qt_api", "qt_log_level_fail", "qt_log_ignore"):
            parser.addini(name, "unused without Qt")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave the window's tests out where there is no Qt."""
    if collection_path.is_dir() and collection_path.name == "ui" and not config.pluginmanager.hasplugin(QT_PLUGIN):
        return True
    return None


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the test preferences, journals and backups of its own."""
    monkeypatch.setenv("AUDIT_DESKTOP_HOME", str(tmp_path_factory.mktemp("home")))


@pytest.fixture(autouse=True)
def _warnings_in_the_log_are_read(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail on a logged warning, unless the test read it and called `caplog.clear()`."""
    yield
    unread = [record.getMessage() for record in caplog.get_records("call") if record.levelno >= logging.WARNING]
    if unread:
        pytest.fail(f"logged and not read by the test: {unread}")
