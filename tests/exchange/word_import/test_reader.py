"""What is read out of a document, whatever a word processor wrapped around it."""

from __future__ import annotations

import pytest

from audit_desktop.exchange.word_import.document import NoteCode, Paragraph, Table, WordDocument
from audit_desktop.exchange.word_import.reader import read_word
from tests.exchange.word_import.documents import (
    W,
    cell,
    drop_down,
    paragraphs,
    row,
    run,
    table,
    word_file,
)


def cells_of(*rows: str, strict: bool = False) -> list[list[str]]:
    document = read_word(word_file(table(*rows), strict=strict), "form.docx")
    (made,) = document.tables()
    return [[found.text for found in found_row] for found_row in made.rows]


def text_of(paragraph: str) -> str:
    (found,) = read_word(word_file(f"<w:p>{paragraph}</w:p>"), "form.docx").blocks
    assert isinstance(found, Paragraph)
    return found.text


def notes_of(body: str) -> tuple[NoteCode, ...]:
    return read_word(word_file(body), "form.docx").notes


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        (run("a") + "<w:r><w:br/></w:r>" + run("b"), "a\nb"),
        (run("a") + "<w:r><w:cr/></w:r>" + run("b"), "a\nb"),
        (run("a") + "<w:r><w:tab/></w:r>" + run("b"), "a\tb"),
        (f"{run('whole')}<w:r><w:noBreakHyphen/></w:r>{run('school')}", "whole-school"),
        (f'<w:ins w:id="1">{run("inserted")}</w:ins>', "inserted"),
        (f'<w:moveTo w:id="1">{run("moved here")}</w:moveTo>', "moved here"),
        (f"<w:smartTag>{run('London')}</w:smartTag>", "London"),
        (f'<w:customXml w:element="x">{run("kept")}</w:customXml>', "kept"),
        (f"<w:hyperlink>{run('a link')}</w:hyperlink>", "a link"),
        (f"<w:fldSimple>{run('a field')}</w:fldSimple>", "a field"),
        (
            f"<mc:AlternateContent><mc:Choice>{run('new')}</mc:Choice><mc:Fallback>{run('old')}</mc:Fallback></mc:AlternateContent>",
            "new",
        ),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', "✓"),
        ('<w:r><w:sym w:font="Wingdings 2" w:char="F051"/></w:r>', "☒"),
    ],
)
def test_text_is_read_through_what_may_stand_around_it(markup: str, text: str):
    assert text_of(markup) == text


@pytest.mark.parametrize(
    "unseen",
    [
        '<w:del w:id="1"><w:r><w:delText>gone</w:delText></w:r></w:del>',
        f'<w:moveFrom w:id="1">{run("moved away")}</w:moveFrom>',
        "<w:r><w:instrText>PAGE</w:instrText></w:r>",
        f"<w:r><w:pict><w:txbxContent><w:p>{run('in a box')}</w:p></w:txbxContent></w:pict></w:r>",
    ],
)
def test_what_nobody_sees_in_the_text_is_left_out(unseen: str):
    assert text_of(run("seen") + unseen) == "seen"


def test_a_paragraph_whose_mark_is_deleted_runs_on_into_the_next():
    joined = f'<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>{run("one ")}</w:p><w:p>{run("text")}</w:p>'
    assert cells_of(row(cell(joined))) == [["one text"]]


def test_paragraphs_of_a_cell_are_its_lines():
    assert cells_of(row("first\n\nthird")) == [["first\n\nthird"]]


def test_a_control_around_a_cell_does_not_shift_the_columns():
    wrapped = f'<w:sdt><w:sdtPr><w:tag w:val="t"/></w:sdtPr><w:sdtContent>{cell("b")}</w:sdtContent></w:sdt>'
    assert cells_of(row("a", wrapped, "c")) == [["a", "b", "c"]]


def test_a_control_around_a_cell_tells_its_tag_and_what_the_cell_shows():
    wrapped = f'<w:sdt><w:sdtPr><w:tag w:val="t"/></w:sdtPr><w:sdtContent>{cell("b")}</w:sdtContent></w:sdt>'
    (made,) = read_word(word_file(table(row("a", wrapped))), "form.docx").tables()
    (control,) = made.rows[0][1].controls
    assert (control.tag, control.text) == ("t", "b")


def test_a_control_around_a_row_keeps_the_row():
    wrapped = f"<w:sdt><w:sdtPr/><w:sdtContent>{row('a', 'b')}</w:sdtContent></w:sdt>"
    assert cells_of(row("x", "y"), wrapped) == [["x", "y"], ["a", "b"]]


def test_inserted_rows_are_read_and_deleted_rows_are_not():
    inserted = row("new", properties='<w:ins w:id="1"/>')
    deleted = row("old", properties='<w:del w:id="2"/>')
    assert cells_of(row("kept"), inserted, deleted) == [["kept"], ["new"]]


def test_cells_know_the_columns_of_the_grid_that_they_cover():
    wide = f'<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>{cell("a", span=2)}{cell("b")}</w:tr>'
    (made,) = read_word(word_file(table(wide)), "form.docx").tables()
    assert [(found.column, found.span) for found in made.rows[0]] == [(1, 2), (3, 1)]


def test_a_table_in_a_cell_is_read_as_lines_of_the_cell():
    inner = table(row("x", "y"), row("1", "2"))
    assert cells_of(row(cell(f"{paragraphs('before')}{inner}<w:p/>"), "next")) == [["before\nx\ty\n1\t2\n", "next"]]


