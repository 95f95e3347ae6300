"""The survivor's page of the plan: large print, drawings, her own words; nothing that says where she lives or why.

No code, no name of the house, no footer about confidentiality: whoever finds it sees a list of plans like any other.
"""

from __future__ import annotations

from reportlab.platypus import Flowable

from aftercare.domain.codes import Area, GoalState, ReportProfile, SignatureWay, StepState
from aftercare.domain.rows.reports import PlanSheetContent, Printed, ReportArea, ReportGoal, ReportStep, Signed
from aftercare.i18n import N_, language
from aftercare.reports.emblems import AreaHeading
from aftercare.reports.paper import Column, Footer, Paper, Part, Signature
from aftercare.reports.progress import finished, report_number
from aftercare.reports.telling import Teller
from aftercare.reports.text import MUTED
from aftercare.words import area_label

SCALE = 1.6


def plan_sheet_pages(content: PlanSheetContent) -> Printed:
    """A plan sheet as PDF."""
    paper = Paper(language(content.language), content.paper, SCALE)
    return finished(
        paper, _PlanSheet(content, paper).story(), Footer("", report_number(content.number)), content.number
    )


class _PlanSheet:
    def __init__(self, content: PlanSheetContent, paper: Paper) -> None:
        self._content = content
        self._paper = paper
        self._words = paper.language
        self._teller = Teller(paper.language, ReportProfile.SURVIVORS_COPY, content.printed_on)

    def story(self) -> list[Flowable]:
        words, paper, c = self._words, self._paper, self._content
        story: list[Flowable] = [paper.title(words.tr(N_("My plan")), self._teller.long_day(c.printed_on))]
        if not c.areas:
            story.append(paper.text(words.tr(N_("There is no plan yet. What do I want to change first?"))))
        for area in c.areas:
            story += self._area(area)
        story += self._review()
        return paper.signed(story, paper.gap(10), self._call(), paper.gap(6), self._signatures())

    def _area(self, area: ReportArea) -> list[Flowable]:
        goals = [goal for goal in area.goals if goal.state is not GoalState.ACHIEVED or goal.steps]
        if not goals:
            return []
        story: list[Flowable] = [AreaHeading(self._paper, area.area, self._area_name(area))]
        for goal in goals:
            story += self._goal(goal)
        return story

    def _area_name(self, area: ReportArea) -> str:
        """A plain word for an area: one that could stand on anybody's list."""
        if area.name:
            return area.name
        return (
            self._words.tr(_PLAIN_AREAS[area.area]) if area.area in _PLAIN_AREAS else area_label(area.area, self._words)
        )

    def _goal(self, goal: ReportGoal) -> list[Flowable]:
        steps = [step for step in goal.steps if step.state is not StepState.DONE]
        story: list[Flowable] = [self._paper.quotation(goal.words.strip(), "", bool(steps))]
        if steps:
            columns = [Column("", 0), Column("", 3.0), Column("", 1.4), Column("", 1.2)]
            story.append(self._paper.table(columns, [self._step(step) for step in steps]))
        return story

    def _step(self, step: ReportStep) -> list[Part | str]:
        return ["☐", step.words, Part(self._who(step), colour=MUTED), Part(self._when(step), colour=MUTED)]

    def _who(self, step: ReportStep) -> str:
        return step.who or self._words.tr(_WHO[step.doer.value])

    def _when(self, step: ReportStep) -> str:
        if step.due_on is not None:
            return self._teller.day(step.due_on)
        return self._words.tr(N_("regularly")) if step.repeats else ""

    def _review(self) -> list[Flowable]:
        day = self._content.review_on
        if day is None:
            return []
        words = self._words.tr(N_("We look at this plan again on {day}."), day=self._words.date(day, "full"))
        return [self._paper.gap(8), self._paper.text([Part(words, bold=True)])]

    def _call(self) -> Flowable:
        return self._paper.signatures([Signature(self._words.tr(N_("Whom I can call, and the number")))])

    def _signatures(self) -> Flowable:
        plan = self._content.plan
        me = self._words.tr(N_("Me"))
        helper = self._words.tr(N_("The person who helps me"))
        return self._paper.signatures(
            [self._signature(me, plan.hers if plan else None), self._signature(helper, plan.workers if plan else None)]
        )

    def _signature(self, caption: str, signed: Signed | None) -> Signature:
        plan = self._content.plan
        if signed is None or plan is None or signed.way is not SignatureWay.DRAWN:
            return Signature(caption)
        return Signature(caption, signed.strokes, self._teller.long_day(plan.agreed_on))


_PLAIN_AREAS: dict[str, str] = {
    Area.HOUSING: N_("Where I live"),
    Area.HEALTH: N_("Health"),
    Area.EDUCATION: N_("Learning"),
    Area.EMPLOYMENT: N_("Work"),
    Area.FAMILY: N_("Family"),
    Area.LEGAL: N_("Papers"),
    Area.SAFETY: N_("Feeling safe"),
    Area.MONEY: N_("Money"),
    Area.COMMUNITY: N_("People around me"),
}
_WHO = {"survivor": N_("Me"), "staff": N_("My helper"), "provider": N_("Others")}

__all__ = ["SCALE", "plan_sheet_pages"]
