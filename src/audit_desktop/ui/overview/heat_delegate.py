"""Paints how a section stands: its status as a word on its colour, or a bar of its levels with their counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from audit_desktop.exchange.document_wording import NOT_YET_RATED
from audit_desktop.ui.colour import readable_on
from audit_desktop.ui.exchange_wording import OVERVIEW
from audit_desktop.ui.overview.overview_model import STANDING_ROLE
from audit_desktop.ui.theme import Space

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex

    from audit_desktop.core.overview import SectionStanding

_WIDEST = 16
"""Characters of a column of statuses."""


class HeatDelegate(QStyledItemDelegate):
    """Colour is never the only sign: the status is a word, and a level's share has its count in it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        size = super().sizeHint(option, index)
        width = option.fontMetrics.averageCharWidth() * _WIDEST
        return QSize(min(size.width(), width) if index.data(STANDING_ROLE) is not None else size.width(), size.height())

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        standing: SectionStanding | None = index.data(STANDING_ROLE)
        if standing is None:
            super().paint(painter, option, index)
            return
        painter.save()
        painter.setFont(option.font)
        area = QRectF(option.rect).adjusted(1, 1, -1, -1)
        if standing.status is not None:
            word = standing.status.label
            if standing.is_provisional:
                word = f"{word} · {OVERVIEW.provisional}"
            _fill(painter, area, standing.status.colour, word)
            if standing.is_provisional:
                _dash(painter, area, standing.status.colour)
        elif any(standing.counts):
            _bar(painter, area, standing, option.palette)
        else:
            painter.setPen(option.palette.color(QPalette.ColorRole.PlaceholderText))
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, NOT_YET_RATED)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(option.palette.color(QPalette.ColorRole.Text), 2))
            painter.drawRect(area)
        painter.restore()


def _fill(painter: QPainter, area: QRectF, colour: str, text: str) -> None:
    painter.fillRect(area, QColor(colour))
    painter.setPen(QColor(readable_on(colour)))
    room = area.adjusted(Space.TINY, 0, -Space.TINY, 0)
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(room.width()))
    painter.drawText(room, Qt.AlignmentFlag.AlignCenter, shown)


def _dash(painter: QPainter, area: QRectF, colour: str) -> None:
    pen = QPen(QColor(readable_on(colour)), 1.5, Qt.PenStyle.DashLine)
    painter.setPen(pen)
    painter.drawRect(area.adjusted(2, 2, -3, -3))


def _bar(painter: QPainter, area: QRectF, standing: SectionStanding, palette: QPalette) -> None:
    total = sum(standing.counts) + standing.unrated
    x = area.left()
    for level, count in zip(standing.levels, standing.counts, strict=True):
        if count:
            part = QRectF(x, area.top(), area.width() * count / total, area.height())
            _fill(painter, part, level.colour, str(count))
            x = part.right()
    if standing.unrated:
        rest = QRectF(x, area.top(), area.right() - x, area.height())
        painter.setPen(palette.color(QPalette.ColorRole.Mid))
        painter.drawRect(rest.adjusted(0, 0, -1, -1))
        painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
        painter.drawText(rest, Qt.AlignmentFlag.AlignCenter, str(standing.unrated))
