"""Rules about deadlines of the organisation's own: over what the program brings, changed by whoever sets the policy."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from aftercare.domain.codes import DeadlineKind
from aftercare.domain.deadlines import DeadlineRule
from aftercare.domain.drafts.diary import DeadlineRuleDraft
from aftercare.domain.errors import ChangedMeanwhile, DraftProblems, FieldProblem, NotAllowed
from aftercare.domain.permissions import Role
from aftercare.domain.rows.log import LogFilter
from aftercare.services.deadline_rules import remove_deadline_rule, save_deadline_rule
from aftercare.services.deadlines import deadline_rules, suggest_end
from aftercare.services.deciding import decide
from aftercare.services.desk import Desk
from aftercare.services.log import see_log
from aftercare.services.office import show_settings
from makers import a_colleague

REFLECTION = DeadlineKind.REFLECTION_PERIOD
BELGIUM = DeadlineRuleDraft("BE", REFLECTION, days=60, source="Our lawyer")
TODAY = date(2026, 11, 23)


def own(desk: Desk) -> tuple[DeadlineRule, ...]:
    return desk.ask(show_settings).deadline_rules


def end_in_belgium(desk: Desk) -> date | None:
    found = suggest_end(replace(desk.ask(show_settings), country="BE"), REFLECTION, TODAY)
    return found[0] if found is not None else None


def test_a_rule_of_ones_own_is_what_forms_suggest_until_it_is_taken_away(desk: Desk) -> None:
    supplied = end_in_belgium(desk)
    desk.do(save_deadline_rule, BELGIUM)
    assert end_in_belgium(desk) == date(2027, 1, 21)
    assert [rule.source for rule in deadline_rules(desk.ask(show_settings)) if rule.country == "BE"] == ["Our lawyer"]
    desk.do(remove_deadline_rule, own(desk)[0])
    assert end_in_belgium(desk) == supplied
    assert own(desk) == ()


def test_changing_a_supplied_rule_covers_it_and_changing_ones_own_replaces_it(desk: Desk) -> None:
    supplied = next(rule for rule in deadline_rules(desk.ask(show_settings)) if rule.country == "BE")
    desk.do(save_deadline_rule, BELGIUM, supplied)
    mine = own(desk)[0]
    desk.do(save_deadline_rule, replace(BELGIUM, days=None, months=2, at_least=True), mine)
    assert [(rule.days, rule.months, rule.at_least) for rule in own(desk)] == [(None, 2, True)]


def test_other_settings_that_are_saved_leave_the_rules_as_they_are(desk: Desk) -> None:
    desk.do(save_deadline_rule, BELGIUM)
    desk.do(decide, {"review_days": 45})
    assert [rule.source for rule in own(desk)] == ["Our lawyer"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": None}, "kind"),
        ({"source": "  "}, "source"),
        ({"source": "x" * 301}, "source"),
        ({"days": None}, "length"),
        ({"days": 0}, "length"),
        ({"months": 2}, "length"),
        ({"country": "Atlantis"}, "country"),
    ],
)
def test_what_no_rule_can_be_is_told_by_its_field(desk: Desk, change: dict[str, Any], field: str) -> None:
    with pytest.raises(DraftProblems) as told:
        desk.do(save_deadline_rule, replace(BELGIUM, **change))
    assert [problem.field for problem in told.value.problems] == [field]
    assert own(desk) == ()


def test_two_rules_for_the_same_country_and_day_are_refused(desk: Desk) -> None:
    desk.do(save_deadline_rule, BELGIUM)
    with pytest.raises(FieldProblem) as told:
        desk.do(save_deadline_rule, replace(BELGIUM, days=90))
    assert (told.value.field, told.value.reason) == ("valid_from", "rule_taken")
    desk.do(save_deadline_rule, replace(BELGIUM, days=90, valid_from=date(2027, 1, 1)))
    assert [rule.days for rule in own(desk)] == [60, 90]


def test_a_rule_that_somebody_changed_meanwhile_is_not_changed_back(desk: Desk) -> None:
    desk.do(save_deadline_rule, BELGIUM)
    seen = own(desk)[0]
    desk.do(save_deadline_rule, replace(BELGIUM, days=61), seen)
    with pytest.raises(ChangedMeanwhile):
        desk.do(save_deadline_rule, BELGIUM, seen)
    with pytest.raises(ChangedMeanwhile):
        desk.do(remove_deadline_rule, seen)
    assert [rule.days for rule in own(desk)] == [61]


def test_who_does_not_set_the_policy_changes_no_rule_and_each_change_is_in_the_log(desk: Desk) -> None:
    worker = Desk(desk.engine, desk.audit, a_colleague(desk, Role.CASE_WORKER), desk.clock)
    with pytest.raises(NotAllowed):
        worker.do(save_deadline_rule, BELGIUM)
    desk.do(save_deadline_rule, BELGIUM)
    assert "change_settings" in [entry.action for entry in desk.ask(see_log, LogFilter()).rows]
