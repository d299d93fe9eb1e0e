"""Builds the Word template: every style, list, page and prompt that exported documents rely on, and nothing else.

Run `python packaging/make_word_template.py` after changing it; the result is the same byte for byte on every machine
that has the same zlib.
"""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

ACCENT = "1F4E5F"
INK = "1A1A1A"
QUIET = "595959"
RULE = "BFC9CE"
FONT = "Arial"

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"

LIST_PROMPT = ("DefaultPlaceholder_AuditDesktopList", "Choose an item.", "{6E1B64A0-5B0F-4C6C-9C57-2D7D0E6F1A01}")
TEXT_PROMPT = (
    "DefaultPlaceholder_AuditDesktopText",
    "Click or tap here to enter text.",
    "{6E1B64A0-5B0F-4C6C-9C57-2D7D0E6F1A02}",
)


def _font(size: float, *, bold: bool = False, italic: bool = False, colour: str = "", caps: bool = False) -> str:
    half_points = round(size * 2)
    return (
        "<w:rPr>"
        + ("<w:b/><w:bCs/>" if bold else "")
        + ("<w:i/><w:iCs/>" if italic else "")
        + ("<w:caps/>" if caps else "")
        + (f'<w:color w:val="{colour}"/>' if colour else "")
        + ('<w:spacing w:val="20"/>' if caps else "")
        + f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/></w:rPr>'
    )


def _spacing(before: float, after: float, line: int = 0) -> str:
    rule = f' w:line="{line}" w:lineRule="auto"' if line else ""
    return f'<w:spacing w:before="{round(before * 20)}" w:after="{round(after * 20)}"{rule}/>'


def _paragraph_style(
    style_id: str,
    name: str,
    properties: str = "",
    font: str = "",
    *,
    based_on: str = "Normal",
    following: str = "",
    quick: bool = True,
    link: str = "",
) -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{style_id}"><w:name w:val="{name}"/>'
        + (f'<w:basedOn w:val="{based_on}"/>' if based_on else "")
        + (f'<w:next w:val="{following}"/>' if following else "")
        + (f'<w:link w:val="{link}"/>' if link else "")
        + '<w:uiPriority w:val="9"/>'
        + ("<w:qFormat/>" if quick else "")
        + (f"<w:pPr>{properties}</w:pPr>" if properties else "")
        + font
        + "</w:style>"
    )


def _heading(level: int, size: float, before: float, after: float) -> str:
    return _paragraph_style(
        f"Heading{level}",
        f"heading {level}",
        f'<w:keepNext/><w:keepLines/>{_spacing(before, after, 252)}<w:outlineLvl w:val="{level - 1}"/>',
        _font(size, bold=True, colour=ACCENT),
        following="Normal",
    )


