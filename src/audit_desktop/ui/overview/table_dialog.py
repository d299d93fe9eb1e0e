"""The dialog that exports the table of an overview, as it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, cast

from PySide6.QtCore import Slot

from audit_desktop.exchange.exporters import SUFFIXES
from audit_desktop.ui.exchange_wording import EXPORT
from audit_desktop.ui.exporting.document_dialog import DocumentDialog
from audit_desktop.ui.exporting.documents import word_template
from audit_desktop.ui.exporting.kind_choice import KindChoice
from audit_desktop.ui.fault_wording import sentence_for

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from audit_desktop.core.overview import AuditLine
    from audit_desktop.exchange.exporters import ExportKind
    from audit_desktop.session.workspace import Workspace
    from audit_desktop.ui.exporting.document_dialog import Make


class TableDialog(DocumentDialog):
    """Exports `lines` to Excel, Word or CSV."""

    def __init__(
        self,
        lines: Sequence[AuditLine],
        workspace: Workspace,
        resources: Path,
        path: Path,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            EXPORT.table_title, EXPORT.table_lead, workspace, path.with_suffix(SUFFIXES["xlsx"]), parent=parent
        )
        self.setObjectName("dialog:export-table")
        self._lines = tuple(lines)
        self._resources = resources
        self.kinds = KindChoice(EXPORT.kind, ("xlsx", "word", "csv"), helps=False)
        self.choices.addWidget(self.kinds)
        self.kind = "xlsx"
        self.ready()

        self.kinds.chosen.connect(self._on_chosen)

    def prepare(self) -> Make:
        """Return what makes the table."""
        lines, template, clock = self._lines, word_template(self._resources), self.workspace.clock
        kind = cast("Literal['word', 'xlsx', 'csv']", self.kind)

        def make(_progress: Callable[[int, int], None], _is_stopped: Callable[[], bool]) -> bytes:
            from audit_desktop.exchange.overview_documents import export_overview

            now = clock.now().astimezone()
            return export_overview(lines, kind, template=template, now=now, explain=sentence_for)

        return make

    @Slot(str)
    def _on_chosen(self, kind: str) -> None:
        self.kind = cast("ExportKind", kind)
