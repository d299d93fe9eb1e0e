"""What Microsoft's validator does not see and Word, LibreOffice or a screen reader stumbles over."""

from __future__ import annotations

import itertools
from collections import Counter

import pytest
from lxml import etree

from audit_desktop.exchange.word.colours import contrast
from tests.exchange.audits import BOTH, NORFOLK, RAG, answer, exported, shipped, with_everything
from tests.exchange.word.documents import R, W, cells, controls, fill, main_part, parts, rows_by_statement, style_of


@pytest.fixture(scope="module", params=[(name, full) for name in BOTH for full in (False, True)], ids=str)
def document(request: pytest.FixtureRequest) -> dict[str, bytes]:
    framework_id, full = request.param
    return parts(exported(with_everything(framework_id)[0] if full else shipped(framework_id)))


@pytest.fixture(scope="module")
def body(document: dict[str, bytes]) -> etree._Element:
    return etree.fromstring(document["word/document.xml"])[0]


def test_every_cell_ends_in_a_paragraph(body: etree._Element) -> None:
    assert {cell[-1].tag for cell in body.iter(f"{W}tc")} == {f"{W}p"}


def test_every_row_fills_the_grid_and_every_width_is_set_three_times_alike(body: etree._Element) -> None:
    for table in body.iter(f"{W}tbl"):
        grid = [int(column.get(f"{W}w")) for column in table.iter(f"{W}gridCol")]
        assert table.find(f"{W}tblPr/{W}tblLayout").get(f"{W}type") == "fixed"
        assert int(table.find(f"{W}tblPr/{W}tblW").get(f"{W}w")) == sum(grid)
        for row in table.iter(f"{W}tr"):
            column = 0
            for cell in cells(row):
                span = cell.find(f"{W}tcPr/{W}gridSpan")
                columns = 1 if span is None else int(span.get(f"{W}val"))
                width = int(cell.find(f"{W}tcPr/{W}tcW").get(f"{W}w"))
                assert width == sum(grid[column : column + columns])
                column += columns
            assert column == len(grid)


def test_tables_stay_within_the_margins(body: etree._Element) -> None:
    widest = 0
    pages: list[tuple[int, int]] = []
    for block in body:
        if block.tag == f"{W}tbl":
            widest = max(widest, int(block.find(f"{W}tblPr/{W}tblW").get(f"{W}w")))
        section = block if block.tag == f"{W}sectPr" else block.find(f"{W}pPr/{W}sectPr")
        if section is not None:
            size, margin = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
            room = int(size.get(f"{W}w")) - int(margin.get(f"{W}left")) - int(margin.get(f"{W}right"))
            pages.append((widest, room))
            widest = 0
    assert all(room - 3 <= width <= room for width, room in pages if width)


