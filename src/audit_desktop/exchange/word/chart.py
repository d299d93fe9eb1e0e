"""Draws a profile as a chart of Word's own: sharp at any size, read out by its description, and no picture file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from audit_desktop.exchange import document_wording as wording
from audit_desktop.exchange.word.colours import fill_of, ink_on
from audit_desktop.exchange.word.xml_text import RELATIONS, escape

if TYPE_CHECKING:
    from audit_desktop.exchange.report_model import Profile

CONTENT_TYPE: Final = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
RELATION: Final = f"{RELATIONS}/chart"

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PLACING = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_EMU_IN_TWIP = 635
_BAR_HEIGHT, _LEGEND_HEIGHT = 220_000, 340_000
_IN_LEGEND_LINE = 75
"""Roughly how many characters of labels stand side by side above the bars."""
_COUNTS_AXIS, _NAMES_AXIS = 111_111_111, 222_222_222
_FILL_OF_NONE = ("D9DEE1", "F3F5F6")
"""Of what is not rated, and of what is not applicable."""
_LABELS = '<c:showLegendKey val="0"/><c:showVal val="{}"/>' + "".join(
    f'<c:{name} val="0"/>' for name in ("showCatName", "showSerName", "showPercent", "showBubbleSize")
)


def chart_xml(profile: Profile, language: str) -> str:
    """Return the chart part: a bar for each section, divided by how many of its statements stand at each level."""
    rows = [row for row in profile.rows if not row.is_total]
    names = "".join(f'<c:pt idx="{index}"><c:v>{escape(row.name)}</c:v></c:pt>' for index, row in enumerate(rows))
    names = f'<c:cat><c:strLit><c:ptCount val="{len(rows)}"/>{names}</c:strLit></c:cat>'
    series: list[str] = []
    for place, (label, level) in enumerate(zip(profile.headings[1:], profile.levels, strict=False)):
        counts = [row.counts[place] for row in rows]
        if not any(counts):
            continue
        fill = fill_of(level.colour) if level else _FILL_OF_NONE[len(profile.levels) - 1 == place]
        points = "".join(f'<c:pt idx="{index}"><c:v>{count}</c:v></c:pt>' for index, count in enumerate(counts))
        series.append(
            f'<c:ser><c:idx val="{place}"/><c:order val="{place}"/><c:tx><c:v>{escape(label)}</c:v></c:tx>'
            f'<c:spPr>{_solid(fill)}<a:ln w="9525">{_solid("FFFFFF")}</a:ln></c:spPr>'
            '<c:invertIfNegative val="0"/>'
            # A count of none has no room and says nothing.
            f'<c:dLbls><c:numFmt formatCode="0;;;" sourceLinked="0"/><c:spPr><a:noFill/></c:spPr>'
            f"{_text(ink_on(fill), 900, bold=True)}{_LABELS.format(1)}</c:dLbls>"
            f'{names}<c:val><c:numLit><c:formatCode>0</c:formatCode><c:ptCount val="{len(rows)}"/>{points}</c:numLit>'
            "</c:val></c:ser>"
        )
    return (
        f'{_DECLARATION}<c:chartSpace xmlns:c="{_CHART}" xmlns:a="{_MAIN}" xmlns:r="{RELATIONS}">'
        f'<c:date1904 val="0"/><c:lang val="{escape(language)}"/><c:roundedCorners val="0"/>'
        '<c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/><c:barChart><c:barDir val="bar"/>'
        f'<c:grouping val="percentStacked"/><c:varyColors val="0"/>{"".join(series)}'
        f"<c:dLbls>{_LABELS.format(1)}</c:dLbls>"
        f'<c:gapWidth val="40"/><c:overlap val="100"/><c:axId val="{_NAMES_AXIS}"/><c:axId val="{_COUNTS_AXIS}"/>'
        f"</c:barChart>{_names_axis()}{_counts_axis()}</c:plotArea>"
        f'<c:legend><c:legendPos val="t"/><c:overlay val="0"/>{_text("1A1A1A", 900)}</c:legend>'
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f"<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{_text('1A1A1A', 900)}</c:chartSpace>"
    )


def chart_drawing(profile: Profile, relation: str, width: int) -> str:
    """Return the run that shows the chart of `relation`, `width` twentieths of a point wide, and describes it."""
    rows = [row for row in profile.rows if not row.is_total]
    labels = profile.headings[1 : len(profile.levels) + 1]
    description = wording.chart_description((row.name, zip(labels, row.counts, strict=True)) for row in rows)
    legend_lines = 1 + sum(map(len, labels)) // _IN_LEGEND_LINE
    height = _LEGEND_HEIGHT * legend_lines + _BAR_HEIGHT * len(rows)
    size = f'cx="{width * _EMU_IN_TWIP}" cy="{height}"'
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{_PLACING}" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent {size}/><wp:docPr id="1" name="{wording.CHART}" descr="{escape(description)}"/>'
        f'<wp:cNvGraphicFramePr/><a:graphic xmlns:a="{_MAIN}"><a:graphicData uri="{_CHART}">'
        f'<c:chart xmlns:c="{_CHART}" r:id="{relation}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )


def _names_axis() -> str:
    return (
        f'<c:catAx><c:axId val="{_NAMES_AXIS}"/><c:scaling><c:orientation val="maxMin"/></c:scaling>'
        '<c:delete val="0"/><c:axPos val="l"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="nextTo"/><c:spPr><a:ln><a:noFill/></a:ln></c:spPr>{_text("1A1A1A", 900)}'
        f'<c:crossAx val="{_COUNTS_AXIS}"/><c:crosses val="autoZero"/><c:auto val="1"/><c:lblAlgn val="ctr"/>'
        '<c:lblOffset val="100"/><c:tickLblSkip val="1"/><c:noMultiLvlLbl val="0"/></c:catAx>'
    )


def _counts_axis() -> str:
    return (
        f'<c:valAx><c:axId val="{_COUNTS_AXIS}"/><c:scaling><c:orientation val="minMax"/></c:scaling>'
        '<c:delete val="1"/><c:axPos val="t"/><c:numFmt formatCode="0%" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        f'<c:crossAx val="{_NAMES_AXIS}"/><c:crosses val="autoZero"/><c:crossBetween val="between"/></c:valAx>'
    )


def _solid(fill: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{fill}"/></a:solidFill>'


def _text(colour: str, size: int, *, bold: bool = False) -> str:
    return (
        f'<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="{size}" b="{int(bold)}">{_solid(colour)}'
        '<a:latin typeface="Arial"/><a:cs typeface="Arial"/></a:defRPr></a:pPr></a:p></c:txPr>'
    )
