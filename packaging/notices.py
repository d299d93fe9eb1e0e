"""The bill of materials (CycloneDX) and the licences in the frozen folder, from what was really built in."""

from __future__ import annotations

import json
import platform
import re
import shutil
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
_QT = ("pyside6-essentials", "shiboken6")
_QT_LICENCE = "LGPL-3.0-only"
_LICENCE_FILE = re.compile(r"(licen[cs]es?|copying|notice|authors)[\w.-]*", re.IGNORECASE)
_CLASSIFIERS = {"MIT License": "MIT", "BSD License": "BSD-3-Clause", "Apache Software License": "Apache-2.0"}


@dataclass(frozen=True, slots=True)
class Component:
    """Something of others in the frozen folder: its licence as SPDX writes it, and the files that hold its text."""

    name: str
    version: str
    licence: str
    address: str
    """The package URL of the bill of materials."""
    texts: tuple[Path, ...]
    files: tuple[str, ...] = ()
    """The files in the folder, where it is not a Python package."""


def pinned(requirements: str) -> list[str]:
    """Return the names that the text of a requirements file pins, each once, however many versions it pins."""
    return list(dict.fromkeys(re.findall(r"^([A-Za-z0-9._-]+)==", requirements, re.MULTILINE)))


def python_packages(names: list[str]) -> list[Component]:
    """Return what `names` are, as far as they are installed: the others are for other systems."""
    found: list[Component] = []
    for name in names:
        try:
            package = distribution(name)
        except PackageNotFoundError:
            continue
        licence = _QT_LICENCE if name.lower() in _QT else licence_of(package)
        address = f"pkg:pypi/{name.lower().replace('_', '-')}@{package.version}"
        found.append(Component(name, package.version, licence, address, _licence_files(package)))
    return found


def licence_of(package: Distribution) -> str:
    """Return the licence that `package` states, as SPDX writes it where it does."""
    stated = package.metadata.get("License-Expression") or package.metadata.get("License") or ""
    if stated and "\n" not in stated.strip() and len(stated) < 100:
        return stated.strip()
    for classifier in package.metadata.get_all("Classifier") or []:
        name = classifier.rpartition(" :: ")[2]
        if classifier.startswith("License ::") and name in _CLASSIFIERS:
            return _CLASSIFIERS[name]
    return "NOASSERTION"


def _licence_files(package: Distribution) -> tuple[Path, ...]:
    files = package.files or []
    # What a library was made from is told by its own bill of materials; that of a pure package lists only its tools.
    has_library = any(file.suffix in (".so", ".pyd", ".dylib") for file in files)
    chosen = [file for file in files if ".dist-info" in str(file) and _is_licence(file.parts, with_bills=has_library)]
    return tuple(Path(str(package.locate_file(file))) for file in sorted(chosen, key=str))


def _is_licence(parts: tuple[str, ...], *, with_bills: bool) -> bool:
    if "sboms" in parts:
        return with_bills
    return _LICENCE_FILE.fullmatch(parts[-1]) is not None or "licenses" in parts


def python_itself() -> list[Component]:
    """Return Python and the part of PyInstaller that starts the program."""
    version = platform.python_version()
    candidates = (Path(sysconfig.get_path("stdlib"), "LICENSE.txt"), Path(sys.base_prefix, "LICENSE.txt"))
    licence = tuple(path for path in candidates if path.is_file())[:1]
    found = [Component("python", version, "PSF-2.0", f"pkg:generic/python@{version}", licence)]
    try:
        freezer = distribution("pyinstaller")
    except PackageNotFoundError:
        return found
    address = f"pkg:pypi/pyinstaller@{freezer.version}"
    licence_name = "GPL-2.0-or-later WITH Bootloader-exception"
    texts = _licence_files(freezer)
    return [*found, Component("pyinstaller-bootloader", freezer.version, licence_name, address, texts)]


