"""The dialog that makes a blank Word form of a framework, to be completed without the program."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox

from audit_desktop.core.audit import Audit
from audit_desktop.core.file_names import safe_stem
from audit_desktop.exchange.exporters import SUFFIXES
from audit_desktop.ui.exchange_wording import EXPORT
from audit_desktop.ui.exporting.document_dialog import DocumentDialog
from audit_desktop.ui.exporting.documents import DocumentChoices, document_of
from audit_desktop.ui.parts.labels import plain_label

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from audit_desktop.session.workspace import Workspace
    from audit_desktop.storage.catalogue import CatalogueEntry
    from audit_desktop.ui.exporting.document_dialog import Make


class FormDialog(DocumentDialog):
    """Makes a blank form of any framework that is installed, in its newest version."""

    def __init__(self, workspace: Workspace, resources: Path, documents: Path, parent: QWidget | None = None) -> None:
        newest = {entry.id: entry for entry in workspace.catalogue.entries() if not entry.faults}
        self._entries: tuple[CatalogueEntry, ...] = tuple(newest.values())
        super().__init__(
            EXPORT.form_title,
            EXPORT.form_lead,
            workspace,
            documents / SUFFIXES["word"],
            start=EXPORT.form_start,
            parent=parent,
        )
        self.setObjectName("dialog:blank-form")
        self._resources = resources
        self._documents = documents
        self.framework_box = QComboBox()
        self.framework_box.setObjectName("form:framework")
        self.framework_box.setAccessibleName(EXPORT.form_which)
        for entry in self._entries:
            self.framework_box.addItem(entry.title)
        label = plain_label(EXPORT.form_which, "strong")
        label.setBuddy(self.framework_box)
        self.choices.addWidget(label)
        self.choices.addWidget(self.framework_box)
        self.start_button.setEnabled(bool(self._entries))
        self._on_framework()
        self.ready()

        self.framework_box.currentIndexChanged.connect(self._on_framework)

    def prepare(self) -> Make:
        """Return what makes the form."""
        entry = self._entries[self.framework_box.currentIndex()]
        resources, clock = self._resources, self.workspace.clock

        def make(progress: Callable[[int, int], None], is_stopped: Callable[[], bool]) -> bytes:
            audit = Audit.new(str(uuid4()), entry.framework(), entry.read())
            now, choices = clock.now().astimezone(), DocumentChoices(as_form=True)
            return document_of(resources, audit, "word", now, choices, progress=progress, is_cancelled=is_stopped)

        return make

    @Slot()
    def _on_framework(self) -> None:
        if self._entries:
            stem = safe_stem(f"{self._entries[self.framework_box.currentIndex()].title} - {EXPORT.form_title}")
            self.path_box.setText(str(self._documents / f"{stem}{SUFFIXES['word']}"))
