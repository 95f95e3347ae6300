"""Family: the ladder as it stands, what stops it and who lifts that, visits due, relatives, contacts."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from aftercare.domain.codes import Answer, Area, Rung, StopKind
from aftercare.domain.reunification import LADDER, LIFTED_BY, Lifter
from aftercare.domain.rows.family import Family, FamilyContactRow, LadderRow, RelativeRow, StopRow, VisitRow
from aftercare.gui.dialogs.family_contact import FamilyContactDialog, relative_words
from aftercare.gui.dialogs.follow_up_visit import FollowUpVisitDialog
from aftercare.gui.dialogs.ladder import LadderDialog
from aftercare.gui.dialogs.ladder_move import LadderMoveDialog
from aftercare.gui.dialogs.ladder_stop import LadderStopDialog, LiftStopDialog
from aftercare.gui.dialogs.relative import RelativeDialog
from aftercare.gui.pages.area_facts_asking import Asking, day_words, due_pill, short_day
from aftercare.gui.palette import Tone
from aftercare.gui.widgets.fact_card import Fact, FactCard
from aftercare.i18n import tr, trn
from aftercare.services.family import record_veto
from aftercare.words import label
from aftercare.words.standing import ladder_words


def family_cards(asking: Asking, family: Family) -> list[QWidget]:
    cards: list[QWidget] = [_ladder_card(asking, family, ladder) for ladder in family.ladders]
    if not family.ladders:
        cards.append(_first_ladder(asking, family))
    return [*cards, _people_card(asking, family)]


# --- the ladder ---------------------------------------------------------------------------------------------------


def _first_ladder(asking: Asking, family: Family) -> FactCard:
    card = FactCard(tr("Reunification"))
    card.say(tr("Not begun. It begins with a wish, and only with consent."))
    if asking.shown.may_write:
        _begin_link(asking, card, family)
    return card


def _begin_link(asking: Asking, card: FactCard, family: Family) -> None:
    card.link(
        "begin_ladder",
        tr("+ Towards someone else") if family.ladders else tr("+ Write the wish down"),
        lambda: asking.open(lambda window: LadderDialog(asking.office, asking.case_id, family, None, window)),
    )


def _ladder_card(asking: Asking, family: Family, ladder: LadderRow) -> FactCard:
    card = FactCard(tr("Reunification"), "", Area.FAMILY)
    state = ladder.state
    card.pill.show_pill(
        tr("Stopped") if state.is_frozen else label(state.rung), Tone.LATE if state.is_frozen else Tone.INFO
    )
    whom = relative_words(ladder.relative) if ladder.relative else ladder.household
    card.fact(
        Fact(f"towards_{ladder.id}", tr("Towards"), whom),
        asking.opening(lambda window: LadderDialog(asking.office, asking.case_id, family, ladder, window)),
    )
    steps = card.say(ladder_words(state.rung, whole=True), "strong")
    steps.setAccessibleName(tr("Ladder: now {rung}", rung=label(state.rung)))
    if state.is_child:
        card.say(tr("Under 18: every step needs assent, a guardian and a best-interest decision."))
    for stop in ladder.standing_stops:
        _show_stop(asking, family, card, stop)
    card.say(asking.voice.may_stop)
    for visit in ladder.due:
        _show_due(asking, card, ladder, visit.day, visit.on)
    for made in ladder.visits:
        card.fact(_visit_fact(made, asking))
    _ladder_links(asking, family, card, ladder)
    _earlier_moves(asking, card, ladder)
    return card


def _ladder_links(asking: Asking, family: Family, card: FactCard, ladder: LadderRow) -> None:
    if asking.shown.may_write:
        card.link(
            f"move_{ladder.id}",
            tr("Next step…"),
            lambda: asking.open(lambda window: LadderMoveDialog(asking.office, ladder, window)),
            role="",
        )
    if asking.shown.may_note and all(stop.kind is not StopKind.HER_VETO for stop in ladder.standing_stops):
        stop = card.link(
            f"veto_{ladder.id}",
            tr("Survivor says stop"),
            lambda: asking.do(record_veto, ladder.id, undo=tr("Stopped at the survivor’s own wish")),
            role="",
        )
        stop.setToolTip(tr("At once, without a reason. Only the survivor can lift it."))
    if asking.shown.may_note:
        card.link(
            f"stop_{ladder.id}",
            tr("Stop for another reason…"),
            lambda: asking.open(lambda window: LadderStopDialog(asking.office, ladder, window)),
        )
    if asking.shown.may_write and ladder is family.ladders[-1] and len(family.relatives) > len(family.ladders):
        _begin_link(asking, card, family)


def _show_stop(asking: Asking, family: Family, card: FactCard, stop: StopRow) -> None:
    """What happened, who must lift it, and below that the way to lift this one."""
    who = (
        tr("Only the survivor can lift this.")
        if LIFTED_BY[stop.kind] is Lifter.SURVIVOR
        else tr("A manager must lift this.")
    )
    head = tr("{day}: {reason}.", day=short_day(stop.on, asking.today), reason=label(stop.kind))
    card.say(f"{head} {who}", "error")
    if stop.words:
        card.say(stop.words)
    _lift_link(asking, family, card, stop)


def _lift_link(asking: Asking, family: Family, card: FactCard, stop: StopRow) -> None:
    may_lift = asking.shown.may_write and (LIFTED_BY[stop.kind] is Lifter.SURVIVOR or family.may_lift_for_safety)
    if may_lift:
        link = card.link(
            f"lift_{stop.id}",
            tr("Lift the stop…"),
            lambda: asking.open(lambda window: LiftStopDialog(asking.office, stop, window)),
        )
        link.setAccessibleName(tr("Lift the stop: {reason}", reason=label(stop.kind)))
        card.end_links()


def _show_due(asking: Asking, card: FactCard, ladder: LadderRow, day: int, on: date) -> None:
    pill, tone = due_pill(on, asking.today)
    card.fact(
        Fact(f"visit_{day}_{ladder.id}", tr("Visit, {days} days", days=day), day_words(on), pill, tone),
        asking.opening(lambda window: FollowUpVisitDialog(asking.office, ladder, day, window)),
    )


def _visit_fact(visit: VisitRow, asking: Asking) -> Fact:
    pill, tone = (tr("says no"), Tone.LATE) if visit.says_no else (tr("made"), Tone.GOOD)
    words = ", ".join(part for part in (short_day(visit.on, asking.today), visit.words) if part)
    return Fact(f"made_{visit.id}", tr("Visit, {days} days", days=visit.day), words, pill, tone)


def _earlier_moves(asking: Asking, card: FactCard, ladder: LadderRow) -> None:
    lifted = [stop for stop in ladder.stops if not stop.stands]
    happened = len(ladder.state.moves) + len(lifted)
    if not happened:
        return

    name = f"moves_{ladder.id}"
    words = trn("{n} earlier step", "{n} earlier steps", happened)
    inner = card.more(name, words, is_open=asking.is_open(name))
    events = [(move.on, 0, place, _move_fact(ladder, place)) for place, move in enumerate(ladder.state.moves)]
    events += [(stop.on, 1, place, _lifted_fact(stop)) for place, stop in enumerate(lifted)]
    for _on, _kind, _place, fact in sorted(events, key=lambda event: event[:3], reverse=True):
        inner.fact(fact)


def _move_fact(ladder: LadderRow, place: int) -> Fact:
    """One move with its words, the latest of which says where she stands; down a rung it says so."""
    moves = ladder.state.moves
    move, before = moves[place], moves[place - 1].rung if place else Rung.WISH
    agreed = move.assent_on if ladder.state.is_child else move.consent_on
    said = tr("consent of {day}", day=day_words(agreed)) if agreed else ""
    back = tr("back to this step") if LADDER.index(move.rung) < LADDER.index(before) else ""
    value = " · ".join(part for part in (day_words(move.on), back, said, ladder.said[place]) if part)
    return Fact(f"moved_{place}_{ladder.id}", label(move.rung), value)


def _lifted_fact(stop: StopRow) -> Fact:
    lifted = tr("lifted on {day}", day=day_words(stop.lifted_on))
    words = " · ".join(part for part in (day_words(stop.on), stop.words, lifted, stop.lifted_words) if part)
    return Fact(f"lifted_{stop.id}", label(stop.kind), words)


# --- people and contacts ------------------------------------------------------------------------------------------


def _people_card(asking: Asking, family: Family) -> FactCard:
    card = FactCard(tr("Family"))
    if not family.relatives:
        card.say(tr("Nobody recorded yet. Begin with those the survivor wishes to hear from."))
    for relative in family.relatives:
        _show_relative(asking, family, card, relative)
    if asking.shown.may_write:
        if family.relatives:
            card.link(
                "new_contact",
                tr("+ Log a contact"),
                lambda: asking.open(
                    lambda window: FamilyContactDialog(
                        asking.office, asking.case_id, family.relatives, None, None, window
                    )
                ),
            )
        card.link(
            "new_relative",
            tr("+ Add a relative"),
            lambda: asking.open(lambda window: RelativeDialog(asking.office, asking.case_id, None, window)),
        )
    if family.contacts:
        count = trn("{n} contact", "{n} contacts", len(family.contacts))
        inner = card.more("contacts", count, is_open=asking.is_open("contacts"))
        for contact in family.contacts:
            _show_contact(asking, family, inner, contact)
    return card


def _show_relative(asking: Asking, family: Family, card: FactCard, relative: RelativeRow) -> None:
    contacts = family.contacts_with(relative.id)
    parts = [relative.name, relative.whereabouts, relative.her_wish]
    if contacts:
        last = short_day(contacts[0].on, asking.today)
        parts.append(trn("{n} contact, {last}", "{n} contacts, last {last}", len(contacts), last=last))
    warnings = []
    if relative.was_recruiter is Answer.YES:
        warnings.append(tr("not safe"))
    if relative.knows_where_she_is is Answer.YES:
        warnings.append(tr("knows the place"))
    card.fact(
        Fact(
            f"relative_{relative.id}",
            label(relative.relation),
            " · ".join(part for part in parts if part),
            ", ".join(warnings),
            Tone.LATE if relative.was_recruiter is Answer.YES else Tone.TODAY,
        ),
        asking.opening(lambda window: RelativeDialog(asking.office, asking.case_id, relative, window)),
    )


def _show_contact(asking: Asking, family: Family, card: FactCard, contact: FamilyContactRow) -> None:
    whom = next((relative_words(each) for each in family.relatives if each.id == contact.relative_id), "")
    minutes = trn("{n} min", "{n} min", contact.minutes) if contact.minutes else ""
    parts = (label(contact.way), whom, minutes, contact.words)
    card.fact(
        Fact(
            f"contact_{contact.id}",
            short_day(contact.on, asking.today),
            " · ".join(part for part in parts if part),
        ),
        asking.opening(
            lambda window: FamilyContactDialog(asking.office, asking.case_id, family.relatives, contact, None, window)
        ),
    )
