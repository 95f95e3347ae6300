"""Pictures of retention: what is due and held, the dialogs before and after something is deleted."""

from __future__ import annotations

from pathlib import Path

from aftercare.domain.drafts.retention import HoldDraft
from aftercare.domain.retention import WORDS, Extent, HoldReason, Kept
from aftercare.domain.rows.retention import ErasureRow
from aftercare.domain.rows.survivors import SurvivorFilter
from aftercare.gui.dialogs.erase_everything import ErasedDialog, EraseEverythingDialog
from aftercare.gui.dialogs.hold import HoldDialog, LiftHoldDialog
from aftercare.gui.dialogs.purge import PurgeDialog
from aftercare.gui.pages.administration import AdministrationPage
from aftercare.gui.pages.person import PersonPage
from aftercare.gui.rounds_manners import Shots
from aftercare.gui.rounds_tour import Tour
from aftercare.services.erasing import Erased
from aftercare.services.retention import choose_terms, list_due, list_holds, set_hold
from aftercare.services.survivors import list_survivors


def retention(tour: Tour) -> Shots:
    """Somebody's record is held, another's is due."""
    office, frame = tour.workplace.office, tour.workplace.frame
    desk = tour.opened.desk
    tour.do(choose_terms, dict.fromkeys(WORDS, 0) | {Kept.WHOLE: 1}, True)
    due = desk.ask(list_due)
    rows = desk.ask(list_survivors, SurvivorFilter()).rows
    survivor_id, code = (due[-1].survivor_id, due[-1].case_code) if due else (rows[0].survivor_id, rows[0].case_code)
    tour.do(set_hold, survivor_id, HoldDraft(HoldReason.COURT, "Trial at the regional court, our letter of 3 May"))
    window = tour.page("administration")
    page = frame.page
    assert isinstance(page, AdministrationPage)
    page.open("retention")
    tour.rest()
    yield "retention", window
    whole = PurgeDialog(office, survivor_id, code, (), frame)
    whole.choose(Extent.WHOLE)
    for name, dialog in (
        ("purge", PurgeDialog(office, survivor_id, code, WORDS, frame)),
        ("purge-whole", whole),
        ("legal-hold", HoldDialog(office, survivor_id, code, frame)),
        ("lift-hold", LiftHoldDialog(office, desk.ask(list_holds)[0], frame)),
        ("erase-everything", EraseEverythingDialog(office, frame)),
        ("erased", ErasedDialog(office, _erased(tour), frame)),
    ):
        for shown in tour.after(dialog.open):
            yield f"retention-{name}", shown
    tour.workplace.open_person(survivor_id, "overview")
    tour.rest()
    yield "retention-person", window
    person = frame.page
    assert isinstance(person, PersonPage)
    menu = person.record_menu
    menu.adjustSize()
    yield "retention-menu", menu


def _erased(tour: Tour) -> Erased:
    """What would be told of records that are gone; those of the tour are still needed."""
    row = ErasureRow(
        organisation="Haven House",
        at=tour.clock.now(),
        counts={"survivor": 24, "note": 1903},
        done_by="A. Rahman",
        agreed_by="M. Lindqvist",
        log_seq=4812,
        fingerprint="9f31aa02bc7718de",
        backups_too=True,
        backups_deleted=12,
        places_left=1,
    )
    return Erased(12, (Path("stick"),), row)
