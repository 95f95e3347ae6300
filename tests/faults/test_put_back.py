"""Something earlier put back while the vault is closed: a page, the file, its log, the key file: noticed at unlock.

Each page proves itself to the cipher, an earlier one too: what notices it is the sum in the header (vault/at_rest.py).
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import text

from aftercare.domain.clock import stopped_at
from aftercare.domain.errors import Problem, RecordsChangedOutside
from aftercare.vault import CHEAP_KDF, NewAccount, OpenVault, create_vault, open_vault, verify_vault
from aftercare.vault.cipher import PAGE_BYTES
from aftercare.vault.files import Layout
from proof import Proof
from rounds import few_or

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PASSPHRASE = "the heron sings at dusk"
ROWS = 200


def unlock(folder: Path) -> OpenVault:
    return open_vault(folder, "A. Rahman", PASSPHRASE, clock=stopped_at(NOW))


@dataclass(frozen=True)
class Weeks:
    """The same vault closed last week and closed today; in between every row got another value of the same length."""

    earlier: Path
    today: Path
    log: Path
    """The write-ahead log in the middle of the last session."""

    def changed_pages(self) -> list[int]:
        before, after = (Layout(folder).database.read_bytes() for folder in (self.earlier, self.today))
        pages = range(min(len(before), len(after)) // PAGE_BYTES)
        return [at for at in pages if _page(before, at) != _page(after, at)]


def _page(content: bytes, at: int) -> bytes:
    return content[at * PAGE_BYTES : (at + 1) * PAGE_BYTES]


@pytest.fixture(scope="module")
def weeks(tmp_path_factory: pytest.TempPathFactory) -> Weeks:
    place = tmp_path_factory.mktemp("weeks")
    weeks = Weeks(place / "earlier", place / "today", place / "records.db-wal")
    account = NewAccount(UUID(int=1), "A. Rahman")
    vault, _ = create_vault(weeks.today, account, PASSPHRASE, clock=stopped_at(NOW), kdf=CHEAP_KDF)
    with vault, vault.engine.begin() as connection:
        for number in range(ROWS):
            row = {"name": str(number), "value": '"' + "safe " * 80 + '"'}
            connection.execute(text("INSERT INTO setting (name, value) VALUES (:name, :value)"), row)
    shutil.copytree(weeks.today, weeks.earlier)
    with unlock(weeks.today) as vault:
        with vault.engine.begin() as connection:
            connection.execute(text("UPDATE setting SET value = replace(value, 'safe', 'risk')"))
            vault.audit.append(connection, NOW, None, "setting.saved")
        shutil.copy(Layout(weeks.today).write_ahead_log, weeks.log)
    assert Layout(weeks.today).database.stat().st_size == Layout(weeks.earlier).database.stat().st_size
    return weeks


@pytest.fixture
def copies(weeks: Weeks, tmp_path: Path) -> Path:
    """A copy of today's vault."""
    folder = tmp_path / "vault"
    shutil.copytree(weeks.today, folder)
    return folder


def noticed(folder: Path) -> bool:
    """Whether unlocking says so: by refusing, or by a notice to the person."""
    try:
        with unlock(folder) as vault:
            logged = _logged(vault)
            told = any(isinstance(warning, RecordsChangedOutside) for warning in vault.opened_warnings)
    except Problem:
        return True
    assert told is ("vault.changed_outside" in logged)
    return told


def _logged(vault: OpenVault) -> list[str]:
    with vault.engine.connect() as connection:
        return list(connection.execute(text("SELECT action FROM audit_entry ORDER BY seq")).scalars())


def put_back(folder: Path, earlier: Path, pages: list[int]) -> None:
    content = bytearray(Layout(folder).database.read_bytes())
    old = Layout(earlier).database.read_bytes()
    for at in pages:
        content[at * PAGE_BYTES : (at + 1) * PAGE_BYTES] = _page(old, at)
    Layout(folder).database.write_bytes(content)


