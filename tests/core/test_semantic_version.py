"""Tests of the order of versions."""

from __future__ import annotations

from itertools import pairwise

from audit_desktop.core.semantic_version import is_draft, precedence


def test_versions_are_in_the_order_that_semantic_versioning_gives_them() -> None:
    # The example of semver.org, section 11.
    ordered = ["1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11"]
    ordered += ["1.0.0-rc.1", "1.0.0", "1.9.0", "1.10.0", "2.0.0-1", "2.0.0"]
    assert [precedence(a) < precedence(b) for a, b in pairwise(ordered)] == [True] * (len(ordered) - 1)


def test_only_what_comes_before_its_release_is_a_draft() -> None:
    assert [is_draft(version) for version in ("1.0.0", "1.0.0-draft", "1.0.0-0")] == [False, True, True]
