"""The tab «Plan»: areas at the left, the goals of one of them with their steps, its facts and how it goes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtCore import QPoint
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from aftercare._built.forms.ui_plan import Ui_PlanPage
from aftercare.domain.codes import AreaState, GoalState
from aftercare.domain.permissions import Permission
from aftercare.domain.rows.drafts import DraftRow
from aftercare.domain.rows.plan import AreaRow, GoalRow, PlanRow
from aftercare.domain.rows.survivors import PersonHead
from aftercare.gui import forms, icons, style
from aftercare.gui.office import Office
from aftercare.gui.pages.plan_deeds import PlanDeeds, Shown
from aftercare.gui.pages.plan_goal import GoalCard
from aftercare.gui.pages.plan_words import area_name, quoted, version_words
from aftercare.gui.widgets.flow import turn
from aftercare.i18n import current, tr, trn
from aftercare.services.plans import open_plan
from aftercare.words import label, voice

_TOPICS = {"plan", "plan_area", "goal", "step", "progress_entry", "plan_version", "own_area", "staff"}
_BESIDE_FROM = 760  # width in pixels at 100 % from which the facts stand beside the goals
_BUTTONS_BESIDE_FROM = 400  # the same, for buttons beside each other and beside words
_SIDE_WIDTH = 290
_LEFT_WIDTH = 210


class PlanPage(QWidget):
    """Asks for the plan, and again when something of it changed; `make_facts` makes the panel of an area's facts."""

    def __init__(
        self,
        office: Office,
        make_facts: Callable[[Office], Any] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._office = office
        self._head: PersonHead | None = None
        self._plan: PlanRow | None = None
        self._area = ""
        self._left: tuple[DraftRow, str] | None = None
        self._cards: dict[UUID, GoalCard] = {}
        self._folds: dict[UUID, bool] = {}
        permissions = office.actor.permissions
        self._may_write = Permission.WRITE_RECORDS in permissions
        self._may_tick = Permission.WRITE_NOTES in permissions
        self.deeds = PlanDeeds(office, self, lambda: self.shown, self.show_area)
        self._form = forms.fill(self, Ui_PlanPage)
        self._facts: Any = make_facts(office) if make_facts is not None else None
        if self._facts is not None:
            self._form.facts_place.addWidget(self._facts)
            side = self._form.side_column
            side.insertWidget(side.indexOf(self._form.how_it_goes) + 1, self._facts.diary)
        self._wire()
        office.listen(self, _TOPICS, self._hear)

    # --- what the person's page calls ------------------------------------------------------------------------------

    def show_person(self, head: PersonHead) -> None:
        if self._head is not None and (self._head.case_id, self._head.gender) != (head.case_id, head.gender):
            self._plan, self._area, self._left = None, "", None
            self._drop_cards()
            self._form.scroll.verticalScrollBar().setValue(0)
        self._head = head
        self._ask()

    def show_area(self, area: str) -> None:
        """Show this area of the plan from its top, as soon as the plan is here."""
        if area != self._area:
            self._form.scroll.verticalScrollBar().setValue(0)
        self._area = area
        if self._plan is not None:
            self._show()

    def show_plan(self, plan: PlanRow) -> None:
        self._plan = plan
        self._show()
        self._open_left()

    def go_on(self, draft: DraftRow, area: str) -> None:
        """Open the form that was left with these words in it, in its area, as soon as the plan is here."""
        self._left = (draft, area)
        self.show_area(area or self._area)
        if self._plan is not None:
            self._open_left()

    @property
    def area(self) -> str:
        """The area that is open, or will be when the plan is here; "" before any was chosen."""
        return self._area

    @property
    def shown(self) -> Shown | None:
        """What stands on the page now; None before the plan is here."""
        if self._head is None or self._plan is None or not self._plan.areas:
            return None
        # an area that was just taken out gives its place to the first one, and has it again after an undo
        row = self._plan.area(self._area) or self._plan.areas[0]
        return Shown(self._head, self._plan, row)

    def retranslate(self) -> None:
        """Tables and sentences of the cards are made anew in the language of the window."""
        self._drop_cards()
        self._show()

    # --- showing -------------------------------------------------------------------------------------------------

    def _wire(self) -> None:
        form = self._form
        form.areas.chosen.connect(self.show_area)
        deeds = self.deeds
        form.add_area.clicked.connect(lambda: self._drop_down(form.add_area, deeds.other_areas_menu()))
        form.versions.clicked.connect(deeds.show_versions)
        form.agree.clicked.connect(deeds.agree)
        form.review.clicked.connect(deeds.move_review)
        form.work_on_it.clicked.connect(deeds.work_on_it)
        form.add_goal.clicked.connect(lambda: deeds.edit_goal(None))
        form.closed_goals.toggled.connect(lambda _: self._show())
        form.area_menu.clicked.connect(lambda: self._drop_down(form.area_menu, deeds.area_menu()))
        form.how_it_goes.record_asked.connect(deeds.record_progress)
        form.how_it_goes.earlier_asked.connect(deeds.show_entries)
        form.how_it_goes.allow_recording(self._may_write)
        for part in (form.add_area, form.add_goal, form.area_menu, form.work_on_it):
            part.setVisible(self._may_write)
        may_agree = Permission.AGREE_PLANS in self._office.actor.permissions
        form.agree.setVisible(may_agree)
        form.review.setEnabled(may_agree)
        self._form.inside.setVisible(False)

    def _ask(self) -> None:
        if self._head is not None:
            self._office.ask(open_plan, self._head.case_id, then=self.show_plan, owner=self, topic="plan")

    def _hear(self, _topic: str, about: UUID | None) -> None:
        if self._head is not None and about in (None, self._head.survivor_id):
            self._ask()

    def _show(self) -> None:
        shown = self.shown
        if shown is None:
            return
        row = shown.area
        self._form.inside.setVisible(True)
        self._form.areas.show_areas(shown.plan.areas, row.area)
        self._form.add_area.setVisible(self._may_write and bool(shown.plan.other_areas))
        self._show_version(shown.plan)
        self._show_answer(row)
        self._show_goals(row)
        self._share_width()
        self._form.how_it_goes.show_levels(row.levels, voice(shown.head.gender))
        if self._facts is not None:
            self._facts.show_area(shown.head.survivor_id, shown.head.case_id, row.area)

    def _open_left(self) -> None:
        (draft, area), self._left = self._left or (None, ""), None
        shown = self.shown
        if draft is None or shown is None:
            return
        if draft.form == "new_step":
            self._begin_step(draft.about)
        elif not self.deeds.go_on(draft) and self._facts is not None:
            self._facts.go_on(shown.head.case_id, area or shown.area.area, draft)

    def _begin_step(self, goal_id: str) -> None:
        """Where a step is added to a goal stands in its card."""
        card = next((card for key, card in self._cards.items() if str(key) == goal_id), None)
        if card is not None and card.goal is not None:
            self._fold(card.goal, True)
            card.begin_step()

    def _show_version(self, plan: PlanRow) -> None:
        form, version = self._form, plan.in_force
        today = self._office.clock.today()
        form.version_line.setText(version_words(version, today))
        form.signed_line.setText(tr("Signed by both ✓"))
        form.signed_line.setVisible(version is not None)
        review = plan.review_on
        if review is not None:
            is_due, day = review <= today, current().near_day(review, today)
            form.review.setText(tr("Review was due on {day}", day=day) if is_due else tr("Review on {day}", day=day))
        form.review.setVisible(review is not None)
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
            form.no_goals_words.setText(sentence)
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
        deeds = self.deeds
        card.edit_asked.connect(deeds.edit_goal)
        card.end_asked.connect(deeds.close_goal)
        card.reopen_asked.connect(deeds.reopen_goal)
        card.move_asked.connect(self._move_goal)
        card.unfolded.connect(self._fold)
        card.steps.ticked.connect(deeds.tick)
        card.steps.edit_asked.connect(deeds.edit_step)
        card.steps.block_asked.connect(deeds.block_step)
        card.steps.drop_asked.connect(deeds.drop_step)
        card.steps.take_up_asked.connect(deeds.take_up_step)
        card.steps.move_asked.connect(deeds.move_step)
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
        self._share_width()

    def _share_width(self) -> None:
        """The list of areas is as wide as its words need; areas' facts stand beside the goals where there is room."""
        form = self._form
        least = form.left.minimumSizeHint().width() + form.left_scroll.verticalScrollBar().sizeHint().width()
        left = max(least, min(style.scaled(_LEFT_WIDTH), self.width() * 36 // 100))
        form.left_scroll.setFixedWidth(left)
        beside = self.width() - left >= style.scaled(_BESIDE_FROM)
        turn(form.columns, beside=beside)
        wide = self.width() - left >= style.scaled(_BUTTONS_BESIDE_FROM)
        turn(form.goal_buttons, beside=wide)
        turn(form.answer_line, beside=wide)
        self._form.side.setFixedWidth(style.scaled(_SIDE_WIDTH)) if beside else self._free_side()

    def _free_side(self) -> None:
        self._form.side.setMinimumWidth(0)
        self._form.side.setMaximumWidth(16_777_215)

    def _fold(self, goal: GoalRow, is_unfolded: bool) -> None:
        self._folds[goal.id] = is_unfolded
        self._show()

    def _move_goal(self, goal: GoalRow, by: int) -> None:
        order = sorted(self._cards, key=lambda key: self._form.goals.indexOf(self._cards[key]))
        self.deeds.move_goal(goal, order, by)

    def _drop_down(self, button: QWidget, menu: QMenu) -> None:
        menu.exec(button.mapToGlobal(QPoint(0, button.height())))
