"""«Where she lives»: the present stay line by line, its safety check, nights, and earlier places."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from aftercare.domain.codes import RentPayer
from aftercare.domain.rows.housing import Housing, OverlapRow, PlacementRow
from aftercare.gui.dialogs.form_dialog import FormDialog
from aftercare.gui.dialogs.placement import PlacementDialog
from aftercare.gui.dialogs.safety_check import CONCERNS, SafetyCheckDialog
from aftercare.gui.pages.area_facts_asking import Asking, day_words, ending_pill, short_day
from aftercare.gui.palette import Tone
from aftercare.gui.widgets.fact_card import Fact, FactCard
from aftercare.i18n import current, tr, trn
from aftercare.words import label

_Form = Callable[[QWidget], FormDialog]


def housing_cards(asking: Asking, housing: Housing) -> list[QWidget]:
    card = FactCard(asking.voice.living)
    if housing.current is None:
        card.say(tr("No place is recorded for tonight."))
    else:
        _present(asking, card, housing, housing.current)
    for stay in _open_beside(housing, asking.today):
        since = tr("{place}, since {day}", place=stay.name or label(stay.kind), day=day_words(stay.since))
        pill = tr("no end") if stay.until is None else ""
        beside = Fact(f"beside_{stay.id}", tr("Also there"), since, pill, Tone.TODAY)
        card.fact(beside, asking.opening(_placement_form(asking, housing, stay, "until")))
    for stay in housing.planned:
        planned = Fact(f"planned_{stay.id}", tr("Planned"), _stay_line(stay))
        card.fact(planned, asking.opening(_placement_form(asking, housing, stay)))
    for overlap in housing.overlaps:
        card.say(_overlap_words(overlap, asking.today), "warning")
    if housing.nights_unknown:
        nights = trn("{n} night without a known place", "{n} nights without a known place", housing.nights_unknown)
        card.say(nights, "warning")
    if asking.shown.may_write:
        words = tr("+ Moved to a new place") if housing.placements else tr("+ Add the place to live")
        card.link("new_place", words, lambda: asking.open(_placement_form(asking, housing, None)))
    _earlier(asking, card, housing)
    return [card]


def _open_beside(housing: Housing, today: date) -> list[PlacementRow]:
    """Earlier places that were never given an end: they overlap with tonight's."""
    return [stay for stay in housing.earlier if _is_open(stay, today)]


def _is_open(stay: PlacementRow, today: date) -> bool:
    return stay.until is None or stay.until > today


def _placement_form(asking: Asking, housing: Housing, stay: PlacementRow | None, focus: str = "") -> _Form:
    return lambda window: PlacementDialog(asking.office, asking.case_id, housing, stay, window, focus)


def _present(asking: Asking, card: FactCard, housing: Housing, stay: PlacementRow) -> None:
    def opening(focus: str) -> Callable[[], None] | None:
        return asking.opening(_placement_form(asking, housing, stay, focus))

    lines = [
        (Fact("kind", tr("Placement"), stay.name or label(stay.kind)), "name"),
        (Fact("since", tr("Since"), day_words(stay.since)), "since"),
        (_leaves_by(asking, stay), "until" if stay.until else "move_on_by"),
    ]
    if stay.rent is not None or stay.rent_payer is not None:
        lines.append((Fact("rent", tr("Rent"), _rent_words(stay)), "rent"))
    if stay.support:
        lines.append((Fact("support", tr("Support"), stay.support), "support"))
    if stay.address:
        lines.append((Fact("address", tr("Address"), stay.address), "address"))
    for fact, focus in lines:
        card.fact(fact, opening(focus))
    _safety(asking, card, stay)


def _leaves_by(asking: Asking, stay: PlacementRow) -> Fact:
    day = stay.until or stay.move_on_by
    pill, tone = ending_pill(day, asking.today) if day is not None else ("", Tone.SOFT)
    return Fact("leaves_by", tr("Leaves on") if stay.until else tr("Leaves by"), day_words(day), pill, tone)


def _rent_words(stay: PlacementRow) -> str:
    amount = f"{current().amount(stay.rent)} {stay.currency}".strip() if stay.rent is not None else ""
    payer = label(stay.rent_payer) if stay.rent_payer not in (None, RentPayer.NOT_KNOWN) else ""
    return ", ".join(part for part in (amount, payer) if part)


def _safety(asking: Asking, card: FactCard, stay: PlacementRow) -> None:
    check = stay.latest_check
    if check is None:
        value, pill, tone = tr("not checked yet"), tr("to do"), Tone.TODAY
    elif check.has_concerns:
        day = short_day(check.on, asking.today)
        count = max(1, len(check.unsafe))
        value = trn("{day}, {n} concern", "{day}, {n} concerns", count, day=day)
        named = [tr(CONCERNS[point]) for point in check.unsafe]
        pill, tone = ", ".join(named), Tone.LATE
    else:
        value = tr("{day}, no concerns", day=short_day(check.on, asking.today))
        left = len(check.open_points)
        pill, tone = (trn("{n} not known", "{n} not known", left), Tone.SOFT) if left else ("", Tone.SOFT)
    fact = Fact("safety_check", tr("Safety check"), value, pill, tone)
    card.fact(
        fact,
        asking.opening(lambda window: SafetyCheckDialog(asking.office, asking.case_id, stay.id, check, window)),
    )
    if check is not None and check.concerns:
        card.say(check.concerns, "warning")
    if check is not None and asking.shown.may_write:
        again = partial(SafetyCheckDialog, asking.office, asking.case_id, stay.id, None)
        card.link("check_again", tr("Check again"), lambda: asking.open(again))


def _earlier(asking: Asking, card: FactCard, housing: Housing) -> None:
    here = housing.current.nights if housing.current is not None else housing.nights.in_all
    nights = trn("{n} night", "{n} nights", here)
    earlier = [stay for stay in housing.earlier if not _is_open(stay, asking.today)]
    if not earlier:
        if housing.current is not None:
            card.say(nights)
        return

    count = trn("{n} earlier placement", "{n} earlier placements", len(earlier))
    inner = card.more("earlier_places", count, f"· {nights}", is_open=asking.is_open("earlier_places"))
    for stay in earlier:
        span = f"{day_words(stay.since)} – {day_words(stay.until)}"
        spent = trn("{n} night", "{n} nights", stay.nights)
        why = f" · {label(stay.exit_reason)}" if stay.exit_reason else ""
        fact = Fact(f"earlier_{stay.id}", stay.name or label(stay.kind), f"{span} · {spent}{why}")
        inner.fact(fact, asking.opening(_placement_form(asking, housing, stay)))
    inner.say(trn("{n} night in our shelter in all", "{n} nights in our shelter in all", housing.nights.in_shelter))


def _stay_line(stay: PlacementRow) -> str:
    return tr("{place} from {day}", place=stay.name or label(stay.kind), day=day_words(stay.since))


def _overlap_words(overlap: OverlapRow, today: date) -> str:
    places = current().listed([overlap.first.name or label(overlap.first.kind),
                               overlap.second.name or label(overlap.second.kind)])  # fmt: skip
    return trn(
        "{places} overlap from {since} to {until}: {n} night, counted once.",
        "{places} overlap from {since} to {until}: {n} nights, each counted once.",
        overlap.nights,
        places=places,
        since=short_day(overlap.since, today),
        until=short_day(overlap.until, today),
    )
