"""Decides what a document of an audit shows and in which order: the report model, made once for every format."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from audit_desktop.core import common_fields
from audit_desktop.core.addresses import audit_address, section_address, statement_address
from audit_desktop.core.common_fields import STATUS_OVERRIDE
from audit_desktop.core.progress import audit_progress
from audit_desktop.core.scoring import score_audit
from audit_desktop.exchange import document_wording as wording
from audit_desktop.exchange.blocks import paragraph
from audit_desktop.exchange.markdown import blocks_of
from audit_desktop.exchange.report_answers import AnswerReader
from audit_desktop.exchange.report_lists import ListPieces
from audit_desktop.exchange.report_model import (
    AnswerBoxes,
    DescriptorTable,
    Facts,
    Heading,
    Part,
    Piece,
    Profile,
    ProfileRow,
    Prose,
    Report,
    StatusBox,
)
from audit_desktop.exchange.report_statements import StatementTables, guidance_blocks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from audit_desktop.core.audit import Audit
    from audit_desktop.core.framework import Descriptor, Level, Section
    from audit_desktop.core.scoring import Score, Scores
    from audit_desktop.exchange.blocks import Block
    from audit_desktop.exchange.report_model import StatusRow


def _nothing() -> None:
    pass


def build_report(
    audit: Audit,
    exported_at: datetime,
    *,
    scores: Scores | None = None,
    step: Callable[[], None] = _nothing,
    as_form: bool = False,
    with_comments: bool = False,
) -> Report:
    """Return the report of `audit` as it stands; `step` is called after each statement and may raise to stop.

    `as_form` leaves out whatever counts or judges, so that an empty audit is a blank form. `with_comments` puts what
    visitors said about a statement in the margin besides.
    """
    builder = _Builder(
        audit, exported_at, scores or score_audit(audit.state), step, as_form=as_form, with_comments=with_comments
    )
    return builder.report()


class _Builder:
    def __init__(
        self,
        audit: Audit,
        exported_at: datetime,
        scores: Scores,
        step: Callable[[], None],
        *,
        as_form: bool,
        with_comments: bool,
    ) -> None:
        self._framework = audit.framework
        self._state = audit.state
        self._exported_at = exported_at
        self._scores = scores
        self._as_form = as_form
        self._reader = AnswerReader(audit.state)
        self._tables = StatementTables(self._reader, step, as_form=as_form, with_comments=with_comments)
        self._lists = ListPieces(self._reader, exported_at.date().isoformat(), as_form=as_form)

    def report(self) -> Report:
        """Return the whole report."""
        framework = self._framework
        school = self._reader.at(audit_address(common_fields.SCHOOL_NAME.id))
        in_sections: list[Piece] = []
        for index, section in enumerate(framework.sections):
            in_sections.extend(self._section(section, is_first=index == 0))
        orientation = framework.layout.orientation
        front = list(self._front())
        if orientation == "portrait":
            parts = self._lists.parts((*front, *in_sections, *self._whole()), self._about())
        else:
            parts = (
                Part("portrait", tuple(front)),
                Part(orientation, tuple(in_sections)),
                *self._lists.parts(self._whole(), self._about()),
            )
        return Report(
            title=framework.title,
            subtitle=framework.revised,
            school=" / ".join(school.texts()),
            language=framework.language,
            framework_id=framework.id,
            framework_version=framework.version,
            exported_at=self._exported_at,
            parts=tuple(parts),
            statement_ids=tuple(self._state.addresses.statements),
            is_form=self._as_form,
        )

    def _front(self) -> Iterable[Piece]:
        yield self._cover()
        conflicts = sum(self._state.addresses.field(address) is not None for address in self._state.conflicts())
        if conflicts:
            yield Prose((paragraph(wording.conflict_count(conflicts), bold=True),), quiet=True)
        if not self._as_form:
            yield Heading(2, wording.AT_A_GLANCE)
            yield self._glance()
        for index, part in enumerate(self._framework.introduction):
            if part.heading:
                yield Heading(1 if index == 0 else 2, part.heading, new_page=index == 0)
            blocks = (*blocks_of(part.text), *guidance_blocks(part.guidance))
            if blocks:
                yield Prose(blocks)

    def _cover(self) -> Facts:
        own = {field.id for field in self._framework.fields.audit}
        answers = tuple(
            self._reader.at(audit_address(field.id), field)
            for field in self._state.addresses.audit_fields()
            if field.id not in own
        )
        if self._as_form:
            return Facts(wording.DETAILS, answers)
        remarks: list[tuple[str, str, Level | None]] = [
            (wording.PROGRESS, wording.progress(audit_progress(self._state)), None)
        ]
        overall = self._overall_status()
        if overall is not None:
            remarks.append((overall.label, overall.text, overall.level))
        return Facts(wording.DETAILS, answers, tuple(remarks))

    def _overall_status(self) -> StatusRow | None:
        label = self._framework.overall.heading if self._framework.overall else wording.OVERALL
        return self._tables.status(label, audit_address(STATUS_OVERRIDE.id), self._scores.overall)

    def _section(self, section: Section, *, is_first: bool) -> Iterable[Piece]:
        score = self._scores.sections[section.id]
        anchor = f"section/{section.id}"
        # On pages of another orientation the first section has its own page anyway.
        new_page = not (is_first and self._framework.layout.orientation == "landscape")
        yield Heading(1, section.banner or section.heading, anchor, new_page=new_page)
        text = (*blocks_of(section.purpose), *blocks_of(section.instruction))
        if text:
            yield Prose(text)
        if self._framework.scoring is None and not self._as_form:
            yield Prose(self._profile_lines(section, score), quiet=True)
        yield self._tables.table(section, score)
        fields = self._framework.fields.section
        if fields:
            yield Heading(2, section.heading)
            yield AnswerBoxes(
                section.heading,
                tuple(self._reader.at(section_address(section.id, field.id), field) for field in fields),
            )
        yield from self._descriptors(section.descriptors_heading, section.descriptors)

    def _descriptors(self, heading: str, descriptors: tuple[Descriptor, ...]) -> Iterable[Piece]:
        if not descriptors:
            return
        if heading:
            yield Heading(3, heading)
        scale = self._framework.scale(self._framework.scoring.status_scale) if self._framework.scoring else None
        yield DescriptorTable(
            heading,
            tuple(
                (entry.heading, scale.level(entry.status) if scale else None, blocks_of(entry.text))
                for entry in descriptors
            ),
        )

    def _whole(self) -> Iterable[Piece]:
        overall = self._framework.overall
        status = self._overall_status()
        # A part of its own starts on a new page anyway.
        new_page = self._framework.layout.orientation == "portrait"
        if status is not None and overall is not None:
            yield Heading(1, overall.heading, "overall", new_page=new_page)
            yield StatusBox(overall.heading, status)
            if overall.descriptors_heading:
                yield Heading(2, overall.descriptors_heading)
            if overall.descriptors_subheading:
                yield Prose((paragraph(overall.descriptors_subheading),))
            yield from self._descriptors("", overall.descriptors)
        elif self._as_form:
            yield Heading(1, wording.WHOLE_AUDIT, "overall", new_page=new_page)
        else:
            yield Heading(1, wording.OVERALL, "overall", new_page=new_page)
            yield self._profile(wording.OVERALL, self._framework.sections)
            ungraded = self._ungraded(self._framework.sections)
            if ungraded:
                yield Prose(ungraded, quiet=True)
        for field in self._framework.fields.audit:
            yield Heading(2, field.label)
            answer = self._reader.at(audit_address(field.id), field)
            yield AnswerBoxes(field.label, (answer,), labelled=False)

    def _about(self) -> Iterable[Piece]:
        framework = self._framework
        yield Heading(3, wording.ABOUT)
        yield Prose(
            (
                paragraph(
                    wording.made_with(
                        framework.title,
                        framework.id,
                        framework.version,
                        framework.publisher,
                        wording.long_date(self._exported_at),
                    )
                ),
            ),
            quiet=True,
        )

    def _glance(self) -> Profile:
        profile = self._profile(wording.AT_A_GLANCE, self._framework.sections, linked=True)
        is_rated = any(sum(score.counts.values()) for score in self._scores.sections.values())
        return replace(profile, has_chart=is_rated)

    def _profile(self, caption: str, sections: tuple[Section, ...], *, linked: bool = False) -> Profile:
        rating = self._state.addresses.rating_field
        levels = self._framework.scale(rating.scale).levels if rating is not None else ()
        rule = self._framework.scoring
        rows = [
            self._profile_row(
                f"{section.id}. {section.title}",
                f"section/{section.id}" if linked else "",
                self._scores.sections[section.id],
            )
            for section in sections
        ]
        if len(sections) > 1:
            total = self._total(sections)
            status = self._overall_status()
            rows.append(
                ProfileRow(
                    wording.OVERALL,
                    "overall" if linked else "",
                    total,
                    status.level if status else None,
                    status.text if status else "",
                    is_total=True,
                )
            )
        return Profile(
            caption,
            (
                self._framework.section_noun,
                *self._count_labels(),
                *((wording.STATUS,) if rule else ()),
            ),
            (*levels, None, None),
            tuple(rows),
            has_status=rule is not None,
        )

    def _counts(self, score: Score) -> tuple[int, ...]:
        return (*score.counts.values(), score.unrated, score.not_applicable)

    def _total(self, sections: tuple[Section, ...]) -> tuple[int, ...]:
        return tuple(
            map(sum, zip(*(self._counts(self._scores.sections[section.id]) for section in sections), strict=True))
        )

    def _profile_row(self, name: str, anchor: str, score: Score) -> ProfileRow:
        rule = self._framework.scoring
        level = self._framework.scale(rule.status_scale).level(score.status) if rule and score.status else None
        text = level.label if level else (wording.NOT_YET_RATED if rule else "")
        if score.provisional:
            text = f"{text} ({wording.PROVISIONAL})"
        return ProfileRow(name, anchor, self._counts(score), level, text)

    def _profile_lines(self, section: Section, score: Score) -> tuple[Block, ...]:
        """Return a section's profile in words, since it may share its page with a table."""
        counts = [
            (label, count) for label, count in zip(self._count_labels(), self._counts(score), strict=True) if count
        ]
        sentences = [wording.profile(counts), *(block.text for block in self._ungraded((section,)))]
        return (paragraph(" ".join(f"{sentence}." for sentence in sentences)),)

    def _count_labels(self) -> tuple[str, ...]:
        rating = self._state.addresses.rating_field
        levels = self._framework.scale(rating.scale).levels if rating is not None else ()
        return (*(level.label for level in levels), wording.NOT_YET_RATED, wording.NOT_APPLICABLE)

    def _ungraded(self, sections: tuple[Section, ...]) -> tuple[Block, ...]:
        addresses = self._state.addresses
        rating = addresses.rating_field
        if rating is None:
            return ()
        open_ones = [
            statement.reference
            for section in sections
            if self._scores.sections[section.id].unrated
            for statement in section.statements
            if addresses.has_rating(statement)
            and self._state.value(statement_address(statement.id, rating.id)) is None
            and self._state.not_applicable(statement.id) is None
        ]
        not_asked = [
            statement.reference
            for section in sections
            for statement in section.statements
            if not addresses.has_rating(statement) and self._state.not_applicable(statement.id) is None
        ]
        lines = ((wording.NOT_YET_GRADED, open_ones), (wording.NO_GRADE_ASKED, not_asked))
        return tuple(
            paragraph(wording.ungraded(label, ", ".join(references))) for label, references in lines if references
        )
