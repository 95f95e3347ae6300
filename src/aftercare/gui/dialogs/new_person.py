"""Somebody new: the form with a first case, and beside it who may be recorded already, while it is typed."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QDialog, QLineEdit, QListWidgetItem, QPushButton, QSizePolicy, QWidget

from aftercare._built.forms.ui_new_person import Ui_NewPerson
from aftercare.domain.codes import ReferralSource, RiskLevel
from aftercare.domain.drafts.people import IntakeDraft, PersonDraft
from aftercare.domain.duplicates import Register
from aftercare.domain.errors import DraftProblems, Problem
from aftercare.domain.likeness import Likeness, TypedPerson
from aftercare.domain.rows.survivors import PersonHead
from aftercare.gui import forms, notices, style
from aftercare.gui.drafting import Drafting
from aftercare.gui.office import Office
from aftercare.gui.widgets.choices import CodeCombo
from aftercare.gui.widgets.date_edits import DayEdit
from aftercare.gui.widgets.fields import FieldForm
from aftercare.gui.widgets.person_card import Reading
from aftercare.gui.widgets.person_entries import choices
from aftercare.i18n import current, tr
from aftercare.services.survivors import register, take_in
from aftercare.words import label

_TYPING_PAUSE_MS = 150
_MOST_ALIKE = 6
_FORM_PIXELS = 300  # about what the cards need side by side with the duplicates, before all of them are there


class NewPerson(QDialog):
    """`taken_in` says who was recorded; `existing_wanted` that one of the likely duplicates is to be opened."""

    taken_in = Signal(object)  # PersonHead
    existing_wanted = Signal(object)  # survivor id

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._known: Register | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        form = self._form = forms.fill(self, Ui_NewPerson)
        self._case_rows = FieldForm(form.case_card)
        form.case_card.add(self._case_rows)
        form.case_card.hide()
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_PAUSE_MS)
        self._typing.timeout.connect(self._look_for_alike)
        form.person.names_changed.connect(self._typing.start)
        form.alike_list.itemActivated.connect(self._open_existing)
        form.save.clicked.connect(self.save)
        form.cancel.clicked.connect(self.reject)
        QShortcut(QKeySequence.StandardKey.Save, self).activated.connect(self.save)
        form.person.show_draft(PersonDraft())
        self.show_alike(())
        forms.give_room(self, 1080, 720)
        self._fit()
        self._drafting = Drafting(office, "new_person", "", form.person, line=form.draft_line)
        self._drafting.restored.connect(self._go_on)
        self._drafting.start()
        form.person.growth.then(self._make_case)
        form.person.growth.done.connect(self._fit)
        form.person.growth.done.connect(self._look_for_alike)
        form.person.behind([form.alike_list, *form.draft_line.findChildren(QPushButton), form.cancel, form.save])
        form.person.begin_with_the_name()
        office.ask(register, then=self._show_known, owner=self)

    def save(self) -> None:
        try:
            draft = self.draft()
        except DraftProblems as problem:
            self._explain(problem)
            return
        self._drafting.save(take_in, draft, then=self._show_saved, undo=tr("Person taken in"), otherwise=self._explain)

    def draft(self) -> IntakeDraft:
        """The person and the first case as they stand; DraftProblems names what cannot be understood."""
        self._form.person.growth.finish()
        reading = Reading()
        opened_on = reading.take("opened_on", lambda: self._opened.value, None)
        referred_on = reading.take("referred_on", lambda: self._referred.value, None)
        try:
            person = self._form.person.draft()
        except DraftProblems as problem:
            raise DraftProblems((*problem.problems, *reading.wrong)) from None
        if reading.wrong:
            raise DraftProblems(tuple(reading.wrong))
        return IntakeDraft(
            person=person,
            opened_on=opened_on,
            referral_source=ReferralSource(self._source.code) if self._source.code else None,
            referral_words=self._referral_words.text().strip(),
            referred_on=referred_on,
            risk=RiskLevel(self._risk.code) if self._risk.code else None,
            risk_reason=self._risk_reason.text().strip(),
        )

    def show_alike(self, alike: tuple[Likeness, ...]) -> None:
        """Who may be the same, the likeliest first, with the reasons; codes only, no names."""
        found = self._form.alike_list
        found.clear()
        for likeness in alike:
            reasons = current().listed([label(reason) for reason in likeness.reasons])
            item = QListWidgetItem(f"{likeness.person.case_code}\n{reasons}")
            item.setData(Qt.ItemDataRole.UserRole, likeness.person.survivor_id)
            found.addItem(item)
        found.setVisible(bool(alike))
        self._form.alike_words.setText(
            tr("Please look at these records first. Enter opens one.")
            if alike
            else tr("Nobody alike so far. People appear here while you type a name, a birth date, a phone or a paper.")
        )
        self._give_words_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_words_room()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._give_words_room()

    # --- inside --------------------------------------------------------------------------------------------------

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab passes every field, whichever side it comes from."""
        self._form.person.growth.finish()
        return super().focusNextPrevChild(forward)

    def _make_case(self) -> None:
        card, rows, clock = self._form.case_card, self._case_rows, self._office.clock
        card.show_title(tr("The case"))
        self._opened, self._referred = DayEdit(rows, clock=clock), DayEdit(rows, clock=clock)
        self._opened.show_value(clock.today())
        self._source, self._risk = CodeCombo(rows), CodeCombo(rows)
        self._source.show_choices(choices(tuple(ReferralSource)), blank=tr("Not asked"))
        self._risk.show_choices(choices(tuple(RiskLevel)), blank=tr("Not assessed"))
        self._referral_words, self._risk_reason = QLineEdit(rows), QLineEdit(rows)
        rows.add("opened_on", tr("Here since"), self._opened)
        rows.add("referral_source", tr("Referred by"), self._source)
        rows.add("referral_words", tr("Who exactly"), self._referral_words)
        rows.add("referred_on", tr("Referred on"), self._referred)
        rows.add("risk", tr("Risk"), self._risk)
        rows.add("risk_reason", tr("Reason"), self._risk_reason)
        for name, row in rows.rows.items():
            row.editor.setObjectName(name)
        self._drafting.join(*(row.editor for row in rows.rows.values()))
        card.show()

    def _give_words_room(self) -> None:
        """The empty room below takes what it can get, also from words that wrap."""
        words = self._form.alike_words
        if words.isVisible():
            words.setMinimumHeight(words.heightForWidth(words.width()))

    def _fit(self) -> None:
        """Beside each other where there is room; with large text the likely duplicates stand below the form."""
        form = self._form
        needed = max(form.inside.minimumSizeHint().width(), style.scaled(_FORM_PIXELS)) + style.scaled(24)
        beside = style.scaled(250)
        if needed + beside + style.scaled(60) <= self.screen().availableGeometry().width():
            form.alike.setFixedWidth(beside)
        else:
            form.columns.setDirection(QBoxLayout.Direction.TopToBottom)
            form.alike_list.setMaximumHeight(style.scaled(90))
            form.alike.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        form.scroll.setMinimumWidth(min(needed, self.screen().availableGeometry().width() - style.scaled(40)))

    def _go_on(self) -> None:
        """The draft brought entries of its own, and with the empty one the keys were lost; they show a moment later."""
        QTimer.singleShot(0, self._form.person, self._form.person.begin_with_the_name)
        self._typing.start()

    def _show_known(self, known: Register) -> None:
        self._known = known
        self._look_for_alike()

    def _look_for_alike(self) -> None:
        if self._known is None or not self._form.person.growth.is_done:
            return
        try:
            draft = self._form.person.draft()
        except DraftProblems:
            return  # half a date: the next key completes it
        typed = TypedPerson(
            names=tuple(f"{name.given} {name.family}".strip() for name in draft.names),
            birth_date=draft.birth_date,
            phones=(draft.contact_phone,) if draft.contact_phone else (),
            id_numbers=tuple(paper.number for paper in draft.identity_numbers),
        )
        self.show_alike(self._known.alike(typed, _MOST_ALIKE))

    def _open_existing(self, item: QListWidgetItem) -> None:
        survivor_id = item.data(Qt.ItemDataRole.UserRole)
        assert isinstance(survivor_id, UUID)
        self.existing_wanted.emit(survivor_id)
        self.reject()

    def _show_saved(self, head: PersonHead) -> None:
        self.taken_in.emit(head)
        self.accept()

    def _explain(self, problem: Problem) -> None:
        if not self._form.person.show_problem(problem, self._case_rows):
            notices.show_problem(self, problem)
