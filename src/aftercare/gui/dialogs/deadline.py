"""A deadline: what ends or must be done by a day; where a rule of the country is known, its day is offered."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from PySide6.QtWidgets import QPushButton, QWidget

from aftercare.domain.codes import DeadlineKind
from aftercare.domain.drafts.diary import DeadlineDraft
from aftercare.domain.errors import FieldProblem
from aftercare.domain.rows.diary import DeadlineRow
from aftercare.gui.dialogs.form_dialog import Deed, FormDialog
from aftercare.gui.office import Office
from aftercare.gui.widgets.date_edits import DayEdit
from aftercare.gui.widgets.fact_fields import chosen, words_of
from aftercare.gui.widgets.flow import FlowLayout
from aftercare.i18n import N_, current, tr
from aftercare.services.deadlines import remove_deadline, save_deadline, suggest_end

_AT_LEAST = N_("At least until {day}. Source: {source}. The law in force decides.")
_UNTIL = N_("Until {day}. Source: {source}. The law in force decides.")


class DeadlineDialog(FormDialog):
    """Below the end stands what a rule says of it, with its source; nobody is bound to it."""

    def __init__(
        self,
        office: Office,
        case_id: UUID,
        area: str,
        row: DeadlineRow | None = None,
        parent: QWidget | None = None,
        focus: str = "",
    ) -> None:
        super().__init__(office, tr("Deadline"), parent=parent)
        self._case_id, self._area, self._row = case_id, area, row
        fields = self.fields
        self._kind = fields.choice(
            "kind", tr("What ends"), DeadlineKind, row.kind if row else None, blank=tr("Please choose")
        )
        self._words = fields.line("words", tr("In a few words"), row.words if row else "")
        self._starts_on = fields.day("starts_on", tr("Begins"), row.starts_on if row else None)
        self._ends_on = fields.day("ends_on", tr("Ends"), row.ends_on if row else None)
        self._take_end = self._make_offer()
        self._settled_on = fields.day(
            "settled_on", tr("Settled on"), row.settled_on if row else None, tr("Done or no longer needed")
        )
        self._suggested: date | None = None
        self._kind.currentIndexChanged.connect(lambda _at: self._suggest())
        for edit in (self._starts_on, self._ends_on):
            edit.field.textChanged.connect(lambda _text: self._suggest())
        self._suggest()
        self.begin("deadline", str(row.id if row else f"{case_id} {area}"), row.version if row else None, focus)

    def _make_offer(self) -> QPushButton:
        offer, line = QPushButton(), QWidget()
        offer.setObjectName("take_end")
        offer.setProperty("role", "link")
        offer.setAutoDefault(False)
        offer.clicked.connect(self._take_suggested)
        flow = FlowLayout(line)
        flow.setContentsMargins(0, 0, 0, 0)
        flow.addWidget(offer)
        self.fields.add("take_end", "", line)
        return offer

    def _suggest(self) -> None:
        """Say what is known of the end, and offer the day while another one (or none) stands there."""
        kind, begins = chosen(DeadlineKind, self._kind), _day_in(self._starts_on)
        known = suggest_end(self.office.settings, kind, begins) if kind and begins else None
        self._suggested = known[0] if known else None
        words = ""
        if known is not None:
            day = current().date(known[0])
            words = tr(_AT_LEAST if known[1].at_least else _UNTIL, day=day, source=known[1].source)
            self._take_end.setText(tr("Use {day}", day=day))
        if self.fields.rows["ends_on"].message != words:
            self.fields.rows["ends_on"].explain(words)
        self.show_row("take_end", known is not None and _day_in(self._ends_on) != known[0])
        self.fit()

    def _take_suggested(self) -> None:
        self._ends_on.show_value(self._suggested)
        self.focus_on("ends_on")

    def saving(self) -> Deed:
        draft = DeadlineDraft(
            area=self._row.area if self._row else self._area,
            kind=chosen(DeadlineKind, self._kind),
            words=words_of(self._words),
            starts_on=self._starts_on.value,
            ends_on=self._ends_on.value,
            settled_on=self._settled_on.value,
            id=self._row.id if self._row else None,
            version=self._row.version if self._row else None,
        )
        return Deed(save_deadline, (self._case_id, draft), tr("Deadline saved"))

    def removing(self) -> Deed | None:
        if self._row is None:
            return None
        return Deed(remove_deadline, (self._row.id, self._row.version), tr("Deadline removed"))


def _day_in(edit: DayEdit) -> date | None:
    """The day as far as it is typed."""
    try:
        return edit.value
    except FieldProblem:
        return None
