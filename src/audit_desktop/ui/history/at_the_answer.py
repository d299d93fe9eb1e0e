"""A way to the history at the answer itself: a quiet mark beside the field that is in use, and an entry in its menu."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QContextMenuEvent, QIcon, QPainter, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QLineEdit, QMenu, QPlainTextEdit, QWidget
from shiboken6 import isValid

from audit_desktop.ui.form.form_card import FormCard
from audit_desktop.ui.form.where_shown import row_around
from audit_desktop.ui.parts.buttons import button
from audit_desktop.ui.parts.labels import plain_tool_tip
from audit_desktop.ui.safety_wording import HISTORY
from audit_desktop.ui.theme import Space

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from PySide6.QtWidgets import QPushButton

    from audit_desktop.core.edits import Edit
    from audit_desktop.session.audit_session import AuditSession
    from audit_desktop.ui.audit_view import AuditView
    from audit_desktop.ui.bridge import Bridge
    from audit_desktop.ui.form.field_row import FieldRow


class AtTheAnswer(QObject):
    """Follows the focus through the form. Only the field that is in use has a mark, and only if it was ever answered.

    The mark lies over the card and moves nothing; the keyboard has the entry in the menu and the key of the window.
    """

    def __init__(
        self, view: AuditView, session: AuditSession, bridge: Bridge, show_history: Callable[[str], None]
    ) -> None:
        super().__init__(view)
        self._view = view
        self._session = session
        self._show_history = show_history
        self._row: FieldRow | None = None
        self._card: FormCard | None = None
        self._mark: QPushButton | None = None
        self._watched: tuple[QObject, ...] = ()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._place)
        cast("QApplication", QApplication.instance()).focusChanged.connect(self._on_focus_changed)
        bridge.answers_changed.connect(self._on_answers_changed)
        bridge.audit_replaced.connect(self._refresh)
        self._on_focus_changed(None, QApplication.focusWidget())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Offer the history in the menu of the field, and keep the mark in its place."""
        if event.type() == QEvent.Type.ContextMenu and watched is not self._row and self._row is not None:
            return self._show_menu(cast("QContextMenuEvent", event))
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.LayoutRequest):
            self._soon.start(0)
        return False

    @Slot("QWidget*", "QWidget*")
    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is None or new is self._mark:
            # The window was left for another, a menu is open, or the mark is being pressed.
            return
        row = row_around(new) if self._view.isAncestorOf(new) else None
        self._let_go()
        if row is None:
            return
        self._row = row
        self._card = _card_around(row)
        boxes = (new, new.viewport()) if isinstance(new, QAbstractScrollArea) else (new,)
        self._watched = (*boxes, row, *((self._card,) if self._card is not None else ()))
        for one in self._watched:
            one.installEventFilter(self)
        row.destroyed.connect(self._on_row_gone)
        self._refresh()

    @Slot(object, object)
    def _on_answers_changed(self, addresses: Collection[str], _initiator: object) -> None:
        if self._row is not None and self._row.address in addresses:
            self._refresh()

    @Slot()
    def _on_row_gone(self) -> None:
        # Its card, and with it the mark, went the same way.
        self._row = self._card = self._mark = None
        self._watched = ()

    def _let_go(self) -> None:
        if self._row is not None:
            self._row.destroyed.disconnect(self._on_row_gone)
        for one in self._watched:
            # A way to settle a conflict goes with the conflict, and its row stays.
            if isValid(one):
                one.removeEventFilter(self)
        if self._mark is not None:
            self._mark.hide()
            self._mark.deleteLater()
        self._row = self._card = self._mark = None
        self._watched = ()

    def _newest(self) -> Edit | None:
        """Return the newest edit of the answer in use; `None` if there is none, or several that differ."""
        if self._row is None:
            return None
        heads = self._session.audit.state.heads(self._row.address)
        # In a conflict each side says whose it is.
        return heads[0] if heads and not self._session.audit.state.has_conflict(self._row.address) else None

    @Slot()
    def _refresh(self) -> None:
        edit = self._newest()
        if edit is None or self._row is None or self._card is None:
            if self._mark is not None:
                self._mark.hide()
            return
        if self._mark is None:
            self._mark = button("", "history", name="answer-history", on_click=self._on_clicked, parent=self._card)
            # Another stop for the tab key at every answer would be in the way of whoever fills in the form.
            self._mark.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        changed = HISTORY.changed(edit.author.name, edit.at)
        self._mark.setAccessibleName(HISTORY.of_one_spoken.format(name=self._row.name, changed=changed))
        self._mark.setToolTip(plain_tool_tip(HISTORY.tool_tip.format(changed=changed)))
        self._place()

    @Slot()
    def _place(self) -> None:
        """Put the mark at the end of the label's line, in words if there is room.

        Without a label, and beside one that fills its line, it stands in the card's margin.
        """
        mark, row, card, edit = self._mark, self._row, self._card, self._newest()
        if mark is None or row is None or card is None or edit is None:
            return
        corner = row.mapTo(card, QPoint(0, 0))
        label = row.label if row.label is not None and row.label.isVisibleTo(card) else None
        height = mark.fontMetrics().height()
        free = 0
        if label is not None:
            letters = label.fontMetrics().horizontalAdvance(label.text())
            free = row.width() - label.x() - letters - Space.LARGE
            label = label if free >= height else None
        margin = card.width() - corner.x() - row.width()
        size = height if label is not None else min(height, margin - Space.TINY)
        if row.isHidden() or size < height // 2:
            mark.hide()
            return
        mark.setIcon(_clock(mark, size))
        mark.setIconSize(QSize(size, size))
        mark.setText("")
        if label is None:
            mark.setFixedSize(size, size)
            mark.move(corner.x() + row.width() + (margin - size) // 2, corner.y() + (row.height() - size) // 2)
        else:
            words = HISTORY.changed(edit.author.name, edit.at)
            width = mark.fontMetrics().horizontalAdvance(words) + size + Space.MEDIUM
            if width <= free:
                mark.setText(words.replace("&", "&&"))
            mark.setFixedSize(width if width <= free else size, label.height())
            mark.move(corner.x() + row.width() - mark.width(), corner.y() + label.y())
        mark.show()
        mark.raise_()

    def _show_menu(self, event: QContextMenuEvent) -> bool:
        assert self._row is not None
        if not self._session.audit.state.heads(self._row.address):
            return False
        box = QApplication.focusWidget()
        menu = box.createStandardContextMenu() if isinstance(box, QLineEdit | QPlainTextEdit) else QMenu(self._view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if not menu.isEmpty():
            menu.addSeparator()
        menu.addAction(HISTORY.menu).triggered.connect(self._on_clicked)
        menu.popup(event.globalPos())
        return True

    @Slot()
    def _on_clicked(self) -> None:
        if self._row is None:
            return
        if self._mark is not None and self._mark.hasFocus():
            self._row.editor.focus()
        self._show_history(self._row.address)


def _card_around(row: FieldRow) -> FormCard | None:
    widget = row.parentWidget()
    while widget is not None and not isinstance(widget, FormCard):
        widget = widget.parentWidget()
    return widget


def _clock(widget: QWidget, size: int) -> QIcon:
    """Return the picture of a clock, `size` high, in the quiet colour of `widget`."""
    ratio = widget.devicePixelRatioF()
    picture = QPixmap(QSize(size, size) * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(widget.palette().color(QPalette.ColorRole.PlaceholderText), max(1.4, size / 11))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    middle, reach = QPointF(size / 2, size / 2), size / 2 - pen.widthF()
    painter.drawEllipse(middle, reach, reach)
    painter.drawPolyline([middle + QPointF(0, -reach * 0.6), middle, middle + QPointF(reach * 0.45, reach * 0.3)])
    painter.end()
    return QIcon(picture)
