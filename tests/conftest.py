"""A desk in a fresh encrypted vault for each test: made once, copied for each."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from aftercare.domain.clock import stopped_at
from aftercare.domain.permissions import Role
from aftercare.records.base import Base
from aftercare.records.people import Staff
from aftercare.services.desk import Desk
from aftercare.services.work import Actor
from aftercare.vault.engine import make_engine
from aftercare.vault.search_index import make_search_index

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DIGITS = "5a" * 48
WORKER = Actor(
    UUID("01930000-0000-7000-8000-000000000001"),
    "A. Rahman",
    frozenset({Role.ADMINISTRATOR, Role.MANAGER, Role.CASE_WORKER}),
)


class Ledger(list[tuple[str, str, UUID | None, str]]):
    """Stands for the chain of the vault: remembers (action, kind, object, reason)."""

    def append(  # type: ignore[override]
        self,
        transaction: Session,
        utc: datetime,
        actor: UUID | None,
        action: str,
        kind: str = "",
        object_id: UUID | None = None,
        reason: str = "",
    ) -> int:
        super().append((action, kind, object_id, reason))
        return len(self)


@pytest.fixture(scope="session")
def _template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "records.db"
    engine = make_engine(path, DIGITS, on_disk_full=lambda: None, creating=True)
    with engine.begin() as connection:
        Base.metadata.create_all(connection)
        make_search_index(connection)
    with Session(engine) as session, session.begin():
        session.add(
            Staff(
                id=WORKER.id,
                created_at=NOW,
                created_by=WORKER.id,
                login_name="rahman",
                display_name=WORKER.name,
                roles=sorted(WORKER.roles),
            )
        )
    engine.dispose()
    return path


@pytest.fixture
def ledger() -> Ledger:
    return Ledger()


@pytest.fixture
def desk(_template: Path, tmp_path: Path, ledger: Ledger) -> Iterator[Desk]:
    """Monday 23 November 2026, 09:00 UTC; A. Rahman works, with every role that a small shelter needs."""
    path = tmp_path / "records.db"
    shutil.copy(_template, path)
    engine = make_engine(path, DIGITS, on_disk_full=lambda: None)
    yield Desk(engine, ledger, WORKER, stopped_at(NOW))
    engine.dispose()
