"""What each process of an export of many does with an audit: reads it, makes its document and writes it. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING

from audit_desktop.core.addresses import audit_address
from audit_desktop.core.common_fields import SCHOOL_NAME
from audit_desktop.core.errors import AuditDesktopError
from audit_desktop.exchange.audit_dates import date_of_audit
from audit_desktop.exchange.exporters import SUFFIXES, ExportKind
from audit_desktop.exchange.many.export_many import Made, Order, Refused
from audit_desktop.exchange.many.names import NameParts
from audit_desktop.storage.file_writing import write_new_file
from audit_desktop.ui.exporting.documents import STATEMENTS_SUFFIX, DocumentChoices, document_of, statements_of
from audit_desktop.ui.fault_wording import UNEXPECTED, sentence_for

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from audit_desktop.locations import Locations
    from audit_desktop.session.workspace import Workspace


@dataclass(frozen=True, slots=True)
class ExportWork:
    """How every audit of one run is exported; `now` is the same for all, whichever process makes them."""

    kind: ExportKind
    now: datetime
    comments_in_margin: bool = False

    def prepare(self) -> None:
        """Load once what a document of this kind needs."""
        _desk()
        match self.kind:
            case "word":
                import audit_desktop.exchange.word.check
                import audit_desktop.exchange.word.writer
            case "html":
                import audit_desktop.exchange.html_report.writer
            case "pdf":
                import audit_desktop.ui.pdf_report.printing
            case "xlsx":
                import audit_desktop.exchange.tables.workbook  # noqa: F401
            case "csv" | "json":
                pass

    def look(self, source: Path) -> NameParts | Refused:
        """Return what names the document of the audit at `source`."""
        try:
            audit = _desk()[1].read(source).audit
            school = audit.state.value(audit_address(SCHOOL_NAME.id)) or ""
            framework = audit.framework
            return NameParts(
                school, framework.id, framework.version, date_of_audit(audit), framework.title, source.stem
            )
        except AuditDesktopError as error:
            return Refused(sentence_for(error))
        except Exception as error:  # noqa: BLE001 - whatever one file does, the others must come out
            return Refused(UNEXPECTED.format(place=source, problem=type(error).__name__))

    def make(self, order: Order) -> Made | Refused:
        """Export one audit, unless its document is there, whole, and newer than the audit."""
        try:
            there = self._already_there(order)
            return there if there is not None else self._make(order)
        except AuditDesktopError as error:
            return Refused(sentence_for(error))
        except Exception as error:  # noqa: BLE001 - whatever one file does, the others must come out
            return Refused(UNEXPECTED.format(place=order.source, problem=type(error).__name__))

    def _already_there(self, order: Order) -> Made | None:
        filesystem = _desk()[1].filesystem
        try:
            if not order.known_sha256 or filesystem.stat(order.target).mtime <= filesystem.stat(order.source).mtime:
                return None
            data = filesystem.read_bytes(order.target)
        except OSError:
            return None
        digest = sha256(data).hexdigest()
        return Made(digest, len(data), was_there=True) if digest == order.known_sha256 else None

    def _make(self, order: Order) -> Made:
        locations, workspace = _desk()
        audit = workspace.read(order.source).audit
        data = document_of(
            locations.resources,
            audit,
            self.kind,
            self.now,
            DocumentChoices(comments_in_margin=self.comments_in_margin),
        )
        if self.kind == "csv":
            name = order.target.name.removesuffix(SUFFIXES["csv"]) + STATEMENTS_SUFFIX
            write_new_file(
                workspace.filesystem,
                workspace.clock,
                order.target.with_name(name),
                statements_of(audit),
                may_replace=True,
            )
        write_new_file(workspace.filesystem, workspace.clock, order.target, data, may_replace=True)
        return Made(sha256(data).hexdigest(), len(data))


@cache
def _desk() -> tuple[Locations, Workspace]:
    """Return the workspace of this process, put together once."""
    from audit_desktop.locations import Locations
    from audit_desktop.session.workspace import Workspace

    locations = Locations.find()
    return locations, Workspace.on_this_computer(locations)
