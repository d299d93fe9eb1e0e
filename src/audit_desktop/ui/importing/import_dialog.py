"""The dialog that imports a completed Word form: reads it, shows what it says, and takes over what is chosen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QFileDialog, QProgressBar, QWidget

from audit_desktop.core.addresses import audit_address
from audit_desktop.core.common_fields import SCHOOL_NAME
from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.core.file_names import free_path
from audit_desktop.session.importing import NewFromWord, authored, plan_into, plan_new, read_form
from audit_desktop.ui.dialogs.scrolling_frame import ScrollingFrame
from audit_desktop.ui.exchange_wording import IMPORT, NOTES, found_at
from audit_desktop.ui.fault_wording import sentence_for
from audit_desktop.ui.importing.line_detail import LineDetail
from audit_desktop.ui.importing.lines import PreviewGroup, PreviewLine, chosen_values, preview_groups
from audit_desktop.ui.importing.preview_tree import PreviewTree
from audit_desktop.ui.parts.buttons import button
from audit_desktop.ui.parts.labels import plain_label
from audit_desktop.ui.parts.roles import set_role
from audit_desktop.ui.parts.ticks import clear_ticks
from audit_desktop.ui.tasks import Task
from audit_desktop.ui.wording import BUTTONS, NEW_AUDIT, WINDOW

if TYPE_CHECKING:
    from audit_desktop.core.addresses import Addresses
    from audit_desktop.core.edits import Author
    from audit_desktop.exchange.word_import.import_plan import ImportPlan
    from audit_desktop.exchange.word_import.import_result import FoundText
    from audit_desktop.exchange.word_import.sandbox import ReadingProcess
    from audit_desktop.session.audit_session import AuditSession
    from audit_desktop.session.importing import WordForm
    from audit_desktop.session.workspace import Workspace

_CHARACTERS = 130


class ImportDialog(ScrollingFrame):
    """Imports the form at `document` into the open audit, or as a new one where none is open.

    `process` is one that waits to read it already.

    Signals:
        made: a new audit was made; carries its path.
        taken: answers entered the open audit; carries how many.
    """

    made = Signal(object)
    taken = Signal(int)

    def __init__(
        self,
        document: Path,
        workspace: Workspace,
        who: Author,
        documents: Path,
        *,
        session: AuditSession | None = None,
        process: ReadingProcess | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(IMPORT.title, "", parent)
        self.setObjectName("dialog:import")
        self._document = document
        self._workspace = workspace
        self._who = who
        self._documents = documents
        self._session = session
        self._new: NewFromWord | None = None
        self._plan: ImportPlan | None = None
        self._groups: list[PreviewGroup] = []
        self._shown: PreviewLine | None = None
        self._name = plain_label(document.name, "strong", name="import:document")
        self.summary = plain_label(IMPORT.reading, name="import:summary")
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setAccessibleName(IMPORT.reading)
        self.notes = plain_label("", "caption", name="import:notes", selectable=True)
        self.tree = PreviewTree()
        self.detail = LineDetail()
        self.comments_box = QCheckBox(IMPORT.comments_take)
        clear_ticks(self.comments_box)
        self.comments_box.setObjectName("import:comments")
        self.comments_box.setAccessibleName(IMPORT.comments_take)
        self.message = plain_label("", name="import:message", selectable=True)
        self.copy_button = button(IMPORT.save_report, name="import:copy", on_click=self._on_copy)
        self.cancel_button = button(BUTTONS.cancel, name="import:cancel", on_click=self.close)
        self.apply_button = button(
            IMPORT.apply if session is not None else IMPORT.apply_new,
            "primary",
            name="import:apply",
            on_click=self.apply,
        )
        for one in (self._name, self.summary, self.progress, self.notes):
            self.body.addWidget(one)
        self.body.addWidget(self.tree, 1)
        for one in (self.detail, self.comments_box):
            self.body.addWidget(one)
        self.foot.addWidget(self.message)
        for one in (self.copy_button, self.cancel_button):
            self.add_button(one)
        self.add_button(self.apply_button, is_default=True)
        for one in (self.notes, self.tree, self.detail, self.comments_box, self.copy_button, self.apply_button):
            one.hide()
        self.fit(_CHARACTERS)

        self.tree.line_shown.connect(self._on_line_shown)
        self.tree.choices_changed.connect(self._on_choices_changed)
        self.detail.chosen.connect(self._on_way_chosen)
        self.comments_box.toggled.connect(self._on_choices_changed)
        # Nobody else can read the file while it is; there is nothing to stop for longer than the limit of reading.
        self._task = Task(lambda _progress, _stopped: read_form(workspace.filesystem, document, process), self)
        self._task.succeeded.connect(self._on_read)
        self._task.failed.connect(self._on_failed)
        self._task.broke.connect(self._on_broke)
        self._task.start()

    def done(self, result: int) -> None:
        """Wait for the reading to end, which takes seconds at the most."""
        self._task.stop()
        self._task.wait()
        super().done(result)

    @property
    def _addresses(self) -> Addresses:
        if self._session is not None:
            return self._session.audit.state.addresses
        assert self._new is not None
        return self._new.audit.state.addresses

    def apply(self) -> None:
        """Take over what is chosen: into the open audit as one undo step, or as a new audit."""
        if self._plan is None:
            return
        values = chosen_values(self._plan, self._groups, with_comments=self.comments_box.isChecked())
        try:
            if self._session is not None:
                self._session.set_answers(values)
                self.taken.emit(len(values))
            elif self._new is not None:
                path = self._ask_place(values.get(audit_address(SCHOOL_NAME.id)) or "")
                if path is None:
                    return
                answers = authored(self._addresses, values, self._who.name)
                self._workspace.create(path, self._new.entry, answers, may_replace=True)
                self.made.emit(path)
        except AuditDesktopError as fault:
            self._say(sentence_for(fault), "error")
            return
        self.close()

    def _ask_place(self, school: str) -> Path | None:
        assert self._new is not None
        stem = NEW_AUDIT.file_stem(school, self._new.entry.title)
        proposed = free_path(self._documents, stem, ".audit", self._workspace.filesystem.exists)
        chosen, _ = QFileDialog.getSaveFileName(self, IMPORT.where_saved, str(proposed), WINDOW.audit_files)
        if not chosen:
            return None
        path = Path(chosen)
        return path if path.suffix.lower() == ".audit" else path.with_name(f"{path.name}.audit")

    @Slot(object)
    def _on_read(self, form: WordForm) -> None:
        try:
            if self._session is not None:
                self._session.commit_typing()
                plan = plan_into(self._session.audit, form, [self._who.role])
            else:
                self._new = plan_new(self._workspace, form)
                plan = self._new.plan
        except AuditDesktopError as fault:
            self._on_failed(fault)
            return
        self._plan = plan
        self._groups = preview_groups(plan, self._addresses, is_new=self._new is not None)
        self._show_plan(plan)

    def _show_plan(self, plan: ImportPlan) -> None:
        self.progress.hide()
        unrecognised = len(plan.unrecognised)
        if self._new is not None:
            summary = IMPORT.summary_new(len(plan.answers), self._new.entry.title, unrecognised)
            self.summary.setText(f"{IMPORT.lead_new} {summary}")
        else:
            summary = IMPORT.summary(len(plan.answers), plan.same, unrecognised)
            self.summary.setText(f"{IMPORT.lead_into} {summary}")
        self.notes.setText("\n".join(self._notes(plan)))
        self.notes.setVisible(bool(self.notes.text()))
        has_lines = bool(self._groups or plan.unrecognised)
        for one in (self.tree, self.detail, self.copy_button):
            one.setVisible(has_lines)
        self.comments_box.setVisible(any(comment.may_change for comment in plan.comments))
        self.comments_box.setText(f"{IMPORT.comments_take} ({len(plan.comments)})")
        self.comments_box.setChecked(self._session is None)
        self.apply_button.setVisible(has_lines or bool(plan.comments) or self._new is not None)
        if not has_lines and self._new is None and not plan.comments:
            self._say(IMPORT.nothing, "success")
            self.cancel_button.setText(BUTTONS.close)
        else:
            self.tree.show_plan(self._groups, plan, self._addresses, is_new=self._new is not None)
            self._on_choices_changed()
            self.tree.setFocus()
        self.fit(_CHARACTERS)

    def _notes(self, plan: ImportPlan) -> list[str]:
        notes = [NOTES[note] for note in plan.notes]
        if plan.missing_statements:
            statements = self._addresses.statements
            references = ", ".join(statements[own_id].reference for own_id in plan.missing_statements)
            notes.append(IMPORT.missing.format(references=references))
        return notes

    @Slot(object)
    def _on_line_shown(self, content: PreviewLine | FoundText) -> None:
        if isinstance(content, PreviewLine):
            self._shown = content
            self.detail.show_line(content)
        else:
            self._shown = None
            place = found_at(self._addresses, content.place)
            self.detail.show_text(f"{place}: {IMPORT.not_recognised_help}", content.text)

    @Slot(int)
    def _on_way_chosen(self, place: int) -> None:
        if self._shown is not None and self._shown.chosen != place:
            self._shown.chosen = place
            self.tree.refresh(self._shown)
            self._on_choices_changed()

    @Slot()
    def _on_choices_changed(self) -> None:
        if self._plan is None:
            return
        if self._shown is not None:
            self.detail.refresh(self._shown)
        count = len(chosen_values(self._plan, self._groups, with_comments=self.comments_box.isChecked()))
        named = IMPORT.named.format(name=self._who.name)
        self._say(f"{IMPORT.taking(count)} {named}", "") if self._session is not None else self._say(named, "")
        self.apply_button.setEnabled(bool(count) or self._new is not None)

    @Slot(object)
    def _on_failed(self, fault: AuditDesktopError) -> None:
        self.progress.hide()
        self.summary.setText("")
        self._say(sentence_for(fault), "error")
        self.cancel_button.setText(BUTTONS.close)
        self.cancel_button.setFocus()

    @Slot(object)
    def _on_broke(self, error: Exception) -> None:
        self._on_failed(AuditDesktopError(FaultCode.WORD_DAMAGED, self._document.name))
        raise error

    def _on_copy(self) -> None:
        """Put everything of the preview on the clipboard, so that nothing needs to be retyped."""
        plan = self._plan
        if plan is None:
            return
        rows = [
            f"{group.heading}\n" + "\n".join(f"{line.where}: {line.theirs}" for line in group.lines)
            for group in self._groups
        ]
        if plan.unrecognised:
            texts = "\n".join(f"{found_at(self._addresses, found.place)}: {found.text}" for found in plan.unrecognised)
            rows.append(f"{IMPORT.not_recognised}\n{texts}")
        QGuiApplication.clipboard().setText("\n\n".join(rows))

    def _say(self, text: str, role: str) -> None:
        self.message.setText(text)
        self.message.setAccessibleName(text)
        set_role(self.message, role)
