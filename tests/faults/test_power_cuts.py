"""Power cuts: every write of a process is recorded, and the disk rebuilt as it may be after a cut at any moment.

What was not synced is dropped, torn or reordered (disk_model.py); the real program then opens what is left.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import text

from aftercare.domain.errors import RecordsChangedOutside, SavedChangesUnreadable, WrongPassphrase
from aftercare.vault import CHEAP_KDF, OpenVault, complete_restore, create_vault, read_backup, vault_state, verify_vault
from aftercare.vault.backup_file import read_through
from aftercare.vault.files import Layout
from aftercare.vault.state import VaultPresence
from cut_words import PASSPHRASE, passphrase_number, value_of
from disk_model import Disk
from faults.work_to_cut import ACCOUNT, CLOCK, prepared, unheard, unlock
from new_level import one_level_more
from planted import pages_with
from proof import Proof
from rounds import few_or
from strace_log import Act, Said, recorded

SCRIPT = Path(__file__).with_name("work_to_cut.py")


class Lost(Exception):
    """Something that was acknowledged is not there."""


class Spoiled(Exception):
    """Something is there that is not whole."""


@pytest.fixture(scope="module")
def may_trace() -> None:
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed")
    if subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True, check=False).returncode:
        pytest.skip("the kernel forbids tracing here")


@pytest.fixture
def fast_place() -> Iterator[Path]:
    """A folder in memory where there is one: a thousand disks are written into it."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as place:
        yield Path(place)


@dataclass(frozen=True)
class After:
    """A disk after the cut, and what was acknowledged before it."""

    root: Path
    done: list[int]


def rows_of(vault: OpenVault) -> dict[str, str]:
    with vault.engine.connect() as connection:
        return {row.name: row.value for row in connection.execute(text("SELECT name, value FROM setting"))}


def whole(vault: OpenVault, acknowledged: set[int]) -> set[int]:
    """The numbers in a vault that is sound, frightens nobody, and holds every acknowledged row as it was written."""
    if any(isinstance(told, (RecordsChangedOutside, SavedChangesUnreadable)) for told in vault.opened_warnings):
        raise Spoiled("a false alarm")
    rows = rows_of(vault)
    newest = int(rows.pop("newest"))
    numbers = {int(name) for name in rows}
    if any(value != value_of(int(name)) for name, value in rows.items()) or newest != max(numbers):
        raise Spoiled("a row")
    if (findings := verify_vault(vault, lambda _: None, lambda: False).findings) != ():
        raise Spoiled(str(findings))
    if missing := acknowledged - numbers:
        raise Lost(str(missing))
    return numbers


# --- what must hold after each piece of work -----------------------------------------------------------------------


def saves_hold(after: After) -> None:
    with unlock(after.root / "vault") as vault:
        whole(vault, {*range(8), *after.done})


def keys_hold(after: After) -> None:
    """The acknowledged passphrase opens, or already the next; none that was replaced before."""
    known = max(after.done, default=0)
    opening = []
    for number in range(known + 2):
        (after.root / "vault" / "attempts").unlink(missing_ok=True)
        try:
            with unlock(after.root / "vault", passphrase_number(number)) as vault:
                whole(vault, set(range(8)))
        except WrongPassphrase:
            continue
        opening.append(number)
    if opening not in ([known], [known + 1]):
        raise Lost(f"{opening} open after {known}")


def migration_holds(after: After) -> None:
    with one_level_more(), unlock(after.root / "vault") as vault:
        whole(vault, set(range(8)))
        with vault.engine.connect() as connection:
            copied = connection.execute(text("SELECT count(*) FROM setting WHERE extra = name")).scalar_one()
        if copied != 9:
            raise Spoiled("the step ran in part")


def backups_hold(after: After) -> None:
    with unlock(after.root / "vault") as vault:
        whole(vault, {*range(8), *(number + 6 for number in after.done)})
        own, stick = after.root / "vault" / "backups", after.root / "stick"
        for folder in (own, stick):
            numbers = set()
            for path in folder.glob("*.backup"):
                backup = read_backup(path)
                if read_through(backup, unheard) != backup.contents(vault.unlocked.data_key).database_sum:
                    raise Spoiled("a backup")
                numbers.add(backup.label.number)
            if missing := set(after.done) - numbers:
                raise Lost(f"backups {missing} in {folder.name}")


