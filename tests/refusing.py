"""Opening a vault that must be refused: what stops it is told, and nothing in the folder is written."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from aftercare.domain.clock import stopped_at
from aftercare.domain.errors import Problem
from aftercare.vault import open_vault

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PASSPHRASE = "the heron sings at dusk"


def hashes(folder: Path) -> dict[str, str]:
    """The content of every file but the lock, which is never written."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.iterdir())
        if path.is_file() and path.name != "lock"
    }


def refused(folder: Path, problem: type[Problem]) -> Problem:
    """Opening raises this problem and leaves every file as it was."""
    before = hashes(folder)
    with pytest.raises(problem) as caught:
        open_vault(folder, "A. Rahman", PASSPHRASE, clock=stopped_at(NOW))
    assert hashes(folder) == before
    return caught.value
