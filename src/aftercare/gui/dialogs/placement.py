"""A stay: where, from when until when, what it costs, and how it ended."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QWidget

from aftercare.domain.codes import ExitReason, PlacementKind, RentPayer
from aftercare.domain.drafts.housing import PlacementDraft
from aftercare.domain.rows.housing import Housing, PlacementRow
from aftercare.gui.dialogs.form_dialog import Deed, FormDialog
from aftercare.gui.office import Office
from aftercare.gui.widgets.fact_fields import MoneyField, chosen, words_of
from aftercare.gui.widgets.tick_box import TickBox
from aftercare.i18n import current, tr
from aftercare.services.housing import remove_placement, save_placement
from aftercare.words import label


class PlacementDialog(FormDialog):
    """A new stay asks whether the one before ends on that day; overlapping stays are kept all the same."""

    def __init__(
        self,
        office: Office,
        case_id: UUID,
        housing: Housing,
        row: PlacementRow | None = None,
        parent: QWidget | None = None,
        focus: str = "",
    ) -> None:
        title = tr("Place to live") if row is not None else tr("New place to live")
        super().__init__(office, title, parent=parent)
        self._case_id = case_id
        self._row = row
        self._earlier = housing.current if row is None else None
        self._make_place(row)
        self._make_ending(row)
        about = str(row.id) if row is not None else str(case_id)
        self.begin("placement", about, row.version if row is not None else None, focus)

    def _make_place(self, row: PlacementRow | None) -> None:
        fields = self.fields
        self._kind = fields.choice(
            "kind", tr("Kind of place"), PlacementKind, row.kind if row else None, blank=tr("Please choose")
        )
        self._name = fields.line(
            "name", tr("Called"), row.name if row else "", tr("For example: Shelter room 4. Without the address.")
        )
        self._since = fields.day("since", tr("Since"), row.since if row else self.office.clock.today())
        self._ends = TickBox(tr("Ends on that day"))
        self._ends.setChecked(True)
        fields.part("ends_earlier", tr("Stay before"), self._ends, self._earlier_words())
        self.show_row("ends_earlier", self._earlier is not None)
        self._move_on_by = fields.day("move_on_by", tr("Leaves by"), row.move_on_by if row else None)
        self._rent = MoneyField()
        self._rent.show_value(row.rent if row else None, row.currency if row else "")
        fields.part("rent", tr("Rent a month"), self._rent)
        self._payer = fields.choice(
            "rent_payer", tr("Paid by"), RentPayer, row.rent_payer if row else None, blank=tr("Not asked")
        )
        self._support = fields.text("support", tr("Support there"), row.support if row else "")
        self._address = fields.line(
            "address",
            tr("Address"),
            row.address if row else "",
            tr("Only if it is needed: where someone lives is personal. It is never printed by default."),
        )

    def _make_ending(self, row: PlacementRow | None) -> None:
        fields = self.fields
        self._until = fields.day("until", tr("Until"), row.until if row else None, tr("Empty while it goes on"))
        self._reason = fields.choice(
            "exit_reason", tr("Why it ended"), ExitReason, row.exit_reason if row else None, blank=tr("Not ended")
        )
        self._exit_words = fields.line("exit_words", tr("In a few words"), row.exit_words if row else "")

    def _earlier_words(self) -> str:
        if self._earlier is None:
            return ""
        place = self._earlier.name or label(self._earlier.kind)
        return tr("{place}, since {day}", place=place, day=current().date(self._earlier.since))

    def saving(self) -> Deed:
        ends = self._earlier is not None and self._ends.isChecked()
        draft = PlacementDraft(
            kind=chosen(PlacementKind, self._kind),
            name=words_of(self._name),
            address=words_of(self._address),
            since=self._since.value,
            until=self._until.value,
            move_on_by=self._move_on_by.value,
            rent=self._rent.value,
            currency=self._rent.currency,
            rent_payer=chosen(RentPayer, self._payer),
            support=words_of(self._support),
            exit_reason=chosen(ExitReason, self._reason),
            exit_words=words_of(self._exit_words),
            ends_id=self._earlier.id if ends and self._earlier is not None else None,
            id=self._row.id if self._row else None,
            version=self._row.version if self._row else None,
        )
        return Deed(save_placement, (self._case_id, draft), tr("Place to live saved"))

    def removing(self) -> Deed | None:
        if self._row is None:
            return None
        return Deed(remove_placement, (self._row.id, self._row.version), tr("Place to live removed"))
