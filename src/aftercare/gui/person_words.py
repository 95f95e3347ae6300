"""Short words about a person as lists and heads show them: age, gender, languages, contact; never a name."""

from __future__ import annotations

from datetime import date

from aftercare.domain.codes import ContactWay, Gender, RiskLevel, Stage
from aftercare.domain.partial_date import Age
from aftercare.domain.rows.survivors import LanguageRow, PersonHead
from aftercare.gui.palette import Tone
from aftercare.i18n import N_, current, tr, trn
from aftercare.words import gender_noun, label

STAGE_TONES = {
    Stage.INTAKE: Tone.SOFT,
    Stage.STABILISING: Tone.TODAY,
    Stage.PLAN: Tone.INFO,
    Stage.REINTEGRATION: Tone.INFO,
    Stage.FOLLOW_UP: Tone.GOOD,
    Stage.CLOSED: Tone.SOFT,
}
RISK_TONES = {
    RiskLevel.LOW: Tone.SOFT,
    RiskLevel.MEDIUM: Tone.TODAY,
    RiskLevel.HIGH: Tone.LATE,
    RiskLevel.CRITICAL: Tone.LATE,
}
RISK_WORDS = {
    RiskLevel.LOW: N_("Low risk"),
    RiskLevel.MEDIUM: N_("Medium risk"),
    RiskLevel.HIGH: N_("High risk"),
    RiskLevel.CRITICAL: N_("Critical risk"),
}


def age_words(age: Age | None) -> str:
    """«24», «about 24», «about 23–25»; nothing where no age is known."""
    if age is None:
        return ""
    if not age.about:
        return str(age.least)
    years = str(age.least) if age.least == age.most else f"{age.least}–{age.most}"
    return tr("about {years}", years=years)


def gender_words(gender: Gender | None, age: Age | None) -> str:
    """«Woman, 24», «Girl, about 15», «24», or nothing."""
    known = gender is not None and gender is not Gender.NOT_SPECIFIED
    who = gender_noun(gender, age is not None and age.most < 18) if known else ""
    return ", ".join(part for part in (who, age_words(age)) if part)


def language_words(languages: tuple[LanguageRow, ...]) -> str:
    """«Tigrinya (interpreter), English»."""
    words = current()
    return ", ".join(
        tr("{language} (interpreter)", language=words.language_name(spoken.tag))
        if spoken.interpreter
        else words.language_name(spoken.tag)
        for spoken in languages
    )


def contact_line(head: PersonHead) -> str:
    """How she may be reached, as one sentence: «Call only 09:00–12:00, never leave a message»."""
    parts = []
    ways = [label(ContactWay(way)) for way in head.contact_ways if way in set(ContactWay)]
    hours = _hours(head)
    if ways:
        parts.append(tr("{ways} only {hours}", ways=current().listed(ways), hours=hours).strip())
    elif hours:
        parts.append(tr("Only {hours}", hours=hours))
    if head.never_leave_message and (ways or hours):
        parts.append(tr("never leave a message"))
    if head.contact_words:
        parts.append(head.contact_words)
    return ", ".join(parts)


def _hours(head: PersonHead) -> str:
    words = current()
    if head.contact_from and head.contact_until:
        return f"{words.time(head.contact_from)}–{words.time(head.contact_until)}"
    if head.contact_from:
        return tr("after {time}", time=words.time(head.contact_from))
    if head.contact_until:
        return tr("before {time}", time=words.time(head.contact_until))
    return ""


def head_line(head: PersonHead) -> str:
    """The line under the code: who, languages, contact, case worker."""
    worker = tr("Case worker {name}", name=head.worker) if head.worker else ""
    parts = (gender_words(head.gender, head.age), language_words(head.languages), contact_line(head), worker)
    return " · ".join(part for part in parts if part)


def days_ago(day: date | None, today: date) -> str:
    """«today», «yesterday», «3 days ago», «last week», then the date."""
    if day is None:
        return ""
    passed = (today - day).days
    if passed == 0:
        return tr("today")
    if passed == 1:
        return tr("yesterday")
    if 1 < passed < 7:
        return trn("{n} day ago", "{n} days ago", passed)
    if 7 <= passed < 14:
        return tr("last week")
    return current().date(day) if abs(passed) > 300 else current().day(day)
