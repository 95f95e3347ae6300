"""Backups: the places and what each holds, every backup that is kept, and when and where they are made."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QWidget

from aftercare import notices as words_of
from aftercare.domain.errors import BackupPlaceMissing, BackupPlaceSilent, BackupPlaceWithin, Problem
from aftercare.domain.permissions import Permission
from aftercare.domain.rows.backups import BackupRow, BackupState, PlaceState
from aftercare.gui import notices
from aftercare.gui.office import Office
from aftercare.gui.pages.administration_part import AdministrationPart, deed_button, in_a_row, open_folder
from aftercare.gui.palette import Tone
from aftercare.gui.rows import Column, RowsModel
from aftercare.gui.widgets.choices import NumberEdit
from aftercare.gui.widgets.fields import FieldForm
from aftercare.gui.widgets.labels import Pill, PlainLabel
from aftercare.gui.widgets.rows_table import RowsTable
from aftercare.i18n import current, tr, trn
from aftercare.services.backup_state import state_on_disks
from aftercare.services.backups import plan_backup
from aftercare.services.deciding import LIMITS, choose_backups
from aftercare.services.office import OfficeSettings, decided_settings, show_settings
from aftercare.words.backups import BACKUP_REASONS
from aftercare.words.sizes import size_words

_MOST_ROWS = 12


class BackupsPart(AdministrationPart):
    """What is read from the disks is read again after each backup and each change."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._places: tuple[PlaceState, ...] = ()
        self._places_card = self.add_card(tr("Places"))
        self._make_backups()
        self._make_schedule()
        self._make_restoring()
        self.end_cards()
        office.said.connect(lambda _words: self.refresh())  # «Backed up», too
        office.ask(show_settings, then=self.show_schedule, owner=self)
        self.refresh()

    def refresh(self) -> None:
        self.look_at_disks(plan_backup, state_on_disks, self.show_state, "backups")

    def show_state(self, state: BackupState) -> None:
        self._places = state.places
        self._show_places(state)
        self.backups.show_rows(state.backups)
        if state.vault_problem is not None:
            notices.show_problem_in(self.form.banner, state.vault_problem)
        elif state.is_old:
            self.form.banner.show_words(
                tr("The newest backup is older than your organisation wants."),
                tr("Plug the other place in, or back up now."),
                tone=Tone.TODAY,
            )
        else:
            self.form.banner.hide()

    # --- places ----------------------------------------------------------------------------------------------------

    def _show_places(self, state: BackupState) -> None:
        card = self._places_card
        card.clear()
        for place in state.places:
            card.add(self._line_of(place))
        if danger := _danger(state.places):
            card.add(PlainLabel(danger, "warning", wrap=True))
        if state.seconds_at_lock:
            words = trn(
                "A backup takes about {n} second here: too long to wait for at lock. It is made while people work.",
                "A backup takes about {n} seconds here: too long to wait for at lock. It is made while people work.",
                state.seconds_at_lock,
            )
            card.add(PlainLabel(words, "muted", wrap=True))
        next_at = tr("nothing changed since the newest backup")
        if state.next_at is not None:
            next_at = tr("the next one by itself: {moment}", moment=self._moment(state.next_at))
        card.show_title(tr("Places"), next_at)

    def _line_of(self, place: PlaceState) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        where = {"folder": place.folder}
        said = tr("Beside the records: {folder}", **where) if place.is_own else tr("Also here: {folder}", **where)
        row.addWidget(PlainLabel(f"{said}\n{self._held_by(place)}", wrap=True), 1)
        state = Pill()
        if isinstance(place.problem, BackupPlaceWithin):
            state.show_pill(tr("not a second place"), Tone.LATE)
            state.setToolTip(words_of.explain(place.problem).what)
        elif place.problem is not None:
            state.show_pill(tr("not found"), Tone.LATE)
            state.setToolTip(words_of.explain(place.problem).what)
        elif place.waits:
            state.show_pill(tr("waits for the newest"), Tone.TODAY)
        elif place.newest_at is not None:
            state.show_pill(tr("up to date"), Tone.GOOD)
        row.addWidget(state)
        name = tr("Open the folder {folder}", folder=place.folder)
        button = deed_button(tr("Open folder"), partial(open_folder, str(place.folder)), "link", name)
        button.setEnabled(place.problem is None)
        row.addWidget(button)
        return line

    def _held_by(self, place: PlaceState) -> str:
        if place.newest_at is None:
            return tr("no backup yet")
        kept = trn("{n} backup", "{n} backups", place.kept)
        return tr("{kept}, the newest of {moment}", kept=kept, moment=self._moment(place.newest_at))

    # --- backups ---------------------------------------------------------------------------------------------------

    def _make_backups(self) -> None:
        card = self.add_card(tr("Kept backups"), tr("each was tried by restoring it"))
        self.backups: RowsModel[BackupRow] = RowsModel(self._columns(), lambda row: (row.number, row.made_at), self)
        self.table = RowsTable()
        self.table.setAccessibleName(tr("Kept backups"))
        self.table.empty.show_words(tr("No backup yet"))
        self.table.fit_rows(_MOST_ROWS)
        self.table.show_model(self.backups)
        self.table.give_way("size", "number", "places")
        self.back_up = deed_button(tr("&Back up now"), self.office.backup_asked.emit, "primary")
        card.add(self.table)
        card.add(in_a_row(self.back_up))

    def _columns(self) -> list[Column[BackupRow]]:
        return [
            Column("number", tr("No."), lambda row: str(row.number), "end", lambda row: row.number, width=60),
            Column(
                "made", tr("Made"), lambda row: self._moment(row.made_at), sort_key=lambda row: row.made_at, width=160
            ),
            Column("reason", tr("Why"), lambda row: tr(BACKUP_REASONS[row.reason]), strong=True),
            Column("size", tr("Size"), lambda row: size_words(row.size), "end", lambda row: row.size, width=90),
            Column("places", tr("Where"), self._where, width=190, muted=True, tip=self._where),
        ]

    def _where(self, row: BackupRow) -> str:
        places = [self._places[at] for at in row.places if at < len(self._places)]
        return ", ".join(tr("beside the records") if place.is_own else place.folder.name for place in places)

    # --- when and where --------------------------------------------------------------------------------------------

    def _make_schedule(self) -> None:
        card = self.add_card(tr("When and where"))
        rows = self.fields = FieldForm()
        self.first, self.second = QLineEdit(), QLineEdit()
        self.every, self.warn = NumberEdit(), NumberEdit()
        for number, name in ((self.every, "backup_every_hours"), (self.warn, "backup_warn_hours")):
            number.setRange(*LIMITS[name])
        rows.add("backup_folder", tr("Backups go to"), self.first, tr("Empty: only beside the records"))
        rows.add("second_backup_folder", tr("and also to"), self.second, tr("Another disk, or a stick"))
        rows.add(
            "backup_every_hours",
            tr("Every"),
            self.every,
            tr("Hours, while something changes; and at lock, if it takes only seconds"),
        )
        rows.add("backup_warn_hours", tr("Old after"), self.warn, tr("Hours; then its age is marked"))
        decided = decided_settings().keys() & rows.rows.keys()
        for name in decided:
            rows.rows[name].lock(tr("Set by your administrator"))
        card.add(rows)
        choose = [
            deed_button(tr("Choose the &first folder…"), partial(self._choose, self.first)),
            deed_button(tr("Choose the &second folder…"), partial(self._choose, self.second)),
        ]
        self.save = deed_button(tr("Sa&ve"), self._save, "primary")
        for button, name in zip(choose, ("backup_folder", "second_backup_folder"), strict=True):
            button.setVisible(name not in decided)
        card.add(in_a_row(*choose, self.save))
        # where backups go is a setting of the office: an administrator who may not set those only looks
        allowed = Permission.SET_POLICY in self.office.actor.permissions
        rows.setEnabled(allowed)
        for button in (*choose, self.save):
            button.setEnabled(allowed)

    def show_schedule(self, settings: OfficeSettings) -> None:
        self.office.settings = settings
        self.first.setText(settings.backup_folder)
        self.second.setText(settings.second_backup_folder)
        self.every.setValue(settings.backup_every_hours)
        self.warn.setValue(settings.backup_warn_hours)

    def _choose(self, field: QLineEdit) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr("Where backups go"), field.text())
        if chosen:
            field.setText(chosen)

    def _save(self) -> None:
        self.fields.clear_problems()
        self.office.do(
            choose_backups,
            self.first.text(),
            self.second.text(),
            self.every.value(),
            self.warn.value(),
            then=self._show_saved,
            owner=self,
            otherwise=self._explain_fields,
        )

    def _show_saved(self, settings: OfficeSettings) -> None:
        self.show_schedule(settings)
        self.office.said.emit(tr("Settings saved"))

    def _explain_fields(self, problem: Problem) -> None:
        if not self.fields.show_problem(problem):
            self.explain(problem)

    # --- restoring -------------------------------------------------------------------------------------------------

    def _make_restoring(self) -> None:
        card = self.add_card(tr("Restoring one"))
        self.explain_in(
            card,
            tr("Lock the window; where the password is asked, choose “Restore a backup…”."),
            tr("It opens with a password or the recovery code of the time it was made."),
            tr("The records that are there now are kept beside it."),
        )

    def _moment(self, at: datetime) -> str:
        local = self.office.clock.local(at)
        return f"{current().date(local.date())} {current().time(local)}"


def _danger(places: Sequence[PlaceState]) -> str:
    """What one broken disk would take; empty where a place lies elsewhere, or may do so once it is plugged in."""
    others = [place for place in places if not place.is_own]
    if not others:
        return tr("There is no second place: a broken disk would take the records and their backups with it.")
    if any(place.apart or isinstance(place.problem, BackupPlaceMissing | BackupPlaceSilent) for place in others):
        return ""
    return tr("Every place is on one disk: a broken disk would take the records and their backups with it.")
