"""Going on with a form that was left: from Today to its person, its tab and area, and the form with its words."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtWidgets import QWidget

from aftercare.domain.rows.drafts import DraftRow
from aftercare.domain.rows.retention import HoldRow
from aftercare.domain.rows.survivors import PersonHead
from aftercare.domain.rows.today import UnfinishedRow
from aftercare.gui.dialogs.hold import LiftHoldDialog
from aftercare.gui.dialogs.note import NoteDialog
from aftercare.gui.office import Office
from aftercare.gui.pages.notes import NotesPage
from aftercare.gui.pages.overview import OverviewPage
from aftercare.gui.pages.person import PersonPage
from aftercare.gui.pages.plan import PlanPage
from aftercare.gui.pages.scores import ScoresPage
from aftercare.services.retention import list_holds

_PLAN = "plan"
# those of the head stand above every tab
_TAB_OF_FORM = {
    "quick_note": "overview", "note": "notes", "addendum": "notes", "move_note": "notes", "assessment": "scores",
    "details": "details", "stage": "overview", "case": "overview", "legal_hold": "overview", "lift_hold": "overview",
}  # fmt: skip


class GoingOn:
    """`open_person` shows a person's tab and gives the page; it is asked for the form when she is shown."""

    def __init__(
        self,
        office: Office,
        window: QWidget,
        open_person: Callable[[UUID, str, UUID | None], PersonPage],
        new_person: Callable[[], None],
    ) -> None:
        self._office = office
        self._window = window
        self._open_person = open_person
        self._new_person = new_person

    def open(self, row: UnfinishedRow) -> None:
        """Where it is about nobody yet, the form alone."""
        if row.survivor_id is not None:
            self._open_at_person(row, row.survivor_id)
        elif row.draft.form == "new_person":
            self._new_person()
        else:
            NoteDialog(self._office, None, self._window).open()

    def _open_at_person(self, row: UnfinishedRow, survivor_id: UUID) -> None:
        page = self._open_person(survivor_id, _TAB_OF_FORM.get(row.draft.form, _PLAN), row.case_id)

        def begin(head: PersonHead) -> None:
            page.shown.disconnect(begin)
            if head.survivor_id == survivor_id:
                self._open_form(page, head, row)

        page.shown.connect(begin)

    def _open_form(self, page: PersonPage, head: PersonHead, row: UnfinishedRow) -> None:
        draft = row.draft
        ways: dict[str, Callable[[], None]] = {
            "stage": lambda: page.stage_change_asked.emit(head),
            "case": lambda: page.case_asked.emit(head),
            "legal_hold": page.record_menu.ask_to_hold,
            "lift_hold": lambda: self._lift_hold(draft),
        }
        part = page.part(page.tab)
        if draft.form in ways:
            ways[draft.form]()
        elif isinstance(part, PlanPage):
            part.go_on(draft, row.area)
        elif isinstance(part, NotesPage):
            self._open_note(part, head, draft)
        elif isinstance(part, ScoresPage):
            part.assess()
        elif isinstance(part, OverviewPage):
            part.note.words.setFocus()

    def _lift_hold(self, draft: DraftRow) -> None:
        """The hold that was to be lifted; a person may be held for several reasons."""

        def show(holds: tuple[HoldRow, ...]) -> None:
            for hold in holds:
                if str(hold.id) == draft.about and hold.stands:
                    LiftHoldDialog(self._office, hold, self._window).open()

        self._office.ask(list_holds, then=show, owner=self._window, topic="hold to lift")

    def _open_note(self, page: NotesPage, head: PersonHead, draft: DraftRow) -> None:
        """A new note is about her case; another one waits for its row in the list."""
        if draft.about == str(head.case_id):
            NoteDialog(self._office, head, self._window).open()
        else:
            page.go_on(draft)
