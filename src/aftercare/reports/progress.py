"""The progress report: levels then and now, the course, per area her goal, what happened, steps; what comes next."""

from __future__ import annotations

from datetime import date

from reportlab.platypus import Flowable

from aftercare.domain.codes import SCALE, AreaState, GoalState, Level, ReportProfile, SignatureWay
from aftercare.domain.course import Event, Frame, Score, Series
from aftercare.domain.progress import Direction
from aftercare.domain.rows.reports import (
    AgreedPlan,
    Printed,
    ProgressContent,
    ReportArea,
    ReportGoal,
    Signed,
)
from aftercare.i18n import N_, Language, language
from aftercare.reports import seal
from aftercare.reports.chart import CourseChart
from aftercare.reports.directions import base_level
from aftercare.reports.emblems import COLOURS, Legend, colour_of
from aftercare.reports.paper import Cell, Column, Content, Footer, Paper, Part, Signature, quiet, strong
from aftercare.reports.telling import NOTHING, Teller
from aftercare.reports.text import MUTED
from aftercare.words import area_label, label, voice

LARGE = 1.5
_BOTH_VOICES = 3  # chart lines of her own are drawn up to so many areas; more would hide each other
_ARROWS = {Direction.UP: " ▲", Direction.DOWN: " ▼"}


def report_number(number: int | None) -> str:
    """«R-000317»; empty for a preview."""
    return "" if number is None else f"R-{number:06d}"


def finished(paper: Paper, story: list[Flowable], footer: Footer, number: int | None) -> Printed:
    """The story as sealed pages."""
    pages = paper.printed(story, footer)
    done = seal.sealed(pages.pdf, paper.language)
    return Printed(done.pdf, report_number(number), pages.pages, "".join(pages.unprintable))


def progress_pages(content: ProgressContent) -> Printed:
    """A progress report as PDF."""
    paper = Paper(language(content.language), content.paper, LARGE if content.large_print else 1.0)
    return finished(paper, _Progress(content, paper).story(), footer(content, paper.language), content.number)


def footer(content: ProgressContent, words: Language) -> Footer:
    """Who may read it, and which report it is."""
    confidentiality = words.tr(_FOOTERS[content.profile])
    if content.number is None:
        return Footer(confidentiality, words.tr(N_("Preview, not issued")))
    return Footer(confidentiality, words.tr(N_("Report {number}"), number=report_number(content.number)))


