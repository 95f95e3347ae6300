"""Aftercare started several times at once, by one person or two, and after a kill: one works, the others are told."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from aftercare.domain.clock import stopped_at
from aftercare.domain.drafts.notes import NoteDraft
from aftercare.domain.drafts.staff import StaffDraft
from aftercare.domain.errors import VaultInUse
from aftercare.domain.permissions import Role
from aftercare.records.notes import Note
from aftercare.services.drafts import find_draft, keep_draft
from aftercare.services.first_login import log_in_first
from aftercare.services.notes import save_note
from aftercare.services.opening import FirstPerson, create_office, open_office
from aftercare.services.staff import add_staff
from aftercare.vault import CHEAP_KDF, NewAccount, create_vault, open_vault, verify_vault
from makers import a_survivor
from proof import Proof
from rounds import few_or

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PASSPHRASE = "the heron sings at dusk"

pytestmark = [
    pytest.mark.promise(17),
    pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL"),
    pytest.mark.filterwarnings("ignore:This process.*multi-threaded:DeprecationWarning"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    account = NewAccount(UUID(int=1), "A. Rahman")
    create_vault(tmp_path / "vault", account, PASSPHRASE, clock=stopped_at(NOW), kdf=CHEAP_KDF)[0].close()
    return tmp_path / "vault"


def apart(work: Callable[[], bytes]) -> tuple[int, int]:
    """A process of its own that says what came of it; its number, and where it says it."""
    hears, says = os.pipe()
    child = os.fork()
    if child == 0:
        answer = b"?"
        try:
            answer = work()
        except BaseException as error:
            answer = type(error).__name__.encode()
        finally:
            os.write(says, answer)
            os._exit(0)
    os.close(says)
    return child, hears


def heard(hears: int) -> str:
    with os.fdopen(hears, "rb") as pipe:
        return pipe.read().decode()


def save(folder: Path, name: str, *, stay: float) -> bytes:
    with open_vault(folder, "A. Rahman", PASSPHRASE, clock=stopped_at(NOW)) as vault:
        with vault.engine.begin() as connection:
            row = {"name": name}
            connection.execute(text("INSERT INTO setting (name, value) VALUES (:name, '0')"), row)
            vault.audit.append(connection, NOW, vault.account_id, "setting.saved")
        time.sleep(stay)
    return b"saved"


@few_or(15, few=3, full=120)
def test_of_three_that_start_at_once_each_works_alone_or_is_told(folder: Path, rounds: int, proof: Proof) -> None:
    saved = set()
    for turn in range(rounds):
        names = [f"{turn} {which}" for which in range(3)]
        started = [(name, *apart(partial(save, folder, name, stay=0.05))) for name in names]
        for name, child, hears in started:
            answer = heard(hears)
            os.waitpid(child, 0)
            assert answer in ("saved", VaultInUse.__name__)
            if answer == "saved":
                saved.add(name)
        proof.tried()
    with open_vault(folder, "A. Rahman", PASSPHRASE, clock=stopped_at(NOW)) as vault:
        with vault.engine.connect() as connection:
            found = set(connection.execute(text("SELECT name FROM setting")).scalars())
        proof.lost(len(saved - found))
        assert saved
        assert found == saved
        assert verify_vault(vault, lambda _: None, lambda: False).sound


@few_or(15, few=3, full=150)
def test_the_lock_of_a_process_that_was_killed_bars_nobody(folder: Path, rounds: int, proof: Proof) -> None:
    chance = random.Random(rounds)
    for turn in range(rounds):
        child, hears = apart(partial(save, folder, str(turn), stay=30))
        time.sleep(chance.uniform(0, 0.15))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(hears)
        with open_vault(folder, "A. Rahman", PASSPHRASE, clock=stopped_at(NOW)) as vault:
            assert verify_vault(vault, lambda _: None, lambda: False).sound
        proof.tried()


# --- two people --------------------------------------------------------------------------------------------------


PEOPLE = {"rahman": "orchard lantern violet harbour", "osei": "meadow copper thimble anchor"}


@pytest.fixture
def shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, UUID]:
    """Records that two people work on, and the case that both write about."""
    monkeypatch.setattr("aftercare.vault.members.measured_kdf", lambda: CHEAP_KDF)
    place, clock = tmp_path / "shared", stopped_at(NOW)
    first = FirstPerson("rahman", "A. Rahman")
    with create_office(place, first, PEOPLE["rahman"], clock=clock, kdf=CHEAP_KDF)[0] as office:
        case_id = a_survivor(office.desk, "Nadia").case_id
        roles = frozenset({Role.MANAGER, Role.CASE_WORKER})
        issued = office.desk.do(add_staff, office.keys(), StaffDraft("osei", "L. Osei", roles)).value
    log_in_first(place, "osei", issued.text, PEOPLE["osei"], clock=clock).close()
    return place, case_id


def write(place: Path, case_id: UUID, name: str, turn: int) -> bytes:
    """Unlock as this person, save a note, leave a draft, stay a moment."""
    with open_office(place, name, PEOPLE[name], clock=stopped_at(NOW)) as office:
        office.desk.do(save_note, case_id, NoteDraft(f"{name} {turn}"))
        office.desk.do(keep_draft, "note", "", {"words": f"{name} {turn}"})
        time.sleep(0.05)
    return b"saved"


def notes_by(place: Path, name: str) -> tuple[set[str], set[str], str, bool]:
    """The words that this account wrote, those of anybody else, the draft it is offered, and whether all is sound."""
    with open_office(place, name, PEOPLE[name], clock=stopped_at(NOW)) as office:
        with Session(office.vault.engine) as session:
            notes = session.execute(select(Note.words, Note.created_by)).all()
        draft = office.desk.ask(find_draft, "note")
        own = {words for words, writer in notes if writer == office.desk.actor.id}
        sound = verify_vault(office.vault, lambda _: None, lambda: False).sound
        return own, {words for words, _writer in notes} - own, draft.content["words"] if draft else "", sound


def both_at_once(place: Path, case_id: UUID, turn: int, order: list[str], kill_after: float | None) -> dict[str, str]:
    """What came of it for each of them; the first is killed after that many seconds."""
    started = {name: apart(partial(write, place, case_id, name, turn)) for name in order}
    if kill_after is not None:
        time.sleep(kill_after)
        os.kill(started[order[0]][0], signal.SIGKILL)
    answers = {name: heard(hears) for name, (_child, hears) in started.items()}
    for child, _hears in started.values():
        os.waitpid(child, 0)
    return answers


@few_or(8, few=2, full=60)
def test_of_two_people_at_once_one_works_and_both_keep_what_is_theirs(
    shared: tuple[Path, UUID], rounds: int, proof: Proof
) -> None:
    place, case_id = shared
    chance = random.Random(rounds)
    saved: dict[str, set[str]] = {name: set() for name in PEOPLE}
    drafted = {name: {""} for name in PEOPLE}
    for turn in range(rounds):
        order = chance.sample(sorted(PEOPLE), 2)
        kill_after = chance.uniform(0, 0.4) if turn % 3 == 2 else None
        for name, answer in both_at_once(place, case_id, turn, order, kill_after).items():
            words = f"{name} {turn}"
            if answer == "saved":
                saved[name].add(words)
                drafted[name] = {words}
            elif answer == "":  # killed before it could say how far it came
                assert (name, kill_after is None) == (order[0], False)
                drafted[name] = {*drafted[name], words}
            else:
                assert answer == VaultInUse.__name__
        proof.tried()
    assert any(saved.values())
    for name, other in (("rahman", "osei"), ("osei", "rahman")):
        own, others, draft, sound = notes_by(place, name)
        proof.lost(len(saved[name] - own))
        proof.corrupt(not sound)
        assert saved[name] <= own
        assert {words.split()[0] for words in own} <= {name}
        assert {words.split()[0] for words in others} <= {other}
        assert draft in drafted[name]
        assert sound
