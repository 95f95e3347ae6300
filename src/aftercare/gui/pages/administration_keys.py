"""Keys and recovery: how old the recovery code and the key of the records are, and making other ones."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from aftercare.domain.rows.keys import KeysRow
from aftercare.gui import notices
from aftercare.gui.dialogs.renew_code import RenewCodeDialog
from aftercare.gui.office import Office
from aftercare.gui.pages.administration_erasing import ErasingCard
from aftercare.gui.pages.administration_part import AdministrationPart, deed_button
from aftercare.gui.palette import Tone
from aftercare.gui.widgets.card import Card
from aftercare.gui.widgets.labels import VERBATIM, PlainLabel
from aftercare.i18n import current, tr
from aftercare.services.keys import show_keys
from aftercare.services.recovery_kit import may_renew_code
from aftercare.services.rotation import Rotated, rotate_keys


class KeysPart(AdministrationPart):
    """A card for each; what is due stands first, in its card and in its colour."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._code_says, self._key_says = PlainLabel("", wrap=True), PlainLabel("", wrap=True)
        self._fingerprint = PlainLabel("", "strong", wrap=True)
        self._fingerprint.setProperty(VERBATIM, True)
        self._code_card, self._key_card = self._make_code(), self._make_key()
        self._make_log_key()
        self.erasing = ErasingCard(self)
        self.end_cards()
        office.listen(self, {"staff", "setting"}, lambda _topic, _about: self.refresh())
        office.keys_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        self.look(show_keys, self.show_keys, "keys")
        self.erasing.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Whether everything may be erased is decided on the page beside; nobody announces what was decided."""
        super().showEvent(event)
        self.erasing.refresh()

    def show_keys(self, row: KeysRow) -> None:
        self._code_says.setText(tr("The code of now was made on {moment}.", moment=self._moment(row.code_made_at)))
        made = {"number": row.generation, "moment": self._moment(row.key_made_at)}
        self._key_says.setText(tr("Key number {number}, made on {moment}.", **made))
        self._fingerprint.setText(row.log_fingerprint)
        is_due = row.due_since is not None
        self._key_card.pill.show_pill(tr("a new key is due") if is_due else "", Tone.TODAY)
        if row.due_since is not None:
            moment = self._moment(row.due_since)
            self.form.banner.show_words(
                tr("A backup was restored on {moment}: its key is in force again.", moment=moment)
                if row.after_restore
                else tr("Somebody was removed on {moment}, and the key was not changed since.", moment=moment),
                tr("Until it is, a copy that they kept may open with their old password."),
                tone=Tone.TODAY,
            )
        else:
            self.form.banner.hide()

    # --- the recovery code -----------------------------------------------------------------------------------------

    def _make_code(self) -> Card:
        card = self.add_card(tr("Recovery code"), tr("when every password is lost"))
        card.add(self._code_says)
        self.explain_in(
            card,
            tr("It is on paper only, whole or in two parts for two people."),
            tr("Make another one when a page is lost, was seen by somebody else, or whoever kept it leaves."),
        )
        self.renew = deed_button(tr("Make another &code…"), self.ask_for_code)
        card.add(self.renew)
        return card

    def ask_for_code(self) -> None:
        """Whoever sits here is asked once more before a code is shown, not after it was written down."""
        self.look(lambda opened: opened.desk.ask(may_renew_code), lambda _nothing: self._show_code(), "may renew")

    def _show_code(self) -> None:
        RenewCodeDialog(self.office, self.window()).open()

    # --- the key of the records ------------------------------------------------------------------------------------

    def _make_key(self) -> Card:
        card = self.add_card(tr("Key of the records"))
        card.add(self._key_says)
        self.explain_in(
            card,
            tr("Change it when somebody leaves in a quarrel, or a computer or a copy of the records was lost."),
            tr("Everybody keeps their password, and the recovery code stays good."),
            tr("An old copy then opens nothing of what is written afterwards."),
            tr("Backups that were made before still open with the passwords of then."),
        )
        self.rotate = deed_button(tr("Change the &key…"), self.ask_to_rotate)
        card.add(self.rotate)
        return card

    def ask_to_rotate(self) -> None:
        notices.ask(
            self.window(),
            tr("Change the key of the records now?"),
            tr(
                "A backup is made first, then all records are written anew. It takes a minute or more; until then "
                "nobody can work here. It can be stopped, and then everything is as it was."
            ),
            tr("Change the key"),
            self._rotate,
            is_dangerous=True,
        )

    def _rotate(self) -> None:
        self.work(tr("Changing the key of the records…"), rotate_keys, self._show_rotated, stopped=self.refresh)

    def _show_rotated(self, rotated: Rotated) -> None:
        self.office.said.emit(tr("The records have key number {number} now", number=rotated.generation))
        self.refresh()
        if rotated.backup.problem is not None:
            self.explain(rotated.backup.problem)

    # --- the key of the log ----------------------------------------------------------------------------------------

    def _make_log_key(self) -> None:
        card = self.add_card(tr("Key of the log"))
        self.explain_in(
            card,
            tr("Exports of the log are signed with it."),
            tr("Tell its fingerprint to whoever receives one, by another way than the file."),
        )
        self._fingerprint.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._fingerprint.setAccessibleName(tr("Fingerprint of the key of the log"))
        card.add(self._fingerprint)

    def _moment(self, at: datetime | None) -> str:
        if at is None:
            return tr("an unknown day")
        local = self.office.clock.local(at)
        return f"{current().date(local.date())}, {current().time(local)}"
