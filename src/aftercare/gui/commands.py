"""What Ctrl+K can begin, found by its own words and by others that somebody would type for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from aftercare.domain.folding import search_terms
from aftercare.gui import mnemonics
from aftercare.i18n import N_, tr


@dataclass(frozen=True, slots=True)
class Command:
    """Listed by its words; `also` are words for the same thing, which are never shown."""

    words: str
    begin: Callable[[], object]
    also: str = ""


def commands_for(commands: Sequence[Command], terms: Sequence[str]) -> list[Command]:
    """Those where each term begins a word; first those that are called so themselves, and of these what begins so."""
    called = [each for each in commands if _begins_with_each(each.words, terms)]
    called.sort(key=lambda each: not begins_so(each, terms))
    meant = [each for each in commands if each not in called and _begins_with_each(f"{each.words} {each.also}", terms)]
    return called + meant


def begins_so(command: Command, terms: Sequence[str]) -> bool:
    """Whether its words begin with what was typed: whoever types «sett» means the settings, not a note about them."""
    own = search_terms(mnemonics.plain(command.words))
    return 0 < len(terms) <= len(own) and all(word.startswith(term) for word, term in zip(own, terms, strict=False))


def _begins_with_each(words: str, terms: Sequence[str]) -> bool:
    own = search_terms(mnemonics.plain(words))
    return all(any(word.startswith(term) for word in own) for term in terms)


OF_PAGES = {
    "today": N_("home start due tasks steps appointments calendar caseload"),
    "survivors": N_("people persons cases clients list records"),
    "reports": N_("print pdf progress plan sheet caseload batch save issued"),
    "administration": N_("admin manage"),
    "settings": N_("preferences options look dark light contrast colours text size language account"),
}
OF_PARTS = {
    "people": N_("staff colleagues accounts users access teams new person add one time code forgotten password reset"),
    "decisions": N_("approve approvals requests access review"),
    "keys": N_("recovery code kit key rotate change lost password erase everything delete all"),
    "backups": N_("back up backup copy restore usb stick schedule places"),
    "policy": N_("rules settings organisation lock after minutes plan areas deadlines export"),
    "retention": N_("delete erase purge keep hold terms closed cases"),
    "log": N_("audit protocol who did what export history"),
    "computer": N_("device disk folder files where records are kept"),
}


def other_words(of: dict[str, str], key: str) -> str:
    """In the language of the window; empty where there are none."""
    words = of.get(key)
    return tr(words) if words else ""
