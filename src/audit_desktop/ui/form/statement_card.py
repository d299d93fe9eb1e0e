"""The card of one statement: its text, rating, the school's boxes and numbers, and the visitor's part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from audit_desktop.core.addresses import statement_address
from audit_desktop.core.common_fields import NOT_APPLICABLE
from audit_desktop.core.edits import Role
from audit_desktop.core.framework import FieldKind
from audit_desktop.session.field_state import is_required
from audit_desktop.ui.fields.rating import RatingEditor
from audit_desktop.ui.form.form_card import FormCard
from audit_desktop.ui.form.rich_text import rich_label
from audit_desktop.ui.form.tab_order import place_before
from audit_desktop.ui.parts.buttons import button
from audit_desktop.ui.parts.labels import divider, plain_label
from audit_desktop.ui.parts.roles import set_role
from audit_desktop.ui.theme import Space
from audit_desktop.ui.visit.marks_bar import MarksBar
from audit_desktop.ui.wording import FORM

if TYPE_CHECKING:
    from collections.abc import Collection

    from audit_desktop.core.framework import Field, Statement
    from audit_desktop.core.visits import EarlierComment
    from audit_desktop.session.audit_session import AuditSession
    from audit_desktop.ui.form.answering import Answering
    from audit_desktop.ui.form.field_row import FieldRow
    from audit_desktop.ui.visit.earlier_box import EarlierBox


class StatementCard(FormCard):
    """One statement, built from the framework's fields."""

    def __init__(
        self,
        statement: Statement,
        session: AuditSession,
        answering: Answering,
        parent: QWidget | None = None,
        *,
        is_meeting: bool = False,
    ) -> None:
        super().__init__(session, answering, parent)
        self._is_meeting = is_meeting
        """Whether people look at it together: both parts side by side, whoever works."""
        self.statement = statement
        self.name = FORM.rating_of(statement.reference)
        self._prefix = f"statement/{statement.id}/"
        self._reason_at = statement_address(statement.id, NOT_APPLICABLE.id)
        self._is_opened = False
        """Whether the reason for "not applicable" is open although there is none yet."""
        self._not_applicable_row: FieldRow | None = None
        self.setObjectName(f"statement:{statement.id}")
        self.setAccessibleName(self.name)

        addresses = session.audit.state.addresses
        fields = addresses.statement_fields(statement)
        own = [field for field in fields if field.owner != "visitor"]
        visitors = [field for field in fields if field.owner == "visitor"]
        rating = addresses.rating_field
        self._rating = rating if rating is not None and rating.id not in statement.without else None

        self._add_head()
        # The school's part, and beside it the visitor's where a visitor works and there is room.
        self._columns = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._own = QVBoxLayout()
        self._own.setSpacing(Space.MEDIUM)
        self._columns.addLayout(self._own, 1)
        self.body.addLayout(self._columns)
        self._letters = 0
        if self._rating is not None:
            self._add_field(self._rating, self._own, shows_label=False)
        elif rating is not None:
            self._own.addWidget(plain_label(FORM.no_rating, "caption"))
        for number in statement.numbers:
            self.add_row(statement_address(statement.id, number.id), self._own, context=self.name)
        self._beside = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._beside.setSpacing(Space.LARGE)
        self._add_own([field for field in own if field is not rating])
        self._foot = QHBoxLayout()
        self.not_applicable_link = button(
            FORM.not_applicable,
            "card-link",
            name="not-applicable",
            accessible_name=FORM.not_applicable_name.format(name=self.name),
            on_click=self._on_not_applicable,
        )
        self._foot.addWidget(self.not_applicable_link)
        self._foot.addStretch(1)
        self._own.addLayout(self._foot)
        self._own.addStretch(1)
        self._divider = divider(self)
        self._visitors = {statement_address(statement.id, field.id): field for field in visitors}
        self._visitor_rows = QVBoxLayout()
        self._visitor_part = self._add_visitors() if visitors else None
        self._earlier: EarlierBox | None = None
        self.marks = MarksBar(statement.id, self.name, session, self)
        # A meeting fills the screen: there is no room for choosing files, nor for other programs.
        self._tail = self.marks if is_meeting else self.add_files(f"statement/{statement.id}", self.name, self.marks)
        if is_meeting:
            self.body.addWidget(self.marks)
        self.arrange()

    @property
    def rating_row(self) -> FieldRow | None:
        """The row with the school's rating, or `None` where none is asked for."""
        return self.rows.get(statement_address(self.statement.id, self._rating.id)) if self._rating else None

    def rate(self, number: int) -> None:
        """Choose level `number`, counted from 1, of the first rating that the person who is working may change."""
        if (editor := self._own_rating()) is not None:
            editor.choose(number)

    def clear_rating(self) -> None:
        """Take back the first rating that the person who is working may change."""
        if (editor := self._own_rating()) is not None:
            editor.segments.clear()

    def focus_rating(self) -> None:
        """Put the focus where the statement is rated, or else into the first box that the person may change."""
        shown = [row for row in self.rows.values() if row.isVisibleTo(self)]
        own = [row for row in shown if not row.editor.is_read_only]
        for row in (own[:1] if self.rating_row not in own else [self.rating_row]) or shown[:1]:
            if row is not None:
                row.editor.focus()

    def set_current(self, is_current: bool) -> None:
        """Mark the card as the one that the person looks at."""
        # Polished before, the thicker edge takes no room from what stands in the card, which would move.
        self.ensurePolished()
        set_role(self, "current-card" if is_current else "card")

    def concerns(self, addresses: Collection[str]) -> bool:
        """Return whether one of `addresses` is this statement's."""
        return any(address.startswith(self._prefix) for address in addresses)

    def refresh(self, addresses: Collection[str] | None = None, initiator: object = None) -> None:
        """Show what the session says now, and the reason for "not applicable" if there is one."""
        self._need_not_applicable_row()
        self.marks.refresh()
        super().refresh(addresses, initiator)

    def show_earlier(self, comments: tuple[EarlierComment, ...]) -> None:
        """Show what visitors said at earlier visits."""
        if comments == (self._earlier.comments if self._earlier is not None else ()):
            return
        if self._earlier is not None:
            self._earlier.hide()
            self._earlier.deleteLater()
            self._earlier = None
        if comments:
            # Most audits have none.
            from audit_desktop.ui.visit.earlier_box import EarlierBox

            framework = self.session.audit.framework
            scale = framework.scale(self._rating.scale) if self._rating is not None else None
            self._earlier = EarlierBox(framework, scale, comments, self)
            self.body.insertWidget(self.body.indexOf(self._tail), self._earlier)
            self._earlier.show()

    def insert_below(self, row: FieldRow, widget: QWidget) -> None:
        """Put `widget` below `row`, one of the school's."""
        self._own.insertWidget(self._own.indexOf(row) + 1, widget)

    def arrange(self) -> None:
        """Show and hide parts after a change."""
        self._need_not_applicable_row()
        self._need_visitor_rows()
        has_conflict = self.session.audit.state.has_conflict(self._reason_at)
        reason = self.session.value(self._reason_at)
        row = self._not_applicable_row
        if self._is_opened and reason is not None and not (row is not None and row.editor.has_focus()):
            self._is_opened = False
        applies = reason is None and not self._is_opened
        if row is not None:
            row.setVisible(not applies or has_conflict)
        if self.rating_row is not None:
            self.rating_row.setVisible(applies or has_conflict)
        self.not_applicable_link.setVisible(self.session.can_change(self._reason_at))
        text, name = (FORM.not_applicable, FORM.not_applicable_name) if applies else (FORM.applies, FORM.applies_name)
        if self.not_applicable_link.text() != text:
            self.not_applicable_link.setText(text)
            self.not_applicable_link.setAccessibleName(name.format(name=self.name))
        for address, other in self.rows.items():
            if other is not self.rating_row and other is not row:
                other.setVisible(self._is_shown(address, other.field))
        self._place_columns()

    def adapt(self, width: int) -> None:
        """Put the boxes side by side where there is room."""
        self._letters = width // max(1, self.fontMetrics().averageCharWidth())
        side = Space.WIDE if self._letters >= 50 else Space.MEDIUM
        self.body.setContentsMargins(side, Space.LARGE, side, Space.LARGE)
        self._place_columns()

    # Inside

    def _own_rating(self) -> RatingEditor | None:
        shown = (row.editor for row in self.rows.values() if row.isVisibleTo(self))
        return next((one for one in shown if isinstance(one, RatingEditor) and not one.is_read_only), None)

    def _place_columns(self) -> None:
        """Put the visitor's part beside the school's for a visitor, else the school's boxes side by side."""
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        is_wide = self._letters >= (44 if self._is_meeting else 84)
        is_visit = self._is_meeting or (self.session.who is not None and self.session.who.role is Role.VISITOR)
        puts_beside = is_wide and is_visit and self._visitor_part is not None
        self._columns.setDirection(across if puts_beside else down)
        self._columns.setSpacing(Space.WIDE if puts_beside else Space.MEDIUM)
        self._beside.setDirection(across if is_wide and not puts_beside else down)
        self._divider.setVisible(self._visitor_part is not None and not puts_beside)

    def _add_head(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(Space.MEDIUM)
        number = plain_label(self.statement.reference, "subheading", wrap=False)
        head.addWidget(number, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(rich_label(self.statement.text), 1)
        self.body.addLayout(head)

    def _add_own(self, fields: list[Field]) -> None:
        for field in fields:
            if field.kind is FieldKind.LONG_TEXT:
                row = self._add_field(field, self._beside)
                self._beside.setStretchFactor(row, 1)
                self._beside.setAlignment(row, Qt.AlignmentFlag.AlignTop)
            else:
                self._add_field(field, self._own)
        if self._beside.count():
            self._own.addLayout(self._beside)

    def _add_visitors(self) -> QFrame:
        part = QFrame(self)
        part.setObjectName("visitor")
        part.setAccessibleName(FORM.visitor_part_name.format(name=self.name))
        layout = QVBoxLayout(part)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Space.MEDIUM)
        layout.addWidget(self._divider)
        self._visitor_rows.setSpacing(Space.MEDIUM)
        layout.addLayout(self._visitor_rows)
        layout.addStretch(1)
        self._columns.addWidget(part, 1)
        return part

    def _add_field(self, field: Field, layout: QBoxLayout, *, shows_label: bool = True) -> FieldRow:
        return self.add_row(
            statement_address(self.statement.id, field.id),
            layout,
            context=self.name,
            shows_label=shows_label,
            placeholder=field.help if field.kind is FieldKind.LONG_TEXT else "",
        )

    def _is_shown(self, address: str, field: Field) -> bool:
        """Return whether a field that is only sometimes needed is shown: when it is used, or when it is asked for."""
        row = self.rows.get(address)
        has_conflict = self.session.audit.state.has_conflict(address)
        if self.session.value(address) is not None or has_conflict or (row is not None and row.fault):
            return True
        if field.required_when is not None:
            return is_required(self.session, field, address)
        if field.owner == "visitor" and field.kind is not FieldKind.LONG_TEXT:
            return self.session.who is not None and self.session.who.role is Role.VISITOR
        return True

    def _need_visitor_rows(self) -> None:
        """Build the visitor's rows that are shown now: in most audits, on most days, nobody needs all of them."""
        for at, (address, field) in enumerate(self._visitors.items()):
            if address not in self.rows and self._is_shown(address, field):
                row = self._add_field(field, self._visitor_rows)
                later = (self.rows[other] for other in [*self._visitors][at + 1 :] if other in self.rows)
                place_before(self._visitor_rows, row, next(later, None))

    def _need_not_applicable_row(self) -> None:
        if self._not_applicable_row is None and (self._is_opened or self.session.audit.state.heads(self._reason_at)):
            why = FORM.not_applicable_placeholder
            row = self.add_row(self._reason_at, self._own, context=self.name, placeholder=why)
            place_before(self._own, row, next(iter(self.rows.values())))
            self._not_applicable_row = row

    def _on_not_applicable(self) -> None:
        if self._is_opened or self.session.value(self._reason_at) is not None:
            self._is_opened = False
            self.session.set_answer(self._reason_at, None, initiator=None)
            self.refresh()
            self.focus_rating()
            return
        self._is_opened = True
        self.refresh()
        if self._not_applicable_row is not None:
            self._not_applicable_row.editor.focus()
