"""Reads, writes and syncs that fail now and then (libfiu): explained each time, and nothing acknowledged is lost."""

from __future__ import annotations

import errno
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from aftercare.services.opening import open_office
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


def work(folder: Path, error: int, probability: float) -> list[str]:
    command = ["fiu-run", "-x", sys.executable, str(SCRIPT), str(folder), str(error), str(probability), str(ATTEMPTS)]
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
        lines = work(folder, error, (0.002, 0.01, 0.05)[turn % 3])
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
