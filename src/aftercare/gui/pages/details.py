"""The tab «Details»: everything known about the person, in one form that is saved as a whole; names when asked for."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QWidget

from aftercare._built.forms.ui_details import Ui_DetailsPage
from aftercare.domain.drafts.people import PersonDraft
from aftercare.domain.errors import DraftProblems, Problem
from aftercare.domain.permissions import Permission
from aftercare.domain.rows.survivors import PersonHead
from aftercare.domain.secrecy import closed_fields_of_person, seen_with
from aftercare.gui import forms, notices
from aftercare.gui.drafting import Drafting
from aftercare.gui.office import Office
from aftercare.gui.widgets.exclusions_card import ExclusionsCard
from aftercare.i18n import tr
from aftercare.services.survivors import correct_person, person_draft, show_name


class DetailsPage(QWidget):
    """Asks for the form again when the person changed, unless something is typed and not saved."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._head: PersonHead | None = None
        self._drafting: Drafting | None = None
        self._form = forms.fill(self, Ui_DetailsPage)
        self._form.save.clicked.connect(self.save)
        self._form.discard.clicked.connect(self._discard)
        self._form.person.names_asked.connect(self._ask_names)
        self._form.person.cover_names(True)
        writes = Permission.WRITE_RECORDS in office.actor.permissions
        for part in (self._form.save, self._form.discard):
            part.setVisible(writes)
        buttons = self._form.draft_line.findChildren(QPushButton)
        self._form.person.behind([*buttons, self._form.discard, self._form.save])
        self._form.person.setEnabled(writes)
        self._form.person.leave_out(closed_fields_of_person(seen_with(office.actor.permissions)))
        self._exclusions = ExclusionsCard(office)
        self._form.cards.addWidget(self._exclusions)
        save = QShortcut(QKeySequence.StandardKey.Save, self)
        save.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        save.activated.connect(self.save)

    # --- what the person's page calls ------------------------------------------------------------------------------

    def show_person(self, head: PersonHead) -> None:
        is_other = self._head is None or self._head.survivor_id != head.survivor_id
        self._head = head
        self._exclusions.show_person(head)
        if is_other:
            self._form.person.cover_names(True)
        if is_other and self._drafting is not None:
            self._drafting.stop()
            self._drafting = None
        if is_other or not self.is_changed:
            self._ask()

    def show_draft(self, draft: PersonDraft) -> None:
        """What is saved; words that were typed and not saved come back over it."""
        assert self._head is not None
        self._form.person.show_draft(draft)
        if self._drafting is None:
            about = str(self._head.survivor_id)
            self._drafting = Drafting(self._office, "details", about, self._form.person, line=self._form.draft_line)
        self._drafting.start(version=draft.version)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab passes every card, whichever side it comes from."""
        self._form.person.growth.finish()
        return super().focusNextPrevChild(forward)

    @property
    def is_changed(self) -> bool:
        """Something is typed that is not saved."""
        return self._drafting is not None and self._drafting.has_unsaved_words

    def save(self) -> None:
        if self._head is None or self._drafting is None:
            return
        try:
            draft = self._form.person.draft()
        except DraftProblems as problem:
            self._explain(problem)
            return
        self._drafting.save(
            correct_person,
            self._head.survivor_id,
            draft,
            then=self._show_saved,
            undo=tr("Details saved"),
            otherwise=self._explain,
        )

    # --- inside --------------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        assert self._head is not None
        self._office.ask(person_draft, self._head.survivor_id, then=self.show_draft, owner=self, topic="details")

    def _ask_names(self) -> None:
        """Logged like showing the name in the head; covered again when the tab is left."""
        assert self._head is not None
        self._office.ask(show_name, self._head.survivor_id, then=self._uncover_names, owner=self, topic="names")

    def _uncover_names(self, _name: str) -> None:
        self._form.person.cover_names(False)
        self._form.person.names.setFocus(Qt.FocusReason.OtherFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._form.person.cover_names(True)

    def _show_saved(self, head: PersonHead) -> None:
        self._head = head
        self._ask()

    def _discard(self) -> None:
        if self._drafting is not None:
            self._drafting.discard()

    def _explain(self, problem: Problem) -> None:
        if isinstance(problem, DraftProblems) and any(each.field == "names" for each in problem.problems):
            self._form.person.cover_names(False)
        if not self._form.person.show_problem(problem):
            notices.show_problem(self, problem)
