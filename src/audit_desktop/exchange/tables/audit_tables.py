"""The tables of one audit: its standing, statements, recommendations, actions, comments, sharing record and history."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from audit_desktop.core.addresses import audit_address, item_address, statement_address
from audit_desktop.core.common_fields import LISTS, NOT_APPLICABLE, STATEMENT_FIELDS
from audit_desktop.core.framework import Field, FieldKind
from audit_desktop.core.merge import in_log_order
from audit_desktop.core.scoring import score_audit
from audit_desktop.exchange import document_wording as wording
from audit_desktop.exchange.markdown import blocks_of
from audit_desktop.exchange.report_answers import AnswerReader
from audit_desktop.exchange.tables.sheets import Cell, Column, Sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from audit_desktop.core.audit import Audit
    from audit_desktop.core.edits import Edit
    from audit_desktop.core.framework import Section, Statement
    from audit_desktop.core.scoring import Score

_WIDE, _NARROW = 48, 16
_LONG_KINDS: Final = (FieldKind.LONG_TEXT, FieldKind.CHOICES, FieldKind.STATUS)


def _nothing() -> None:
    pass


def audit_sheets(audit: Audit, *, step: Callable[[], None] = _nothing) -> tuple[Sheet, ...]:
    """Return the sheets of a workbook of `audit`; `step` is called after each statement and may raise to stop."""
    reader = AnswerReader(audit.state)
    return (
        _summary(audit),
        statements_sheet(audit, step=step),
        _list_sheet(reader, "recommendations"),
        _list_sheet(reader, "actions"),
        _comments(reader),
        _list_sheet(reader, "sharing"),
        _list_sheet(reader, "attachments"),
        _history(audit, reader),
    )


def statements_sheet(audit: Audit, *, step: Callable[[], None] = _nothing) -> Sheet:
    """Return one row for each statement, with everything that is recorded for it."""
    reader = AnswerReader(audit.state)
    fields = (*audit.framework.fields.statement, NOT_APPLICABLE, *STATEMENT_FIELDS)
    fields = tuple({field.id: field for field in fields}.values())
    most_numbers = max((len(statement.numbers) for statement in audit.state.addresses.statements.values()), default=0)
    numbers = tuple(Column(wording.number_heading(place + 1), 30) for place in range(most_numbers))
    rows: list[tuple[Cell, ...]] = []
    for section in audit.framework.sections:
        for statement in section.statements:
            rows.append(
                (
                    Cell(statement.reference),
                    Cell(f"{section.id}. {section.title}"),
                    Cell(_plain(statement.text)),
                    *(_answer(reader, statement_address(statement.id, field.id)) for field in fields),
                    *_numbers(reader, statement, most_numbers),
                )
            )
            step()
    return Sheet(
        wording.SHEETS["statements"],
        (
            Column(wording.REFERENCE, 11),
            Column(wording.SECTION, 26),
            Column(wording.STATEMENT, 60),
            *(Column(field.label, _width(field)) for field in fields),
            *numbers,
        ),
        tuple(rows),
    )


def answers_sheet(audit: Audit) -> Sheet:
    """Return the tidy table of every answer: one row for each, and one for each side of what is not settled."""
    state = audit.state
    reader = AnswerReader(state)
    addresses = state.addresses
    school = " / ".join(reader.at(audit_address("school-name")).texts())
    order = {statement: number for number, statement in enumerate(addresses.statements)}
    present = {(name, own_id) for name in LISTS for own_id in state.items(name)}
    rows: list[tuple[Cell, ...]] = []
    for address in sorted(state.all_heads(), key=lambda one: _place(one, order)):
        field = addresses.field(address)
        kind, _, rest = address.partition("/")
        own_id = rest.partition("/")[0]
        if field is None or (kind in LISTS and (kind, own_id) not in present):
            continue
        is_open = state.has_conflict(address)
        heads = state.heads(address) if is_open else state.heads(address)[:1]
        for head in heads:
            if head.value is None and not is_open:
                continue
            rows.append(
                (
                    Cell(address),
                    Cell(school),
                    Cell(audit.framework.id),
                    Cell(audit.framework.version),
                    *(Cell(text) for text in _whereabouts(audit, kind, own_id)),
                    Cell(field.label),
                    Cell(reader.text(field, head.value) or wording.EMPTIED),
                    Cell(_raw(head.value)),
                    Cell(wording.NOT_SETTLED if is_open else wording.SETTLED),
                    *_who(head),
                )
            )
    headings = (
        wording.ADDRESS, wording.SCHOOL, "Framework", "Version", wording.SECTION, wording.REFERENCE, wording.FIELD,
        wording.ANSWER, "Value", wording.STATE, wording.WHEN, wording.WHO, wording.ROLE, wording.ORGANISATION,
    )  # fmt: skip
    return Sheet(wording.SHEETS["answers"], tuple(Column(heading) for heading in headings), tuple(rows))


def _summary(audit: Audit) -> Sheet:
    framework = audit.framework
    scores = score_audit(audit.state)
    rating = audit.state.addresses.rating_field
    levels = framework.scale(rating.scale).levels if rating is not None else ()
    rule = framework.scoring
    head = (
        Column(framework.section_noun, 44),
        *(Column(level.label, 15) for level in levels),
        Column(wording.NOT_YET_RATED, 15),
        Column(wording.NOT_APPLICABLE, 15),
        *((Column(wording.STATUS, 22), Column(wording.REASON, 70)) if rule else ()),
    )
    rows = [_summary_row(audit, section, scores.sections[section.id]) for section in framework.sections]
    if rule is not None:
        blank = (Cell(),) * (len(levels) + 2)
        rows.append((Cell(wording.OVERALL), *blank, *_status_cells(audit, scores.overall)))
    return Sheet(wording.SHEETS["summary"], head, tuple(rows))


def _summary_row(audit: Audit, section: Section, score: Score) -> tuple[Cell, ...]:
    return (
        Cell(f"{section.id}. {section.title}"),
        *(Cell(count) for count in score.counts.values()),
        Cell(score.unrated),
        Cell(score.not_applicable),
        *_status_cells(audit, score),
    )


def _status_cells(audit: Audit, score: Score) -> tuple[Cell, ...]:
    rule = audit.framework.scoring
    if rule is None:
        return ()
    scale = audit.framework.scale(rule.status_scale)
    level = scale.level(score.status) if score.status else None
    text = level.label if level else wording.NOT_YET_RATED
    if score.provisional and level and score.override is None:
        text = f"{text} ({wording.PROVISIONAL})"
    reason = score.reason
    if score.override is not None:
        worked_out = scale.level(score.rule_status) if score.rule_status else None
        reason = f"{score.override.reason}\n{wording.override(worked_out.label if worked_out else '', score.reason)}"
    return Cell(text, level), Cell(reason)


def _list_sheet(reader: AnswerReader, list_name: str) -> Sheet:
    fields = reader.state.addresses.list_fields(list_name)
    rows = tuple(
        tuple(_answer(reader, item_address(list_name, own_id, field.id)) for field in fields)
        for own_id in reader.state.items(list_name)
    )
    return Sheet(wording.SHEETS[list_name], tuple(Column(field.label, _width(field)) for field in fields), rows)


def _comments(reader: AnswerReader) -> Sheet:
    """Return what visitors recorded at statements, now and at earlier visits."""
    state = reader.state
    own = [field for field in state.addresses.framework.fields.statement if field.owner == "visitor"]
    rows: list[tuple[Cell, ...]] = []
    for statement in state.addresses.statements.values():
        for field in own:
            if field.id not in statement.without:
                cell = _answer(reader, statement_address(statement.id, field.id))
                if cell.content:
                    rows.append(
                        (Cell(statement.reference), Cell(wording.THIS_VISIT), Cell(field.label), Cell(cell.content))
                    )
    fields = [
        field for field in state.addresses.list_fields("earlier-comments") if field.id not in ("visit", "statement")
    ]
    for own_id in state.items("earlier-comments"):
        about = state.value(item_address("earlier-comments", own_id, "statement")) or ""
        visit = state.value(item_address("earlier-comments", own_id, "visit")) or ""
        day = state.value(item_address("visits", visit, "date")) if visit else None
        found = state.addresses.statements.get(about)
        for field in fields:
            cell = _answer(reader, item_address("earlier-comments", own_id, field.id))
            if cell.content:
                reference = found.reference if found is not None else about
                rows.append((Cell(reference), _day(day) if day else Cell(visit), Cell(field.label), Cell(cell.content)))
    return Sheet(
        wording.SHEETS["comments"],
        (
            Column(wording.REFERENCE, 11),
            Column(wording.VISIT, 18),
            Column(wording.FIELD, 24),
            Column(wording.COMMENT, 90),
        ),
        tuple(rows),
    )


def _history(audit: Audit, reader: AnswerReader) -> Sheet:
    addresses = audit.state.addresses
    rows: list[tuple[Cell, ...]] = []
    for edit in sorted(audit.log.all().values(), key=in_log_order):
        field = addresses.field(edit.address)
        kind, _, rest = edit.address.partition("/")
        section, reference = _whereabouts(audit, kind, rest.partition("/")[0])
        said = wording.WITHHELD if edit.withheld else wording.EMPTIED if edit.value is None else ""
        if not said:
            said = reader.text(field, edit.value) if field is not None else _raw(edit.value)
        when, who, role, organisation = _who(edit)
        rows.append(
            (
                when,
                who,
                role,
                organisation,
                Cell(reference or section),
                Cell(field.label if field else ""),
                Cell(said),
                Cell(edit.address),
            )
        )
    return Sheet(
        wording.SHEETS["history"],
        (
            Column(wording.WHEN, 22),
            Column(wording.WHO, 22),
            Column(wording.ROLE, 10),
            Column(wording.ORGANISATION, 24),
            Column(wording.WHERE, 16),
            Column(wording.FIELD, 24),
            Column(wording.ANSWER, 70),
            Column(wording.ADDRESS, 36),
        ),
        tuple(rows),
    )


def _answer(reader: AnswerReader, address: str) -> Cell:
    field = reader.state.addresses.field(address)
    if field is None:
        return Cell()
    answer = reader.at(address, field)
    if answer.versions:
        return Cell(wording.several_answers((version.author, version.text) for version in answer.versions))
    if field.kind is FieldKind.RATING:
        return Cell(answer.text, reader.level(answer, field))
    if field.kind is FieldKind.DATE and isinstance(answer.value, str):
        return _day(answer.value)
    return Cell(answer.text)


def _day(iso: str) -> Cell:
    try:
        return Cell(date.fromisoformat(iso))
    except ValueError:
        return Cell(iso)


def _numbers(reader: AnswerReader, statement: Statement, most: int) -> Iterator[Cell]:
    for number in statement.numbers:
        address = statement_address(statement.id, number.id)
        field = reader.state.addresses.field(address)
        answer = reader.number(address, field) if field is not None else None
        if answer is None:
            yield Cell()
        elif answer.answer.versions:
            yield _answer(reader, address)
        else:
            yield Cell(f"{answer.request} {answer.number}".strip())
    for _ in range(most - len(statement.numbers)):
        yield Cell()


def _width(field: Field) -> int:
    if field.kind is FieldKind.FLAG:
        return 11
    return _WIDE if field.kind in _LONG_KINDS else _NARROW if field.kind is not FieldKind.TEXT else 24


def _plain(text: str) -> str:
    return "\n".join(f"• {block.text}" if block.kind == "bullet" else block.text for block in blocks_of(text))


def _whereabouts(audit: Audit, kind: str, own_id: str) -> tuple[str, str]:
    """Return the section and the reference that something belongs to."""
    addresses = audit.state.addresses
    if kind == "statement" and own_id in addresses.statements:
        return addresses.section_of_statement[own_id].id, addresses.statements[own_id].reference
    if kind == "section":
        return own_id, ""
    return (wording.list_heading(kind), "") if kind in LISTS else ("", "")


def _place(address: str, order: dict[str, int]) -> tuple[int, int, str]:
    kind, _, rest = address.partition("/")
    kinds = ("audit", "section", "statement", *LISTS)
    return kinds.index(kind) if kind in kinds else len(kinds), order.get(rest.partition("/")[0], 0), address


def _raw(value: object) -> str:
    from audit_desktop.core.edits import canonical_json

    return value if isinstance(value, str) else "" if value is None else canonical_json(value)


def _who(edit: Edit) -> tuple[Cell, Cell, Cell, Cell]:
    return (
        Cell(_moment(edit.at)),
        Cell(edit.author.name),
        Cell(edit.author.role.value),
        Cell(edit.author.organisation),
    )


def _moment(iso: str) -> str:
    try:
        return datetime.fromisoformat(iso).strftime("%Y-%m-%d %H:%M:%S")
    except ValueError:
        return iso
