"""Whatever the clock of the computer says, nothing is lost, the order of the log holds, and people are told.

Processes run under libfaketime: years back, years ahead, over both changes of summer time. Clocks that jump while
somebody works are handed in.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from aftercare.domain.clock import Clock
from aftercare.domain.drafts.notes import NoteDraft
from aftercare.domain.rows.notes import NoteFilter
from aftercare.domain.rows.survivors import SurvivorFilter
from aftercare.services.desk import Desk
from aftercare.services.notes import list_notes, save_note
from aftercare.services.opening import OpenOffice, open_office
from aftercare.services.survivors import list_survivors, open_person
from aftercare.services.today import today_view
from aftercare.services.undo import undo
from aftercare.vault import OpenVault
from conftest import CLOCK, FIRST, NOW, PASSPHRASE, Template
from makers import a_survivor
from proof import Proof
from rounds import few_or

SCRIPT = Path(__file__).with_name("work_under_clock.py")
BERLIN = "Europe/Berlin"
# three years back, fifteen ahead, just before either change of summer time, a leap day, the last second of a year
MOMENTS = (
    "2023-11-23 09:00:00",
    "2041-11-23 09:00:00",
    "2026-10-25 02:59:57",
    "2027-03-28 01:59:57",
    "2028-02-29 12:00:00",
    "2026-12-31 23:59:58",
)

pytestmark = [pytest.mark.promise(18), pytest.mark.timeout(600)]


@pytest.fixture
def folder(template: Template, tmp_path: Path) -> Path:
    copy = tmp_path / "records"
    shutil.copytree(template.folder, copy)
    with open_office(copy, FIRST.login_name, PASSPHRASE, clock=CLOCK) as office:
        a_survivor(office.desk, "Nadia")
    return copy


def a_day(folder: Path, moment: str, words: str) -> dict[str, Any]:
    """Work in a process whose clock begins at this moment, on the wall clock of Berlin."""
    zone = os.environ | {"TZ": BERLIN}
    command = ["faketime", "-f", f"@{moment}", sys.executable, str(SCRIPT), str(folder), words]
    done = subprocess.run(command, env=zone, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def logged(office: OpenOffice) -> list[tuple[int, str]]:
    with office.vault.engine.connect() as connection:
        found = connection.execute(text("SELECT seq, action FROM audit_entry ORDER BY seq"))
        return [(seq, action) for seq, action in found]


@pytest.mark.skipif(shutil.which("faketime") is None, reason="needs faketime")
@few_or(12, few=2, full=24)
def test_days_in_any_order_of_years_lose_nothing_and_are_told(folder: Path, rounds: int, proof: Proof) -> None:
    chance, latest = random.Random(rounds), NOW
    written: list[str] = []
    for turn in range(rounds):
        moment = MOMENTS[turn % len(MOMENTS)] if turn < 2 * len(MOMENTS) else chance.choice(MOMENTS)
        words = f"day {turn}"
        told = a_day(folder, moment, words)
        written.append(words)
        now = datetime.fromisoformat(told["now"])
        began_on, ended_on = (
            datetime.fromisoformat(told[name]).astimezone(ZoneInfo(BERLIN)).date().isoformat()
            for name in ("began", "now")
        )
        proof.tried()
        assert (told["sound"], told["draft"], told["backup"]) == (True, True, turn + 1)
        assert began_on <= told["on"] <= told["today"] <= ended_on  # midnight may pass meanwhile
        assert ("ClockWentBack" in told["warnings"]) is (now < latest - timedelta(minutes=5)), moment
        latest = now
    with open_office(folder, FIRST.login_name, PASSPHRASE, clock=CLOCK) as office:
        (row,) = office.desk.ask(list_survivors, SurvivorFilter(), None, 10).rows
        kept = {note.words for note in office.desk.ask(list_notes, row.case_id, NoteFilter(), None, 500).rows}
        entries = logged(office)
        saved = [action for _seq, action in entries if action == "save_note"]
        verified = office.vault.audit.verify_all(lambda _: None, lambda: False)
    proof.lost(len(set(written) - kept))
    assert kept == set(written)
    assert [seq for seq, _action in entries] == list(range(1, len(entries) + 1))
    assert (len(saved), verified) == (rounds, len(entries))


class Jumping:
    """A clock on the wall that somebody turns while the program runs."""

    def __init__(self) -> None:
        self.moment = NOW
        self.ran = 0.0

    def jump(self, by: timedelta) -> None:
        self.moment += by
        self.ran += 1

    def clock(self, zone: str = BERLIN) -> Clock:
        return Clock(now=lambda: self.moment, zone=ZoneInfo(zone), ticks=lambda: self.ran)


JUMPS = (
    timedelta(days=-1095),
    timedelta(days=5479),
    timedelta(hours=-1),
    timedelta(hours=1),
    timedelta(seconds=-1),
    timedelta(days=1),
    timedelta(microseconds=-1),
)


@few_or(400, few=40, full=2_000)
def test_a_clock_that_jumps_while_somebody_works_changes_no_order_and_loses_nothing(
    vault: OpenVault, desk: Desk, rounds: int, proof: Proof
) -> None:
    wall, chance = Jumping(), random.Random(rounds)
    case_id = a_survivor(desk, "Nadia").case_id
    desk = replace(desk, clock=wall.clock())
    expected: list[str] = []
    for turn in range(rounds):
        wall.jump(chance.choice(JUMPS))
        if not datetime(2000, 1, 1, tzinfo=UTC) < wall.moment < datetime(2090, 1, 1, tzinfo=UTC):
            wall.moment = NOW
        done = desk.do(save_note, case_id, NoteDraft(f"turn {turn}"))
        proof.tried()
        if turn % 5 == 4 and done.undo_id is not None:
            wall.jump(chance.choice(JUMPS[2:]))
            desk.do(undo, done.undo_id)  # what was done last is taken back, whatever the time is said to be
        else:
            expected.append(f"turn {turn}")
        desk.ask(today_view)
    kept = [row.words for row in desk.ask(list_notes, case_id, NoteFilter(), None, 5_000).rows]
    proof.lost(len(set(expected) - set(kept)))
    assert sorted(kept) == sorted(expected)
    with desk.engine.connect() as connection:
        seqs = list(connection.execute(text("SELECT seq FROM audit_entry ORDER BY rowid")).scalars())
    assert seqs == sorted(seqs)
    assert vault.audit.verify_all(lambda _: None, lambda: False) == len(seqs)


@pytest.mark.parametrize(
    ("utc", "wall"),
    [
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "02:30"),  # the hour that comes twice
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "02:30"),
        (datetime(2027, 3, 28, 0, 59, tzinfo=UTC), "01:59"),  # the hour that never comes
        (datetime(2027, 3, 28, 1, 0, tzinfo=UTC), "03:00"),
    ],
)
def test_summer_time_begins_and_ends_without_a_day_too_many(desk: Desk, utc: datetime, wall: str, proof: Proof) -> None:
    clock = Clock(now=lambda: utc, zone=ZoneInfo(BERLIN), ticks=lambda: 0.0)
    desk = replace(desk, clock=clock)
    head = a_survivor(desk, "Nadia")
    note = desk.do(save_note, head.case_id, NoteDraft("by the clock on the wall")).value
    proof.tried()
    assert f"{clock.local(utc):%H:%M}" == wall
    assert note.on == utc.date() == clock.today()
    assert desk.ask(open_person, head.survivor_id).survivor_id == head.survivor_id
