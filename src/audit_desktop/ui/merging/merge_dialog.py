"""The dialog that takes in a copy that came back: its passphrase, the preview in numbers, and the conflicts."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.ui.dialogs.frame import DialogFrame
from audit_desktop.ui.merging.conflict_card import ConflictChoice
from audit_desktop.ui.merging.preview_part import preview_part
from audit_desktop.ui.parts.buttons import button
from audit_desktop.ui.parts.labels import heading, plain_label
from audit_desktop.ui.parts.roles import set_role
from audit_desktop.ui.parts.tick_box import TickBox
from audit_desktop.ui.tasks import Task
from audit_desktop.ui.theme import Space
from audit_desktop.ui.visit_wording import MERGING
from audit_desktop.ui.wording import BUTTONS, sentence_for

if TYPE_CHECKING:
    from pathlib import Path

    from audit_desktop.core.merge_preview import MergePreview
    from audit_desktop.session.workspace import OpenAudit, Workspace
    from audit_desktop.storage.audit_container import OpenedAudit
    from audit_desktop.ui.theme import Theme


class MergeDialog(DialogFrame):
    """Reads the copy at `path` off the window's thread; nothing changes until the person agrees.

    Signals:
        merged: the copy was taken in; carries a sentence about it.
    """

    merged = Signal(str)

    def __init__(
        self, open_audit: OpenAudit, path: Path, workspace: Workspace, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(MERGING.title, str(path), parent)
        self.setObjectName("dialog:merge")
        self._session = open_audit.session
        self._path = path
        self._workspace = workspace
        self._theme = theme
        self._task: Task | None = None
        self._theirs: OpenedAudit | None = None
        self._preview: MergePreview | None = None
        self.conflicts: list[ConflictChoice] = []

        self.message = plain_label("", "strong", name="merge:message", selectable=True)
        self.body.addWidget(self.message)
        self.passphrase_box = QLineEdit()
        self.passphrase_box.setObjectName("merge:passphrase")
        self.passphrase_box.setAccessibleName(MERGING.protected)
        self.read_button = button(MERGING.read, name="merge:read", on_click=self._read)
        self._passphrase = QWidget()
        line = QHBoxLayout(self._passphrase)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.passphrase_box, 1)
        line.addWidget(self.read_button)
        self._passphrase.hide()
        self.body.addWidget(self._passphrase)
        self.unrelated_button = button(
            MERGING.although_unrelated, name="merge:although-unrelated", on_click=self._on_although_unrelated
        )
        self.unrelated_button.hide()
        self.body.addWidget(self.unrelated_button)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setAccessibleName(MERGING.what_comes)
        self._area.hide()
        self.body.addWidget(self._area, 1)
        self.agree_box = TickBox(MERGING.removes_much, "merge:agree")
        self.agree_box.hide()
        self.agree_box.toggled.connect(lambda _on: self._offer())
        self.body.addWidget(self.agree_box)
        self.apply_button = button(MERGING.apply, "primary", name="merge:apply", on_click=self._on_apply)
        self.apply_button.hide()
        self.close_button = button(BUTTONS.cancel, name="merge:close", on_click=self.reject)
        self.add_button(self.close_button)
        self.add_button(self.apply_button)
        self.fit(110)
        self.passphrase_box.returnPressed.connect(self._read)
        self._read()

    def done(self, result: int) -> None:
        """Close once nothing is under way any more."""
        if self._task is not None:
            self._task.wait()
        super().done(result)

    # Reading

    def _read(self) -> None:
        workspace, path, passphrase = self._workspace, self._path, self.passphrase_box.text()
        snapshot = self._session.snapshot()

        def job(_progress: object, _is_stopped: object) -> object:
            from audit_desktop.session.attaching import keep_on_this_computer
            from audit_desktop.session.handing_over import preview_copy, read_copy

            theirs = read_copy(workspace, path, passphrase)
            keep_on_this_computer(workspace, theirs.audit)
            try:
                return theirs, preview_copy(snapshot.to_audit(), theirs, str(path))
            except AuditDesktopError as fault:
                if fault.code is not FaultCode.NO_SHARED_HISTORY:
                    raise
                return theirs, fault

        self._run(job)

    def _on_although_unrelated(self) -> None:
        theirs, place, snapshot = self._theirs, str(self._path), self._session.snapshot()
        assert theirs is not None

        def job(_progress: object, _is_stopped: object) -> object:
            from audit_desktop.session.handing_over import preview_copy

            return theirs, preview_copy(snapshot.to_audit(), theirs, place, although_unrelated=True)

        self.unrelated_button.hide()
        self._run(job)

    def _run(self, job: object) -> None:
        self._say(MERGING.reading, "strong")
        self.read_button.setEnabled(False)
        self._task = Task(job, self)  # pyright: ignore[reportArgumentType]
        self._task.succeeded.connect(self._on_read)
        self._task.failed.connect(self._on_failed)
        self._task.broke.connect(self._on_broke)
        self._task.start()

    def _on_failed(self, fault: AuditDesktopError) -> None:
        asks = fault.code in (FaultCode.PASSPHRASE_MISSING, FaultCode.PASSPHRASE_WRONG)
        self._passphrase.setVisible(asks)
        self.read_button.setEnabled(True)
        is_first = fault.code is FaultCode.PASSPHRASE_MISSING
        self._say(MERGING.protected if is_first else sentence_for(fault), "strong" if is_first else "error")
        if asks:
            self.passphrase_box.setFocus()
            self.passphrase_box.selectAll()

    def _on_broke(self, error: object) -> None:
        self._say("", "strong")
        raise cast("Exception", error)

    def _on_read(self, found: tuple[OpenedAudit, MergePreview | AuditDesktopError]) -> None:
        self._theirs, preview = found
        self._passphrase.hide()
        if isinstance(preview, AuditDesktopError):
            self._say(sentence_for(preview), "error")
            self.unrelated_button.show()
            return
        self._show_preview(preview)

    # Deciding

    def _show_preview(self, preview: MergePreview) -> None:
        self._preview = preview
        if preview.changes_nothing:
            self._say(MERGING.nothing_new, "strong")
            self.close_button.setText(BUTTONS.close)
            return
        self._say(MERGING.safe, "muted")
        inner = QWidget()
        inner.setProperty("role", "page")
        layout = QVBoxLayout(inner)
        layout.setSpacing(Space.MEDIUM)
        after = self._session.after(preview.merge)
        addresses = preview.merge.audit.state.addresses
        if preview.conflicts:
            numbers, details = preview_part(addresses, preview)
            layout.addWidget(numbers)
            layout.addWidget(heading(MERGING.conflicts, "subheading"))
            layout.addWidget(plain_label(MERGING.conflicts_lead, "muted"))
            for conflict in preview.conflicts:
                card = ConflictChoice(addresses, conflict, self._theme, can_settle=after.can_change(conflict.address))
                card.changed.connect(self._offer)
                self.conflicts.append(card)
                layout.addWidget(card)
            layout.addWidget(details)
        else:
            for part in preview_part(addresses, preview):
                layout.addWidget(part)
        layout.addStretch(1)
        self._area.setWidget(inner)
        self._area.show()
        self.agree_box.setVisible(preview.removes_much)
        self.apply_button.show()
        self._offer()
        available = self.screen().availableGeometry()
        self.resize(self.width(), min(available.height() - Space.HUGE, 660))
        self.keep_on_screen()
        self._area.setFocus()

    def _offer(self) -> None:
        is_half_written = any(
            card.new_box is not None and card.choices["new"].isChecked() and not card.is_settled
            for card in self.conflicts
        )
        agrees = self.agree_box.is_checked or self._preview is None or not self._preview.removes_much
        self.apply_button.setEnabled(agrees and not is_half_written)

    def _on_apply(self) -> None:
        assert self._theirs is not None
        assert self._preview is not None
        settled = {card.conflict.address: card.value() for card in self.conflicts if card.is_settled}
        try:
            self._session.merge_in(self._theirs.audit, settled)
        except AuditDesktopError as fault:
            self._say(sentence_for(fault), "error")
            return
        sentence = MERGING.done(self._preview, len(settled))
        self.accept()
        self.merged.emit(sentence)

    def _say(self, text: str, role: str) -> None:
        self.message.setText(text)
        self.message.setAccessibleName(text)
        set_role(self.message, role)
