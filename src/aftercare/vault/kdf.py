"""How hard a passphrase is to guess from a stolen disk: Argon2id parameters, measured on this computer."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass, field

from aftercare.domain.errors import Bug, DerivationFailed
from aftercare.vault import crypto

MEBIBYTE = 1024  # in KiB, the unit of Argon2
AIM_SECONDS = 0.9
AIM_MOST_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class KdfFloor:
    """The least that may be asked; a lower floor than the product's is for tests and says so by being handed in."""

    kibibytes: int
    passes: int


PRODUCT_FLOOR = KdfFloor(64 * MEBIBYTE, 3)
READ_FLOOR = KdfFloor(8 * MEBIBYTE, 1)
MOST_KIBIBYTES, MOST_PASSES, MOST_LANES = 1024 * MEBIBYTE, 20, 8


@dataclass(frozen=True, slots=True)
class KdfParameters:
    """Memory in KiB, passes over it, lanes side by side."""

    kibibytes: int
    passes: int
    lanes: int
    floor: KdfFloor = field(default=PRODUCT_FLOOR, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.kibibytes < self.floor.kibibytes or self.passes < self.floor.passes or self.lanes < 1:
            raise Bug("weaker key derivation than the floor")
        if self.kibibytes > MOST_KIBIBYTES or self.passes > MOST_PASSES or self.lanes > MOST_LANES:
            raise Bug("key derivation above the cap")

    @property
    def is_weak(self) -> bool:
        """Weaker than the product makes today; such a slot is sealed anew at the next change of its passphrase."""
        return self.kibibytes < PRODUCT_FLOOR.kibibytes or self.passes < PRODUCT_FLOOR.passes

    def as_list(self) -> list[int]:
        return [self.kibibytes, self.passes, self.lanes]


def parameters_read(kibibytes: int, passes: int, lanes: int) -> KdfParameters:
    """Parameters from a file: capped, so that a forged header cannot ask for all memory; raises `Bug` outside."""
    return KdfParameters(kibibytes, passes, lanes, floor=READ_FLOOR)


CHEAP_KDF = KdfParameters(8 * MEBIBYTE, 1, 1, floor=READ_FLOOR)
"""For tests only: no path of the product makes a slot with it."""

NAME_KDF = KdfParameters(19 * MEBIBYTE, 2, 1, floor=READ_FLOOR)
"""For the tags by which slots are found: login names are guessable, so a guess costs a little (OWASP's minimum)."""


def derive_here(secret: bytes, salt: bytes, kdf: KdfParameters) -> bytes:
    """The key of a passphrase, in this process; the window uses `derive.derive_apart`."""
    try:
        return crypto.argon2id(secret, salt, kibibytes=kdf.kibibytes, passes=kdf.passes, lanes=kdf.lanes)
    except MemoryError as short:
        raise DerivationFailed(kdf.kibibytes // MEBIBYTE) from short


def memory_kibibytes() -> int:
    """Physical memory of this computer."""
    if sys.platform == "win32":
        import ctypes

        class MemoryStatus(ctypes.Structure):
            _fields_ = [
                ("length", ctypes.c_ulong),
                ("load", ctypes.c_ulong),
                *((name, ctypes.c_ulonglong) for name in ("physical", "free", "pf", "pff", "v", "vf", "ext")),
            ]

        status = MemoryStatus(length=ctypes.sizeof(MemoryStatus))
        ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status))
        return int(status.physical) // 1024
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 1024


def _seconds(kdf: KdfParameters) -> float:
    started = time.perf_counter()
    derive_here(b"a passphrase nobody has", b"0123456789abcdef", kdf)
    return time.perf_counter() - started


def measured_kdf() -> KdfParameters:
    """Parameters that take 0.8 to 1.0 s here, never above a quarter of memory, never below the floor.

    Blocks for about three seconds; run it off the GUI thread when a slot is made.
    """
    lanes = max(1, min(4, os.cpu_count() or 1))
    kibibytes = max(PRODUCT_FLOOR.kibibytes, min(256 * MEBIBYTE, memory_kibibytes() // 4))
    while True:
        probe = KdfParameters(kibibytes, PRODUCT_FLOOR.passes, lanes)
        seconds = _seconds(probe)
        if seconds <= AIM_MOST_SECONDS or kibibytes // 2 < PRODUCT_FLOOR.kibibytes:
            break
        kibibytes //= 2
    passes = _towards_the_aim(probe.passes, seconds)
    passes = _towards_the_aim(passes, _seconds(KdfParameters(kibibytes, passes, lanes)))
    return KdfParameters(kibibytes, passes, lanes)


def _towards_the_aim(passes: int, seconds: float) -> int:
    return min(MOST_PASSES, max(PRODUCT_FLOOR.passes, round(passes * AIM_SECONDS / seconds)))
