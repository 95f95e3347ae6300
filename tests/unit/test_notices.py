"""Every problem has its words, in every language, with its facts filled in."""

from __future__ import annotations

from dataclasses import Field, fields, is_dataclass
from datetime import date
from typing import Any

import pytest

from aftercare import notices
from aftercare.domain import errors
from aftercare.domain.errors import FieldProblem, Problem
from aftercare.i18n import PSEUDO, language


def _all_problems(kind: type[Problem] = Problem) -> list[type[Problem]]:
    found = []
    for child in kind.__subclasses__():
        found += [child, *_all_problems(child)]
    return [child for child in found if child.__module__.startswith(errors.__name__)]


def _an_example(kind: type[Problem]) -> Problem:
    """The problem with plausible facts of the declared types."""
    examples: dict[str, Any] = {
        "str": "code",
        "int": 3,
        "bool": True,
        "date": date(2026, 11, 23),
        "tuple[str, ...]": ("one", "two"),
        "tuple[FieldProblem, ...]": (FieldProblem("field", "required"),),
    }
    facts: tuple[Field[Any], ...] = fields(kind) if is_dataclass(kind) else ()
    return kind(**{entry.name: examples.get(str(entry.type), "code") for entry in facts})


@pytest.mark.parametrize("kind", _all_problems(), ids=lambda kind: kind.__name__)
def test_a_problem_says_what_happened_with_its_facts(kind: type[Problem]) -> None:
    words = notices.explain(_an_example(kind), language("en"))
    assert kind in notices.EXPLANATIONS
    assert len(words.what) > 10
    assert "{" not in str(words)


@pytest.mark.parametrize("kind", _all_problems(), ids=lambda kind: kind.__name__)
def test_its_words_pass_through_the_translation(kind: type[Problem]) -> None:
    words = notices.explain(_an_example(kind), language(PSEUDO))
    assert words.what.startswith("[")
    assert "{" not in str(words)
