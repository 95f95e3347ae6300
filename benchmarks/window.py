"""What a person waits for at the window: from unlock to a page, a person painted, a row after a key, stalls, memory.

Each is measured in a fresh process of its own (using.py), with the real program from its entrance on.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from functools import lru_cache
from pathlib import Path
from statistics import median
from threading import Event
from typing import Any

from aftercare.vault import slots
from aftercare.vault.derive import measure_apart
from aftercare.vault.files import Layout
from aftercare.vault.header import SlotKind
from aftercare.vault.header_files import read_headers
from aftercare.vault.kdf import MEBIBYTE, KdfParameters, derive_here
from benchmarks.conditions import LOGIN, PASSPHRASE, Conditions
from benchmarks.measuring import Measured
from benchmarks.vaults import made_vault


@lru_cache(maxsize=4)
def _keys(folder: Path) -> str:
    """Everything that unlocking this vault stretches, by salt: done here, so that it counts for nothing there."""
    known: dict[str, str] = {}

    def noted(secret: bytes, salt: bytes, kdf: KdfParameters) -> bytes:
        key = derive_here(secret, salt, kdf)
        known[salt.hex()] = key.hex()
        return key

    header = read_headers(Layout(folder)).header
    slots.open_with_passphrase(header, LOGIN, PASSPHRASE, noted)
    noted(f"{SlotKind.STAFF}\0{slots.folded_login(LOGIN)}".encode(), header.name_salt, header.name_kdf)
    return json.dumps(known)


@lru_cache(maxsize=1)
def _kdf() -> str:
    """How hard a new vault would make its keys on this computer."""
    return json.dumps(measure_apart(Event()).as_list())


def _used(what: str, folder: Path, turns: int = 1, **more: str) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as home:
        homes = dict.fromkeys(("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"), home)
        environment = {**os.environ, **homes, "BENCH_KEYS": _keys(folder), **more}
        program = "benchmarks.use_bare" if what == "bare" else "benchmarks.use_window"
        command = [sys.executable, "-m", program, what, str(folder), str(turns)]
        done = subprocess.run(
            command,
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    line = next(line for line in done.stdout.splitlines() if line.startswith("USED "))
    found: dict[str, Any] = json.loads(line.removeprefix("USED "))
    return found


def _opened_at(conditions: Conditions, page: str) -> Measured:
    """Beyond what the key takes by itself: what is done beside it, a person does not wait for."""
    folder = made_vault(conditions)
    whole: list[float] = []
    key: list[float] = []
    limit: list[float] = []
    for _turn in range(conditions.turns(9)):
        # this one closes the vault behind it: what is opened next was closed as it should be
        limit += _used("bare", folder)["values"]
        found = _used(f"unlock-{page}", folder, BENCH_KDF=_kdf())
        whole += found["values"]
        key.append(found["key"])
    kibibytes, passes, lanes = json.loads(_kdf())
    note = f"in all {median(whole):.2f} s, of which the key by itself {median(key):.2f} s"
    note += f" ({kibibytes // MEBIBYTE} MiB, {passes} passes, {lanes} lanes)"
    ours = [taken - alone for taken, alone in zip(whole, key, strict=True)]
    return Measured(ours, limit, note, {"whole_s": whole, "key_s": key})


def unlock_to_today(conditions: Conditions) -> Measured:
    """Seconds."""
    return _opened_at(conditions, "today")


def unlock_to_list(conditions: Conditions) -> Measured:
    """Seconds."""
    return _opened_at(conditions, "list")


def memory(conditions: Conditions) -> Measured:
    """Megabytes with the list open; the limit is Qt, SQLAlchemy and fifty rows."""
    folder = made_vault(conditions)
    turns = conditions.turns(5)
    ours = [_used("list", folder)["memory"] for _ in range(turns)]
    today = _used("today", folder)["memory"]
    limit = [_used("bare", folder)["memory"] for _ in range(turns)]
    return Measured(ours, limit, f"on Today {today:.0f} MB")


def memory_grown(conditions: Conditions) -> Measured:
    """Megabytes more than with a tenth of the people."""
    many, few = made_vault(conditions), made_vault(conditions, max(24, conditions.people // 10))
    turns = conditions.turns(3)
    grown = [_used("list", many)["memory"] - _used("list", few)["memory"] for _ in range(turns)]
    return Measured(grown, note=f"from {max(24, conditions.people // 10)} people to {conditions.people}")


def first_row_after_key(conditions: Conditions) -> Measured:
    """Milliseconds."""
    return Measured(**_used("key", made_vault(conditions), conditions.turns(6)))


def person_painted(conditions: Conditions) -> Measured:
    """Milliseconds; the first time, with its page built, is told apart."""
    found = _used("person", made_vault(conditions), conditions.turns(8))
    first = ", ".join(f"{name} {value:.0f}" for name, value in found["details"].items())
    return Measured(found["values"], note=first, details=found["details"])


def longest_stall(conditions: Conditions) -> Measured:
    """Milliseconds of each part of the journey once its pages are built; the first time is told apart."""
    found = _used("stall", made_vault(conditions))
    first = found["details"]["first_time"]
    worst = [f"{what} {taken:.0f}" for what, taken in list(first.items())[:4]]
    later = [f"{what} {taken:.0f}" for what, taken in list(found["details"]["later"].items())[:4]]
    worked = [f"{what} {taken:.0f}" for what, taken in list(found["details"]["worked"].items())[:4]]
    note = f"worst: {', '.join(later)}; of the processor: {', '.join(worked)}; at first: {', '.join(worst)}"
    return Measured(found["values"], note=note, details=found["details"])
