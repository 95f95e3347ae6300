"""What a process does while its disk is recorded for the test of power cuts; each thing done is told at once.

python work_to_cut.py PIECE FOLDER

The folder holds `vault` and `kept` (a backup) as `prepared` made them. Lines: `ready`, then `done NUMBER`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from uuid import UUID

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from sqlalchemy import text

from aftercare.domain.clock import stopped_at
from aftercare.vault import (
    CHEAP_KDF,
    NewAccount,
    OpenVault,
    SignIn,
    copy_to,
    create_vault,
    list_backups,
    make_backup,
    open_vault,
    open_with_code,
    restore_backup,
    start_again,
)
from aftercare.vault.forgetting import forget_deleted
from aftercare.vault.recover import Recovered
from aftercare.vault.rotate import rotate
from cut_words import PASSPHRASE, SAVES, code_number, passphrase_number, value_of
from new_level import one_level_more

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
CLOCK = stopped_at(NOW)
ACCOUNT = NewAccount(UUID(int=1), "A. Rahman")


def say(line: str) -> None:
    os.write(1, (line + "\n").encode())


def unheard(_done: int, _total: int) -> None:
    """Progress that nobody listens to."""


def unlock(folder: Path, passphrase: str = PASSPHRASE) -> OpenVault:
    return open_vault(folder, "A. Rahman", passphrase, clock=CLOCK)


def save(vault: OpenVault, number: int) -> None:
    with vault.engine.begin() as connection:
        row = {"name": str(number), "value": value_of(number)}
        connection.execute(text("INSERT INTO setting (name, value) VALUES (:name, :value)"), row)
        newest = {"value": str(number)}
        connection.execute(text("INSERT OR REPLACE INTO setting (name, value) VALUES ('newest', :value)"), newest)
        vault.audit.append(connection, NOW, vault.account_id, "setting.saved")


def prepared(root: Path) -> None:
    """A vault with a few rows, a backup of it in another folder, and rows that came after the backup."""
    vault, _ = create_vault(root / "vault", ACCOUNT, PASSPHRASE, clock=CLOCK, kdf=CHEAP_KDF, code=code_number(0))
    with vault:
        for number in range(5):
            save(vault, number)
        copy_to(make_backup(vault, NOW, unheard), root / "kept", unheard, make_place=True)
        for number in range(5, 8):
            save(vault, number)


# --- the pieces of work ------------------------------------------------------------------------------------------


def saves(root: Path) -> None:
    """Save, anchor, checkpoint, close, unlock and go on."""
    for session in range(2):
        with unlock(root / "vault") as vault:
            say("ready")
            for number in range(8 + session * SAVES, 8 + (session + 1) * SAVES):
                save(vault, number)
                say(f"done {number}")
                if number % 7 == 0:
                    vault.write_anchor()
                if number % 11 == 0:
                    vault.checkpoint()


def saves_carelessly(root: Path) -> None:
    """Save without waiting for the disk, as no vault does: the test must be able to notice that."""
    with unlock(root / "vault") as vault:
        connection = vault.engine.raw_connection()
        connection.driver_connection.execute("PRAGMA synchronous=NORMAL")  # type: ignore[union-attr]
        connection.close()
        say("ready")
        for number in range(8, 8 + SAVES):
            save(vault, number)
            say(f"done {number}")


def keys(root: Path) -> None:
    """Replace passphrase and recovery code again and again."""
    say("ready")
    for number in range(1, 5):
        with open_with_code(root / "vault", code_number(number - 1), clock=CLOCK) as vault:
            who = Recovered(ACCOUNT.account_id, ACCOUNT.login_name)
            start_again(vault, who, passphrase_number(number), code_number(number), clock=CLOCK, kdf=CHEAP_KDF)
            say(f"done {number}")


def migrate(root: Path) -> None:
    with one_level_more():
        say("ready")
        vault = unlock(root / "vault")
        say("done 1")
        vault.close()


def back_up(root: Path) -> None:
    with unlock(root / "vault") as vault:
        say("ready")
        for number in count(1):
            save(vault, 7 + number)
            backup = make_backup(vault, NOW, unheard)
            copy_to(backup, root / "stick", unheard, make_place=True)
            say(f"done {backup.label.number}")
            if number == 3:
                break


def restore(root: Path) -> None:
    (backup,) = list_backups(root / "kept")
    say("ready")
    restore_backup(backup.path, root / "vault", SignIn("A. Rahman", PASSPHRASE), clock=CLOCK, progress=unheard)
    say("done 1")


def rotate_key(root: Path) -> None:
    """Give the vault a new data key twice, with work before and between."""
    with unlock(root / "vault") as vault:
        say("ready")
        for number in (1, 2):
            save(vault, 7 + number)
            rotate(vault, unheard)
            say(f"done {number}")


def forget(root: Path) -> None:
    """Delete rows, and write the file anew without what was deleted, twice."""
    with unlock(root / "vault") as vault:
        say("ready")
        for number in (1, 2):
            save(vault, 7 + number)
            with vault.engine.begin() as connection:
                connection.execute(text("DELETE FROM setting WHERE name = :name"), {"name": str(number)})
            if forget_deleted(vault, unheard):
                say(f"done {number}")


def make(root: Path) -> None:
    say("ready")
    vault, _ = create_vault(root / "new", ACCOUNT, PASSPHRASE, clock=CLOCK, kdf=CHEAP_KDF)
    say("done 1")
    vault.close()


_ALL = (saves, saves_carelessly, keys, migrate, back_up, restore, rotate_key, forget, make)
PIECES: dict[str, Callable[[Path], None]] = {piece.__name__: piece for piece in _ALL}

if __name__ == "__main__":
    PIECES[sys.argv[1]](Path(sys.argv[2]))
