"""What is done from the plan's page: each button, key and menu entry as one service call or one dialog."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar
from uuid import UUID

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from aftercare.domain.codes import AreaState, GoalState, StepState
from aftercare.domain.drafts.plan import AreaDraft
from aftercare.domain.rows.drafts import DraftRow
from aftercare.domain.rows.plan import AreaRow, GoalRow, PlanRow, ProgressRow, StaffChoice, StepRow
from aftercare.domain.rows.survivors import PersonHead
from aftercare.gui.dialogs.agreement import AgreementDialog
from aftercare.gui.dialogs.agreement_review import ReviewDialog
from aftercare.gui.dialogs.goal import GoalDialog
from aftercare.gui.dialogs.goal_area import AreaDialog
from aftercare.gui.dialogs.progress_entries import ProgressEntries
from aftercare.gui.dialogs.progress_entry import ProgressEntryDialog
from aftercare.gui.dialogs.step import StepDialog
from aftercare.gui.dialogs.versions import VersionsDialog
from aftercare.gui.office import Office
from aftercare.gui.pages.plan_words import area_name
from aftercare.i18n import tr
from aftercare.services.plans import add_area, close_goal, move_area, move_goal, reopen_goal, set_area, take_out_area
from aftercare.services.progress import progress_entries
from aftercare.services.steps import drop_step, free_step, move_step, tick_step, untick_step, who_can_do_steps
from aftercare.words import voice

Key = TypeVar("Key", str, UUID)


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands on the page: the person, the plan, and the area of it that is open."""

    head: PersonHead
    plan: PlanRow
    area: AreaRow


class AtTheEnd(Exception):
    """It cannot move any further."""


def before_which(order: Sequence[Key], key: Key, by: int) -> Key | None:
    """Before which neighbour something stands when it moves up (-1) or down (1); None: last. AtTheEnd: it cannot."""
    at = order.index(key)
    if not 0 <= at + by < len(order):
        raise AtTheEnd
    behind = at - 1 if by < 0 else at + 2
    return order[behind] if behind < len(order) else None


