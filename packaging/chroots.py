"""A bare Debian or Ubuntu in a folder, to install packages in as on a fresh computer.

Made by debootstrap once (build/chroots) and copied for each use. Everything inside runs in a mount namespace of its
own, so that nothing stays mounted, whatever happens. Needs root.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import freeze

_HOME = freeze.BUILD / "chroots"
_SOURCES = Path("/etc/apt")
_SCRIPTS = Path("/usr/share/debootstrap/scripts")
_URI = re.compile(r"(?:^URIs:\s*|^deb\s+(?:\[[^\]]*\]\s+)?)(\S+)", re.MULTILINE)
WORKER = "worker"

# /dev and X's sockets are the machine's; everything else inside is the system's own
_ENTER = """
set -e
mount --bind /dev "$0/dev"
mount -t proc proc "$0/proc"
mkdir -p "$0/dev/shm" "$0/tmp/.X11-unix"
mount -t tmpfs tmpfs "$0/dev/shm"
if [ -d /tmp/.X11-unix ]; then mount --bind /tmp/.X11-unix "$0/tmp/.X11-unix"; fi
exec chroot "$0" "$@"
"""


@dataclass(frozen=True, slots=True)
class System:
    """A release of a distribution: how its mirror's address ends, and who may say another one."""

    name: str
    suite: str
    mirror_ends: str
    variable: str  # of the environment: the address of a mirror that apt of this machine does not use
    parts: str = "main"
    script: str = ""  # of debootstrap, which knows no release that is younger than itself


DEBIAN = System("debian-12", "bookworm", "/debian", "DEBIAN_MIRROR")
UBUNTU = System("ubuntu-24.04", "noble", "/ubuntu", "UBUNTU_MIRROR", "main universe", "gutsy")


@dataclass(frozen=True, slots=True)
class Done:
    """How a command inside ended."""

    code: int
    out: str
    error: str


@dataclass(frozen=True, slots=True)
class Bare:
    """The folder of one copy."""

    folder: Path
    surroundings: Mapping[str, str] = field(default_factory=dict)

    def run(self, *command: str, user: str = "root", given: str = "", **surroundings: str) -> Done:
        """Run a command inside, as `user`, with `given` as its input."""
        done = subprocess.run(
            self.entering(command, user),
            input=given.encode(),
            env=self._environment(user, surroundings),
            capture_output=True,
            check=False,
        )
        return Done(done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace"))

    def run_beside(self, running: subprocess.Popen[bytes], *command: str, user: str = "root") -> int:
        """Run a command where a started one lives: only there each sees the other by the same names."""
        entering = ["nsenter", f"--target={running.pid}", "--mount", "--root", "--wdns=/"]
        surroundings = self._environment(user, {})
        done = subprocess.run([*entering, *_as(user), *command], env=surroundings, capture_output=True, check=False)
        return done.returncode

    def start(self, *command: str, user: str = "root", **surroundings: str) -> subprocess.Popen[bytes]:
        """Start a command inside that goes on by itself."""
        return subprocess.Popen(
            self.entering(command, user),
            env=self._environment(user, surroundings),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def entering(self, command: Sequence[str], user: str) -> list[str]:
        inside = ["unshare", "--mount", "--propagation", "private", "sh", "-c", _ENTER, str(self.folder)]
        return [*inside, *_as(user), *command]

    def _environment(self, user: str, more: Mapping[str, str]) -> dict[str, str]:
        home = "/root" if user == "root" else f"/home/{user}"
        path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
        plain = {"PATH": path, "HOME": home, "LANG": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive"}
        return {**plain, **self.surroundings, **more}

    def put(self, path: Path) -> str:
        """Copy a file into /opt; its place inside."""
        shutil.copy(path, self.folder / "opt" / path.name)
        return f"/opt/{path.name}"

    def inside(self, place: str) -> Path:
        return self.folder / place.lstrip("/")


def _as(user: str) -> list[str]:
    return [] if user == "root" else ["setpriv", f"--reuid={user}", f"--regid={user}", "--init-groups"]


def mirror_of(system: System) -> str | None:
    """Where the environment says, or this machine's apt fetches this distribution from; None where neither does."""
    if given := os.environ.get(system.variable):
        return given
    lists = [_SOURCES / "sources.list", *sorted((_SOURCES / "sources.list.d").glob("*"))]
    for path in lists:
        if path.suffix in (".list", ".sources") and path.is_file():
            for address in _URI.findall(path.read_text(encoding="utf-8", errors="replace")):
                if address.rstrip("/").endswith(system.mirror_ends):
                    return str(address)
    return None


def bare(system: System, name: str) -> Bare | None:
    """A fresh copy of this system; None where no mirror has it."""
    mirror = mirror_of(system)
    base = _HOME / system.name
    if mirror is None and not base.exists():
        return None
    if not base.exists():
        _make(base, system, str(mirror))
    copy = _HOME / name
    shutil.rmtree(copy, ignore_errors=True)
    subprocess.run(["cp", "-a", "--reflink=auto", str(base), str(copy)], check=True)
    fresh = Bare(copy)
    fresh.run("useradd", "--create-home", "--shell", "/bin/sh", WORKER)
    return fresh


def _make(base: Path, system: System, mirror: str) -> None:
    """With the addresses and certificates of this machine's apt: a build room may reach nothing else."""
    fresh = base.with_suffix(".making")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.parent.mkdir(parents=True, exist_ok=True)
    components = ",".join(system.parts.split())
    command = ["debootstrap", "--variant=minbase", f"--components={components}", system.suite, str(fresh), mirror]
    command += [str(_SCRIPTS / system.script)] if system.script else []
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    for name in ("resolv.conf", "hosts"):
        if Path("/etc", name).exists():
            shutil.copy(Path("/etc", name), fresh / "etc" / name)
    for place in ("etc/apt/apt.conf.d", "usr/share/keyrings"):
        shutil.copytree(Path("/", place), fresh / place, dirs_exist_ok=True)
    certificates = Path("/etc/ssl/certs/ca-certificates.crt")
    if certificates.exists():
        (fresh / "etc/ssl/certs").mkdir(parents=True, exist_ok=True)
        shutil.copy(certificates, fresh / "etc/ssl/certs", follow_symlinks=True)
    (fresh / "etc/apt/sources.list").write_text(f"deb {mirror} {system.suite} {system.parts}\n", encoding="utf-8")
    done = Bare(fresh).run("apt-get", "-qq", "update")
    if done.code:
        raise SystemExit(f"apt does not work inside {system.name}:\n{done.error}")
    os.replace(fresh, base)