def _styles() -> str:
    list_indent = '<w:ind w:left="{left}" w:hanging="{hanging}"/>'
    styles = [
        "<w:docDefaults><w:rPrDefault><w:rPr>"
        f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
        f'<w:color w:val="{INK}"/><w:sz w:val="21"/><w:szCs w:val="21"/>'
        '<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        f"<w:pPrDefault><w:pPr>{_spacing(0, 7, 271)}</w:pPr></w:pPrDefault></w:docDefaults>",
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>',
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/><w:unhideWhenUsed/></w:style>',
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
        '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>',
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/></w:style>',
        _paragraph_style(
            "Title",
            "Title",
            f"<w:keepNext/>{_spacing(0, 8, 240)}",
            _font(26, bold=True, colour=ACCENT),
            following="Subtitle",
        ),
        _paragraph_style(
            "Subtitle",
            "Subtitle",
            _spacing(0, 12, 252) + "<w:contextualSpacing/>",
            _font(13, colour=QUIET),
            following="Normal",
        ),
        _heading(1, 18, 0, 8),
        _heading(2, 13, 16, 6),
        _heading(3, 11, 12, 4),
        _paragraph_style(
            "ListBullet",
            "List Bullet",
            '<w:numPr><w:numId w:val="1"/></w:numPr>' + _spacing(0, 3) + list_indent.format(left=397, hanging=284),
        ),
        _paragraph_style("ListNumber", "List Number", _spacing(0, 4) + list_indent.format(left=397, hanging=397)),
        _paragraph_style("TableText", "Table Text", _spacing(0, 3, 252), _font(9)),
        _paragraph_style("BoxText", "Box Text", _spacing(0, 2, 252), _font(10), based_on="TableText"),
        _paragraph_style(
            "TableHeading", "Table Heading", _spacing(0, 0, 247), _font(9, bold=True), based_on="TableText"
        ),
        _paragraph_style(
            "TableCount", "Table Count", _spacing(0, 0, 240) + '<w:jc w:val="center"/>', _font(9), based_on="TableText"
        ),
        _paragraph_style(
            "TableMark",
            "Table Mark",
            _spacing(0, 0, 240) + '<w:jc w:val="center"/>',
            _font(13, bold=True),
            based_on="TableText",
        ),
        _paragraph_style(
            "TableBullet",
            "Table Bullet",
            '<w:numPr><w:numId w:val="1"/></w:numPr>' + _spacing(0, 2, 252) + list_indent.format(left=198, hanging=198),
            based_on="TableText",
        ),
        _paragraph_style(
            "TableNumber",
            "Table Number",
            _spacing(0, 2, 252) + list_indent.format(left=283, hanging=283),
            based_on="TableText",
        ),
        _paragraph_style("Note", "Note", _spacing(6, 6), _font(9, colour=QUIET)),
        _paragraph_style(
            "SectionEnd",
            "Section End",
            '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>',
            _font(1),
            quick=False,
        ),
        _paragraph_style(
            "Header",
            "header",
            f'<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="4" w:color="{RULE}"/></w:pBdr>' + _spacing(0, 0, 240),
            _font(8.5, colour=QUIET),
            quick=False,
        ),
        _paragraph_style(
            "Footer", "footer", _spacing(0, 0, 240) + '<w:jc w:val="right"/>', _font(8.5, colour=QUIET), quick=False
        ),
        _paragraph_style("Chart", "Chart", _spacing(8, 4, 240), quick=False),
        _paragraph_style(
            "TOCHeading",
            "TOC Heading",
            f"<w:keepNext/><w:keepLines/>{_spacing(18, 6, 252)}",
            _font(13, bold=True, colour=ACCENT),
            following="Normal",
            quick=False,
        ),
        _paragraph_style("TOC1", "toc 1", _spacing(3, 1, 240), _font(10), following="Normal", quick=False),
        _paragraph_style(
            "TOC2", "toc 2", _spacing(0, 1, 240) + '<w:ind w:left="284"/>', _font(9), following="Normal", quick=False
        ),
        _paragraph_style("CommentText", "annotation text", _spacing(0, 0, 240), _font(10), quick=False),
        '<w:style w:type="character" w:styleId="CommentReference"><w:name w:val="annotation reference"/>'
        '<w:basedOn w:val="DefaultParagraphFont"/><w:uiPriority w:val="99"/>'
        '<w:rPr><w:sz w:val="16"/><w:szCs w:val="16"/></w:rPr></w:style>',
        '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>'
        '<w:basedOn w:val="DefaultParagraphFont"/><w:uiPriority w:val="99"/>'
        '<w:rPr><w:color w:val="0B5394"/><w:u w:val="single"/></w:rPr></w:style>',
        '<w:style w:type="character" w:styleId="PlaceholderText"><w:name w:val="Placeholder Text"/>'
        '<w:basedOn w:val="DefaultParagraphFont"/><w:uiPriority w:val="99"/>'
        f'<w:rPr><w:color w:val="{QUIET}"/></w:rPr></w:style>',
        _table_style(),
    ]
    return f"{_DECLARATION}<w:styles {_W}>{''.join(styles)}</w:styles>"


