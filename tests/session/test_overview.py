"""The overview of a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest
from docx import Document

from audit_desktop.core.errors import FaultCode
from audit_desktop.exchange.overview_documents import export_overview
from audit_desktop.locations import Locations
from audit_desktop.session.overview import audits_below, read_overview
from audit_desktop.session.workspace import Workspace
from audit_desktop.ui.fault_wording import sentence_for
from tests.exchange.audits import NORFOLK, NOW, RAG, TEMPLATE, answer, shipped

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def workspace() -> Workspace:
    return Workspace.on_this_computer(Locations.find())


@pytest.fixture
def folder(workspace: Workspace, tmp_path: Path) -> Path:
    (tmp_path / "below").mkdir()
    for name, framework in (("a.audit", RAG), ("below/b.audit", NORFOLK)):
        audit = shipped(framework)
        answer(audit, "audit/school-name", f"=School of {name}")
        answer(audit, "statement/1.1/rating", "developing")
        workspace.save_new(tmp_path / name, audit)
    (tmp_path / "broken.audit").write_bytes((tmp_path / "a.audit").read_bytes()[:500])
    (tmp_path / ".hidden.audit").write_bytes(b"")
    (tmp_path / "~$a.audit").write_bytes(b"")
    (tmp_path / "notes.txt").write_bytes(b"")
    return tmp_path


def test_every_audit_below_a_folder_has_its_line_and_a_broken_one_its_fault(workspace: Workspace, folder: Path) -> None:
    lines = read_overview(workspace, list(audits_below(workspace.filesystem, folder)))
    assert [line.school for line in lines] == ["=School of a.audit", "=School of below/b.audit", ""]
    assert [line.fault.code if line.fault else None for line in lines] == [None, None, FaultCode.AUDIT_DAMAGED]


def test_a_stopped_look_keeps_what_it_has_seen(workspace: Workspace, folder: Path) -> None:
    seen: list[tuple[int, int]] = []
    lines = read_overview(
        workspace,
        list(audits_below(workspace.filesystem, folder)),
        progress=lambda done, total: seen.append((done, total)),
        is_cancelled=lambda: bool(seen),
    )
    assert len(lines) == 1
    assert seen == [(1, 3)]


def test_the_overview_goes_to_excel_word_and_csv(workspace: Workspace, folder: Path) -> None:
    lines = read_overview(workspace, list(audits_below(workspace.filesystem, folder)))
    for kind in ("word", "xlsx", "csv"):
        data = export_overview(lines, kind, template=TEMPLATE, now=NOW, explain=sentence_for)
        (folder / kind).write_bytes(data)
        assert data == export_overview(lines, kind, template=TEMPLATE, now=NOW, explain=sentence_for)
    with (folder / "xlsx").open("rb") as file:
        page = openpyxl.load_workbook(file).worksheets[0]
        assert page["A2"].value == "=School of a.audit"
        assert page["A2"].data_type == "s"
    with (folder / "word").open("rb") as file:
        rows = Document(file).tables[0].rows
        assert [row.cells[0].text for row in rows] == ["School", "=School of a.audit", "=School of below/b.audit", ""]
    assert b"'=School of a.audit" in (folder / "csv").read_bytes()
