"""How long a reflection period and other periods last by the rules of a country.

The rules are a table (`resources/rules/deadlines.json`): laws change, so every rule carries its source and the day from
which it holds. They only suggest a day; nothing here replaces a look into the law.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta

from aftercare.domain.codes import DeadlineKind
from aftercare.domain.errors import FieldProblem

FIELD = "deadline_rules"
ANYWHERE = "*"


@dataclass(frozen=True, slots=True)
class DeadlineRule:
    """How long something lasts in a country (ISO 3166-1 alpha-2, or `*`): days or months, since when, says who.

    `at_least` marks a minimum that a country may exceed; `valid_from` is None where the source names no day.
    """

    country: str
    kind: DeadlineKind
    days: int | None
    months: int | None
    source: str
    valid_from: date | None = None
    at_least: bool = False

    def ends_on(self, starts_on: date) -> date:
        """The last day of what began on a day."""
        return starts_on + relativedelta(days=self.days or 0, months=self.months or 0) - timedelta(days=1)


def rules_from_json(text: str) -> tuple[DeadlineRule, ...]:
    """Read a rule table; FieldProblem where a rule is not whole."""
    try:
        rows = json.loads(text)["rules"]
        return tuple(_rule(row) for row in rows)
    except (ValueError, KeyError, TypeError, AttributeError) as wrong:
        raise FieldProblem(FIELD, "not_a_rule_table") from wrong


def _rule(row: dict[str, Any]) -> DeadlineRule:
    days, months, valid_from = row.get("days"), row.get("months"), row.get("valid_from")
    if (days is None) == (months is None):
        raise ValueError("a rule has days or months")
    length = days if days is not None else months
    if type(length) is not int or not 1 <= length <= 3660 or not str(row["source"]).strip():
        raise ValueError("a rule has a length and a source")
    return DeadlineRule(
        country=str(row["country"]),
        kind=DeadlineKind(row["kind"]),
        days=days,
        months=months,
        source=str(row["source"]),
        valid_from=date.fromisoformat(valid_from) if valid_from else None,
        at_least=row.get("at_least") is True,
    )


def rule_for(rules: Iterable[DeadlineRule], country: str, kind: DeadlineKind, on: date) -> DeadlineRule | None:
    """The rule of the country that held on a day, the latest of several; else the one for anywhere; else None."""
    fitting = [
        rule
        for rule in rules
        if rule.kind is kind
        and rule.country in (country, ANYWHERE)
        and (rule.valid_from is None or rule.valid_from <= on)
    ]
    return max(
        fitting,
        key=lambda rule: (rule.country != ANYWHERE, rule.valid_from or date.min),
        default=None,
    )


def suggested_end(
    rules: Iterable[DeadlineRule], country: str, kind: DeadlineKind, starts_on: date
) -> tuple[date, DeadlineRule] | None:
    """The last day by the rules, with the rule that says so; None where no rule is known."""
    rule = rule_for(rules, country, kind, starts_on)
    return None if rule is None else (rule.ends_on(starts_on), rule)
