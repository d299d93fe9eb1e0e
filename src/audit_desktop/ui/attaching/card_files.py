"""The foot of a card: a quiet button that attaches a file, and above it the files that are attached, if any."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from audit_desktop.core.record import Record
from audit_desktop.ui.attaching.card_wording import ATTACH
from audit_desktop.ui.parts.buttons import button
from audit_desktop.ui.parts.dropped_files import dropped_files
from audit_desktop.ui.theme import Space

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QDropEvent

    from audit_desktop.core.attachments import Attachment
    from audit_desktop.session.audit_session import AuditSession
    from audit_desktop.ui.attaching.file_rows import FileRows


WishKind: TypeAlias = Literal["attach", "open", "save", "describe", "remove"]


class FileWish(Record):
    """What a person wants done with files: attach `paths`, chosen first if there are none, or do a thing with one."""

    kind: WishKind
    subject: str
    attachment: Attachment | None = None
    paths: tuple[Path, ...] = ()


class CardFiles(QWidget):
    """Attached files of one statement or section. Files that are dropped on the card are attached to it.

    Signals:
        wanted: the `FileWish` of the person.
    """

    wanted = Signal(object)

    def __init__(
        self, subject: str, name: str, session: AuditSession, card: QWidget, beside: QWidget | None = None
    ) -> None:
        """Stand at the foot of `card`, with `beside` at the left of the button."""
        super().__init__(card)
        self.subject = subject
        self._name = name
        self._session = session
        self._beside = beside
        self.files: tuple[Attachment, ...] = ()
        self.rows: FileRows | None = None
        self.setObjectName(f"files:{subject}")
        self.attach_button = button(
            ATTACH.attach,
            "card-link",
            name="attach",
            accessible_name=ATTACH.attach_name(name),
            on_click=lambda: self.wanted.emit(FileWish("attach", subject)),
        )
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.SMALL)
        foot = QHBoxLayout()
        foot.setSpacing(Space.SMALL)
        if beside is not None:
            foot.addWidget(beside, 1)
        else:
            foot.addStretch(1)
        foot.addWidget(self.attach_button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._column.addLayout(foot)
        card.setAcceptDrops(True)
        self.refresh()

    def refresh(self) -> None:
        """Show what the person may do now."""
        may_attach = self._may_attach()
        self.attach_button.setVisible(may_attach)
        if self.rows is not None:
            self.rows.refresh()
        # A card in which there is nothing of this must be no higher for it.
        self.setVisible(
            may_attach or self.rows is not None or (self._beside is not None and not self._beside.isHidden())
        )

    def show_files(self, files: tuple[Attachment, ...]) -> None:
        """Show `files`, which are attached here."""
        if files == self.files:
            return
        self.files = files
        former, self.rows = self.rows, None
        used = former.used() if former is not None else None
        if files:
            # Most cards have none.
            from audit_desktop.ui.attaching.file_rows import FileRows

            self.rows = FileRows(self.subject, self._name, files, self._session, self)
            self.rows.wanted.connect(self.wanted)
            self._column.insertWidget(0, self.rows)
            self.rows.show()
        self.refresh()
        if used is not None and not (self.rows is not None and self.rows.use(*used)):
            # What was used went with its file.
            self.attach_button.setFocus(Qt.FocusReason.OtherFocusReason)
        if former is not None:
            former.hide()
            former.deleteLater()

    def accept_files(self, event: QDropEvent) -> tuple[Path, ...]:
        """Accept the files that are dragged over the card, or dropped on it; returns them, none if none may be."""
        paths = dropped_files(event)
        if not paths or not self._may_attach():
            return ()
        event.acceptProposedAction()
        return paths

    def drop(self, event: QDropEvent) -> None:
        """Attach the files that are dropped on the card."""
        if paths := self.accept_files(event):
            self.wanted.emit(FileWish("attach", self.subject, paths=paths))

    def _may_attach(self) -> bool:
        # Anyone may attach. Asking for the field would name every statement of the framework, at every start.
        session = self._session
        return not session.is_read_only and session.who is not None and not session.sign_offs
