"""The bill of materials and the licences: everything that runs is listed, and the same build gives the same list."""

from __future__ import annotations

import json
import re
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest
from notices import ROOT, Component, bill_of_materials, pinned, python_packages, write_notices

if TYPE_CHECKING:
    from pathlib import Path

QT = Component("shiboken6", "6.8.3", "LGPL-3.0-only", "pkg:pypi/shiboken6@6.8.3", ())
SYSTEM = Component("libz", "1.2", "NOASSERTION", "pkg:deb/debian/libz@1.2", (), ("libz.so.1",))


def test_every_pinned_package_that_is_installed_is_listed_with_a_licence() -> None:
    components = python_packages(pinned((ROOT / "requirements" / "run.txt").read_text(encoding="utf-8")))
    assert {"lxml", "jinja2", "pydantic"} <= {component.name for component in components}
    assert [component.name for component in components if component.licence == "NOASSERTION"] == []


def test_the_bill_of_materials_names_each_component_once_and_the_program_depends_on_all() -> None:
    bill = json.loads(bill_of_materials("1.2.3", 0, [SYSTEM, QT]))
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    assert bill["metadata"]["component"]["version"] == "1.2.3"
    assert [entry["purl"] for entry in bill["components"]] == [SYSTEM.address, QT.address]
    assert bill["components"][1]["licenses"] == [{"expression": "LGPL-3.0-only"}]
    assert bill["dependencies"][0]["dependsOn"] == [SYSTEM.address, QT.address]
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", bill["serialNumber"])


def test_a_package_with_another_version_for_another_python_is_listed_once() -> None:
    text = "shiboken6==6.11 ; python_version < '3.12' \\\n --hash=x\nshiboken6==6.12 ; python_version >= '3.12'\n"
    assert pinned(text) == ["shiboken6"]


def test_the_order_in_which_components_are_found_changes_nothing() -> None:
    assert bill_of_materials("1", 5, [QT, SYSTEM]) == bill_of_materials("1", 5, [SYSTEM, QT])


def test_another_component_makes_another_bill() -> None:
    bills = [json.loads(bill_of_materials("1", 0, components)) for components in ([QT], [SYSTEM])]
    assert bills[0]["serialNumber"] != bills[1]["serialNumber"]


@pytest.mark.skipif(find_spec("PySide6") is None, reason="without Qt there is nothing to tell of it")
def test_who_receives_the_program_is_told_of_the_lgpl_and_where_the_sources_are(tmp_path: Path) -> None:
    write_notices(tmp_path, tmp_path, "1.2.3", 0)
    notice = (tmp_path / "licences" / "READ-ME.txt").read_text(encoding="utf-8")
    assert "LGPL-3.0-only" in notice
    assert "https://download.qt.io/official_releases/qt/" in notice
    assert "{" not in notice
    for name in ("LGPL-3.0.txt", "GPL-3.0.txt", "audit-desktop.txt"):
        assert (tmp_path / "licences" / name).stat().st_size > 500
    names = {path.name for path in (tmp_path / "licences").iterdir()}
    assert any(name.startswith("lxml") for name in names)
