"""A secret in the key store of this computer, mixed into a slot: a copied disk and a known passphrase are not enough.

The store is one of two that are named here and constructed here: the Credential Locker of Windows, kept on this machine
only, and the Secret Service of a Linux desktop. What `keyring` would choose by itself can be replaced by a variable of
the environment or a file in the home directory, so nothing of it is asked, and the process that talks to the store gets
neither. That process is short-lived, because a store may wait for somebody to type into a dialog that nobody sees.

The secret goes in and out by its standard streams; its name says nothing. Run as
`python -m aftercare.vault.device_secret`, in a frozen program as `aftercare --device-secret`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from aftercare.domain.errors import DeviceSecretMissing
from aftercare.vault import crypto

TIMEOUT_SECONDS = 20.0
_SERVICE = "Local data"
_PASSED_ON = (
    "DBUS_SESSION_BUS_ADDRESS",
    "XDG_RUNTIME_DIR",
    "APPDATA",
    "LOCALAPPDATA",
    "SYSTEMROOT",
    "USERPROFILE",
)
_NO_CONSOLE = 0x08000000 if sys.platform == "win32" else 0  # CREATE_NO_WINDOW


class StoreTrouble(StrEnum):
    """Why a key store gave nothing."""

    NONE_HERE = "none_here"  # no store of a known kind: a server, another system, a session without a desktop
    SILENT = "silent"  # no answer in time; perhaps it waits for somebody to unlock it
    REFUSED = "refused"  # an answer, but no: locked, dismissed, broken
    LOST = "lost"  # the store is there, the secret is not, or is another


@dataclass(frozen=True, slots=True)
class DeviceTie:
    """A secret of this computer and the name it has in its key store."""

    name: bytes
    secret: bytes = field(repr=False)

    @property
    def check(self) -> str:
        """By what the secret is known again without being kept."""
        return crypto.checksum(b"aftercare/1/device-check" + self.secret)


def new_tie() -> DeviceTie:
    """A fresh secret, written into the key store and read back by another process; raises `DeviceSecretMissing`."""
    tie = DeviceTie(crypto.random_bytes(crypto.DEVICE_NAME_BYTES), crypto.random_key())
    _asked("write", tie.name, tie.secret)
    if not crypto.same(read(tie.name), tie.secret):
        raise DeviceSecretMissing(StoreTrouble.LOST.value)
    return tie


def read(name: bytes) -> bytes:
    """The secret of this name; raises `DeviceSecretMissing` with a code of `StoreTrouble`."""
    answer = _asked("read", name)
    try:
        secret = bytes.fromhex(answer.get("secret") or "")
    except ValueError:
        secret = b""
    if len(secret) != crypto.KEY_BYTES:
        raise DeviceSecretMissing(StoreTrouble.LOST.value)
    return secret


def forget(name: bytes) -> None:
    """Take the secret out of the key store; raises `DeviceSecretMissing` where the store does not answer."""
    _asked("forget", name)


def look() -> None:
    """Raise `DeviceSecretMissing` where this computer has no key store; writes nothing and asks nobody anything."""
    _asked("look", b"")


# --- the process beside ------------------------------------------------------------------------------------------


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, "--device-secret"]
    return [sys.executable, "-I", "-m", "aftercare.vault.device_secret"]


def _surroundings() -> dict[str, str]:
    """What a store needs to be found, and nothing that chooses or changes one."""
    return {name: os.environ[name] for name in _PASSED_ON if name in os.environ}


def _asked(what: str, name: bytes, secret: bytes = b"") -> dict[str, str]:
    request = json.dumps({"do": what, "name": name.hex(), "secret": secret.hex()}).encode("ascii")
    try:
        done = subprocess.run(
            _command(),
            input=request,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_surroundings(),
            timeout=TIMEOUT_SECONDS,
            creationflags=_NO_CONSOLE,
            check=False,
        )
        answer = json.loads(done.stdout) if done.returncode == 0 else {}
    except subprocess.TimeoutExpired as silent:
        raise DeviceSecretMissing(StoreTrouble.SILENT.value) from silent
    except (OSError, ValueError) as broken:
        raise DeviceSecretMissing(StoreTrouble.NONE_HERE.value) from broken
    if not isinstance(answer, dict) or done.returncode:
        raise DeviceSecretMissing(StoreTrouble.NONE_HERE.value)
    if answer.get("trouble"):
        raise DeviceSecretMissing(str(answer["trouble"]))
    return answer


def _store() -> Any:
    """The one store of this system that is allowed; ImportError where there is none."""
    if sys.platform == "win32":
        from keyring.backends.Windows import WinVaultKeyring

        locker = WinVaultKeyring()
        locker.persist = "local machine"  # else it would travel with a roaming profile
        return locker
    if sys.platform == "linux":
        import secretstorage  # noqa: F401  # the backend imports it silently or not at all
        from keyring.backends import SecretService

        backend: Any = SecretService
        return backend.Keyring()
    raise ImportError


def _is_there() -> bool:
    if sys.platform != "linux":
        return True
    import secretstorage

    connection = secretstorage.dbus_init()
    try:
        return bool(secretstorage.check_service_availability(connection))
    finally:
        connection.close()


def _carried_out(request: dict[str, str]) -> dict[str, str]:
    store, name = _store(), request["name"]
    if not _is_there():
        return {"trouble": StoreTrouble.NONE_HERE.value}
    if request["do"] == "write":
        store.set_password(_SERVICE, name, request["secret"])
    elif request["do"] == "read":
        return {"secret": store.get_password(_SERVICE, name) or ""}
    elif request["do"] == "forget" and store.get_password(_SERVICE, name) is not None:
        store.delete_password(_SERVICE, name)
    return {}


def main() -> int:
    """Answer one request; whatever a store raises is an answer too, without its words."""
    from aftercare.vault.derive import no_core_dump

    no_core_dump()
    request = json.loads(sys.stdin.buffer.read())
    try:
        answer = _carried_out(request)
    except ImportError:
        answer = {"trouble": StoreTrouble.NONE_HERE.value}
    except Exception as refused:  # of the store, of its bus: each has its own family, none of it is ours to mend
        absent = type(refused).__name__ == "SecretServiceNotAvailableException"
        answer = {"trouble": (StoreTrouble.NONE_HERE if absent else StoreTrouble.REFUSED).value}
    sys.stdout.buffer.write(json.dumps(answer).encode("ascii"))
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
