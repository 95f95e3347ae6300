"""Sentences of a report: periods, facts of each area, who does a step and how it stands, in the reader's language.

Whole sentences with named facts, so that a translator never glues parts together.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from aftercare.domain.codes import (
    AppointmentKind,
    AreaState,
    EnrolmentState,
    ReportProfile,
    StepBarrier,
    StepDoer,
    StepState,
)
from aftercare.domain.progress import due_in
from aftercare.domain.report_profiles import UNNAMED_AREA
from aftercare.domain.rows.report_facts import AreaFact, Ending, JobHeld, Learning, Living, Meetings, OnLadder, Working
from aftercare.domain.rows.reports import Happening, HappeningKind, ReportArea, ReportGoal, ReportStep
from aftercare.i18n import N_, Language
from aftercare.words import area_label, due_words, label

NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Teller:
    """Says things for one reader: in the language of the page, days or months, «you» or «survivor»."""

    language: Language
    profile: ReportProfile
    as_of: date

    @property
    def _months_only(self) -> bool:
        return self.profile is ReportProfile.ANONYMOUS

    @property
    def _to_her(self) -> bool:
        return self.profile is ReportProfile.SURVIVORS_COPY

    # --- days ----------------------------------------------------------------------------------------------------

    def day(self, day: date) -> str:
        """A day in a table: «19 Nov», with its year where that is another one."""
        if self._months_only:
            return self.language.date_as(day, "yMMM")
        return self.language.day(day) if day.year == self.as_of.year else self.language.date(day)

    def long_day(self, day: date) -> str:
        """A day in a sentence."""
        return self.language.date_as(day, "yMMMM") if self._months_only else self.language.date(day, "long")

    def period(self, since: date, until: date) -> str:
        """«1 September – 23 November 2026»."""
        if since == until:
            return self.long_day(until)
        short = since.year == until.year and not self._months_only
        first = self.language.date_as(since, "dMMMM") if short else self.long_day(since)
        return self.language.tr("{first} – {last}", first=first, last=self.long_day(until))

    # --- areas ---------------------------------------------------------------------------------------------------

    def area(self, area: ReportArea) -> str:
        if area.area == UNNAMED_AREA:
            return self.language.tr(N_("Another area"))
        return area.name or area_label(area.area, self.language)

    def area_state(self, state: AreaState) -> str:
        return label(state, self.language)

    def facts(self, area: ReportArea) -> str:
        """What is known of an area, in a few sentences."""
        return " ".join(filter(None, (self.fact(fact) for fact in area.facts)))

    def fact(self, fact: AreaFact) -> str:
        match fact:
            case Living():
                return self._living(fact)
            case Meetings():
                return self._meetings(fact)
            case Learning():
                return self._learning(fact)
            case Working():
                return self.language.tr(N_("Work: {state}."), state=label(fact.state, self.language))
            case JobHeld():
                return self._job(fact)
            case OnLadder():
                return self._ladder(fact)
            case Ending():
                return self._ending(fact)

    def _living(self, fact: Living) -> str:
        words = self.language
        told = []
        if fact.kind is not None and fact.since is not None:
            place = label(fact.kind, words)
            told.append(words.tr(N_("{place} since {day}."), place=place, day=self.long_day(fact.since)))
        if fact.nights:
            told.append(
                words.trn(
                    "{n} night in the shelter in this period.", "{n} nights in the shelter in this period.", fact.nights
                )
            )
        if fact.move_on_by is not None:
            told.append(words.tr(N_("To move on by {day}."), day=self.long_day(fact.move_on_by)))
        return " ".join(told)

    def _meetings(self, fact: Meetings) -> str:
        words = self.language
        told = []
        if fact.attended:
            kinds = [words.tr("{what} ({n})", what=self._appointment(met.kind), n=met.times) for met in fact.attended]
            told.append(words.tr(N_("Attended: {appointments}."), appointments=", ".join(kinds)))
        if fact.missed:
            told.append(words.trn("{n} appointment missed.", "{n} appointments missed.", fact.missed))
        if fact.next_kind is not None and fact.next_on is not None:
            what = self._appointment(fact.next_kind)
            told.append(words.tr(N_("Next: {what} on {day}."), what=what, day=self.long_day(fact.next_on)))
        return " ".join(told)

    def _appointment(self, kind: AppointmentKind) -> str:
        other = kind is AppointmentKind.OTHER
        return self.language.tr(N_("Other appointment")) if other else label(kind, self.language)

    def _learning(self, fact: Learning) -> str:
        words = self.language
        course = fact.course or label(fact.kind, words)
        if fact.language_level and fact.language_level not in course:
            course = f"{course} {fact.language_level}"
        if fact.provider:
            course = words.tr("{course}, {provider}", course=course, provider=fact.provider)
        state = label(fact.state, words)
        told = [words.tr(N_("{course}: {state}."), course=course, state=state)]
        if fact.held:
            told.append(words.tr(N_("Attended {attended} of {held} sessions."), attended=fact.attended, held=fact.held))
        if fact.certificate and fact.state is EnrolmentState.COMPLETED:
            told.append(words.tr(N_("Certificate received.")))
        return " ".join(told)

    def _job(self, fact: JobHeld) -> str:
        words = self.language
        what = (
            words.tr("{role}, {employer}", role=fact.role, employer=fact.employer)
            if fact.role and fact.employer
            else ""
        )
        what = what or fact.role or fact.employer or label(fact.state, words)
        if fact.since is not None:
            told = [words.tr(N_("{job} since {day}."), job=what, day=self.long_day(fact.since))]
        else:
            told = [f"{what}."]
        if fact.check is not None:
            told.append(words.tr(N_("Safe-job check: {result}."), result=label(fact.check, words)))
        return " ".join(told)

    def _ladder(self, fact: OnLadder) -> str:
        words = self.language
        rung = label(fact.rung, words)
        if fact.relation is not None:
            relation = label(fact.relation, words)
            told = [words.tr(N_("Reunification ({relation}): {rung}."), relation=relation, rung=rung)]
        else:
            told = [words.tr(N_("Reunification: {rung}."), rung=rung)]
        if fact.stop is not None:
            told.append(words.tr(N_("Stands still: {reason}."), reason=label(fact.stop, words)))
        if fact.contacts:
            told.append(words.trn("{n} contact in this period.", "{n} contacts in this period.", fact.contacts))
        return " ".join(told)

    def _ending(self, fact: Ending) -> str:
        what = label(fact.kind, self.language)
        if fact.settled:
            return self.language.tr(N_("{what}: settled."), what=what)
        day = self.long_day(fact.ends_on)
        if self._months_only:
            return self.language.tr(N_("{what} ends in {month}."), what=what, month=day)
        return self.language.tr(N_("{what} ends on {day}."), what=what, day=day)

    # --- steps ---------------------------------------------------------------------------------------------------

    def who(self, step: ReportStep) -> str:
        """Who does a step: a name where the content still has one, else the part they play."""
        if step.who:
            return step.who
        if self._to_her:
            return self.language.tr(_TO_HER[step.doer])
        return label(step.doer, self.language)

    def due(self, step: ReportStep) -> str:
        if step.due_on is not None:
            return self.day(step.due_on)
        return self.language.tr(N_("ongoing")) if step.repeats and step.state is not StepState.DONE else NOTHING

    def step_state(self, step: ReportStep) -> str:
        words = self.language
        if step.repeats and step.times_done and step.state is not StepState.BLOCKED:
            return words.trn("{n} time done", "{n} times done", step.times_done)
        if step.state is StepState.DONE:
            if step.done_on is None:
                return words.tr(N_("done"))
            return words.tr(N_("done {day}"), day=self.day(step.done_on))
        if step.state is StepState.BLOCKED or step.waits_for:
            return self._hindrance(step)
        if step.due_on is not None and not self._to_her and step.due_on < self.as_of:
            return due_words(due_in(step.due_on, self.as_of), words)
        return words.tr(N_("open"))

    def _hindrance(self, step: ReportStep) -> str:
        words = self.language
        if step.waits_for:
            return words.tr(N_("waits for: {step}"), step=step.waits_for)
        if step.barrier_words:
            return step.barrier_words
        if step.barrier is None or step.barrier is StepBarrier.ANOTHER_STEP:
            return label(StepState.BLOCKED, words)
        return label(step.barrier, words)

    def steps_in_numbers(self, area: ReportArea) -> str:
        """Steps without their words: how many are done, open, blocked and by what."""
        words = self.language
        steps = [step for goal in area.goals for step in goal.steps]
        blocked = [step for step in steps if step.state is StepState.BLOCKED]
        waiting = sum(step.state is StepState.OPEN for step in steps)
        told = [words.tr(N_("Steps done: {done} of {total}."), done=area.counted.done, total=area.counted.total)]
        if waiting:
            told.append(words.trn("{n} step open.", "{n} steps open.", waiting))
        if blocked:
            told.append(words.trn("{n} step cannot go on now.", "{n} steps cannot go on now.", len(blocked)))
            reasons = list(dict.fromkeys(label(s.barrier, words) for s in blocked if s.barrier is not None))
            if reasons:
                told.append(words.tr(N_("Reasons: {reasons}."), reasons=", ".join(reasons)))
        return " ".join(told)

    def goal_states(self, goals: tuple[ReportGoal, ...]) -> str:
        """Goals without their words: «Goals: agreed (1), achieved (2).»"""
        words = self.language
        states: dict[str, int] = {}
        for goal in goals:
            name = label(goal.state, words)
            states[name] = states.get(name, 0) + 1
        counted = [words.tr("{what} ({n})", what=name, n=n) for name, n in states.items()]
        return words.tr(N_("Goals: {goals}."), goals=", ".join(counted)) if counted else ""

    # --- events --------------------------------------------------------------------------------------------------

    def happening(self, one: Happening) -> str:
        words = self.language
        if one.kind is HappeningKind.STAGE and one.stage is not None:
            return label(one.stage, words)
        if one.kind is HappeningKind.MOVED and one.place is not None:
            return label(one.place, words)
        return words.tr(_HAPPENINGS[one.kind])


_TO_HER = {
    StepDoer.SURVIVOR: N_("You"),
    StepDoer.STAFF: N_("Your worker"),
    StepDoer.PROVIDER: N_("A service"),
}
_HAPPENINGS = {
    HappeningKind.STAGE: N_("New stage"),
    HappeningKind.MOVED: N_("Moved"),
    HappeningKind.PLAN_AGREED: N_("Plan agreed"),
    HappeningKind.WORK_BEGAN: N_("Work began"),
    HappeningKind.COURSE_ENDED: N_("Course completed"),
}
