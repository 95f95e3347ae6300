"""The list of survivors as it stands, one line a person, kept by the database itself (vault/caseload.py).

What the list is sorted and filtered by lies together here with an index for each order, so that a page is read in its
order from the first row on, however many people there are.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Index, or_
from sqlalchemy.orm import Mapped, mapped_column

from aftercare.domain import codes
from aftercare.records.base import Base, Concerning

NEVER, NO_DAY = date.max, date.min
"""In place of a review that is not planned and of a note that was not written: sorted behind and before every day."""


class CaseloadEntry(Concerning, Base):
    """A person's latest case. It is no `Record`: nothing is said here that is not said elsewhere."""

    __tablename__ = "caseload_entry"
    __table_args__ = (
        Index("ix_caseload_entry_case_id", "case_id"),
        # who is in sight (services/sight.py): of one person, and of all to be counted
        Index("ix_caseload_entry_team_of", "survivor_id", "team_id"),
        Index("ix_caseload_entry_by_team", "is_open", "team_id", "survivor_id"),
        *(
            Index(f"ix_caseload_entry_by_{order}", "is_open", *dict.fromkeys((order, "number")))
            for order in ("number", "stage_place", "risk_place", "opened_on", "review_on", "last_note_on")
        ),
    )

    survivor_id: Mapped[UUID] = mapped_column(primary_key=True)
    case_id: Mapped[UUID]
    number: Mapped[int]
    is_open: Mapped[bool]
    stage: Mapped[codes.Stage]
    stage_place: Mapped[int]
    risk: Mapped[codes.RiskLevel | None] = mapped_column(default=None)
    risk_place: Mapped[int]
    opened_on: Mapped[date]
    review_on: Mapped[date]
    last_note_on: Mapped[date]
    team_id: Mapped[UUID | None] = mapped_column(default=None)

    @classmethod
    def is_of_teams(cls, teams: Any, _latest: Any) -> ColumnElement[bool]:
        """The line says it itself: lists and counts look nowhere else."""
        return or_(cls.team_id.is_(None), cls.team_id.in_(teams))