def _table_style() -> str:
    border = f'w:val="single" w:sz="4" w:space="0" w:color="{RULE}"'
    edges = "".join(f"<w:{edge} {border}/>" for edge in ("top", "left", "bottom", "right", "insideH", "insideV"))
    return (
        '<w:style w:type="table" w:styleId="AuditTable"><w:name w:val="Audit Table"/>'
        '<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="39"/>'
        f"<w:tblPr><w:tblBorders>{edges}</w:tblBorders><w:tblCellMar>"
        '<w:top w:w="68" w:type="dxa"/><w:left w:w="102" w:type="dxa"/><w:bottom w:w="45" w:type="dxa"/>'
        '<w:right w:w="102" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    )


def _numbering() -> str:
    def levels(number_format: str, texts: tuple[str, ...], font: str = "") -> str:
        return "".join(
            f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{number_format}"/>'
            f'<w:lvlText w:val="{texts[depth % len(texts)]}"/><w:lvlJc w:val="left"/>'
            f'<w:pPr><w:ind w:left="{397 * (depth + 1)}" w:hanging="284"/></w:pPr>{font}</w:lvl>'
            for depth in range(3)
        )

    def numbers(mark: str) -> str:
        return levels("decimal", tuple(f"%{depth}{mark}" for depth in (1, 2, 3)))

    kinds = (levels("bullet", ("\u2022", "\u2013")), numbers("."), numbers(")"))
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{index}"><w:multiLevelType w:val="hybridMultilevel"/>{kind}</w:abstractNum>'
        for index, kind in enumerate(kinds, start=1)
    )
    instances = "".join(
        f'<w:num w:numId="{index}"><w:abstractNumId w:val="{index}"/></w:num>' for index in range(1, len(kinds) + 1)
    )
    return f"{_DECLARATION}<w:numbering {_W}>{abstract}{instances}</w:numbering>"


def _settings() -> str:
    modern = "http://schemas.microsoft.com/office/word"
    return (
        f'{_DECLARATION}<w:settings {_W}><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
        f'<w:compatSetting w:name="compatibilityMode" w:uri="{modern}" w:val="15"/>'
        f'<w:compatSetting w:name="overrideTableStyleFontSizeAndJustification" w:uri="{modern}" w:val="1"/>'
        f'<w:compatSetting w:name="enableOpenTypeFeatures" w:uri="{modern}" w:val="1"/>'
        f'<w:compatSetting w:name="doNotFlipMirrorIndents" w:uri="{modern}" w:val="1"/>'
        '</w:compat><w:themeFontLang w:val="en-GB"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>'
        "</w:settings>"
    )


def _document() -> str:
    return (
        f"{_DECLARATION}<w:document {_W} {_R}><w:body><w:sectPr>"
        '<w:headerReference w:type="default" r:id="rId6"/><w:headerReference w:type="first" r:id="rId8"/>'
        '<w:footerReference w:type="default" r:id="rId7"/><w:footerReference w:type="first" r:id="rId7"/>'
        '<w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1304" w:right="1134" w:bottom="1191" w:left="1134" '
        'w:header="624" w:footer="567" w:gutter="0"/>'
        "<w:titlePg/></w:sectPr></w:body></w:document>"
    )


