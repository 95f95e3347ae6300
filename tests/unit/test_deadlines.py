"""What ends soon, and what the rules of a country say."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from aftercare.domain.codes import DeadlineKind
from aftercare.domain.deadlines import (
    DeadlineRule,
    rows_of_rules,
    rule_for,
    rules_from_json,
    rules_from_rows,
    rules_in_use,
    suggested_end,
)
from aftercare.domain.errors import FieldProblem

SHIPPED = Path(__file__).parents[2] / "resources" / "rules" / "deadlines.json"
REFLECTION = DeadlineKind.REFLECTION_PERIOD
TODAY = date(2026, 11, 23)


def test_the_shipped_rules_name_their_sources() -> None:
    rules = rules_from_json(SHIPPED.read_text(encoding="utf-8"))
    assert all(rule.source for rule in rules)
    found = suggested_end(rules, "BE", REFLECTION, date(2026, 11, 1))
    assert found is not None
    assert found[0] == date(2026, 12, 15)


def test_a_country_without_a_rule_has_the_least_that_is_agreed_everywhere() -> None:
    rules = rules_from_json(SHIPPED.read_text(encoding="utf-8"))
    found = suggested_end(rules, "XX", REFLECTION, date(2026, 11, 1))
    assert found is not None
    assert found[0] == date(2026, 11, 30)
    assert found[1].at_least


def test_months_end_on_the_day_before_the_same_day() -> None:
    rules = rules_from_json(SHIPPED.read_text(encoding="utf-8"))
    found = suggested_end(rules, "NL", REFLECTION, date(2026, 11, 10))
    assert found is not None
    assert found[0] == date(2027, 2, 9)


def test_the_rule_that_held_on_the_day_counts() -> None:
    old = DeadlineRule("NO", REFLECTION, 45, None, "old law", date(2000, 1, 1))
    new = DeadlineRule("NO", REFLECTION, 180, None, "new law", date(2027, 1, 1))
    assert rule_for([new, old], "NO", REFLECTION, TODAY) is old
    assert rule_for([old, new], "NO", REFLECTION, date(2027, 1, 1)) is new
    assert rule_for([new], "NO", REFLECTION, TODAY) is None
    assert suggested_end([old], "NO", DeadlineKind.APPEAL, TODAY) is None


@pytest.mark.parametrize(
    "rule",
    [
        {"country": "NO", "kind": "reflection_period", "source": "law"},
        {"country": "NO", "kind": "reflection_period", "days": 1, "months": 1, "source": "law"},
        {"country": "NO", "kind": "reflection_period", "days": 0, "source": "law"},
        {"country": "NO", "kind": "reflection_period", "days": 45, "source": ""},
        {"country": "NO", "kind": "holiday", "days": 45, "source": "law"},
        {"country": "NO", "kind": "reflection_period", "days": 45, "source": "law", "valid_from": "soon"},
        "rule",
    ],
)
def test_a_rule_that_is_not_whole_is_refused(rule: object) -> None:
    with pytest.raises(FieldProblem) as refused:
        rules_from_json(json.dumps({"rules": [rule]}))
    assert refused.value.reason == "not_a_rule_table"


NEW_LAW = date(2027, 1, 1)
SUPPLIED = DeadlineRule("NO", REFLECTION, 45, None, "supplied")
OWN = DeadlineRule("NO", REFLECTION, 180, None, "a letter of the ministry", NEW_LAW, is_own=True)


def test_a_rule_of_ones_own_goes_before_the_supplied_one_from_its_day_on() -> None:
    rules = rules_in_use([OWN], [SUPPLIED])
    assert rule_for(rules, "NO", REFLECTION, TODAY) is SUPPLIED
    assert rule_for(rules, "NO", REFLECTION, NEW_LAW) is OWN


def test_a_supplied_rule_that_is_covered_for_good_is_listed_no_more() -> None:
    always = DeadlineRule("NO", REFLECTION, 60, None, "our lawyer", is_own=True)
    elsewhere = DeadlineRule("BE", REFLECTION, 45, None, "supplied")
    assert rules_in_use([always], [SUPPLIED, elsewhere]) == (elsewhere, always)


def test_a_rule_for_everywhere_of_ones_own_leaves_those_of_countries() -> None:
    everywhere = DeadlineRule("*", REFLECTION, 90, None, "our lawyer", is_own=True)
    assert rule_for(rules_in_use([everywhere], [SUPPLIED]), "NO", REFLECTION, TODAY) is SUPPLIED
    assert rule_for(rules_in_use([everywhere], [SUPPLIED]), "SE", REFLECTION, TODAY) is everywhere


def test_a_table_that_is_written_is_read_again_the_same() -> None:
    months = DeadlineRule("NL", DeadlineKind.APPEAL, None, 3, "law", None, at_least=True, is_own=True)
    written = json.loads(json.dumps(rows_of_rules([OWN, months])))
    assert rules_from_rows(written, is_own=True) == (OWN, months)
