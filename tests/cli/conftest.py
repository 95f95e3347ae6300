"""A training vault, and a terminal that runs commands on it in this process."""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from aftercare.cli import AppCommands, build
from aftercare.domain.clock import stopped_at
from aftercare.services.training import TrainingOrder, make_training_office
from aftercare.vault import CHEAP_KDF
from terminal import PASSPHRASE, Ran, Run


@pytest.fixture(scope="session")
def _training(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli") / "vault"
    now = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    office, _ = make_training_office(folder, TrainingOrder(6), PASSPHRASE, clock=stopped_at(now), kdf=CHEAP_KDF)
    office.close()
    return folder


@pytest.fixture
def vault(_training: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "vault"
    shutil.copytree(_training, copy)
    copy.chmod(0o700)
    return copy


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Runs a command in this process; `typed` is what comes through standard input."""
    monkeypatch.setattr("aftercare.vault.making.measured_kdf", lambda: CHEAP_KDF)
    monkeypatch.setattr("aftercare.cli.asking.settings_path", lambda: tmp_path / "settings.json")
    monkeypatch.setattr("aftercare.settings.usual_vault_folder", lambda: tmp_path / "usual")

    def window(folder: Path | None) -> int:
        print(f"window {folder.name if folder else 'usual'}")  # noqa: T201
        return 0

    def screenshots(out: Path, only: Sequence[str]) -> int:
        print(f"pictures {out.name} {','.join(only)}")  # noqa: T201
        return 0

    def run(*arguments: str, typed: str = f"{PASSPHRASE}\n", self_test: int = 0) -> Ran:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed.encode())))
        command_line = build(AppCommands(window, lambda _folder: self_test, screenshots))
        with pytest.raises(SystemExit) as ended:
            command_line(args=list(arguments), prog_name="aftercare")
        out, err = capfd.readouterr()
        code = ended.value.code
        return Ran(code if isinstance(code, int) else 0, out, err)

    return run
