"""A small encrypted vault, made once and copied for each test that wants one."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from aftercare.domain.clock import Clock, stopped_at
from aftercare.vault import CHEAP_KDF, NewAccount, OpenVault, RecoveryCode, create_vault, open_vault

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ACCOUNT = NewAccount(UUID("01930000-0000-7000-8000-000000000001"), "A. Rahman")
PASSPHRASE = "the heron sings at dusk"


@dataclass(frozen=True)
class Template:
    folder: Path
    code: RecoveryCode


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    folder = tmp_path_factory.mktemp("template") / "vault"
    vault, code = create_vault(folder, ACCOUNT, PASSPHRASE, clock=stopped_at(NOW), kdf=CHEAP_KDF)
    vault.close()
    return Template(folder, code)


@pytest.fixture
def folder(template: Template, tmp_path: Path) -> Path:
    """A closed vault that belongs to A. Rahman."""
    copy = tmp_path / "vault"
    shutil.copytree(template.folder, copy)
    copy.chmod(0o700)
    return copy


@pytest.fixture
def unlock(folder: Path) -> Iterator[Callable[..., OpenVault]]:
    """Opens the vault with the right passphrase (or another, at another time); closed after the test."""
    opened: list[OpenVault] = []

    def unlock(passphrase: str = PASSPHRASE, name: str = "A. Rahman", clock: Clock | None = None) -> OpenVault:
        vault = open_vault(folder, name, passphrase, clock=clock or stopped_at(NOW))
        opened.append(vault)
        return vault

    yield unlock
    for vault in opened:
        vault.close()


@pytest.fixture
def vault(unlock: Callable[..., OpenVault]) -> OpenVault:
    return unlock()
