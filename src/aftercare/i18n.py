"""The one seam through which every sentence passes: gettext catalogues, plurals, dates, and two pseudo-languages.

The interface has one current language (like an installed translator in Qt, set once by app.py); a printed page has its
own, handed in as a `Language`. Forms from ui/ ask the same catalogues through `gui.translator`. English is the source.

    tr("Saved {ago}", ago=...)            a sentence in the interface language; braces name its facts
    trn("{n} step", "{n} steps", n)       with its plural; `n` is a fact of the sentence
    N_("Housing")                         marks a word that is translated later (labels in words.py)
    language("fr").tr(...)                a sentence in the language of a page
"""

from __future__ import annotations

import datetime as dt
import gettext
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from aftercare import assets

Direction = Literal["ltr", "rtl"]
DateWidth = Literal["short", "medium", "long", "full"]

RIGHT_TO_LEFT = frozenset({"ar", "fa", "ckb", "he", "ku-Arab", "ps", "sd", "ug", "ur", "yi", "dv"})
PSEUDO = "en-XA"  # accented and 40 % longer: shows strings that bypass the seam and layouts that clip
PSEUDO_RTL = "ar-XB"  # the same words, mirrored window
_ACCENTED = str.maketrans("aeiouyAEIOUYcnszCNSZ", "àéîöûýÀÉÎÖÛÝçñšžÇÑŠŽ")
_PADDING = ("~" * 12 + " ") * 200  # as long as words are: longer ones could not be wrapped in any language
_HALF_A_YEAR = 183
_FACT = re.compile(r"(\{[^{}]*\})")


def N_(text: str) -> str:
    """Mark a string for extraction without translating it here."""
    return text


def pseudo(text: str) -> str:
    """Accent the text outside its {facts} and lengthen it by 40 %, in brackets."""
    parts = _FACT.split(text)
    accented = "".join(part if part.startswith("{") else part.translate(_ACCENTED) for part in parts)
    return f"[{accented}{_PADDING[: len(text) * 2 // 5]}]"


class _Pseudo(gettext.NullTranslations):
    def gettext(self, message: str) -> str:
        return pseudo(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return pseudo(msgid1 if n == 1 else msgid2)


def _catalogue(tag: str) -> gettext.NullTranslations:
    if tag in (PSEUDO, PSEUDO_RTL):
        return _Pseudo()
    base = tag.split("-")[0]
    names = [tag.replace("-", "_")] + ([base] if base != tag else [])
    return gettext.translation("aftercare", assets.folder("i18n"), languages=names, fallback=True)


@dataclass(frozen=True)
class Language:
    """Words, plurals, dates and direction of one language, by BCP 47 tag."""

    tag: str
    _words: gettext.NullTranslations = field(repr=False, compare=False)

    @property
    def direction(self) -> Direction:
        return "rtl" if self.tag == PSEUDO_RTL or self.tag.split("-")[0] in RIGHT_TO_LEFT else "ltr"

    @property
    def _locale(self) -> str:
        return "en_GB" if self.tag in ("en", PSEUDO, PSEUDO_RTL) else self.tag.replace("-", "_")

    def tr(self, text: str, /, **facts: object) -> str:
        translated = self._words.gettext(text) if text else ""
        return translated.format(**facts) if facts else translated

    def trn(self, one: str, many: str, n: int, /, **facts: object) -> str:
        return self._words.ngettext(one, many, n).format(n=n, **facts)

    def load(self) -> None:
        """Read its calendar, numbers and names from disk now: whoever writes the first date waits for them no more."""
        self.weekday(dt.date.min)
        self.number(0)
        self.language_name(self.tag)

    def date(self, day: dt.date, width: DateWidth = "medium") -> str:
        """A date such as «23 Nov 2026» (medium) or «Monday, 23 November 2026» (full)."""
        from babel.dates import format_date

        return format_date(day, width, locale=self._locale)

    def day(self, day: dt.date) -> str:
        """A day without its year, such as «23 Nov»."""
        return self.date_as(day, "dMMM")

    def near_day(self, day: dt.date, today: dt.date) -> str:
        """A day as it is said today: «23 Nov» within half a year, else with its year."""
        return self.day(day) if abs((day - today).days) < _HALF_A_YEAR else self.date(day)

    def weekday(self, day: dt.date) -> str:
        """A weekday with day and month, such as «Monday 23 November», as a heading."""
        return self.date_as(day, "EEEEdMMMM")

    def month(self, day: dt.date) -> str:
        """A short month name, such as «Nov»."""
        return self.date_as(day, "MMM")

    def date_as(self, day: dt.date, skeleton: str) -> str:
        """A date by CLDR skeleton, in the order that this language uses."""
        from babel.dates import format_skeleton

        return format_skeleton(_exact(skeleton, self._locale), day, locale=self._locale)

    def time(self, moment: dt.time | dt.datetime) -> str:
        return f"{moment.hour:02d}:{moment.minute:02d}"

    def number(self, value: float) -> str:
        from babel.numbers import format_decimal

        return format_decimal(value, locale=self._locale)

    def amount(self, value: Decimal) -> str:
        """An amount of money: whole, or with both digits of its cents, «250» and «250.50»."""
        from babel.numbers import format_decimal

        return format_decimal(value, "#,##0" if value == value.to_integral_value() else "#,##0.00", locale=self._locale)

    def listed(self, items: Sequence[str]) -> str:
        """«a, b and c»."""
        from babel.lists import format_list

        return format_list(list(items), locale=self._locale) if items else ""

    def language_name(self, tag: str) -> str:
        """The name of a language in this language: «Tigrinya» for `ti`; the tag itself where CLDR has none."""
        return _language_name(tag, self._locale)


@lru_cache(maxsize=1024)
def _language_name(tag: str, locale: str) -> str:
    """Kept, because a list names the languages of every person it shows, and CLDR takes long to answer."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(tag.replace("-", "_")).get_display_name(locale) or tag
    except (UnknownLocaleError, ValueError):
        return tag


@lru_cache(maxsize=256)
def _exact(skeleton: str, locale: str) -> str:
    """The skeleton that this locale has for the one asked for; looking for it takes longer than writing the date."""
    from babel import Locale
    from babel.dates import match_skeleton

    known = Locale.parse(locale).datetime_skeletons
    return skeleton if skeleton in known else match_skeleton(skeleton, known) or skeleton


@lru_cache(maxsize=16)
def language(tag: str) -> Language:
    """The language of a BCP 47 tag; English words where no catalogue is shipped."""
    return Language(tag, _catalogue(tag))


def has_words(tag: str) -> bool:
    """Whether Aftercare's own words are translated into this language, so that a whole page can be in it."""
    return tag.split("-")[0] == "en" or tag == PSEUDO_RTL or type(_catalogue(tag)) is not gettext.NullTranslations


def shipped() -> tuple[str, ...]:
    """The languages with a catalogue, English first."""
    folder = assets.folder("i18n")
    found = [path.name.replace("_", "-") for path in folder.iterdir() if path.is_dir()] if folder.is_dir() else []
    return ("en", *sorted(set(found) - {"en"}))


_current = "en"


def use(tag: str) -> None:
    """Make `tag` the language of the interface (app.py, settings and tests)."""
    global _current
    _current = tag


def current() -> Language:
    return language(_current)


def tr(text: str, /, **facts: object) -> str:
    return current().tr(text, **facts)


def trn(one: str, many: str, n: int, /, **facts: object) -> str:
    return current().trn(one, many, n, **facts)