def test_every_style_that_is_used_is_defined(document: dict[str, bytes], body: etree._Element) -> None:
    defined = {style.get(f"{W}styleId") for style in etree.fromstring(document["word/styles.xml"]).iter(f"{W}style")}
    used = {
        element.get(f"{W}val")
        for element in body.iter(f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle")
        if element is not None
    }
    assert used <= defined


def test_no_name_or_id_is_used_twice(body: etree._Element) -> None:
    names = [mark.get(f"{W}name") for mark in body.iter(f"{W}bookmarkStart")]
    ids = [mark.get(f"{W}id") for mark in body.iter(f"{W}bookmarkStart")]
    control_ids = [control.find(f"{W}sdtPr/{W}id").get(f"{W}val") for _, control in controls(body)]
    tags = [tag for tag, _ in controls(body)]
    for listed in (names, ids, control_ids, tags):
        assert [entry for entry, count in Counter(listed).items() if count > 1] == []
    assert all(name.startswith("_") and len(name) <= 40 for name in names)
    assert all(len(tag) <= 64 for tag in tags)


def test_the_choices_of_a_drop_down_differ_and_begin_with_the_prompt(body: etree._Element) -> None:
    for _, control in controls(body):
        items = list(control.iter(f"{W}listItem"))
        values = [item.get(f"{W}value") for item in items]
        assert values[0] == "Choose an item."
        assert items[0].get(f"{W}displayText") is None
        assert len(set(values)) == len(values)
        assert len({item.get(f"{W}displayText") for item in items}) == len(items)


def test_a_drop_down_cannot_be_deleted_and_shows_its_prompt_only_while_unrated(body: etree._Element) -> None:
    for _, control in controls(body):
        properties = control.find(f"{W}sdtPr")
        assert properties.find(f"{W}lock").get(f"{W}val") == "sdtLocked"
        assert properties.find(f"{W}dataBinding") is None
        shown = "".join(text.text or "" for text in control.iter(f"{W}t"))
        assert (properties.find(f"{W}showingPlcHdr") is not None) == (shown == "Choose an item.")


def test_no_empty_paragraph_stands_outside_a_table_except_where_a_section_ends(body: etree._Element) -> None:
    empty = [
        block
        for block in body
        if block.tag == f"{W}p"
        and not "".join(text.text or "" for text in block.iter(f"{W}t")).strip()
        and block.find(f".//{W}drawing") is None
    ]
    assert {style_of(block) for block in empty} <= {"SectionEnd"}
    assert all(block.find(f"{W}pPr/{W}sectPr") is not None for block in empty)


def test_two_tables_never_touch_and_the_document_ends_with_words(body: etree._Element) -> None:
    tags = [block.tag for block in body]
    assert (f"{W}tbl", f"{W}tbl") not in list(itertools.pairwise(tags))
    assert tags[-2] == f"{W}p"


def test_tables_of_statements_repeat_their_header_and_keep_rows_whole(body: etree._Element) -> None:
    rows = rows_by_statement(body)
    assert rows
    for row, _ in rows.values():
        header = row.getparent().find(f"{W}tr")
        assert header.find(f"{W}trPr/{W}tblHeader") is not None
        assert header.find(f"{W}trPr/{W}cantSplit") is not None
        length = max(len("".join(text.text or "" for text in cell.iter(f"{W}t"))) for cell in cells(row))
        assert length > 400 or row.find(f"{W}trPr/{W}cantSplit") is not None


def test_every_table_says_what_it_holds(body: etree._Element) -> None:
    captions = [table.find(f"{W}tblPr/{W}tblCaption") for table in body.iter(f"{W}tbl")]
    assert all(caption is not None and caption.get(f"{W}val") for caption in captions)


def test_headings_never_skip_a_level(body: etree._Element) -> None:
    levels = [int(style_of(p)[-1]) for p in body.iter(f"{W}p") if style_of(p).startswith("Heading")]
    assert levels
    before = 1
    for level in levels:
        assert level <= before + 1
        before = level


def test_text_on_colour_can_be_read(body: etree._Element) -> None:
    for cell in body.iter(f"{W}tc"):
        for run in cell.iter(f"{W}r"):
            paragraph = run.iterancestors(f"{W}p").__next__()
            shading = paragraph.find(f"{W}pPr/{W}shd")
            ground = shading.get(f"{W}fill") if shading is not None else fill(cell)
            colour = run.find(f"{W}rPr/{W}color")
            ink = colour.get(f"{W}val") if colour is not None else "1A1A1A"
            assert contrast(ground or "FFFFFF", ink) >= 4.5


def test_every_relationship_leads_somewhere(document: dict[str, bytes], body: etree._Element) -> None:
    relations = etree.fromstring(document["word/_rels/document.xml.rels"])
    known = {relation.get("Id"): relation for relation in relations}
    used = {value for element in body.iter() for name, value in element.attrib.items() if name.startswith(R)}
    assert used <= set(known)
    for relation in known.values():
        if relation.get("TargetMode") == "External":
            assert relation.get("Target").startswith(("https:", "http:", "mailto:"))
        else:
            assert f"word/{relation.get('Target')}".replace("word/../", "") in document


def test_links_in_the_document_lead_to_bookmarks_in_it(body: etree._Element) -> None:
    names = {mark.get(f"{W}name") for mark in body.iter(f"{W}bookmarkStart")}
    links = {link.get(f"{W}anchor") for link in body.iter(f"{W}hyperlink")} - {None}
    assert links
    assert links <= names


def test_the_language_and_title_are_set_everywhere(document: dict[str, bytes]) -> None:
    core = etree.fromstring(document["docProps/core.xml"])
    assert core.findtext("{*}language") == "en-GB"
    assert core.findtext("{*}title")
    assert core.findtext("{*}created") == "2026-11-22T14:02:00Z"
    assert b'<w:lang w:val="en-GB"' in document["word/styles.xml"]
    assert b'<w:themeFontLang w:val="en-GB"' in document["word/settings.xml"]


def test_opening_the_document_asks_nothing(document: dict[str, bytes]) -> None:
    assert b"updateFields" not in document["word/settings.xml"]
    assert b"w:dirty" not in document["word/document.xml"]
    assert b"documentProtection" not in document["word/settings.xml"]


def test_the_footer_counts_pages(document: dict[str, bytes]) -> None:
    footer = document["word/footer1.xml"]
    assert b" PAGE " in footer
    assert b" NUMPAGES " in footer


def test_nothing_of_the_moment_of_writing_is_in_the_package() -> None:
    import zipfile
    from io import BytesIO

    with zipfile.ZipFile(BytesIO(exported(shipped(RAG)))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert all(not entry.extra for entry in archive.infolist())
        assert archive.namelist()[0] == "[Content_Types].xml"


def test_norfolks_tables_lie_across_the_page_and_the_rest_stands_upright() -> None:
    sections = list(main_part(exported(shipped(NORFOLK))).iter(f"{W}sectPr"))
    across = [section.find(f"{W}pgSz").get(f"{W}orient") == "landscape" for section in sections]
    assert across == [False, True, False]
    for section, is_across in zip(sections, across, strict=True):
        size = section.find(f"{W}pgSz")
        assert (int(size.get(f"{W}w")) > int(size.get(f"{W}h"))) == is_across


def test_lists_are_real_lists() -> None:
    body = main_part(exported(shipped(NORFOLK)))
    row, _ = rows_by_statement(body)["_ad1_1_2"]
    bullets = [p for p in row.iter(f"{W}p") if style_of(p) == "TableBullet"]
    assert len(bullets) == 6
    assert not any("•" in (text.text or "") or "·" in (text.text or "") for text in body.iter(f"{W}t"))


def test_numbered_lists_begin_where_the_source_begins() -> None:
    document = parts(exported(shipped(NORFOLK)))
    numbered = [p for p in etree.fromstring(document["word/document.xml"]).iter(f"{W}p") if style_of(p) == "ListNumber"]
    assert len(numbered) == 4
    (own_id,) = {p.find(f"{W}pPr/{W}numPr/{W}numId").get(f"{W}val") for p in numbered}
    numbering = etree.fromstring(document["word/numbering.xml"])
    (instance,) = [num for num in numbering.iter(f"{W}num") if num.get(f"{W}numId") == own_id]
    assert instance.find(f"{W}lvlOverride/{W}startOverride").get(f"{W}val") == "1"


def test_the_snapshot_says_what_the_document_says_and_two_properties_name_the_framework() -> None:
    audit = shipped(RAG)
    answer(audit, "statement/1.1/rating", "developing")
    answer(audit, "section/1/evidence", "Two lines\nof evidence")
    answer(audit, "section/1/status-override", {"status": "red", "reason": "So."})
    document = parts(exported(audit))
    snapshot = etree.fromstring(document["customXml/item1.xml"])
    held = {
        entry.get("address"): {inner.tag.split("}")[1]: inner.text for inner in entry} or entry.text
        for entry in snapshot
    }
    assert held == {
        "statement/1.1/rating": "developing",
        "section/1/evidence": "Two lines\nof evidence",
        "section/1/status-override": {"status": "red", "reason": "So."},
    }
    assert b">attendance-standards-rag@1.0.0<" in document["docProps/custom.xml"]


@pytest.mark.parametrize("framework_id", BOTH)
def test_every_page_but_the_first_is_headed_by_the_audit_and_the_school(framework_id: str) -> None:
    audit = shipped(framework_id)
    answer(audit, "audit/school-name", "Hill Primary School")
    document = parts(exported(audit))
    heads = [name for name in document if name.startswith("word/header") and b"Hill Primary School" in document[name]]
    relations = etree.fromstring(document["word/_rels/document.xml.rels"])
    targets = {relation.get("Id"): f"word/{relation.get('Target')}" for relation in relations}
    referring = [
        (reference.get(f"{W}type"), targets[reference.get(f"{R}id")])
        for reference in etree.fromstring(document["word/document.xml"]).iter(f"{W}headerReference")
    ]
    # Later sections refer to none, and so have the first one's.
    assert [target for kind, target in referring if kind == "default"] == heads
