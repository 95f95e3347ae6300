"""The first pages, rehearsed before anybody is in: nothing of it is left, and it is not done a second time."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from aftercare.domain.errors import WrongPassphrase
from aftercare.services.ahead import DoneAhead
from aftercare.services.desk import Desk
from aftercare.services.drafts import find_place
from aftercare.services.office import show_settings
from aftercare.services.opening import OpenOffice, open_office
from aftercare.services.survivors import list_survivors
from aftercare.services.today import today_view
from conftest import CLOCK, FIRST, PASSPHRASE, Template
from makers import a_survivor

FEW = 4
"""Questions that depend on what is in the records may come up then."""


@pytest.fixture
def folder(template: Template, tmp_path: Path) -> Path:
    copy = tmp_path / "records"
    shutil.copytree(template.folder, copy)
    return copy


@pytest.fixture
def ahead() -> DoneAhead:
    done = DoneAhead(CLOCK)
    done.load()
    return done


@pytest.fixture
def entered(folder: Path, ahead: DoneAhead) -> Iterator[OpenOffice]:
    with enter(folder, ahead) as office:
        yield office


def enter(folder: Path, ahead: DoneAhead, password: str = PASSPHRASE) -> OpenOffice:
    return open_office(folder, FIRST.login_name, password, clock=CLOCK, ahead=ahead)


def known_to(engine: Engine) -> int:
    """How many statements the engine has worked out."""
    return len(engine._compiled_cache or ())


def ask_first_pages(desk: Desk) -> None:
    desk.ask(show_settings)
    desk.ask(find_place)
    desk.ask(today_view)
    desk.ask(list_survivors)


def test_the_first_pages_are_not_worked_out_again(entered: OpenOffice) -> None:
    a_survivor(entered.desk)
    before = known_to(entered.vault.engine)
    ask_first_pages(entered.desk)
    assert known_to(entered.vault.engine) - before <= FEW


def test_without_a_rehearsal_they_are(folder: Path) -> None:
    """Else the test above would prove nothing."""
    with open_office(folder, FIRST.login_name, PASSPHRASE, clock=CLOCK) as office:
        a_survivor(office.desk)
        before = known_to(office.vault.engine)
        ask_first_pages(office.desk)
        assert known_to(office.vault.engine) - before > 3 * FEW


def test_nobody_invented_is_in_the_records(entered: OpenOffice) -> None:
    assert entered.desk.ask(list_survivors).rows == ()
    with entered.vault.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM staff")).scalar() == 1
        assert connection.execute(text("PRAGMA database_list")).one().file == str(entered.vault.folder / "records.db")


def test_what_is_written_on_a_rehearsed_engine_is_there_afterwards(folder: Path, ahead: DoneAhead) -> None:
    with enter(folder, ahead) as office:
        head = a_survivor(office.desk)
    with open_office(folder, FIRST.login_name, PASSPHRASE, clock=CLOCK) as office:
        assert [row.survivor_id for row in office.desk.ask(list_survivors).rows] == [head.survivor_id]


def test_after_a_wrong_password_the_rehearsal_still_counts(folder: Path, ahead: DoneAhead) -> None:
    with pytest.raises(WrongPassphrase):
        enter(folder, ahead, "not this one at all")
    with enter(folder, ahead) as office:
        a_survivor(office.desk)
        before = known_to(office.vault.engine)
        ask_first_pages(office.desk)
        assert known_to(office.vault.engine) - before <= FEW


def test_a_rehearsed_engine_serves_once(folder: Path, ahead: DoneAhead) -> None:
    with enter(folder, ahead) as first:
        engine = first.vault.engine
    with enter(folder, ahead) as second:
        assert second.vault.engine is not engine
        ask_first_pages(second.desk)


def test_a_file_is_summed_up_once_while_somebody_types(folder: Path, ahead: DoneAhead) -> None:
    sum_up = ahead.sum_up(folder)
    assert sum_up is not None
    sum_up()
    assert ahead.sum_up(folder) is None
    assert ahead.sum_up(folder.parent) is not None
    ahead.let_go()
    assert ahead.sum_up(folder) is not None
