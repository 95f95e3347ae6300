"""The built-in scale, and instruments from a file."""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from aftercare.domain.codes import SCALE, Area
from aftercare.domain.errors import FieldProblem
from aftercare.domain.scale import BUILT_IN, Direction, Instrument, MissingRule
from aftercare.i18n import language
from aftercare.notices import FIELD_REASONS, field_words
from aftercare.words import label, scale

SHIPPED = Path(__file__).parents[2] / "resources" / "instruments" / "five_step_scale.json"
ENGLISH = language("en")


def items(*ids: str) -> list[dict[str, Any]]:
    return [{"id": key, "words": key.title()} for key in ids]


def small() -> dict[str, Any]:
    return {
        "id": "wellbeing",
        "version": "2",
        "name": "Wellbeing",
        "licence_note": "Used by agreement",
        "direction": "lower_is_better",
        "levels": [{"value": n, "code": f"level_{n}", "words": f"Level {n}"} for n in (1, 2, 3, 4)],
        "missing": "no_score",
        "schedule": {"at_intake": True, "every_days": 180},
        "domains": [
            {"id": "rest", "words": "Rest", "items": items("sleep", "calm")},
            {"id": "body", "words": "Body", "score": "min", "items": items("pain", "food")},
        ],
    }


def read(kept: object) -> Instrument:
    return Instrument.from_json(json.dumps(kept))


def test_the_shipped_scale_is_the_one_the_program_speaks_of() -> None:
    shipped = Instrument.from_json(SHIPPED.read_text(encoding="utf-8"))
    assert shipped.id == BUILT_IN
    assert [level.code for level in shipped.levels] == [level.value for level in SCALE]
    assert [level.words for level in shipped.levels] == [label(level, ENGLISH) for level in SCALE]
    assert {item.id: item.anchors for item in shipped.items} == scale.ANCHORS
    assert {domain.id: domain.words for domain in shipped.domains} == scale.DOMAINS
    assert set(Area) <= {domain.id for domain in shipped.domains}


def test_a_score_is_the_mean_or_the_worst_of_its_items() -> None:
    found = read(small())
    assert found.score("rest", {"sleep": 1, "calm": 2}) == Fraction(3, 2)
    assert found.score("body", {"pain": 1, "food": 4}) == 4
    assert found.direction is Direction.LOWER_IS_BETTER


def test_a_missing_answer_is_never_the_lowest() -> None:
    strict = read(small())
    assert strict.score("rest", {"sleep": 1}) is None
    lenient = read(small() | {"missing": "leave_out"})
    assert lenient.missing is MissingRule.LEAVE_OUT
    assert lenient.score("rest", {"sleep": 3, "calm": None}) == 3
    assert lenient.score("rest", {}) is None


def test_better_follows_the_direction_from_one_full_level() -> None:
    found = read(small())
    assert found.is_better(Fraction(3), Fraction(2))
    assert not found.is_better(Fraction(2), Fraction(3))
    assert not found.is_better(Fraction(3), Fraction(5, 2))


def test_a_level_that_does_not_exist_is_refused() -> None:
    with pytest.raises(FieldProblem):
        read(small()).score("rest", {"sleep": 9})
    with pytest.raises(FieldProblem):
        read(small()).score("nowhere", {})


def broken(change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    kept = small()
    change(kept)
    return kept


@pytest.mark.parametrize(
    ("kept", "reason", "place"),
    [
        (broken(lambda kept: kept.pop("licence_note")), "instrument_part_missing", "licence_note"),
        (broken(lambda kept: kept.update(direction="up")), "unknown_code", "direction"),
        (broken(lambda kept: kept.update(levels=kept["levels"][:1])), "instrument_part_wrong", "levels"),
        (broken(lambda kept: kept["levels"][1].update(value=1)), "instrument_twice", "levels"),
        (broken(lambda kept: kept["levels"][1].update(value=True)), "not_a_number", "levels[1].value"),
        (broken(lambda kept: kept.update(domains=[])), "instrument_part_wrong", "domains"),
        (broken(lambda kept: kept.update(domains=["x"])), "instrument_part_wrong", "domains[0]"),
        (broken(lambda kept: kept["domains"][1].update(id="rest")), "instrument_twice", "domains"),
        (broken(lambda kept: kept["domains"][0].pop("items")), "instrument_part_missing", "domains[0].items"),
        (
            broken(lambda kept: kept["domains"][0]["items"][0].update(anchors=["one"])),
            "instrument_anchors",
            "domains[0].items[0].anchors",
        ),
        (broken(lambda kept: kept["domains"][0]["items"][1].update(id="pain")), "instrument_twice", "domains"),
        (broken(lambda kept: kept["domains"][0].update(score="sum")), "unknown_code", "domains[0].score"),
        (broken(lambda kept: kept["schedule"].update(every_days=0)), "out_of_range", "schedule.every_days"),
        ([], "instrument_part_wrong", ""),
    ],
)
def test_a_fault_in_a_file_is_named_with_its_place(kept: object, reason: str, place: str) -> None:
    with pytest.raises(FieldProblem) as refused:
        read(kept)
    assert (refused.value.reason, refused.value.value) == (reason, place)
    assert reason in FIELD_REASONS
    assert "{" not in field_words(refused.value, ENGLISH)


@pytest.mark.parametrize(
    ("text", "reason"),
    [("{", "instrument_not_json"), (" " * 1_000_001, "instrument_too_large"), ("[" * 100_000, "instrument_not_json")],
)
def test_what_is_no_json_is_refused(text: str, reason: str) -> None:
    with pytest.raises(FieldProblem) as refused:
        Instrument.from_json(text)
    assert refused.value.reason == reason
