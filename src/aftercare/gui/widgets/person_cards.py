"""The cards of the form about a person, one class each: what stands on it, how a draft is shown and read from it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from aftercare.domain.clock import Clock
from aftercare.domain.codes import ContactWay, Gender, SpecialNeed, Vulnerability
from aftercare.domain.drafts.people import PersonDraft
from aftercare.domain.partial_date import PartialDate
from aftercare.gui.widgets.choices import ChoiceChips, CodeCombo
from aftercare.gui.widgets.date_edits import AgeRangeEdit, ClockTimeEdit, PartialDateEdit
from aftercare.gui.widgets.person_card import PersonCard, Reading, RowsCard
from aftercare.gui.widgets.person_entries import (
    AlertEntry,
    CitizenshipEntry,
    DependantEntry,
    IdentityEntry,
    LanguageEntry,
    NameEntry,
    choices,
)
from aftercare.gui.widgets.repeated import Repeated
from aftercare.gui.widgets.tick_box import TickBox
from aftercare.i18n import tr


class NamesCard(PersonCard):
    """Her names; or, in their place, a button that asks for them."""

    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.show_title(tr("Names"), tr("every name is optional"))
        self.names = Repeated(self._entry, tr("Add a name"), self)
        self.show_names = QPushButton(tr("Show the names"), self)
        self.show_names.setProperty("role", "link")
        self.show_names.clicked.connect(self.asked)
        self.show_names.hide()
        asking = QHBoxLayout()
        asking.addWidget(self.show_names)
        asking.addStretch(1)
        self.add(asking)
        self.add(self.names)
        self._keep(names=self.names)

    def show_draft(self, draft: PersonDraft) -> None:
        self.names.show_values(draft.names, least=1)

    def written(self, draft: PersonDraft, reading: Reading) -> PersonDraft:
        return replace(draft, names=reading.take("names", self.names.values, ()))

    def _entry(self, parent: QWidget) -> NameEntry:
        entry = NameEntry(parent)
        for line in (entry.given, entry.family):
            line.textEdited.connect(self.names_changed)
        return entry


class AboutCard(RowsCard):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        rows = self.rows
        self.show_title(tr("About the person"))
        self.born = PartialDateEdit(rows)
        self.born.changed.connect(self.names_changed)
        self.ages = AgeRangeEdit(rows)
        self.gender = CodeCombo(rows)
        self.gender.show_choices(choices(tuple(Gender)), blank=tr("Not asked"))
        self.gender_words = QLineEdit(rows)
        self.citizenships = Repeated(CitizenshipEntry, tr("Add a citizenship"), rows)
        self.languages = Repeated(LanguageEntry, tr("Add a language"), rows)
        rows.add(
            "birth_date", tr("Date of birth"), self.born, tr("As far as it is known: 12 Mar 1998, 1998, about 1998")
        )
        rows.add("age_least", tr("or age between"), self.ages)
        rows.add("gender", tr("Gender"), self.gender)
        rows.add("gender_words", tr("In own words"), self.gender_words)
        rows.add("citizenships", tr("Citizenship"), self.citizenships)
        rows.add("languages", tr("Languages"), self.languages)
        self._keep(
            born=self.born, ages=self.ages, gender=self.gender, gender_words=self.gender_words,
            citizenships=self.citizenships, languages=self.languages,
        )  # fmt: skip

    def show_draft(self, draft: PersonDraft) -> None:
        self.born.show_value(PartialDate.from_edtf(draft.birth_date) if draft.birth_date else None)
        ages = (draft.age_least, draft.age_most)
        self.ages.show_value((ages[0], ages[1]) if ages[0] is not None and ages[1] is not None else None)
        self.gender.show_code(draft.gender.value if draft.gender else None)
        self.gender_words.setText(draft.gender_words)
        self.citizenships.show_values(draft.citizenships, least=1)
        self.languages.show_values(draft.languages, least=1)

    def written(self, draft: PersonDraft, reading: Reading) -> PersonDraft:
        born = reading.take("birth_date", lambda: self.born.value, None)
        ages = self.ages.value
        return replace(
            draft,
            birth_date=born.edtf if born else "",
            age_least=ages[0] if ages else None,
            age_most=ages[1] if ages else None,
            gender=Gender(self.gender.code) if self.gender.code else None,
            gender_words=self.gender_words.text().strip(),
            languages=reading.take("languages", self.languages.values, ()),
            citizenships=reading.take("citizenships", self.citizenships.values, ()),
        )


class ContactCard(RowsCard):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        rows = self.rows
        self.show_title(tr("Safe contact"))
        self.ways = ChoiceChips(rows)
        self.ways.show_choices(choices(tuple(ContactWay)))
        self.phone, self.email = QLineEdit(rows), QLineEdit(rows)
        self.phone.textEdited.connect(self.names_changed)
        hours = QWidget(rows)
        self.hours_from = ClockTimeEdit(tr("Safe from"), hours)
        self.hours_until = ClockTimeEdit(tr("Safe until"), hours)
        line = QHBoxLayout(hours)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.hours_from)
        line.addWidget(self.hours_until)
        line.addStretch(1)
        self.no_message = TickBox(tr("Never leave a message"), rows)
        self.no_message.setChecked(True)
        self.name_to_use, self.contact_words = QLineEdit(rows), QLineEdit(rows)
        rows.add("contact_ways", tr("How"), self.ways)
        rows.add("contact_phone", tr("Phone"), self.phone)
        rows.add("contact_email", tr("E-mail"), self.email)
        rows.add("contact_from", tr("When it is safe"), hours)
        rows.add("never_leave_message", tr("Messages"), self.no_message)
        rows.add("name_to_use", tr("Name to use"), self.name_to_use, tr("The name to ask for or to greet with"))
        rows.add("contact_words", tr("Also"), self.contact_words)
        self._keep(
            ways=self.ways, phone=self.phone, email=self.email, hours_from=self.hours_from,
            hours_until=self.hours_until, no_message=self.no_message, name_to_use=self.name_to_use,
            contact_words=self.contact_words,
        )  # fmt: skip

    def show_draft(self, draft: PersonDraft) -> None:
        self.ways.show_codes(draft.contact_ways)
        self.phone.setText(draft.contact_phone)
        self.email.setText(draft.contact_email)
        self.hours_from.show_value(draft.contact_from)
        self.hours_until.show_value(draft.contact_until)
        self.no_message.setChecked(draft.never_leave_message)
        self.name_to_use.setText(draft.name_to_use)
        self.contact_words.setText(draft.contact_words)

    def written(self, draft: PersonDraft, reading: Reading) -> PersonDraft:
        return replace(
            draft,
            contact_ways=tuple(self.ways.codes),
            contact_phone=self.phone.text().strip(),
            contact_email=self.email.text().strip(),
            contact_from=self.hours_from.value(),
            contact_until=self.hours_until.value(),
            never_leave_message=self.no_message.isChecked(),
            name_to_use=self.name_to_use.text().strip(),
            contact_words=self.contact_words.text().strip(),
        )


class AlertsCard(PersonCard):
    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.show_title(tr("Alerts"), tr("seen first by everyone who opens the record"))
        self.alerts = Repeated(lambda line: AlertEntry(clock, line), tr("Add an alert"), self)
        self.add(self.alerts)
        self._keep(alerts=self.alerts)

    def show_draft(self, draft: PersonDraft) -> None:
        self.alerts.show_values(draft.alerts)

    def written(self, draft: PersonDraft, reading: Reading) -> PersonDraft:
        return replace(draft, alerts=reading.take("alerts", self.alerts.values, ()))


class PapersCard(PersonCard):
    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.show_title(tr("Papers and numbers"))
        self.papers = Repeated(lambda line: IdentityEntry(clock, line), tr("Add a paper"), self)
        self.add(self.papers)
        self._keep(papers=self.papers)

    def show_draft(self, draft: PersonDraft) -> None:
        self.papers.show_values(draft.identity_numbers)

    def written(self, draft: PersonDraft, reading: Reading) -> PersonDraft:
        return replace(draft, identity_numbers=reading.take("identity_numbers", self.papers.values, ()))

    def leave_out(self, field: str) -> None:
        if field == "identity_numbers":
            self.hide()


class DependantsCard(PersonCard):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.show_title(tr("Children and others who depend on the person"))
        self.dependants = Repeated(DependantEntry, tr("Add somebody"), self)
        self.add(self.dependants)
        self._keep(dependants=self.dependants)

    def show_draft(self, draft: PersonDraft) -> None:
        self.dependants.show_values(draft.dependants)

    def written(self, draft: PersonDraft, reading: Reading) -> PersonDraft:
        return replace(draft, dependants=reading.take("dependants", self.dependants.values, ()))


class NeedsCard(RowsCard):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        rows = self.rows
        self.show_title(tr("Needs and protection"))
        self.special_needs, self.vulnerabilities = ChoiceChips(rows), ChoiceChips(rows)
        self.told_already = ChoiceChips(rows)
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
        self.special_needs_words, self.vulnerability_words = QPlainTextEdit(rows), QPlainTextEdit(rows)
        for text in (self.special_needs_words, self.vulnerability_words):
            text.setTabChangesFocus(True)
            text.setMaximumHeight(self.fontMetrics().height() * 4)
        self.may_sign = QLineEdit(rows)
        rows.add("special_needs", tr("Special needs"), self.special_needs)
        rows.add("special_needs_words", tr("Special needs, in words"), self.special_needs_words)
        rows.add("vulnerabilities", tr("Protection needs"), self.vulnerabilities)
        rows.add("vulnerability_words", tr("Protection needs, in words"), self.vulnerability_words)
        rows.add("may_sign", tr("Who may sign"), self.may_sign, tr("For a child: guardian or authority, no suspect"))
        rows.add("told_already", tr("Already told"), self.told_already, tr("Do not ask about these again"))
        self._keep(
            special_needs=self.special_needs, special_needs_words=self.special_needs_words,
            vulnerabilities=self.vulnerabilities, vulnerability_words=self.vulnerability_words,
            may_sign=self.may_sign, told_already=self.told_already,
        )  # fmt: skip

    def show_draft(self, draft: PersonDraft) -> None:
        self.special_needs.show_codes(draft.special_needs)
        self.special_needs_words.setPlainText(draft.special_needs_words)
        self.vulnerabilities.show_codes(draft.vulnerabilities)
        self.vulnerability_words.setPlainText(draft.vulnerability_words)
        self.may_sign.setText(draft.may_sign)
        self.told_already.show_codes(draft.told_already)

    def written(self, draft: PersonDraft, reading: Reading) -> PersonDraft:
        return replace(
            draft,
            special_needs=tuple(self.special_needs.codes),
            special_needs_words=self.special_needs_words.toPlainText().strip(),
            vulnerabilities=tuple(self.vulnerabilities.codes),
            vulnerability_words=self.vulnerability_words.toPlainText().strip(),
            may_sign=self.may_sign.text().strip(),
            told_already=tuple(self.told_already.codes),
        )
