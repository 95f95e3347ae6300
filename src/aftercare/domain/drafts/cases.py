"""Drafts of a case: risk, referral, and who works on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from aftercare.domain.codes import ReferralSource, RiskLevel


@dataclass(frozen=True, slots=True)
class CaseDraft:
    """`worker_ids` in order, the leading one first; `version` is the case's when the form was filled.

    `team_id` has no default: a case that is of no team is everybody's, and that is never decided by leaving it out.
    """

    risk: RiskLevel | None = None
    risk_reason: str = ""
    risk_review_on: date | None = None
    referral_source: ReferralSource | None = None
    referral_words: str = ""
    referred_on: date | None = None
    opened_on: date | None = None
    worker_ids: tuple[UUID, ...] = ()
    team_id: UUID | None = field(kw_only=True)
    version: int | None = None
