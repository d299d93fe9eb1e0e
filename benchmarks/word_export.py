"""Word export of 60, 500 and 5,000 statements against the floor, docxtpl and python-docx's own table calls.

`python -m benchmarks.word_export [--quick]` prints how long each took and the ratios. The floor writes the very parts
of our document with `zipfile` alone. docxtpl repeats the very row of our document, and keeps one bookmark's name for
all. python-docx fills a table of the same words, without controls, lists, links or bookmarks, through `table.cell`, and
at 5,000 rows through `table.rows[…].cells`, since `table.cell` takes hours there (at 500 rows it takes minutes).
The best of several runs in one process counts: an export remembers what it drew of its framework's texts, so this is
the rate of an export of many; the first one of a process has everything to draw.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import zipfile
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docx import Document
from docx.oxml.parser import parse_xml
from lxml import etree

from audit_desktop.core.audit import Audit
from audit_desktop.core.edits import Author, Role
from audit_desktop.core.framework import Framework
from audit_desktop.exchange.exporters import export_audit
from audit_desktop.exchange.report_builder import build_report
from audit_desktop.exchange.word.anchors import Anchors
from audit_desktop.exchange.word.writer import word_document
from audit_desktop.exchange.word.xml_text import escape
from benchmarks.measuring import Ratio, table

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[1]
TEMPLATE = ROOT / "resources" / "word" / "template.docx"
NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
TAG_ROW = (
    '<w:tr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:tc><w:p><w:r><w:t>TAG</w:t></w:r></w:p>'
    "</w:tc></w:tr>"
)
SIZES = (60, 500, 5000)
RUNS = {60: 15, 500: 7, 5000: 3}
TARGETS = {60: 12.0, 500: 7.0, 5000: 6.0}
SECTIONS = 5
HEADINGS = ("Leaders should ensure that:", "Guidance", "Considerations", "Grading", "How do we know?", "Development")
AUTHOR = Author("A colleague", Role.SCHOOL)
QUESTION = "Leaders create and maintain a culture in which attendance is promoted, valued and celebrated, number {}."
POINTS = ("A high-status topic with high aspirations for all", "Recognised as part of improving pupils' welfare")
EVIDENCE = "Registers are reviewed each Monday & followed up.\nMinutes are kept in the shared folder, item {}."
DEVELOPMENT = "Share the summary with all staff by half-term."


def statement(number: int) -> dict[str, Any]:
    """Return one statement with two bullets, a link, a grade and two texts to be written."""
    return {
        "id": f"s{number}",
        "reference": f"{number}",
        "text": QUESTION.format(number),
        "guidance": [{"title": f"Guidance {number}", "link": "https://example.org/guidance"}],
        "considerations": "Consider:\n\n" + "\n".join(f"- {point}" for point in POINTS),
    }


def framework(size: int) -> Framework:
    """Return a framework of `size` statements laid out in six columns."""
    levels = ("Identifying", "Developing", "Embedding", "Sustaining")
    shows = (["reference", "text"], ["guidance"], ["considerations"], ["rating"], ["evidence"], ["development"])
    each = size // SECTIONS
    return Framework.build(
        {
            "format": 1,
            "id": "benchmark",
            "version": "1.0.0",
            "title": "Benchmark",
            "publisher": "-",
            "source": "-",
            "language": "en-GB",
            "summary": "-",
            "section_noun": "Objective",
            "scales": [
                {
                    "id": "rating",
                    "label": "Grading",
                    "levels": [
                        {"id": level.lower(), "label": level, "colour": f"#{40 * index:02x}80a0"}
                        for index, level in enumerate(levels)
                    ],
                }
            ],
            "fields": {
                "statement": [
                    {"id": "rating", "kind": "rating", "label": "Grading", "scale": "rating"},
                    {"id": "evidence", "kind": "long-text", "label": "How do we know?"},
                    {"id": "development", "kind": "long-text", "label": "Development"},
                ]
            },
            "sections": [
                {
                    "id": str(section),
                    "title": f"Section {section}",
                    "heading": f"{section}. Section",
                    "statements": [statement(number) for number in range(section * each, (section + 1) * each)],
                }
                for section in range(SECTIONS)
            ],
            "layout": {
                "orientation": "landscape",
                "columns": [
                    {"heading": heading, "width": width, "shows": shown}
                    for heading, width, shown in zip(HEADINGS, (20, 14, 22, 10, 18, 16), shows, strict=True)
                ],
            },
        }
    )


def filled(size: int) -> Audit:
    """Return an audit of `size` statements in which everything is answered."""
    audit = Audit.new("benchmark", framework(size), b"")
    for number in range(size):
        for field, value in (
            ("rating", ("identifying", "developing", "embedding", "sustaining")[number % 4]),
            ("evidence", EVIDENCE.format(number)),
            ("development", DEVELOPMENT),
        ):
            audit.record(
                audit.state.make_edit(f"statement/s{number}/{field}", value, at="", author=AUTHOR, sitting="s")
            )
    return audit


def export(audit: Audit) -> bytes:
    """Return the whole export: model, document, package, and the check that reads it back."""
    return export_audit(audit, "word", template=TEMPLATE, now=NOW)


def floor(entries: list[tuple[str, bytes]]) -> bytes:
    """Return the same parts written with `zipfile` alone."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return buffer.getvalue()


