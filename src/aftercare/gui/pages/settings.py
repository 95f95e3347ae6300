"""Settings: how the window looks for this person on this computer, and their own account.

What the organisation decides for everybody is in the administration (administration_policy.py).
"""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QComboBox, QPushButton, QWidget

from aftercare import policy
from aftercare._built.forms.ui_settings import Ui_SettingsPage
from aftercare.gui import forms, style
from aftercare.gui.dialogs.change_password import ChangePasswordDialog
from aftercare.gui.office import Office
from aftercare.gui.pages.settings_tie import PasswordTie
from aftercare.gui.screen_privacy import ScreenPrivacy
from aftercare.gui.style import Look, Scheme
from aftercare.gui.translator import Interpreter
from aftercare.gui.widgets.fields import FieldForm
from aftercare.gui.widgets.spoken import SpokenCombo
from aftercare.gui.widgets.tick_box import TickBox
from aftercare.i18n import PSEUDO, PSEUDO_RTL, current, tr
from aftercare.settings import Settings, capture_allowed, may_speak

_TEXT_SIZES = (80, 90, 100, 115, 130, 150, 175, 200)
_MOST_WIDTH = 640


class SettingsPage(QWidget):
    """The look changes at once and is kept on this computer."""

    def __init__(self, office: Office, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._settings = settings
        form = self._form = forms.fill(self, Ui_SettingsPage)
        for card in (form.look_card, form.account_card):
            card.setMaximumWidth(style.scaled(_MOST_WIDTH))
        self._make_look()
        self._make_account()

    # --- this computer ---------------------------------------------------------------------------------------------

    def _make_look(self) -> None:
        card, rows = self._form.look_card, FieldForm(self._form.look_card)
        card.show_title(tr("This computer"), tr("only for you, at once"))
        self._scheme, self._size, self._language = SpokenCombo(rows), SpokenCombo(rows), SpokenCombo(rows)
        for words, scheme in (
            (tr("As the system"), Scheme.SYSTEM),
            (tr("Light"), Scheme.LIGHT),
            (tr("Dark"), Scheme.DARK),
            (tr("High contrast"), Scheme.CONTRAST),
        ):
            self._scheme.addItem(words, scheme.value)
        for percent in _TEXT_SIZES:
            self._size.addItem(tr("{percent} %", percent=percent), percent)
        for tag, words in (
            ("en", "English"),
            (PSEUDO, tr("Test words (long)")),
            (PSEUDO_RTL, tr("Test words (right to left)")),
        ):
            if may_speak(tag):
                self._language.addItem(words, tag)
        shown: tuple[tuple[QComboBox, object], ...] = (
            (self._scheme, self._settings.scheme),
            (self._size, self._settings.text_percent),
            (self._language, current().tag),
        )
        for box, value in shown:
            box.setCurrentIndex(max(0, box.findData(value)))
            box.activated.connect(lambda _at: self._wear())
        rows.add("scheme", tr("Colours"), self._scheme)
        rows.add("text_percent", tr("Text size"), self._size)
        rows.add("language", tr("Language"), self._language, tr("The whole window follows after the next unlock."))
        card.add(rows)
        self._capture = self._capture_switch(rows)

    def _capture_switch(self, rows: FieldForm) -> TickBox | None:
        """Only where the system can keep windows out of pictures; None elsewhere."""
        application = QApplication.instance()
        privacy = application.findChild(ScreenPrivacy) if application is not None else None
        if privacy is None:
            return None
        switch = TickBox(tr("Windows may be in pictures and recordings of the screen"))
        switch.setChecked(capture_allowed(self._settings))

        def turn(on: bool) -> None:
            self._settings.screen_capture = on
            self._settings.save()
            privacy.look_again()

        switch.clicked.connect(turn)
        row = rows.add("screen_capture", tr("Screen pictures"), switch, tr("Some reading aids need it."))
        if policy.in_force().decides("window.screen_capture"):
            row.lock(tr("Set by your administrator"))
        return switch

    def _wear(self) -> None:
        self._settings.scheme = self._scheme.currentData()
        self._settings.text_percent = self._size.currentData()
        self._settings.language = self._language.currentData()
        self._settings.save()
        worn = style.worn()
        if worn is not None:
            worn.wear(Look(Scheme(self._settings.scheme), self._settings.text_percent))
        application = QApplication.instance()
        interpreter = application.findChild(Interpreter) if application is not None else None
        if interpreter is not None and current().tag != self._settings.language:
            interpreter.speak(self._settings.language)

    # --- one's own account -----------------------------------------------------------------------------------------

    def _make_account(self) -> None:
        card = self._form.account_card
        card.show_title(tr("Your account"), self._office.actor.name)
        change = QPushButton(tr("&Change your password…"))
        change.setObjectName("change_password")
        change.setSizePolicy(change.sizePolicy().Policy.Maximum, change.sizePolicy().Policy.Fixed)
        change.clicked.connect(self.change_password)
        card.add(change)
        card.add(PasswordTie(self._office))

    def change_password(self) -> None:
        opened = self._office.opened
        if opened is not None:
            ChangePasswordDialog(self._office, opened, self.window()).open()
