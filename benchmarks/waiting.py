"""Waiting for a window in measurements, and taking keys that were stretched beforehand; nothing of our window."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from threading import Event

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QWidget

KEYS = "BENCH_KEYS"
KDF = "BENCH_KDF"
_MOST_MS = 60_000


class Paints(QObject):
    """When a window last finished painting."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.last = 0.0
        self.count = 0
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.UpdateRequest, QEvent.Type.Paint):
            QTimer.singleShot(0, self, self._painted)
        return False

    def _painted(self) -> None:
        self.last = time.perf_counter()
        self.count += 1


def until(is_so: Callable[[], bool]) -> None:
    """Let the window live until something is so; asked often, and without holding its events up."""
    if is_so():
        return
    loop, asking = QEventLoop(), QTimer(interval=1)
    ends = time.perf_counter() + _MOST_MS / 1000

    def ask() -> None:
        if is_so() or time.perf_counter() > ends:
            loop.quit()

    asking.timeout.connect(ask)
    asking.start()
    loop.exec()
    if not is_so():
        raise TimeoutError("the window did not come so far")


def wait(milliseconds: int) -> None:
    """Let the window live for a while."""
    ends = time.perf_counter() + milliseconds / 1000
    until(lambda: time.perf_counter() >= ends)


def derive_beforehand() -> None:
    """Take the keys that window.py stretched: unlocking takes what it takes without, in time and in memory."""
    from aftercare.vault import derive, kdf, slots
    from aftercare.vault.kdf import KdfParameters

    known = {salt: bytes.fromhex(key) for salt, key in json.loads(os.environ[KEYS]).items()}

    def remembered(_secret: bytes, salt: bytes, _kdf: KdfParameters) -> bytes:
        return known[salt.hex()]

    for home, name, instead in (
        (derive, "derive_apart", lambda _cancelled: remembered),
        (kdf, "derive_here", remembered),
        (slots, "derive_here", remembered),
    ):
        setattr(home, name, instead)


def derive_as_people_wait() -> Callable[[], object]:
    """Stretch a key as a new vault asks for it, and take the known one all the same; what does it with nothing beside.

    For what is done while a key is made: with a key that is there at once it would be waited for. The tag by which a
    slot is found is still known beforehand.
    """
    from aftercare.vault import derive
    from aftercare.vault.kdf import KdfParameters, parameters_read

    stretching, asked = derive.derive_apart, parameters_read(*json.loads(os.environ[KDF]))
    derive_beforehand()
    remembered = derive.derive_apart(Event())

    def waited_for(cancelled: Event) -> derive.Derive:
        def key(secret: bytes, salt: bytes, kdf: KdfParameters) -> bytes:
            stretching(cancelled)(secret, salt, asked)
            return remembered(secret, salt, kdf)

        return key

    setattr(derive, stretching.__name__, waited_for)
    return lambda: stretching(Event())(b"a passphrase nobody has", b"0123456789abcdef", asked)
