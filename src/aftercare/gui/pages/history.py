"""The tab «History»: what changed in a person's records, by whom, from what to what; and who looked at them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from PySide6.QtWidgets import QWidget

from aftercare._built.forms.ui_history import Ui_HistoryPage
from aftercare.domain.permissions import Permission
from aftercare.domain.rows.log import FieldChange, HistoryChoices, HistoryFilter, HistoryPage, Looker
from aftercare.domain.rows.survivors import PersonHead
from aftercare.gui import forms, mnemonics, style
from aftercare.gui.office import Office
from aftercare.gui.rows import Column, RowsModel
from aftercare.gui.widgets.flow import FlowLayout
from aftercare.gui.widgets.spoken import SpokenCombo
from aftercare.i18n import current, tr
from aftercare.services.log import who_looked
from aftercare.services.record_history import bring_back, history_choices, record_history, restore_value
from aftercare.words.record_fields import FIELDS, KINDS
from aftercare.words.record_values import value_words

_LEAST_HEIGHT = 150  # pixels at 100 %: a few changes, or the sentence that there are none


class HistoryTab(QWidget):
    """Shows the newest changes first; one that can be put back says so when it is chosen."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._head: PersonHead | None = None
        self._before: int | None = None
        self._form = forms.fill(self, Ui_HistoryPage)
        self._form.column.setStretch(0, 1)
        self._form.changes.setMinimumHeight(style.scaled(_LEAST_HEIGHT))
        self._changes: RowsModel[FieldChange] = RowsModel(self._change_columns(), _id_of, self)
        self._form.changes.show_model(self._changes)
        self._form.changes.current_changed.connect(self._show_chosen)
        self._lookers: RowsModel[Looker] = RowsModel(self._looker_columns(), lambda row: row.staff_id, self)
        self._form.lookers.show_model(self._lookers)
        self._form.lookers.fit_rows(most=6)
        self._form.lookers.give_way("first", "left", "last")
        self._form.changes.give_way("who", "before", "at")  # they are told below the table too
        self._make_filters()
        self._form.restore.clicked.connect(self.restore)
        self._writes = Permission.WRITE_RECORDS in office.actor.permissions
        self._watches = Permission.SEE_AUDIT in office.actor.permissions
        self._form.restore.setVisible(self._writes)
        self._form.lookers_sheet.setVisible(self._watches)
        self._show_chosen(None)

    def _make_filters(self) -> None:
        """Of which kind of record, and by whom; for looking, since when."""
        flow = FlowLayout(self._form.filters, spacing=8)
        flow.setContentsMargins(0, 0, 0, 0)
        self._kind, self._who = SpokenCombo(), SpokenCombo()
        for box, name in ((self._kind, tr("Which kind of record")), (self._who, tr("Changed by whom"))):
            box.setAccessibleName(name)
            box.setToolTip(name)
            box.activated.connect(lambda _at: self._ask())
            flow.addWidget(box)
        self._show_choices(HistoryChoices((), ()))
        for words, days in ((tr("Ever"), None), (tr("The last 30 days"), 30), (tr("The last year"), 365)):
            self._form.period.addItem(words, days)
        self._form.period.activated.connect(lambda _at: self._ask_lookers())

    def _show_choices(self, choices: HistoryChoices) -> None:
        """What was chosen stays chosen while it is there."""
        kinds = sorted((tr(KINDS.get(kind, kind)), kind) for kind in choices.kinds)
        people = [(colleague.name, colleague.id) for colleague in choices.colleagues]
        _refill(self._kind, [(tr("Every kind of record"), ""), *kinds])
        _refill(self._who, [(tr("By everybody"), None), *people])

    # --- what the person's page calls ------------------------------------------------------------------------------

    def show_person(self, head: PersonHead) -> None:
        if self._head is None or self._head.survivor_id != head.survivor_id:
            self._kind.setCurrentIndex(0)
            self._who.setCurrentIndex(0)
        self._head = head
        self._office.ask(history_choices, head.survivor_id, then=self._show_choices, owner=self, topic="choices")
        self._ask()
        self._ask_lookers()

    def show_history(self, page: HistoryPage) -> None:
        if self._wanted == HistoryFilter():
            self._form.changes.empty.show_words(tr("Nothing was changed since this person was taken in."))
        else:
            self._form.changes.empty.show_words(tr("No change matches this filter."))
        self._before = page.before_seq
        more = len(page.changes) + (page.before_seq is not None)
        self._changes.show_rows(page.changes, more, self._ask_more)
        self._show_chosen(self._form.changes.current_row)

    def restore(self) -> None:
        """Put back what the chosen line says was there before."""
        chosen = self._form.changes.current_row
        if not isinstance(chosen, FieldChange) or not chosen.restorable:
            return
        if chosen.action == "removed":
            self._office.do(bring_back, chosen.change_seq, owner=self, undo=tr("Record brought back"), then=self._again)
        else:
            self._office.do(
                restore_value,
                chosen.change_seq,
                chosen.field,
                owner=self,
                undo=tr("Earlier value put back"),
                then=self._again,
            )

    # --- asking ---------------------------------------------------------------------------------------------------

    @property
    def _wanted(self) -> HistoryFilter:
        return HistoryFilter(self._kind.currentData() or "", self._who.currentData())

    def _ask(self) -> None:
        if self._head is not None:
            wanted, hers = self._wanted, self._head.survivor_id
            self._office.ask(record_history, hers, None, wanted, then=self.show_history, owner=self, topic="history")

    def _ask_lookers(self) -> None:
        if self._head is None or not self._watches:
            return
        days = self._form.period.currentData()
        nobody = tr("Nobody looked in this time.") if days else tr("Nobody else has looked yet.")
        self._form.lookers.empty.show_words(nobody)
        hers = self._head.survivor_id
        self._office.ask(who_looked, hers, days, then=self._lookers.show_rows, owner=self, topic="lookers")

    # --- inside --------------------------------------------------------------------------------------------------

    def _again(self, _nothing: None) -> None:
        if self._head is not None:
            self.show_person(self._head)

    def _ask_more(self, _have: int) -> None:
        if self._head is None or self._before is None:
            self._changes.add_rows(())
            return
        self._office.ask(
            record_history,
            self._head.survivor_id,
            self._before,
            self._wanted,
            then=self._add_older,
            owner=self,
            topic="history",
        )

    def _add_older(self, page: HistoryPage) -> None:
        self._before = page.before_seq
        self._changes.add_rows(page.changes)
        self._changes.expect(len(self._changes.rows) + (page.before_seq is not None))

    def _show_chosen(self, chosen: object) -> None:
        form = self._form
        back = isinstance(chosen, FieldChange) and chosen.action == "removed"
        form.restore.setText(tr("&Bring it back") if back else tr("Put the earlier &value back"))
        mnemonics.settle_in_window(self)
        form.restore.setEnabled(isinstance(chosen, FieldChange) and chosen.restorable)
        if not isinstance(chosen, FieldChange):
            form.shown.setText(tr("Choose a line to see it in full."))
            return
        who = chosen.actor or tr("The program")
        told = [f"{_what(chosen)} · {who} · {_moment(self._office.clock.local(chosen.at))}"]
        if chosen.action == "changed":
            told.append(
                tr(
                    "Before: {before}\nAfter: {after}",
                    before=value_words(chosen.field, chosen.before),
                    after=value_words(chosen.field, chosen.after),
                )
            )
            if not chosen.restorable and self._writes:
                told.append(tr("Cannot be put back by itself: a rule stands behind it, or it has this value now."))
        form.shown.setText("\n".join(told))

    # --- columns ---------------------------------------------------------------------------------------------------

    def _change_columns(self) -> list[Column[FieldChange]]:
        clock = self._office.clock
        return [
            Column("at", tr("When"), lambda row: _moment(clock.local(row.at)), width=150, sortable=False),
            Column("who", tr("Who"), lambda row: row.actor or tr("The program"), width=120, sortable=False),
            Column("what", tr("What"), _what, width=230, strong=True, sortable=False),
            Column("before", tr("Before"), lambda row: _cell(row, row.before), sortable=False, muted=True),
            Column("after", tr("After"), lambda row: _cell(row, row.after), sortable=False),
        ]

    def _looker_columns(self) -> list[Column[Looker]]:
        clock, words = self._office.clock, current()
        return [
            Column("who", tr("Who"), lambda row: row.name, strong=True),
            Column(
                "looks",
                tr("Looked"),
                lambda row: words.number(row.looks),
                sort_key=lambda row: row.looks,
                width=90,
                align="end",
            ),
            Column(
                "left",
                tr("Printed or saved"),
                lambda row: words.number(row.left) if row.left else "–",
                sort_key=lambda row: row.left,
                width=170,
                align="end",
            ),
            Column("first", tr("First"), lambda row: _moment(clock.local(row.first_at)), width=150, sort_key=_first),
            Column("last", tr("Last"), lambda row: _moment(clock.local(row.last_at)), width=150, sort_key=_last),
        ]


def _refill(box: SpokenCombo, entries: list[tuple[str, Any]]) -> None:
    before = box.currentData()
    box.clear()
    for words, key in entries:
        box.addItem(words, key)
    keys = [key for _words, key in entries]
    box.setCurrentIndex(keys.index(before) if before in keys else 0)


def _id_of(change: FieldChange) -> tuple[int, str]:
    return change.change_seq, change.field


def _first(looker: Looker) -> datetime:
    return looker.first_at


def _last(looker: Looker) -> datetime:
    return looker.last_at


def _moment(local: datetime) -> str:
    return f"{current().date(local.date())} {current().time(local)}"


def _what(change: FieldChange) -> str:
    kind = tr(KINDS.get(change.kind, change.kind))
    if change.action == "created":
        return tr("{kind}: added", kind=kind)
    if change.action == "removed":
        return tr("{kind}: removed", kind=kind)
    return f"{kind} · {tr(FIELDS.get(change.field, change.field))}"


def _cell(change: FieldChange, value: object) -> str:
    return value_words(change.field, value).replace("\n", " ") if change.action == "changed" else ""
