"""Upgrading the open audit to another version of its framework, as one undo step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit_desktop.core.errors import AuditDesktopError
from audit_desktop.core.semantic_version import precedence
from audit_desktop.core.upgrade import plan_upgrade, record_address, record_of
from audit_desktop.session.items import new_own_id
from audit_desktop.session.refusals import require_changeable

if TYPE_CHECKING:
    from audit_desktop.core.framework import Framework
    from audit_desktop.core.upgrade import UpgradePlan
    from audit_desktop.session.audit_session import AuditSession
    from audit_desktop.storage.catalogue import Catalogue, CatalogueEntry


def newer_version(catalogue: Catalogue, framework: Framework) -> CatalogueEntry | None:
    """Return the newest version of `framework` that is installed and no draft, if it is newer than this one."""
    try:
        newest = catalogue.find(framework.id)
    except AuditDesktopError:
        return None
    return newest if precedence(newest.version) > precedence(framework.version) else None


def preview_upgrade(session: AuditSession, entry: CatalogueEntry) -> UpgradePlan:
    """Return what an upgrade to `entry` would do; nothing is changed. Raises as `plan_upgrade` does."""
    # As for a save: no edit that gets a twin is left out of the log later.
    session.snapshot()
    return plan_upgrade(session.audit, entry.framework(), entry.read())


def upgrade(session: AuditSession, entry: CatalogueEntry) -> UpgradePlan:
    """Put the audit on the version of its framework that `entry` is; returns what became of everything.

    Raises as `plan_upgrade` does, and `NAME_MISSING`, `AUDIT_TOO_NEW` or `SIGNED_OFF` if nothing can be changed;
    nothing is changed then.
    """
    require_changeable(session)
    plan = preview_upgrade(session, entry)
    if plan.version != plan.version_before:
        state, who = plan.audit.state, session.who
        assert who is not None
        record = record_of(plan, session.audit.framework)
        at = record_address(new_own_id())
        plan.audit.record(state.make_edit(at, record, at=session.now(), author=who, sitting=session.sitting))
        session.go_on_with(plan.audit)
    return plan


def confirm_rating(session: AuditSession, statement_id: str) -> None:
    """Give the rating of a statement again as it is, to the words that the statement has now.

    Raises as `set_answer` does.
    """
    rating = session.audit.state.addresses.rating_field
    if rating is not None:
        session.confirm(f"statement/{statement_id}/{rating.id}")
