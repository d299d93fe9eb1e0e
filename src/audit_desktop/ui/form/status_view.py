"""A status as a coloured pill with its word, or a profile as a bar with its counts, and the sentence that explains."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from audit_desktop.ui.colour import readable_on
from audit_desktop.ui.parts.flow_layout import FlowLayout
from audit_desktop.ui.parts.labels import plain_label
from audit_desktop.ui.theme import Radius, Space
from audit_desktop.ui.wording import FORM

if TYPE_CHECKING:
    from audit_desktop.core.framework import Framework, Level
    from audit_desktop.core.scoring import Score


def status_word(framework: Framework, score: Score) -> str:
    """Return the status of `score` in a word or two; empty where the framework names no status."""
    if framework.scoring is None:
        return ""
    level = status_level(framework, score)
    if level is None:
        return FORM.not_yet_rated
    return FORM.provisional.format(status=level.label) if score.provisional else level.label


def status_level(framework: Framework, score: Score) -> Level | None:
    """Return the level of the status of `score`, or `None`."""
    if framework.scoring is None or score.status is None:
        return None
    return framework.scale(framework.scoring.status_scale).level(score.status)


def rating_levels(framework: Framework) -> tuple[Level, ...]:
    """Return the levels with which statements are rated, lowest first; none if nothing is rated."""
    for field in framework.fields.statement:
        if field.scale and field.owner != "visitor":
            return framework.scale(field.scale).levels
    return ()


def profile_words(framework: Framework, score: Score) -> str:
    """Return how many statements stand at each level, in words."""
    parts = [f"{level.label} {score.counts.get(level.id, 0)}" for level in rating_levels(framework)]
    return " · ".join([*parts, *([f"{FORM.unrated} {score.unrated}"] if score.unrated else [])])


class StatusPill(QWidget):
    """A word on the colour of its level; without a level, an outline."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = ""
        self._colour = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_status(self, text: str, colour: str) -> None:
        """Show `text` on `colour`; an empty colour draws an outline."""
        if (text, colour) != (self.text, self._colour):
            self.text, self._colour = text, colour
            self.setAccessibleName(text)
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        """Return the size of the word and its margins."""
        metrics = self._metrics()
        return QSize(metrics.horizontalAdvance(self.text) + 2 * Space.MEDIUM, metrics.height() + Space.SMALL)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pill."""
        del event
        painter = QPainter(self)
        paint_pill(painter, QRectF(self.rect()), self.text, self._colour, self.palette())

    def _metrics(self) -> QFontMetrics:
        font = self.font()
        font.setBold(True)
        return QFontMetrics(font)


def paint_pill(painter: QPainter, area: QRectF, text: str, colour: str, palette: QPalette) -> None:
    """Draw `text` on a pill of `colour` in `area`; an empty colour draws an outline."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = area.adjusted(0.5, 0.5, -0.5, -0.5)
    if colour:
        painter.setPen(QPen(QColor(colour).darker(125), 1))
        painter.setBrush(QColor(colour))
        ink = QColor(readable_on(colour))
    else:
        painter.setPen(QPen(palette.color(QPalette.ColorRole.Dark), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        ink = palette.color(QPalette.ColorRole.PlaceholderText)
    painter.drawRoundedRect(box, Radius.MEDIUM, Radius.MEDIUM)
    font = painter.font()
    font.setBold(bool(colour))
    painter.setFont(font)
    painter.setPen(ink)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


class ProfileBar(QWidget):
    """How many statements stand at each level, as parts of a bar with their numbers in them."""

    def __init__(self, levels: tuple[Level, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._levels = levels
        self._counts: dict[str, int] = {}
        self._unrated = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_counts(self, counts: dict[str, int], unrated: int) -> None:
        """Show `counts` by level, and how many are `unrated`."""
        if (counts, unrated) != (self._counts, self._unrated):
            self._counts, self._unrated = counts, unrated
            self.update()

    def sizeHint(self) -> QSize:
        """Return a bar one line of text high."""
        return QSize(120, self.fontMetrics().height() + Space.TINY)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bar."""
        del event
        painter = QPainter(self)
        paint_profile(painter, QRectF(self.rect()), self._levels, self._counts, self._unrated, self.palette())


def paint_profile(
    painter: QPainter,
    area: QRectF,
    levels: tuple[Level, ...],
    counts: dict[str, int],
    unrated: int,
    palette: QPalette,
) -> None:
    """Draw a bar of `counts` in `area`; what is unrated is left open."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    total = sum(counts.values()) + unrated
    box = area.adjusted(0.5, 0.5, -0.5, -0.5)
    painter.setPen(QPen(palette.color(QPalette.ColorRole.Dark), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if total:
        left = box.left()
        for level in levels:
            width = box.width() * counts.get(level.id, 0) / total
            if width:
                part = QRectF(left, box.top(), width, box.height())
                painter.fillRect(part, QColor(level.colour))
                text = str(counts[level.id])
                metrics = painter.fontMetrics()
                if width > metrics.horizontalAdvance(text) and box.height() >= metrics.height():
                    painter.setPen(QColor(readable_on(level.colour)))
                    painter.drawText(part, Qt.AlignmentFlag.AlignCenter, text)
                left += width
        painter.setPen(QPen(palette.color(QPalette.ColorRole.Dark), 1))
    painter.drawRect(box)


class StatusView(QWidget):
    """A status with its reason, or a profile where the framework names no status."""

    def __init__(self, framework: Framework, label: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._framework = framework
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Space.TINY)
        self.pill: StatusPill | None = None
        self.bar: ProfileBar | None = None
        if framework.scoring is not None:
            self.pill = StatusPill(self)
            head = FlowLayout(spacing=Space.SMALL)
            if label:
                head.addWidget(plain_label(label, "strong", wrap=False))
            head.addWidget(self.pill)
            layout.addLayout(head)
        else:
            if label:
                layout.addWidget(plain_label(label, "strong"))
            self.bar = ProfileBar(rating_levels(framework), self)
            layout.addWidget(self.bar)
        self.reason = plain_label("", "caption")
        self.reason.setObjectName("reason")
        layout.addWidget(self.reason)

    def show_score(self, score: Score) -> None:
        """Show `score`: what stands, and why."""
        framework = self._framework
        if self.pill is not None:
            level = status_level(framework, score)
            word = status_word(framework, score)
            if score.override is not None:
                word = FORM.set_by_person.format(status=word)
            self.pill.show_status(word, level.colour if level else "")
            text = score.reason
            if score.override is not None:
                text = f"{score.override.reason}\n{FORM.worked_out.format(status=score.reason)}"
        else:
            text = profile_words(framework, score)
        if self.bar is not None:
            self.bar.show_counts(score.counts, score.unrated)
        if self.reason.text() != text:
            self.reason.setText(text)
            self.setAccessibleName(text)
