"""Settings: how the window looks for this person on this computer, and what the organisation decided for everybody."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLineEdit, QPushButton, QWidget

from aftercare import policy
from aftercare._built.forms.ui_settings import Ui_SettingsPage
from aftercare.domain.errors import Problem
from aftercare.domain.permissions import Permission
from aftercare.domain.rows.plan import OfficeAreaRow
from aftercare.gui import forms, notices, style
from aftercare.gui.dialogs.change_password import ChangePasswordDialog
from aftercare.gui.office import Office
from aftercare.gui.pages.settings_tie import PasswordTie
from aftercare.gui.screen_privacy import ScreenPrivacy
from aftercare.gui.style import Look, Scheme
from aftercare.gui.translator import Interpreter
from aftercare.gui.widgets.choices import NumberEdit
from aftercare.gui.widgets.fields import FieldForm
from aftercare.gui.widgets.spoken import SpokenCombo
from aftercare.gui.widgets.world import LanguageCombo
from aftercare.i18n import PSEUDO, PSEUDO_RTL, current, tr
from aftercare.services.areas import add_own_area, hide_area, office_areas, show_area_again
from aftercare.services.office import LIMITS, OfficeSettings, change_settings, decided_settings, show_settings
from aftercare.settings import Settings, capture_allowed, may_speak
from aftercare.words import area_label

_TEXT_SIZES = (80, 90, 100, 115, 130, 150, 175, 200)
_MOST_WIDTH = 640


class SettingsPage(QWidget):
    """The look changes at once and is kept on this computer; the organisation's part is saved as a whole."""

    def __init__(self, office: Office, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._settings = settings
        form = self._form = forms.fill(self, Ui_SettingsPage)
        for card in (form.look_card, form.account_card, form.office_card, form.areas_card):
            card.setMaximumWidth(style.scaled(_MOST_WIDTH))
        self._make_look()
        self._make_account()
        self._make_office()
        self._make_areas()
        office.listen(self, {"own_area"}, lambda _topic, _about: self._ask_areas())
        office.ask(show_settings, then=self.show_office, owner=self)
        self._ask_areas()

    # --- this computer ---------------------------------------------------------------------------------------------

    def _make_look(self) -> None:
        card, rows = self._form.look_card, FieldForm()
        card.show_title(tr("This computer"), tr("only for you, at once"))
        self._scheme, self._size, self._language = SpokenCombo(), SpokenCombo(), SpokenCombo()
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

    def _capture_switch(self, rows: FieldForm) -> QCheckBox | None:
        """Only where the system can keep windows out of pictures; None elsewhere."""
        application = QApplication.instance()
        privacy = application.findChild(ScreenPrivacy) if application is not None else None
        if privacy is None:
            return None
        switch = QCheckBox(tr("Windows may be in pictures and recordings of the screen"))
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

    # --- the organisation ------------------------------------------------------------------------------------------

    def _make_office(self) -> None:
        card, rows = self._form.office_card, FieldForm()
        card.show_title(tr("The organisation"), tr("for everybody"))
        self._organisation = QLineEdit()
        self._numbers = {name: NumberEdit() for name in LIMITS}
        for name, (least, most) in LIMITS.items():
            self._numbers[name].setRange(least, most)
        self._currency, self._backup, self._second_backup = QLineEdit(), QLineEdit(), QLineEdit()
        self._currency.setMaxLength(3)
        self._report_language = LanguageCombo()
        rows.add("organisation", tr("Name on reports"), self._organisation, tr("Empty: no name is printed"))
        for name, label, hint in (
            ("idle_lock_minutes", tr("Lock after"), tr("Minutes without a key or the mouse")),
            ("note_lock_hours", tr("Notes lock after"), tr("Hours; then corrections are addenda")),
            ("name_shown_seconds", tr("A name is shown for"), tr("Seconds")),
            ("review_days", tr("Plan review after"), tr("Days from the agreement")),
            ("soon_days", tr("“Ending soon” means"), tr("Days ahead")),
            ("backup_every_hours", tr("Backups every"), tr("Hours, while something changes")),
            ("backup_warn_hours", tr("A backup is old after"), tr("Hours; then its age is marked")),
        ):
            rows.add(name, label, self._numbers[name], hint)
        rows.add("currency", tr("Currency"), self._currency)
        rows.add("report_language", tr("Language of reports"), self._report_language)
        rows.add("backup_folder", tr("Backups go to"), self._backup)
        rows.add("second_backup_folder", tr("and also to"), self._second_backup, tr("Another disk, or a stick"))
        for name in decided_settings().keys() & rows.rows.keys():
            rows.rows[name].lock(tr("Set by your administrator"))
        self._rows = rows
        card.add(rows)
        self._back_up = QPushButton(tr("&Back up now"))
        self._back_up.setProperty("role", "link")
        self._back_up.clicked.connect(self._office.backup_asked.emit)
        card.add(self._back_up)
        self._back_up.setSizePolicy(self._back_up.sizePolicy().Policy.Maximum, self._back_up.sizePolicy().Policy.Fixed)
        self._save = QPushButton(tr("&Save"))
        self._save.setProperty("role", "primary")
        self._save.clicked.connect(self.save)
        card.add(self._save)
        self._save.setSizePolicy(self._save.sizePolicy().Policy.Maximum, self._save.sizePolicy().Policy.Fixed)
        allowed = Permission.SET_POLICY in self._office.actor.permissions
        rows.setEnabled(allowed)
        self._save.setVisible(allowed)

    def show_office(self, settings: OfficeSettings) -> None:
        self._office.settings = settings
        self._organisation.setText(settings.organisation)
        for name, number in self._numbers.items():
            number.setValue(getattr(settings, name))
        self._currency.setText(settings.currency)
        self._report_language.show_code(settings.report_language)
        self._backup.setText(settings.backup_folder)
        self._second_backup.setText(settings.second_backup_folder)

    def save(self) -> None:
        numbers: dict[str, Any] = {name: number.value() for name, number in self._numbers.items()}
        wanted = replace(
            self._office.settings,
            organisation=self._organisation.text().strip(),
            currency=self._currency.text().strip().upper(),
            report_language=self._report_language.code_typed() or "en",
            backup_folder=self._backup.text().strip(),
            second_backup_folder=self._second_backup.text().strip(),
            **numbers,
        )
        self._office.do(change_settings, wanted, then=self._show_saved, owner=self, otherwise=self._explain)

    def _show_saved(self, settings: OfficeSettings) -> None:
        self.show_office(settings)
        self._office.said.emit(tr("Settings saved"))

    def _explain(self, problem: Problem) -> None:
        if not self._rows.show_problem(problem):
            notices.show_problem(self, problem)

    # --- areas -----------------------------------------------------------------------------------------------------

    def _make_areas(self) -> None:
        self._form.areas_card.show_title(tr("Areas of the plan"), tr("hide what you do not use, add your own"))

    def _ask_areas(self) -> None:
        self._office.ask(office_areas, then=self.show_areas, owner=self, topic="areas")

    def show_areas(self, areas: tuple[OfficeAreaRow, ...]) -> None:
        """A tick for each area, and a line to add one of the organisation's own."""
        card = self._form.areas_card
        card.clear()
        allowed = Permission.SET_POLICY in self._office.actor.permissions
        for use in areas:
            tick = QCheckBox((use.label or area_label(use.area)).replace("&", "&&"))
            tick.setChecked(not use.hidden)
            tick.setEnabled(allowed)
            tick.clicked.connect(lambda shown, code=use.area: self._use(code, shown))
            card.add(tick)
        if allowed:
            self._new_area = QLineEdit()
            self._new_area.setAccessibleName(tr("Name of an area of your own"))
            self._new_area.setPlaceholderText(tr("Add an area of your own: type its name, press Enter"))
            self._new_area.returnPressed.connect(self._add_area)
            card.add(self._new_area)

    def _use(self, code: str, shown: bool) -> None:
        change = show_area_again if shown else hide_area
        self._office.do(change, code, owner=self, undo=tr("Areas changed"))

    def _add_area(self) -> None:
        name = self._new_area.text().strip()
        if name:
            self._office.do(add_own_area, name, owner=self, undo=tr("Area added"))
