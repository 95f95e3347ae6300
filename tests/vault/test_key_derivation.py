"""Key derivation apart: the same key as here, nothing in the arguments, and it stops when asked."""

from __future__ import annotations

import subprocess
import sys
from threading import Event, Timer
from typing import Any

import pytest

from aftercare.domain.errors import DerivationFailed, UnlockCancelled
from aftercare.vault import CHEAP_KDF, KdfParameters, crypto, derive_apart, derive_here, measured_kdf
from aftercare.vault import kdf as kdf_module

SALT = bytes(range(16))


def test_a_short_lived_process_derives_the_same_key(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[list[str]] = []
    starting = subprocess.Popen

    def watched(command: list[str], **more: Any) -> Any:
        seen.append(command)
        return starting(command, **more)

    monkeypatch.setattr(subprocess, "Popen", watched)
    secret = "grüße vom Reiher".encode()
    assert derive_apart(Event())(secret, SALT, CHEAP_KDF) == derive_here(secret, SALT, CHEAP_KDF)
    assert not any("Reiher" in part for part in seen[0])


def test_a_derivation_stops_soon_after_it_was_cancelled(monkeypatch: pytest.MonkeyPatch) -> None:
    cancelled = Event()
    Timer(0.3, cancelled.set).start()
    begun: list[subprocess.Popen[bytes]] = []
    starting = subprocess.Popen

    def watched(command: list[str], **more: Any) -> Any:
        begun.append(starting(command, **more))
        return begun[-1]

    monkeypatch.setattr(subprocess, "Popen", watched)
    takes_long = KdfParameters(256 * 1024, 20, 1)
    with pytest.raises(UnlockCancelled):
        derive_apart(cancelled)(b"secret", SALT, takes_long)
    (process,) = begun
    assert process.returncode not in (None, 0)  # it was ended, not waited for


def test_a_request_that_makes_no_sense_is_refused() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "aftercare.vault.derive"], input=b"rubbish", capture_output=True, check=False
    )
    assert (done.returncode, done.stdout) == (2, b"")


def test_too_little_memory_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def short(*_: object, **__: object) -> bytes:
        raise MemoryError

    monkeypatch.setattr(crypto, "argon2id", short)
    with pytest.raises(DerivationFailed) as caught:
        derive_here(b"secret", SALT, CHEAP_KDF)
    assert caught.value.megabytes == 8


@pytest.mark.parametrize(("speed", "expected"), [(1.0, (256, 3)), (0.25, (256, 11)), (10.0, (64, 3))])
def test_the_measured_strength_aims_at_a_second_and_keeps_the_floor(
    monkeypatch: pytest.MonkeyPatch, speed: float, expected: tuple[int, int]
) -> None:
    monkeypatch.setattr(kdf_module, "_seconds", lambda kdf: speed * kdf.kibibytes / 262_144 * kdf.passes / 3)
    monkeypatch.setattr(kdf_module, "memory_kibibytes", lambda: 8 * 1024 * 1024)
    measured = measured_kdf()
    assert (measured.kibibytes // 1024, measured.passes) == expected


def test_a_small_computer_gives_at_most_a_quarter_of_its_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kdf_module, "_seconds", lambda kdf: 0.9)
    monkeypatch.setattr(kdf_module, "memory_kibibytes", lambda: 512 * 1024)
    assert measured_kdf().kibibytes == 128 * 1024
