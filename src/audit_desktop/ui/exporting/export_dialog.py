"""The dialog that exports the open audit: to Word, PDF, a web page, Excel, CSV or JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox

from audit_desktop.exchange.exporters import SUFFIXES
from audit_desktop.ui.exchange_wording import EXPORT, KIND_NAMES
from audit_desktop.ui.exporting.document_dialog import DocumentDialog
from audit_desktop.ui.exporting.documents import DocumentChoices, document_of
from audit_desktop.ui.exporting.kind_choice import KindChoice
from audit_desktop.ui.exporting.path_row import PathRow
from audit_desktop.ui.parts.ticks import clear_ticks
from audit_desktop.ui.wording import WINDOW

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from audit_desktop.exchange.exporters import ExportKind
    from audit_desktop.session.workspace import OpenAudit, Workspace
    from audit_desktop.ui.exporting.document_dialog import Make


class ExportDialog(DocumentDialog):
    """Exports the open audit as it is now; it goes on changing in the window."""

    def __init__(
        self, open_audit: OpenAudit, workspace: Workspace, resources: Path, parent: QWidget | None = None
    ) -> None:
        path = open_audit.keeper.path.with_suffix(SUFFIXES["word"])
        super().__init__(EXPORT.title, EXPORT.lead, workspace, path, parent=parent)
        self.setObjectName("dialog:export")
        self._open_audit = open_audit
        self._resources = resources
        self.kinds = KindChoice(EXPORT.kind, tuple(KIND_NAMES))
        self.earlier = PathRow(
            EXPORT.earlier,
            EXPORT.earlier_choose,
            name="export:earlier",
            start=open_audit.keeper.path.parent,
            file_filter=WINDOW.audit_files,
        )
        self.choices.addWidget(self.kinds)
        self.comments_box = QCheckBox(EXPORT.comments)
        clear_ticks(self.comments_box)
        self.comments_box.setObjectName("export:comments")
        self.comments_box.setAccessibleName(EXPORT.comments)
        self.choices.addWidget(self.earlier)
        self.choices.addWidget(self.comments_box)
        self._show_choices()
        self.ready()

        self.kinds.chosen.connect(self._on_chosen)

    def prepare(self) -> Make:
        """Return what makes the document of the audit as it is now."""
        self._open_audit.session.commit_typing()
        snapshot = self._open_audit.session.snapshot()
        kind, resources, workspace = self.kind, self._resources, self.workspace
        earlier = self.earlier.path if self._takes_earlier() else None
        in_margin = kind == "word" and self.comments_box.isChecked()

        def make(progress: Callable[[int, int], None], is_stopped: Callable[[], bool]) -> bytes:
            choices = DocumentChoices(workspace.read(earlier).audit if earlier is not None else None, in_margin)
            now = workspace.clock.now().astimezone()
            return document_of(
                resources, snapshot.to_audit(), kind, now, choices, progress=progress, is_cancelled=is_stopped
            )

        return make

    @Slot(str)
    def _on_chosen(self, kind: str) -> None:
        self.kind = cast("ExportKind", kind)
        self._show_choices()
        self.grow()

    def _takes_earlier(self) -> bool:
        return self.kind in ("pdf", "html")

    def _show_choices(self) -> None:
        self.earlier.setVisible(self._takes_earlier())
        self.comments_box.setVisible(self.kind == "word")