def words(number: int) -> tuple[str, ...]:
    """Return the six texts of a statement's row."""
    considered = "\n".join(("Consider:", *POINTS))
    return (
        QUESTION.format(number),
        f"Guidance {number}",
        considered,
        "Developing",
        EVIDENCE.format(number),
        DEVELOPMENT,
    )


def pieces(number: int) -> tuple[str, ...]:
    """Return the texts of a statement's row one by one."""
    return (
        QUESTION.format(number),
        f"Guidance {number}",
        *POINTS,
        "Developing",
        *EVIDENCE.format(number).split("\n"),
        DEVELOPMENT,
    )


def docxtpl_template(folder: Path) -> Path:
    """Return a template whose repeated row is the very row of our document, with its words to be filled in."""
    document = Document(BytesIO(export(filled(SECTIONS))))
    first = next(entry for entry in document.tables if entry.rows[0].cells[0].text == HEADINGS[0])
    row = etree.tostring(first.rows[1]._tr, encoding="unicode")
    first_evidence, second_evidence = EVIDENCE.format(0).split("\n")
    said = (QUESTION.format(0), "Guidance 0", *POINTS, "Identifying", first_evidence, second_evidence, DEVELOPMENT)
    for index, text in enumerate(said):
        row = row.replace(f">{escape(text)}<", f">{{{{ row[{index}] }}}}<")
    before, _, after = TAG_ROW.partition("TAG")
    tags = [parse_xml(f"{before}{{%tr {tag} %}}{after}") for tag in ("for row in rows", "endfor")]
    body = first._tbl.getparent()
    for statement_row in list(first._tbl.tr_lst)[1:]:
        first._tbl.remove(statement_row)
    for element in (tags[0], parse_xml(row), tags[1]):
        first._tbl.append(element)
    for other in [entry for entry in body if entry is not first._tbl and not entry.tag.endswith("}sectPr")]:
        body.remove(other)
    path = folder / "docxtpl.docx"
    document.save(str(path))
    return path


def with_docxtpl(template: Path, size: int) -> None:
    """Render a table of the same words."""
    from docxtpl import DocxTemplate

    document = DocxTemplate(str(template))
    document.render({"rows": [pieces(number) for number in range(size)]}, autoescape=True)
    document.save(BytesIO())


def with_cell_calls(size: int) -> None:
    """Fill a table of the same words through `table.cell`."""
    document = Document(str(TEMPLATE))
    filled_table = document.add_table(rows=size, cols=len(HEADINGS))
    for number in range(size):
        for column, text in enumerate(words(number)):
            filled_table.cell(number, column).text = text
    document.save(BytesIO())


def with_row_calls(size: int) -> None:
    """Fill a table of the same words through `table.rows[…].cells`."""
    document = Document(str(TEMPLATE))
    filled_table = document.add_table(rows=size, cols=len(HEADINGS))
    for number in range(size):
        for cell, text in zip(filled_table.rows[number].cells, words(number), strict=True):
            cell.text = text
    document.save(BytesIO())


def milliseconds(work: Callable[[], object]) -> float:
    """Return how long the processor worked on `work`; others on the machine are not counted."""
    started = time.process_time()
    work()
    return (time.process_time() - started) * 1000


def compared(
    what: str, ours: Callable[[], object], theirs: Callable[[], object], runs: int, target: float | None
) -> Ratio:
    """Return how the best of `runs` of each, taken in turn, compare."""
    pairs = [(milliseconds(ours), milliseconds(theirs)) for _ in range(runs)]
    return Ratio(what, min(pair[0] for pair in pairs), min(pair[1] for pair in pairs), "ms", target)


def measured(size: int, folder: Path, *, quick: bool) -> list[Ratio]:
    """Return every comparison at `size` statements."""
    audit = filled(size)
    runs = RUNS[size]
    report, anchors = build_report(audit, NOW), Anchors(audit.framework)
    with zipfile.ZipFile(BytesIO(export(audit))) as archive:
        entries = [(name, archive.read(name)) for name in archive.namelist()]
    template = docxtpl_template(folder)
    name = f"{size:,} rows"
    ratios = [
        compared(f"{name}: export / floor", lambda: export(audit), lambda: floor(entries), runs, TARGETS[size]),
        compared(
            f"{name}: drawing and packing alone / floor",
            lambda: word_document(report, anchors, TEMPLATE),
            lambda: floor(entries),
            runs,
            None,
        ),
        compared(
            f"{name}: export / docxtpl", lambda: export(audit), lambda: with_docxtpl(template, size), runs, 1 / 1.5
        ),
    ]
    if size == SIZES[-1]:
        if not quick:
            calls = f"{name}: export / python-docx, rows[…].cells"
            ratios.append(compared(calls, lambda: export(audit), lambda: with_row_calls(size), 1, 1 / 20))
    elif size == SIZES[0] or not quick:
        calls = f"{name}: export / python-docx, table.cell"
        ratios.append(compared(calls, lambda: export(audit), lambda: with_cell_calls(size), 1, None))
    return ratios


def main() -> int:
    """Measure and print; the exit status is 1 if a target was missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.word_export", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="leave the slowest comparisons out")
    arguments = parser.parse_args()
    ratios: list[Ratio] = []
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            ratios += measured(size, Path(folder), quick=arguments.quick)
    print(table(ratios))
    return int(any(ratio.is_missed for ratio in ratios))


if __name__ == "__main__":
    sys.exit(main())
