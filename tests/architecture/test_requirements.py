"""What gets installed: pinned, the same for running and testing, and each with its reason."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PIN = re.compile(r"^([a-z0-9-]+)==(\S+)", re.MULTILINE)
NEEDED = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def text_of(name: str) -> str:
    return (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")


def names_in(requirements: list[str]) -> list[str]:
    return [re.split(r"[<>=~]", requirement)[0].lower() for requirement in requirements]


def test_tests_run_with_the_versions_that_people_run() -> None:
    assert dict(PIN.findall(text_of("run"))).items() <= dict(PIN.findall(text_of("test"))).items()


@pytest.mark.parametrize("name", ["run", "test", "corpus"])
def test_every_version_is_pinned_with_its_hashes_and_no_index_is_named(name: str) -> None:
    text = text_of(name)
    for requirement in re.split(r"\n(?=\S)", text.strip()):
        assert PIN.match(requirement), requirement
        assert "--hash=sha256:" in requirement
    assert not re.search(r"https?:|--index|--extra|--find", text)


def test_everything_the_project_asks_for_is_pinned() -> None:
    assert set(names_in(NEEDED["project"]["dependencies"])) <= dict(PIN.findall(text_of("run"))).keys()
    assert set(names_in(NEEDED["dependency-groups"]["test"])) <= dict(PIN.findall(text_of("test"))).keys()


def test_everything_the_program_imports_is_asked_for() -> None:
    imported: set[str] = set()
    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                imported.add(node.module.split(".")[0])
    found = packages_distributions()
    asked_for = set(names_in(NEEDED["project"]["dependencies"])) | {"pydantic-core", "pyside6-essentials"}
    for name in imported - sys.stdlib_module_names - {"audit_desktop", "PySide6", "shiboken6"}:
        assert {distribution.lower().replace("_", "-") for distribution in found[name]} & asked_for, name


def test_every_dependency_has_its_reason_written_down() -> None:
    reasons = (ROOT / "docs" / "decisions" / "0001-dependencies.md").read_text(encoding="utf-8").lower()
    groups = NEEDED["dependency-groups"]
    wanted = [*NEEDED["project"]["dependencies"], *groups["test"], *groups["corpus"], *groups["benchmark"]]
    assert [name for name in names_in(wanted) if f"`{name}`" not in reasons] == []
