"""Work off the window's thread."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.ui.tasks import Task

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_a_task_tells_its_progress_and_its_result(qtbot: QtBot) -> None:
    told: list[tuple[int, int]] = []

    def job(progress, _is_stopped) -> str:
        progress(1, 2)
        progress(2, 2)
        return "done"

    task = Task(job)
    task.progressed.connect(lambda done, total: told.append((done, total)))
    with qtbot.waitSignal(task.succeeded) as result:
        task.start()
    assert result.args == ["done"]
    assert told == [(1, 2), (2, 2)]


def test_an_expected_failure_arrives_as_its_fault(qtbot: QtBot) -> None:
    def job(_progress, _is_stopped) -> None:
        raise AuditDesktopError(FaultCode.DISK_FULL, "x.docx")

    task = Task(job)
    with qtbot.waitSignal(task.failed) as result:
        task.start()
    assert result.args is not None
    assert result.args[0].code is FaultCode.DISK_FULL


def test_anything_else_arrives_for_the_crash_report(qtbot: QtBot) -> None:
    task = Task(lambda _progress, _is_stopped: [][1])
    with qtbot.waitSignal(task.broke) as result:
        task.start()
    assert result.args is not None
    assert isinstance(result.args[0], IndexError)


def test_a_stopped_task_says_so_even_if_its_job_calls_it_a_failure(qtbot: QtBot) -> None:
    began = threading.Event()

    def job(_progress, is_stopped) -> None:
        began.set()
        while not is_stopped():
            threading.Event().wait(0.001)
        raise AuditDesktopError(FaultCode.EXPORT_STOPPED)

    task = Task(job)
    task.start()
    began.wait()
    with qtbot.waitSignal(task.stopped), qtbot.assertNotEmitted(task.failed):
        task.stop()
