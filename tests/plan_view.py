"""The plan's page in a window, and hands for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from uuid import UUID

from PySide6.QtWidgets import QPushButton

from aftercare.domain.codes import Area, Gender, StepDoer
from aftercare.domain.drafts.people import LanguageDraft
from aftercare.domain.drafts.plan import GoalDraft
from aftercare.domain.errors import Problem
from aftercare.domain.rows.plan import PlanRow
from aftercare.domain.rows.survivors import PersonHead
from aftercare.gui.dialogs.form_dialog import FormDialog
from aftercare.gui.office import Office
from aftercare.gui.pages.plan import PlanPage
from aftercare.gui.pages.plan_areas import AreaList
from aftercare.gui.pages.plan_goal import GoalCard
from aftercare.gui.pages.plan_steps import StepTable
from aftercare.services.desk import Desk
from aftercare.services.plans import add_goal, open_plan
from aftercare.services.steps import tick_step
from conftest import NOW
from hands import click, part, settle, shown_widgets, wait_for, words_on
from makers import a_step, a_survivor


class View:
    """The page on the screen, and what was said about it."""

    def __init__(self, office: Office, desk: Desk, head: PersonHead) -> None:
        self.office, self.desk, self.head = office, desk, head
        self.offers: list[tuple[str, UUID]] = []
        self.problems: list[Problem] = []
        office.undo_offered.connect(lambda words, key: self.offers.append((words, key)))
        office.jobs.explained.connect(self.problems.append)
        self.page = PlanPage(office)
        self.page.resize(1170, 700)
        self.page.show_person(head)
        self.page.show()
        self.page.activateWindow()
        self.rest()

    def rest(self) -> None:
        for _ in range(4):
            wait_for(lambda: self.office.jobs.is_idle, "the last answer")
            settle()

    @property
    def plan(self) -> PlanRow:
        return self.desk.ask(open_plan, self.head.case_id)

    @property
    def words(self) -> str:
        return words_on(self.page)

    @property
    def areas(self) -> AreaList:
        return part(self.page, AreaList, "areas")

    @property
    def cards(self) -> list[GoalCard]:
        cards = [each for each in shown_widgets(self.page) if isinstance(each, GoalCard)]
        return sorted(cards, key=lambda card: card.y())

    @property
    def steps(self) -> StepTable:
        return self.cards[0].steps

    def table_words(self, column: int = 1) -> list[str]:
        model = self.steps.model()
        return [str(model.index(row, column).data()) for row in range(model.rowCount())]

    def choose_step(self, at: int) -> None:
        self.steps.setFocus()
        self.steps.setCurrentIndex(self.steps.model().index(at, 1))

    def open(self, button: str) -> None:
        click(part(self.page, QPushButton, button))
        self.rest()

    def save(self, dialog: FormDialog) -> None:
        dialog.save()
        self.rest()


def somebody_with_an_interpreter(desk: Desk) -> PersonHead:
    return a_survivor(desk, gender=Gender.FEMALE, languages=(LanguageDraft("ti", interpreter=True),))


@contextmanager
def a_housing_plan(office: Office, desk: Desk, head: PersonHead) -> Iterator[View]:
    """On the screen: a housing goal with three steps, one of them done."""
    draft = GoalDraft(Area.HOUSING, "A room of my own", "temporary", "safe", date(2027, 1, 31))
    goal = desk.do(add_goal, head.case_id, draft).value
    done = a_step(desk, goal, "List what the room must have", doer=StepDoer.SURVIVOR)
    a_step(desk, goal, "Confirm move-in date", due_on=NOW.date() - timedelta(days=3))
    a_step(desk, goal, "Safety check", due_on=date(2027, 1, 8))
    desk.do(tick_step, done)
    view = View(office, desk, head)
    yield view
    view.page.close()
    view.page.deleteLater()
    settle()
