"""Scenes of the administration: each of its parts, and every dialog that opens there."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

from aftercare.domain.approving import Approvable
from aftercare.domain.drafts.access import TeamDraft
from aftercare.domain.errors import ApprovalNeeded
from aftercare.domain.rows.access import AccessNewsRow, ApprovalRow
from aftercare.domain.rows.plan import OfficeAreaRow
from aftercare.domain.rows.staff import CodeIssued
from aftercare.domain.rows.this_computer import Kept, KeptRow
from aftercare.gui.dialogs.ask_approval import AskApproval
from aftercare.gui.dialogs.one_time_code import OneTimeCodeDialog
from aftercare.gui.dialogs.renew_code import RenewCodeDialog
from aftercare.gui.dialogs.team import TeamDialog
from aftercare.gui.pages.administration import AdministrationPage
from aftercare.gui.pages.administration_computer import ComputerPart
from aftercare.gui.pages.administration_decisions import DecisionsPart
from aftercare.gui.pages.administration_people import PeoplePart
from aftercare.gui.pages.administration_policy import PolicyPart
from aftercare.gui.rounds_manners import Shots
from aftercare.gui.rounds_tour import Tour
from aftercare.services.deadlines import deadline_rules

_SOMEBODY = UUID(int=7)
_GROUPS = ("7KQ2M", "R4XBD", "9TCVH", "W3NPA")


def administration(tour: Tour) -> Shots:
    """Each part as it opens, then what is asked and answered there."""
    frame = tour.page("administration")
    page = tour.workplace.frame.page
    assert isinstance(page, AdministrationPage)
    for key in page.keys:
        page.open(key)
        tour.rest()
        yield f"administration-{key}", frame
    yield from _people(tour, page)
    yield from _decisions(tour, page)
    yield from _areas(tour, page)
    yield from _computer(tour, page)
    for dialog in tour.after(lambda: RenewCodeDialog(tour.workplace.office, frame).open()):
        yield "dialog-renew-code", dialog


def _people(tour: Tour, page: AdministrationPage) -> Shots:
    page.open("people")
    tour.rest()
    part, office, frame = page.part("people"), tour.workplace.office, tour.workplace.frame
    assert isinstance(part, PeoplePart)
    part.choose(part.people.rows[-1].staff_id)
    for name, act in (
        ("dialog-staff", part.add_somebody),
        ("dialog-staff-change", part.change_names),
        ("dialog-access", part.change_access),
        ("dialog-new-code", part.ask_for_code),
        ("dialog-disable", part.disable_or_enable),
        ("dialog-remove-staff", part.ask_to_remove),
    ):
        for dialog in tour.after(act):
            yield name, dialog
    people = [(row.staff_id, row.display_name) for row in part.people.rows]
    for dialog in tour.after(lambda: TeamDialog(office, people, TeamDraft("North", id=_SOMEBODY), frame).open()):
        yield "dialog-team", dialog
    issued = CodeIssued(_SOMEBODY, "lindqvist", "M. Lindqvist", tour.clock.now() + timedelta(hours=72), _GROUPS)
    for dialog in tour.after(lambda: OneTimeCodeDialog(office, issued, frame).open()):
        yield "dialog-one-time-code", dialog


def _areas(tour: Tour, page: AdministrationPage) -> Shots:
    page.open("policy")
    tour.rest()
    part, frame = page.part("policy"), tour.workplace.frame
    assert isinstance(part, PolicyPart)
    part.form.scroll.ensureWidgetVisible(part.new_area)
    tour.rest()
    yield "administration-policy-areas", frame
    own = OfficeAreaRow("own_singing", "Singing", "", hidden=False, is_built_in=False, position=9, version=1)
    for dialog in tour.after(lambda: part.rename_area(own)):
        yield "dialog-area-name", dialog
    part.form.scroll.ensureWidgetVisible(part.rules, 0, part.rules.height())
    tour.rest()
    yield "administration-policy-rules", frame
    for dialog in tour.after(lambda: part.rules.open_rule(deadline_rules(part.office.settings)[0])):
        yield "dialog-deadline-rule", dialog


def _computer(tour: Tour, page: AdministrationPage) -> Shots:
    """The second place of the backups is a share of the network that does not answer; a restore left records."""
    page.open("computer")
    tour.rest()
    part = page.part("computer")
    assert isinstance(part, ComputerPart)
    part.show_places(
        (
            KeptRow(Kept.RECORDS, Path("records.db"), 5_300_000),
            KeptRow(Kept.BACKUPS, Path("backups"), 31_000_000),
            KeptRow(Kept.OTHER_BACKUPS, Path("office-share"), None, answers=False),
            KeptRow(Kept.KEPT_ASIDE, Path("records-before-2026-11-03-1"), 36_400_000, since=date(2026, 11, 3)),
        )
    )
    tour.rest()
    yield "administration-computer-unreachable", tour.workplace.frame


def _decisions(tour: Tour, page: AdministrationPage) -> Shots:
    page.open("decisions")
    tour.rest()
    part, now = page.part("decisions"), tour.clock.now()
    assert isinstance(part, DecisionsPart)
    waiting = ApprovalRow(
        id=_SOMEBODY,
        action=Approvable.REMOVE_STAFF,
        wanted=_SOMEBODY,
        words="Her contract ended on Friday, and she keeps the second key of the office.",
        asked_by="M. Lindqvist",
        asked_at=now,
        until=now + timedelta(hours=24),
        answered_by="",
        answered_at=None,
        agreed=False,
        carried_out_at=None,
        may_answer=True,
        version=1,
        about="T. Bekele",
    )
    part.show_waiting((waiting,))
    part.show_mine((waiting,))
    tour.rest()
    yield "administration-decisions-waiting", tour.workplace.frame
    news = (
        ("staff.roles_changed", "T. Bekele", "manager case_worker"),
        ("staff.access_changed", "J. Moreau", "reach=all given=see_health"),
        ("staff.reset", "Aleksandra Konstantinovna Wojciechowska-Papadopoulou", ""),
    )
    part.show_waiting(())
    part.show_mine(())
    part.show_news(
        tuple(AccessNewsRow(seq, now - timedelta(hours=seq), "M. Lindqvist", *line) for seq, line in enumerate(news, 1))
    )
    tour.rest()
    yield "administration-decisions-news", tour.workplace.frame
    part.refresh()
    needed = ApprovalNeeded(Approvable.REMOVE_STAFF.value, "digest")
    for dialog in tour.after(lambda: AskApproval(tour.workplace.office, needed, tour.workplace.frame).open()):
        yield "dialog-ask-approval", dialog
