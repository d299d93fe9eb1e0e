"""The open form, for the tests of its pages."""

from __future__ import annotations

from tests.ui.form.conftest import open_form

__all__ = ["open_form"]
