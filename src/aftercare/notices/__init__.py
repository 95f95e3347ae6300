"""Words for trouble: each `Problem` says what happened, what is safe and what to do; each field says what is wrong.

Used by the window and the command line alike. Facts of the problem fill the {braces}; codes are put into words first.
The texts stand in the modules beside this one, by where the trouble is, as its errors do.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import fields, is_dataclass

from aftercare.domain import errors
from aftercare.domain.errors import Problem
from aftercare.i18n import N_, Language, current
from aftercare.notices.backups import BACKUPS
from aftercare.notices.explanation import NOTHING_CHANGED, TEXT_KEPT, Explanation
from aftercare.notices.files import FILES
from aftercare.notices.keys import KEYS
from aftercare.notices.reasons import FIELD_REASONS, REASONS
from aftercare.notices.records import RECORDS
from aftercare.notices.vault import VAULT
from aftercare.policy import least_passphrase_characters

__all__ = [
    "EXPLANATIONS",
    "FIELD_REASONS",
    "NOTHING_CHANGED",
    "REASONS",
    "TEXT_KEPT",
    "Explanation",
    "explain",
    "field_words",
]

EXPLANATIONS: dict[type[Problem], Explanation] = {**RECORDS, **KEYS, **VAULT, **BACKUPS, **FILES}


def field_words(problem: errors.FieldProblem, language: Language | None = None) -> str:
    """The sentence beside the field."""
    words = language or current()
    return words.tr(FIELD_REASONS.get(problem.reason, FIELD_REASONS["unknown_code"])).format(value=problem.value)


def _reason(code: str) -> str:
    if code in REASONS:
        return REASONS[code]
    from aftercare.words.obstacles import OBSTACLES  # pulls in the rules; the unlock window has no need of them

    return OBSTACLES.get(code, code)


def _in_words(value: object, words: Language) -> object:
    if isinstance(value, tuple):
        return words.listed([str(_in_words(item, words)) for item in value])
    if isinstance(value, dt.date):
        return words.date(value)
    if isinstance(value, str):
        return words.tr(_reason(value))
    return value


def explain(problem: Problem, language: Language | None = None) -> Explanation:
    """What happened, what is safe, what to do, in the interface language or the one given."""
    words = language or current()
    known = next((EXPLANATIONS[kind] for kind in type(problem).__mro__ if kind in EXPLANATIONS), None)
    if known is None:
        return Explanation(words.tr(N_("This did not work.")), words.tr(NOTHING_CHANGED), "")
    facts = _facts(problem, words)
    fill: Callable[[str], str] = lambda text: words.tr(text).format(**facts)  # noqa: E731
    return Explanation(fill(known.what), fill(known.safe), fill(known.do))


def _facts(problem: Problem, words: Language) -> dict[str, object]:
    if isinstance(problem, errors.FieldProblem):
        return {"reason": field_words(problem, words), "field": problem.field}
    if isinstance(problem, errors.MappingUnreadable):
        return {"reason": " ".join(part for part in (str(_in_words(problem.reason, words)), problem.detail) if part)}
    if isinstance(problem, errors.WeakPassphrase):
        least = least_passphrase_characters()
        return {"reasons": words.listed([words.tr(_reason(code)).format(least=least) for code in problem.reasons])}
    names: list[str] = [entry.name for entry in fields(problem)] if is_dataclass(problem) else []
    return {name: _in_words(getattr(problem, name), words) for name in names}
