"""What the frozen program asks of the system: libraries, the packages that hold them, and the oldest C library.

Computed from the files themselves, like dpkg-shlibdeps and rpm's own generator would, so that no list can grow stale.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from elf import binaries

_NEEDED = re.compile(r"^\s+NEEDED\s+(\S+)", re.MULTILINE)
_GLIBC = re.compile(r"\(?GLIBC_(\d+)\.(\d+)(?:\.\d+)?\)?")
_LOADER = re.compile(r"^(?:ld-linux.*|lib(?:c|m|dl|rt|pthread|util)\.so\.\d+)$")

# a plugin that is passed over in silence where its library is missing: recommended, not demanded
_OPTIONAL_PLACES = ("/printsupport/", "/wayland-", "/libqwayland.", "libQt6Wayland", "/xcbglintegrations/")


@dataclass(frozen=True, slots=True)
class Needs:
    """Names of libraries (sonames) and the version of glibc."""

    demanded: tuple[str, ...]
    recommended: tuple[str, ...]
    glibc: tuple[int, int]

    @property
    def glibc_text(self) -> str:
        return f"{self.glibc[0]}.{self.glibc[1]}"


def needs_of(folder: Path) -> Needs:
    """What all of them ask for together, less what they bring along."""
    programs = binaries(folder)
    brought = {path.name for path in programs}
    demanded: set[str] = set()
    recommended: set[str] = set()
    oldest = (2, 17)
    for path in programs:
        said = subprocess.run(["objdump", "-p", str(path)], capture_output=True, text=True, check=True).stdout
        names = {name for name in _NEEDED.findall(said) if name not in brought and not _LOADER.match(name)}
        (recommended if _is_optional(path) else demanded).update(names)
        oldest = max([oldest, *((int(major), int(minor)) for major, minor in _GLIBC.findall(said))])
    return Needs(tuple(sorted(demanded)), tuple(sorted(recommended - demanded)), oldest)


def _is_optional(path: Path) -> bool:
    return any(part in path.as_posix() for part in _OPTIONAL_PLACES)


def debian_packages(sonames: Iterable[str]) -> list[str]:
    """The packages of this Debian or Ubuntu that hold these libraries, by the names that Debian 12 gave them."""
    found = set()
    for soname in sonames:
        asked = ["dpkg-query", "--search", f"*/{soname}"]
        said = subprocess.run(asked, capture_output=True, text=True, check=False).stdout
        owners = {line.partition(":")[0] for line in said.splitlines() if not line.startswith("diversion")}
        owners = {owner for owner in owners if owner.startswith("lib") or owner == "zlib1g"}
        if not owners:
            raise SystemExit(f"no installed package holds {soname}; `make setup` installs what Qt needs")
        # renamed for 64-bit time in Ubuntu 24.04 and Debian 13, where the new one provides the old name
        found.add(min(owners, key=len).removesuffix("t64"))
    return sorted(found)


def rpm_capabilities(sonames: Iterable[str]) -> list[str]:
    """The same as rpm's automatic requirements name them."""
    return [f"{soname}()(64bit)" for soname in sorted(sonames)]
