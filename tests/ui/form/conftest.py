"""An open form for the tests of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtWidgets import QApplication

from audit_desktop.core.framework import Framework
from audit_desktop.session.audit_session import AuditSession
from audit_desktop.ui.audit_view import AuditView
from audit_desktop.ui.bridge import Bridge
from audit_desktop.ui.theme import Theme
from tests.builders import SCHOOL, framework_document, make_audit
from tests.ui.form.driving import Form

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot


class SteppingClock:
    """A clock that goes on a minute each time it is asked."""

    def __init__(self) -> None:
        self._now = datetime(2026, 1, 5, 9, tzinfo=UTC)

    def now(self) -> datetime:
        self._now += timedelta(minutes=1)
        return self._now

    def monotonic(self) -> float:
        return self._now.timestamp()

    def sleep(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)


@pytest.fixture
def open_form(qtbot: QtBot) -> Iterator[Callable[..., Form]]:
    """Return what opens the form of a new audit, of a framework's JSON object or of so many statements."""
    bridges: list[Bridge] = []

    def opened(
        statements: tuple[int, ...] = (3, 2),
        *,
        document: dict[str, Any] | None = None,
        answers: dict[str, Any] | None = None,
        who: Any = SCHOOL,
        size: tuple[int, int] = (1200, 700),
    ) -> Form:
        framework = Framework.build(document or framework_document(statements))
        session = AuditSession(make_audit(answers, framework=framework), who, SteppingClock())
        bridge = Bridge(session)
        bridges.append(bridge)
        view = AuditView(session, bridge, Theme.light())
        qtbot.addWidget(view)
        view.resize(*size)
        with qtbot.waitActive(view):
            view.show()
            view.activateWindow()
        QApplication.processEvents()
        return Form(session, bridge, view)

    yield opened
    for bridge in bridges:
        bridge.close()
