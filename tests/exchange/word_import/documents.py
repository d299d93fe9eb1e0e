"""Word documents as text: what the councils' forms look like, and every way in which a program may wrap them."""

from __future__ import annotations

import io
import json
import zipfile
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from audit_desktop.core.framework import Framework
from audit_desktop.exchange.markdown import blocks_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from audit_desktop.core.framework import Statement

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT_W = "http://purl.oclc.org/ooxml/wordprocessingml/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_R = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE_R = "http://schemas.openxmlformats.org/package/2006/relationships"
ROOT = Path(__file__).resolve().parents[3]


def shipped(framework_id: str) -> Framework:
    """Return a shipped framework."""
    return Framework.build(json.loads((ROOT / "frameworks" / framework_id / "1.0.0.json").read_bytes()))


def document_xml(body: str, *, namespace: str = W) -> str:
    """Return the main part of a document with `body`."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{namespace}" xmlns:w14="{W14}" xmlns:mc="{MC}" '
        f'xmlns:r="{R}"><w:body>{body}<w:sectPr/></w:body></w:document>'
    )


def word_file(
    body: str,
    *,
    parts: Mapping[str, str | bytes] | None = None,
    relations: Sequence[tuple[str, str]] = (),
    strict: bool = False,
    main_type: str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
) -> bytes:
    """Return a Word file with `body`, further `parts` by name, and `relations` (kind, target) of the main part."""
    office = STRICT_R if strict else R
    types = (
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/word/document.xml" ContentType="{main_type}"/></Types>'
    )
    package = relations_xml([(f"{office}/officeDocument", "word/document.xml")])
    main = relations_xml([(f"{office}/{kind}", target) for kind, target in relations])
    everything = {
        "[Content_Types].xml": types,
        "_rels/.rels": package,
        "word/document.xml": document_xml(body, namespace=STRICT_W if strict else W),
        "word/_rels/document.xml.rels": main,
        **(parts or {}),
    }
    return zip_of(everything)


def zip_of(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a ZIP file with `parts`."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, compress_type=zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def relations_xml(relations: Sequence[tuple[str, str]]) -> str:
    """Return a relationships part with full types and targets."""
    entries = "".join(
        f'<Relationship Id="r{number}" Type="{kind}" Target="{escape(target)}"'
        f"{' TargetMode=' + chr(34) + 'External' + chr(34) if '://' in target else ''}/>"
        for number, (kind, target) in enumerate(relations)
    )
    return f'<?xml version="1.0"?><Relationships xmlns="{PACKAGE_R}">{entries}</Relationships>'


def run(text: str) -> str:
    """Return a run; newlines are line breaks."""
    inner = escape(text, quote=False).replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
    return f'<w:r><w:t xml:space="preserve">{inner}</w:t></w:r>'


def paragraphs(text: str) -> str:
    """Return one paragraph for each line."""
    return "".join(f"<w:p>{run(line)}</w:p>" for line in text.split("\n"))


def cell(content: str, *, span: int = 1, properties: str = "") -> str:
    """Return a cell; `content` is XML, or text of which each line becomes a paragraph."""
    inner = content if content.startswith("<w:") else paragraphs(content)
    wide = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return f"<w:tc><w:tcPr>{wide}{properties}</w:tcPr>{inner}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """Return a row of cells, each XML or text."""
    made = "".join(one if one.startswith(("<w:tc>", "<w:sdt>")) else cell(one) for one in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{made}</w:tr>"


def table(*rows: str) -> str:
    """Return a table."""
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def drop_down(shown: str, *, tag: str = "", prompt: bool = False) -> str:
    """Return a paragraph with a drop-down control at run level."""
    named = f'<w:tag w:val="{tag}"/>' if tag else ""
    flag = "<w:showingPlcHdr/>" if prompt else ""
    return (
        f"<w:p><w:sdt><w:sdtPr>{named}{flag}<w:dropDownList/></w:sdtPr>"
        f"<w:sdtContent>{run(shown)}</w:sdtContent></w:sdt></w:p>"
    )


def plain(text: str) -> str:
    """Return CommonMark as the lines that people see."""
    return "\n".join(block.text for block in blocks_of(text))


RowMaker = "Callable[[Section, Statement], list[str]]"


def rag_form(
    framework: Framework,
    answers: Mapping[str, object],
    *,
    mark: str = "X",
    order: Callable[[list[list[str]]], list[list[str]]] = list,
    statement_text: Callable[[Statement], str] = lambda statement: f"{statement.reference} {plain(statement.text)}",
) -> str:
    """Return the body of the attendance standards audit on its own layout, filled in with `answers` by address.

    `order` may shuffle or leave out the statements of a section, each with the rows that belong to it.
    """
    body: list[str] = []
    for section in framework.sections:
        rows = [
            row(cell(section.banner, span=4)),
            row(cell(plain(section.instruction), span=4)),
            row(section.heading, "Not in place\nRed", "Developing\n\nAmber", "Established\n\nGreen"),
        ]
        groups: list[list[str]] = []
        for number, statement in enumerate(section.statements):
            rating = answers.get(f"statement/{statement.id}/rating")
            marks = [mark if rating == level else "\u00a0" for level in ("not-in-place", "developing", "established")]
            comment = str(answers.get(f"statement/{statement.id}/visitor-comment", "\u00a0"))
            # The source has both: one wide cell below, and four narrow ones.
            below = row(cell(comment, span=4)) if number % 3 else row(comment, "", "", "")
            groups.append([row(statement_text(statement), *marks), below])
        rows += [made for group in order(groups) for made in group]
        evidence = str(answers.get(f"section/{section.id}/evidence", "\u00a0"))
        action = str(answers.get(f"section/{section.id}/action", "\u00a0"))
        rows += [
            row(section.status_label, cell("#N/A", span=3)),
            row(cell(section.heading, span=4)),
            row(cell("Evidence", span=4)),
            row(cell(evidence, span=4)),
            row(cell("Action", span=4)),
            row(cell(action, span=4)),
            row(cell(section.descriptors_heading, span=4)),
        ]
        for descriptor in section.descriptors:
            rows += [row(cell(descriptor.heading, span=4)), row(cell(plain(descriptor.text), span=4))]
        body += [table(*rows), "<w:p/>"]
    assert framework.overall is not None
    body.append(paragraphs(framework.overall.heading))
    for descriptor in framework.overall.descriptors:
        body.append(paragraphs(f"{descriptor.heading}\n{plain(descriptor.text)}"))
    recommended = answers.get("audit/recommended-actions")
    if recommended:
        body.append(paragraphs(f"Recommended actions\n{recommended}"))
    return "".join(body)


def norfolk_form(
    framework: Framework,
    answers: Mapping[str, object],
    *,
    typed: bool = False,
    order: Callable[[list[list[str]]], list[list[str]]] = list,
    statement_text: Callable[[Statement], str] = lambda statement: plain(statement.text),
) -> str:
    """Return the body of Norfolk's tool on its own layout: the number in a cell of its own, and six columns more."""
    body = [paragraphs(f"{framework.title} {framework.revised}")]
    for part in framework.introduction:
        body.append(paragraphs(f"{part.heading}\n{plain(part.text)}"))
    labels = {level.id: level.label for level in framework.scales[0].levels}
    heads = [column.heading for column in framework.layout.columns]
    for section in framework.sections:
        rows = [row(cell(f"{section.heading}\n{plain(section.purpose)}\n\n", span=7)), row("", *heads)]
        groups: list[list[str]] = []
        for statement in section.statements:
            at = f"statement/{statement.id}/"
            rating = answers.get(f"{at}rating")
            shown = labels.get(str(rating), "Choose an item.")
            grading = shown if typed and rating else drop_down(shown, prompt=rating is None)
            if "rating" in statement.without:
                grading = ""
            lines: list[str] = []
            for number in statement.numbers:
                value = answers.get(f"{at}{number.id}")
                label = number.label
                if isinstance(value, dict):
                    if value.get("period"):
                        start, _, rest = label.partition("[")
                        label = f"{start}[{value['period']}]{rest.partition(']')[2]}"
                    label = f"{label} {value.get('number', '')}"
                lines.append(label)
            lines += str(answers.get(f"{at}evidence", "")).split("\n")
            guidance = "\n".join(item.title for item in statement.guidance)
            groups.append(
                [
                    row(
                        statement.reference,
                        statement_text(statement),
                        guidance,
                        plain(statement.considerations),
                        grading,
                        "\n".join(lines),
                        str(answers.get(f"{at}areas-for-development", "")),
                    )
                ]
            )
        rows += [made for group in order(groups) for made in group]
        body += [table(*rows), "<w:p/>"]
    return "".join(body)
