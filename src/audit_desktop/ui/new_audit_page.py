"""The page on which a new audit is made: which audit, which school, which file, and who is working."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from audit_desktop.core.addresses import audit_address
from audit_desktop.core.common_fields import AUDIT_FIELDS, SCHOOL_NAME
from audit_desktop.core.file_names import free_path
from audit_desktop.ui.broken_framework import BrokenFramework
from audit_desktop.ui.fields.editors import make_editor
from audit_desktop.ui.parts.buttons import button
from audit_desktop.ui.parts.fault_label import fault_label, show_fault_at
from audit_desktop.ui.parts.labels import heading, plain_label
from audit_desktop.ui.parts.message_banner import MessageBanner
from audit_desktop.ui.parts.page_column import PageColumn
from audit_desktop.ui.parts.tile import Tile
from audit_desktop.ui.theme import Space
from audit_desktop.ui.who_form import WhoForm
from audit_desktop.ui.wording import NEW_AUDIT, WINDOW, sentence_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from audit_desktop.core.edits import Author, JsonValue
    from audit_desktop.core.errors import AuditDesktopError
    from audit_desktop.storage.catalogue import CatalogueEntry
    from audit_desktop.ui.fields.base import FieldEditor

SUFFIX = ".audit"
_CHARACTERS = 116
_SCHOOL_FIELDS = ("school-name", "phase", "unique-reference-number", "headteacher")


@dataclass(frozen=True, slots=True)
class NewAudit:
    """What is needed to make an audit."""

    framework: CatalogueEntry
    answers: dict[str, JsonValue]
    path: Path
    who: Author


class NewAuditPage(PageColumn):
    """Asks for everything that a new audit needs. Faults are shown where they are; nothing pops up.

    Signals:
        create_requested: the `NewAudit` to make.
        cancelled: the person wants to go back.
    """

    create_requested = Signal(object)
    cancelled = Signal()

    def __init__(
        self,
        documents: Path,
        exists: Callable[[Path], bool],
        who: Author | None,
        frameworks: tuple[CatalogueEntry, ...],
        parent: QWidget | None = None,
    ) -> None:
        """Offer the newest version of each of the `frameworks`; the broken ones are listed with their faults."""
        super().__init__(_CHARACTERS, parent)
        self.setObjectName("page:new-audit")
        self._documents = documents
        self._exists = exists
        self._entries: dict[Tile, CatalogueEntry] = {}
        self._has_chosen_file = False
        self._group = QButtonGroup(self)
        self._frameworks = QVBoxLayout()
        self._frameworks.setSpacing(Space.SMALL)
        self.framework_fault = fault_label("new:framework-fault")
        self.school_fault = fault_label("new:school-fault")
        self.file_fault = fault_label("new:file-fault")
        self.fault_banner = QVBoxLayout()
        self.editors: dict[str, FieldEditor] = {
            field.id: make_editor(field) for field in AUDIT_FIELDS if field.id in _SCHOOL_FIELDS
        }
        self.school_box = self.editors[SCHOOL_NAME.id].boxes()[0]
        self.file_box = QLineEdit()
        self.file_box.setObjectName("new:file")
        self.file_box.setAccessibleName(NEW_AUDIT.file_name)
        self.file_box.setAccessibleDescription(NEW_AUDIT.file_help)
        self.who_form = WhoForm(who)
        self.create_button = button(NEW_AUDIT.create, "primary", name="new:create", on_click=self._on_create)

        # First, as the tab key comes to what is made in the order in which it is made.
        self._add_frameworks(frameworks)
        self._assemble()
        self._group.buttonClicked.connect(self._on_framework_chosen)
        self.editors[SCHOOL_NAME.id].value_edited.connect(self._on_school_edited)
        self.file_box.textEdited.connect(self._on_file_edited)

    def show_fault(self, fault: AuditDesktopError) -> None:
        """Show why the audit could not be made."""
        self._clear_banner()
        self.fault_banner.addWidget(MessageBanner(sentence_for(fault), "error", can_dismiss=False))

    def focus_first(self) -> None:
        """Put the focus on the first thing to choose."""
        if self._entries:
            next(iter(self._entries)).setFocus(Qt.FocusReason.OtherFocusReason)

    def chosen_framework(self) -> CatalogueEntry | None:
        """Return the framework that is chosen."""
        chosen = self._group.checkedButton()
        return self._entries.get(chosen) if isinstance(chosen, Tile) else None

    def _add_frameworks(self, entries: tuple[CatalogueEntry, ...]) -> None:
        newest = {entry.id: entry for entry in entries if not entry.faults}
        for entry in newest.values():
            framework = entry.framework()
            statements = sum(len(section.statements) for section in framework.sections)
            size = NEW_AUDIT.size(len(framework.sections), framework.section_noun, statements)
            edition = NEW_AUDIT.edition(framework.publisher, framework.revised, framework.version)
            tile = Tile(framework.title, framework.summary, (size, edition), name=f"framework:{entry.id}", wide=True)
            self._group.addButton(tile)
            self._entries[tile] = entry
            self._frameworks.addWidget(tile)
        if not newest:
            self._frameworks.addWidget(MessageBanner(NEW_AUDIT.none_installed, "error", can_dismiss=False))
        broken = [entry for entry in entries if entry.faults]
        if broken:
            self._frameworks.addSpacing(Space.SMALL)
            self._frameworks.addWidget(plain_label(NEW_AUDIT.broken, "strong"))
            for entry in broken:
                self._frameworks.addWidget(BrokenFramework(entry))

    def _assemble(self) -> None:
        rows = self.rows
        rows.addWidget(heading(NEW_AUDIT.title, "title"))
        rows.addSpacing(Space.SMALL)
        rows.addWidget(heading(NEW_AUDIT.framework, "subheading"))
        rows.addWidget(self.framework_fault)
        rows.addLayout(self._frameworks)
        rows.addSpacing(Space.MEDIUM)
        rows.addWidget(heading(NEW_AUDIT.school, "subheading"))
        rows.addWidget(_card(self._school_form()))
        rows.addSpacing(Space.MEDIUM)
        rows.addWidget(heading(NEW_AUDIT.file, "subheading"))
        rows.addWidget(_card(self._file_form()))
        rows.addSpacing(Space.MEDIUM)
        rows.addWidget(heading(NEW_AUDIT.who, "subheading"))
        rows.addWidget(_card(self.who_form))
        rows.addSpacing(Space.SMALL)
        rows.addLayout(self.fault_banner)
        buttons = QHBoxLayout()
        buttons.addWidget(self.create_button)
        buttons.addWidget(button(NEW_AUDIT.cancel, name="new:cancel", on_click=self.cancelled.emit))
        buttons.addStretch(1)
        rows.addLayout(buttons)
        rows.addStretch(1)

    def _school_form(self) -> QWidget:
        form = QWidget()
        grid = QGridLayout(form)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(Space.LARGE)
        grid.setVerticalSpacing(Space.TINY)
        for index, editor in enumerate(self.editors.values()):
            row, column = divmod(index, 2)
            needed = f" ({NEW_AUDIT.required.lower()})" if editor.field.required else ""
            label = plain_label(f"{editor.field.label}{needed}", "strong")
            editor.set_name(editor.field.label, editor.field.help)
            label.setBuddy(editor.boxes()[0])
            grid.addWidget(label, row * 3, column)
            grid.addWidget(editor, row * 3 + 1, column)
            if editor.field.id == SCHOOL_NAME.id:
                grid.addWidget(self.school_fault, row * 3 + 2, column)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        return form

    def _file_form(self) -> QWidget:
        form = QWidget()
        rows = QVBoxLayout(form)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(Space.TINY)
        label = plain_label(NEW_AUDIT.file_name, "strong")
        label.setBuddy(self.file_box)
        rows.addWidget(label)
        across = QHBoxLayout()
        across.addWidget(self.file_box, 1)
        across.addWidget(
            button(
                NEW_AUDIT.choose_file,
                name="new:choose-file",
                accessible_name=NEW_AUDIT.choose_file_name,
                on_click=self._on_choose_file,
            )
        )
        rows.addLayout(across)
        rows.addWidget(self.file_fault)
        rows.addWidget(plain_label(NEW_AUDIT.file_help, "caption"))
        return form

    @Slot()
    def _on_framework_chosen(self) -> None:
        show_fault_at(self.framework_fault, "")
        self._propose_file()

    @Slot()
    def _on_school_edited(self) -> None:
        show_fault_at(self.school_fault, "", self.school_box)
        self._propose_file()

    @Slot()
    def _on_file_edited(self) -> None:
        self._has_chosen_file = True
        show_fault_at(self.file_fault, "", self.file_box)

    def _on_choose_file(self) -> None:
        start = self.file_box.text() or str(self._documents)
        title, keeps = NEW_AUDIT.choose_file_name, QFileDialog.Option.DontConfirmOverwrite
        chosen, _ = QFileDialog.getSaveFileName(self, title, start, WINDOW.audit_files, options=keeps)
        if chosen:
            self.file_box.setText(chosen)
            self._on_file_edited()

    def _propose_file(self) -> None:
        entry = self.chosen_framework()
        if self._has_chosen_file or entry is None:
            return
        school = self.editors[SCHOOL_NAME.id].value() or ""
        stem = NEW_AUDIT.file_stem(school, entry.title)
        self.file_box.setText(str(free_path(self._documents, stem, SUFFIX, self._exists)))
        show_fault_at(self.file_fault, "", self.file_box)

    def _on_create(self) -> None:
        self._clear_banner()
        entry = self.chosen_framework()
        answers = {
            audit_address(field_id): value
            for field_id, editor in self.editors.items()
            if (value := editor.value()) is not None
        }
        path, file_fault = self._path()
        who = self.who_form.who()
        school_fault = "" if audit_address(SCHOOL_NAME.id) in answers else NEW_AUDIT.name_school
        show_fault_at(self.framework_fault, "" if entry is not None else NEW_AUDIT.choose_framework)
        show_fault_at(self.school_fault, school_fault, self.school_box)
        show_fault_at(self.file_fault, file_fault, self.file_box)
        if entry is None:
            self.focus_first()
            self.ensureVisible(0, 0)
        elif school_fault:
            self._go_to(self.school_box)
        elif file_fault or path is None:
            self._go_to(self.file_box)
        elif who is None:
            self._go_to(self.who_form.name_box)
        else:
            self.create_requested.emit(NewAudit(entry, answers, path, who))

    def _path(self) -> tuple[Path | None, str]:
        text = self.file_box.text().strip()
        if not text:
            return None, NEW_AUDIT.name_file
        path = Path(text).expanduser()
        if path.suffix.lower() != SUFFIX:
            path = path.with_name(f"{path.name}{SUFFIX}")
        if not path.is_absolute():
            path = self._documents / path
        return path, NEW_AUDIT.file_exists(path.name) if self._exists(path) else ""

    def _go_to(self, box: QWidget) -> None:
        box.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ensureWidgetVisible(box, 0, Space.HUGE * 2)

    def _clear_banner(self) -> None:
        while (item := self.fault_banner.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()


def _card(content: QWidget) -> QFrame:
    card = QFrame()
    card.setProperty("role", "card")
    layout = QVBoxLayout(card)
    layout.setContentsMargins(Space.LARGE, Space.LARGE, Space.LARGE, Space.LARGE)
    layout.addWidget(content)
    return card
