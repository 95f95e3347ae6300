"""Words for trouble: each `Problem` says what happened, what is safe and what to do; each field says what is wrong.

Used by the window and the command line alike. Facts of the problem fill the {braces}; codes are put into words first.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass

from aftercare.domain import errors
from aftercare.domain.errors import Problem
from aftercare.i18n import N_, Language, current


@dataclass(frozen=True, slots=True)
class Explanation:
    """Three short texts; `do` may be empty where nothing can be done."""

    what: str
    safe: str
    do: str

    def __str__(self) -> str:
        return " ".join(part for part in (self.what, self.safe, self.do) if part)


NOTHING_CHANGED = N_("Nothing was changed.")
TEXT_KEPT = N_("What you typed is still here.")

EXPLANATIONS: dict[type[Problem], Explanation] = {
    errors.NotAllowed: Explanation(
        N_("Your account may not do this."),
        NOTHING_CHANGED,
        N_("Ask a manager or administrator if you need it for your work."),
    ),
    errors.NotFound: Explanation(
        N_("This record does not exist, or is not open to your account."),
        NOTHING_CHANGED,
        N_("Check the code, or ask the case worker."),
    ),
    errors.FieldProblem: Explanation("{reason}", TEXT_KEPT, N_("Correct it and save again.")),
    errors.DraftProblems: Explanation(
        N_("Some fields cannot be saved as they stand."),
        TEXT_KEPT,
        N_("The message beside each field says what to change."),
    ),
    errors.ChangedMeanwhile: Explanation(
        N_("This was changed after you opened it."),
        TEXT_KEPT,
        N_("Open it again, compare, and save."),
    ),
    errors.NothingToUndo: Explanation(
        N_("There is nothing to undo here."),
        NOTHING_CHANGED,
        N_("What has been printed or handed over cannot be undone."),
    ),
    errors.NoteLocked: Explanation(
        N_("This note is locked since {locked_on}."),
        TEXT_KEPT,
        N_("Add your correction as an addendum."),
    ),
    errors.CannotClose: Explanation(N_("This cannot be closed yet: {reasons}."), NOTHING_CHANGED, ""),
    errors.LadderStands: Explanation(N_("This step cannot be taken yet: {reasons}."), NOTHING_CHANGED, ""),
    errors.PlanCannotBeAgreed: Explanation(
        N_("The plan cannot be agreed yet: {reasons}."),
        NOTHING_CHANGED,
        "",
    ),
}

FIELD_REASONS: dict[str, str] = {
    "required": N_("Please fill this in."),
    "too_long": N_("This is too long to keep here."),
    "not_a_date": N_("This is not a date. Examples: 12 Mar 1998, March 1998, about 1998."),
    "no_such_date": N_("There is no such day."),
    "day_without_month": N_("A day needs its month."),
    "in_the_future": N_("This day is still to come."),
    "ends_before_it_begins": N_("The end is before the beginning."),
    "not_a_number": N_("Please write a number."),
    "out_of_range": N_("This number is not possible here."),
    "unknown_code": N_("This answer is not one of the choices."),
    "unknown_country": N_("This country is not known."),
    "unknown_language": N_("This language is not known."),
    "more_attended_than_held": N_("More sessions attended than held."),
    "not_a_repeat_rule": N_("This repetition cannot be understood."),
    "waits_for_itself": N_("A step cannot wait for itself."),
    "taken": N_("This is used already."),
}

REASONS: dict[str, str] = {}
"""Words for codes of obstacles (domain.closing, domain.reunification, plans), filled in below."""


def field_words(problem: errors.FieldProblem, language: Language | None = None) -> str:
    """The sentence beside the field."""
    words = language or current()
    return words.tr(FIELD_REASONS.get(problem.reason, FIELD_REASONS["unknown_code"]))


def _in_words(value: object, words: Language) -> object:
    if isinstance(value, tuple):
        return words.listed([str(_in_words(item, words)) for item in value])
    if isinstance(value, dt.date):
        return words.date(value)
    if isinstance(value, str):
        return words.tr(REASONS.get(value, value))
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
    names: list[str] = [entry.name for entry in fields(problem)] if is_dataclass(problem) else []
    return {name: _in_words(getattr(problem, name), words) for name in names}
