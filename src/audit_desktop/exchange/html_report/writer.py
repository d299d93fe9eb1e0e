"""Draws a report and its summary as one HTML file that needs nothing else: no network, no scripts."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, cast

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from audit_desktop.exchange import document_wording as wording
from audit_desktop.exchange.html_report.chart import HEIGHT, WIDTH, stretches
from audit_desktop.exchange.word.colours import fill_of, ink_on

if TYPE_CHECKING:
    from pathlib import Path

    from audit_desktop.core.framework import Level
    from audit_desktop.exchange.report_model import ItemTable, Report
    from audit_desktop.exchange.report_summary import ReportSummary, Standing

TEMPLATE: Final = "report.html"
MOST_COLUMNS: Final = 4
"""How many columns a table of things may have before each becomes a card of its own."""
_LINKED: Final = ("https://", "mailto:")
_PLAIN: Final = re.compile(r"[A-Za-z0-9]")


def html_document(report: Report, summary: ReportSummary, templates: Path) -> bytes:
    """Return `report` as the bytes of an HTML file, with `summary` first; the same report gives the same bytes.

    `templates` is the folder of the program's report template. What people wrote is text and nothing else.
    """
    page = (
        _environment(templates)
        .get_template(TEMPLATE)
        .render(
            report=report,
            summary=summary,
            words=wording,
            chart_width=WIDTH,
            chart_height=HEIGHT,
            exported_on=wording.long_date(report.exported_at),
            as_cards=_as_cards,
        )
    )
    return page.encode("utf-8", "replace")


@lru_cache(maxsize=1)
def _environment(templates: Path) -> Environment:
    """Return the environment in which the template, compiled once, draws many reports."""
    environment = Environment(
        loader=FileSystemLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    filters: dict[str, Any] = {
        "anchor": _anchor,
        "css_text": css_text,
        "link": safe_link,
        "look": look,
        "ink": _ink,
        "stretches": stretches,
        "in_words": _in_words,
    }
    settings = cast("Any", environment)
    settings.filters.update(filters)
    settings.tests["piece"] = _is_called
    return environment


def safe_link(link: str) -> str:
    """Return `link` if it leads to the web or to an e-mail address, else an empty text."""
    return link if link.lower().startswith(_LINKED) else ""


def css_text(text: str) -> str:
    """Return `text` so that it can stand between quotes in a style sheet, whatever it holds."""
    return "".join(sign if _PLAIN.match(sign) else f"\\{ord(sign):06x}" for sign in text)


def look(level: Level | None) -> str:
    """Return the style that gives something the colour of `level`, with text that can be read on it."""
    if level is None:
        return ""
    fill = fill_of(level.colour)
    return f"background-color:#{fill};color:#{ink_on(fill)}"


def _ink(level: Level) -> str:
    return f"#{ink_on(fill_of(level.colour))}"


def _anchor(address: str) -> str:
    return address.replace("/", "-")


def _in_words(standing: Standing) -> str:
    return wording.bar_description(standing.name, ((bar.label, bar.count) for bar in standing.bars))


def _is_called(thing: Any, name: str) -> bool:
    return type(thing).__name__ == name


def _as_cards(table: ItemTable) -> bool:
    return len(table.headings) > MOST_COLUMNS
