"""One door for every export."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.exchange.exporters import export_audit
from tests.builders import make_audit
from tests.exchange.audits import BOTH, NOW, ROOT, TEMPLATE, exported, shipped, with_everything


def test_nothing_that_only_word_needs_is_imported_before_a_word_document_is_made() -> None:
    program = (
        "import sys, audit_desktop.exchange.exporters, audit_desktop.exchange.json_export\n"
        "sys.exit(' '.join(name for name in ('docx', 'lxml', 'markdown_it', 'pydantic') if name in sys.modules))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert ended.stderr.strip() == ""


def test_progress_ends_when_all_is_done_and_never_goes_back() -> None:
    seen: list[tuple[int, int]] = []
    export_audit(
        make_audit(), "word", template=TEMPLATE, now=NOW, progress=lambda done, total: seen.append((done, total))
    )
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert seen[-1] == (7, 7)


def test_a_stopped_export_gives_no_document() -> None:
    calls: list[None] = []

    def is_cancelled() -> bool:
        calls.append(None)
        return len(calls) > 3

    with pytest.raises(AuditDesktopError) as caught:
        export_audit(make_audit(), "word", template=TEMPLATE, now=NOW, is_cancelled=is_cancelled)
    assert caught.value.code is FaultCode.EXPORT_STOPPED
    assert len(calls) == 4


@pytest.mark.parametrize("framework_id", BOTH)
def test_the_same_audit_gives_the_same_bytes(framework_id: str) -> None:
    first, second = with_everything(framework_id)[0], with_everything(framework_id)[0]
    assert exported(first) == exported(second)


def test_an_export_changes_nothing() -> None:
    audit = shipped(BOTH[0])
    exported(audit)
    assert len(audit.log) == 0
    assert list(audit.state.answers()) == []