def _page_of_values(weeks: Weeks) -> int:
    """A page of rows whose earlier state contradicts nothing else: no check but the sum can tell."""
    return sorted(weeks.changed_pages())[len(weeks.changed_pages()) // 2]


@few_or(20, few=6, full=300)
@pytest.mark.promise(5)
def test_earlier_pages_put_back_are_noticed(weeks: Weeks, tmp_path: Path, rounds: int, proof: Proof) -> None:
    """One page, or any choice of pages: so also all of one table."""
    changed = weeks.changed_pages()
    assert len(changed) > 20
    chance = random.Random(rounds)
    for turn in range(rounds):
        folder = tmp_path / str(turn)
        shutil.copytree(weeks.today, folder)
        pages = chance.sample(changed, 1 if turn % 2 else chance.randint(2, len(changed)))
        put_back(folder, weeks.earlier, pages)
        seen = noticed(folder)
        proof.tried()
        proof.lost(not seen)
        assert seen, pages
        shutil.rmtree(folder)


def test_no_check_of_the_cipher_nor_of_the_database_notices_an_earlier_page(weeks: Weeks, copies: Path) -> None:
    """Why the sum is needed: this page passes them all."""
    for at in weeks.changed_pages()[::-1]:
        folder = copies.with_name("tried")
        shutil.copytree(copies, folder)
        put_back(folder, weeks.earlier, [at])
        try:
            with unlock(folder) as vault:
                if verify_vault(vault, lambda _: None, lambda: False).sound:
                    return
        except Problem:
            pass
        shutil.rmtree(folder)
    pytest.fail("every earlier page was noticed by something else")


@pytest.mark.promise(5)
def test_the_earlier_file_of_records_is_noticed(weeks: Weeks, copies: Path) -> None:
    shutil.copy(Layout(weeks.earlier).database, Layout(copies).database)
    assert noticed(copies)


@pytest.mark.promise(5)
@pytest.mark.parametrize("which", [(0,), (1,), (0, 1)], ids=["first copy", "second copy", "both"])
def test_an_earlier_key_file_is_noticed(weeks: Weeks, copies: Path, which: tuple[int, ...]) -> None:
    for copy in which:
        shutil.copy(Layout(weeks.earlier).headers[copy], Layout(copies).headers[copy])
    if len(which) == 2:
        assert noticed(copies)
        return
    with unlock(copies) as vault:
        assert vault.opened_warnings
        assert "vault.header_repaired" in _logged(vault)


@pytest.mark.promise(5)
@pytest.mark.parametrize("spoil", [Path.unlink, lambda path: path.write_bytes(b"rotten")], ids=["gone", "damaged"])
@pytest.mark.parametrize("which", [0, 1], ids=["first copy", "second copy"])
def test_a_spoiled_copy_of_the_key_file_hides_no_earlier_page(
    weeks: Weeks, copies: Path, which: int, spoil: Callable[[Path], object]
) -> None:
    put_back(copies, weeks.earlier, [_page_of_values(weeks)])
    spoil(Layout(copies).headers[which])
    assert noticed(copies)


@pytest.mark.parametrize("which", [0, 1], ids=["first copy", "second copy"])
def test_a_spoiled_copy_of_the_key_file_alone_is_no_change_of_the_records(copies: Path, which: int) -> None:
    """Closed as they should be, or left by a crash after work that the other copy does not know of."""
    crashed = copies.with_name("crashed")
    with unlock(copies):
        shutil.copytree(copies, crashed)
    for folder in (copies, crashed):
        Layout(folder).headers[which].unlink()
        with unlock(folder) as vault:
            assert not any(isinstance(warning, RecordsChangedOutside) for warning in vault.opened_warnings)
            assert ("vault.was_not_closed" in _logged(vault)) is (folder == crashed)


@pytest.mark.promise(5)
def test_a_log_put_beside_closed_records_is_noticed(weeks: Weeks, copies: Path) -> None:
    shutil.copy(weeks.log, Layout(copies).write_ahead_log)
    assert noticed(copies)


@pytest.mark.promise(5)
def test_records_of_a_vault_of_the_same_people_are_refused(weeks: Weeks, copies: Path, tmp_path: Path) -> None:
    account = NewAccount(UUID(int=1), "A. Rahman")
    create_vault(tmp_path / "other", account, PASSPHRASE, clock=stopped_at(NOW), kdf=CHEAP_KDF)[0].close()
    shutil.copy(Layout(tmp_path / "other").database, Layout(copies).database)
    assert noticed(copies)


def test_what_was_noticed_is_told_once_and_stays_in_the_log(weeks: Weeks, copies: Path) -> None:
    put_back(copies, weeks.earlier, weeks.changed_pages()[-1:])
    assert noticed(copies)
    with unlock(copies) as vault:
        assert not vault.opened_warnings or not any(
            isinstance(warning, RecordsChangedOutside) for warning in vault.opened_warnings
        )
        assert "vault.changed_outside" in _logged(vault)


def test_an_ordinary_day_is_told_nothing(copies: Path) -> None:
    for _ in range(3):
        with unlock(copies) as vault:
            assert not any(isinstance(warning, RecordsChangedOutside) for warning in vault.opened_warnings)
            assert not {"vault.changed_outside", "vault.was_not_closed"} & set(_logged(vault))


def test_after_a_crash_the_log_says_that_nothing_could_be_compared(copies: Path) -> None:
    with unlock(copies) as vault:
        shutil.copytree(copies, copies.with_name("crashed"))
        assert vault.unlocked.inner.at_rest == b""
    with unlock(copies.with_name("crashed")) as vault:
        assert "vault.was_not_closed" in _logged(vault)


def test_a_whole_earlier_vault_is_what_it_was(weeks: Weeks, tmp_path: Path) -> None:
    """The limit, said in SECURITY.md: records and key files of the same earlier day agree with each other."""
    shutil.copytree(weeks.earlier, tmp_path / "vault")
    assert not noticed(tmp_path / "vault")
