"""What helps with the current statement: guidance, areas for consideration, levels and descriptors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from audit_desktop.ui.form.rich_text import rich_label
from audit_desktop.ui.form.status_view import StatusPill, rating_levels
from audit_desktop.ui.parts.labels import divider, heading, plain_label
from audit_desktop.ui.parts.reading_area import ReadingArea
from audit_desktop.ui.parts.viewport import give_viewport
from audit_desktop.ui.theme import Space
from audit_desktop.ui.wording import FORM

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit_desktop.core.framework import Descriptor, Framework, Level, Section, Statement


class GuidancePanel(QFrame):
    """The right-hand side of the form."""

    def __init__(self, framework: Framework, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._framework = framework
        self._shown: tuple[str, str] | None = None
        self.setProperty("role", "panel")
        self.setAccessibleName(FORM.guidance)
        self._scroll = ReadingArea(self)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setAccessibleName(FORM.guidance)
        give_viewport(self._scroll)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 0, 0, 0)
        layout.addWidget(self._scroll)

    def show_statement(self, section: Section, statement: Statement | None) -> None:
        """Show what helps with `statement`, or with `section` as a whole."""
        wanted = (section.id, statement.id if statement else "")
        if wanted != self._shown:
            self._shown = wanted
            self._fill(self._parts_of_statement(statement) + self._parts_of_section(section))

    def show_overall(self) -> None:
        """Show what the overall status means."""
        if self._shown != ("", "overall"):
            self._shown = ("", "overall")
            overall = self._framework.overall
            parts: list[QWidget] = []
            if overall is not None and overall.descriptors:
                parts += [heading(overall.descriptors_heading or FORM.descriptors, "subheading")]
                if overall.descriptors_subheading:
                    parts += [plain_label(overall.descriptors_subheading, "muted")]
                parts += self._descriptors(overall.descriptors)
            else:
                parts += self._levels()
            self._fill(parts)

    def _fill(self, parts: list[QWidget]) -> None:
        inner = QWidget()
        inner.setProperty("role", "page")
        layout = QVBoxLayout(inner)
        layout.setContentsMargins(Space.LARGE, Space.LARGE, Space.LARGE, Space.LARGE)
        layout.setSpacing(Space.SMALL)
        for part in parts or [plain_label(FORM.no_guidance, "muted")]:
            layout.addWidget(part)
        layout.addStretch(1)
        self._scroll.setWidget(inner)

    def _parts_of_statement(self, statement: Statement | None) -> list[QWidget]:
        if statement is None:
            return []
        parts: list[QWidget] = []
        if statement.considerations:
            parts += [heading(self._printed("considerations", FORM.considerations), "subheading")]
            parts += [rich_label(statement.considerations)]
        if statement.guidance:
            from audit_desktop.ui.form.guidance_list import guidance_labels

            parts += [heading(self._printed("guidance", FORM.guidance_list), "subheading")]
            parts += guidance_labels(statement.guidance)
        if parts:
            parts.insert(0, plain_label(FORM.rating_of(statement.reference), "caption"))
            parts.append(divider())
        return parts

    def _parts_of_section(self, section: Section) -> list[QWidget]:
        parts: list[QWidget] = []
        if section.descriptors:
            parts += [heading(FORM.descriptors, "subheading")]
            if section.descriptors_heading:
                parts += [plain_label(section.descriptors_heading, "muted")]
            parts += self._descriptors(section.descriptors)
        return parts + self._levels()

    def _levels(self) -> list[QWidget]:
        levels = rating_levels(self._framework)
        parts: list[QWidget] = []
        if any(level.meaning for level in levels):
            parts += [heading(FORM.scale, "subheading")]
            for level in reversed(levels):
                parts += [_pill(level.label, level), rich_label(level.meaning)]
        if levels:
            parts += [divider(), plain_label(FORM.keys.format(count=len(levels)), "caption")]
        return parts

    def _descriptors(self, descriptors: Sequence[Descriptor]) -> list[QWidget]:
        parts: list[QWidget] = []
        rule = self._framework.scoring
        for descriptor in descriptors:
            level = self._framework.scale(rule.status_scale).level(descriptor.status) if rule else None
            parts += [_pill(descriptor.heading, level) if level else plain_label(descriptor.heading, "strong")]
            parts += [rich_label(descriptor.text)]
        return parts

    def _printed(self, what: str, otherwise: str) -> str:
        """Return the heading that the source prints above a column."""
        for column in self._framework.layout.columns:
            if what in column.shows and column.heading:
                return column.heading.replace("\n", " ").rstrip(":")
        return otherwise


def _pill(text: str, level: Level) -> QWidget:
    pill = StatusPill()
    pill.show_status(text, level.colour)
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, Space.SMALL, 0, 0)
    layout.addWidget(pill)
    layout.addStretch(1)
    return row
