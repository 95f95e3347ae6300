"""The training vault: invented people (domain.demo) written in bulk into a new vault, whole or not at all.

One request stands for the seeding, with one line in the log; the histories of single records begin with what is done
later. A batch of people is one transaction: memory stays the same for ten people and ten thousand.
"""

from __future__ import annotations

import dataclasses
import random
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import MISSING, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import Connection, insert

from aftercare.domain.clock import Clock
from aftercare.domain.demo import Told, TrainingStaff, tell_person, training_staff
from aftercare.domain.demo.office import FIRST_LOGIN
from aftercare.domain.folding import index_text
from aftercare.domain.ids import uuid7
from aftercare.records.base import Record
from aftercare.records.office import Request, SearchEntry, Setting
from aftercare.services.opening import OpenOffice, desk_of
from aftercare.services.undo import KINDS

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
        _write(connection, (_staff_record(one, first.id) for one in staff))
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
            _write(
                connection,
                (told for number in numbers for told in tell_person(number, order.seed, now, today, tuple(staff))),
            )
        progress(numbers[-1], order.survivors)
    request_id = uuid7(now, rng.getrandbits)
    with vault.engine.begin() as connection:
        connection.execute(
            insert(Request),
            [{"id": request_id, "at": now, "actor_id": first.id, "name": "seed_training", "released": True}],
        )
        vault.audit.append(connection, now, first.id, "seed_training", "survivor", None, f"people={order.survivors}")
        optimise_search_index(connection)


def _staff_record(one: TrainingStaff, first: UUID) -> Told:
    joined = datetime.fromtimestamp((one.id.int >> 80) / 1000, UTC)  # the moment in a key of version 7
    values = {
        "login_name": one.login_name,
        "display_name": one.display_name,
        "roles": [role.value for role in one.roles],
    }
    return Told("staff", {"id": one.id, "created_at": joined, "created_by": first, **values})


# --- in bulk ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Shape:
    """How a kind of record is inserted: every column's default, and how the search finds it."""

    defaults: dict[str, Any]
    lists: tuple[str, ...]
    kind: type[Record]


def _shape(kind: type[Record]) -> _Shape:
    """Columns that a story leaves out get what the record's own constructor would give them."""
    defaults: dict[str, Any] = {}
    for column in kind.__table__.columns:
        defaults[column.key] = column.default.arg if column.default is not None and column.default.is_scalar else None
    factories = [entry for entry in dataclasses.fields(kind) if entry.default_factory is not MISSING]
    return _Shape(defaults, tuple(entry.name for entry in factories), kind)


class _Seen:
    """The values of a record, read as its methods read them: an object for each of a million notes costs too much."""

    def __init__(self, kind: type[Record], values: dict[str, Any]) -> None:
        self._kind = kind
        self._values = values

    def __getattr__(self, name: str) -> Any:
        if name in self._values:
            return self._values[name]
        return getattr(self._kind, name).fget(self)


def _write(connection: Connection, facts: Iterable[Told]) -> None:
    """Insert facts table by table, with the words by which the search finds them."""
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for fact in facts:
        rows[fact.kind].append(fact.values)
    entries: list[dict[str, Any]] = []
    for kind, told in rows.items():
        shape = _shape(KINDS[kind])
        defaults, lists = shape.defaults, shape.lists
        full = [{**defaults, **{name: [] for name in lists}, **values} for values in told]
        connection.execute(insert(shape.kind), full)
        if shape.kind.search_kind is not None:
            entries += [_search_entry(shape.kind, values) for values in full]
    if entries:
        connection.execute(insert(SearchEntry), entries)


def _search_entry(kind: type[Record], values: dict[str, Any]) -> dict[str, Any]:
    words = kind.search_words(_Seen(kind, values))  # type: ignore[arg-type]
    return {
        "kind": kind.search_kind,
        "object_id": values["id"],
        "survivor_id": values.get("survivor_id") or values["id"],
        "restricted": bool(values.get("restricted", False)),
        "text": index_text(words),
    }
