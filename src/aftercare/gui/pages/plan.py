"""The tab «Plan»: areas at the left, the goals of one of them with their steps, its facts and how it goes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QMenu, QWidget

from aftercare._built.forms.ui_plan import Ui_PlanPage
from aftercare.domain.codes import AreaState, GoalState, StepState
from aftercare.domain.drafts.plan import AreaDraft
from aftercare.domain.permissions import Permission
from aftercare.domain.rows.plan import AreaRow, GoalRow, PlanRow, StaffChoice, StepRow
from aftercare.domain.rows.survivors import PersonHead
from aftercare.gui import forms, icons, style
from aftercare.gui.dialogs.agreement import AgreementDialog
from aftercare.gui.dialogs.goal import GoalDialog
from aftercare.gui.dialogs.goal_area import AreaDialog
from aftercare.gui.dialogs.progress_entries import ProgressEntries
from aftercare.gui.dialogs.progress_entry import ProgressEntryDialog
from aftercare.gui.dialogs.step import StepDialog
from aftercare.gui.dialogs.versions import VersionsDialog
from aftercare.gui.office import Office
from aftercare.gui.pages.plan_goal import GoalCard
from aftercare.gui.pages.plan_words import area_name, quoted, version_words
from aftercare.i18n import current, tr, trn
from aftercare.services.plans import (
    add_area,
    close_goal,
    move_area,
    move_goal,
    open_plan,
    reopen_goal,
    set_area,
    take_out_area,
)
from aftercare.services.steps import drop_step, free_step, move_step, tick_step, untick_step, who_can_do_steps
from aftercare.words import label, voice

_TOPICS = {"plan", "plan_area", "goal", "step", "progress_entry", "plan_version", "own_area"}
_BESIDE_FROM = 760  # width in pixels at 100 % from which the facts stand beside the goals
_SIDE_WIDTH = 290
_LEFT_WIDTH = 210


class PlanPage(QWidget):
    """Asks for the plan, and again when something of it changed; `make_facts` makes the panel of an area's facts."""

    def __init__(
        self,
        office: Office,
        make_facts: Callable[[Office], QWidget] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._office = office
        self._head: PersonHead | None = None
        self._plan: PlanRow | None = None
        self._area = ""
        self._cards: dict[UUID, GoalCard] = {}
        self._folds: dict[UUID, bool] = {}
        permissions = office.actor.permissions
        self._may_write = Permission.WRITE_RECORDS in permissions
        self._may_tick = Permission.WRITE_NOTES in permissions
        self._form = forms.fill(self, Ui_PlanPage)
        self._facts: Any = make_facts(office) if make_facts is not None else None
        if self._facts is not None:
            self._form.facts_place.addWidget(self._facts)
        self._wire()
        office.listen(self, _TOPICS, self._hear)

    # --- what the person's page calls ------------------------------------------------------------------------------

    def show_person(self, head: PersonHead) -> None:
        if self._head is None or self._head.case_id != head.case_id:
            self._plan, self._area = None, ""
            self._drop_cards()
        self._head = head
        self._ask()

    def show_area(self, area: str) -> None:
        """Show this area of the plan, as soon as the plan is here."""
        self._area = area
        if self._plan is not None:
            self._show()

    def show_plan(self, plan: PlanRow) -> None:
        self._plan = plan
        self._show()

    # --- showing -------------------------------------------------------------------------------------------------

    def _wire(self) -> None:
        form = self._form
        form.areas.chosen.connect(self.show_area)
        form.add_area.clicked.connect(self._show_other_areas)
        form.versions.clicked.connect(self._show_versions)
        form.agree.clicked.connect(self._agree)
        form.work_on_it.clicked.connect(self._work_on_it)
        form.add_goal.clicked.connect(lambda: self._edit_goal(None))
        form.closed_goals.toggled.connect(lambda _: self._show())
        form.area_menu.clicked.connect(self._show_area_menu)
        form.how_it_goes.record_asked.connect(self._record_progress)
        form.how_it_goes.earlier_asked.connect(self._show_entries)
        form.how_it_goes.allow_recording(self._may_write)
        for part in (form.add_area, form.add_goal, form.area_menu, form.work_on_it):
            part.setVisible(self._may_write)
        form.agree.setVisible(Permission.AGREE_PLANS in self._office.actor.permissions)
        self._form.inside.setVisible(False)

    def _ask(self) -> None:
        if self._head is not None:
            self._office.ask(open_plan, self._head.case_id, then=self.show_plan, owner=self, topic="plan")

    def _hear(self, _topic: str, about: UUID | None) -> None:
        if self._head is not None and about in (None, self._head.survivor_id):
            self._ask()

    def _show(self) -> None:
        if self._plan is None or self._head is None or not self._plan.areas:
            return
        row = self._plan.area(self._area) or self._plan.areas[0]
        self._area = row.area
        self._form.inside.setVisible(True)
        self._form.areas.show_areas(self._plan.areas, row.area)
        self._form.add_area.setVisible(self._may_write and bool(self._plan.other_areas))
        self._show_version()
        self._show_answer(row)
        self._show_goals(row)
        self._form.how_it_goes.show_levels(row.levels, voice(self._head.gender))
        if self._facts is not None:
            self._facts.show_area(self._head.survivor_id, self._head.case_id, row.area)

    def _show_version(self) -> None:
        form, plan = self._form, self._plan
        assert plan is not None
        version = plan.in_force
        form.version_line.setText(version_words(version))
        form.signed_line.setText(tr("Signed by both ✓"))
        form.signed_line.setVisible(version is not None)
        today = self._office.clock.today()
        review = plan.review_on
        if review is not None:
            is_due = review <= today
            day = current().day(review)
            form.review_line.setText(
                tr("Review was due on {day}", day=day) if is_due else tr("Review on {day}", day=day)
            )
            style.give_role(form.review_line, role="warning" if is_due else "muted")
        form.review_line.setVisible(review is not None)
        form.changed_line.setText(tr("Changed since it was agreed"))
        form.changed_line.setVisible(version is not None and version.is_changed)
        form.versions.setVisible(version is not None)
        has_goals = any(goal.is_open for area in plan.areas for goal in area.goals)
        form.agree.setEnabled(has_goals)
        needs_it = has_goals and (version is None or version.is_changed)
        style.give_role(form.agree, role="primary" if needs_it else "")

    def _show_answer(self, row: AreaRow) -> None:
        """Her answer about an area that is not worked on."""
        form = self._form
        form.answer.setVisible(row.state is not AreaState.ACTIVE or bool(row.words))
        state = "" if row.state is AreaState.ACTIVE else label(row.state)
        words = quoted(row.words) if row.words else ""
        form.answer_words.setText(": ".join(part for part in (state, words) if part))
        form.work_on_it.setVisible(self._may_write and row.state is not AreaState.ACTIVE)

    def _show_goals(self, row: AreaRow) -> None:
        form = self._form
        goals = sorted(row.goals, key=lambda goal: not goal.is_open)
        closed = [goal for goal in goals if not goal.is_open]
        shown = goals if form.closed_goals.isChecked() else [goal for goal in goals if goal.is_open]
        form.closed_goals.setVisible(bool(closed))
        words = trn("{n} goal that is closed", "{n} goals that are closed", len(closed))
        form.closed_goals.setText(tr("Hide closed goals") if form.closed_goals.isChecked() else words)
        self._show_cards(shown)
        form.no_goals.setVisible(not shown)
        if not shown:
            sentence = tr("No goal yet for this area. What would be good?") if not closed else tr("No open goal.")
            form.no_goals.setText(sentence)
        form.area_menu.setAccessibleName(tr("What can be done with {area}", area=area_name(row)))

    def _show_cards(self, goals: list[GoalRow]) -> None:
        wanted = {goal.id for goal in goals}
        for key in [key for key in self._cards if key not in wanted]:
            self._drop_card(key)
        today = self._office.clock.today()
        for at, goal in enumerate(goals):
            card = self._cards.get(goal.id) or self._make_card(goal)
            if self._form.goals.indexOf(card) != at:
                self._form.goals.insertWidget(at, card)
            is_unfolded = self._folds.get(goal.id, at == 0 or goal.state is GoalState.IN_PROGRESS)
            card.show_goal(goal, today, is_unfolded=is_unfolded)

    def _make_card(self, goal: GoalRow) -> GoalCard:
        assert self._head is not None
        speaks = voice(self._head.gender)
        card = GoalCard(self._office, speaks, may_tick=self._may_tick, may_write=self._may_write, parent=self)
        self._cards[goal.id] = card
        card.edit_asked.connect(self._edit_goal)
        card.end_asked.connect(self._close_goal)
        card.reopen_asked.connect(self._reopen_goal)
        card.move_asked.connect(self._move_goal)
        card.unfolded.connect(self._fold)
        card.steps.ticked.connect(self._tick)
        card.steps.edit_asked.connect(self._edit_step)
        card.steps.block_asked.connect(lambda step: self._edit_step(step, barrier=True))
        card.steps.drop_asked.connect(self._drop_step)
        card.steps.take_up_asked.connect(self._take_up)
        card.steps.move_asked.connect(self._move_step)
        icons.dress(card)
        return card

    def _drop_cards(self) -> None:
        for key in list(self._cards):
            self._drop_card(key)

    def _drop_card(self, key: UUID) -> None:
        card = self._cards.pop(key)
        self._form.goals.removeWidget(card)
        card.hide()
        card.deleteLater()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        left = min(style.scaled(_LEFT_WIDTH), self.width() * 36 // 100)
        self._form.left_scroll.setFixedWidth(left)
        beside = self.width() - left >= style.scaled(_BESIDE_FROM)
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._form.columns.setDirection(direction)
        self._form.side.setFixedWidth(style.scaled(_SIDE_WIDTH)) if beside else self._free_side()

    def _free_side(self) -> None:
        self._form.side.setMinimumWidth(0)
        self._form.side.setMaximumWidth(16_777_215)

    # --- goals ---------------------------------------------------------------------------------------------------

    def _edit_goal(self, goal: GoalRow | None) -> None:
        if self._plan is None or self._head is None:
            return
        GoalDialog(self._office, self._head, self._plan.areas, self._area, goal, self).open()

    def _close_goal(self, goal: GoalRow, end: GoalState) -> None:
        done = {
            GoalState.ACHIEVED: tr("Goal achieved"),
            GoalState.CHANGED: tr("Goal changed"),
            GoalState.SET_ASIDE: tr("Goal set aside"),
        }[end]
        self._office.do(close_goal, goal.id, goal.version, end, owner=self, undo=done)

    def _reopen_goal(self, goal: GoalRow) -> None:
        self._office.do(reopen_goal, goal.id, goal.version, owner=self, undo=tr("Goal taken up again"))

    def _move_goal(self, goal: GoalRow, by: int) -> None:
        before = _place(list(self._cards_in_order()), goal.id, by)
        if before is not _NOWHERE:
            self._office.do(move_goal, goal.id, before, owner=self, undo=tr("Goal moved"))

    def _cards_in_order(self) -> list[UUID]:
        places = {key: self._form.goals.indexOf(card) for key, card in self._cards.items()}
        return sorted(places, key=lambda key: places[key])

    def _fold(self, goal: GoalRow, is_unfolded: bool) -> None:
        self._folds[goal.id] = is_unfolded
        self._show()

    # --- steps ---------------------------------------------------------------------------------------------------

    def _tick(self, step: StepRow, done: bool) -> None:
        if done:
            self._office.do(tick_step, step.id, step.version, owner=self, undo=tr("Step done"))
        else:
            self._office.do(untick_step, step.id, step.version, owner=self, undo=tr("Step open again"))

    def _edit_step(self, step: StepRow, *, barrier: bool = False) -> None:
        def show(staff: tuple[StaffChoice, ...]) -> None:
            if self._plan is None or self._head is None:
                return
            dialog = StepDialog(self._office, self._plan, step, staff, voice(self._head.gender), self)
            dialog.open()
            if barrier:
                dialog.focus_barrier()

        self._office.ask(who_can_do_steps, then=show, owner=self, topic="staff")

    def _drop_step(self, step: StepRow) -> None:
        if step.state is not StepState.DROPPED:
            self._office.do(drop_step, step.id, step.version, owner=self, undo=tr("Step dropped"))

    def _take_up(self, step: StepRow) -> None:
        service = free_step if step.state is StepState.BLOCKED else untick_step
        self._office.do(service, step.id, step.version, owner=self, undo=tr("Step open again"))

    def _move_step(self, step: StepRow, before: UUID | None) -> None:
        self._office.do(move_step, step.id, before, owner=self, undo=tr("Step moved"))

    # --- areas ---------------------------------------------------------------------------------------------------

    def _show_other_areas(self) -> None:
        menu = QMenu(self)
        for row in self._plan.other_areas if self._plan else ():
            action = QAction(area_name(row), menu)
            action.triggered.connect(lambda _=False, area=row.area: self._add_area(area))
            menu.addAction(action)
        button = self._form.add_area
        menu.exec(button.mapToGlobal(QPoint(0, button.height())))

    def _add_area(self, area: str) -> None:
        if self._head is not None:
            self._area = area
            self._office.do(add_area, self._head.case_id, area, owner=self, undo=tr("Area added"))

    def area_menu(self) -> QMenu:
        """What can be done with the area that is shown."""
        menu = QMenu(self)
        row = self._plan.area(self._area) if self._plan else None

        def add(words: str, then: Callable[[], None]) -> None:
            action = QAction(words, menu)
            action.triggered.connect(lambda _=False: then())
            menu.addAction(action)

        if row is not None and self._plan is not None:
            add(tr("Now, later or not wanted…"), self._answer)
            add(tr("Move up"), lambda: self._move_area(-1))
            add(tr("Move down"), lambda: self._move_area(1))
            if not row.goals and len(self._plan.areas) > 1:
                add(tr("Take it out of the plan"), self._take_out_area)
        return menu

    def _show_area_menu(self) -> None:
        button = self._form.area_menu
        self.area_menu().exec(button.mapToGlobal(QPoint(0, button.height())))

    def _answer(self) -> None:
        row = self._plan.area(self._area) if self._plan else None
        if row is not None and self._head is not None:
            AreaDialog(self._office, self._head, row, self).open()

    def _work_on_it(self) -> None:
        row = self._plan.area(self._area) if self._plan else None
        if row is not None and self._head is not None:
            draft = AreaDraft(row.area, AreaState.ACTIVE, row.words, row.version)
            self._office.do(set_area, self._head.case_id, draft, owner=self, undo=tr("Area taken up"))

    def _move_area(self, by: int) -> None:
        if self._plan is None or self._head is None:
            return
        before = _place([row.area for row in self._plan.areas], self._area, by)
        if before is not _NOWHERE:
            self._office.do(move_area, self._head.case_id, self._area, before, owner=self, undo=tr("Area moved"))

    def _take_out_area(self) -> None:
        if self._head is not None:
            area, self._area = self._area, ""
            self._office.do(take_out_area, self._head.case_id, area, owner=self, undo=tr("Area taken out"))

    # --- progress and agreement ------------------------------------------------------------------------------------

    def _record_progress(self) -> None:
        row = self._plan.area(self._area) if self._plan else None
        if row is not None and self._head is not None:
            ProgressEntryDialog(self._office, self._head, row, None, self).open()

    def _show_entries(self) -> None:
        row = self._plan.area(self._area) if self._plan else None
        if row is not None and self._head is not None:
            ProgressEntries(self._office, self._head, row, self).open()

    def _agree(self) -> None:
        if self._head is not None:
            AgreementDialog(self._office, self._head, self).open()

    def _show_versions(self) -> None:
        if self._head is not None and self._plan is not None:
            labels = {row.area: row.label for row in self._plan.areas if row.label}
            VersionsDialog(self._office, self._head, labels, self).open()


_NOWHERE = object()


def _place(order: list[Any], key: Any, by: int) -> Any:
    """Before which of its neighbours something stands when it moves up or down by one; `_NOWHERE` at the end."""
    at = order.index(key)
    if not 0 <= at + by < len(order):
        return _NOWHERE
    behind = at - 1 if by < 0 else at + 2
    return order[behind] if behind < len(order) else None
