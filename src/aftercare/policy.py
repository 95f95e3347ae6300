"""What the administrator of this computer has decided for everybody who uses it; nobody changes it from inside.

Read once at start: on Linux from /etc/aftercare/policy.toml, on Windows from the machine's Policies key, which group
policy fills (packaging/windows/aftercare.admx). It stands over the settings of the office and of the person.
A mistake in it never keeps a team from its records: the entry counts as not set, and the mistake is told. Only where
it names who may take records out of the house nobody may, until it is mended.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from aftercare.toml_text import tables_of

LINUX_FILE = Path("/etc/aftercare/policy.toml")
WINDOWS_KEY = r"Software\Policies\Aftercare"
LEAST_PASSPHRASE_CHARACTERS = 15
_MOST_BYTES = 256 * 1024
_ROLES = ("administrator", "manager", "case_worker", "shelter_worker", "viewer", "auditor")
_LANGUAGES = ("en", "en-XA", "ar-XB")

Value = str | int | bool | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that may be decided: its place in the file («lock.idle_minutes»), its name in the registry.

    `least` and `most` bound a number, and how many texts there may be; `on_disk` texts are folders. `lets_pass` texts
    name who may do something: an empty list is nobody, and so is one that is not understood.
    """

    place: str
    registry: str
    kind: type
    least: int = 0
    most: int = 0
    choices: tuple[str, ...] = ()
    on_disk: bool = False
    lets_pass: bool = False

    def understood(self, found: object) -> Value | None:
        """The value, or None where it is of another kind or outside its limits."""
        if self.kind is bool:
            return found if isinstance(found, bool) else None
        if self.kind is int:
            whole = isinstance(found, int) and not isinstance(found, bool)
            return found if whole and self.least <= found <= self.most else None  # type: ignore[operator,return-value]
        if self.kind is str:
            return self._text(found)
        return self._texts(found) if isinstance(found, list) else None

    def _texts(self, listed: list[object]) -> tuple[str, ...] | None:
        texts = tuple(text for text in map(self._text, listed) if text is not None)
        too_many = 0 < self.most < len(texts)
        too_few = not texts and not self.lets_pass
        return None if len(texts) < len(listed) or too_many or too_few else texts

    def _text(self, found: object) -> str | None:
        text = found.strip() if isinstance(found, str) else ""
        if self.on_disk:
            # of a relative path nobody knows where it leads; ~ is the home folder of whoever uses the computer
            text = os.path.expanduser(text)
            return text if os.path.isabs(text) else None
        return text if text and (not self.choices or text in self.choices) else None


ENTRIES = (
    Entry("records.folder", "RecordsFolder", str, on_disk=True),
    Entry("backups.folders", "BackupFolders", tuple, most=2, on_disk=True),
    Entry("backups.every_hours", "BackupEveryHours", int, 1, 24 * 7),
    Entry("lock.idle_minutes", "LockIdleMinutes", int, 1, 120),
    Entry("passwords.least_characters", "PasswordLeastCharacters", int, LEAST_PASSPHRASE_CHARACTERS, 60),
    Entry("export.roles", "ExportRoles", tuple, choices=_ROLES, lets_pass=True),
    Entry("window.display_name", "DisplayName", str),
    Entry("window.languages", "Languages", tuple, choices=_LANGUAGES),
    Entry("window.screen_capture", "ScreenCapture", bool),
    Entry("retention.years_after_closing", "RetentionYearsAfterClosing", int, 1, 100),
)


@dataclass(frozen=True, slots=True)
class Policy:
    """What is decided, by place; `mistakes` are the places (or «», for the whole file) that were not understood."""

    values: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))
    mistakes: tuple[str, ...] = ()
    source: str = ""

    def text(self, place: str) -> str:
        value = self.values.get(place, "")
        return value if isinstance(value, str) else ""

    def texts(self, place: str) -> tuple[str, ...]:
        value = self.values.get(place, ())
        return value if isinstance(value, tuple) else ()

    def number(self, place: str, otherwise: int) -> int:
        value = self.values.get(place, otherwise)
        return value if isinstance(value, int) else otherwise

    def decides(self, place: str) -> bool:
        return place in self.values


NOTHING_DECIDED = Policy()
_in_force = NOTHING_DECIDED


def in_force() -> Policy:
    """The policy of this process; nothing is decided until `obey` was called."""
    return _in_force


def obey(policy: Policy) -> None:
    """Let this policy hold from now on; the program calls it once at its start."""
    global _in_force
    _in_force = policy


def least_passphrase_characters() -> int:
    """How long a passphrase must be: our own floor, or a higher one where the policy asks for it."""
    return _in_force.number("passwords.least_characters", LEAST_PASSPHRASE_CHARACTERS)


def policy_of_this_computer() -> Policy:
    """What holds on this computer. There is no other place: what a user can write decides nothing."""
    if sys.platform == "win32":
        return _from_registry()
    return read_policy(LINUX_FILE)


def read_policy(path: Path) -> Policy:
    """The policy in a TOML file; a missing file decides nothing, one that is not TOML is one mistake."""
    try:
        with path.open("rb") as source:
            content = source.read(_MOST_BYTES)
        tables = tables_of(content)
    except FileNotFoundError:
        return NOTHING_DECIDED
    except (OSError, ValueError):
        return Policy(mistakes=("",), source=str(path))
    return judged(dict(_flattened(tables)), str(path))


def _flattened(tables: Mapping[str, Any], within: str = "") -> Iterator[tuple[str, object]]:
    for name, value in tables.items():
        if isinstance(value, dict):
            yield from _flattened(value, f"{within}{name}.")
        else:
            yield f"{within}{name}", value


def judged(found: Mapping[str, object], source: str) -> Policy:
    """The policy of what was found by place: what is understood holds, everything else is a mistake.

    A mistake in naming who may do something leaves it to nobody: the other way round a slip would let everybody.
    """
    known = {entry.place: entry for entry in ENTRIES}
    values: dict[str, Value] = {}
    mistakes = []
    for place, value in found.items():
        entry = known.get(place)
        understood = entry.understood(value) if entry else None
        if understood is None:
            mistakes.append(place)
        if understood is not None:
            values[place] = understood
        elif entry and entry.lets_pass:
            values[place] = ()
    return Policy(MappingProxyType(values), tuple(mistakes), source)


if sys.platform == "win32":

    def _from_registry() -> Policy:
        """The machine's Policies key: only administrators and group policy write there."""
        import winreg

        access = winreg.KEY_READ | winreg.KEY_WOW64_64KEY
        found: dict[str, object] = {}
        try:
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, WINDOWS_KEY, access=access) as key:
                for entry in ENTRIES:
                    try:
                        value, kind = winreg.QueryValueEx(key, entry.registry)
                    except FileNotFoundError:
                        continue
                    found[entry.place] = from_registry_value(entry, value, expand=kind == winreg.REG_EXPAND_SZ)
        except FileNotFoundError:
            return NOTHING_DECIDED
        except OSError:
            return Policy(mistakes=("",), source=WINDOWS_KEY)
        return judged(found, rf"HKLM\{WINDOWS_KEY}")


def from_registry_value(entry: Entry, value: object, *, expand: bool = False) -> object:
    """A registry value as the file would hold it: 0 and 1 for no and yes, lists also as one text with semicolons."""
    if entry.kind is bool and value in (0, 1):
        return bool(value)
    if entry.kind is tuple and isinstance(value, str):
        return [part.strip() for part in value.split(";") if part.strip()]
    if expand and isinstance(value, str):
        return os.path.expandvars(value)
    return value
