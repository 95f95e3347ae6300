"""How long a reflection period and other periods last by the rules of a country.

The rules are a table (`resources/rules/deadlines.json`) and what the organisation adds to it: laws change, so every
rule carries its source and the day from which it holds. They only suggest a day; nothing here replaces a look into the
law.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta

from aftercare.domain.codes import DeadlineKind
from aftercare.domain.errors import FieldProblem

FIELD = "deadline_rules"
ANYWHERE = "*"
LONGEST = 3660
"""Days or months."""


@dataclass(frozen=True, slots=True)
class DeadlineRule:
    """How long something lasts in a country (ISO 3166-1 alpha-2, or `*`): days or months, since when, says who.

    `at_least` marks a minimum that a country may exceed; `valid_from` is None where the source names no day. One of the
    organisation's own goes before what comes with the program.
    """

    country: str
    kind: DeadlineKind
    days: int | None
    months: int | None
    source: str
    valid_from: date | None = None
    at_least: bool = False
    is_own: bool = False

    @property
    def place(self) -> tuple[str, DeadlineKind, date]:
        """Its place in a table: no two of one table are for the same country, kind and day."""
        return self.country, self.kind, self.valid_from or date.min

    def ends_on(self, starts_on: date) -> date:
        """The last day of what began on a day."""
        return starts_on + relativedelta(days=self.days or 0, months=self.months or 0) - timedelta(days=1)


def rules_from_json(text: str) -> tuple[DeadlineRule, ...]:
    """Read a rule table; FieldProblem where a rule is not whole."""
    try:
        rows = json.loads(text)["rules"]
    except (ValueError, KeyError, TypeError) as wrong:
        raise FieldProblem(FIELD, "not_a_rule_table") from wrong
    return rules_from_rows(rows)


def rules_from_rows(rows: Iterable[Mapping[str, Any]], *, is_own: bool = False) -> tuple[DeadlineRule, ...]:
    """The rules of a table as it is written; FieldProblem where one is not whole."""
    try:
        return tuple(_rule(row, is_own) for row in rows)
    except (ValueError, KeyError, TypeError, AttributeError) as wrong:
        raise FieldProblem(FIELD, "not_a_rule_table") from wrong


def rows_of_rules(rules: Iterable[DeadlineRule]) -> list[dict[str, Any]]:
    """The same table again as it is written: texts, numbers and truth only."""
    return [
        {
            "country": rule.country,
            "kind": rule.kind.value,
            "days": rule.days,
            "months": rule.months,
            "source": rule.source,
            "valid_from": rule.valid_from.isoformat() if rule.valid_from else None,
            "at_least": rule.at_least,
        }
        for rule in rules
    ]


def _rule(row: Mapping[str, Any], is_own: bool) -> DeadlineRule:
    days, months, valid_from = row.get("days"), row.get("months"), row.get("valid_from")
    if (days is None) == (months is None):
        raise ValueError("a rule has days or months")
    length = days if days is not None else months
    if type(length) is not int or not 1 <= length <= LONGEST or not str(row["source"]).strip():
        raise ValueError("a rule has a length and a source")
    return DeadlineRule(
        country=str(row["country"]),
        kind=DeadlineKind(row["kind"]),
        days=days,
        months=months,
        source=str(row["source"]),
        valid_from=date.fromisoformat(valid_from) if valid_from else None,
        at_least=row.get("at_least") is True,
        is_own=is_own,
    )


def rules_in_use(own: Iterable[DeadlineRule], supplied: Iterable[DeadlineRule]) -> tuple[DeadlineRule, ...]:
    """Both tables as one, by country and kind; without what a rule of the organisation's own replaces for good."""
    mine = tuple(own)
    kept = [rule for rule in supplied if not any(_replaces(one, rule) for one in mine)]
    return tuple(sorted((*mine, *kept), key=lambda rule: (*rule.place, not rule.is_own)))


def _replaces(own: DeadlineRule, supplied: DeadlineRule) -> bool:
    return own.place[:2] == supplied.place[:2] and own.place[2] <= supplied.place[2]


def rule_for(rules: Iterable[DeadlineRule], country: str, kind: DeadlineKind, on: date) -> DeadlineRule | None:
    """The rule of the country that held on a day, else the one for anywhere, else None.

    Of several the organisation's own, and of these the latest.
    """
    fitting = [
        rule
        for rule in rules
        if rule.kind is kind
        and rule.country in (country, ANYWHERE)
        and (rule.valid_from is None or rule.valid_from <= on)
    ]
    return max(
        fitting,
        key=lambda rule: (rule.country != ANYWHERE, rule.is_own, rule.valid_from or date.min),
        default=None,
    )


def suggested_end(
    rules: Iterable[DeadlineRule], country: str, kind: DeadlineKind, starts_on: date
) -> tuple[date, DeadlineRule] | None:
    """The last day by the rules, with the rule that says so; None where no rule is known."""
    rule = rule_for(rules, country, kind, starts_on)
    return None if rule is None else (rule.ends_on(starts_on), rule)
