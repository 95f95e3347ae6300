"""The sum of the closed file, worked out while the password is typed: when it is believed, and when not."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import text

from aftercare.domain.clock import Clock, stopped_at
from aftercare.domain.errors import RecordsChangedOutside, WrongPassphrase
from aftercare.vault import Ahead, OpenVault, SumAhead, open_vault
from aftercare.vault.at_rest import sum_at_rest
from aftercare.vault.cipher import PAGE_BYTES
from aftercare.vault.files import Layout

NOW = datetime.fromisoformat("2026-11-23T09:00:00+00:00")
CLOCK = stopped_at(NOW)
NAME, PASSPHRASE = "A. Rahman", "the heron sings at dusk"


def summed(folder: Path, clock: Clock = CLOCK) -> SumAhead:
    ahead = SumAhead(folder, clock)
    ahead.work_out()
    return ahead


def opened(folder: Path, ahead: SumAhead) -> OpenVault:
    return open_vault(folder, NAME, PASSPHRASE, clock=CLOCK, ahead=Ahead(summed=ahead))


def was_told(vault: OpenVault) -> bool:
    return any(isinstance(warning, RecordsChangedOutside) for warning in vault.opened_warnings)


def work_in(vault: OpenVault) -> None:
    with vault.engine.begin() as connection:
        for number in range(50):
            row = {"name": str(number), "value": '"' + "safe " * 80 + '"'}
            connection.execute(text("INSERT OR REPLACE INTO setting (name, value) VALUES (:name, :value)"), row)


def test_it_is_the_sum_of_the_file(folder: Path) -> None:
    assert summed(folder).found(Event()) == sum_at_rest(Layout(folder)) != b""


def test_unlocking_reads_the_file_no_second_time(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ahead = summed(folder)

    def again(*_arguments: object) -> bytes:
        raise AssertionError("the file was summed up again")

    monkeypatch.setattr("aftercare.vault.at_rest.sum_at_rest", again)
    monkeypatch.setattr("aftercare.vault.opening.sum_at_rest", again)
    vault = opened(folder, ahead)
    assert not was_told(vault)
    monkeypatch.undo()
    vault.close()


@pytest.mark.promise(5)
def test_a_file_that_was_written_to_since_is_not_believed(folder: Path) -> None:
    ahead = summed(folder)
    os.utime(Layout(folder).database)
    assert ahead.found(Event()) == b""


@pytest.mark.promise(5)
def test_another_file_in_its_place_is_not_believed(folder: Path) -> None:
    ahead = summed(folder)
    database = Layout(folder).database
    shutil.copy2(database, database.with_name("other"))
    os.replace(database.with_name("other"), database)
    assert ahead.found(Event()) == b""


@pytest.mark.promise(5)
def test_with_a_log_beside_the_file_it_is_not_believed(folder: Path) -> None:
    ahead = summed(folder)
    Layout(folder).write_ahead_log.write_bytes(b"frames")
    assert ahead.found(Event()) == b""


@pytest.mark.parametrize("passed", [timedelta(minutes=2), timedelta(minutes=-2)], ids=["later", "set back"])
def test_after_a_minute_it_is_not_believed(folder: Path, passed: timedelta) -> None:
    moments = [NOW]
    ahead = summed(folder, Clock(now=lambda: moments[0], ticks=lambda: 0.0))
    moments[0] = NOW + passed
    assert not ahead.is_recent
    assert ahead.found(Event()) == b""


def test_a_clock_that_stands_still_does_not_make_it_last(folder: Path) -> None:
    seconds = [0.0]
    ahead = summed(folder, Clock(now=lambda: NOW, ticks=lambda: seconds[0]))
    seconds[0] = 120.0
    assert ahead.found(Event()) == b""


def test_what_was_never_begun_is_not_waited_for(folder: Path) -> None:
    assert SumAhead(folder, CLOCK).found(Event()) == b""


def test_what_is_under_way_is_waited_for(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reading, go_on = Event(), Event()

    def slowly(layout: Layout, stopped: Event | None = None) -> bytes:
        reading.set()
        assert go_on.wait(20)
        return sum_at_rest(layout, stopped)

    monkeypatch.setattr("aftercare.vault.at_rest.sum_at_rest", slowly)
    ahead = SumAhead(folder, CLOCK)
    working = Thread(target=ahead.work_out)
    working.start()
    assert reading.wait(20)
    given_up = Event()
    given_up.set()
    assert ahead.found(given_up) == b""  # a wrong password waits for nothing
    go_on.set()
    assert ahead.found(Event()) == sum_at_rest(Layout(folder))
    working.join()


def test_records_that_are_gone_are_no_trouble_yet(tmp_path: Path) -> None:
    assert summed(tmp_path / "nothing").found(Event()) == b""


@pytest.mark.promise(5)
def test_what_was_put_back_before_is_noticed(folder: Path, unlock: Callable[..., OpenVault]) -> None:
    earlier = worked_in_twice(folder, unlock)
    put_back_a_page(folder, earlier)
    with opened(folder, summed(folder)) as vault:
        assert was_told(vault)


def worked_in_twice(folder: Path, unlock: Callable[..., OpenVault]) -> Path:
    """A copy of the records as they were between the two."""
    earlier = folder.with_name("earlier")
    with unlock() as vault:
        work_in(vault)
    shutil.copytree(folder, earlier)
    with unlock() as vault, vault.engine.begin() as connection:
        connection.execute(text("UPDATE setting SET value = replace(value, 'safe', 'risk')"))
    return earlier


def put_back_a_page(folder: Path, earlier: Path) -> None:
    """The last one that differs: of a table, not one that opening itself reads first."""
    now, then = (Layout(of).database.read_bytes() for of in (folder, earlier))
    ends = range(PAGE_BYTES, min(len(now), len(then)) + 1, PAGE_BYTES)
    end = next(end for end in reversed(ends) if now[end - PAGE_BYTES : end] != then[end - PAGE_BYTES : end])
    with Layout(folder).database.open("r+b") as file:
        file.seek(end - PAGE_BYTES)
        file.write(then[end - PAGE_BYTES : end])


@pytest.mark.promise(5)
def test_what_is_put_back_after_it_was_summed_up_is_noticed(folder: Path, unlock: Callable[..., OpenVault]) -> None:
    earlier = worked_in_twice(folder, unlock)
    ahead = summed(folder)
    put_back_a_page(folder, earlier)
    with opened(folder, ahead) as vault:
        assert was_told(vault)


def test_records_that_others_closed_since_are_not_taken_for_changed(
    folder: Path, unlock: Callable[..., OpenVault], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where times are coarse the file may look untouched."""
    ahead = summed(folder)
    with unlock() as vault:
        work_in(vault)
    monkeypatch.setattr("aftercare.vault.at_rest._touched", lambda _layout: ahead._seen)
    with opened(folder, ahead) as vault:
        assert not was_told(vault)


def test_after_a_wrong_password_it_still_counts(folder: Path) -> None:
    ahead = summed(folder)
    with pytest.raises(WrongPassphrase):
        open_vault(folder, NAME, "not this one at all", clock=CLOCK, ahead=Ahead(summed=ahead))
    assert ahead.found(Event()) == sum_at_rest(Layout(folder))
