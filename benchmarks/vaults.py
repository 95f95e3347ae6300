"""Vaults of invented people for measuring: made once by the demo generator and kept until the format changes."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

import aftercare
from aftercare.domain.codes import NoteKind
from aftercare.records.notes import Note
from aftercare.records.people import Case, Survivor
from aftercare.services.opening import OpenOffice, open_office
from aftercare.services.training import TrainingOrder, make_training_office
from aftercare.services.work import Work, about
from aftercare.vault import CHEAP_KDF
from benchmarks.conditions import CLOCK, LOGIN, NOW, PASSPHRASE, Conditions

SEED = 7
BUSY_PERSON = "S-0002"
BUSY_NOTES = 5_000
_UNFINISHED = ".making"
_SOURCES = (
    "domain/codes",
    "domain/demo",
    "domain/folding.py",
    "records",
    "services/training.py",
    "vault/migrations",
    "vault/search_index.py",
)


def format_stamp() -> str:
    """A digest of all that decides what a made vault holds."""
    root = Path(aftercare.__file__).parent
    digest = hashlib.sha256()
    for source in _SOURCES:
        place = root / source
        for path in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            digest.update(path.read_bytes())
    digest.update(f"{SEED} {BUSY_PERSON} {BUSY_NOTES}".encode())
    return digest.hexdigest()[:12]


def made_vault(conditions: Conditions, people: int | None = None) -> Path:
    """The folder of a vault with so many people; made now unless one of this format is kept."""
    people = people or conditions.people
    folder = conditions.folder / "vaults" / f"{people}-{format_stamp()}"
    made = [found for found in folder.parent.glob(f"{people}-*") if found.suffix != _UNFINISHED]
    kept = sorted(made, key=lambda found: found.stat().st_mtime) if conditions.as_kept else []
    if kept:
        return kept[-1]
    if not folder.exists():
        _forget_older(folder)
        unfinished = folder.with_suffix(_UNFINISHED)
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.parent.mkdir(parents=True, exist_ok=True)
        order = TrainingOrder(people, SEED, LOGIN)
        office, _code = make_training_office(
            unfinished, order, PASSPHRASE, clock=CLOCK, kdf=CHEAP_KDF, progress=_tell_progress
        )
        with office:
            office.desk.do(_write_busy_notes)
        os.replace(unfinished, folder)
    return folder


def _forget_older(folder: Path) -> None:
    """Vaults of an older format and the same number of people are of no use any more, and large."""
    for older in folder.parent.glob(f"{folder.name.split('-')[0]}-*"):
        shutil.rmtree(older)


def _tell_progress(done: int, total: int) -> None:
    if done % 500 == 0 or done == total:
        print(f"  making a vault: {done} of {total} people", file=sys.stderr, flush=True)


def _write_busy_notes(work: Work) -> None:
    """Give one person thousands of notes, as after ten years of daily visits (fewer in a vault of few people)."""
    case = work.session.scalars(
        select(Case).join(Survivor, Survivor.id == Case.survivor_id).where(Survivor.case_code == BUSY_PERSON)
    ).first()
    assert case is not None
    kinds = list(NoteKind)
    people = work.session.scalar(select(func.count()).select_from(Survivor)) or 0
    for at in range(min(BUSY_NOTES, people * 10)):
        words = f"She came at {at % 12 + 7} and spoke about the room, the course and her daughter. Visit {at}."
        day = NOW.date().replace(year=2016 + at % 10, month=at % 12 + 1, day=at % 28 + 1)
        work.add(Note(**about(case), kind=kinds[at % len(kinds)], on=day, words=words))


@contextmanager
def opened(folder: Path) -> Iterator[OpenOffice]:
    """The office on a made vault."""
    with open_office(folder, LOGIN, PASSPHRASE, clock=CLOCK) as office:
        yield office


@contextmanager
def bare(office: OpenOffice) -> Iterator[Any]:
    """The driver's own connection, for limits: nothing of SQLAlchemy or of the services is between."""
    connection = office.vault.engine.raw_connection()
    try:
        yield connection.driver_connection
    finally:
        connection.close()


def person_called(office: OpenOffice, case_code: str) -> tuple[UUID, UUID]:
    """The survivor and the case behind a code."""
    with office.vault.engine.connect() as connection:
        found = connection.execute(
            select(Survivor.id, Case.id)
            .join(Case, Case.survivor_id == Survivor.id)
            .where(Survivor.case_code == case_code)
        ).first()
    assert found is not None
    return found[0], found[1]
