"""The left-hand side of the form: the pages with their progress and status, and how the whole stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QCursor, QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyledItemDelegate, QVBoxLayout, QWidget

from audit_desktop.ui.form.section_model import ENTRY, Entry, SectionModel
from audit_desktop.ui.form.status_view import (
    StatusView,
    paint_pill,
    paint_profile,
    rating_levels,
    status_level,
    status_word,
)
from audit_desktop.ui.parts.labels import divider
from audit_desktop.ui.parts.viewport import give_viewport
from audit_desktop.ui.theme import Radius, Space
from audit_desktop.ui.wording import FORM

if TYPE_CHECKING:
    from PySide6.QtCore import QItemSelection
    from PySide6.QtGui import QResizeEvent, QShowEvent
    from PySide6.QtWidgets import QStyleOptionViewItem

    from audit_desktop.core.framework import Framework
    from audit_desktop.core.scoring import Score
    from audit_desktop.session.audit_session import AuditSession
    from audit_desktop.ui.theme import Theme

_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
_SIDE = Space.MEDIUM


class SectionList(QFrame):
    """The list of pages, with the overall status below it.

    Signals:
        chosen: the person went to a page; carries its key.
    """

    chosen = Signal(str)

    def __init__(self, session: AuditSession, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        framework = session.audit.framework
        self.setProperty("role", "sidebar")
        self.model = SectionModel(session, self)
        self.view = _List(self)
        self.view.setModel(self.model)
        self.delegate = _EntryPainter(framework, theme, self.view)
        self.view.setItemDelegate(self.delegate)
        self.overall = StatusView(framework, FORM.overall if framework.scoring else FORM.overall_profile, self)
        self.overall.setObjectName("overall-status")

        foot = QVBoxLayout()
        foot.setContentsMargins(Space.LARGE, Space.MEDIUM, Space.LARGE, Space.MEDIUM)
        foot.addWidget(self.overall)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 1, 0)
        layout.setSpacing(0)
        layout.addWidget(self.view, 1)
        layout.addWidget(divider(self))
        layout.addLayout(foot)

        self.view.selectionModel().selectionChanged.connect(self._on_selection_changed)

    def show_page(self, key: str) -> None:
        """Mark the page called `key` as the one that is shown, without a word about it."""
        index = self.model.index(self.model.row_of(key))
        if self.view.currentIndex() != index:
            blocked = self.view.selectionModel().blockSignals(True)
            self.view.setCurrentIndex(index)
            self.view.selectionModel().blockSignals(blocked)
            self.view.viewport().update()
        if self.isVisible():
            self.view.scrollTo(index)

    def show_overall(self, score: Score) -> None:
        """Show how the whole audit stands."""
        self.overall.show_score(score)

    def set_theme(self, theme: Theme) -> None:
        """Draw in the colours of `theme`."""
        self.delegate.theme = theme
        self.view.scheduleDelayedItemsLayout()

    def showEvent(self, event: QShowEvent) -> None:
        """Show the entry of the page that is shown: before this there was no telling where it would be."""
        super().showEvent(event)
        self.view.scrollTo(self.view.currentIndex())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the reason of the overall status to its own page where the list needs the room."""
        super().resizeEvent(event)
        self.overall.reason.setVisible(self.height() > self.fontMetrics().lineSpacing() * 34)

    @Slot()
    def _on_selection_changed(self, selected: QItemSelection, _deselected: QItemSelection) -> None:
        indexes = selected.indexes()
        if indexes:
            self.chosen.emit(self.model.entry(indexes[0].row()).key)