class _Progress:
    """Writes one report."""

    def __init__(self, content: ProgressContent, paper: Paper) -> None:
        self._content = content
        self._paper = paper
        self._words = paper.language
        self._teller = Teller(paper.language, content.profile, min(content.printed_on, content.until))

    @property
    def _to_her(self) -> bool:
        return self._content.profile is ReportProfile.SURVIVORS_COPY

    @property
    def _anonymous(self) -> bool:
        return self._content.profile is ReportProfile.ANONYMOUS

    def story(self) -> list[Flowable]:
        story = [self._title(), *self._introduction(), *self._glance(), *self._course()]
        for area in self._content.areas:
            story += self._chapter(area)
        story += self._next_steps()
        if not self._anonymous:
            story = self._paper.signed(story, self._signatures())
        return [*story, *self._closing()]

    # --- head ----------------------------------------------------------------------------------------------------

    def _title(self) -> Flowable:
        c = self._content
        period = self._teller.period(c.since, c.until)
        subtitle = f"{c.case_code} · {period}" if c.case_code else period
        return self._paper.title(self._words.tr(N_("Progress report")), subtitle, c.recipient)

    def _introduction(self) -> list[Flowable]:
        words, c = self._words, self._content
        told = [self._plan_line(c.plan)]
        if c.review_on is not None:
            told.append(words.tr(N_("Next review {day}."), day=self._teller.long_day(c.review_on)))
        if c.prepared_by:
            told.append(words.tr(N_("Prepared by {name}."), name=_sentence_end(c.prepared_by)))
        story: list[Flowable] = [self._paper.text(" ".join(told))]
        if self._anonymous:
            story.append(
                self._paper.note(
                    words.tr(
                        N_("Anonymous: no name, no code, months instead of days, no free text. Not for identification.")
                    )
                )
            )
        return story

    def _plan_line(self, plan: AgreedPlan | None) -> str:
        if plan is None:
            return self._words.tr(N_("No plan has been agreed yet."))
        sentence = (
            N_("Plan version {number}, agreed by both in {day}.")
            if self._anonymous
            else N_("Plan version {number}, agreed by both on {day}.")
        )
        return self._words.tr(sentence, number=plan.number, day=self._teller.long_day(plan.agreed_on))

    # --- at a glance ---------------------------------------------------------------------------------------------

    def _glance(self) -> list[Flowable]:
        words, paper = self._words, self._paper
        story: list[Flowable] = [paper.section(words.tr(N_("At a glance")))]
        if not self._content.areas:
            return [*story, paper.text(words.tr(N_("Nothing is recorded for this report yet.")))]
        columns = [
            Column(words.tr(N_("Area")), 1.45),
            Column(self._teller.day(self._content.since), 1.0),
            Column(words.tr(N_("Now")), 1.35),
            Column(self._own_view(), 1.25),
            Column(words.tr(N_("Steps done")), 0.8),
            Column("", 1.15),
        ]
        rows = [self._glance_row(area) for area in self._content.areas if _is_followed(area)]
        not_part = words.tr(N_("Not part of this report"))
        for area in self._content.left_out:
            rows.append([quiet(area_label(area, words)), quiet(not_part)])
        return [*story, paper.table(columns, rows)]

    def _own_view(self) -> str:
        if self._to_her:
            return self._words.tr(N_("Your own view"))
        return voice(self._content.gender, self._words).own_view

    def _glance_row(self, area: ReportArea) -> list[Cell]:
        name = strong(self._teller.area(area))
        stood = area.standing
        if area.state is not AreaState.ACTIVE and stood.staff_now is None and not area.counted.total:
            return [name, quiet(self._teller.area_state(area.state))]
        now = self._level(stood.staff_now) + _ARROWS.get(stood.staff_direction, "")
        row: list[Cell] = [name, self._then(area), now, self._level(stood.own_now)]
        if not area.counted.total:
            return [*row, quiet(NOTHING)]
        done = self._words.tr(N_("{done} of {total}"), done=area.counted.done, total=area.counted.total)
        return [*row, done, self._paper.bar(area.counted.share, colour_of(area.area))]

    def _then(self, area: ReportArea) -> Cell:
        """The level of the first day; one that was first asked later has the day of its answer with it."""
        words, later = self._level(area.standing.staff_then), area.standing.staff_then_on
        if later is None:
            return words
        return [words, Part(f" {self._teller.day(later)}", colour=MUTED)]

    def _level(self, level: Level | None) -> str:
        return NOTHING if level is None else label(level, self._words)

    # --- course --------------------------------------------------------------------------------------------------

    def _course(self) -> list[Flowable]:
        areas = [area for area in self._content.areas if self._series(area.area, own=False).scores]
        if not areas:
            return []
        both = len(areas) <= _BOTH_VOICES
        series, legend = [], []
        for area in areas:
            name = self._teller.area(area)
            series.append(self._series(area.area, own=False))
            legend.append((area.area, name, False))
            hers = self._series(area.area, own=True)
            if both and any(score.level is not None for score in hers.scores):
                series.append(hers)
                legend.append((area.area, f"{name}: {self._own_view()}", True))
        events = [Event(one.on, self._teller.happening(one)) for one in self._content.happenings]
        chart = CourseChart(
            self._paper,
            series,
            events,
            [label(level, self._words) for level in SCALE],
            {**COLOURS, **{area.area: colour_of(area.area) for area in areas}},
            Frame(first=self._first_day(), last=self._content.until),
        )
        return [self._paper.section(self._words.tr(N_("Course since intake"))), chart, Legend(self._paper, legend)]

    def _first_day(self) -> date:
        days = [point.on for point in self._content.levels]
        return min([self._content.opened_on, *days])

    def _series(self, area: str, own: bool) -> Series:
        """The scores of one voice; an answer that is no level leaves a gap."""
        scores = []
        for point in self._content.levels:
            level = point.own if own else point.staff
            if point.area == area and level is not None:
                scores.append(Score(point.on, None if level.step is None else level.step - 1))
        return Series(area, tuple(scores) if any(s.level is not None for s in scores) else (), own)

    # --- chapters ------------------------------------------------------------------------------------------------

    def _chapter(self, area: ReportArea) -> list[Flowable]:
        told = self._anonymous_chapter(area) if self._anonymous else self._full_chapter(area)
        return [self._paper.section(self._teller.area(area)), *told] if told else []

    def _anonymous_chapter(self, area: ReportArea) -> list[Flowable]:
        told = [self._teller.facts(area), self._teller.goal_states(area.goals)]
        if area.counted.total:
            told.append(self._teller.steps_in_numbers(area))
        words = " ".join(filter(None, told))
        return [self._paper.text(words)] if words else []

    def _full_chapter(self, area: ReportArea) -> list[Flowable]:
        facts = self._teller.facts(area)
        story: list[Flowable] = []
        for n, goal in enumerate(area.goals):
            story += self._goal(goal, facts if n == 0 else "")
        if facts and not area.goals:
            story.append(self._paper.text(facts))
        story += [self._entry(entry.on, entry.narrative) for entry in area.entries]
        return story

    def _goal(self, goal: ReportGoal, facts: str) -> list[Flowable]:
        words = self._words
        then = []
        if goal.state is GoalState.ACHIEVED:
            then.append(words.tr(N_("Achieved.")))
        elif goal.target_on is not None:
            then.append(words.tr(N_("Wanted by {day}."), day=self._teller.long_day(goal.target_on)))
        told, hold = " ".join(filter(None, [*then, facts])), bool(goal.steps)
        story: list[Flowable]
        if told and base_level(goal.words) != base_level(told):
            # two directions in one paragraph would set dates and numbers of the one among the words of the other
            story = [self._paper.quotation(_quoted(goal.words), "", True), self._paper.text(told, hold)]
        else:
            story = [self._paper.quotation(_quoted(goal.words), told, hold)]
        if goal.steps:
            columns = [
                Column(words.tr(N_("Step")), 3.3),
                Column(words.tr(N_("Who")), 1.5),
                Column(words.tr(N_("Due")), 1.05),
                Column(words.tr(N_("State")), 1.75),
            ]
            rows: list[list[Cell]] = [
                [step.words, self._teller.who(step), self._teller.due(step), self._teller.step_state(step)]
                for step in goal.steps
            ]
            story.append(self._paper.table(columns, rows))
        return story

    def _entry(self, on: date, narrative: str) -> Flowable:
        content: Content = [Part(f"{self._teller.long_day(on)}  ", colour=MUTED), narrative]
        return self._paper.text(content)

    # --- the end -------------------------------------------------------------------------------------------------

    def _next_steps(self) -> list[Flowable]:
        words, c = self._words, self._content
        if self._anonymous or not c.next_steps:
            return []
        if c.review_on is not None and c.review_on >= c.until:
            title = words.tr(N_("Next steps until {day}"), day=self._teller.long_day(c.review_on))
        else:
            title = words.tr(N_("Next steps"))
        return [
            self._paper.section(title),
            self._paper.text(" · ".join(step.words for step in c.next_steps)),
        ]

    def _signatures(self) -> Flowable:
        words, plan = self._words, self._content.plan
        hers = words.tr(N_("You: signature or mark, date") if self._to_her else N_("Survivor: signature or mark, date"))
        workers = words.tr(N_("Case worker: signature, date"))
        return self._paper.signatures(
            [
                self._signature(hers, plan.hers if plan else None),
                self._signature(workers, plan.workers if plan else None),
            ]
        )

    def _signature(self, caption: str, signed: Signed | None) -> Signature:
        """A line to sign on; one drawn for the plan stands there with what it was drawn for."""
        plan = self._content.plan
        if signed is None or plan is None or signed.way is not SignatureWay.DRAWN or not signed.strokes:
            return Signature(caption)
        note = self._words.tr(
            N_("Drawn for plan version {number} on {day}"),
            number=plan.number,
            day=self._teller.long_day(plan.agreed_on),
        )
        return Signature(caption, signed.strokes, note)

    def _closing(self) -> list[Flowable]:
        if not self._to_her:
            return []
        return [
            self._paper.gap(10),
            self._paper.note(self._words.tr(_COMPLAINT)),
        ]


