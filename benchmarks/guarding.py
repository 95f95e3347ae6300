"""The sealed backup with its verification, in megabytes a second."""

from __future__ import annotations

import shutil
import tempfile
import time
from functools import partial
from pathlib import Path

from aftercare.services.backups import carry_out, plan_backup
from benchmarks.conditions import Conditions
from benchmarks.measuring import Measured, seconds
from benchmarks.vaults import made_vault, opened


def back_up(conditions: Conditions) -> Measured:
    """Made, opened again and compared; the limit is copying and syncing the same bytes."""
    rates: list[float] = []
    bare: list[float] = []
    with opened(made_vault(conditions)) as office, tempfile.TemporaryDirectory() as scratch:
        database = office.vault.folder / "records.db"
        size = database.stat().st_size / 1_000_000
        for _turn in range(1 if conditions.quick else 3):
            started = time.perf_counter()
            done = carry_out(plan_backup(office))
            rates.append(size / (time.perf_counter() - started))
            done.path.unlink()
            bare.append(size / seconds(partial(shutil.copyfile, database, Path(scratch) / "copy")))
    return Measured(rates, bare, f"{size:.0f} MB")
