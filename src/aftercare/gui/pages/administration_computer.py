"""What this computer keeps: every place with its path, what lies there, whether it is encrypted, how large it is."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from aftercare import policy
from aftercare.domain.permissions import Permission
from aftercare.domain.rows.this_computer import MAY_BE_OPENED, Kept, KeptRow
from aftercare.gui import notices
from aftercare.gui.office import Office
from aftercare.gui.pages.administration_part import AdministrationPart, deed_button, in_a_row, open_folder
from aftercare.gui.palette import Tone
from aftercare.gui.widgets.card import Card
from aftercare.gui.widgets.labels import VERBATIM, Pill, PlainLabel
from aftercare.i18n import current, tr, trn
from aftercare.notices.doctor import ailment_words
from aftercare.services import kept_aside
from aftercare.services.this_computer import kept_places, measured
from aftercare.services.verifying import Checked, verify_records
from aftercare.settings import Settings
from aftercare.words.sizes import size_words
from aftercare.words.this_computer import CONTENTS, NEVER_KEPT, PLACES, decided_words

if TYPE_CHECKING:
    from aftercare.services.opening import OpenOffice

_GROUPS: tuple[tuple[Kept, ...], ...] = (
    (Kept.RECORDS, Kept.KEYS, Kept.RESERVE, Kept.ATTEMPTS),
    (Kept.BACKUPS, Kept.OTHER_BACKUPS, Kept.KEPT_ASIDE, Kept.TRAINING),
    (Kept.SETTINGS, Kept.LOG, Kept.KEY_STORE, Kept.POLICY),
)


class ComputerPart(AdministrationPart):
    """Three cards of places, what the policy decides, and what is kept nowhere."""

    def __init__(self, office: Office, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._settings = settings
        titles = (tr("In the folder of the records"), tr("Copies, and training"), tr("Outside the records"))
        self._cards = [self.add_card(title) for title in titles]
        if Permission.CHECK_VAULT in office.actor.permissions:
            self._make_check()
        self._make_decided()
        self._make_never()
        self.end_cards()
        self.refresh()

    def refresh(self) -> None:
        settings = self._settings
        self.look_at_disks(lambda opened: kept_places(opened, settings), measured, self.show_places, "kept")

    def show_places(self, rows: tuple[KeptRow, ...]) -> None:
        for card, group in zip(self._cards, _GROUPS, strict=True):
            card.clear()
            for row in rows:
                if row.kept in group:
                    self._add_place(card, row)

    def _add_place(self, card: Card, row: KeptRow) -> None:
        line = QHBoxLayout()
        line.addWidget(PlainLabel(tr(PLACES[row.kept]), "strong", wrap=True), 1)
        if not row.answers:
            line.addWidget(Pill(tr("not reachable"), Tone.TODAY))
        elif not row.is_there:
            line.addWidget(Pill(tr("not there")))
        else:
            line.addWidget(Pill(tr("encrypted"), Tone.GOOD) if row.is_sealed else Pill(tr("readable")))
        card.add(line)
        card.add(PlainLabel(tr(CONTENTS[row.kept]), wrap=True))
        if row.since is not None:
            card.add(PlainLabel(tr("Replaced on {day}", day=current().date(row.since)), "muted", wrap=True))
        if row.path is not None:
            card.add(self._where(row))
        if row.kept is Kept.SETTINGS and self._settings.remembered_login:
            self.forget = deed_button(tr("Forget the remembered sign-in name"), self._forget)
            card.add(self.forget)

    def _where(self, row: KeptRow) -> QWidget:
        line = QWidget()
        parts = QHBoxLayout(line)
        parts.setContentsMargins(0, 0, 0, 8)
        size = f" · {size_words(row.size)}" if row.size else ""
        path = PlainLabel(f"{row.path}{size}", "muted", wrap=True)
        path.setProperty(VERBATIM, True)
        path.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        parts.addWidget(path, 1)
        if row.kept in MAY_BE_OPENED and row.is_there and row.path is not None:
            folder = row.path if row.path.is_dir() else row.path.parent
            name = tr("Open the folder {folder}", folder=folder)
            parts.addWidget(deed_button(tr("Open folder"), partial(open_folder, str(folder)), "link", name))
        if row.kept is Kept.KEPT_ASIDE and row.path is not None and self._may_destroy:
            name = tr("Destroy the earlier records in {folder}", folder=row.path.name)
            parts.addWidget(deed_button(tr("Destroy…"), partial(self.ask_to_destroy, row), "link", name))
        return line

    # --- damage ----------------------------------------------------------------------------------------------------

    def _make_check(self) -> None:
        card = self.add_card(tr("Are the records whole?"))
        self.explain_in(
            card,
            tr("Every page of the file, its structure and search, the log and the key files are read and compared."),
            tr("With many records it takes minutes, and other pages wait meanwhile."),
        )
        self.check = deed_button(tr("&Check the records"), self._check)
        card.add(in_a_row(self.check))

    def _check(self) -> None:
        self.work(tr("Checking the records…"), verify_records, self.show_checked)

    def show_checked(self, found: Checked) -> None:
        """What the check came to, in the bar above the cards."""
        entries = trn("{n} entry of the log", "{n} entries of the log", found.audit_entries)
        if found.sound:
            self.form.banner.show_words(tr("Everything is sound ({entries}).", entries=entries), "", tone=Tone.GOOD)
            return
        told = [ailment_words(one.check, one.faults, str(one.seq)) for one in found.findings]
        more = " ".join(dict.fromkeys(words.do for words in told))
        self.form.banner.show_words(" ".join(words.what for words in told), more, tone=Tone.LATE)

    # --- earlier records -------------------------------------------------------------------------------------------

    @property
    def _may_destroy(self) -> bool:
        return Permission.MANAGE_BACKUPS in self.office.actor.permissions

    def ask_to_destroy(self, row: KeptRow) -> None:
        """Nothing is destroyed before it was said what is lost with it."""
        more = tr("With them go their keys and backups. What was written after the restored backup is only in them.")
        notices.ask(
            self.window(),
            tr("Destroy these earlier records for good?"),
            more,
            tr("Destroy"),
            partial(self._destroy, row),
            is_dangerous=True,
        )

    def _destroy(self, row: KeptRow) -> None:
        def destroying(opened: OpenOffice) -> None:
            assert row.path is not None
            kept_aside.destroy(opened, row.path)

        self.office.ask_vault(destroying, then=self._say_destroyed, owner=self, otherwise=self.explain)

    def _say_destroyed(self, _nothing: object) -> None:
        self.office.said.emit(tr("The earlier records are destroyed"))
        self.refresh()

    # --- settings --------------------------------------------------------------------------------------------------

    def _forget(self) -> None:
        self._settings.remembered_login = ""
        self._settings.save()
        self.office.said.emit(tr("The sign-in name is forgotten"))
        self.refresh()

    def _make_decided(self) -> None:
        held = policy.in_force()
        if not held.source:
            return
        card = self.add_card(tr("Set by your administrator"), tr("for everybody who uses this computer"))
        for place, value in held.values.items():
            card.add(PlainLabel(decided_words(place, value), wrap=True))
        if held.mistakes:
            named = ", ".join(place or tr("the whole file") for place in held.mistakes)
            card.add(PlainLabel(tr("Not understood: {places}", places=named), "warning", wrap=True))

    def _make_never(self) -> None:
        card = self.add_card(tr("Never kept"))
        for words in NEVER_KEPT:
            card.add(PlainLabel(tr(words), wrap=True))