def restore_holds(after: After) -> None:
    folder = after.root / "vault"
    complete_restore(folder)
    with unlock(folder) as vault:
        numbers = whole(vault, set(range(5)))
    if after.done and numbers != set(range(5)):
        raise Lost("the restored records")
    if numbers == set(range(5)):
        (aside,) = after.root.glob("vault-before-*")
        with unlock(aside) as vault:
            whole(vault, set(range(8)))


def rotation_holds(after: After) -> None:
    """Everything is there, under the new key as soon as that was acknowledged."""
    with unlock(after.root / "vault") as vault:
        whole(vault, {*range(8), *(number + 7 for number in after.done)})
        if vault.unlocked.header.generation <= len(after.done):
            raise Lost("the new key")


def forgetting_holds(after: After) -> None:
    """What stays is whole; of what was deleted nothing is left in the file once that was acknowledged."""
    with unlock(after.root / "vault") as vault:
        whole(vault, {0, *range(3, 8), *(number + 7 for number in after.done)})
        layout, key = Layout(vault.folder), vault.unlocked.raw_database_key
    for number in after.done:
        if pages_with(layout, key, value_of(number)[:24]):
            raise Lost(f"the deletion of {number}")


def making_holds(after: After) -> None:
    folder = after.root / "new"
    if vault_state(folder).presence is VaultPresence.ABSENT:
        if after.done:
            raise Lost("the vault")
        create_vault(folder, ACCOUNT, PASSPHRASE, clock=CLOCK, kdf=CHEAP_KDF)[0].close()
    with unlock(folder) as vault:
        if (findings := verify_vault(vault, lambda _: None, lambda: False).findings) != ():
            raise Spoiled(str(findings))


PIECES: dict[str, Callable[[After], None]] = {
    "saves": saves_hold,
    "keys": keys_hold,
    "migrate": migration_holds,
    "back_up": backups_hold,
    "restore": restore_holds,
    "rotate_key": rotation_holds,
    "forget": forgetting_holds,
    "make": making_holds,
}


# --- cutting -------------------------------------------------------------------------------------------------------


def disks_after_cuts(root: Path, acts: list[Act], rounds: int, chance: random.Random, place: Path) -> Iterator[After]:
    """Disks cut at random moments after the process was ready, each with what had been acknowledged by then."""
    ready = acts.index(Said("ready"))
    moments = sorted(chance.randint(ready + 1, len(acts)) for _ in range(rounds))
    disk = Disk(root.with_name("before"), seen_as=root)
    done = 0
    for number, moment in enumerate(moments):
        for act in acts[done:moment]:
            disk.do(act)
        done = moment
        target = place / str(number)
        disk.cut(chance, target)
        yield After(target, [int(line.split()[1]) for line in disk.said if line.startswith("done ")])
        shutil.rmtree(target)


@pytest.fixture
def recording(tmp_path: Path) -> Callable[[str], tuple[Path, list[Act]]]:
    """Records a piece of work; the folder it worked in, and what it did."""

    def record(piece: str) -> tuple[Path, list[Act]]:
        root = tmp_path / "root"
        root.mkdir()
        prepared(root)
        shutil.copytree(root, tmp_path / "before")
        return root, recorded([sys.executable, str(SCRIPT), piece, str(root)], tmp_path / "strace.log", root)

    return record


Recording = Callable[[str], tuple[Path, list[Act]]]


@few_or(40, few=6, full=200)
@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.promise(2)
@pytest.mark.usefixtures("may_trace")
def test_a_power_cut_loses_nothing_that_was_acknowledged(
    piece: str, rounds: int, recording: Recording, fast_place: Path, proof: Proof
) -> None:
    root, acts = recording(piece)
    chance = random.Random(f"{piece} {rounds}")
    wrong: list[Exception] = []
    for after in disks_after_cuts(root, acts, rounds, chance, fast_place):
        proof.tried()
        try:
            PIECES[piece](after)
        except Lost as lost:
            proof.lost()
            wrong.append(lost)
        except Exception as spoiled:
            proof.corrupt()
            wrong.append(spoiled)
    assert not wrong, wrong


@pytest.mark.usefixtures("may_trace")
def test_saves_that_do_not_wait_for_the_disk_would_be_noticed(recording: Recording, fast_place: Path) -> None:
    root, acts = recording("saves_carelessly")
    lost = 0
    for after in disks_after_cuts(root, acts, 12, random.Random(3), fast_place):
        try:
            saves_hold(after)
        except (Lost, Spoiled):
            lost += 1
    assert lost
