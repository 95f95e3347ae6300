"""Policy: what the organisation decides for everybody; what the policy of the computer decides is shown locked."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from aftercare import policy
from aftercare.domain.approving import BY_ITSELF
from aftercare.domain.errors import DraftProblems, FieldProblem, Problem
from aftercare.domain.rows.plan import OfficeAreaRow
from aftercare.gui.dialogs.area_name import AreaNameDialog
from aftercare.gui.office import Office
from aftercare.gui.pages.administration_part import AdministrationPart, deed_button, in_a_row
from aftercare.gui.pages.administration_rules import RulesCard
from aftercare.gui.pages.plan_words import area_name
from aftercare.gui.widgets.choices import NumberEdit
from aftercare.gui.widgets.fields import FieldForm, FieldRow
from aftercare.gui.widgets.labels import PlainLabel
from aftercare.gui.widgets.tick_box import TickBox
from aftercare.gui.widgets.ticks import Ticks
from aftercare.gui.widgets.world import CountryCombo, LanguageCombo
from aftercare.i18n import N_, tr
from aftercare.services.areas import add_own_area, hide_area, office_areas, show_area_again
from aftercare.services.deciding import LIMITS, decide
from aftercare.services.office import OfficeSettings, decided_settings, show_settings
from aftercare.words.access import APPROVABLE

_TIMES = (
    ("idle_lock_minutes", N_("Lock after"), N_("Minutes without a key or the mouse")),
    ("name_shown_seconds", N_("A name is shown for"), N_("Seconds")),
    ("note_lock_hours", N_("Notes lock after"), N_("Hours; then corrections are addenda")),
    ("review_days", N_("Plan review after"), N_("Days from the agreement")),
    ("soon_days", N_("“Ending soon” means"), N_("Days ahead")),
)
_GUARDS = (
    ("glass_minutes", N_("A record opened with a reason stays open for"), N_("Minutes; then it is hidden again")),
    ("approval_hours", N_("A second person answers within"), N_("Hours; then it is asked anew")),
)


class PolicyPart(AdministrationPart):
    """Cards of fields that are saved together; the areas of the plan change at once, with undo."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self.numbers: dict[str, NumberEdit] = {}
        self.rows: dict[str, FieldRow] = {}
        self._forms: list[FieldForm] = []
        self._make_organisation()
        self._make_numbers(tr("Times"), _TIMES)
        self._make_guards()
        for name in decided_settings().keys() & self.rows.keys():
            self.rows[name].lock(tr("Set by your administrator"))
        self.save = deed_button(tr("Sa&ve"), self._save, "primary")
        self.form.column.addWidget(in_a_row(self.save))
        self._areas = self.add_card(tr("Areas of the plan"), tr("hide what you do not use, add your own"))
        self.rules = RulesCard(office)
        self.place_card(self.rules)
        self.end_cards()
        office.listen(self, {"own_area"}, lambda _topic, _about: self._ask_areas())
        office.ask(show_settings, then=self.show_settings, owner=self)
        self._ask_areas()

    # --- making ----------------------------------------------------------------------------------------------------

    def _make_form(self, title: str, aside: str = "") -> FieldForm:
        card, rows = self.add_card(title, aside), FieldForm()
        self._forms.append(rows)
        card.add(rows)
        return rows

    def _row(self, rows: FieldForm, name: str, words: str, editor: QWidget, hint: str = "") -> None:
        self.rows[name] = rows.add(name, words, editor, hint)

    def _make_organisation(self) -> None:
        rows = self._make_form(tr("The organisation"), tr("for everybody"))
        self.organisation, self.currency, self.language = QLineEdit(), QLineEdit(), LanguageCombo()
        self.currency.setMaxLength(3)
        self._row(rows, "organisation", tr("Name on reports"), self.organisation, tr("Empty: no name is printed"))
        self._row(rows, "currency", tr("Currency"), self.currency, tr("Three letters, for example EUR"))
        self._row(rows, "report_language", tr("Language of reports"), self.language)
        self.country = CountryCombo()
        hint = tr("Its rules suggest how long a reflection period lasts")
        self._row(rows, "country", tr("Country"), self.country, hint)

    def _make_numbers(self, title: str, wanted: tuple[tuple[str, str, str], ...]) -> FieldForm:
        rows = self._make_form(title)
        for name, words, hint in wanted:
            number = self.numbers[name] = NumberEdit()
            number.setRange(*LIMITS[name])
            self._row(rows, name, tr(words), number, tr(hint))
        return rows

    def _make_guards(self) -> None:
        rows = self._make_numbers(tr("Guarding"), _GUARDS)
        self.ask_again = TickBox(tr("&Ask for the password once more before printing or exporting"))
        rows.add_wide(self.ask_again)
        if policy.in_force().decides("export.roles"):
            rows.add_wide(PlainLabel(tr("Which roles may print and export is set by your administrator."), "muted"))
        self.two_persons = Ticks()
        self.two_persons.show_choices(
            (action.value, tr(words), "") for action, words in APPROVABLE.items() if action not in BY_ITSELF
        )
        hint = tr("One asks, another manager or administrator agrees. To untick takes two people, too.")
        self._row(rows, "two_persons_for", tr("Only two people together"), self.two_persons, hint)

    # --- the settings ----------------------------------------------------------------------------------------------

    def show_settings(self, settings: OfficeSettings) -> None:
        self.office.settings = settings
        self.organisation.setText(settings.organisation)
        self.currency.setText(settings.currency)
        self.language.show_code(settings.report_language)
        self.country.show_code(settings.country)
        for name, number in self.numbers.items():
            number.setValue(getattr(settings, name))
        self.ask_again.setChecked(settings.ask_again_before_export)
        self.two_persons.show_codes(settings.two_persons_for)

    def _save(self) -> None:
        for rows in self._forms:
            rows.clear_problems()
        changes: dict[str, Any] = {name: number.value() for name, number in self.numbers.items()}
        changes |= {
            "organisation": self.organisation.text().strip(),
            "currency": self.currency.text().strip().upper(),
            "report_language": self.language.code_typed() or "en",
            "country": self.country.code_typed() or self.country.currentText().strip(),
            "ask_again_before_export": self.ask_again.isChecked(),
            "two_persons_for": tuple(self.two_persons.codes),
        }
        self.office.do(decide, changes, then=self._show_saved, owner=self, otherwise=self._explain_fields)

    def _show_saved(self, settings: OfficeSettings) -> None:
        self.form.banner.hide()
        self.show_settings(settings)
        self.office.said.emit(tr("Settings saved"))

    def _explain_fields(self, problem: Problem) -> None:
        is_of_a_field = isinstance(problem, FieldProblem | DraftProblems)
        if not (is_of_a_field and any(rows.show_problem(problem) for rows in self._forms)):
            self.explain(problem)

    # --- areas of the plan -----------------------------------------------------------------------------------------

    def _ask_areas(self) -> None:
        self.office.ask(office_areas, then=self.show_areas, owner=self, topic="areas")

    def show_areas(self, areas: tuple[OfficeAreaRow, ...]) -> None:
        """A tick for each area and how it is called, and a line to add one of the organisation's own."""
        card, held = self._areas, self.window().focusWidget()
        keeps = held.objectName() if held is not None and self._areas.isAncestorOf(held) else ""
        card.clear()
        for use in areas:
            card.add(self._area_line(use))
        self.new_area = QLineEdit()
        self.new_area.setAccessibleName(tr("Name of an area of your own"))
        self.new_area.setPlaceholderText(tr("Add an area of your own: type its name, press Enter"))
        self.new_area.returnPressed.connect(self._add_area)
        self.new_area.setObjectName("new_area")
        card.add(self.new_area)
        if keeps:  # the lines are made anew after each change, the old ones go later; the keys go on where they were
            card.findChildren(QWidget, keeps)[-1].setFocus()

    def _area_line(self, use: OfficeAreaRow) -> QWidget:
        name = area_name(use)
        tick = TickBox(name.replace("&", "&&"))
        tick.setObjectName(f"shown_{use.area}")
        tick.setChecked(not use.hidden)
        tick.clicked.connect(lambda shown: self._use(use.area, shown))
        words, spoken = tr("Rename…"), tr("Rename {area}", area=name)
        if not use.is_built_in:
            words, spoken = tr("Rename or remove…"), tr("Rename or remove {area}", area=name)
        rename = deed_button(words, lambda: self.rename_area(use), "link", spoken)
        rename.setObjectName(f"rename_{use.area}")
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(tick, 1)
        row.addWidget(rename)
        return line

    def rename_area(self, area: OfficeAreaRow) -> None:
        AreaNameDialog(self.office, area, self.window()).open()

    def _use(self, code: str, shown: bool) -> None:
        change = show_area_again if shown else hide_area
        self.office.do(change, code, owner=self, undo=tr("Areas changed"))

    def _add_area(self) -> None:
        name = self.new_area.text().strip()
        if name:
            self.office.do(add_own_area, name, owner=self, undo=tr("Area added"))