def system_libraries(libraries: Path) -> list[Component]:
    """Return the packages of Debian whose libraries lie in the folder `libraries`; none on another system."""
    if shutil.which("dpkg-query") is None:
        return []
    owners: dict[str, list[str]] = {}
    for path in sorted(libraries.glob("lib*.so*")):
        if path.name.startswith("libpython"):
            continue
        command = ["dpkg-query", "-S", f"*/{path.name}"]
        said = subprocess.run(command, capture_output=True, text=True, check=False).stdout
        packages = sorted({line.split(":")[0] for line in said.splitlines() if line.endswith(f"/{path.name}")})
        if packages:
            owners.setdefault(packages[0], []).append(path.name)
    found: list[Component] = []
    for package, names in owners.items():
        version = subprocess.run(
            ["dpkg-query", "-W", "-f", "${Version}\n", package], capture_output=True, text=True, check=True
        ).stdout.splitlines()[0]
        text = Path("/usr/share/doc", package, "copyright")
        address = f"pkg:deb/debian/{package}@{version}"
        texts = (text,) if text.is_file() else ()
        found.append(Component(package, version, "NOASSERTION", address, texts, tuple(names)))
    return found


def bill_of_materials(version: str, moment: int, components: list[Component]) -> str:
    """Return the bill of materials of the program's `version` as CycloneDX 1.6; the same for the same components."""
    listed = [_as_json(component) for component in sorted(components, key=lambda component: component.address)]
    contents = sha256(json.dumps(listed, sort_keys=True).encode()).hexdigest()
    program = f"pkg:generic/audit-desktop@{version}"
    document = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid5(NAMESPACE_URL, f'{program}#{contents}')}",
        "version": 1,
        "metadata": {
            "timestamp": datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "lifecycles": [{"phase": "build"}],
            "component": {
                "type": "application",
                "bom-ref": program,
                "name": "Audit Desktop",
                "version": version,
                "licenses": [{"license": {"id": "MIT"}}],
                "purl": program,
            },
        },
        "components": listed,
        "dependencies": [
            {"ref": program, "dependsOn": [entry["bom-ref"] for entry in listed]},
            *({"ref": entry["bom-ref"]} for entry in listed),
        ],
    }
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def _as_json(component: Component) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "type": "library",
        "bom-ref": component.address,
        "name": component.name,
        "version": component.version,
        "purl": component.address,
    }
    if component.licence != "NOASSERTION":
        entry["licenses"] = [{"expression": component.licence}]
    if component.files:
        entry["properties"] = [{"name": "audit-desktop:file", "value": name} for name in component.files]
    return entry


def write_notices(folder: Path, libraries: Path, version: str, moment: int) -> list[Component]:
    """Write the bill of materials and the licences into the frozen `folder` and return what they list.

    `libraries` is the folder of libraries inside it. Raises `ValueError` if a Python package comes without a licence.
    """
    names = pinned((ROOT / "requirements" / "run.txt").read_text(encoding="utf-8"))
    components = [*python_packages(names), *python_itself(), *system_libraries(libraries)]
    bill = bill_of_materials(version, moment, components)
    (folder / "sbom.cdx.json").write_text(bill, encoding="utf-8", newline="\n")
    licences = folder / "licences"
    shutil.rmtree(licences, ignore_errors=True)
    licences.mkdir()
    for name in ("LGPL-3.0.txt", "GPL-3.0.txt"):
        shutil.copyfile(HERE / "licences" / name, licences / name)
    shutil.copyfile(ROOT / "LICENSE", licences / "audit-desktop.txt")
    for component in components:
        if not component.texts and component.name.lower() not in _QT and component.licence == "NOASSERTION":
            raise ValueError(f"{component.name} comes without a licence")
        for number, text in enumerate(component.texts):
            target = licences / f"{component.name.lower()}-{number or ''}{text.name}".replace("-.", ".")
            shutil.copyfile(text, target)
    (licences / "READ-ME.txt").write_text(_read_me(components), encoding="utf-8", newline="\n")
    return components


def _read_me(components: list[Component]) -> str:
    qt = next((component.version for component in components if component.name.lower() in _QT), "")
    rows = "\n".join(
        f"  {component.name} {component.version}: "
        + (component.licence if component.licence != "NOASSERTION" else "see its file in this folder")
        for component in sorted(components, key=lambda component: component.name.lower())
    )
    text = (HERE / "licences" / "notice.txt").read_text(encoding="utf-8")
    return text.replace("{qt}", qt).replace("{components}", rows)
