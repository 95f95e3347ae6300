"""A record that is not everybody's: opened with a reason, reviewed, kept from somebody, of a team."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QScrollArea

from aftercare.domain.drafts.access import TeamDraft
from aftercare.domain.permissions import Reach
from aftercare.domain.rows.survivors import SurvivorFilter
from aftercare.gui.asking import Question
from aftercare.gui.dialogs.access_review import AccessReviewDialog
from aftercare.gui.dialogs.confirm_identity import ConfirmIdentity
from aftercare.gui.pages.administration import AdministrationPage
from aftercare.gui.pages.administration_people import PeoplePart
from aftercare.gui.pages.person import PersonPage
from aftercare.gui.rounds_manners import Shots
from aftercare.gui.rounds_tour import Tour
from aftercare.services.access import list_teams, save_team
from aftercare.services.break_glass import find_beyond, open_glass
from aftercare.services.exclusions import exclude, show_exclusions
from aftercare.services.staff_list import list_staff
from aftercare.services.survivors import list_survivors


def access(tour: Tour) -> Shots:
    """A record that is not among those of whoever works: found by code, opened with a reason, reviewed; exclusions."""
    frame, desk = tour.page("today"), tour.opened.desk
    me = desk.actor
    rows = desk.ask(list_survivors, SurvivorFilter()).rows
    colleague = desk.ask(show_exclusions, rows[0].survivor_id).colleagues[-1][0]
    desk.actor = replace(me, id=colleague, own_reach=Reach.OWN)
    row = next(row for row in rows if desk.ask(find_beyond, row.case_code))
    field = tour.workplace.frame.search_field
    field.setFocus()
    field.setText(row.case_code)
    tour.workplace.search(row.case_code)
    tour.rest()
    yield "search-beyond", frame
    field.clear()
    field.left.emit()
    for dialog in tour.after(lambda: tour.workplace.break_glass(row.case_code)):
        yield "dialog-break-glass", dialog
    desk.do(open_glass, row.case_code, "She called the night line and nobody of her team was there.")
    tour.has_added = True
    tour.workplace.open_person(row.survivor_id, "overview")
    tour.rest()
    yield "person-opened-with-a-reason", frame
    desk.actor = me
    desk.do(exclude, row.survivor_id, colleague, "Her cousin works with us.")
    tour.has_added = True
    tour.workplace.open_person(row.survivor_id, "details")
    tour.rest()
    page = tour.workplace.frame.page
    assert isinstance(page, PersonPage)
    details = page.part("details")
    area = details.findChild(QScrollArea, "scroll") if details is not None else None
    assert isinstance(area, QScrollArea)
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    tour.rest()
    yield "person-exclusions", frame
    yield "today-accesses", tour.page("today")
    for dialog in tour.after(lambda: AccessReviewDialog(tour.workplace.office, frame).open()):
        yield "dialog-access-review", dialog
    question = Question(lambda: None, lambda: None)
    for dialog in tour.after(lambda: ConfirmIdentity(tour.workplace.office, question, frame).open()):
        yield "dialog-confirm-identity", dialog


def teams(tour: Tour) -> Shots:
    """An organisation with teams: who is of each, whose case it is, which teams somebody is of."""
    office = tour.workplace.office
    staff_ids = [row.staff_id for row in tour.opened.desk.ask(list_staff, tour.opened.keys())]
    colleagues = [key for key in staff_ids if key != office.actor.id]
    from_an_earlier_manner = {team.name for team in tour.opened.desk.ask(list_teams)}
    for name in ("North house", "South house", "Outreach and follow-up"):
        if name not in from_an_earlier_manner:
            tour.do(save_team, TeamDraft(name, frozenset(colleagues)))
    page = tour.person("overview")
    for dialog in tour.after(lambda: page.case_asked.emit(page.head)):
        yield "teams-case", dialog
    frame = tour.page("administration")
    administration = tour.workplace.frame.page
    assert isinstance(administration, AdministrationPage)
    administration.open("people")
    part = administration.part("people")
    assert isinstance(part, PeoplePart)
    part.refresh()
    tour.rest()
    for area in administration.findChildren(QScrollArea):
        area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    tour.rest()
    yield "teams", frame
    part.choose(colleagues[-1])
    for dialog in tour.after(part.change_access):
        yield "teams-access", dialog
