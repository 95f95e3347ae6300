"""A desk in a fresh encrypted vault for each test: the vault is made once, copied and opened for each."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import hypothesis
import pytest

from aftercare.domain.clock import Clock, stopped_at
from aftercare.domain.rows.survivors import PersonHead
from aftercare.services.desk import Desk
from aftercare.services.opening import FirstPerson, OpenOffice, create_office, desk_of
from aftercare.vault import CHEAP_KDF
from aftercare.vault.files import Layout
from aftercare.vault.lock import FolderLock
from aftercare.vault.opened import OpenVault, Unlocked
from ledger import Ledger
from makers import a_survivor
from proof import proof, pytest_addoption, pytest_collection_modifyitems, pytest_runtest_makereport

# pytest finds fixtures and hooks by their names here
__all__ = ["proof", "pytest_addoption", "pytest_collection_modifyitems", "pytest_runtest_makereport"]

# how long an example takes says something about the machine, not about the program
hypothesis.settings.register_profile("aftercare", deadline=None)
hypothesis.settings.load_profile("aftercare")

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
CLOCK = stopped_at(NOW)
PASSPHRASE = "orchard lantern violet harbour"
FIRST = FirstPerson("rahman", "A. Rahman")


class Template:
    """A vault that is closed, and what opens its copies without stretching the passphrase again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        office, self.code = create_office(folder, FIRST, PASSPHRASE, clock=CLOCK, kdf=CHEAP_KDF)
        self._account_id = office.vault.account_id
        office.close()
        self._unlocked: Unlocked = office.vault.unlocked

    def open_copy(self, folder: Path, clock: Clock = CLOCK) -> OpenVault:
        shutil.copytree(self.folder, folder)
        layout = Layout(folder)
        lock = FolderLock(layout.lock)
        vault = OpenVault(layout, lock, self._unlocked, self._account_id, clock, creating=False)
        vault.start_work()
        return vault


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    return Template(tmp_path_factory.mktemp("template") / "vault")


@pytest.fixture
def vault(template: Template, tmp_path: Path) -> Iterator[OpenVault]:
    """An open vault with nobody in it but A. Rahman, who set it up."""
    opened = template.open_copy(tmp_path / "vault")
    yield opened
    opened.close()


@pytest.fixture
def desk(vault: OpenVault) -> Desk:
    """Monday 23 November 2026, 09:00 UTC; A. Rahman works, with every role that a small shelter needs."""
    return desk_of(vault, CLOCK)


@pytest.fixture
def opened(vault: OpenVault, desk: Desk) -> OpenOffice:
    """The vault with the desk, for what is asked of both."""
    return OpenOffice(vault, desk)


@pytest.fixture
def head(desk: Desk) -> PersonHead:
    """A survivor of whom nothing is known but her code."""
    return a_survivor(desk)


@pytest.fixture
def cheap_accounts(monkeypatch: pytest.MonkeyPatch) -> None:
    """New accounts get a key that is quickly made."""
    monkeypatch.setattr("aftercare.vault.members.measured_kdf", lambda: CHEAP_KDF)


@pytest.fixture
def ledger(vault: OpenVault) -> Ledger:
    return Ledger(vault)


@pytest.fixture(autouse=True)
def _tries_of_this_test_alone(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Wrong passwords at the door are remembered on the computer: not on this one, and not by the next test."""
    kept = tmp_path_factory.getbasetemp() / "tries" / uuid4().hex
    monkeypatch.setattr("aftercare.services.trying.tries_here", lambda: kept)
