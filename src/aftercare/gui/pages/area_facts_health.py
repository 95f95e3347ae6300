"""Health, for those who may see it: allergies first, then medication, needs, referrals, cover, counselling."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from aftercare.domain.codes import Area, HealthFactKind
from aftercare.domain.rhythm import Rhythm
from aftercare.domain.rows.health import CounsellingRow, Health, HealthFactRow
from aftercare.gui.dialogs.health_fact import HealthFactDialog
from aftercare.gui.pages.area_facts_asking import Asking, day_words, ending_pill, short_day
from aftercare.gui.palette import Tone
from aftercare.gui.widgets.fact_card import Fact, FactCard
from aftercare.i18n import N_, tr, trn
from aftercare.words import label

_RHYTHMS = {
    Rhythm.WEEKLY: N_("weekly"),
    Rhythm.EVERY_TWO_WEEKS: N_("every two weeks"),
    Rhythm.MONTHLY: N_("monthly"),
}


def health_cards(asking: Asking, health: Health) -> list[QWidget]:
    card = FactCard(tr("Health"), tr("restricted"), Area.HEALTH)
    if not health.may_see:
        card.say(tr("This part is restricted. The case worker can tell you what you need to know for today."))
        return [card]
    now = [fact for fact in health.facts if not fact.is_over(asking.today)]
    over = [fact for fact in health.facts if fact.is_over(asking.today)]
    if not health.facts and health.counselling is None:
        card.say(tr("Nothing recorded yet. Begin with allergies and medication: they matter in an emergency."))
    for fact in now:
        _show(asking, card, fact)
    if health.counselling is not None:
        card.fact(Fact("counselling", tr("Counselling"), _counselling(health.counselling, asking)))
    if asking.shown.may_write:
        known = {fact.kind for fact in now}
        missing = [kind for kind in (HealthFactKind.ALLERGY, HealthFactKind.MEDICATION) if kind not in known]
        for kind in missing if not health.facts else ():
            words = tr("+ Allergy") if kind is HealthFactKind.ALLERGY else tr("+ Medication")
            card.link(f"new_{kind}", words, partial(_open_new, asking, kind))
        card.link("new_health", tr("+ Add to health…"), lambda: _open_new(asking, None))
    if over:
        count = trn("{n} earlier entry", "{n} earlier entries", len(over))
        inner = card.more("earlier_health", count, is_open=asking.is_open("earlier_health"))
        for fact in over:
            _show(asking, inner, fact)
    return [card]


def _open_new(asking: Asking, kind: HealthFactKind | None) -> None:
    asking.open(lambda window: HealthFactDialog(asking.office, asking.case_id, None, window, kind))


def _show(asking: Asking, card: FactCard, fact: HealthFactRow) -> None:
    words = ", ".join(part for part in (fact.words, fact.dose, fact.provider) if part)
    if fact.until is not None:
        words = tr("{words}, until {day}", words=words, day=day_words(fact.until))
    if fact.who_may_see:
        words = tr("{words} · may know: {who}", words=words, who=fact.who_may_see)
    pill, tone = "", Tone.SOFT
    if fact.until is not None and not fact.is_over(asking.today):
        pill, tone = ending_pill(fact.until, asking.today)
    card.fact(
        Fact(f"health_{fact.id}", label(fact.kind), words, pill, tone),
        asking.opening(lambda window: HealthFactDialog(asking.office, asking.case_id, fact, window)),
    )


def _counselling(counted: CounsellingRow, asking: Asking) -> str:
    parts = [trn("{n} session", "{n} sessions", counted.attended)]
    if counted.rhythm is not None:
        parts.append(tr(_RHYTHMS[counted.rhythm]))
    if counted.missed:
        parts.append(trn("{n} missed", "{n} missed", counted.missed))
    if counted.next_on is not None:
        parts.append(tr("next {day}", day=short_day(counted.next_on, asking.today)))
    elif counted.last_on is not None:
        parts.append(tr("last {day}", day=short_day(counted.last_on, asking.today)))
    return ", ".join(parts)