def _field(code: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def _footer() -> str:
    return (
        f'{_DECLARATION}<w:ftr {_W}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>'
        f'<w:r><w:t xml:space="preserve">Page </w:t></w:r>{_field("PAGE")}'
        f'<w:r><w:t xml:space="preserve"> of </w:t></w:r>{_field("NUMPAGES")}</w:p></w:ftr>'
    )


def _header(style: str) -> str:
    return f'{_DECLARATION}<w:hdr {_W}><w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr></w:p></w:hdr>'


def _glossary() -> str:
    parts = "".join(
        f'<w:docPart><w:docPartPr><w:name w:val="{name}"/><w:category><w:name w:val="General"/>'
        '<w:gallery w:val="placeholder"/></w:category><w:types><w:type w:val="bbPlcHdr"/></w:types>'
        f'<w:behaviors><w:behavior w:val="content"/></w:behaviors><w:guid w:val="{guid}"/></w:docPartPr>'
        '<w:docPartBody><w:p><w:r><w:rPr><w:rStyle w:val="PlaceholderText"/></w:rPr>'
        f"<w:t>{prompt}</w:t></w:r></w:p></w:docPartBody></w:docPart>"
        for name, prompt, guid in (LIST_PROMPT, TEXT_PROMPT)
    )
    return f"{_DECLARATION}<w:glossaryDocument {_W}><w:docParts>{parts}</w:docParts></w:glossaryDocument>"


def _relations(*targets: tuple[str, str, str]) -> str:
    entries = "".join(
        f'<Relationship Id="{own_id}" Type="{kind if "/" in kind else f"{_RELATION}/{kind}"}" Target="{target}"/>'
        for own_id, kind, target in targets
    )
    return f'{_DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{entries}</Relationships>'


def _content_types() -> str:
    parts = {
        "/word/document.xml": f"{_WORD}.document.main+xml",
        "/word/styles.xml": f"{_WORD}.styles+xml",
        "/word/settings.xml": f"{_WORD}.settings+xml",
        "/word/numbering.xml": f"{_WORD}.numbering+xml",
        "/word/header1.xml": f"{_WORD}.header+xml",
        "/word/header2.xml": f"{_WORD}.header+xml",
        "/word/footer1.xml": f"{_WORD}.footer+xml",
        "/word/glossary/document.xml": f"{_WORD}.document.glossary+xml",
        "/word/glossary/styles.xml": f"{_WORD}.styles+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    }
    overrides = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in parts.items())
    return (
        f'{_DECLARATION}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _core_properties() -> str:
    return (
        f'{_DECLARATION}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title/><dc:language>en-GB</dc:language>'
        "</cp:coreProperties>"
    )


def _app_properties() -> str:
    return (
        f'{_DECLARATION}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        "<Application>Audit Desktop</Application></Properties>"
    )


def template_parts() -> dict[str, str]:
    """Return the text of every part of the template by its name, in the order they are written."""
    styles = _styles()
    return {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(
            ("rId1", "officeDocument", "word/document.xml"),
            ("rId2", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            ("rId3", "extended-properties", "docProps/app.xml"),
        ),
        "docProps/app.xml": _app_properties(),
        "docProps/core.xml": _core_properties(),
        "word/document.xml": _document(),
        "word/_rels/document.xml.rels": _relations(
            ("rId1", "styles", "styles.xml"),
            ("rId2", "settings", "settings.xml"),
            ("rId3", "numbering", "numbering.xml"),
            ("rId4", "glossaryDocument", "glossary/document.xml"),
            ("rId6", "header", "header1.xml"),
            ("rId7", "footer", "footer1.xml"),
            ("rId8", "header", "header2.xml"),
        ),
        "word/styles.xml": styles,
        "word/settings.xml": _settings(),
        "word/numbering.xml": _numbering(),
        "word/header1.xml": _header("Header"),
        "word/header2.xml": _header("Footer"),
        "word/footer1.xml": _footer(),
        "word/glossary/document.xml": _glossary(),
        "word/glossary/_rels/document.xml.rels": _relations(("rId1", "styles", "styles.xml")),
        "word/glossary/styles.xml": styles,
    }


def write_template(path: Path) -> None:
    """Write the template to `path`."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in template_parts().items():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            package.writestr(entry, text.encode("utf-8"))


if __name__ == "__main__":
    resources = Path(__file__).resolve().parent.parent / "resources" / "word"
    write_template(Path(sys.argv[1]) if len(sys.argv) > 1 else resources / "template.docx")
