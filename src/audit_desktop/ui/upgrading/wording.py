"""The texts about other versions of a framework. British English. No Qt."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from audit_desktop.core.edits import Role
from audit_desktop.core.upgrade import TO_LOOK_AT, ChangeKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from audit_desktop.core.upgrade import Parked, SubjectChange, UpgradePlan

_ROLES: Final = {Role.SCHOOL: "school", Role.VISITOR: "LAP visitor"}


class _Upgrading:
    by_command: str = "Audit Desktop"
    title: str = "Go on to a newer version"
    lead: str = "Every answer is kept, and one Undo takes it all back. What is no longer asked is printed at the end."
    columns: tuple[str, ...] = ("Before", "Now", "What happens", "Answers")
    table: str = "What becomes of each statement"
    go_on: str = "Go on to the newer version"
    not_now: str = "Not now"
    look: str = "See what changes…"
    still_right: str = "The rating is still right"
    words_then: str = "What it said when it was rated:"
    words_now: str = "What it says now:"
    parked: str = "Answers to what is no longer asked"
    parked_lead: str = "An earlier version of this audit asked for them. They are kept, and printed at the end."
    kinds: Mapping[ChangeKind, str] = MappingProxyType(
        {
            ChangeKind.SAME: "as it was",
            ChangeKind.MOVED: "has another place",
            ChangeKind.REWORDED: "reworded",
            ChangeKind.SPLIT: "part of what was one",
            ChangeKind.JOINED: "what was several",
            ChangeKind.NEW: "new",
            ChangeKind.REMOVED: "taken out",
        }
    )
    to_look_at: str = "its rating is to be looked at again"
    kept: str = "its answers are kept and printed at the end"

    def author(self, parked: Parked) -> str:
        """Return what was answered and by whom."""
        author = parked.edit.author
        return f"{parked.label} · {author.name} ({_ROLES[author.role]})"

    def versions(self, plan: UpgradePlan) -> str:
        """Return from which version to which."""
        return f"From version {plan.version_before} to version {plan.version}"

    def is_newest(self, version: str) -> str:
        """Return that there is no newer version to go on to."""
        return f"Version {version} is the newest that is installed."

    def offer(self, version: str) -> str:
        """Return that a newer version is installed."""
        return f"Version {version} of this audit is installed. You can go on to it and keep every answer."

    def done(self, version: str, looked_at: int) -> str:
        """Return that the audit stands on another version, and how many ratings are to be looked at."""
        done = f"The audit stands on version {version} now."
        if not looked_at:
            return done
        ratings = "1 rating was" if looked_at == 1 else f"{looked_at} ratings were"
        return f"{done} {ratings} given to other words: the statements say so."

    def merged(self, version: str) -> str:
        """Return that taking in the other copy brings a newer version along."""
        return f"The other copy stands on version {version} of the framework, and so will this audit."

    def reworded(self, version: str) -> str:
        """Return that a rating was given to the words of an earlier version."""
        return f"Reworded since it was rated (version {version}): please look again."

    def effect(self, change: SubjectChange) -> str:
        """Return what becomes of a statement or section, and of its answers."""
        text = self.kinds[change.kind]
        if change.answers and change.kind in TO_LOOK_AT:
            return f"{text}; {self.to_look_at}"
        if change.answers and change.kind is ChangeKind.REMOVED:
            return f"{text}; {self.kept}"
        return text

    def answers(self, count: int) -> str:
        """Return how many answers."""
        return "1 answer" if count == 1 else f"{count} answers"

    def unchanged(self, plan: UpgradePlan) -> str:
        """Return how many statements stay as they were."""
        same = [change for change in plan.changes if change.kind is ChangeKind.SAME]
        count = sum(change.before[0].address.startswith("statement/") for change in same)
        return "1 statement stays as it was." if count == 1 else f"{count} statements stay as they were."


UPGRADING: Final = _Upgrading()
