"""The dialog that writes a copy to hand over: where to, how it is protected, and what should not leave in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from audit_desktop.core.edits import Role
from audit_desktop.core.file_names import free_path
from audit_desktop.core.words import new_passphrase
from audit_desktop.storage.protection import SUFFIX as PROTECTED_SUFFIX
from audit_desktop.storage.word_list import load_words
from audit_desktop.ui.attaching.wording import ATTACHING
from audit_desktop.ui.dialogs.scrolling_frame import ScrollingFrame
from audit_desktop.ui.history.place_names import place_name
from audit_desktop.ui.parts.buttons import button
from audit_desktop.ui.parts.labels import plain_label
from audit_desktop.ui.parts.roles import set_invalid, set_role
from audit_desktop.ui.parts.tick_box import TickBox
from audit_desktop.ui.tasks import Task
from audit_desktop.ui.theme import Space
from audit_desktop.ui.visit_wording import SENDING, VISIT
from audit_desktop.ui.wording import BUTTONS, sentence_for

if TYPE_CHECKING:
    from audit_desktop.core.errors import AuditDesktopError
    from audit_desktop.core.pupil_data import PupilData
    from audit_desktop.session.workspace import OpenAudit, Workspace

AUDIT_SUFFIX = ".audit"
_MOST_FINDINGS = 40
_CHARACTERS = 92


class SendDialog(ScrollingFrame):
    """Writes a copy. The audit and its file are left alone.

    Signals:
        address_wanted: the person wants to go to an answer that holds pupil data.
    """

    address_wanted = Signal(str)

    def __init__(
        self, open_audit: OpenAudit, workspace: Workspace, resources: Path, parent: QWidget | None = None
    ) -> None:
        who = open_audit.session.who
        is_back = who is not None and who.role is Role.VISITOR
        super().__init__(SENDING.title_back if is_back else SENDING.title, SENDING.lead, parent)
        self.setObjectName("dialog:send")
        self._open_audit = open_audit
        self._workspace = workspace
        self._words = load_words(workspace.filesystem, resources)
        self._snapshot = open_audit.session.snapshot()
        self._check: Task | None = None
        self._writing: Task | None = None
        self._found: tuple[PupilData, ...] = ()

        path = open_audit.keeper.path
        stem = path.stem.removesuffix(SENDING.for_visitor).removesuffix(SENDING.from_visitor)
        copy = path.with_name(f"{stem}{SENDING.from_visitor if is_back else SENDING.for_visitor}{AUDIT_SUFFIX}")
        if copy == path:
            copy = free_path(path.parent, path.stem, AUDIT_SUFFIX, workspace.filesystem.exists)
        self.path_box = QLineEdit(str(copy))
        self.path_box.setObjectName("send:path")
        self.path_box.setAccessibleName(SENDING.place)
        choose = button(BUTTONS.browse, name="send:choose", accessible_name=SENDING.choose, on_click=self._on_choose)
        label = plain_label(SENDING.place, "strong")
        label.setBuddy(self.path_box)
        across = QHBoxLayout()
        across.addWidget(self.path_box, 1)
        across.addWidget(choose)
        self.body.addWidget(label)
        self.body.addLayout(across)
        self._add_protection()
        self.without_box = TickBox(SENDING.without, "send:without", SENDING.without_help)
        self.body.addWidget(self.without_box)
        self.body.addWidget(plain_label(SENDING.without_help, "caption"))
        self.files_label = plain_label("", name="send:files")
        self.body.addWidget(self.files_label)
        self._say_files()
        self.findings_label = plain_label(SENDING.checking, "strong", name="send:findings")
        self.body.addWidget(self.findings_label)
        self._findings: QWidget | None = None
        self._place = QVBoxLayout()
        self.body.addLayout(self._place)
        self.message = plain_label("", name="send:message", selectable=True)
        self.message.hide()
        self.foot.addWidget(self.message)
        self.body.addStretch(1)
        self.close_button = button(BUTTONS.cancel, name="send:close", on_click=self.reject)
        self.send_button = button(SENDING.send, "primary", name="send:send", on_click=self._on_send)
        self.add_button(self.close_button)
        self.add_button(self.send_button, is_default=True)
        self.protect_box.toggled.connect(self._on_protect)
        self.without_box.toggled.connect(lambda _on: self._look())
        self.without_box.toggled.connect(lambda _on: self._say_files())
        self._on_protect(is_on=False)
        self.path_box.setFocus()
        self._look()

    @property
    def path(self) -> Path:
        """Where the copy is to go; its ending says whether it is protected."""
        text = self.path_box.text().strip()
        path = Path(text).expanduser()
        while path.suffix.lower() in (AUDIT_SUFFIX, PROTECTED_SUFFIX):
            path = path.with_suffix("")
        ending = AUDIT_SUFFIX + PROTECTED_SUFFIX if self.protect_box.is_checked else AUDIT_SUFFIX
        path = path.with_name(path.name + ending)
        return path if path.is_absolute() else self._open_audit.keeper.path.parent / path

    def done(self, result: int) -> None:
        """Close once nothing is under way any more."""
        for task in (self._check, self._writing):
            if task is not None:
                task.stop()
                task.wait()
        super().done(result)

    # Protection

    def _add_protection(self) -> None:
        self.protect_box = TickBox(SENDING.protect, "send:protect", SENDING.advice)
        self.body.addWidget(self.protect_box)
        self._protection = QWidget()
        layout = QVBoxLayout(self._protection)
        layout.setContentsMargins(Space.WIDE, 0, 0, 0)
        layout.setSpacing(Space.TINY)
        self.passphrase_box = QLineEdit(new_passphrase(self._words))
        self.passphrase_box.setObjectName("send:passphrase")
        self.passphrase_box.setAccessibleName(SENDING.passphrase)
        self.passphrase_box.setAccessibleDescription(SENDING.advice)
        another = button(SENDING.another, name="send:another", on_click=self._on_another)
        line = QHBoxLayout()
        line.addWidget(self.passphrase_box, 1)
        line.addWidget(another)
        layout.addLayout(line)
        layout.addWidget(plain_label(SENDING.advice, "caption"))
        self.body.addWidget(self._protection)

    def _say_files(self) -> None:
        from audit_desktop.session.attaching import in_copy

        keeps = not self.without_box.is_checked
        text = ATTACHING.goes_along(*in_copy(self._open_audit.session.audit, with_earlier_wording=keeps))
        self.files_label.setText(text)
        self.files_label.setVisible(bool(text))

    def _on_another(self) -> None:
        self.passphrase_box.setText(new_passphrase(self._words))

    def _on_protect(self, is_on: bool) -> None:
        self._protection.setVisible(is_on)
        self._fit_rows()
        if self.path_box.text().strip():
            self.path_box.setText(str(self.path))
            self.path_box.setCursorPosition(len(self.path_box.text()))

    # Pupil data

    def _look(self) -> None:
        with_history = not self.without_box.is_checked
        snapshot = self._snapshot
        if self._check is not None:
            self._check.stop()
            self._check.wait()

        def job(_progress: object, _is_stopped: object) -> object:
            # Long texts take a second or more.
            from audit_desktop.core.pupil_data import pupil_data

            return pupil_data(snapshot.to_audit(), with_history=with_history)

        self.findings_label.setText(SENDING.checking)
        self.send_button.setEnabled(False)
        task = self._check = Task(job, self)
        task.succeeded.connect(lambda found: self._show_findings(found) if task is self._check else None)
        task.broke.connect(self._on_broke)
        task.start()

    def _show_findings(self, found: tuple[PupilData, ...]) -> None:
        self._found = found
        self.send_button.setEnabled(True)
        text = SENDING.send_anyway if found else SENDING.send
        self.send_button.setText(text)
        self.send_button.setAccessibleName(text)
        self.findings_label.setText(SENDING.found if found else SENDING.none_found)
        set_role(self.findings_label, "error" if found else "muted")
        if self._findings is not None:
            self._findings.hide()
            self._findings.deleteLater()
        self._findings = QWidget()
        self._findings.setAccessibleName(SENDING.found)
        layout = QVBoxLayout(self._findings)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Space.TINY)
        addresses = self._open_audit.session.audit.state.addresses
        for one in found[:_MOST_FINDINGS]:
            place = place_name(addresses, one.address)
            text = SENDING.finding(one.text, SENDING.kind(one.kind), place, is_earlier=one.is_earlier)
            line = QHBoxLayout()
            line.addWidget(plain_label(text), 1)
            line.addWidget(
                button(
                    VISIT.jump.format(place=place),
                    "card-link",
                    on_click=lambda address=one.address: self._on_jump(address),
                )
            )
            layout.addLayout(line)
        if len(found) > _MOST_FINDINGS:
            layout.addWidget(plain_label(VISIT.more(len(found) - _MOST_FINDINGS), "muted"))
        self._place.addWidget(self._findings)
        self._findings.show()
        self._fit_rows()

    def _fit_rows(self) -> None:
        self.fit(_CHARACTERS)
        self.keep_on_screen()

    def _on_jump(self, address: str) -> None:
        self.reject()
        self.address_wanted.emit(address)

    # Writing

    def _on_choose(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, SENDING.choose, str(self.path), SENDING.files)
        if chosen:
            self.path_box.setText(chosen)
            self.path_box.setText(str(self.path))

    def _on_send(self) -> None:
        if not self.path_box.text().strip():
            self._refuse(SENDING.no_place)
            return
        path = self.path
        if path == self._open_audit.keeper.path:
            self._refuse(SENDING.own_file)
            return
        set_invalid(self.path_box, invalid=False)
        passphrase = self.passphrase_box.text() if self.protect_box.is_checked else ""
        if self.protect_box.is_checked and not passphrase.strip():
            self.passphrase_box.setText(new_passphrase(self._words))
            self.passphrase_box.setFocus()
            return
        snapshot, workspace, keeps = self._snapshot, self._workspace, not self.without_box.is_checked

        def job(_progress: object, _is_stopped: object) -> object:
            from audit_desktop.session.handing_over import send_copy

            audit = snapshot.to_audit()
            return path, send_copy(workspace, audit, path, passphrase=passphrase, with_earlier_wording=keeps)

        self.path_box.setText(str(path))
        self._show_message(SENDING.writing, "")
        self.send_button.setEnabled(False)
        self._writing = Task(job, self)
        self._writing.succeeded.connect(self._on_written)
        self._writing.failed.connect(self._on_failed)
        self._writing.broke.connect(self._on_broke)
        self._writing.start()

    def _on_written(self, result: tuple[Path, tuple[str, ...]]) -> None:
        path, missing = result
        text = f"{SENDING.done.format(path=path)} {ATTACHING.missing(len(missing))}".strip()
        self._show_message(text, "error" if missing else "success")
        self.send_button.setEnabled(True)
        self.close_button.setText(BUTTONS.close)
        self.close_button.setFocus()

    def _on_failed(self, fault: AuditDesktopError) -> None:
        self.send_button.setEnabled(True)
        self._show_message(sentence_for(fault, place=SENDING.passphrase if not fault.place else ""), "error")

    def _on_broke(self, error: object) -> None:
        self.send_button.setEnabled(True)
        raise cast("Exception", error)

    def _refuse(self, text: str) -> None:
        set_invalid(self.path_box, invalid=True)
        self._show_message(text, "error")
        self.path_box.setFocus()

    def _show_message(self, text: str, role: str) -> None:
        self.message.setText(text)
        self.message.setAccessibleName(text)
        set_role(self.message, role)
        self.message.show()
        self._fit_rows()
