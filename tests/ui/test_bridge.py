"""The crossing from session events to Qt signals."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QThread, Slot

from audit_desktop.session.audit_session import AuditSession
from audit_desktop.session.events import SaveChanged, SaveState
from audit_desktop.storage.clock import SystemClock
from audit_desktop.ui.bridge import Bridge, WindowThread
from tests.builders import make_audit
from tests.ui.conftest import SCHOOL

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


class _Listener(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.heard: list[tuple[object, QThread]] = []

    @Slot(object)
    def hear(self, event: object) -> None:
        self.heard.append((event, QThread.currentThread()))


def test_an_event_of_the_windows_thread_is_heard_before_the_change_returns(qtbot: QtBot) -> None:
    session = AuditSession(make_audit(), SCHOOL, SystemClock())
    bridge = Bridge(session)
    heard: list[object] = []
    bridge.answers_changed.connect(lambda addresses, initiator: heard.append((addresses, initiator)))
    me = object()
    session.set_answer("audit/school-name", "Sample School", initiator=me)
    assert heard == [(frozenset({"audit/school-name"}), me)]


def test_an_event_of_another_thread_arrives_on_the_windows(qtbot: QtBot) -> None:
    session = AuditSession(make_audit(), SCHOOL, SystemClock())
    bridge = Bridge(session)
    listener = _Listener()
    bridge.save_changed.connect(listener.hear)
    event = SaveChanged(SaveState.SAVED, None)
    thread = threading.Thread(target=session.events.publish, args=(event,))
    thread.start()
    thread.join()
    assert listener.heard == []
    qtbot.waitUntil(lambda: bool(listener.heard))
    assert listener.heard == [(event, QCoreApplication.instance().thread())]  # pyright: ignore[reportOptionalMemberAccess]


def test_a_closed_bridge_is_silent(qtbot: QtBot) -> None:
    session = AuditSession(make_audit(), SCHOOL, SystemClock())
    bridge = Bridge(session)
    bridge.close()
    with qtbot.assertNotEmitted(bridge.answers_changed):
        session.set_answer("audit/school-name", "Sample School")


def test_a_job_of_another_thread_runs_on_the_windows(qtbot: QtBot) -> None:
    window_thread = WindowThread()
    ran_on: list[int] = []
    thread = threading.Thread(target=window_thread.deliver, args=(lambda: ran_on.append(threading.get_ident()),))
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(ran_on))
    assert ran_on == [threading.get_ident()]
