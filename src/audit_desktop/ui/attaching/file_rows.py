"""The files attached to one thing, a row each: name, size, who and when, and what can be done with it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from audit_desktop.session.attaching import may_remove
from audit_desktop.ui.attaching.card_files import FileWish, WishKind
from audit_desktop.ui.attaching.wording import ATTACHING
from audit_desktop.ui.parts.buttons import button
from audit_desktop.ui.parts.flow_layout import FlowLayout
from audit_desktop.ui.parts.labels import plain_label
from audit_desktop.ui.theme import Space

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPushButton

    from audit_desktop.core.attachments import Attachment
    from audit_desktop.session.audit_session import AuditSession


_ACTIONS: tuple[tuple[WishKind, str], ...] = (
    ("open", ATTACHING.open),
    ("save", ATTACHING.save),
    ("describe", ATTACHING.describe),
    ("remove", ATTACHING.remove),
)


_BESIDE_BUTTONS = 36
"""Characters of a name that has room beside its buttons, whatever the size of text."""


class FileRows(QWidget):
    """The rows.

    Signals:
        wanted: the `FileWish` of the person.
    """

    wanted = Signal(object)

    def __init__(
        self,
        subject: str,
        name: str,
        files: tuple[Attachment, ...],
        session: AuditSession,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._subject = subject
        self._session = session
        self._buttons: dict[tuple[str, str], QPushButton] = {}
        self._changing: list[tuple[Attachment, QPushButton]] = []
        self.setAccessibleName(ATTACHING.list_name(name))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.SMALL)
        for attachment in files:
            column.addWidget(self._row(attachment))
        self.refresh()

    def refresh(self) -> None:
        """Offer to describe files and to take them out only where the person may."""
        for attachment, shown in self._changing:
            shown.setVisible(may_remove(self._session, attachment))

    def used(self) -> tuple[str, str] | None:
        """Return the file and the kind of the button that has the window's focus, or `None` if none has it."""
        focused = self.window().focusWidget()
        return next((place for place, made in self._buttons.items() if made is focused), None)

    def use(self, own_id: str, kind: str) -> bool:
        """Put the focus on the button of this `kind` at a file; returns whether there is one."""
        made = self._buttons.get((own_id, kind))
        if made is None or made.isHidden():
            return False
        made.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _want(self, kind: WishKind, attachment: Attachment) -> None:
        self.wanted.emit(FileWish(kind, self._subject, attachment))

    def _row(self, attachment: Attachment) -> QWidget:
        row = QWidget(self)
        row.setObjectName(f"file:{attachment.id}")
        row.setAccessibleName(attachment.name)
        lines = QVBoxLayout(row)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(Space.TINY)
        across = QWidget(row)
        flow = FlowLayout(across)
        if len(attachment.name) > _BESIDE_BUTTONS:
            lines.addWidget(plain_label(attachment.name, "strong"))
        else:
            flow.addWidget(plain_label(attachment.name, "strong", wrap=False))
        for kind, text in _ACTIONS:
            made = button(
                text,
                "card-link",
                name=f"{kind}-file",
                accessible_name=ATTACHING.spoken(text, attachment.name),
                on_click=partial(self._want, kind, attachment),
            )
            flow.addWidget(made)
            self._buttons[attachment.id, kind] = made
            if kind in ("describe", "remove"):
                self._changing.append((attachment, made))
        lines.addWidget(across)
        lines.addWidget(plain_label(ATTACHING.row(attachment), "caption"))
        return row
