"""A small grammar: rules that are drawn and filled, so that no two notes need to be alike.

    Grammar({"start": ("{She} slept {well}.",), "well": ("well", "better than last week")})

«{name}» is a fact that is handed in or, failing that, another rule; rules may nest.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping

from aftercare.domain.codes import Gender
from aftercare.domain.errors import Bug

_SLOT = re.compile(r"\{(\w+)\}")
_Parts = tuple[str, ...]  # text, slot, text, slot, …, text


class Grammar:
    """Rules by name; each a tuple of sentences to choose from."""

    def __init__(self, rules: Mapping[str, tuple[str, ...]], also: Grammar | None = None) -> None:
        self._rules: dict[str, tuple[_Parts, ...]] = dict(also._rules) if also else {}
        self._rules |= {name: tuple(tuple(_SLOT.split(text)) for text in texts) for name, texts in rules.items()}

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self._rules)

    def slots(self) -> frozenset[str]:
        """Every slot that any rule has."""
        return frozenset(part for texts in self._rules.values() for parts in texts for part in parts[1::2])

    def say(self, rule: str, rng: random.Random, facts: Mapping[str, str]) -> str:
        out: list[str] = []
        self._fill(rule, rng, facts, out)
        return "".join(out)

    def _fill(self, rule: str, rng: random.Random, facts: Mapping[str, str], out: list[str]) -> None:
        texts = self._rules.get(rule)
        if texts is None:
            raise Bug(f"no rule and no fact called {rule}")
        parts = texts[int(rng.random() * len(texts))]
        for position, part in enumerate(parts):
            if not position % 2:
                out.append(part)
            elif part in facts:
                out.append(facts[part])
            else:
                self._fill(part, rng, facts, out)


_SHE = {"she": "she", "She": "She", "her": "her", "Her": "Her", "of_her": "her", "herself": "herself", "was": "was"}
_HE = {"she": "he", "She": "He", "her": "him", "Her": "His", "of_her": "his", "herself": "himself", "was": "was"}
_THEY = {
    "she": "they", "She": "They", "her": "them", "Her": "Their", "of_her": "their", "herself": "themself",
    "was": "were",
}  # fmt: skip
_PRONOUNS = {
    Gender.FEMALE: _SHE,
    Gender.TRANSGENDER_FEMALE: _SHE,
    Gender.MALE: _HE,
    Gender.TRANSGENDER_MALE: _HE,
}


def pronouns(gender: Gender | None) -> dict[str, str]:
    """The facts «she», «her» (whom), «of_her» (whose), «herself», «was» for somebody; plural for all others."""
    return _PRONOUNS.get(gender, _THEY) if gender else _THEY
