"""A key store of a computer, in memory, for tests: what it keeps, and what it does when it is in trouble."""

from __future__ import annotations

import pytest

from aftercare.domain.errors import DeviceSecretMissing
from aftercare.vault import device_secret


class Store:
    """The key store of this computer, in memory."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.kept: dict[bytes, bytes] = {}
        self.trouble = ""
        patch.setattr(device_secret, "_asked", self.answer)

    def answer(self, what: str, name: bytes, secret: bytes = b"") -> dict[str, str]:
        if self.trouble:
            raise DeviceSecretMissing(self.trouble)
        if what == "write":
            self.kept[name] = secret
        elif what == "forget":
            self.kept.pop(name, None)
        return {"secret": self.kept.get(name, b"").hex()} if what == "read" else {}
