"""Tests of the list of installed frameworks."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from audit_desktop.core.errors import AuditDesktopError, FaultCode, ManyFaultsError
from audit_desktop.storage.catalogue import Catalogue
from audit_desktop.storage.filesystem import RealFilesystem
from audit_desktop.storage.known_good import KnownGood

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "frameworks"
SAMPLE = json.loads((SHIPPED / "norfolk-attendance-self-assessment" / "1.0.0.json").read_bytes())
NAMES = tuple(sorted(path.parent.name for path in SHIPPED.glob("*/1.0.0.json")))


class CountingFilesystem(RealFilesystem):
    """The real file system, which counts what was read and refuses what it is told to."""

    def __init__(self) -> None:
        self.read: list[Path] = []
        self.unreadable: Path | None = None

    def read_bytes(self, path: Path) -> bytes:
        if path == self.unreadable:
            raise PermissionError(13, "refused", str(path))
        self.read.append(path)
        return super().read_bytes(path)


def add(folder: Path, framework_id: str, version: str, at: str = "", **changes: Any) -> Path:
    """Write the sample framework under another id and version, at its place in `folder` or at `at`."""
    path = folder / (at or f"{framework_id}/{version}.json")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(SAMPLE | {"id": framework_id, "version": version} | changes), encoding="utf-8")
    return path


@pytest.fixture
def user(tmp_path: Path) -> Path:
    return tmp_path / "user"


@pytest.fixture
def remembered(tmp_path: Path) -> Path:
    return tmp_path / "data" / "checked-frameworks.json"


@pytest.fixture
def known_good(remembered: Path) -> KnownGood:
    return KnownGood(RealFilesystem(), SHIPPED / "checked.json", remembered, "1.0")


@pytest.fixture
def catalogue(user: Path, known_good: KnownGood) -> Catalogue:
    return Catalogue(RealFilesystem(), (SHIPPED, user), known_good)


def codes(catalogue: Catalogue, path: Path) -> list[FaultCode]:
    return [fault.code for entry in catalogue.entries() if entry.path == path for fault in entry.faults]


def test_the_frameworks_that_come_with_the_program_are_listed_without_faults(catalogue: Catalogue) -> None:
    listed = [(entry.id, entry.version, entry.title, entry.faults) for entry in catalogue.entries()]
    assert listed == [
        ("attendance-policy-review", "1.0.0", "Attendance policy review", ()),
        ("attendance-standards-rag", "1.0.0", "Attendance standards audit", ()),
        ("dfe-summary-of-responsibilities", "1.0.0", "Summary table of responsibilities for school attendance", ()),
        ("norfolk-attendance-self-assessment", "1.0.0", "School Attendance Self-Assessment Tool", ()),
        (
            "thresholds-and-responsibilities",
            "1.0.0",
            "Attendance Guidance: Thresholds and Responsibilities – Secondary",
            (),
        ),
    ]


def test_an_entry_gives_the_exact_bytes_of_its_file(catalogue: Catalogue) -> None:
    for entry in catalogue.entries():
        assert entry.read() == entry.path.read_bytes()


def test_a_framework_that_a_person_added_is_listed_beside_them(catalogue: Catalogue, user: Path) -> None:
    add(user, "ours", "1.0.0", title="Our audit")
    assert catalogue.find("ours").title == "Our audit"
    assert len(catalogue.entries()) == len(NAMES) + 1


def test_a_broken_file_is_listed_with_all_its_faults_and_the_others_still_work(
    catalogue: Catalogue, user: Path
) -> None:
    broken = add(user, "ours", "1.0.0", language="English", section_noun="", extra=1)
    assert set(codes(catalogue, broken)) == {
        FaultCode.LANGUAGE_INVALID,
        FaultCode.TEXT_MISSING,
        FaultCode.KEY_UNKNOWN,
    }
    assert catalogue.find("attendance-standards-rag").faults == ()
    with pytest.raises(ManyFaultsError) as caught:
        catalogue.find("ours")
    assert caught.value.place == str(broken)
    assert len(caught.value.faults) == 3


def test_a_broken_file_cannot_be_put_into_an_audit(catalogue: Catalogue, user: Path) -> None:
    broken = add(user, "ours", "1.0.0", extra=1)
    (entry,) = (entry for entry in catalogue.entries() if entry.path == broken)
    with pytest.raises(ManyFaultsError):
        entry.read()
    with pytest.raises(ManyFaultsError):
        entry.framework()


def test_a_file_that_cannot_be_read_is_listed_as_such(user: Path, known_good: KnownGood) -> None:
    filesystem = CountingFilesystem()
    filesystem.unreadable = add(user, "ours", "1.0.0")
    catalogue = Catalogue(filesystem, (SHIPPED, user), known_good)
    assert codes(catalogue, filesystem.unreadable) == [FaultCode.FILE_UNREADABLE]


@pytest.mark.parametrize("at", ["other/1.0.0.json", "ours/1.0.1.json", "ours.json"])
def test_a_file_that_is_not_where_its_id_and_version_say_is_a_fault(catalogue: Catalogue, user: Path, at: str) -> None:
    path = add(user, "ours", "1.0.0", at)
    (fault,) = (fault for entry in catalogue.entries() if entry.path == path for fault in entry.faults)
    assert (fault.code, fault.details) == (FaultCode.FRAMEWORK_MISPLACED, {"expected": "ours/1.0.0.json"})


def test_of_two_files_with_the_same_id_and_version_the_first_folders_stays_usable(
    catalogue: Catalogue, user: Path
) -> None:
    copy = add(user, SAMPLE["id"], "1.0.0", title="Changed")
    assert codes(catalogue, copy) == [FaultCode.FRAMEWORK_TWICE]
    assert catalogue.find(SAMPLE["id"]).title == SAMPLE["title"]


def test_a_copy_that_is_the_same_to_the_byte_is_listed_once(catalogue: Catalogue, user: Path) -> None:
    original = catalogue.find(SAMPLE["id"])
    copy = user / SAMPLE["id"] / "1.0.0.json"
    copy.parent.mkdir(parents=True)
    copy.write_bytes(original.read())
    catalogue.refresh()
    assert [entry.path for entry in catalogue.entries() if entry.id == SAMPLE["id"]] == [original.path]


def test_what_is_no_framework_is_passed_over(catalogue: Catalogue, user: Path) -> None:
    (user / "ours").mkdir(parents=True)
    for name in ("ours/~$1.0.0.json", "ours/.hidden.json", "ours/notes.txt", "framework.schema.json", "readme.txt"):
        (user / name).write_text("{", encoding="utf-8")
    assert len(catalogue.entries()) == len(NAMES)


def test_the_newest_version_is_found_by_number_and_not_by_spelling(catalogue: Catalogue, user: Path) -> None:
    for version in ("1.9.0", "1.10.0", "1.10.0-draft.2", "2.0.0-draft"):
        add(user, "ours", version)
    assert catalogue.find("ours").version == "1.10.0"
    assert [entry.version for entry in catalogue.entries() if entry.id == "ours"] == [
        "1.9.0",
        "1.10.0-draft.2",
        "1.10.0",
        "2.0.0-draft",
    ]
    assert catalogue.find("ours", "2.0.0-draft").version == "2.0.0-draft"


def test_a_draft_is_found_where_there_is_nothing_else(catalogue: Catalogue, user: Path) -> None:
    for version in ("1.0.0-draft.9", "1.0.0-draft.10"):
        add(user, "ours", version)
    assert catalogue.find("ours").version == "1.0.0-draft.10"


def test_an_unknown_framework_names_those_that_are_known(catalogue: Catalogue) -> None:
    with pytest.raises(AuditDesktopError) as caught:
        catalogue.find("nowhere")
    assert (caught.value.code, caught.value.place) == (FaultCode.FRAMEWORK_UNKNOWN, "nowhere")
    assert caught.value.details == {"known": NAMES}


def test_an_unknown_version_names_those_that_are_known(catalogue: Catalogue) -> None:
    with pytest.raises(AuditDesktopError) as caught:
        catalogue.find(SAMPLE["id"], "9.0.0")
    assert caught.value.code == FaultCode.FRAMEWORK_VERSION_UNKNOWN
    assert caught.value.details == {"version": "9.0.0", "known": ("1.0.0",)}


def test_files_are_read_once_until_a_refresh(user: Path, known_good: KnownGood) -> None:
    filesystem = CountingFilesystem()
    catalogue = Catalogue(filesystem, (SHIPPED, user), known_good)
    catalogue.entries()
    add(user, "ours", "1.0.0")
    catalogue.find(SAMPLE["id"])
    assert len(filesystem.read) == len(NAMES)
    catalogue.refresh()
    assert catalogue.find("ours").version == "1.0.0"


def test_a_framework_checked_once_is_remembered_on_this_computer(
    catalogue: Catalogue, user: Path, remembered: Path
) -> None:
    path = add(user, "ours", "1.0.0")
    catalogue.entries()
    own_hash = hashlib.sha256(path.read_bytes()).hexdigest()
    assert json.loads(remembered.read_bytes()) == {"version": "1.0", "sha256": [own_hash]}
    assert KnownGood(RealFilesystem(), SHIPPED / "checked.json", remembered, "1.0").knows(own_hash)
    assert list(remembered.parent.iterdir()) == [remembered]


def test_what_a_crash_left_half_written_is_in_the_way_only_once(remembered: Path) -> None:
    remembered.parent.mkdir()
    remembered.with_name(f"{remembered.name}.ab").write_bytes(b"{")
    for _ in range(2):
        KnownGood(RealFilesystem(), SHIPPED / "checked.json", remembered, "1.0").remember("ab")
    assert KnownGood(RealFilesystem(), SHIPPED / "checked.json", remembered, "1.0").knows("ab")
    assert list(remembered.parent.iterdir()) == [remembered]


def test_a_framework_with_faults_is_not_remembered(catalogue: Catalogue, user: Path, remembered: Path) -> None:
    add(user, "ours", "1.0.0", extra=1)
    catalogue.entries()
    assert not remembered.exists()


def test_what_another_version_of_the_program_remembered_is_checked_again(remembered: Path) -> None:
    KnownGood(RealFilesystem(), SHIPPED / "checked.json", remembered, "1.0").remember("ab")
    assert not KnownGood(RealFilesystem(), SHIPPED / "checked.json", remembered, "1.1").knows("ab")


@pytest.mark.parametrize("content", [b"", b"[]", b'{"version": "1.0", "sha256": 3}', b"[" * 100_000, b"\xff"])
def test_a_damaged_memory_costs_a_check_and_nothing_else(remembered: Path, user: Path, content: bytes) -> None:
    remembered.parent.mkdir()
    remembered.write_bytes(content)
    add(user, "ours", "1.0.0")
    known_good = KnownGood(RealFilesystem(), SHIPPED / "checked.json", remembered, "1.0")
    assert Catalogue(RealFilesystem(), (user,), known_good).find("ours").faults == ()


def test_a_disk_that_cannot_remember_is_no_fault(user: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    known_good = KnownGood(RealFilesystem(), SHIPPED / "checked.json", tmp_path / "file" / "list.json", "1.0")
    add(user, "ours", "1.0.0")
    assert Catalogue(RealFilesystem(), (user,), known_good).find("ours").faults == ()


def test_the_published_list_names_the_frameworks_that_come_with_the_program() -> None:
    listed = json.loads((SHIPPED / "checked.json").read_bytes())
    files = SHIPPED.glob("*/*.json")
    assert listed == {"sha256": sorted(hashlib.sha256(path.read_bytes()).hexdigest() for path in files)}


def test_listing_what_came_with_the_program_loads_no_pydantic(tmp_path: Path) -> None:
    script = f"""
import sys
from pathlib import Path
from audit_desktop.storage.catalogue import Catalogue
from audit_desktop.storage.filesystem import RealFilesystem
from audit_desktop.storage.known_good import KnownGood
shipped = Path({str(SHIPPED)!r})
known = KnownGood(RealFilesystem(), shipped / "checked.json", Path({str(tmp_path)!r}) / "list.json", "1.0")
assert len(Catalogue(RealFilesystem(), (shipped,), known).entries()) == {len(NAMES)}
assert "pydantic" not in sys.modules
"""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    result = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=False
    )
    assert (result.returncode, result.stderr) == (0, "")
