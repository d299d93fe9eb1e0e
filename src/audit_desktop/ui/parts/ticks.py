"""Ticks that grow with the text and can be told from the background in every theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPalette, QPen
from PySide6.QtWidgets import QProxyStyle, QStyle, QStyleOption, QWidget

from audit_desktop.ui.fields.segment import draw_check
from audit_desktop.ui.theme import Radius

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractItemView, QCheckBox

_TICKS = (QStyle.PrimitiveElement.PE_IndicatorCheckBox, QStyle.PrimitiveElement.PE_IndicatorItemViewItemCheck)
_SIZES = (QStyle.PixelMetric.PM_IndicatorWidth, QStyle.PixelMetric.PM_IndicatorHeight)


class _TickStyle(QProxyStyle):
    """Fusion with boxes for ticks of our own: Qt's have an edge that a dark theme swallows."""

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        if element not in _TICKS:
            super().drawPrimitive(element, option, painter, widget)
            return
        roles = QPalette.ColorRole
        is_on = bool(option.state & QStyle.StateFlag.State_On)
        box = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(option.palette.color(roles.Text), 1))
        painter.setBrush(option.palette.color(roles.Highlight if is_on else roles.Base))
        painter.drawRoundedRect(box, Radius.SMALL, Radius.SMALL)
        if is_on:
            draw_check(painter, box.adjusted(2, 2, -2, -2), option.palette.color(roles.HighlightedText))
        painter.restore()

    def pixelMetric(
        self, metric: QStyle.PixelMetric, option: QStyleOption | None = None, widget: QWidget | None = None
    ) -> int:
        if metric in _SIZES and widget is not None:
            return max(13, round(widget.fontMetrics().height() * 0.85))
        return super().pixelMetric(metric, option, widget)


def clear_ticks(widget: QCheckBox | QAbstractItemView) -> None:
    """Give the ticks of `widget` an edge that can be seen."""
    style = _TickStyle("Fusion")
    # A widget does not hold its style.
    style.setParent(widget)
    widget.setStyle(style)