def _is_followed(area: ReportArea) -> bool:
    """Whether there is more to say at a glance than that something is known."""
    stood = area.standing
    return bool(area.goals or stood.staff_now or stood.own_now or area.state is not AreaState.ACTIVE)


def _quoted(words: str) -> str:
    """Her words in quotation marks, unless they have some."""
    plain = words.strip()
    return plain if plain[:1] in '“«„"‘' and plain else f"“{plain}”"


def _sentence_end(name: str) -> str:
    """A name before a full stop that it may bring itself: «A. R.»"""
    return name.rstrip(".") if name.endswith(".") else name


_FOOTERS = {
    ReportProfile.INTERNAL: N_("Confidential. Only for the team that works with this person. Do not copy or pass on."),
    ReportProfile.SURVIVORS_COPY: N_("Your own copy. Keep it where only you can see it."),
    ReportProfile.ANONYMOUS: N_("Anonymous. Not for identification. Do not combine with other records."),
}
_COMPLAINT = N_(
    "You can ask for changes, for a new copy, or to see who has read your record. If you are not content with how you "
    "were supported, you can complain: tell any worker, the person who leads this place, or somebody outside whom you "
    "trust. It changes nothing about the help you get."
)

__all__ = ["LARGE", "finished", "footer", "progress_pages", "report_number"]
