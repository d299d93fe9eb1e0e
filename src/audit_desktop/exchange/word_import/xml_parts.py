"""The XML parts of a Word document, parsed so that nothing outside the file is reached and nothing in it expands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

import lxml.etree

from audit_desktop.core.errors import AuditDesktopError, FaultCode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit_desktop.exchange.word_import.marks import XmlElement
    from audit_desktop.exchange.word_import.zip_parts import ZipParts

# The library describes no types of its own.
_etree = cast("Any", lxml.etree)  # pyright: ignore[reportUnknownMemberType, reportAttributeAccessIssue]
_PACKAGE_RELATIONSHIPS: Final = "_rels/.rels"
_CONTENT_TYPES: Final = "[content_types].xml"
# Transitional and Strict documents name the same relationships differently.
_RELATIONSHIP_TYPES: Final = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/",
    "http://purl.oclc.org/ooxml/officeDocument/relationships/",
    "http://schemas.microsoft.com/office/2006/relationships/",
)


def parse_xml(data: bytes, place: str) -> XmlElement:
    """Return the root of the XML in `data`.

    Raises `WORD_HAS_DOCTYPE` for a document type, whatever it declares, and `WORD_DAMAGED` for what is no XML or
    nests too deeply.
    """
    # Comments and instructions split text into pieces and say nothing; the depth limit of 256 stays on.
    parser = _etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    # Before parsing too: a parser reads the whole of a document type before anyone can refuse it.
    if b"<!DOCTYPE" in data:
        raise AuditDesktopError(FaultCode.WORD_HAS_DOCTYPE, place)
    try:
        root = _etree.fromstring(data, parser)
    except (_etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise AuditDesktopError(FaultCode.WORD_DAMAGED, place, problem=f"a part is no XML: {error}") from None
    if root.getroottree().docinfo.doctype:
        raise AuditDesktopError(FaultCode.WORD_HAS_DOCTYPE, place)
    return root


class Relation:
    """Where a relationship of one part leads. `kind` is the last word of its type, as "comments"."""

    __slots__ = ("is_external", "kind", "target")

    def __init__(self, kind: str, target: str, *, is_external: bool) -> None:
        self.kind = kind
        self.target = target
        self.is_external = is_external


class Package:
    """The parts of a document by what they are, found through relationships and never by their usual names."""

    def __init__(self, parts: ZipParts, place: str) -> None:
        """Find the main part. Raises `WORD_NOT_A_DOCUMENT` if there is none."""
        self._parts = parts
        self._place = place
        if _PACKAGE_RELATIONSHIPS not in parts:
            raise AuditDesktopError(FaultCode.WORD_NOT_A_DOCUMENT, place)
        self._of_package = self._relations("")
        main = next((found for found in self._of_package if found.kind == "officeDocument"), None)
        if main is None or main.is_external or main.target not in parts:
            raise AuditDesktopError(FaultCode.WORD_NOT_A_DOCUMENT, place)
        self.main_name = main.target
        self._of_main = self._relations(main.target)

    def main(self) -> XmlElement:
        """Return the root of the main part."""
        return parse_xml(self._parts.read(self.main_name), self._place)

    def of_main(self, kind: str) -> Iterator[XmlElement]:
        """Yield the roots of the parts of `kind` that the main part has."""
        yield from self._roots(self._of_main, kind)

    def of_package(self, kind: str) -> Iterator[XmlElement]:
        """Yield the roots of the parts of `kind` that the package itself has."""
        yield from self._roots(self._of_package, kind)

    def has_macros(self) -> bool:
        """Return whether the document brings a program along."""
        if any(name.endswith("vbaproject.bin") for name in self._parts.names()):
            return True
        return _CONTENT_TYPES in self._parts and b"macroenabled" in self._parts.read(_CONTENT_TYPES).lower()

    def refers_to_files(self) -> bool:
        """Return whether the document wants pictures, templates or other files from elsewhere; links do not count."""
        return any(found.is_external and found.kind != "hyperlink" for found in self._of_main)

    def _roots(self, relations: list[Relation], kind: str) -> Iterator[XmlElement]:
        for found in relations:
            if found.kind == kind and not found.is_external and found.target in self._parts:
                yield parse_xml(self._parts.read(found.target), self._place)

    def _relations(self, source: str) -> list[Relation]:
        folder, _, name = source.rpartition("/")
        listing = f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"
        if listing not in self._parts:
            return []
        relations: list[Relation] = []
        for element in parse_xml(self._parts.read(listing), self._place):
            kind = element.get("Type", "")
            for start in _RELATIONSHIP_TYPES:
                kind = kind.removeprefix(start)
            is_external = element.get("TargetMode", "") == "External"
            target = element.get("Target", "")
            relations.append(
                Relation(kind, target if is_external else _resolve(folder, target), is_external=is_external)
            )
        return relations


def _resolve(folder: str, target: str) -> str:
    """Return the name of the part that `target`, said from within `folder`, means."""
    steps = [] if target.startswith("/") or not folder else folder.split("/")
    for step in target.replace("\\", "/").split("/"):
        if step == "..":
            del steps[-1:]
        elif step not in ("", "."):
            steps.append(step)
    return "/".join(steps)
