"""The one table from the kind of a field to its editor."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from audit_desktop.core.framework import FieldKind

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from audit_desktop.core.framework import Field, Scale
    from audit_desktop.ui.fields.base import FieldEditor


def editor_class(kind: FieldKind) -> type[FieldEditor]:
    """Return the class of the editor for fields of `kind`; each is imported when the first form needs it."""
    match kind:
        case FieldKind.RATING:
            from audit_desktop.ui.fields.rating import RatingEditor as Editor
        case FieldKind.TEXT:
            from audit_desktop.ui.fields.text import TextEditor as Editor
        case FieldKind.LONG_TEXT:
            from audit_desktop.ui.fields.long_text import LongTextEditor as Editor
        case FieldKind.NUMBER:
            from audit_desktop.ui.fields.number import NumberEditor as Editor
        case FieldKind.DATE:
            from audit_desktop.ui.fields.date import DateEditor as Editor
        case FieldKind.CHOICE:
            from audit_desktop.ui.fields.choice import ChoiceEditor as Editor
        case FieldKind.CHOICES:
            from audit_desktop.ui.fields.choices import ChoicesEditor as Editor
        case FieldKind.FLAG:
            from audit_desktop.ui.fields.flag import FlagEditor as Editor
        case FieldKind.STATUS:
            from audit_desktop.ui.fields.status import StatusEditor as Editor
        case _ as never:
            assert_never(never)
    return Editor


def make_editor(field: Field, scale: Scale | None = None, parent: QWidget | None = None) -> FieldEditor:
    """Return an editor for `field`; `scale` is the scale of a rating or of a status."""
    return editor_class(field.kind)(field, scale, parent)
