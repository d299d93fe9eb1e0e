"""Hostile archives, names, links and formulas: every one is refused or made harmless, soon and in little memory."""

from __future__ import annotations

import csv
import io
import time
import tracemalloc
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

from audit_desktop.core.attachments import attachments
from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.core.file_names import LONGEST_BYTES, safe_stem
from audit_desktop.core.framework_rules import is_allowed_link
from audit_desktop.exchange.exporters import export_audit
from audit_desktop.exchange.tables.comma_separated import harmless
from audit_desktop.session.attaching import AttachedFiles, OpenedCopies
from audit_desktop.storage.audit_container import decode_audit
from audit_desktop.storage.manifest import is_own_id
from audit_desktop.ui.form.links import allowed_link
from tests.exchange import audits
from tests.session.two_desks import VISITOR, Desk, new_file
from tests.torture import hostile

if TYPE_CHECKING:
    from pathlib import Path

    from audit_desktop.core.audit import Audit

MOST_MEMORY = 150_000_000
STARTS = tuple("=+-@\t\r\n\0＝＋－＠")


def test_every_hostile_archive_is_refused_within_a_second_and_150_megabytes() -> None:
    tried = list(hostile.archives())
    for what, data in tried:
        tracemalloc.start()
        started = time.process_time()
        with pytest.raises(AuditDesktopError):
            decode_audit(data, what, lambda _: False)
        seconds = time.process_time() - started
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        # Memory is traced, which makes everything slower by far than it is.
        assert (what, most < MOST_MEMORY, seconds < 5) == (what, True, True)
    assert len(tried) >= 40


def test_every_hostile_name_becomes_one_plain_file_in_the_folder_it_is_meant_for(tmp_path: Path) -> None:
    tried = hostile.names()
    for name in tried:
        stem = safe_stem(name)
        assert not set(stem) & set('<>:"/\\|?*\0\n\t\r\u202e\u200b\u2066\ufeff'), (name, stem)
        assert len(stem.encode()) <= LONGEST_BYTES + len("Audit ")
        assert not stem.startswith((".", "~")), (name, stem)
        assert not stem.endswith((".", " ")), (name, stem)
        path = tmp_path / f"{stem}.docx"
        path.write_bytes(b"")
        assert path.resolve().parent == tmp_path.resolve()
    assert len(tried) >= 60


def test_no_attached_file_leaves_its_folder_or_runs_whatever_a_hostile_audit_calls_it(tmp_path: Path) -> None:
    content = b"%PDF-1.7 harmless"
    endings = ("", ".pdf", ".PDF ", ".exe", ".pdf.lnk", ".js")
    tried = [name + ending for name in hostile.names() for ending in endings]
    new_file(tmp_path / "hill.audit")
    desk = Desk(tmp_path / "home", tmp_path / "hill.audit")
    store = desk.workspace.attachment_store(desk.session.audit.id)
    assert store is not None
    digest = store.put((content,)).digest
    state = desk.session.audit.state
    for number, name in enumerate(tried):
        # As a stranger's program writes it: nothing was checked on the way in.
        for field, value in (("name", name.encode("utf-8", "replace").decode()), ("sha256", digest)):
            address = f"attachments/a{number}/{field}"
            desk.session.audit.record(
                state.make_edit(address, value, at="2026-01-05T10:00:00.000Z", author=VISITOR, sitting="s")
            )
    desk.keeper.save()
    opened = desk.workspace.read(tmp_path / "hill.audit").audit
    files = AttachedFiles(desk.workspace, opened, tmp_path / "hill.audit")
    folder = tmp_path / "opened"
    copies = OpenedCopies(desk.filesystem, desk.clock, folder)
    listed = attachments(opened.state)
    for one in listed:
        if not one.name.endswith(".pdf"):
            with pytest.raises(AuditDesktopError) as caught:
                copies.make(files, one)
            assert caught.value.code is FaultCode.ATTACHMENT_NOT_LET_OUT, one.name
            continue
        path = copies.make(files, one)
        assert path.resolve().parent.parent == folder.resolve()
        assert path.read_bytes() == content
    assert len(listed) == len(tried) >= 60
    desk.close()


@pytest.mark.parametrize("audit_id", ["../up", "/root", "C:x", "a/b", "a\\b", "", ".", "nul\0", "x" * 65, "é", "-\n"])
def test_no_audit_id_can_lead_to_another_folder(audit_id: str) -> None:
    assert not is_own_id(audit_id)


def test_no_hostile_link_can_be_followed() -> None:
    tried = hostile.links()
    assert [link for link in tried if allowed_link(link) is not None] == []
    assert [link for link in tried if is_allowed_link(link)] == []
    assert len(tried) >= 200


def test_ordinary_links_can_be_followed() -> None:
    for link in ("https://www.gov.uk/school-attendance", "mailto:office@example.org"):
        assert allowed_link(link) is not None
        assert is_allowed_link(link)


def with_hostile_texts() -> Audit:
    audit = audits.shipped(audits.NORFOLK)
    for number, text in enumerate(hostile.formulas()):
        audits.answer(audit, f"actions/a-{number}/what", text)
    return audit


def test_no_hostile_text_starts_a_formula_in_a_comma_separated_file() -> None:
    tried = hostile.formulas()
    data = export_audit(with_hostile_texts(), "csv", template=audits.TEMPLATE, now=audits.NOW)
    cells = [cell for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")) for cell in row]
    assert [cell for cell in cells if cell.startswith(STARTS)] == []
    assert [text for text in tried if harmless(text).startswith(STARTS)] == []
    assert len(tried) >= 500


def test_no_hostile_text_is_a_formula_in_a_workbook() -> None:
    data = export_audit(with_hostile_texts(), "xlsx", template=audits.TEMPLATE, now=audits.NOW)
    with ZipFile(io.BytesIO(data)) as archive:
        pages = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/")]
    assert not any(b"<f>" in page or b"<f " in page or b"hyperlink" in page for page in pages)
