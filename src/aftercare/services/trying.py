"""Passphrases tried at the door other than to unlock: to restore, to save what is readable. They wait as there.

Counted in the folder of the records they are about, whose log then tells of them, and on this computer: a backup that
is restored into an empty folder leaves no other trace of the tries.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from aftercare import places
from aftercare.domain.clock import Clock
from aftercare.domain.errors import Problem, WrongPassphrase


def tries_here() -> Path:
    """Where this computer remembers them for whoever uses it: times only."""
    return places.for_settings() / "attempts"


@contextmanager
def counted(folder: Path, clock: Clock) -> Iterator[None]:
    """Raises `TooManyAttempts` when it is too early for another passphrase; remembers one that was wrong."""
    from aftercare.vault.attempts import must_wait, remember_failure
    from aftercare.vault.files import Layout

    remembered = [tries_here()]
    if folder.is_dir() and any(path.exists() for path in Layout(folder).headers):
        remembered.append(Layout(folder).attempts)
    for path in remembered:
        must_wait(path, clock.now())
    try:
        yield
    except WrongPassphrase:
        for path in remembered:
            # a disk that cannot be written, as damaged ones should be
            with suppress(Problem, OSError):
                path.parent.mkdir(parents=True, exist_ok=True)
                remember_failure(path, clock.now())
        raise
    with suppress(OSError):
        remembered[0].unlink(missing_ok=True)
