"""Every code has its words, and the survivor is spoken of as they said."""

from __future__ import annotations

import inspect
from datetime import date
from enum import StrEnum
from importlib import import_module
from pkgutil import iter_modules

import pytest

from aftercare.domain import closing, codes, differences, retention, reunification, versions
from aftercare.domain.codes import SCALE, Area, Gender, Level
from aftercare.domain.errors import CannotClose
from aftercare.domain.likeness import Reason
from aftercare.domain.permissions import Role
from aftercare.domain.progress import due_in
from aftercare.domain.recurrence import Repeat
from aftercare.i18n import PSEUDO, language, pseudo
from aftercare.notices import explain
from aftercare.words import (
    LABELS,
    anchor,
    area_label,
    due_words,
    gender_noun,
    label,
    left_words,
    obstacle_words,
    readiness_words,
    scale,
    short_area,
    voice,
)

ENUMS = [
    found
    for _, found in inspect.getmembers(codes, inspect.isclass)
    if issubclass(found, StrEnum) and found is not StrEnum
] + [Role, Reason, Repeat, reunification.Lifter, differences.DifferenceKind]
ENUMS += [retention.Kept, retention.Extent, retention.HoldReason]
ENGLISH = language("en")
TODAY = date(2026, 11, 23)


@pytest.mark.parametrize("kind", ENUMS, ids=lambda kind: kind.__name__)
def test_every_code_has_a_short_label(kind: type[StrEnum]) -> None:
    for code in kind:
        words = label(code, ENGLISH)
        assert words
        assert words != code.value or code.value in ("0", "1")
        assert len(words) <= 70
        assert words[0].isupper()


def test_labels_name_no_code_that_does_not_exist() -> None:
    for kind, words in LABELS.items():
        assert set(words) == set(kind)


def test_labels_of_one_vocabulary_differ_from_each_other() -> None:
    for words in LABELS.values():
        assert len(set(words.values())) == len(words)


def test_labels_pass_the_translation_seam() -> None:
    assert label(Area.HOUSING, language(PSEUDO)) == pseudo("Housing")


def test_an_area_of_the_organisations_own_is_its_own_name() -> None:
    assert area_label("Art group") == "Art group"
    assert short_area("Art group") == "Art group"
    assert short_area(Area.FAMILY, ENGLISH) == "Family"
    assert short_area(Area.HOUSING, ENGLISH) == "Housing"


def test_the_code_of_an_area_whose_name_is_gone_is_a_readable_word() -> None:
    assert area_label("own_3f2a9c01d7be") == "Own area"


@pytest.mark.parametrize(
    ("gender", "word"),
    [
        (Gender.FEMALE, "Herself"),
        (Gender.TRANSGENDER_MALE, "Himself"),
        (Gender.NON_BINARY, "Own view"),
        (None, "Own view"),
    ],
)
def test_the_survivor_is_spoken_of_as_they_said(gender: Gender | None, word: str) -> None:
    assert voice(gender, ENGLISH).themself == word


def test_a_child_is_a_girl_or_a_boy_or_a_child() -> None:
    assert gender_noun(Gender.FEMALE, True, ENGLISH) == "Girl"
    assert gender_noun(None, True, ENGLISH) == "Child"
    assert gender_noun(Gender.FEMALE, False, ENGLISH) == "Woman"
    assert gender_noun(None, False, ENGLISH) == ""


def test_every_area_of_the_scale_has_five_anchors_and_other_answers_have_none() -> None:
    assert set(scale.ANCHORS) == set(scale.DOMAINS)
    assert set(Area) <= set(scale.ANCHORS)
    for area in scale.ANCHORS:
        assert len({anchor(area, level, ENGLISH) for level in SCALE}) == 5
        assert anchor(area, Level.RATHER_NOT_SAY, ENGLISH) == ""


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 20), "3 days late"),
        (date(2026, 11, 22), "1 day late"),
        (date(2026, 11, 23), "today"),
        (date(2026, 11, 24), "tomorrow"),
        (date(2026, 11, 26), "Thu"),
        (date(2026, 12, 8), "8 Dec"),
        (date(2027, 12, 8), "8 Dec 2027"),
    ],
)
def test_what_is_due_is_said_from_today(day: date, words: str) -> None:
    assert due_words(due_in(day, TODAY), ENGLISH) == words


def test_what_ends_is_counted_in_days() -> None:
    assert left_words(due_in(date(2026, 12, 5), TODAY), ENGLISH) == "12 days"
    assert left_words(due_in(TODAY, TODAY), ENGLISH) == "ends today"
    assert left_words(due_in(date(2026, 11, 22), TODAY), ENGLISH) == "ended 1 day ago"


@pytest.mark.parametrize("kind", [closing.Obstacle, versions.Missing, reunification.Obstacle])
def test_every_obstacle_is_part_of_a_sentence(kind: type[StrEnum]) -> None:
    for code in kind:
        words = obstacle_words(code, ENGLISH)
        assert words[0].islower()
        assert not words.endswith(".")


def test_obstacles_share_no_code() -> None:
    codes_of_all = [
        code.value for kind in (closing.Obstacle, versions.Missing, reunification.Obstacle) for code in kind
    ]
    assert len(set(codes_of_all)) == len(codes_of_all)


def test_every_point_of_the_checklist_before_closing_has_words() -> None:
    assert len({readiness_words(obstacle, ENGLISH) for obstacle in closing.Obstacle}) == len(closing.Obstacle)


def test_a_refusal_names_what_stands_in_the_way() -> None:
    refused = CannotClose("case", (closing.Obstacle.GOALS_OPEN, closing.Obstacle.STAY_WITHOUT_END))
    assert "some goals are still open and a stay has no end date" in explain(refused, ENGLISH).what


def test_every_table_that_can_be_lost_has_a_word() -> None:
    import aftercare.records as tables
    from aftercare.records.base import Base
    from aftercare.words.backups import TABLES_BESIDES
    from aftercare.words.record_fields import KINDS

    for module in iter_modules(tables.__path__):
        import_module(f"aftercare.records.{module.name}")
    made_anew = {"search_entry", "caseload_entry", "vault_mark"}
    assert set(Base.metadata.tables) - made_anew <= KINDS.keys() | TABLES_BESIDES.keys()
