"""Backups by themselves: when one is due, what the foot of the rail says, what a missing stick and a lock do to it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QElapsedTimer
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from aftercare.domain.clock import Clock
from aftercare.domain.errors import BackupPlaceFull, BackupPlaceMissing, BackupPlaceWithin
from aftercare.domain.rows.backups import BackupDone, BackupPace, BackupStatus
from aftercare.gui.announcements import Announcements
from aftercare.gui.backing_up import BackingUp, age_in_words
from aftercare.gui.jobs import Jobs
from aftercare.gui.office import Office
from aftercare.gui.window import Frame, PageEntry
from aftercare.services import backups
from aftercare.services.backups import BackupPlan
from aftercare.services.deciding import choose_backup_folder
from aftercare.services.office import OfficeSettings
from aftercare.services.opening import OpenOffice, open_office
from conftest import FIRST, NOW, PASSPHRASE, Template
from hands import part, settle, wait_for, words_on
from makers import a_survivor


@dataclass
class Watch:
    """A clock that tests turn."""

    moment: datetime = NOW

    def now(self) -> datetime:
        return self.moment


@dataclass
class Desk:
    """An unlocked office in a frame with one empty page."""

    opened: OpenOffice
    office: Office
    frame: Frame
    jobs: Jobs
    watch: Watch
    backing_up: BackingUp

    def foot(self) -> str:
        return part(self.frame, QLabel, "backup").text()

    def files(self) -> list[str]:
        return sorted(path.name for path in (self.opened.vault.folder / "backups").iterdir())

    def look(self) -> None:
        """A minute passes."""
        self.watch.moment += timedelta(minutes=1)
        self.backing_up._look()
        self.rest()

    def rest(self) -> None:
        wait_for(lambda: self.jobs.is_idle)
        settle()


@pytest.fixture
def desk_at(template: Template, tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    folder = tmp_path / "records"
    shutil.copytree(template.folder, folder)
    watch = Watch()
    opened = open_office(folder, FIRST.login_name, PASSPHRASE, clock=Clock(watch.now))
    jobs = Jobs()
    office = Office(opened.desk, jobs, Announcements(), OfficeSettings())
    frame = Frame([PageEntry("today", "Today", "today", QWidget)])
    frame.show_page("today")
    frame.show()
    yield Desk(opened, office, frame, jobs, watch, BackingUp(opened, office, frame))
    jobs.drain()
    jobs.close()
    opened.close()
    frame.close()
    frame.deleteLater()
    settle()


def test_the_first_backup_is_made_soon_and_its_age_is_told(desk_at: Desk) -> None:
    desk_at.backing_up.start()
    desk_at.rest()
    assert desk_at.foot() == "No backup yet"
    assert desk_at.files() == []
    desk_at.look()
    assert desk_at.files() == ["2026-11-23-0001.backup"]
    assert desk_at.foot() == "Backed up just now ✓"
    desk_at.watch.moment += timedelta(minutes=11)
    desk_at.look()
    assert desk_at.foot() == "Backed up 12 min ago ✓"


def test_the_next_one_waits_four_hours_and_for_something_to_keep(desk_at: Desk) -> None:
    desk_at.look()
    a_survivor(desk_at.opened.desk)
    desk_at.look()
    assert len(desk_at.files()) == 1
    desk_at.watch.moment += timedelta(hours=4)
    desk_at.look()
    assert len(desk_at.files()) == 2
    desk_at.watch.moment += timedelta(hours=4)
    desk_at.look()
    assert len(desk_at.files()) == 2


def test_a_missing_stick_is_told_once_and_the_backup_is_made_here(desk_at: Desk, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    desk_at.opened.desk.do(choose_backup_folder, str(stick))
    desk_at.look()
    assert len(list(stick.iterdir())) == 1
    shutil.rmtree(stick)
    a_survivor(desk_at.opened.desk)
    desk_at.watch.moment += timedelta(hours=4)
    desk_at.look()
    assert len(desk_at.files()) == 2
    assert desk_at.foot() == "Backup place not found\nBacked up just now ✓"
    assert "The place for backups was not found." in words_on(desk_at.frame.banner)
    desk_at.frame.banner.hide()
    desk_at.watch.moment += timedelta(hours=1)
    desk_at.look()
    assert not desk_at.frame.banner.isVisible()
    stick.mkdir()
    desk_at.watch.moment += timedelta(hours=1)
    desk_at.look()
    assert [path.name for path in stick.iterdir()] == desk_at.files()[-1:]
    assert "not found" not in desk_at.foot()


def test_locking_backs_up_what_changed_and_only_that(desk_at: Desk) -> None:
    desk_at.backing_up.finish(5_000)
    assert len(desk_at.files()) == 1
    desk_at.backing_up.finish(5_000)
    assert len(desk_at.files()) == 1
    a_survivor(desk_at.opened.desk)
    desk_at.backing_up.finish(5_000)
    assert len(desk_at.files()) == 2


def test_a_backup_that_takes_too_long_does_not_keep_from_locking(
    desk_at: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(_plan: object, progress: Callable[[int, int], None]) -> None:
        while True:
            progress(1, 2)

    monkeypatch.setattr(backups, "carry_out", endless)
    passed = QElapsedTimer()
    passed.start()
    desk_at.backing_up.finish(400)
    assert passed.elapsed() < 2_000
    assert desk_at.jobs.is_idle
    assert desk_at.files() == []


def test_what_cannot_be_ready_is_not_begun_while_locking_but_while_people_work(
    desk_at: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = []
    carry_out = backups.carry_out

    def counting(plan: BackupPlan, progress: Callable[[int, int], None]) -> BackupDone:
        begun.append(plan.reason)
        return carry_out(plan, progress)

    def the_last_took(seconds: float) -> None:
        size = (desk_at.opened.vault.folder / "records.db").stat().st_size
        desk_at.opened.desk.do(
            backups.note_backup, BackupDone(1, NOW, Path("of before"), pace=BackupPace(seconds, size))
        )

    monkeypatch.setattr(backups, "carry_out", counting)
    a_survivor(desk_at.opened.desk)
    the_last_took(20)
    desk_at.backing_up.finish(8_000)
    assert begun == []
    assert desk_at.jobs.is_idle
    the_last_took(4)
    desk_at.backing_up.finish(8_000)
    assert len(begun) == len(desk_at.files()) == 1
    a_survivor(desk_at.opened.desk)
    the_last_took(20)
    desk_at.watch.moment += timedelta(hours=5)
    desk_at.look()
    assert len(begun) == len(desk_at.files()) == 2


def test_trouble_while_locking_is_swallowed(desk_at: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise BackupPlaceMissing

    monkeypatch.setattr("aftercare.vault.make_backup", refused, raising=False)
    desk_at.backing_up.finish(2_000)
    assert desk_at.jobs.is_idle
    assert not desk_at.frame.banner.isVisible()


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (timedelta(seconds=20), "Backed up just now ✓"),
        (timedelta(minutes=1), "Backed up 1 min ago ✓"),
        (timedelta(minutes=59), "Backed up 59 min ago ✓"),
        (timedelta(hours=1), "Backed up 1 hour ago ✓"),
        (timedelta(hours=47), "Backed up 47 hours ago ✓"),
        (timedelta(days=3), "Backed up 3 days ago ✓"),
        (timedelta(days=40), "Backed up on 14 Oct 2026 ✓"),
        (timedelta(days=-2), "Backed up on 25 Nov 2026 ✓"),
    ],
)
def test_the_age_is_told_in_words(age: timedelta, words: str) -> None:
    assert age_in_words(BackupStatus(NOW - age), NOW) == words


def test_a_place_that_is_away_and_one_that_is_none_are_told_apart() -> None:
    assert age_in_words(BackupStatus(NOW, BackupPlaceMissing()), NOW).startswith("Backup place not found")
    assert age_in_words(BackupStatus(NOW, BackupPlaceWithin()), NOW).startswith("Backup place cannot be used")


def test_no_backup_yet_is_said() -> None:
    assert age_in_words(BackupStatus(None), NOW) == "No backup yet"


def test_somebody_can_back_up_now_and_is_told_when_it_is_done(desk_at: Desk) -> None:
    said: list[str] = []
    desk_at.office.said.connect(said.append)
    desk_at.look()
    desk_at.office.backup_asked.emit()
    desk_at.rest()
    assert len(desk_at.files()) == 2
    assert said == ["Backed up"]


def test_an_old_backup_is_marked_on_the_rail_where_work_hangs_on_it(
    desk_at: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise BackupPlaceFull

    desk_at.look()
    a_survivor(desk_at.opened.desk)
    monkeypatch.setattr("aftercare.vault.make_backup", refused, raising=False)
    desk_at.watch.moment += timedelta(hours=60)
    desk_at.look()
    assert desk_at.foot() == "Backed up 2 days ago ⚠"
    assert part(desk_at.frame, QLabel, "backup").property("role") == "railFootLate"
