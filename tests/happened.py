"""What the timeline of a case tells, for tests that ask what came of a deed."""

from __future__ import annotations

from uuid import UUID

from aftercare.domain.codes import Stage
from aftercare.domain.rows.standing import FactEvent
from aftercare.services.desk import Desk
from aftercare.services.overview import open_overview


def facts_of(desk: Desk, case_id: UUID, lines: int = 30) -> list[FactEvent]:
    """Moves, appointments kept, contacts, the ladder: of the latest so many lines, the latest first."""
    return [row.fact for row in desk.ask(open_overview, case_id, lines).happenings if row.fact is not None]


def stages_of(desk: Desk, case_id: UUID) -> list[tuple[Stage, str]]:
    """How the case came to its stage and what was said about it, the latest move first."""
    return [(row.stage, row.words) for row in desk.ask(open_overview, case_id).happenings if row.stage is not None]
