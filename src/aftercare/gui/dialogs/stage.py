"""Moving a case to another stage; closing it asks for a reason and shows what is still to do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPushButton, QWidget

from aftercare.domain.closing import LASTING_HOMES, Obstacle, ReadinessPoint
from aftercare.domain.codes import ClosureReason, Stage
from aftercare.domain.drafts.plan import ClosingDraft
from aftercare.domain.errors import CannotClose, FieldProblem, Problem
from aftercare.domain.rows.diary import AppointmentRow
from aftercare.domain.rows.housing import Housing, PlacementRow
from aftercare.domain.rows.standing import LeftOpen
from aftercare.domain.rows.survivors import PersonHead
from aftercare.gui import style
from aftercare.gui.dialogs.appointment import AppointmentDialog
from aftercare.gui.dialogs.form_dialog import Deed, FormDialog
from aftercare.gui.dialogs.placement import PlacementDialog
from aftercare.gui.office import Office
from aftercare.gui.widgets.buttons import YieldingButton
from aftercare.gui.widgets.card import Card, empty_layout
from aftercare.gui.widgets.fact_fields import chosen, words_of
from aftercare.gui.widgets.flow import FlowLayout
from aftercare.gui.widgets.labels import PlainLabel
from aftercare.gui.widgets.tick_box import TickBox
from aftercare.i18n import current, tr
from aftercare.services.stages import close_case, move_to_stage, readiness_to_close, show_left_open
from aftercare.words import label, readiness_words

_LED_TO = (Obstacle.APPOINTMENTS_OPEN, Obstacle.STAY_WITHOUT_END)
_FOR_CLOSING = ("on", "reason", "plan_follow_ups")


class StageDialog(FormDialog):
    """The checklist is asked for anew with each answer that matters to it."""

    preferred_width = 520

    def __init__(self, office: Office, head: PersonHead, parent: QWidget | None = None) -> None:
        now = tr("{code} is in the stage “{stage}”.", code=head.case_code, stage=label(head.stage))
        super().__init__(office, tr("Stage of the case"), now, parent)
        self._head = head
        self._ways: dict[Obstacle, FlowLayout] = {}
        self._make_rows()
        self._checklist = Card(tr("Before it is closed"))
        self.form.column.addWidget(self._checklist)
        self.form.save.setAutoDefault(False)  # a case is not closed by an Enter in a field
        self.form.save.setDefault(False)
        self._follow()
        self.begin("stage", str(head.case_id))

    def choose(self, stage: Stage) -> None:
        """Begin with this stage."""
        self._stage.show_code(stage.value)

    def drafted(self) -> list[QWidget]:
        return [self._words]

    def saving(self) -> Deed:
        stage, case_id = self._chosen(), self._head.case_id
        if stage is Stage.CLOSED:
            return Deed(close_case, (case_id, self._closing_draft()), tr("Case closed"))
        done = tr("Case reopened") if self._head.stage is Stage.CLOSED else tr("Stage changed")
        return Deed(move_to_stage, (case_id, stage, words_of(self._words)), done)

    def show_problem(self, problem: Problem) -> bool:
        """What is still to do stands in the checklist already; it is brought into view, not said twice."""
        if isinstance(problem, CannotClose):
            self.form.scroll.ensureWidgetVisible(self._checklist)
            self._checklist.show_title(tr("Before it is closed"), tr("still to do"))
            return True
        return super().show_problem(problem)

    def show_readiness(self, points: Sequence[ReadinessPoint]) -> None:
        """What is asked before closing, ticked where it is done."""
        empty_layout(self._checklist.body)
        self._ways = {}
        for point in points:
            if point.asked:
                mark = "✓" if point.done else "○"
                role = "" if point.done else "warning"
                self._checklist.add(PlainLabel(f"{mark} {readiness_words(point.obstacle)}", role, wrap=True))
                if not point.done and point.obstacle in _LED_TO:
                    self._ways[point.obstacle] = self._make_ways()
        if self._ways:
            self.office.ask(
                show_left_open, self._head.case_id, self._closing_draft().on, then=self.show_left_open, owner=self,
                topic="left_open",
            )  # fmt: skip
        QTimer.singleShot(0, self, self.fit)  # when the lines have their place

    def show_left_open(self, left: LeftOpen) -> None:
        """Each of them one press away: they may be of any area."""
        for row in left.appointments:
            words = tr("{day}: {what}", day=current().date(row.on), what=_appointment_words(row))
            way = self._lead(Obstacle.APPOINTMENTS_OPEN, words, partial(self._open_appointment, row))
            way.setEnabled(row.kind is not None)  # of a restricted one others see only when it is
        for stay in left.housing.placements:
            if stay.until is None and stay.kind not in LASTING_HOMES:
                day = current().date(stay.since)
                words = tr("{place}, since {day}", place=stay.name or label(stay.kind), day=day)
                self._lead(Obstacle.STAY_WITHOUT_END, words, partial(self._open_stay, left.housing, stay))
        QTimer.singleShot(0, self, self.fit)

    # --- what the checklist leads to -----------------------------------------------------------------------------

    def _make_ways(self) -> FlowLayout:
        line = QWidget()
        ways = FlowLayout(line)
        ways.setContentsMargins(style.scaled(18), 0, 0, 0)
        self._checklist.add(line)
        return ways

    def _lead(self, obstacle: Obstacle, words: str, then: Callable[[], None]) -> QPushButton:
        way = YieldingButton(words.replace("&", "&&"))
        way.setProperty("role", "link")
        way.setAutoDefault(False)
        way.clicked.connect(lambda _checked=False: then())
        ways = self._ways.get(obstacle)
        if ways is not None:
            ways.addWidget(way)
        return way

    def _open_appointment(self, row: AppointmentRow) -> None:
        self._open(AppointmentDialog(self.office, self._head.case_id, row.area or "", row, self, "state"))

    def _open_stay(self, housing: Housing, stay: PlacementRow) -> None:
        self._open(PlacementDialog(self.office, self._head.case_id, housing, stay, self, "until"))

    def _open(self, dialog: FormDialog) -> None:
        dialog.saved.connect(self._ask_readiness)
        dialog.removed.connect(self._ask_readiness)
        dialog.open()

    # --- inside --------------------------------------------------------------------------------------------------

    def _make_rows(self) -> None:
        fields = self.fields
        self._stage = fields.choice("stage", tr("Stage"), Stage, _next(self._head.stage))
        self._on = fields.day("on", tr("Closed on"), self.office.clock.today())
        self._reason = fields.choice("reason", tr("Reason"), ClosureReason, blank=tr("Not chosen yet"))
        self._follow_ups = TickBox(tr("Visits after 3, 6 and 12 months"))
        self._follow_ups.setChecked(True)
        fields.part("plan_follow_ups", tr("Follow-ups"), self._follow_ups)
        self._words = fields.text("words", tr("In a few words"))
        self._stage.currentIndexChanged.connect(self._follow)
        self._reason.currentIndexChanged.connect(self._ask_readiness)
        self._follow_ups.toggled.connect(self._ask_readiness)
        self._on.changed.connect(self._ask_readiness)

    def _chosen(self) -> Stage:
        return chosen(Stage, self._stage) or self._head.stage

    def _follow(self) -> None:
        """Ask for what belongs to the stage chosen."""
        stage = self._chosen()
        closes = stage is Stage.CLOSED
        for name in _FOR_CLOSING:
            self.show_row(name, closes)
        self._checklist.setVisible(closes)
        reopens = self._head.stage is Stage.CLOSED and not closes
        self.form.save.setText(tr("Close the case") if closes else tr("Reopen") if reopens else tr("Move"))
        self.form.save.setEnabled(stage is not self._head.stage)
        if closes:
            self._ask_readiness()

    def _ask_readiness(self, *_what: object) -> None:
        if self._stage.code != Stage.CLOSED:
            return
        try:
            draft = self._closing_draft()
        except FieldProblem:
            return  # half a date: the next key completes it
        self.office.ask(
            readiness_to_close, self._head.case_id, draft, then=self.show_readiness, owner=self, topic="readiness"
        )

    def _closing_draft(self) -> ClosingDraft:
        return ClosingDraft(
            on=self._on.value or self.office.clock.today(),
            reason=chosen(ClosureReason, self._reason),
            words=words_of(self._words),
            plan_follow_ups=self._follow_ups.isChecked(),
        )


def _appointment_words(row: AppointmentRow) -> str:
    kind = label(row.kind) if row.kind is not None else tr("Restricted")
    return ", ".join(part for part in (kind, row.provider) if part)


def _next(stage: Stage) -> Stage:
    """The stage that usually follows; a closed case goes back to the beginning of work."""
    order = tuple(Stage)
    return Stage.STABILISING if stage is Stage.CLOSED else order[order.index(stage) + 1]
