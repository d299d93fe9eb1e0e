"""What somebody wrote is where it has to be and nowhere else: not in logs, settings, locks or what is left over."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest

from audit_desktop.core.errors import AuditDesktopError
from audit_desktop.diagnostics import start_log
from audit_desktop.session.erasing import erase_from_this_computer
from audit_desktop.session.handing_over import protect_file, send_copy
from audit_desktop.storage.lock import Lock
from audit_desktop.storage.process import ProcessMark
from audit_desktop.storage.zip_format import ZipFormatError, read_zip
from tests.session.visit import PASSPHRASE, SCHOOL, VISITOR, Laptop

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

EARLIER, CURRENT = "Canary Jordan Hollis 7", "Canary Robin Fell 9"
EVIDENCE = "section/1/evidence"


@pytest.fixture
def laptop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Laptop:
    """Return a laptop on which an answer was written, changed, merged, sent, refused and saved, with a log running."""
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    laptop = Laptop(tmp_path / "school")
    logs = laptop.folder / "logs"
    start_log(logs)
    path = laptop.new_audit()
    opened = laptop.open(path, SCHOOL)
    lock = Lock(laptop.filesystem, laptop.workspace.clock, path, SCHOOL.name, ProcessMark.of_this_program())
    assert lock.acquire() is None
    opened.session.type_answer(EVIDENCE, EARLIER)
    opened.session.commit_typing(end_step=True)
    opened.keeper.save()
    opened.session.set_answer(EVIDENCE, CURRENT)
    for wrong in ({EVIDENCE: 7}, {"statement/1.1/rating": CURRENT}, {"statement/1.1/visitor-comment": CURRENT}):
        with pytest.raises(AuditDesktopError) as refusal:
            opened.session.set_answers(wrong)  # type: ignore[arg-type]
        logging.getLogger("audit_desktop").error("refused: %s", refusal.value.code)
    audit = opened.session.audit
    send_copy(laptop.workspace, audit, laptop.folder / "sent.audit", with_earlier_wording=False)
    opened.keeper.close()
    protect_file(laptop.workspace, path, laptop.folder / "protected.age", PASSPHRASE)
    visitor = laptop.open(path, VISITOR)
    visitor.session.set_answer("statement/1.1/visitor-comment", "Seen.")
    visitor.keeper.close()
    logging.shutdown()
    return laptop


def where(folder: Path, text: str) -> set[str]:
    """Return the names of the files below `folder` that hold `text`, in an entry too."""
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and (text in path.name or any(text.encode() in part for part in parts(path.read_bytes())))
    }


def parts(data: bytes) -> Iterator[bytes]:
    yield data
    try:
        yield from (entry.unpack() for entry in read_zip(data).values())
    except ZipFormatError:
        return


def test_what_somebody_writes_is_in_the_file_and_its_versions_alone(laptop: Laptop) -> None:
    found = where(laptop.folder.parent, CURRENT)

    assert {name for name in found if "/backups/" not in name} == {"school/audit.audit", "school/sent.audit"}
    assert found - {"school/audit.audit", "school/sent.audit"}, "the versions on this computer are looked through too"


def test_an_earlier_wording_is_in_the_file_of_the_school_and_in_nothing_that_is_sent(laptop: Laptop) -> None:
    found = where(laptop.folder.parent, EARLIER)

    assert {name for name in found if "/backups/" not in name} == {"school/audit.audit"}


def test_what_is_erased_from_this_computer_is_nowhere_but_in_the_file(laptop: Laptop) -> None:
    audit_id = laptop.workspace.read(laptop.folder / "audit.audit").audit.id
    opened = laptop.open(laptop.folder / "audit.audit", SCHOOL)
    opened.session.set_answer(EVIDENCE, f"{CURRENT} again")
    backups, journals = laptop.workspace.backups(), laptop.folder / "own" / "journals"
    assert backups is not None
    assert where(journals, CURRENT)
    backups.of_audit(audit_id)[0].path.write_bytes(CURRENT.encode())
    assert any(backups.find_spoilt(chance) for chance in range(len(backups.all())))

    opened.keeper.close()
    kept = erase_from_this_computer(laptop.workspace, laptop.folder / "audit.audit")

    assert (kept.stays, kept.is_in_use) == (0, False)
    assert where(laptop.folder / "own", CURRENT) == set()
    assert where(laptop.folder, CURRENT) == {"audit.audit", "sent.audit"}
