"""One side of two texts, with the words that the other side lacks marked: underlined, and on colour where asked."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from audit_desktop.core.word_difference import SegmentKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from audit_desktop.core.word_difference import Segment
    from audit_desktop.ui.theme import Theme

_MARK = "text-decoration:underline;font-weight:600"
_COLOUR = ";background-color:{fill};color:{ink}"


class DifferenceLabel(QLabel):
    """Shows the stretches of `segments` that are the same or of the kind `own`; whatever they say, it is no markup."""

    def __init__(
        self, segments: Iterable[Segment], own: SegmentKind, theme: Theme | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        shown = [segment for segment in segments if segment.kind in (SegmentKind.SAME, own)]
        style = _MARK
        if theme is not None:
            style += _COLOUR.format(fill=theme.warning_soft, ink=theme.warning)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setOpenExternalLinks(False)
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setAccessibleName("".join(segment.text for segment in shown))
        parts = (
            f'<span style="{style}">{_safe(segment.text)}</span>' if segment.kind is own else _safe(segment.text)
            for segment in shown
        )
        self.setText("".join(parts))


def _safe(text: str) -> str:
    return escape(text).replace("\n", "<br>").replace("  ", "&nbsp; ")