class _List(QListView):
    """A list whose entries are as wide as it is."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        give_viewport(self)
        self.setObjectName("sections")
        self.setAccessibleName(FORM.sections)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Letters would search the titles, but figures rate the current statement.
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier or event.text().isdigit():
            event.ignore()
        else:
            super().keyPressEvent(event)


class _EntryPainter(QStyledItemDelegate):
    """Draws an entry: its title, how much is done, and its status in words on colour."""

    def __init__(self, framework: Framework, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self.theme = theme
        self._view = view
        self._framework = framework
        self._levels = rating_levels(framework)
        self._sizes: dict[tuple[int, int, str], QSize] = {}
        self._number_widths: dict[str, int] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        width = self._view.viewport().width()
        # A list asks for the size of every entry whenever one changes.
        key = (index.row(), width, option.font.key())
        if key not in self._sizes:
            self._sizes[key] = self._size_of(width, option, index)
        return self._sizes[key]

    def _size_of(self, width: int, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        title = index.data(Qt.ItemDataRole.DisplayRole)
        metrics = QFontMetrics(_bold(option.font))
        taken = 2 * Space.SMALL + 2 * _SIDE - Space.TINY + self._number_width(option.font)
        bounds = metrics.boundingRect(QRect(0, 0, max(40, width - taken), 10_000), _WRAP, title)
        height = bounds.height() + 2 * Space.SMALL + Space.TINY
        # Whether an entry is a section does not depend on its score, which may be costly to work out.
        model = index.model()
        if isinstance(model, SectionModel) and model.is_section(index.row()):
            height += self._foot_height(option.font) + Space.TINY
        return QSize(width, height)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        entry: Entry = index.data(ENTRY)
        theme = self.theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect).adjusted(Space.SMALL, Space.HAIR, -Space.SMALL, -Space.HAIR)
        # Not from the state of the option, for which the class of styles with its six hundred names would be made.
        is_selected = self._view.currentIndex().row() == index.row()
        if is_selected or self._is_hovered(option.rect):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.accent_soft if is_selected else theme.sunken))
            painter.drawRoundedRect(box, Radius.MEDIUM, Radius.MEDIUM)
        if is_selected:
            painter.setBrush(QColor(theme.accent))
            painter.drawRoundedRect(QRectF(box.left(), box.top() + 6, 3, box.height() - 12), 1.5, 1.5)
        if is_selected and self._view.hasFocus():
            painter.setPen(QColor(theme.focus))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, Radius.MEDIUM, Radius.MEDIUM)
        area = box.adjusted(_SIDE, Space.SMALL - Space.HAIR, -_SIDE + Space.TINY, -Space.SMALL + Space.HAIR)
        painter.setFont(_bold(option.font) if is_selected else option.font)
        painter.setPen(QColor(theme.text))
        left = area.left()
        if entry.number:
            painter.drawText(area, _WRAP, entry.number)
            left += self._number_width(option.font)
        title_area = QRectF(left, area.top(), area.right() - left, area.height())
        painter.drawText(title_area, _WRAP, entry.title)
        if entry.progress is not None and entry.score is not None:
            foot = self._foot_height(option.font)
            self._paint_foot(painter, QRectF(left, area.bottom() - foot, area.right() - left, foot), option.font, entry)
        painter.restore()

    def _paint_foot(self, painter: QPainter, area: QRectF, font: QFont, entry: Entry) -> None:
        assert entry.progress is not None
        assert entry.score is not None
        theme = self.theme
        small = QFont(font)
        small.setPointSizeF(font.pointSizeF() * 0.9)
        painter.setFont(small)
        metrics = QFontMetrics(small)
        text = f"{entry.progress.answered}/{entry.progress.of}"
        if entry.conflicts:
            text += f" · {FORM.conflicts_short(entry.conflicts)}"
        painter.setPen(QColor(theme.warning if entry.conflicts else theme.muted))
        painter.drawText(area, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), text)
        room = area.adjusted(metrics.horizontalAdvance(text) + Space.SMALL, 0, 0, 0)
        if self._framework.scoring is None:
            if not entry.conflicts:
                bar = room.adjusted(0, room.height() / 2 - 5, 0, -room.height() / 2 + 5)
                counts, unrated = entry.score.counts, entry.score.unrated
                paint_profile(painter, bar, self._levels, counts, unrated, self._view.palette())
            return
        level = status_level(self._framework, entry.score)
        word = level.label if level and entry.conflicts else status_word(self._framework, entry.score)
        bold = QFontMetrics(_bold(small)) if level else metrics
        word = bold.elidedText(word, Qt.TextElideMode.ElideRight, int(room.width()) - 2 * Space.SMALL)
        width = bold.horizontalAdvance(word) + 2 * Space.SMALL
        pill = QRectF(area.right() - width, area.top(), width, area.height())
        paint_pill(painter, pill, word, level.colour if level else "", self._view.palette())

    def _foot_height(self, font: QFont) -> int:
        return round(QFontMetrics(font).height() * 0.9) + Space.TINY

    def _number_width(self, font: QFont) -> int:
        key = font.key()
        if key not in self._number_widths:
            metrics = QFontMetrics(_bold(font))
            widest = max(metrics.horizontalAdvance(section.id) for section in self._framework.sections)
            self._number_widths[key] = widest + Space.SMALL
        return self._number_widths[key]

    def _is_hovered(self, area: QRect) -> bool:
        viewport = self._view.viewport()
        return viewport.underMouse() and area.contains(viewport.mapFromGlobal(QCursor.pos()))


def _bold(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setBold(True)
    return bold
