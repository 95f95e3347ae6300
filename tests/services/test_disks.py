"""A disk that does not answer holds nobody up, and is asked again once it has answered."""

from __future__ import annotations

import time
from pathlib import Path
from threading import Event

import pytest

from aftercare.domain.errors import BackupPlaceSilent
from aftercare.domain.rows.this_computer import Kept
from aftercare.services import backup_state, disks
from aftercare.services.backups import back_up, plan_backup
from aftercare.services.deciding import choose_backups
from aftercare.services.desk import Desk
from aftercare.services.disks import NoAnswer, answer_of
from aftercare.services.opening import OpenOffice
from aftercare.services.this_computer import KeptPlace, measured
from aftercare.vault import OpenVault

PLACE = Path("/a/share/that/sleeps")
PATIENCE = 120.0


def test_a_place_that_sleeps_is_given_up_not_asked_twice_and_asked_again_when_it_woke() -> None:
    wakes, asked = Event(), list[Path]()

    def look() -> bool:
        asked.append(PLACE)
        return wakes.wait(PATIENCE)

    with pytest.raises(NoAnswer):
        answer_of(PLACE, look, 0.05)
    with pytest.raises(NoAnswer):  # at once: it would have all the time there is
        answer_of(PLACE, look, PATIENCE)
    wakes.set()
    begun = time.monotonic()
    while PLACE in disks._SILENT and time.monotonic() - begun < PATIENCE:
        time.sleep(0.01)
    assert len(asked) == 1
    assert answer_of(PLACE, lambda: 7, PATIENCE) == 7


def test_what_a_disk_refuses_is_raised_where_it_was_asked() -> None:
    def refuse() -> None:
        raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        answer_of(PLACE, refuse, PATIENCE)


def test_two_who_look_at_once_both_get_their_answer() -> None:
    assert answer_of(PLACE, lambda: answer_of(PLACE, lambda: 7, 5), 5) == 7


def test_a_silent_place_of_backups_is_told_with_what_it_held_when_it_was_last_seen(
    vault: OpenVault, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office, share = OpenOffice(vault, desk), tmp_path / "share"
    desk.do(choose_backups, str(share), "", 4, 48)
    back_up(office)

    def answer(place: Path, look: object) -> object:
        if place == share:
            raise NoAnswer
        return look()  # type: ignore[operator]

    monkeypatch.setattr(backup_state, "answer_of", answer)
    own, other = backup_state.state_on_disks(plan_backup(office)).places
    assert own.problem is None
    assert isinstance(other.problem, BackupPlaceSilent)
    assert (other.newest_number, other.kept) == (1, 0)


def test_a_place_that_cannot_be_measured_says_that_it_did_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    def silent(_place: Path, _look: object) -> object:
        raise NoAnswer

    monkeypatch.setattr("aftercare.services.this_computer.answer_of", silent)
    (row,) = measured([KeptPlace(Kept.OTHER_BACKUPS, PLACE)])
    assert not row.answers
    assert row.size is None
