"""The training vault: invented people (domain.demo) written in bulk into a new vault, whole or not at all.

One request stands for the seeding, with one line in the log; the histories of single records begin with what is done
later. A batch of people is one transaction: memory stays the same for ten people and ten thousand.
"""

from __future__ import annotations

import dataclasses
import random
import shutil
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import insert

from aftercare.domain.clock import Clock
from aftercare.domain.demo.office import FIRST_LOGIN, TrainingStaff, training_staff
from aftercare.domain.demo.person import tell_person
from aftercare.domain.ids import uuid7
from aftercare.records.office import Request, Setting
from aftercare.services.bulk import insert_rows
from aftercare.services.opening import OpenOffice, desk_of

if TYPE_CHECKING:
    from aftercare.vault import KdfParameters, OpenVault, RecoveryCode

PEOPLE_A_BATCH = 100
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class TrainingOrder:
    """How many invented people, drawn from which seed, and the name under which the first worker signs in."""

    survivors: int = 24
    seed: int = 7
    login_name: str = FIRST_LOGIN


def no_progress(_done: int, _total: int) -> None:
    """For whoever does not watch."""


def make_training_office(
    folder: Path,
    order: TrainingOrder,
    passphrase: str,
    *,
    clock: Clock,
    kdf: KdfParameters | None = None,
    progress: Progress = no_progress,
) -> tuple[OpenOffice, RecoveryCode]:
    """A new vault of invented people, opened by its first worker, and its recovery code.

    `progress` hears of people done and may raise to stop: then the folder is left as it was found.
    """
    from aftercare.vault import NewAccount, create_vault

    rng = random.Random(f"{order.seed}/office")  # noqa: S311  # chance of stories, not of keys
    staff = training_staff(order.survivors, rng, clock.now())
    first = dataclasses.replace(staff[0], login_name=order.login_name)
    staff = (first, *staff[1:])
    account = NewAccount(first.id, first.login_name, (first.display_name,))
    was_there = folder.exists()
    try:
        vault, code = create_vault(
            folder,
            account,
            passphrase,
            clock=clock,
            kdf=kdf,
            training=True,
            first_records=lambda vault: seed_records(vault, order, staff, clock, rng, progress),
        )
    except BaseException:
        _tidy(folder, was_there)
        raise
    return OpenOffice(vault, desk_of(vault, clock)), code


def _tidy(folder: Path, was_there: bool) -> None:
    """Take away what an interrupted making left; never anything of a vault that stands."""
    from aftercare.vault.files import Layout

    layout = Layout(folder)
    if any(header.exists() for header in layout.headers):
        return
    if layout.making.exists():
        shutil.rmtree(layout.making, ignore_errors=True)
        layout.lock.unlink(missing_ok=True)
    if not was_there and folder.exists() and not any(folder.iterdir()):
        folder.rmdir()


def seed_records(
    vault: OpenVault,
    order: TrainingOrder,
    staff: Sequence[TrainingStaff],
    clock: Clock,
    rng: random.Random,
    progress: Progress,
) -> None:
    """Write staff, people and their histories, batch by batch; then the request and the line in the log."""
    from aftercare.vault.search_index import optimise_search_index

    now, today, first = clock.now(), clock.today(), staff[0]
    with vault.engine.begin() as connection:
        insert_rows(connection, {"staff": [_staff_record(one, first.id) for one in staff]})
        connection.execute(
            insert(Setting),
            [
                {"name": "last_number.survivor", "value": {"number": order.survivors}},
                {"name": "office", "value": {"organisation": "Training shelter"}},
            ],
        )
    for begin in range(1, order.survivors + 1, PEOPLE_A_BATCH):
        numbers = range(begin, min(begin + PEOPLE_A_BATCH, order.survivors + 1))
        with vault.engine.begin() as connection:
            insert_rows(connection, _rows(numbers, order.seed, now, today, tuple(staff)))
        progress(numbers[-1], order.survivors)
    request_id = uuid7(now, rng.getrandbits)
    with vault.engine.begin() as connection:
        connection.execute(
            insert(Request),
            [{"id": request_id, "at": now, "actor_id": first.id, "name": "seed_training", "released": True}],
        )
        vault.audit.append(connection, now, first.id, "seed_training", "survivor", None, f"people={order.survivors}")
        optimise_search_index(connection)


def _rows(
    numbers: range, seed: int, now: datetime, today: date, staff: tuple[TrainingStaff, ...]
) -> dict[str, list[dict[str, Any]]]:
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for number in numbers:
        for told in tell_person(number, seed, now, today, staff):
            rows[told.kind].append(told.values)
    return rows


def _staff_record(one: TrainingStaff, first: UUID) -> dict[str, Any]:
    return {
        "id": one.id,
        "created_at": datetime.fromtimestamp((one.id.int >> 80) / 1000, UTC),  # the moment in a key of version 7
        "created_by": first,
        "login_name": one.login_name,
        "display_name": one.display_name,
        "roles": [role.value for role in one.roles],
    }