class PlanDeeds:
    """`shown` tells what the page shows at that moment; nothing happens while there is nothing.

    `open_area` turns the page to another area.
    """

    def __init__(
        self, office: Office, page: QWidget, shown: Callable[[], Shown | None], open_area: Callable[[str], None]
    ) -> None:
        self._office = office
        self._page = page
        self._shown = shown
        self._open_area = open_area

    def go_on(self, draft: DraftRow) -> bool:
        """Open the form of the plan that was left with these words in it; False where it is not the plan's."""
        forms: dict[str, Callable[[str], None]] = {
            "goal": self._go_on_with_goal,
            "step": self._go_on_with_step,
            "plan_area": lambda _about: self.answer(),
            "progress": self._go_on_with_progress,
            "review": lambda _about: self.move_review(),
            "agreement": lambda _about: self.agree(),
        }
        open_form = forms.get(draft.form)
        if open_form is not None:
            open_form(draft.about)
        return open_form is not None

    def _goals(self) -> list[GoalRow]:
        shown = self._shown()
        return [goal for area in shown.plan.areas for goal in area.goals] if shown is not None else []

    def _go_on_with_goal(self, about: str) -> None:
        self.edit_goal(next((goal for goal in self._goals() if str(goal.id) == about), None))

    def _go_on_with_step(self, about: str) -> None:
        for step in (step for goal in self._goals() for step in goal.steps if str(step.id) == about):
            self.edit_step(step)

    def _go_on_with_progress(self, about: str) -> None:
        """A new entry is about a case and an area; one that was corrected is looked up."""
        shown = self._shown()
        if shown is None:
            return

        def correct(entries: Sequence[ProgressRow]) -> None:
            for entry in (entry for entry in entries if str(entry.id) == about):
                ProgressEntryDialog(self._office, shown.head, shown.area, entry, self._page).open()

        if "/" in about:
            self.record_progress()
        else:
            self._office.ask(
                progress_entries, shown.head.case_id, shown.area.area, then=correct, owner=self._page, topic="left"
            )

    # --- goals ---------------------------------------------------------------------------------------------------

    def edit_goal(self, goal: GoalRow | None) -> None:
        """Correct a goal, or begin a new one of the area that is open."""
        shown = self._shown()
        if shown is not None:
            GoalDialog(self._office, shown.head, shown.plan.areas, shown.area.area, goal, self._page).open()

    def close_goal(self, goal: GoalRow, end: GoalState) -> None:
        done = {
            GoalState.ACHIEVED: tr("Goal achieved"),
            GoalState.CHANGED: tr("Goal changed"),
            GoalState.SET_ASIDE: tr("Goal set aside"),
        }[end]
        self._office.do(close_goal, goal.id, goal.version, end, owner=self._page, undo=done)

    def reopen_goal(self, goal: GoalRow) -> None:
        self._office.do(reopen_goal, goal.id, goal.version, owner=self._page, undo=tr("Goal taken up again"))

    def move_goal(self, goal: GoalRow, order: Sequence[UUID], by: int) -> None:
        """`order` are the goals as they are shown."""
        try:
            before = before_which(order, goal.id, by)
        except AtTheEnd:
            return
        self._office.do(move_goal, goal.id, before, owner=self._page, undo=tr("Goal moved"))

    # --- steps ---------------------------------------------------------------------------------------------------

    def tick(self, step: StepRow, done: bool) -> None:
        if done:
            self._office.do(tick_step, step.id, step.version, owner=self._page, undo=tr("Step done"))
        else:
            self._office.do(untick_step, step.id, step.version, owner=self._page, undo=tr("Step open again"))

    def edit_step(self, step: StepRow) -> None:
        self._open_step(step, lambda _dialog: None)

    def block_step(self, step: StepRow) -> None:
        """The same form, with the keys on what stands in the way."""
        self._open_step(step, lambda dialog: dialog.focus_barrier())

    def _open_step(self, step: StepRow, then: Callable[[StepDialog], None]) -> None:
        def show(staff: tuple[StaffChoice, ...]) -> None:
            shown = self._shown()
            if shown is not None:
                dialog = StepDialog(self._office, shown.plan, step, staff, voice(shown.head.gender), self._page)
                dialog.open()
                then(dialog)

        self._office.ask(who_can_do_steps, then=show, owner=self._page, topic="staff")

    def drop_step(self, step: StepRow) -> None:
        if step.state is not StepState.DROPPED:
            self._office.do(drop_step, step.id, step.version, owner=self._page, undo=tr("Step dropped"))

    def take_up_step(self, step: StepRow) -> None:
        """A dropped step after all, or one in whose way nothing stands any more."""
        service = free_step if step.state is StepState.BLOCKED else untick_step
        self._office.do(service, step.id, step.version, owner=self._page, undo=tr("Step open again"))

    def move_step(self, step: StepRow, before: UUID | None) -> None:
        self._office.do(move_step, step.id, before, owner=self._page, undo=tr("Step moved"))

    # --- areas ---------------------------------------------------------------------------------------------------

    def other_areas_menu(self) -> QMenu:
        """The areas that are not part of the plan yet."""
        menu = QMenu(self._page)
        shown = self._shown()
        for row in shown.plan.other_areas if shown else ():
            self._entry(menu, area_name(row), partial(self.add_area, row.area))
        return menu

    def area_menu(self) -> QMenu:
        """What can be done with the area that is open."""
        menu = QMenu(self._page)
        shown = self._shown()
        if shown is not None:
            self._entry(menu, tr("Now, later or not wanted…"), self.answer)
            self._entry(menu, tr("Move up"), lambda: self.move_area(-1))
            self._entry(menu, tr("Move down"), lambda: self.move_area(1))
            if not shown.area.goals and len(shown.plan.areas) > 1:
                self._entry(menu, tr("Take it out of the plan"), self.take_out_area)
        return menu

    def _entry(self, menu: QMenu, words: str, then: Callable[[], None]) -> None:
        action = QAction(words, menu)
        action.triggered.connect(lambda _checked=False: then())
        menu.addAction(action)

    def add_area(self, area: str) -> None:
        shown = self._shown()
        if shown is not None:
            self._open_area(area)
            self._office.do(add_area, shown.head.case_id, area, owner=self._page, undo=tr("Area added"))

    def answer(self) -> None:
        """Whether the area is worked on, in a dialog."""
        shown = self._shown()
        if shown is not None:
            AreaDialog(self._office, shown.head, shown.area, self._page).open()

    def work_on_it(self) -> None:
        shown = self._shown()
        if shown is not None:
            row = shown.area
            draft = AreaDraft(row.area, AreaState.ACTIVE, row.words, row.version)
            self._office.do(set_area, shown.head.case_id, draft, owner=self._page, undo=tr("Area taken up"))

    def move_area(self, by: int) -> None:
        shown = self._shown()
        if shown is None:
            return
        try:
            before = before_which([row.area for row in shown.plan.areas], shown.area.area, by)
        except AtTheEnd:
            return
        self._office.do(move_area, shown.head.case_id, shown.area.area, before, owner=self._page, undo=tr("Area moved"))

    def take_out_area(self) -> None:
        shown = self._shown()
        if shown is not None:
            self._office.do(
                take_out_area, shown.head.case_id, shown.area.area, owner=self._page, undo=tr("Area taken out")
            )

    # --- progress and agreement ------------------------------------------------------------------------------------

    def record_progress(self) -> None:
        shown = self._shown()
        if shown is not None:
            ProgressEntryDialog(self._office, shown.head, shown.area, None, self._page).open()

    def show_entries(self) -> None:
        shown = self._shown()
        if shown is not None:
            ProgressEntries(self._office, shown.head, shown.area, self._page).open()

    def agree(self) -> None:
        shown = self._shown()
        if shown is not None:
            AgreementDialog(self._office, shown.head, self._page).open()

    def move_review(self) -> None:
        shown = self._shown()
        if shown is not None and shown.plan.review_on is not None:
            ReviewDialog(self._office, shown.head, shown.plan.review_on, self._page).open()

    def show_versions(self) -> None:
        shown = self._shown()
        if shown is not None:
            VersionsDialog(self._office, shown.head, shown.plan.area_labels(), self._page).open()
