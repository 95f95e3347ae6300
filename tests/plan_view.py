"""The plan's page in a window, and hands for it."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QPushButton

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
from aftercare.services.plans import open_plan
from hands import click, part, settle, shown_widgets, wait_for, words_on


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
