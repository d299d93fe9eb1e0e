"""The command `self-test`: proves a build by using it: every resource, every form, every export, read back."""

from __future__ import annotations

import os
import sys
import tempfile
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from audit_desktop.core.edits import Author, Role
from audit_desktop.core.errors import AuditDesktopError
from audit_desktop.core.framework import FieldKind
from audit_desktop.exchange.exporters import SUFFIXES, ExportKind
from audit_desktop.session.workspace import school_name_answer
from audit_desktop.ui.fault_wording import sentence_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from audit_desktop.core.addresses import Addresses
    from audit_desktop.core.edits import JsonValue
    from audit_desktop.core.framework import Framework
    from audit_desktop.locations import Locations
    from audit_desktop.session.workspace import Workspace
    from audit_desktop.storage.catalogue import CatalogueEntry

RESOURCES = (
    "word/template.docx",
    "report/report.html",
    "report/report.css",
    "sample/sample.json",
    "words/words.txt",
    "icons",
)
"""What must lie in the resources folder for the program to work."""
SCHOOL = "Self-test School"


def run_self_test(locations: Locations, workspace: Workspace) -> int:
    """Run every check, print what failed and one closing line, and return 0 if nothing failed.

    Nothing is shown, and nothing is written but in a temporary folder. Without Qt the window's checks are left out.
    """
    passed = failed = 0
    for name, check in _checks(locations, workspace):
        try:
            check()
        except AuditDesktopError as error:
            failed += 1
            print(f"failed: {name}: {sentence_for(error)}", file=sys.stderr)
        except Exception as error:  # noqa: BLE001 - the point is to find whatever is wrong with a build
            failed += 1
            print(f"failed: {name}: {type(error).__name__}: {error}", file=sys.stderr)
        else:
            passed += 1
    print(f"self-test: {passed} passed, {failed} failed")
    return 1 if failed else 0


def _checks(locations: Locations, workspace: Workspace) -> Iterator[tuple[str, Callable[[], None]]]:
    for name in RESOURCES:
        yield f"resource {name}", lambda name=name: _require((locations.resources / name).exists())
    yield "word list", lambda: _load_words(locations, workspace)
    yield "crash report", lambda: _write_crash_report(workspace)
    yield "password and seal", _protect
    has_window = find_spec("PySide6") is not None
    if has_window:
        # Nothing flashes up on the screen, and none is needed. The window's application must come before the one
        # that a PDF would make for itself.
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        from audit_desktop.ui.self_checks import take_crash, window_checks

        yield from window_checks(locations)
        yield "crash handler", lambda: take_crash(locations, workspace)
    entries = workspace.catalogue.entries()
    yield "frameworks installed", lambda: _require(bool(entries))
    for entry in entries:
        label = f"{entry.id}@{entry.version}"
        yield f"framework {label}", lambda entry=entry: _require(not entry.faults)
        if entry.faults:
            continue
        for kind in SUFFIXES:
            if kind != "pdf" or has_window:
                yield f"{label} as {kind}", partial(_round_trip, locations, workspace, entry, kind)
        if has_window:
            from audit_desktop.ui.self_checks import build_form

            yield f"form of {label}", lambda entry=entry: build_form(workspace, entry)


def _load_words(locations: Locations, workspace: Workspace) -> None:
    from audit_desktop.storage.word_list import load_words

    _require(len(load_words(workspace.filesystem, locations.resources)) > 1_000)


def _write_crash_report(workspace: Workspace) -> None:
    from audit_desktop.diagnostics import crash_report, write_report

    now = workspace.clock.now()
    with tempfile.TemporaryDirectory(prefix="audit-desktop-") as folder:
        try:
            raise ValueError("what a person typed")
        except ValueError as error:
            path = write_report(Path(folder), crash_report(error, now), now)
        _require(path is not None)
        assert path is not None
        report = path.read_text(encoding="utf-8")
    _require("ValueError" in report and "self_test" in report and "typed" not in report)


def _protect() -> None:
    from audit_desktop.storage.protection import open_protected, protect

    data, passphrase = b"an audit" * 20_000, "twelve letters and more"
    _require(open_protected(protect(data, passphrase, work_factor=10), passphrase) == data)


def _require(holds: bool) -> None:
    if not holds:
        raise ValueError("not as it should be")


def _round_trip(locations: Locations, workspace: Workspace, entry: CatalogueEntry, kind: ExportKind) -> None:
    """Fill in every field, save, open again, export, and read the document back."""
    from audit_desktop.commands.exporting import export_file
    from audit_desktop.commands.read_back import read_back

    with tempfile.TemporaryDirectory(prefix="audit-desktop-") as folder:
        path = Path(folder) / "self-test.audit"
        answers = sample_answers(entry.framework())
        workspace.create(path, entry, answers)
        opened = workspace.read(path)
        for _, given in answers:
            for address, value in given.items():
                _require(opened.audit.state.value(address) == value)
        document = Path(folder) / f"self-test{SUFFIXES[kind]}"
        export_file(locations, workspace, path, kind, document)
        read_back(document.read_bytes(), kind, opened.audit, SCHOOL)


def sample_answers(framework: Framework) -> list[tuple[Author, dict[str, JsonValue]]]:
    """Return an answer for every field of `framework`, by its owner."""
    from audit_desktop.core.addresses import Addresses

    addresses = Addresses(framework)
    school = dict(school_name_answer(SCHOOL))
    visitor: dict[str, JsonValue] = {}
    for address, field in addresses.all_fixed():
        if not address.endswith(("/not-applicable", "/status-override", "/school-name")):
            (visitor if field.owner == "visitor" else school)[address] = _answer(addresses, field.kind, address)
    return [(Author("Self-test", Role.SCHOOL), school), (Author("Self-test", Role.VISITOR), visitor)]


def _answer(addresses: Addresses, kind: FieldKind, address: str) -> JsonValue:
    field = addresses.field(address)
    assert field is not None
    match kind:
        case FieldKind.RATING:
            return addresses.framework.scale(field.scale).levels[-1].id
        case FieldKind.NUMBER:
            return {"number": 12, "period": "Autumn term"} if field.period else {"number": 12}
        case FieldKind.DATE:
            return "2026-09-01"
        case FieldKind.CHOICE:
            return field.options[0].id
        case FieldKind.CHOICES:
            return [option.id for option in field.options]
        case FieldKind.FLAG:
            return True
        case _:
            return f"Answer to {address} with <, & and “quotes”"
