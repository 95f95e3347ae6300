"""Importing a caseload as shelters keep it in spreadsheets: 21,000 rows, all or nothing."""

from __future__ import annotations

import csv
import random
import tempfile
from datetime import date, timedelta
from pathlib import Path

from aftercare.domain.importing import Alike, ImportMapping
from aftercare.services.importing import import_people as take_over
from aftercare.services.opening import FirstPerson, create_office
from aftercare.vault import CHEAP_KDF
from benchmarks.conditions import CLOCK, NOW, PASSPHRASE, Conditions
from benchmarks.measuring import Measured, seconds

_ROWS = 21_000
_GIVEN = ("Amara", "Selam", "Ivana", "Noor", "Lwin", "Marisol", "Thida", "Blessing", "Daria", "Hana")
_FAMILY = ("Okoro", "Tesfaye", "Petrova", "Rahmani", "Htun", "Reyes", "Sok", "Adeyemi", "Kovac", "Girma")


def _write(file: Path, rows: int) -> None:
    """An invented caseload with the columns that every shelter has."""
    chance = random.Random(21)
    with file.open("w", encoding="utf-8", newline="") as made:
        table = csv.writer(made)
        table.writerow(["Given name", "Family name", "Date of birth", "Phone", "Opened on"])
        for row in range(rows):
            born = date(1975, 1, 1) + timedelta(days=chance.randrange(11_000))
            opened = NOW.date() - timedelta(days=chance.randrange(900))
            name = (f"{chance.choice(_GIVEN)}{chr(97 + row % 26)}{chr(97 + row // 26 % 26)}", chance.choice(_FAMILY))
            table.writerow([*name, born.isoformat(), f"+1555{row:07}", opened.isoformat()])


def import_people(conditions: Conditions) -> Measured:
    """Seconds from the file to the committed records, into an empty vault."""
    rows = _ROWS // 10 if conditions.quick else _ROWS
    taken = []
    for _turn in range(1 if conditions.quick else 2):
        with tempfile.TemporaryDirectory() as place:
            file = Path(place) / "caseload.csv"
            _write(file, rows)
            first = FirstPerson("rahman", "A. Rahman")
            office, _code = create_office(Path(place) / "vault", first, PASSPHRASE, clock=CLOCK, kdf=CHEAP_KDF)
            with office:
                taken.append(seconds(lambda: office.desk.do(take_over, file, ImportMapping(), Alike.KEEP)))  # noqa: B023
    return Measured(taken, note=f"{rows} rows")
