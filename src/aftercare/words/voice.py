"""How the survivor is spoken of: whole phrases by gender, so that a translator never glues pronouns together.

A woman is «she» and a man is «he» where that was said; everybody else, and everybody unknown, is spoken of neutrally.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

from aftercare.domain.codes import Gender
from aftercare.i18n import N_, Language, current


@dataclass(frozen=True, slots=True)
class Voice:
    """The phrases that name the survivor."""

    themself: str
    own_view: str
    goal_in_own_words: str
    rates_lower: str
    rates_higher: str
    may_stop: str
    living: str
    about: str
    write_own_words: str


_HER = Voice(
    themself=N_("Herself"),
    own_view=N_("Her own view"),
    goal_in_own_words=N_("Goal in her words"),
    rates_lower=N_("She rates this lower than staff do: ask why."),
    rates_higher=N_("She rates this higher than staff do: ask what works."),
    may_stop=N_("She may stop at any time."),
    living=N_("Where she lives"),
    about=N_("Who has what about her"),
    write_own_words=N_("Write what happened, in her words where you can…"),
)
_HIM = Voice(
    themself=N_("Himself"),
    own_view=N_("His own view"),
    goal_in_own_words=N_("Goal in his words"),
    rates_lower=N_("He rates this lower than staff do: ask why."),
    rates_higher=N_("He rates this higher than staff do: ask what works."),
    may_stop=N_("He may stop at any time."),
    living=N_("Where he lives"),
    about=N_("Who has what about him"),
    write_own_words=N_("Write what happened, in his words where you can…"),
)
_NEUTRAL = Voice(
    themself=N_("Own view"),
    own_view=N_("Own view"),
    goal_in_own_words=N_("Goal in own words"),
    rates_lower=N_("The own view is lower than the staff’s: ask why."),
    rates_higher=N_("The own view is higher than the staff’s: ask what works."),
    may_stop=N_("May stop at any time."),
    living=N_("Place to live"),
    about=N_("Who has what about this person"),
    write_own_words=N_("Write what happened, in the survivor’s words where you can…"),
)
_BY_GENDER = {
    Gender.FEMALE: _HER,
    Gender.TRANSGENDER_FEMALE: _HER,
    Gender.MALE: _HIM,
    Gender.TRANSGENDER_MALE: _HIM,
}


def voice(gender: Gender | None, language: Language | None = None) -> Voice:
    """The phrases for a person of this gender, in the interface language or the one given."""
    words = language or current()
    phrases = _NEUTRAL if gender is None else _BY_GENDER.get(gender, _NEUTRAL)
    return Voice(**{entry.name: words.tr(getattr(phrases, entry.name)) for entry in fields(Voice)})
