"""Merging what was saved and read again is merging what was never saved."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hypothesis import given, settings

from audit_desktop.core.send_copy import without_earlier_wording
from audit_desktop.storage.audit_container import Snapshot, decode_audit, encode_audit, rebuild_if_different
from tests.builders import framework_document
from tests.core.people import everything, merged, three_copies

if TYPE_CHECKING:
    from audit_desktop.core.audit import Audit


def through_a_file(audit: Audit) -> Audit:
    data, _ = encode_audit(Snapshot.of(audit))
    opened = decode_audit(data, "a.audit", lambda _: True)
    # The summary that opening reads says the same as the history.
    assert rebuild_if_different(opened) is None
    return opened.audit


def ready(audit: Audit) -> Audit:
    """Return `audit` as a file can hold it: with the text of its framework, and without made-up attachments."""
    audit.extra = {}
    audit.framework_source = json.dumps(framework_document((2, 1))).encode("utf-8")
    return audit


@settings(max_examples=40, deadline=None)
@given(three_copies())
def test_files_merge_as_the_audits_in_them_do(copies: tuple[Audit, Audit, Audit]) -> None:
    one, two, three = (ready(copy) for copy in copies)
    assert everything(merged(*map(through_a_file, (one, two, three)))) == everything(merged(one, two, three))


@settings(max_examples=40, deadline=None)
@given(three_copies())
def test_a_copy_without_earlier_wording_survives_its_file(copies: tuple[Audit, Audit, Audit]) -> None:
    whole = merged(*(ready(copy) for copy in copies))
    stripped = without_earlier_wording(whole)
    assert everything(through_a_file(stripped)) == everything(stripped)
    assert everything(merged(through_a_file(stripped), whole)) == everything(whole)
