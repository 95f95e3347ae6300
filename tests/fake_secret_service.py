"""A Secret Service for tests: collections and items in memory, spoken over a private bus of the desktop.

Run as a program on the bus of DBUS_SESSION_BUS_ADDRESS; `--forgetful` writes nothing down, `--silent` never answers a
question for a secret, `--locked` refuses to be unlocked.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = "/org/freedesktop/secrets"
PREFIX = "org.freedesktop.Secret."
DEFAULT = f"{ROOT}/aliases/default"
# no services that the bus could start by itself: a key store that is installed here must not answer
BUS = """<busconfig><type>session</type><listen>{address}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy></busconfig>
"""


class Service:
    """Answers what `secretstorage` asks."""

    def __init__(self, manners: set[str]) -> None:
        self._manners = manners
        self._items: dict[str, tuple[dict[str, str], bytes]] = {}
        self._count = 0

    def answer(self, path: str, member: str, body: tuple[Any, ...]) -> tuple[str, tuple[Any, ...]] | None:
        """Signature and body of the answer; None: an error."""
        if member == "OpenSession":
            return None if body[0] != "plain" else ("vo", (("s", ""), f"{ROOT}/session/1"))
        if member == "Get":
            return "v", (("b", "--locked" in self._manners),) if body[1] == "Locked" else (("s", "Default"),)
        if member == "Unlock":
            return "aoo", ([], "/")
        if member == "SearchItems":
            wanted = body[0].items()
            return "ao", ([at for at, (attributes, _secret) in self._items.items() if wanted <= attributes.items()],)
        if member == "CreateItem":
            return "oo", (self._create(body), "/")
        if member == "GetSecret" and path in self._items:
            return "(oayays)", ((body[0], b"", self._items[path][1], "text/plain"),)
        if member == "Delete" and path in self._items:
            del self._items[path]
            return "o", ("/",)
        return None

    def _create(self, body: tuple[Any, ...]) -> str:
        attributes = body[0][f"{PREFIX}Item.Attributes"][1]
        self._count += 1
        path = f"{DEFAULT}/{self._count}"
        if "--forgetful" not in self._manners:
            self._items[path] = (attributes, bytes(body[1][2]))
        return path

    def serve(self) -> None:
        from jeepney import HeaderFields, MessageType, new_error, new_method_return
        from jeepney.bus_messages import message_bus
        from jeepney.io.blocking import open_dbus_connection

        bus = open_dbus_connection("SESSION")
        bus.send_and_get_reply(message_bus.RequestName("org.freedesktop.secrets"))
        print("ready", flush=True)  # noqa: T201
        while True:
            asked = bus.receive()
            if asked.header.message_type is not MessageType.method_call:
                continue
            member = asked.header.fields.get(HeaderFields.member)
            if member == "GetSecret" and "--silent" in self._manners:
                continue
            answer = self.answer(asked.header.fields.get(HeaderFields.path), member, asked.body)
            if answer is None:
                refused = "org.freedesktop.DBus.Error.NotSupported"
                bus.send(new_error(asked, refused, "s", ("not here",)))
            else:
                bus.send(new_method_return(asked, *answer))


@contextmanager
def private_bus() -> Iterator[dict[str, str]]:
    """A bus of its own for the length of a test: what to set in the environment."""
    with tempfile.TemporaryDirectory(prefix="bus-") as folder:
        address, config = f"unix:path={folder}/bus", Path(folder, "bus.conf")
        config.write_text(BUS.format(address=address))
        daemon = subprocess.Popen(
            ["dbus-daemon", f"--config-file={config}", "--nofork", "--nopidfile", "--print-address"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert daemon.stdout is not None
        daemon.stdout.readline()
        try:
            yield {"DBUS_SESSION_BUS_ADDRESS": address}
        finally:
            daemon.terminate()
            daemon.wait()
            daemon.stdout.close()


@contextmanager
def secret_service(surroundings: dict[str, str], *manners: str) -> Iterator[None]:
    """The service on this bus, with these manners, while the test runs."""
    command = [sys.executable, str(Path(__file__)), *manners]
    served = subprocess.Popen(command, env={**os.environ, **surroundings}, stdout=subprocess.PIPE)
    assert served.stdout is not None
    assert served.stdout.readline() == b"ready\n"
    try:
        yield
    finally:
        served.terminate()
        served.wait()
        served.stdout.close()


def can_run() -> bool:
    return sys.platform == "linux" and shutil.which("dbus-daemon") is not None


if __name__ == "__main__":
    Service(set(sys.argv[1:])).serve()
