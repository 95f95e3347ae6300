"""Records of nobody, and of somebody with very long words."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractButton

from aftercare.domain.codes import Area
from aftercare.domain.drafts.people import AlertDraft, IntakeDraft, NameDraft, PersonDraft
from aftercare.domain.drafts.plan import GoalDraft
from aftercare.gui.pages.person import PersonPage
from aftercare.gui.rounds_manners import Shots
from aftercare.gui.rounds_people import TABS
from aftercare.gui.rounds_tour import Tour
from aftercare.services.plans import add_area, add_goal
from aftercare.services.survivors import take_in

_LONG = "Aleksandra Konstantinovna Wojciechowska-Papadopoulou of the far side of the river Čierny Váh"


def empty(tour: Tour) -> Shots:
    workplace = tour.empty_workplace
    for key in ("today", "survivors", "reports"):
        workplace.frame.show_page(key)
        tour.rest()
        yield f"empty-{key}", workplace.frame
    for dialog in tour.after(workplace.new_person):
        yield "empty-new-person", dialog


def long_names(tour: Tour) -> Shots:
    workplace = tour.empty_workplace
    head = tour.do(
        take_in,
        IntakeDraft(
            person=PersonDraft(
                names=(NameDraft(given=_LONG, family=_LONG),),
                alerts=(AlertDraft(f"{_LONG}: {_LONG}"),),
                contact_phone="+48 22 000 00 00 ext. 4711",
            ),
            referral_words=_LONG,
            risk_reason=_LONG,
        ),
    )
    tour.do(add_area, head.case_id, Area.HOUSING.value)
    tour.do(add_goal, head.case_id, GoalDraft(area=Area.HOUSING.value, words=f"{_LONG}, {_LONG}, {_LONG}"))
    for tab in TABS:
        workplace.open_person(head.survivor_id, tab)
        tour.rest()
        yield f"long-names-{tab}", workplace.frame
    page = workplace.frame.page
    assert isinstance(page, PersonPage)
    button = page.findChild(QAbstractButton, "show_name")
    assert isinstance(button, QAbstractButton)
    button.click()
    tour.rest()
    yield "long-names-shown", workplace.frame
    workplace.frame.show_page("survivors")
    tour.rest()
    yield "long-names-survivors", workplace.frame
