"""The organisation's own rules about deadlines, kept with its settings: they stand over what the program brings."""

from __future__ import annotations

from dataclasses import replace

from aftercare.domain.deadlines import ANYWHERE, LONGEST, DeadlineRule
from aftercare.domain.drafts.checks import required
from aftercare.domain.drafts.diary import DeadlineRuleDraft
from aftercare.domain.errors import ChangedMeanwhile, DraftProblems, FieldProblem
from aftercare.domain.permissions import Permission
from aftercare.services.deciding import COUNTRY, change_settings
from aftercare.services.office import OfficeSettings, office_settings
from aftercare.services.work import Work, needs

_SOURCE_MOST = 300


@needs(Permission.SET_POLICY)
def save_deadline_rule(work: Work, draft: DeadlineRuleDraft, instead_of: DeadlineRule | None = None) -> OfficeSettings:
    """Add a rule of the organisation's own, or change one; one that comes with the program is covered by it.

    DraftProblems; ChangedMeanwhile where the own rule that it takes the place of is gone.
    """
    rule = _checked(draft)
    settings, others = _without(work, instead_of)
    if rule.place in [other.place for other in others]:
        raise FieldProblem("valid_from", "rule_taken")
    return change_settings(work, replace(settings, deadline_rules=(*others, rule)))


@needs(Permission.SET_POLICY)
def remove_deadline_rule(work: Work, rule: DeadlineRule) -> OfficeSettings:
    """Take away one of the organisation's own; what it covered holds again. ChangedMeanwhile where it is gone."""
    settings, others = _without(work, rule)
    return change_settings(work, replace(settings, deadline_rules=others))


def _without(work: Work, rule: DeadlineRule | None) -> tuple[OfficeSettings, tuple[DeadlineRule, ...]]:
    settings = office_settings(work)
    own = settings.deadline_rules
    if rule is None or not rule.is_own:
        return settings, own
    if rule not in own:
        raise ChangedMeanwhile("setting")
    return settings, tuple(other for other in own if other != rule)


def _checked(draft: DeadlineRuleDraft) -> DeadlineRule:
    wrong = required(draft, "kind", "source")
    length = draft.days if draft.months is None else draft.months
    if (draft.days is None) == (draft.months is None) or not 1 <= (length or 0) <= LONGEST:
        wrong.append(FieldProblem("length", "out_of_range"))
    if draft.country and COUNTRY.fullmatch(draft.country) is None:
        wrong.append(FieldProblem("country", "unknown_country", draft.country))
    if len(draft.source.strip()) > _SOURCE_MOST:
        wrong.append(FieldProblem("source", "too_long"))
    if draft.kind is None or wrong:
        raise DraftProblems(tuple(wrong))
    return DeadlineRule(
        country=draft.country or ANYWHERE,
        kind=draft.kind,
        days=draft.days,
        months=draft.months,
        source=draft.source.strip(),
        valid_from=draft.valid_from,
        at_least=draft.at_least,
        is_own=True,
    )
