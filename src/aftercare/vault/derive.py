"""Key derivation in a short-lived process: it can be cancelled, and its memory goes back to the system with it.

The passphrase goes in by standard input and the key comes back by standard output, so neither is ever an argument or an
environment variable. Run as `python -m aftercare.vault.derive`, in a frozen program as `aftercare --derive`.
"""

from __future__ import annotations

import contextlib
import struct
import sys
from collections.abc import Callable
from threading import Event

from aftercare.domain.errors import Bug, DerivationFailed, UnlockCancelled
from aftercare.vault import crypto
from aftercare.vault.kdf import (
    MEBIBYTE,
    PRODUCT_FLOOR,
    KdfParameters,
    derive_here,
    measured_kdf,
    parameters_read,
)

Derive = Callable[[bytes, bytes, KdfParameters], bytes]
"""(secret, salt, parameters) -> key; `derive_here`, or `derive_apart(cancelled)`."""

_REQUEST = struct.Struct(">IIIHH")  # KiB, passes, lanes, length of salt, length of secret
_MEASURED = struct.Struct(">III")  # KiB, passes, lanes: the answer to a request that names no memory
_POLL_SECONDS = 0.02
_NO_CONSOLE = 0x08000000 if sys.platform == "win32" else 0  # CREATE_NO_WINDOW
SHORT_OF_MEMORY = 3


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, "--derive"]
    return [sys.executable, "-I", "-m", "aftercare.vault.derive"]


def derive_apart(cancelled: Event) -> Derive:
    """A `Derive` that runs in its own process and stops with `UnlockCancelled` soon after `cancelled` is set."""

    def derive(secret: bytes, salt: bytes, kdf: KdfParameters) -> bytes:
        request = _REQUEST.pack(kdf.kibibytes, kdf.passes, kdf.lanes, len(salt), len(secret)) + salt + secret
        answer = _answer(request, cancelled)
        if answer is None or len(answer) != crypto.KEY_BYTES:
            raise DerivationFailed(kdf.kibibytes // MEBIBYTE)
        return answer

    return derive


def measure_apart(cancelled: Event) -> KdfParameters:
    """`measured_kdf` in its own process; raises `UnlockCancelled` soon after `cancelled` is set."""
    answer = _answer(_REQUEST.pack(0, 0, 0, 0, 0), cancelled)
    if answer is None or len(answer) != _MEASURED.size:
        raise DerivationFailed(PRODUCT_FLOOR.kibibytes // MEBIBYTE)
    return parameters_read(*_MEASURED.unpack(answer))


def _answer(request: bytes, cancelled: Event) -> bytes | None:
    """What the process says; None where it failed."""
    import subprocess  # not in the process that is started: whoever waits for the key waits for its imports

    process: subprocess.Popen[bytes] = subprocess.Popen(
        _command(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=_NO_CONSOLE,
    )
    with process:
        waiting: bytes | None = request
        while True:
            try:
                answer, _ = process.communicate(waiting, timeout=_POLL_SECONDS)
                break
            except subprocess.TimeoutExpired:
                waiting = None
                if cancelled.is_set():
                    process.kill()
                    process.communicate()
                    raise UnlockCancelled from None
    return None if process.returncode else answer


def no_core_dump() -> None:
    """A crash must not write a secret to the disk."""
    if sys.platform != "win32":
        import resource

        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> int:
    """Answer one request; the exit code is 0, or SHORT_OF_MEMORY, or 2 for a request that makes no sense."""
    no_core_dump()
    request = sys.stdin.buffer.read()
    try:
        kibibytes, passes, lanes, salt_length, secret_length = _REQUEST.unpack_from(request)
        if not kibibytes:
            _put_out(_MEASURED.pack(*measured_kdf().as_list()))
            return 0
        salt = request[_REQUEST.size :][:salt_length]
        secret = request[_REQUEST.size + salt_length :][:secret_length]
        key = derive_here(secret, salt, parameters_read(kibibytes, passes, lanes))
    except DerivationFailed:
        return SHORT_OF_MEMORY
    except (Bug, struct.error):
        return 2
    _put_out(key)
    return 0


def _put_out(answer: bytes) -> None:
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    sys.exit(main())
