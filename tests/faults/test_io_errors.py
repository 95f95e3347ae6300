"""Reads, writes and syncs that fail now and then (libfiu): explained each time, and nothing acknowledged is lost."""

from __future__ import annotations

import errno
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import text

from aftercare.domain.errors import DatabaseDamaged
from aftercare.services.desk import Desk
from aftercare.services.opening import open_office
from aftercare.services.work import Work
from aftercare.vault import read_backup, verify_vault
from aftercare.vault.backup_file import read_through
from conftest import CLOCK, FIRST, PASSPHRASE, Template
from proof import Proof
from rounds import few_or

SCRIPT = Path(__file__).with_name("work_with_faults.py")
ATTEMPTS = 60

pytestmark = pytest.mark.promise(3)


@pytest.fixture(scope="module")
def may_fail() -> None:
    if shutil.which("fiu-run") is None:
        pytest.skip("libfiu (fiu-utils) is not installed")
    asked = "import ctypes; ctypes.CDLL(None).fiu_enable"
    if subprocess.run(["fiu-run", "-x", sys.executable, "-c", asked], capture_output=True, check=False).returncode:
        pytest.skip("libfiu cannot be loaded before Python here")


def work(folder: Path, *arguments: float) -> list[str]:
    command = ["fiu-run", "-x", sys.executable, str(SCRIPT), str(folder), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    lines = done.stdout.splitlines()
    assert lines[-1:] == ["end"], done.stderr[-3000:]
    return lines


def all_numbers(folder: Path) -> tuple[set[str], bool]:
    """The people in the records, and whether the full check finds nothing."""
    with open_office(folder, FIRST.login_name, PASSPHRASE, clock=CLOCK) as office:
        with office.vault.engine.connect() as connection:
            numbers = {str(number) for number in connection.execute(text("SELECT number FROM survivor")).scalars()}
        return numbers, verify_vault(office.vault, lambda _: None, lambda: False).sound


@few_or(3, few=1, full=30, minutes=30)
@pytest.mark.parametrize("error", [errno.EIO, errno.ENOSPC], ids=errno.errorcode.get)
@pytest.mark.usefixtures("may_fail")
def test_failing_reads_writes_and_syncs_lose_nothing_and_are_explained(
    template: Template, error: int, rounds: int, tmp_path: Path, proof: Proof
) -> None:
    folder = tmp_path / "records"
    shutil.copytree(template.folder, folder)
    kept: set[str] = set()
    refused = 0
    for turn in range(rounds):
        lines = work(folder, error, (0.002, 0.01, 0.05)[turn % 3], ATTEMPTS)
        refused += sum(line.startswith("refused ") for line in lines)
        unexplained = [line for line in lines if line.startswith("unexplained ")]
        kept |= {line.removeprefix("kept ") for line in lines if line.startswith("kept ")}
        numbers, sound = all_numbers(folder)
        for path in (folder / "backups").glob("*.backup"):
            read_through(read_backup(path), lambda _done, _total: None)
        proof.tried(len(lines) - 1)
        proof.lost(len(kept - numbers))
        proof.corrupt(not sound)
        assert not unexplained
        assert kept <= numbers
        assert sound
    assert refused


@pytest.mark.timeout(600)
@pytest.mark.parametrize("error", [errno.EIO, errno.ENOSPC], ids=errno.errorcode.get)
@pytest.mark.usefixtures("may_fail")
def test_when_the_disk_is_well_again_the_work_goes_on_without_unlocking(
    template: Template, error: int, tmp_path: Path, proof: Proof
) -> None:
    folder = tmp_path / "records"
    shutil.copytree(template.folder, folder)
    lines = work(folder, error)
    while_failing = [line for line, after in pairwise(lines) if after == "well"]
    proof.tried(len(while_failing))
    assert any(line.startswith("refused ") for line in while_failing)
    assert "unexplained" not in " ".join(lines)
    assert not [line for line, after in pairwise(lines) if line.startswith("refused ") and after != "well"]
    kept = {line.removeprefix("kept ") for line in lines if line.startswith("kept ")}
    numbers, sound = all_numbers(folder)
    proof.lost(len(kept - numbers))
    proof.corrupt(not sound)
    assert kept <= numbers
    assert sound


@pytest.mark.parametrize("times", [1, 2])
def test_only_what_a_new_connection_cannot_read_either_is_damaged(desk: Desk, times: int) -> None:
    left = [DatabaseDamaged()] * times

    def read(_work: Work) -> str:
        if left:
            raise left.pop()
        return "read"

    if times == 1:
        assert desk.ask(read) == "read"
    else:
        with pytest.raises(DatabaseDamaged):
            desk.ask(read)
