"""`make test-packages`: every package on a bare system, from installation to removal, with records in use.

    python packaging/try_packages.py [--only deb|rpm|installer|portable|shared|levels] [--system debian-12|ubuntu-24.04]

Uses what `make packages` left in dist/packages, and the same program packed once more under an older number as «the
version before». Needs root (chroot), and debootstrap; a system without a mirror on this machine is said to be left out
(UBUNTU_MIRROR and DEBIAN_MIRROR in the environment name one).
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

import bootstrap
import freeze
import later
import linux_packages
from at_work import (
    PASSPHRASE,
    RECORDS,
    Person,
    Wrong,
    everything_in,
    expect,
    require,
    say,
    show_the_window,
)
from chroots import DEBIAN, UBUNTU, WORKER, Bare, Done, bare
from display import display
from staging import Release, stage
from try_levels import go_up_a_level_and_back
from try_shared import keep_accounts_apart, keep_to_the_policy

BEFORE = "0.0.9"
PACKAGES = freeze.DIST / "packages"
OLDER = freeze.BUILD / "older"
INSTALL = ("apt-get", "install", "--yes", "--quiet", "--no-install-recommends")
_WHAT_IS_NOT_FOUND = (
    "export LD_LIBRARY_PATH=/usr/lib/aftercare/_internal; "
    "ldd $(find /usr/lib/aftercare -name '*.so*' -type f) 2>/dev/null | grep 'not found' | sort -u"
)
_LEADING = {"deb": "aftercare_", "rpm": "aftercare-", "run": "aftercare-", "tar.gz": "aftercare-"}


class NoMirror(Exception):
    """This machine cannot fetch that system: nothing was tried."""


def package(folder: Path, ending: str) -> Path:
    """The one package of this kind."""
    found = [path for path in folder.glob(f"{_LEADING[ending]}*.{ending}") if path.is_file()]
    require(len(found) == 1, f"{len(found)} files end in .{ending} in {folder}; run `make packages` first")
    return found[0]


def pack_the_version_before(kinds: Collection[str]) -> None:
    """The same program under an older number: what is tried is the packaging, not an older program."""
    if not kinds:
        return
    if OLDER.exists():
        shutil.rmtree(OLDER)
    OLDER.mkdir(parents=True)
    os.environ.update(freeze.repeatable())
    release = Release(BEFORE, freeze.moment_of_sources(), freeze.FOLDER)
    staged = stage(release, freeze.BUILD / "staged-older", freeze.BUILD / "licences")
    for path in linux_packages.pack(staged, release, OLDER, kinds, loosely=True):
        say(f"packed {path.name}")
    shutil.rmtree(freeze.BUILD / "staged-older")


@contextmanager
def fresh(name: str, system: str) -> Iterator[Bare]:
    chosen = {one.name: one for one in (DEBIAN, UBUNTU)}[system]
    computer = bare(chosen, name)
    if computer is None:
        raise NoMirror(f"no mirror of {system} is among the sources of this machine's apt, nor in {chosen.variable}")
    try:
        yield computer
    finally:
        shutil.rmtree(computer.folder, ignore_errors=True)


def try_deb(system: str, pictures: Path) -> None:
    with fresh(f"deb-{system}", system) as computer:
        older = computer.put(package(OLDER, "deb"))
        newer = computer.put(package(PACKAGES, "deb"))
        expect(computer.run(*INSTALL, older))
        say("installed by apt alone, with nothing else")
        missing = computer.run("sh", "-c", _WHAT_IS_NOT_FOUND)
        unknown = [line for line in missing.out.splitlines() if "cups" not in line and "wayland" not in line]
        require(not unknown, f"libraries are missing: {unknown}")
        person = Person(computer)
        person.stretches_apart()
        person.make_records()
        person.do_the_main_job()
        say("the main job is done at the terminal")
        with display() as screen:
            in_use = computer.start("/usr/bin/aftercare", "--vault", RECORDS, user=WORKER, DISPLAY=screen.name)
            screen.wait_for_window("Aftercare")
            expect(computer.run(*INSTALL, newer))
            screen.type_in(PASSPHRASE)
            screen.wait_until_unlocked()
            in_use.kill()
            in_use.wait()
        version = computer.inside("/usr/lib/aftercare/VERSION").read_text(encoding="ascii").strip()
        require(version == freeze.version(), f"after the update it is {version}")
        person.does("verify", "--vault", RECORDS, "--passphrase-file", "-")
        require(person.count("--vault", RECORDS) == person.seen, "records are missing after the update")
        require(computer.run(*INSTALL, older).code, "apt went back to the older version without being told to")
        say("updated while it was open; an older version is refused by apt")
        person.self_test()
        say("self-test passed")
        with display() as screen:
            show_the_window(person, screen, "/usr/bin/aftercare", pictures / f"deb-{system}.png")
        say("the window opened, unlocked, locked and came back")
        kept = everything_in(computer.inside(RECORDS))
        expect(computer.run("apt-get", "purge", "--yes", "--quiet", "aftercare"))
        require(not computer.inside("/usr/lib/aftercare").exists(), "files are left behind")
        require(not computer.inside("/usr/bin/aftercare").is_symlink(), "a link is left behind")
        require(everything_in(computer.inside(RECORDS)) == kept, "the records changed with the removal")
        expect(computer.run(*INSTALL, newer))
        require(person.count("--vault", RECORDS) == person.seen, "the records are not found again")
        say("removed, the records kept, installed again, the records found")


def _install_needs(computer: Bare) -> None:
    """What a desktop has: the libraries that the .deb demands, without the .deb."""
    shown = subprocess.run(
        ["dpkg-deb", "--field", str(package(PACKAGES, "deb")), "Depends"], capture_output=True, text=True, check=True
    )
    names = [name.split()[0] for name in shown.stdout.strip().split(", ")]
    expect(computer.run(*INSTALL, *names))


def try_rpm(system: str, pictures: Path) -> None:
    """By rpm into the root of a system whose own packages rpm does not know: hence without its dependencies."""
    with fresh(f"rpm-{system}", system) as computer:
        _install_needs(computer)

        def rpm(*words: str) -> str:
            command = ["rpm", "--root", str(computer.folder), "--dbpath", "/var/lib/rpm", "--nosignature", *words]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            return expect(Done(done.returncode, done.stdout, done.stderr))

        rpm("--install", "--nodeps", str(package(OLDER, "rpm")))
        person = Person(computer)
        person.make_records()
        rpm("--upgrade", "--nodeps", str(package(PACKAGES, "rpm")))
        require(freeze.version() in rpm("--query", "aftercare"), "rpm does not know the new version")
        person.do_the_main_job()
        person.self_test()
        rpm("--verify", "--nodeps", "aftercare")
        rpm("--erase", "--nodeps", "aftercare")
        require(not computer.inside("/usr/lib/aftercare/aftercare").exists(), "files are left behind")
        require(computer.inside(RECORDS).exists(), "the records went with the program")
        say("installed, updated, verified and erased by rpm; the records kept")


def try_installer(system: str, pictures: Path) -> None:
    with fresh(f"installer-{system}", system) as computer:
        _install_needs(computer)
        older, newer = computer.put(package(OLDER, "run")), computer.put(package(PACKAGES, "run"))
        home = f"/home/{WORKER}"
        expect(computer.run("sh", older, "--quiet", user=WORKER))
        person = Person(computer, f"{home}/.local/bin/aftercare-cli")
        person.make_records()
        with display() as screen:
            window = f"{home}/.local/bin/aftercare"
            in_use = computer.start(window, "--vault", RECORDS, user=WORKER, DISPLAY=screen.name)
            screen.wait_for_window("Aftercare")
            refused = computer.run_beside(in_use, "sh", newer, "--quiet", user=WORKER)
            in_use.kill()
            in_use.wait()
        require(refused == 3, f"it replaced a program that was open, or could not tell: {refused}")
        expect(computer.run("sh", newer, "--quiet", user=WORKER))
        person.do_the_main_job()
        person.self_test()
        require(computer.run("sh", older, "--quiet", user=WORKER).code, "it went back to an older version")
        require(person.count("--vault", RECORDS) == person.seen, "records are missing after the update")
        with display() as screen:
            show_the_window(person, screen, f"{home}/.local/bin/aftercare", pictures / f"installer-{system}.png")
        expect(computer.run(f"{home}/.local/lib/aftercare/uninstall.sh", user=WORKER))
        left = [path for path in computer.inside(f"{home}/.local").rglob("*aftercare*") if path.is_file()]
        left = [path for path in left if "state" not in path.parts]
        require(not left, f"files are left behind: {left}")
        require(computer.inside(RECORDS).exists(), "the records went with the program")
        say("installed without rights, refused while open and backwards, updated, removed; the records kept")


def try_portable(system: str, pictures: Path) -> None:
    with fresh(f"portable-{system}", system) as computer:
        _install_needs(computer)
        archive = computer.put(package(PACKAGES, "tar.gz"))
        home = f"/home/{WORKER}"
        for folder in ("stick", "another"):
            computer.run("mkdir", f"{home}/{folder}", user=WORKER)
        expect(computer.run("tar", "--extract", "--file", archive, "--directory", f"{home}/stick", user=WORKER))
        person = Person(computer, f"{home}/stick/aftercare/aftercare-cli")
        code = ("--recovery-file", f"{home}/code.txt")
        person.does("init", "--login", "anna", "--name", "Anna Example", "--passphrase-file", "-", *code)
        require(
            computer.inside(f"{home}/stick/aftercare/kept/vault").is_dir(), "the records are not beside the program"
        )
        expect(computer.run("mv", f"{home}/stick/aftercare", f"{home}/another/aftercare", user=WORKER))
        person = Person(computer, f"{home}/another/aftercare/aftercare-cli")
        person.does("unlock-check", "--login", "anna", "--passphrase-file", "-")
        person.self_test()
        left = [path for path in computer.inside(home).iterdir() if path.name in (".config", ".local", ".cache")]
        left = [path for path in left if any("aftercare" in inner.name for inner in path.rglob("*"))]
        require(not left, f"it left something on the computer: {left}")
        say("unpacked, records made beside it, carried to another place and found there; nothing left on the computer")


def try_shared(system: str, pictures: Path) -> None:
    with fresh(f"shared-{system}", system) as computer:
        expect(computer.run(*INSTALL, computer.put(package(PACKAGES, "deb"))))
        keep_accounts_apart(computer)
        say("two accounts of one computer have records of their own, and neither can read the other's")
        keep_to_the_policy(computer, pictures / f"policy-{system}.png")
        say("the policy decides place, least length, export, title and idle lock; the doctor names a mistake in it")


def try_levels(system: str, pictures: Path) -> None:
    with fresh(f"levels-{system}", system) as computer:
        now, then = package(PACKAGES, "deb"), package(later.pack(), "deb")
        expect(computer.run(*INSTALL, computer.put(now)))
        go_up_a_level_and_back(computer, computer.put(now), computer.put(then))
        say("a later version backed up, then raised the level; this one refused it untouched, and restored the backup")


TRIES: dict[str, Callable[[str, Path], None]] = {
    "deb": try_deb,
    "rpm": try_rpm,
    "installer": try_installer,
    "portable": try_portable,
    "shared": try_shared,
    "levels": try_levels,
}


def install_tools() -> None:
    wanted = {
        "debootstrap": "debootstrap",
        "rpm": "rpm",
        "Xvfb": "xvfb",
        "xdotool": "xdotool",
        "openbox": "openbox",
    }
    bootstrap.install_packages(sorted({name for program, name in wanted.items() if shutil.which(program) is None}))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=TRIES, action="append")
    parser.add_argument("--system", choices=[DEBIAN.name, UBUNTU.name], action="append")
    parser.add_argument("--pictures", type=Path, default=freeze.DIST / "pictures", metavar="DIR")
    parser.add_argument("--older-stands", action="store_true", help="keep the version before as it was packed")
    asked = parser.parse_args()
    if os.geteuid() != 0:
        print("A bare system needs root. Please run: sudo make test-packages", file=sys.stderr)
        return 1
    install_tools()
    asked.pictures.mkdir(parents=True, exist_ok=True)
    if not asked.older_stands or not OLDER.exists():
        pack_the_version_before({"deb", "rpm", "installer"} & set(asked.only or TRIES))
    passed: list[str] = []
    left_out: list[str] = []
    wrong: list[str] = []
    for system in asked.system or [DEBIAN.name, UBUNTU.name]:
        for kind in asked.only or (list(TRIES) if system == DEBIAN.name else ["deb"]):
            print(f"{system}, {kind}:", flush=True)
            began = time.monotonic()
            try:
                TRIES[kind](system, asked.pictures)
            except NoMirror as reason:
                left_out.append(f"{system} {kind}")
                say(f"NOT TRIED: {reason}")
            except (Wrong, OSError, ValueError, subprocess.CalledProcessError) as reason:
                wrong.append(f"{system} {kind}")
                say(f"WRONG: {reason}")
            else:
                passed.append(f"{system} {kind}")
                say(f"all of it in {time.monotonic() - began:.0f} s")
    for what, which in (("passed", passed), ("skipped, not tried", left_out), ("failed", wrong)):
        print(f"{what}: {len(which)}" + "".join(f"; {name}" for name in which))
    return 1 if wrong or not passed else 0


if __name__ == "__main__":
    raise SystemExit(main())
