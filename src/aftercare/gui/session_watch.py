"""Hearing from the system that the person leaves: sleep, locked session, switched user; on Windows also log-off.

Linux: logind and the ScreenSaver interfaces on D-Bus, whichever are there; without a bus nothing is heard and the idle
lock remains. Windows: messages of a hidden window, among them one of our own: the installer asks an open program to
close before it replaces its files (packaging/windows/aftercare.nsi).
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    SLOT,
    QAbstractNativeEventFilter,
    QByteArray,
    QCoreApplication,
    QObject,
    QTimer,
    Signal,
    Slot,
)

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBusConnection
    from PySide6.QtGui import QWindow

_LOGIND = ("org.freedesktop.login1", "/org/freedesktop/login1", "org.freedesktop.login1.Manager")
_SESSION = "org.freedesktop.login1.Session"
_PATIENCE_MS = 120_000  # nobody waits for the answer: a computer that starts up can be busy for long
_SCREEN_SAVERS = (
    "org.freedesktop.ScreenSaver",
    "org.gnome.ScreenSaver",
    "org.cinnamon.ScreenSaver",
    "org.mate.ScreenSaver",
    "org.xfce.ScreenSaver",
)
_PROPERTIES = "org.freedesktop.DBus.Properties"


_Question = tuple[str, str, str, str, tuple[str, ...]]  # service, path, interface, method, arguments

# typed as bytes in the stubs of PySide6 6.11, refused as such when called
_ON_FLAG: Any = SLOT("on_flag(bool)")
_ON_LOCK: Any = SLOT("on_lock()")
_ON_CHANGE: Any = SLOT("on_change(QString,QVariantMap)")


def _ask(bus: QDBusConnection, owner: QObject, question: _Question, then: Callable[[Any], None]) -> None:
    """Ask a service; `then` gets its answer once it is there, or None where it has none."""
    from PySide6.QtDBus import QDBusMessage, QDBusPendingCallWatcher

    service, path, interface, method, arguments = question
    message = QDBusMessage.createMethodCall(service, path, interface, method)
    message.setArguments(list(arguments))
    asked = QDBusPendingCallWatcher(bus.asyncCall(message, _PATIENCE_MS), owner)

    def hear() -> None:
        told = [] if asked.isError() else asked.reply().arguments()
        asked.deleteLater()
        answer: Any = told[0] if told else None
        then(answer.variant() if hasattr(answer, "variant") else answer)

    asked.finished.connect(hear)


class SessionWatch(QObject):
    """Says `away` when the session locks, the computer goes to sleep, or another user takes the screen.

    `told_to_close` is what Windows or an installer asks for: to save, to close the records, and to end. `is_asking`
    until the system has said which session is ours.
    """

    away = Signal()
    told_to_close = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._native: _WindowsMessages | None = None
        self._hidden: QWindow | None = None
        self._listens = False
        self.is_asking = True

    def listen(self) -> None:
        """Begin to hear; a second time does nothing. Meeting the bus can take a while: not before a window is there."""
        if self._listens:
            return
        self._listens = True
        if sys.platform == "win32":
            self._listen_on_windows()
        else:
            self._listen_on_bus()

    # --- Linux ---------------------------------------------------------------------------------------------------

    def _listen_on_bus(self) -> None:
        from PySide6.QtDBus import QDBusConnection

        session, system = QDBusConnection.sessionBus(), QDBusConnection.systemBus()
        if system.isConnected():
            service, path, manager = _LOGIND
            system.connect(service, path, manager, "PrepareForSleep", self, _ON_FLAG)
            self._find_own_session(system)
        else:
            self.is_asking = False
        if session.isConnected():
            for name in _SCREEN_SAVERS:
                session.connect("", "", name, "ActiveChanged", self, _ON_FLAG)

    def _find_own_session(self, bus: QDBusConnection) -> None:
        """Hear our own session: «auto» finds it also for programs that the desktop starts as user services.

        The window goes on meanwhile: a system that is slow to answer must neither hold it up nor go unheard for good.
        """
        service, path, manager = _LOGIND

        def find(name: Any) -> None:
            if name:
                _ask(bus, self, (service, path, manager, "GetSession", (str(name),)), hear)
            else:
                self.is_asking = False

        def hear(found: Any) -> None:
            # an empty path would hear of every session of the computer, also of other people's
            if found is not None and found.path():
                bus.connect(service, found.path(), _SESSION, "Lock", self, _ON_LOCK)
                bus.connect(service, found.path(), _PROPERTIES, "PropertiesChanged", self, _ON_CHANGE)
            self.is_asking = False

        _ask(bus, self, (service, f"{path}/session/auto", _PROPERTIES, "Get", (_SESSION, "Id")), find)

    @Slot(bool)
    def on_flag(self, leaving: bool) -> None:
        if leaving:
            self.away.emit()

    @Slot()
    def on_lock(self) -> None:
        self.away.emit()

    @Slot(str, "QVariantMap")
    def on_change(self, _interface: str, changed: dict[str, Any]) -> None:
        """Of our session: another user has the screen, or a locker that sends no signal of its own covers it."""
        if changed.get("Active") is False or changed.get("LockedHint") is True:
            self.away.emit()

    # --- Windows -------------------------------------------------------------------------------------------------

    def _listen_on_windows(self) -> None:
        from PySide6.QtGui import QWindow

        self._hidden = QWindow()
        self._hidden.create()
        register_for_session_messages(int(self._hidden.winId()))
        self._native = _WindowsMessages(self)
        application = QCoreApplication.instance()
        assert application is not None
        application.installNativeEventFilter(self._native)

    def hear(self, message: int, word: int, closing: int) -> None:
        """One message of Windows, by its number and its first parameter; `closing` is the number of our own."""
        if (message, word) in _LEAVING:
            self.away.emit()
        elif message == closing:
            # whoever asked does not wait for an answer: not in the middle of whatever Windows was told
            QTimer.singleShot(0, self, self.told_to_close.emit)
        elif message == _WM_ENDSESSION and word:
            # the process may be ended as soon as this returns: log-off, shutdown, or Restart Manager for an update
            self.told_to_close.emit()


_WM_POWERBROADCAST, _PBT_APMSUSPEND = 0x0218, 0x0004
_WM_WTSSESSION_CHANGE = 0x02B1
_WM_ENDSESSION = 0x0016
_LEAVING = {
    (_WM_POWERBROADCAST, _PBT_APMSUSPEND),
    *((_WM_WTSSESSION_CHANGE, why) for why in (0x2, 0x4, 0x6, 0x7)),  # disconnected (console, remote), log-off, lock
}
CLOSE_MESSAGE = "Aftercare.Close"  # packaging/windows/aftercare.nsi asks by the same name


class _WindowsMessages(QAbstractNativeEventFilter):
    """Every message of every window of ours passes through here."""

    def __init__(self, watch: SessionWatch) -> None:
        super().__init__()
        self._watch = watch
        self._closing = number_of_message(CLOSE_MESSAGE)

    def nativeEventFilter(self, event_type: QByteArray | bytes | bytearray | memoryview, message: int) -> object:
        from ctypes import wintypes

        if bytes(event_type.data() if isinstance(event_type, QByteArray) else event_type).startswith(b"windows"):
            told = wintypes.MSG.from_address(int(message))
            self._watch.hear(told.message, told.wParam or 0, self._closing)
        return False, 0


def number_of_message(name: str) -> int:
    """The number by which all programs of a session know this message; -1 where there is no Windows."""
    if sys.platform == "win32":
        import ctypes

        return int(ctypes.WinDLL("user32").RegisterWindowMessageW(name))
    return -1


def register_for_session_messages(window_id: int) -> None:
    """Ask Windows to tell this window about its session; elsewhere there is nothing to ask."""
    if sys.platform == "win32":
        import ctypes

        ctypes.WinDLL("wtsapi32").WTSRegisterSessionNotification(ctypes.c_void_p(window_id), 0)
