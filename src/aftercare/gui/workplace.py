"""The window while the vault is open: the frame with its pages, what their buttons begin, undo, search, trouble."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from aftercare.domain.errors import ApprovalNeeded, ConfirmationNeeded, Problem
from aftercare.domain.permissions import Permission
from aftercare.domain.rows.drafts import Place
from aftercare.domain.rows.retention import PurgeOrder
from aftercare.domain.rows.survivors import PersonHead
from aftercare.domain.rows.today import TodayView
from aftercare.gui import notices
from aftercare.gui.administration_parts import administration_parts
from aftercare.gui.asking import Question
from aftercare.gui.commands import OF_PAGES, OF_PARTS, Command, other_words
from aftercare.gui.dialogs.break_glass import BreakGlassDialog
from aftercare.gui.dialogs.case import CaseDialog
from aftercare.gui.dialogs.confirm_identity import ConfirmIdentity
from aftercare.gui.dialogs.new_person import NewPerson
from aftercare.gui.dialogs.note import NoteDialog
from aftercare.gui.dialogs.search import SearchPalette
from aftercare.gui.dialogs.stage import StageDialog
from aftercare.gui.going_on import GoingOn
from aftercare.gui.jobs import Incident
from aftercare.gui.office import Office
from aftercare.gui.pages.administration import AdministrationPage
from aftercare.gui.pages.area_facts import AreaFacts
from aftercare.gui.pages.details import DetailsPage
from aftercare.gui.pages.notes import NotesPage
from aftercare.gui.pages.overview import OverviewPage
from aftercare.gui.pages.person import PersonPage, TabEntry
from aftercare.gui.pages.plan import PlanPage
from aftercare.gui.pages.reports import ReportsPage
from aftercare.gui.pages.scores import ScoresPage
from aftercare.gui.pages.settings import SettingsPage
from aftercare.gui.pages.survivors import SurvivorsPage
from aftercare.gui.pages.today import TodayPage
from aftercare.gui.window import Frame, PageEntry
from aftercare.i18n import tr
from aftercare.services.cases import case_draft
from aftercare.services.today import today_view
from aftercare.settings import Settings

PEOPLE = "survivors"


class Workplace(QObject):
    """Puts pages into the frame and carries what one asks of another; it knows pages, pages do not know each other."""

    lock_asked = Signal()
    hide_asked = Signal()

    def __init__(self, office: Office, settings: Settings, title: str) -> None:
        super().__init__()
        self.office = office
        self.settings = settings
        self.frame = Frame(self._entries(), title)
        self._going_on = GoingOn(office, self.frame, self.open_person, self.new_person)
        self._person: PersonPage | None = None
        self._asking: ConfirmIdentity | None = None
        self._trouble: list[QWidget] = []
        self._wire()

    # --- pages ---------------------------------------------------------------------------------------------------

    def _entries(self) -> list[PageEntry]:
        allowed = self.office.actor.permissions
        entries = []
        if Permission.SEE_RECORDS in allowed:
            entries.append(PageEntry("today", tr("Today"), "today", self._make_today))
            entries.append(PageEntry(PEOPLE, tr("Survivors"), "survivors", self._make_survivors))
        if Permission.PRINT_REPORTS in allowed:
            entries.append(PageEntry("reports", tr("Reports"), "reports", self._make_reports))
        if self._administration():
            title = tr("Administration")
            entries.append(PageEntry("administration", title, "key", self._make_administration))
        entries.append(PageEntry("settings", tr("Settings"), "settings", self._make_settings))
        return entries

    def _make_today(self, around: QWidget) -> TodayPage:
        page = TodayPage(self.office, around)
        page.badge_changed.connect(lambda count: self.frame.show_count("today", count))
        page.new_person_asked.connect(self.new_person)
        page.unfinished_wanted.connect(self._going_on.open)
        page.decisions_wanted.connect(lambda: self._open_administration("decisions"))
        return page

    def _make_survivors(self, around: QWidget) -> SurvivorsPage:
        page = SurvivorsPage(self.office, self.settings, around)
        page.person_opened.connect(self.open_person)
        page.new_person_asked.connect(self.new_person)
        page.import_asked.connect(self.import_people)
        return page

    def _make_reports(self, around: QWidget) -> ReportsPage:
        return ReportsPage(self.office, around)

    def _make_administration(self, around: QWidget) -> AdministrationPage:
        return AdministrationPage(self._administration(), around)

    def _administration(self) -> list[TabEntry]:
        """The parts of the administration that this person has."""
        return administration_parts(self.office, self.settings)

    def _make_settings(self, around: QWidget) -> SettingsPage:
        return SettingsPage(self.office, self.settings, around)

    def _tabs(self) -> list[TabEntry]:
        return [
            TabEntry("overview", tr("Overview"), partial(OverviewPage, self.office)),
            TabEntry("plan", tr("Plan"), partial(PlanPage, self.office, AreaFacts)),
            TabEntry("notes", tr("Notes"), partial(NotesPage, self.office)),
            TabEntry("scores", tr("Scores"), partial(ScoresPage, self.office)),
            TabEntry("details", tr("Details"), partial(DetailsPage, self.office)),
            TabEntry("history", tr("History"), self._make_history),
        ]

    def _make_history(self, around: QWidget) -> QWidget:
        from aftercare.gui.pages.history import HistoryTab  # few days need it

        return HistoryTab(self.office, around)

    # --- what can be asked ---------------------------------------------------------------------------------------

    def start(self, place: Place = ("", None, "")) -> None:
        """Show the page where this person was last, or Today."""
        page, survivor_id, tab = place
        keys = [entry.key for entry in self._entries()]
        self.frame.show_page(page if page in keys else keys[0])
        if survivor_id is not None and PEOPLE in keys:
            self._come_back(survivor_id, tab)
        if page in keys and page != "today" and "today" in keys:  # else its page tells the number itself
            self.office.ask(today_view, then=self._show_today_count, owner=self, topic="today_count")
        self.frame.show()

    def _come_back(self, survivor_id: UUID, place: str) -> None:
        """The tab of a person where somebody was, and in the plan the area that was open."""
        tab, _, area = place.partition("/")
        page = self.open_person(survivor_id, tab)

        def show_area(_head: object) -> None:
            page.shown.disconnect(show_area)
            plan = page.part("plan")
            if isinstance(plan, PlanPage):
                plan.show_area(area)

        if area:
            page.shown.connect(show_area)

    def _show_today_count(self, view: TodayView) -> None:
        self.frame.show_count("today", view.counts.badge)

    @property
    def place(self) -> Place:
        """Where the person is now, for coming back after a lock."""
        if self._person is not None and self.frame.page is self._person and self._person.head is not None:
            part = self._person.part(self._person.tab)
            area = f"/{part.area}" if isinstance(part, PlanPage) and part.area else ""
            return PEOPLE, self._person.head.survivor_id, self._person.tab + area
        return self.frame.key, None, ""

    def open_person(self, survivor_id: UUID, tab: str = "", case_id: UUID | None = None) -> PersonPage:
        if self._person is None or self.frame.page is not self._person:
            self._person = PersonPage(self.office, self._tabs(), self.frame.place_of_pages)
            self._person.stage_change_asked.connect(self._change_stage)
            self._person.case_asked.connect(self._correct_case)
            self._person.report_asked.connect(self._report)
            self._person.purge_ordered.connect(self._purge)
            self._person.gone.connect(self._leave_person)
            self.frame.show_inner(self._person, PEOPLE)
        self._person.open(survivor_id, tab, case_id)
        return self._person

    def new_person(self) -> None:
        dialog = NewPerson(self.office, self.frame)
        dialog.taken_in.connect(lambda head: self.open_person(head.survivor_id, "overview"))
        dialog.existing_wanted.connect(self.open_person)
        dialog.open()

    def new_note(self) -> None:
        """A note about the person who is shown, or about somebody chosen in the form."""
        shown = self._person is not None and self.frame.page is self._person
        head = self._person.head if shown and self._person else None
        NoteDialog(self.office, head, self.frame).open()

    def break_glass(self, case_code: str) -> None:
        """Somebody who is not among the records of whoever works here, found by her exact code."""
        BreakGlassDialog(self.office, case_code, self.frame).open()

    def search(self, words: str) -> None:
        self._palette.look_for(words)

    def neighbour(self, step: int) -> None:
        """The next person of the list without going back to it."""
        page = self.frame.made_page(PEOPLE)
        if self._person is None or self._person.head is None or not isinstance(page, SurvivorsPage):
            return
        survivor_id = page.next_to(self._person.head.survivor_id, step)
        if survivor_id is not None:
            self._person.open(survivor_id)

    def _change_stage(self, head: PersonHead) -> None:
        StageDialog(self.office, head, self.frame).open()

    def _correct_case(self, head: PersonHead) -> None:
        self.office.ask(
            case_draft,
            head.case_id,
            then=lambda found: CaseDialog(self.office, head, found, self.frame).open(),
            owner=self.frame,
        )

    def _leave_person(self) -> None:
        """The record is there no more: whoever looks at something else by now stays there."""
        if self.frame.page is self._person:
            self.frame.show_page(PEOPLE)

    def _purge(self, order: PurgeOrder) -> None:
        """Where its progress and its certificate are shown."""
        from aftercare.gui.pages.administration_retention import RetentionPart

        page = self._open_administration("retention")
        part = page.part("retention")
        assert isinstance(part, RetentionPart)
        part.purge(order)

    def _report(self, head: PersonHead, kind: str) -> None:
        page = self.frame.show_page("reports")
        assert isinstance(page, ReportsPage)
        page.prepare(head, kind)

    def import_people(self) -> None:
        from aftercare.gui.dialogs.import_people import ImportPeople  # reading tables is loaded when it is needed

        ImportPeople(self.office, self.frame).open()

    # --- the frame and the office --------------------------------------------------------------------------------

    def _wire(self) -> None:
        frame, office = self.frame, self.office
        frame.new_person_requested.connect(self.new_person)
        frame.new_note_requested.connect(self.new_note)
        frame.lock_requested.connect(self.lock_asked)
        frame.hide_requested.connect(self.hide_asked)
        frame.search_requested.connect(self.search)
        frame.show_status(office.actor.name, "")
        frame.allow_new(
            notes=Permission.WRITE_NOTES in office.actor.permissions,
            people=Permission.WRITE_RECORDS in office.actor.permissions,
        )
        frame.add_key("Alt+Right", tr("Next person in the list"), lambda: self.neighbour(1))
        frame.add_key("Alt+Left", tr("Previous person in the list"), lambda: self.neighbour(-1))
        office.undo_offered.connect(self._offer_undo)
        office.said.connect(frame.undo_bar.tell)
        office.person_wanted.connect(self.open_person)
        office.page_wanted.connect(frame.show_page)
        office.confirmation_asked.connect(self._ask_who_sits_here)
        office.jobs.explained.connect(self._explain)
        office.jobs.failed.connect(self._apologise)
        self._palette = SearchPalette(office, frame.search_field, self._commands())
        self._palette.person_chosen.connect(self.open_person)
        self._palette.glass_wanted.connect(self.break_glass)

    def _commands(self) -> list[Command]:
        """What Ctrl+K can begin, for whoever works here."""
        allowed = self.office.actor.permissions
        commands = [
            Command(entry.title, partial(self.frame.show_page, entry.key), other_words(OF_PAGES, entry.key))
            for entry in self._entries()
        ]
        commands += [
            Command(entry.title, partial(self._open_administration, entry.key), other_words(OF_PARTS, entry.key))
            for entry in self._administration()
        ]
        if Permission.WRITE_NOTES in allowed:
            commands.append(Command(tr("New note"), self.new_note, tr("write diary entry add")))
        if Permission.WRITE_RECORDS in allowed:
            commands.append(Command(tr("New person"), self.new_person, tr("add survivor client intake")))
        if Permission.IMPORT_PEOPLE in allowed:
            commands.append(Command(tr("Import people from a file"), self.import_people, tr("excel csv table load")))
        commands.append(Command(tr("Change your password"), self._change_password, tr("own account new change")))
        commands.append(Command(tr("Lock"), self.lock_asked.emit, tr("log out sign out leave close exit quit")))
        commands.append(Command(tr("Hide and lock at once"), self.hide_asked.emit, tr("panic quick exit")))
        commands.append(Command(tr("Keyboard"), self.frame.show_shortcuts, tr("help shortcuts F1")))
        return commands

    def _open_administration(self, key: str) -> AdministrationPage:
        page = self.frame.show_page("administration")
        assert isinstance(page, AdministrationPage)
        page.open(key)
        return page

    def _change_password(self) -> None:
        page = self.frame.show_page("settings")
        assert isinstance(page, SettingsPage)
        page.change_password()

    def _offer_undo(self, words: str, request_id: object) -> None:
        assert isinstance(request_id, UUID)
        self.frame.undo_bar.offer(words, lambda: self.office.take_back(request_id))

    def _ask_who_sits_here(self, question: Question) -> None:
        if self._asking is not None:
            self._asking.answer_too(question)
            return
        self._asking = ConfirmIdentity(self.office, question, QApplication.activeModalWidget() or self.frame)
        self._asking.finished.connect(self._forget_who_sits_here)
        self._asking.open()

    def _forget_who_sits_here(self) -> None:
        self._asking = None

    def _explain(self, problem: Problem) -> None:
        if isinstance(problem, ConfirmationNeeded):
            return  # the person was asked and thought better of it
        if isinstance(problem, ApprovalNeeded):
            from aftercare.gui.dialogs.ask_approval import AskApproval

            AskApproval(self.office, problem, QApplication.activeModalWidget() or self.frame).open()
            return
        notices.show_problem(QApplication.activeModalWidget() or self.frame, problem)

    def _apologise(self, incident: Incident) -> None:
        notices.show_incident(QApplication.activeModalWidget() or self.frame, incident)
