"""The form about a person: everything optional, one column of cards; used for a new person and for corrections."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import time
from typing import Any

from PySide6.QtCore import Qt, QTime, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QPushButton, QTimeEdit, QWidget

from aftercare._built.forms.ui_person_form import Ui_PersonForm
from aftercare.domain.clock import Clock
from aftercare.domain.codes import ContactWay, Gender, SpecialNeed, Vulnerability
from aftercare.domain.drafts.people import PersonDraft
from aftercare.domain.errors import DraftProblems, FieldProblem, Problem
from aftercare.domain.partial_date import PartialDate
from aftercare.gui import forms
from aftercare.gui.drafting import field_of
from aftercare.gui.widgets.choices import ChoiceChips, CodeCombo
from aftercare.gui.widgets.date_edits import AgeRangeEdit, PartialDateEdit
from aftercare.gui.widgets.fields import FieldForm
from aftercare.gui.widgets.person_entries import (
    AlertEntry,
    DependantEntry,
    IdentityEntry,
    LanguageEntry,
    NameEntry,
    choices,
)
from aftercare.gui.widgets.repeated import Repeated
from aftercare.gui.widgets.tick_box import TickBox
from aftercare.gui.widgets.world import CountryCombo
from aftercare.i18n import tr

_KEPT = (
    "names", "born", "ages", "gender", "gender_words", "citizenships", "languages", "papers", "dependants", "alerts",
    "ways", "phone", "email", "hours_from", "hours_until", "no_message", "name_to_use", "contact_words",
    "special_needs", "special_needs_words", "vulnerabilities", "vulnerability_words", "may_sign", "told_already",
)  # fmt: skip


class _Citizenship(CountryCombo):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Citizenship"))

    def value(self) -> str | None:
        return self.code() or None

    def show_value(self, value: str) -> None:
        self.show_code(value)

    def draft_value(self) -> str:
        return self.currentText()

    def show_draft_value(self, kept: str) -> None:
        self.setEditText(kept)


class ClockTimeEdit(QTimeEdit):
    """A time of day; midnight shows and means nothing."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setDisplayFormat("HH:mm")
        self.setSpecialValueText("–")
        self.setAccessibleName(name)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab leaves the field: going from hours to minutes it would never get past «–»."""
        return QWidget.focusNextPrevChild(self, forward)

    def value(self) -> time | None:
        shown = self.time()
        return time(shown.hour(), shown.minute()) if shown != QTime(0, 0) else None

    def show_value(self, value: time | None) -> None:
        self.setTime(QTime(value.hour, value.minute) if value else QTime(0, 0))


class PersonForm(QWidget):
    """`draft` is what stands in the form; DraftProblems names every field that cannot be understood."""

    changed = Signal()
    names_changed = Signal()  # anything that makes people alike: names, birth, phone, papers
    names_asked = Signal()  # covered names are to be shown

    def __init__(self, parent: QWidget | None = None, clock: Clock | None = None) -> None:
        super().__init__(parent)
        self._clock = clock or Clock()
        self._version: int | None = None
        self.form = forms.fill(self, Ui_PersonForm)
        self.fields = FieldForm(self.form.about_card)
        self._contact, self._needs = FieldForm(self.form.contact_card), FieldForm(self.form.needs_card)
        self._make_names()
        self._make_about()
        self._make_contact()
        self._make_lists()
        self._make_needs()
        self._kept = {name: field_of(getattr(self, name)) for name in _KEPT}
        for field in self._kept.values():
            field.changed.connect(lambda *_what: self.changed.emit())

    # --- what a page calls ---------------------------------------------------------------------------------------

    def draft(self) -> PersonDraft:
        """Everything as it stands; raises DraftProblems with each field that cannot be understood."""
        wrong: list[FieldProblem] = []

        def read(field: str, take: Callable[[], Any]) -> Any:
            try:
                return take()
            except FieldProblem as problem:
                wrong.append(FieldProblem(field, problem.reason, problem.value))
                return None

        born = read("birth_date", lambda: self.born.value)
        ages = self.ages.value
        names = read("names", self.names.values)
        languages = read("languages", self.languages.values)
        citizenships = read("citizenships", self.citizenships.values)
        papers = read("identity_numbers", self.papers.values)
        dependants = read("dependants", self.dependants.values)
        alerts = read("alerts", self.alerts.values)
        if wrong:
            raise DraftProblems(tuple(wrong))
        return PersonDraft(
            names=names,
            birth_date=born.edtf if born else "",
            age_least=ages[0] if ages else None,
            age_most=ages[1] if ages else None,
            gender=Gender(self.gender.code) if self.gender.code else None,
            gender_words=self.gender_words.text().strip(),
            citizenships=citizenships,
            languages=languages,
            identity_numbers=papers,
            dependants=dependants,
            alerts=alerts,
            contact_ways=tuple(self.ways.codes),
            contact_phone=self.phone.text().strip(),
            contact_email=self.email.text().strip(),
            contact_from=self.hours_from.value(),
            contact_until=self.hours_until.value(),
            never_leave_message=self.no_message.isChecked(),
            name_to_use=self.name_to_use.text().strip(),
            contact_words=self.contact_words.text().strip(),
            special_needs=tuple(self.special_needs.codes),
            special_needs_words=self.special_needs_words.toPlainText().strip(),
            vulnerabilities=tuple(self.vulnerabilities.codes),
            vulnerability_words=self.vulnerability_words.toPlainText().strip(),
            may_sign=self.may_sign.text().strip(),
            told_already=tuple(self.told_already.codes),
            version=self._version,
        )

    def show_draft(self, draft: PersonDraft) -> None:
        self._version = draft.version
        self.names.show_values(draft.names, least=1)
        self.born.show_value(PartialDate.from_edtf(draft.birth_date) if draft.birth_date else None)
        ages = (draft.age_least, draft.age_most)
        self.ages.show_value((ages[0], ages[1]) if ages[0] is not None and ages[1] is not None else None)
        self.gender.show_code(draft.gender.value if draft.gender else None)
        self.gender_words.setText(draft.gender_words)
        self.citizenships.show_values(draft.citizenships, least=1)
        self.languages.show_values(draft.languages, least=1)
        self.papers.show_values(draft.identity_numbers)
        self.dependants.show_values(draft.dependants)
        self.alerts.show_values(draft.alerts)
        self.ways.show_codes(draft.contact_ways)
        self.phone.setText(draft.contact_phone)
        self.email.setText(draft.contact_email)
        self.hours_from.show_value(draft.contact_from)
        self.hours_until.show_value(draft.contact_until)
        self.no_message.setChecked(draft.never_leave_message)
        self.name_to_use.setText(draft.name_to_use)
        self.contact_words.setText(draft.contact_words)
        self.special_needs.show_codes(draft.special_needs)
        self.special_needs_words.setPlainText(draft.special_needs_words)
        self.vulnerabilities.show_codes(draft.vulnerabilities)
        self.vulnerability_words.setPlainText(draft.vulnerability_words)
        self.may_sign.setText(draft.may_sign)
        self.told_already.show_codes(draft.told_already)

    def draft_value(self) -> dict[str, Any]:
        """What stands in every field, understood or not, for a draft."""
        return {name: field.read() for name, field in self._kept.items()}

    def show_draft_value(self, kept: dict[str, Any]) -> None:
        for name, value in kept.items():
            if name in self._kept:
                self._kept[name].fill(value)

    def show_problem(self, problem: Problem) -> bool:
        """Beside the fields it is about; False if it has no field here."""
        shown = [part.show_problem(problem) for part in (self.fields, self._contact, self._needs)]
        return any(shown)

    def leave_out(self, fields: Collection[str]) -> None:
        """Do not show these fields: what stands in them is not for whoever sits here."""
        if "identity_numbers" in fields:
            self.form.papers_card.hide()
        for name in fields:
            if name in self._needs.rows:
                self._needs.rows[name].hide()

    def begin_with_the_name(self) -> None:
        """Whoever is new is asked for a name first: the next key is its first letter."""
        first = self.names.first
        if isinstance(first, NameEntry):
            first.given.setFocus(Qt.FocusReason.TabFocusReason)

    def cover_names(self, covered: bool) -> None:
        """Put a button in the place of the names, or show them; what stands in their fields stays."""
        self.names.setVisible(not covered)
        self.show_names.setVisible(covered)

    # --- the cards -------------------------------------------------------------------------------------------------

    def _make_names(self) -> None:
        self.form.names_card.show_title(tr("Names"), tr("every name is optional"))
        self.names = Repeated(self._name_entry, tr("Add a name"), self.form.names_card)
        self.show_names = QPushButton(tr("Show the names"))
        self.show_names.setProperty("role", "link")
        self.show_names.clicked.connect(self.names_asked)
        self.show_names.hide()
        asking = QHBoxLayout()
        asking.addWidget(self.show_names)
        asking.addStretch(1)
        self.form.names_card.add(asking)
        self.form.names_card.add(self.names)

    def _name_entry(self, parent: QWidget) -> NameEntry:
        entry = NameEntry(parent)
        for line in (entry.given, entry.family):
            line.textEdited.connect(self.names_changed)
        return entry

    def _make_about(self) -> None:
        card, rows = self.form.about_card, self.fields
        card.show_title(tr("About the person"))
        self.born = PartialDateEdit()
        self.born.changed.connect(self.names_changed)
        self.ages = AgeRangeEdit()
        self.gender = CodeCombo()
        self.gender.show_choices(choices(tuple(Gender)), blank=tr("Not asked"))
        self.gender_words = QLineEdit()
        self.citizenships = Repeated(_Citizenship, tr("Add a citizenship"))
        self.languages = Repeated(LanguageEntry, tr("Add a language"))
        rows.add(
            "birth_date", tr("Date of birth"), self.born, tr("As far as it is known: 12 Mar 1998, 1998, about 1998")
        )
        rows.add("age_least", tr("or age between"), self.ages)
        rows.add("gender", tr("Gender"), self.gender)
        rows.add("gender_words", tr("In own words"), self.gender_words)
        rows.add("citizenships", tr("Citizenship"), self.citizenships)
        rows.add("languages", tr("Languages"), self.languages)
        card.add(rows)

    def _make_contact(self) -> None:
        card, rows = self.form.contact_card, self._contact
        card.show_title(tr("Safe contact"))
        self.ways = ChoiceChips()
        self.ways.show_choices(choices(tuple(ContactWay)))
        self.phone, self.email = QLineEdit(), QLineEdit()
        self.phone.textEdited.connect(self.names_changed)
        self.hours_from, self.hours_until = ClockTimeEdit(tr("Safe from")), ClockTimeEdit(tr("Safe until"))
        hours = QWidget()
        line = QHBoxLayout(hours)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.hours_from)
        line.addWidget(self.hours_until)
        line.addStretch(1)
        self.no_message = TickBox(tr("Never leave a message"))
        self.no_message.setChecked(True)
        self.name_to_use, self.contact_words = QLineEdit(), QLineEdit()
        rows.add("contact_ways", tr("How"), self.ways)
        rows.add("contact_phone", tr("Phone"), self.phone)
        rows.add("contact_email", tr("E-mail"), self.email)
        rows.add("contact_from", tr("When it is safe"), hours)
        rows.add("never_leave_message", tr("Messages"), self.no_message)
        rows.add("name_to_use", tr("Name to use"), self.name_to_use, tr("The name to ask for or to greet with"))
        rows.add("contact_words", tr("Also"), self.contact_words)
        card.add(rows)

    def _make_lists(self) -> None:
        form = self.form
        form.alerts_card.show_title(tr("Alerts"), tr("seen first by everyone who opens the record"))
        self.alerts = Repeated(lambda line: AlertEntry(self._clock, line), tr("Add an alert"), form.alerts_card)
        form.alerts_card.add(self.alerts)
        form.papers_card.show_title(tr("Papers and numbers"))
        self.papers = Repeated(lambda line: IdentityEntry(self._clock, line), tr("Add a paper"), form.papers_card)
        form.papers_card.add(self.papers)
        form.dependants_card.show_title(tr("Children and others who depend on the person"))
        self.dependants = Repeated(DependantEntry, tr("Add somebody"), form.dependants_card)
        form.dependants_card.add(self.dependants)

    def _make_needs(self) -> None:
        card, rows = self.form.needs_card, self._needs
        card.show_title(tr("Needs and protection"))
        self.special_needs, self.vulnerabilities, self.told_already = ChoiceChips(), ChoiceChips(), ChoiceChips()
        self.special_needs.show_choices(choices(tuple(SpecialNeed)))
        self.vulnerabilities.show_choices(choices(tuple(Vulnerability)))
        self.told_already.show_choices(
            [
                ("recruitment", tr("Recruitment")),
                ("exploitation", tr("Exploitation")),
                ("control", tr("Means of control")),
                ("route", tr("Route")),
                ("health", tr("Health")),
                ("family", tr("Family")),
            ]
        )
        self.special_needs_words, self.vulnerability_words = QPlainTextEdit(), QPlainTextEdit()
        for text in (self.special_needs_words, self.vulnerability_words):
            text.setTabChangesFocus(True)
            text.setMaximumHeight(self.fontMetrics().height() * 4)
        self.may_sign = QLineEdit()
        rows.add("special_needs", tr("Special needs"), self.special_needs)
        rows.add("special_needs_words", tr("Special needs, in words"), self.special_needs_words)
        rows.add("vulnerabilities", tr("Protection needs"), self.vulnerabilities)
        rows.add("vulnerability_words", tr("Protection needs, in words"), self.vulnerability_words)
        rows.add("may_sign", tr("Who may sign"), self.may_sign, tr("For a child: guardian or authority, no suspect"))
        rows.add("told_already", tr("Already told"), self.told_already, tr("Do not ask about these again"))
        card.add(rows)
