"""One field in the form: its label, help, editor, messages and conflict, put together in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from audit_desktop.core.framework import FieldKind
from audit_desktop.ui.fields.editors import make_editor
from audit_desktop.ui.form.conflict_panel import ConflictPanel
from audit_desktop.ui.parts.labels import plain_label, plain_tool_tip
from audit_desktop.ui.parts.roles import set_role
from audit_desktop.ui.theme import Space
from audit_desktop.ui.wording import FORM

if TYPE_CHECKING:
    from audit_desktop.core.edits import JsonValue
    from audit_desktop.core.framework import Field, Framework, Scale
    from audit_desktop.session.field_state import FieldState


class FieldRow(QWidget):
    """A field and its answer. `context` names what it belongs to, for those who hear the form.

    Signals:
        edited: a person changed the value; carries the row and the value.
        finished: the focus left the editor; carries the row.
        settled: a person settled a conflict; carries the row and the value.
    """

    edited = Signal(object, object)
    finished = Signal(object)
    settled = Signal(object, object)

    def __init__(
        self,
        address: str,
        field: Field,
        framework: Framework,
        *,
        context: str = "",
        shows_label: bool = True,
        shows_help: bool = False,
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.address = address
        self.field = field
        self.name = f"{context} {field.label}".strip()
        self._framework = framework
        self._fault = ""
        self._writes_new = False
        self._message: QLabel | None = None
        self._conflict: ConflictPanel | None = None
        self.setObjectName(f"row:{address}")

        is_marked = field.required and field.kind is not FieldKind.RATING
        label = f"{field.label} ({FORM.needed})" if is_marked else field.label
        self.label = plain_label(label, "strong") if shows_label else None
        self.help = plain_label(field.help, "caption") if shows_help and field.help else None
        self.editor = make_editor(field, _scale(framework, field), self)
        self._placeholder = placeholder

        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Space.TINY)
        if self.label is not None and not self.editor.shows_own_label:
            layout.addWidget(self.label)
            self.label.setBuddy(self.editor.boxes()[0])
        layout.addWidget(self.editor)
        # Below the editor, so that editors side by side line up.
        if self.help is not None:
            layout.insertWidget(layout.count() - (field.kind is FieldKind.CHOICES), self.help)
        self._layout = layout

        self.editor.set_name(self.name, field.help)
        if field.help and not shows_help:
            self.editor.setToolTip(plain_tool_tip(field.help))
        self.editor.value_edited.connect(self._on_edited)
        self.editor.editing_finished.connect(self._on_finished)

    def refresh(self, state: FieldState, *, keeps_box: bool = False) -> None:
        """Show `state`; with `keeps_box` what stands in the editor is left alone, because it is being written in."""
        if self.editor.is_read_only != state.is_read_only:
            self.editor.set_read_only(state.is_read_only)
            self.editor.set_name(self.name, self._description())
        if not keeps_box and not (self._fault and state.value is None):
            if self._fault:
                self.show_fault("")
            self.editor.set_value(state.value)
        self._show_placeholder(state)
        self._show_conflict(state, keeps_box=keeps_box)
        if not self._fault:
            needs = state.is_missing and self.field.required_when is not None and not state.is_read_only
            self._show_message(FORM.needed_because if needs else "", is_fault=False)

    def show_fault(self, sentence: str) -> None:
        """Show why the session cannot take what stands in the editor; empty takes the message away."""
        if sentence != self._fault:
            self._fault = sentence
            self.editor.set_messages((sentence,) if sentence else ())
            self.editor.set_name(self.name, self._description())
            self._show_message(sentence, is_fault=True)

    @property
    def fault(self) -> str:
        """Why what stands in the editor cannot be taken, or nothing."""
        return self._fault

    def _description(self) -> str:
        if self._fault:
            return self._fault
        return " ".join(part for part in (self.field.help, FORM.read_only if self.editor.is_read_only else "") if part)

    def _show_message(self, sentence: str, *, is_fault: bool) -> None:
        if self._message is None:
            if not sentence:
                return
            self._message = plain_label("")
            self._layout.addWidget(self._message)
        set_role(self._message, "error" if is_fault else "caption")
        self._message.setText(sentence)
        self._message.setVisible(bool(sentence))

    def _show_placeholder(self, state: FieldState) -> None:
        box = self.editor.boxes()[0]
        if self.field.kind in (FieldKind.LONG_TEXT, FieldKind.TEXT):
            text = FORM.nothing_yet if state.is_read_only else self._placeholder
            box.setPlaceholderText(text)  # type: ignore[attr-defined]

    def _show_conflict(self, state: FieldState, *, keeps_box: bool) -> None:
        if not state.conflict:
            self._writes_new = False
            if self._conflict is not None:
                focused = self.window().focusWidget()
                self.editor.show()
                if focused is not None and self._conflict.isAncestorOf(focused):
                    self.editor.focus()
                self._conflict.hide()
                self._conflict.deleteLater()
                self._conflict = None
            return
        shown = self._conflict
        if shown is not None and shown.edits == state.conflict and shown.is_read_only == state.is_read_only:
            return
        if shown is not None:
            shown.hide()
            shown.deleteLater()
        self._conflict = ConflictPanel(
            self._framework, self.field, state.conflict, name=self.name, is_read_only=state.is_read_only, parent=self
        )
        self._conflict.settled.connect(self._on_settled)
        self._conflict.new_wanted.connect(self._on_new_wanted)
        self._layout.insertWidget(self._layout.indexOf(self.editor), self._conflict)
        self._conflict.show()
        # An editor beside two answers would look like a third; it comes when a new one is wanted.
        self.editor.setVisible(keeps_box or self._writes_new)

    @Slot(object)
    def _on_edited(self, value: JsonValue | None) -> None:
        self.edited.emit(self, value)

    @Slot()
    def _on_finished(self) -> None:
        self.finished.emit(self)

    @Slot(object)
    def _on_settled(self, value: JsonValue | None) -> None:
        self.settled.emit(self, value)

    @Slot()
    def _on_new_wanted(self) -> None:
        self._writes_new = True
        self.editor.show()
        self.editor.focus()


def _scale(framework: Framework, field: Field) -> Scale | None:
    return framework.scale(field.scale) if field.scale else None
