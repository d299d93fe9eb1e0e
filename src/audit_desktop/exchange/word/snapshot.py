"""The answers that a document shows, once more for machines: a custom XML part and two short properties.

It holds nothing that cannot be read in the document, so that nobody gives away more than they see.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from audit_desktop.exchange.word.xml_text import escape

if TYPE_CHECKING:
    from docx.document import Document

    from audit_desktop.core.edits import JsonValue
    from audit_desktop.exchange.report_model import Answer, Report

NAMESPACE: Final = "urn:audit-desktop:answers:1"
SCHEMA: Final = 1
STORE_ID: Final = "{4B8A1F0E-5C0B-4C53-8C4C-7B1B6F2D9A11}"

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PROPERTIES_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


def snapshot_xml(report: Report) -> str:
    """Return every answer that `report` shows, as XML."""
    answers = "".join([_answer(answer) for answer in report.answers() if answer.text or answer.versions])
    return (
        f'{_DECLARATION}<answers xmlns="{NAMESPACE}" schema="{SCHEMA}" framework="{escape(report.framework_id)}" '
        f'version="{escape(report.framework_version)}">{answers}</answers>'
    )


def _answer(answer: Answer) -> str:
    address = escape(answer.address)
    if not answer.versions:
        return f'<answer address="{address}">{_value(answer.value)}</answer>'
    versions = "".join(
        f'<version author="{escape(version.author)}" on="{escape(version.on)}">{_value(version.value)}</version>'
        for version in answer.versions
    )
    return f'<conflict address="{address}">{versions}</conflict>'


def _value(value: JsonValue | None) -> str:
    if isinstance(value, str):
        return escape(value)
    if value is None:
        return ""
    if isinstance(value, dict):
        named = cast("dict[str, JsonValue]", value)
        return "".join(f"<{key}>{_value(named[key])}</{key}>" for key in sorted(named))
    if isinstance(value, list):
        return "".join(f"<item>{_value(entry)}</item>" for entry in cast("list[JsonValue]", value))
    if isinstance(value, bool):
        return "true" if value else "false"
    return escape(str(value))


def add_snapshot(document: Document, report: Report) -> None:
    """Put the snapshot of `report` into `document`."""
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    package: Any = document.part.package
    item = Part(PackURI("/customXml/item1.xml"), "application/xml", snapshot_xml(report).encode("utf-8"), package)
    described = Part(
        PackURI("/customXml/itemProps1.xml"),
        "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
        (
            f'{_DECLARATION}<ds:datastoreItem xmlns:ds="{_OFFICE}/customXml" ds:itemID="{STORE_ID}">'
            f'<ds:schemaRefs><ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
        ).encode(),
        package,
    )
    item.relate_to(described, f"{_OFFICE}/relationships/customXmlProps")
    document.part.relate_to(item, f"{_OFFICE}/relationships/customXml")
    names = (
        ("AuditDesktopSchema", str(SCHEMA)),
        ("AuditDesktopFramework", f"{report.framework_id}@{report.framework_version}"),
    )
    properties = "".join(
        f'<property fmtid="{_PROPERTIES_ID}" pid="{number}" name="{name}">'
        f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(names, start=2)
    )
    custom = Part(
        PackURI("/docProps/custom.xml"),
        "application/vnd.openxmlformats-officedocument.custom-properties+xml",
        (
            f'{_DECLARATION}<Properties xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_OFFICE}/docPropsVTypes">'
            f"{properties}</Properties>"
        ).encode(),
        package,
    )
    package.relate_to(custom, f"{_OFFICE}/relationships/custom-properties")
