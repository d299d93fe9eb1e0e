"""What visitors said about a statement at earlier visits: to be read, never to be changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from audit_desktop.core.answers import display_text
from audit_desktop.core.common_fields import LISTS
from audit_desktop.ui.parts.labels import plain_label
from audit_desktop.ui.theme import Space
from audit_desktop.ui.visit.marks_wording import EARLIER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit_desktop.core.framework import Framework, Scale
    from audit_desktop.core.visits import EarlierComment

_DATE = next(field for field in LISTS["visits"] if field.id == "date")


class EarlierBox(QWidget):
    """The comments of earlier visits with their dates, latest first."""

    def __init__(
        self,
        framework: Framework,
        scale: Scale | None,
        comments: tuple[EarlierComment, ...],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.comments = comments
        self.setAccessibleName(EARLIER.title)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Space.TINY)
        for comment in reversed(comments):
            date = display_text(framework, _DATE, comment.date or None)
            layout.addWidget(plain_label(EARLIER.who(comment, date), "caption"))
            for line in _lines(scale, comment):
                layout.addWidget(plain_label(line, "muted", selectable=True))


def _lines(scale: Scale | None, comment: EarlierComment) -> Iterator[str]:
    if comment.comment:
        yield comment.comment
    if comment.rating is not None:
        level = scale.level(comment.rating) if scale is not None else None
        yield EARLIER.rating(level.label if level is not None else comment.rating, comment.rating_reason)
    marks = EARLIER.marks(comment)
    if marks:
        yield marks
