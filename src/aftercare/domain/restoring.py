"""Which earlier values may be put back by themselves, and which only a request of their own may change.

A field that a rule stands behind (stages, states, ladders, versions, numbers) is not set to what it was: its service
asks what the rule asks. Words that were locked are answered by addenda, never by another text.
"""

from __future__ import annotations

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


def may_be_restored(kind: str, field: str) -> bool:
    """Whether an earlier value of this field may be put back."""
    return kind not in _KINDS_KEPT and field not in _FIELDS_KEPT and not field.endswith("_id")


def may_come_back(kind: str) -> bool:
    """Whether a record of this kind that was removed may be put back as it was."""
    return kind not in _KINDS_KEPT
