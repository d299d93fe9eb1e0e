"""The entries of the section list as a Qt model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from audit_desktop.core.progress import section_progress
from audit_desktop.core.record import Record, replace
from audit_desktop.ui.form.status_view import profile_words, status_word
from audit_desktop.ui.wording import FORM

if TYPE_CHECKING:
    from collections.abc import Iterable

    from audit_desktop.core.addresses import Addresses
    from audit_desktop.core.progress import Progress
    from audit_desktop.core.scoring import Score
    from audit_desktop.session.audit_session import AuditSession

ENTRY = Qt.ItemDataRole.UserRole
"""The role under which the model has the whole entry."""

DETAILS, INTRODUCTION, SHARING, OVERALL = "details", "introduction", "sharing", "overall"
VISIT, PLAN, SIGN_OFF = "visit", "plan", "sign-off"


class Entry(Record):
    """One page that can be gone to: `key` names it, `section_id` is empty for pages that are no section."""

    key: str
    title: str
    section_id: str = ""
    number: str = ""
    progress: Progress | None = None
    score: Score | None = None
    conflicts: int = 0


def section_key(section_id: str) -> str:
    """Return the key of a section's page."""
    return f"section/{section_id}"


def sections_concerned(known: Addresses, addresses: Iterable[str]) -> set[str]:
    """Return the sections whose progress, status or conflicts may be others after `addresses` changed."""
    return {section.id for address in addresses if (section := known.section_of(address)) is not None}


class SectionModel(QAbstractListModel):
    """The pages of the open audit. A section's progress and score are worked out when they are first shown."""

    def __init__(self, session: AuditSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        framework = session.audit.framework
        entries = [Entry(DETAILS, FORM.details)]
        if framework.introduction:
            entries.append(Entry(INTRODUCTION, FORM.introduction))
        entries += [
            Entry(section_key(section.id), section.title, section.id, section.id) for section in framework.sections
        ]
        entries += [Entry(VISIT, FORM.visit), Entry(PLAN, FORM.plan), Entry(SHARING, FORM.sharing)]
        entries += [Entry(OVERALL, self._overall_title()), Entry(SIGN_OFF, FORM.sign_off)]
        self._entries = entries
        self._row_of = {entry.key: row for row, entry in enumerate(entries)}
        self._conflicts: dict[str, int] | None = None
        """How many answers of each section are in conflict, while nothing changes."""

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        """Return the number of pages."""
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the title, the whole entry, or what a screen reader says."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._entries[index.row()].title
        if role == ENTRY:
            return self.entry(index.row())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(self.entry(index.row()))
        return None

    def entry(self, row: int) -> Entry:
        """Return the entry at `row`, with its progress and score if it is a section."""
        entry = self._entries[row]
        if entry.section_id and entry.progress is None:
            state = self._session.audit.state
            entry = replace(
                entry,
                progress=section_progress(state, state.addresses.sections[entry.section_id]),
                score=self._session.scores().sections[entry.section_id],
                conflicts=self._conflicts_in(entry.section_id),
            )
            self._entries[row] = entry
        return entry

    def title(self, key: str) -> str:
        """Return the title of the page called `key`; raises `KeyError` if there is none."""
        return self._entries[self._row_of[key]].title

    def is_section(self, row: int) -> bool:
        """Return whether the page at `row` is a section."""
        return bool(self._entries[row].section_id)

    def row_of(self, key: str) -> int:
        """Return the row of the page called `key`; raises `KeyError` if there is none."""
        return self._row_of[key]

    def keys(self) -> list[str]:
        """Return the keys of all pages in order."""
        return list(self._row_of)

    def refresh(self, section_ids: Iterable[str] | None, addresses: Iterable[str] | None = None) -> None:
        """Work out `section_ids` again when they are next shown; `None` means every section.

        `addresses` are those that changed, `None` any.
        """
        has_conflict = self._session.audit.state.has_conflict
        # Looking for conflicts reads the whole audit, and there are hardly ever any.
        if addresses is None or self._conflicts or any(has_conflict(address) for address in addresses):
            self._conflicts = None
        if section_ids is None:
            rows = list(range(len(self._entries)))
        else:
            rows = [self._row_of[section_key(section_id)] for section_id in section_ids]
        for row in rows:
            self._entries[row] = replace(self._entries[row], progress=None, score=None)
            index = self.index(row)
            self.dataChanged.emit(index, index)

    def _overall_title(self) -> str:
        framework = self._session.audit.framework
        return FORM.overall if framework.scoring is not None else FORM.overall_profile

    def _conflicts_in(self, section_id: str) -> int:
        if self._conflicts is None:
            self._conflicts = {}
            state = self._session.audit.state
            for address in state.conflicts():
                section = state.addresses.section_of(address)
                if section is not None:
                    self._conflicts[section.id] = self._conflicts.get(section.id, 0) + 1
        return self._conflicts.get(section_id, 0)

    def _spoken(self, entry: Entry) -> str:
        if entry.progress is None or entry.score is None:
            return entry.title
        framework = self._session.audit.framework
        status = status_word(framework, entry.score) or profile_words(framework, entry.score)
        title = f"{framework.section_noun} {entry.number}: {entry.title}"
        progress = FORM.progress(entry.progress.answered, entry.progress.of)
        return FORM.row_name(title, progress, status, entry.conflicts)
