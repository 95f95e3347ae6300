"""One damaged byte in every kind of page: noticed, told, and the damaged page is never written over."""

from __future__ import annotations

import random
import shutil
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from aftercare.domain.clock import stopped_at
from aftercare.domain.errors import Problem
from aftercare.records.office import SearchEntry
from aftercare.vault import CHEAP_KDF, NewAccount, create_vault, make_backup, open_vault, restore_backup, verify_vault
from aftercare.vault.cipher import PAGE_BYTES
from aftercare.vault.restore_keys import SignIn
from pages import kinds_of_pages
from proof import Proof
from rounds import few_or

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PASSPHRASE = "the heron sings at dusk"
ROWS, REMOVED = 600, 300
KINDS = {
    "first page",
    "table interior",
    "table leaf",
    "index interior",
    "index leaf",
    "search table interior",
    "search table leaf",
    "search index leaf",
    "overflow",
    "free list",
    "free page",
}

pytestmark = pytest.mark.promise(4)


def unheard(_done: int, _total: int) -> None:
    """Progress that nobody listens to."""


@pytest.fixture(scope="module")
def varied(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, list[int]]]:
    """A closed vault with pages of every kind, and which pages are of which kind."""
    folder = tmp_path_factory.mktemp("varied") / "vault"
    account = NewAccount(UUID(int=1), "A. Rahman")
    vault, _ = create_vault(folder, account, PASSPHRASE, clock=stopped_at(NOW), kdf=CHEAP_KDF)
    with vault, vault.engine.begin() as connection, Session(connection) as session:
        for number in range(ROWS):
            long = number % 10 == 0
            row = {"name": f"{number:040}", "value": '"' + "x" * (9000 if long else 300) + '"'}
            connection.execute(text("INSERT INTO setting (name, value) VALUES (:name, :value)"), row)
            words = " ".join(f"word{number * 31 + at}" for at in range(25))
            session.add(
                SearchEntry(kind="person", object_id=UUID(int=number), survivor_id=UUID(int=number), text=words)
            )
            vault.audit.append(connection, NOW, None, "setting.saved")
        session.flush()
        connection.execute(text("DELETE FROM setting WHERE name < :name"), {"name": f"{REMOVED:040}"})
    kinds: dict[str, list[int]] = {}
    for page, kind in kinds_of_pages(folder / "records.db", vault.unlocked.raw_database_key).items():
        kinds.setdefault(kind, []).append(page)
    return folder, kinds


def flipped(path: Path, at: int) -> bytes:
    content = bytearray(path.read_bytes())
    content[at] ^= 0x10
    path.write_bytes(content)
    return bytes(content)


def told(folder: Path) -> list[str]:
    """What opening, or else the full check, says is wrong."""
    try:
        with open_vault(folder, "A. Rahman", PASSPHRASE, clock=stopped_at(NOW)) as vault:
            return [finding.check for finding in verify_vault(vault, lambda _: None, lambda: False).findings]
    except Problem as problem:
        return [type(problem).__name__]


def test_the_salt_at_the_head_of_the_file_which_the_cipher_does_not_read_is_checked(
    varied: tuple[Path, dict[str, list[int]]], tmp_path: Path
) -> None:
    folder = tmp_path / "vault"
    shutil.copytree(varied[0], folder)
    assert told(folder) == []
    flipped(folder / "records.db", 15)
    assert told(folder) == ["pages"]


def test_the_vault_of_these_tests_has_pages_of_every_kind(varied: tuple[Path, dict[str, list[int]]]) -> None:
    assert varied[1].keys() == KINDS


@few_or(8, few=1, full=60)
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_flipped_byte_is_noticed_and_its_page_stays_as_it_is(
    varied: tuple[Path, dict[str, list[int]]], kind: str, rounds: int, tmp_path: Path, proof: Proof
) -> None:
    source, kinds = varied
    chance = random.Random(f"{kind} {rounds}")
    for turn in range(rounds):
        page = chance.choice(kinds[kind])
        folder = tmp_path / str(turn)
        shutil.copytree(source, folder)
        begin = (page - 1) * PAGE_BYTES
        damaged = flipped(folder / "records.db", begin + chance.randrange(PAGE_BYTES))[begin : begin + PAGE_BYTES]
        noticed = told(folder)
        kept = (folder / "records.db").read_bytes()[begin : begin + PAGE_BYTES] == damaged
        proof.tried()
        proof.lost(not noticed)
        proof.corrupt(not kept)
        assert noticed, page
        assert kept, page
        shutil.rmtree(folder)


@few_or(6, few=1, full=30)
def test_damaged_records_are_kept_aside_when_a_backup_takes_their_place(
    varied: tuple[Path, dict[str, list[int]]], rounds: int, tmp_path: Path, proof: Proof
) -> None:
    chance = random.Random(rounds)
    for turn in range(rounds):
        folder = tmp_path / str(turn) / "vault"
        shutil.copytree(varied[0], folder)
        with open_vault(folder, "A. Rahman", PASSPHRASE, clock=stopped_at(NOW)) as vault:
            backup = make_backup(vault, NOW, unheard)
        damaged = flipped(folder / "records.db", chance.randrange((folder / "records.db").stat().st_size))
        restored = restore_backup(
            backup.path, folder, SignIn("A. Rahman", PASSPHRASE), clock=stopped_at(NOW), progress=unheard
        )
        assert restored.kept_aside is not None
        kept = (restored.kept_aside / "records.db").read_bytes() == damaged
        noticed = told(folder)
        proof.tried()
        proof.corrupt(not kept)
        proof.lost(bool(noticed))
        assert kept
        assert not noticed


@few_or(100, few=20, full=1_000)
def test_a_flipped_byte_in_a_key_file_is_healed_and_in_both_stops_everything(
    varied: tuple[Path, dict[str, list[int]]], rounds: int, tmp_path: Path, proof: Proof
) -> None:
    from aftercare.domain.errors import HeaderDamaged, HeaderNewer
    from aftercare.vault.files import Layout
    from aftercare.vault.header_files import read_headers

    layout = Layout(tmp_path / "vault")
    shutil.copytree(varied[0], layout.folder)
    whole = [path.read_bytes() for path in layout.headers]
    newest = read_headers(layout).header
    chance = random.Random(rounds)
    for turn in range(rounds):
        one, other = layout.headers if turn % 2 else layout.headers[::-1]
        flipped(one, chance.randrange(one.stat().st_size))
        found = read_headers(layout)
        assert found.one_is_damaged
        assert newest.sequence - found.header.sequence <= 1
        damaged = one.read_bytes(), flipped(other, chance.randrange(other.stat().st_size))
        with pytest.raises((HeaderDamaged, HeaderNewer)):
            open_vault(layout.folder, "A. Rahman", PASSPHRASE, clock=stopped_at(NOW))
        assert (one.read_bytes(), other.read_bytes()) == damaged
        proof.tried(2)
        for path, content in zip(layout.headers, whole, strict=True):
            path.write_bytes(content)
