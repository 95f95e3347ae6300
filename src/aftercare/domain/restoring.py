"""Which earlier values may be put back by themselves, and which only a request of their own may change.

A field that a rule stands behind (stages, states, ladders, versions, numbers) is not set to what it was: its service
asks what the rule asks. Words that were locked are answered by addenda, never by another text.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aftercare.domain.errors import FieldProblem

_KINDS_KEPT = frozenset(
    {
        "addendum",
        "assessment",
        "case_worker",
        "issued_report",
        "ladder_move",
        "ladder_stop",
        "note",
        "plan_version",
        "reunification",
        "safe_job_check",
        "safety_check",
        "staff",
        "stage_change",
    }
)
_FIELDS_KEPT = frozenset(
    {"case_code", "closed_on", "closure_reason", "employment", "number", "position", "stage", "state", "step_ids"}
)
_KEPT_OF_KIND: dict[str, frozenset[str]] = {
    # what an appointment is about decides who may read it
    "appointment": frozenset({"area", "kind", "restricted"}),
    # they belong to the state of the step
    "step": frozenset({"barrier", "barrier_words", "done_on"}),
    "survivor": frozenset({"age_stated_on"}),
}
_ALONG: dict[tuple[str, str], frozenset[str]] = {
    ("survivor", "age_least"): frozenset({"age_stated_on"}),
    ("survivor", "age_most"): frozenset({"age_stated_on"}),
    ("survivor_case", "risk"): frozenset({"risk_reason", "risk_review_on"}),
}
_IN_ORDER = (
    ("since", "until"),
    ("since", "move_on_by"),
    ("starts_on", "ends_on"),
    ("starts_on", "settled_on"),
    ("age_least", "age_most"),
)


def may_be_restored(kind: str, field: str) -> bool:
    """Whether an earlier value of this field may be put back."""
    is_kept = field in _FIELDS_KEPT or field in _KEPT_OF_KIND.get(kind, ())
    return kind not in _KINDS_KEPT and not is_kept and not field.endswith("_id")


def goes_along(kind: str, field: str) -> frozenset[str]:
    """What means nothing without this field: it goes back together with it, where both were changed at once."""
    return _ALONG.get((kind, field), frozenset())


def may_come_back(kind: str) -> bool:
    """Whether a record of this kind that was removed may be put back as it was."""
    return kind not in _KINDS_KEPT


def faults_with(kind: str, field: str, values: Mapping[str, Any]) -> list[FieldProblem]:
    """Why an earlier value of this field does not go with what stands beside it now; the forms ask the same."""
    wrong = []
    for begins, ends in _IN_ORDER:
        first, last = values.get(begins), values.get(ends)
        if field in (begins, ends) and first is not None and last is not None and last < first:
            wrong.append(FieldProblem(ends, "ends_before_it_begins"))
    if kind == "attendance" and field in ("held", "attended") and values["attended"] > values["held"]:
        wrong.append(FieldProblem("attended", "more_attended_than_held"))
    if kind == "job" and field in ("employer", "role") and not (values["employer"] or values["role"]):
        wrong.append(FieldProblem("employer", "required"))
    return wrong