def test_a_drop_down_that_shows_its_prompt_is_empty():
    assert cells_of(row(drop_down("Choose an item.", prompt=True))) == [[""]]


def test_a_drop_down_that_was_chosen_from_shows_its_answer():
    assert cells_of(row(drop_down("Embedding"))) == [["Embedding"]]


@pytest.mark.parametrize(
    ("chosen", "shown"),
    [("", "Identifying"), ('<w:result w:val="1"/>', "Developing"), ('<w:result w:val="9"/>', "")],
)
def test_an_old_form_drop_down_shows_the_entry_that_it_points_to(chosen: str, shown: str):
    field = (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="Grade"/><w:ddList>{chosen}'
        '<w:listEntry w:val="Identifying"/><w:listEntry w:val="Developing"/></w:ddList></w:ffData></w:fldChar></w:r>'
        '<w:r><w:instrText>FORMDROPDOWN</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    assert text_of(field) == shown


@pytest.mark.parametrize(("state", "shown"), [("<w:checked/>", "☒"), ('<w:checked w:val="0"/>', "☐"), ("", "☐")])
def test_an_old_form_check_box_shows_whether_it_is_ticked(state: str, shown: str):
    field = f"<w:ffData><w:checkBox>{state}</w:checkBox></w:ffData>"
    assert text_of(f'<w:r><w:fldChar w:fldCharType="begin">{field}</w:fldChar></w:r>') == shown


def test_a_strict_document_is_read_like_any_other():
    assert cells_of(row("a", cell("b", span=2)), strict=True) == [["a", "b"]]


def test_paragraphs_and_tables_come_in_their_order():
    document = read_word(word_file(paragraphs("before") + table(row("in")) + paragraphs("after")), "form.docx")
    assert [type(block) for block in document.blocks] == [Paragraph, Table, Paragraph]


def test_bookmarks_within_and_before_a_cell_belong_to_it():
    mark = '<w:bookmarkStart w:id="{0}" w:name="_ad1_{0}"/><w:bookmarkEnd w:id="{0}"/>'
    inside = cell(f"<w:p>{mark.format(2)}{run('x')}</w:p>")
    marked = f"<w:tr>{mark.format(1)}{inside}{cell('y')}</w:tr>"
    (made,) = read_word(word_file(table(marked)), "form.docx").tables()
    assert [found.bookmarks for found in made.rows[0]] == [("_ad1_1", "_ad1_2"), ()]


def test_comments_are_read_with_author_and_date_and_tied_to_their_cell():
    comments = (
        f'<w:comments xmlns:w="{W}"><w:comment w:id="7" w:author="A. Moss" w:date="2026-09-03T10:00:00Z">'
        f"<w:p>{run('Seen')}</w:p><w:p>{run('in class')}</w:p></w:comment></w:comments>"
    )
    commented = f'<w:p><w:commentRangeStart w:id="7"/>{run("text")}<w:r><w:commentReference w:id="7"/></w:r></w:p>'
    document = read_word(
        word_file(
            table(row(cell(commented))),
            parts={"word/comments.xml": comments},
            relations=[("comments", "comments.xml")],
        ),
        "form.docx",
    )
    (comment,) = document.comments
    assert (comment.author, comment.date, comment.text) == ("A. Moss", "2026-09-03T10:00:00Z", "Seen\nin class")
    assert document.tables()[0].rows[0][0].comments == ("7",)


def test_a_damaged_comments_part_does_not_keep_the_text_from_being_read():
    data = word_file(
        paragraphs("text"), parts={"word/comments.xml": "<w:comments"}, relations=[("comments", "comments.xml")]
    )
    document = read_word(data, "form.docx")
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == ["text"]
    assert document.notes == (NoteCode.COMMENTS_DAMAGED,)


def test_tracked_changes_are_told_of():
    assert notes_of(f'<w:p><w:ins w:id="1">{run("x")}</w:ins></w:p>') == (NoteCode.TRACKED_CHANGES,)


def test_macros_are_told_of_and_text_is_read():
    data = word_file(paragraphs("text"), main_type="application/vnd.ms-word.document.macroEnabled.main+xml")
    document = read_word(data, "form.docm")
    assert document.notes == (NoteCode.MACROS_IGNORED,)


def test_pictures_and_templates_elsewhere_are_told_of_and_links_are_not():
    linked = word_file("<w:p/>", relations=[("hyperlink", "https://example.org/")])
    fetched = word_file("<w:p/>", relations=[("image", "http://example.org/track.png")])
    assert read_word(linked, "form.docx").notes == ()
    assert read_word(fetched, "form.docx").notes == (NoteCode.EXTERNAL_FILES,)


def test_a_cell_of_more_text_than_an_answer_holds_is_cut_and_told_of():
    document = read_word(word_file(table(row("x" * 100_001))), "form.docx")
    assert len(document.tables()[0].rows[0][0].text) == 100_000
    assert document.notes == (NoteCode.CELL_CUT,)


def test_a_document_is_the_same_after_its_way_through_json():
    body = paragraphs("before") + table(row("a", drop_down("Embedding", tag="ad1:1.1:rating")))
    document = read_word(word_file(body), "form.docx")
    assert WordDocument.from_json(document.to_json()) == document


def test_text_that_stands_in_no_paragraph_is_read_all_the_same():
    document = read_word(word_file(run("stray")), "form.docx")
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == ["stray"]


def test_a_control_around_paragraphs_that_shows_its_prompt_is_empty():
    control = (
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{paragraphs('Say more')}</w:sdtContent></w:sdt>"
    )
    document = read_word(word_file(paragraphs("before") + control), "form.docx")
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == ["before", ""]
