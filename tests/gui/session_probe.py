"""Run under a private bus: starts a SessionWatch, plays the system around it, prints which signals the watch heard.

dbus-run-session -- python tests/gui/session_probe.py
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from typing import IO, Any

from jeepney import DBusAddress, HeaderFields, Message, MessageType, new_method_return, new_signal
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from PySide6.QtCore import SLOT, QCoreApplication, QObject, QTimer, Slot
from PySide6.QtDBus import QDBusConnection

from aftercare.gui.session_watch import SessionWatch

MANAGER = DBusAddress("/org/freedesktop/login1", "org.freedesktop.login1", "org.freedesktop.login1.Manager")
OWN = DBusAddress("/org/freedesktop/login1/session/_31", None, "org.freedesktop.login1.Session")
OTHER = DBusAddress("/org/freedesktop/login1/session/_32", None, "org.freedesktop.login1.Session")
SAVER = DBusAddress("/org/freedesktop/ScreenSaver", None, "org.freedesktop.ScreenSaver")
GNOME = DBusAddress("/org/gnome/ScreenSaver", None, "org.gnome.ScreenSaver")

PLAYER = DBusAddress("/player", None, "test.aftercare.Player")
OVER = new_signal(PLAYER, "Over")


def changed(session: DBusAddress, name: str, value: bool) -> Message:
    """What logind says when a property of a session changes."""
    properties = DBusAddress(session.object_path, None, "org.freedesktop.DBus.Properties")
    return new_signal(properties, "PropertiesChanged", "sa{sv}as", (session.interface, {name: ("b", value)}, []))


PLAYED = [
    ("sleep", new_signal(MANAGER, "PrepareForSleep", "b", (True,))),
    ("wake", new_signal(MANAGER, "PrepareForSleep", "b", (False,))),
    ("lock", new_signal(OWN, "Lock")),
    ("lock of somebody else", new_signal(OTHER, "Lock")),
    ("another user", changed(OWN, "Active", False)),
    ("back again", changed(OWN, "Active", True)),
    ("locked by hint", changed(OWN, "LockedHint", True)),
    ("idle hint", changed(OWN, "IdleHint", True)),
    ("another user elsewhere", changed(OTHER, "Active", False)),
    ("screen saver on", new_signal(SAVER, "ActiveChanged", "b", (True,))),
    ("screen saver off", new_signal(SAVER, "ActiveChanged", "b", (False,))),
    ("gnome screen saver on", new_signal(GNOME, "ActiveChanged", "b", (True,))),
]


def play_logind(bus: DBusConnection) -> None:
    """Answer which session is ours, as logind does."""
    while True:
        asked = bus.receive()
        if asked.header.message_type is not MessageType.method_call:
            continue
        path, member = (asked.header.fields.get(field) for field in (HeaderFields.path, HeaderFields.member))
        if (path, member, asked.body) == (f"{MANAGER.object_path}/session/auto", "Get", (OWN.interface, "Id")):
            bus.send(new_method_return(asked, "v", (("s", "1"),)))
        elif (path, member, asked.body) == (MANAGER.object_path, "GetSession", ("1",)):
            bus.send(new_method_return(asked, "o", (OWN.object_path,)))


def play_the_system() -> None:
    """A process of its own: it owns the name of logind, sends each signal asked for on standard input, then `OVER`."""
    bus = open_dbus_connection("SESSION")
    bus.send_and_get_reply(message_bus.RequestName("org.freedesktop.login1"))
    print("ready", flush=True)  # noqa: T201
    threading.Thread(target=play_logind, args=(bus,), daemon=True).start()
    for line in sys.stdin:
        bus.send(dict(PLAYED)[line.strip()])
        bus.send(OVER)


def main() -> None:
    os.environ.setdefault("DBUS_SYSTEM_BUS_ADDRESS", os.environ["DBUS_SESSION_BUS_ADDRESS"])
    command = [sys.executable, __file__, "system"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as system:
        assert system.stdin is not None
        assert system.stdout is not None
        system.stdout.readline()
        print("|".join(what_is_heard(system.stdin)))  # noqa: T201
        system.stdin.close()


class Listener(QObject):
    """Has each signal played once the last is over on every bus there is, and notes after which the watch spoke up."""

    def __init__(self, system: IO[str]) -> None:
        super().__init__()
        self.heard: list[str] = []
        self._system = system
        self._waiting = [name for name, _signal in PLAYED]
        self._now = ""
        self._over = 0
        self._watch = SessionWatch(self)
        self._watch.away.connect(lambda: self.heard.append(self._now))
        self._watch.listen()
        buses = [QDBusConnection.sessionBus(), QDBusConnection.systemBus()]
        self._buses = [bus for bus in buses if bus.isConnected()]
        slot: Any = SLOT("on_over()")  # typed as bytes in the stubs
        for bus in self._buses:
            bus.connect("", PLAYER.object_path, str(PLAYER.interface), "Over", self, slot)
        self._begin = QTimer(self, interval=5)
        self._begin.timeout.connect(self._begin_when_it_listens)
        self._begin.start()

    def _begin_when_it_listens(self) -> None:
        if not self._watch.is_asking:
            self._begin.stop()
            for bus in self._buses:
                bus.interface().isServiceRegistered("nobody")  # answered: the bus knows what we want to hear
            self._play_next()

    @Slot()
    def on_over(self) -> None:
        """A sender's signals arrive in their order, on each bus: what was played before was heard, or never will be."""
        self._over += 1
        if self._over == len(self._buses):
            self._play_next()

    def _play_next(self) -> None:
        if not self._waiting:
            QCoreApplication.quit()
            return
        self._now, self._over = self._waiting.pop(0), 0
        self._system.write(self._now + "\n")
        self._system.flush()


def what_is_heard(system: IO[str]) -> list[str]:
    """Let each signal be sent, and note those after which the watch said that the person leaves."""
    application = QCoreApplication([])
    listener = Listener(system)
    application.exec()
    return listener.heard


if __name__ == "__main__":
    if sys.argv[1:] == ["system"]:
        play_the_system()
    else:
        main()
