"""`make test-packages`: every package on a bare system, from installation to removal, with records in use.

    python packaging/try_packages.py [--only deb|rpm|installer|portable] [--system debian-12|ubuntu-24.04]

Uses what `make packages` left in dist/packages, and the same program packed once more under an older number as «the
version before». Needs root (chroot), and debootstrap; a system without a mirror on this machine is said to be left out.
"""

from __future__ import annotations

import argparse
import hashlib
import json
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
import linux_packages
from chroots import DEBIAN, UBUNTU, WORKER, Bare, Done, bare
from display import Display, display
from staging import Release, stage

BEFORE = "0.0.9"
LOGIN = "rahman"  # whoever works with the training records
PASSPHRASE = "orchard lantern violet harbour"
PACKAGES = freeze.DIST / "packages"
OLDER = freeze.BUILD / "older"
_WHAT_IS_NOT_FOUND = (
    "export LD_LIBRARY_PATH=/usr/lib/aftercare/_internal; "
    "ldd $(find /usr/lib/aftercare -name '*.so*' -type f) 2>/dev/null | grep 'not found' | sort -u"
)
RECORDS = f"/home/{WORKER}/records"
_UNLOCKED_WIDTH = 900  # the entrance is narrower
_LEADING = {"deb": "aftercare_", "rpm": "aftercare-", "run": "aftercare-", "tar.gz": "aftercare-"}


class Wrong(Exception):
    """A package did not do what it promises."""


def expect(done: Done, code: int = 0) -> str:
    """What it said, if it ended as it should."""
    if done.code != code:
        raise Wrong(f"exit code {done.code} instead of {code}:\n{done.out[-3000:]}{done.error[-3000:]}")
    return done.out


def require(condition: object, why: str) -> None:
    if not condition:
        raise Wrong(why)


def say(words: str) -> None:
    print(f"  {words}", flush=True)


def package(folder: Path, ending: str) -> Path:
    """The one package of this kind."""
    found = [path for path in folder.glob(f"{_LEADING[ending]}*.{ending}") if path.is_file()]
    require(len(found) == 1, f"{len(found)} files end in .{ending} in {folder}; run `make packages` first")
    return found[0]


def pack_the_version_before(kinds: Collection[str]) -> None:
    """The same program under an older number: what is tried is the packaging, not an older program."""
    if OLDER.exists():
        shutil.rmtree(OLDER)
    OLDER.mkdir(parents=True)
    os.environ.update(freeze.repeatable())
    release = Release(BEFORE, freeze.moment_of_sources(), freeze.FOLDER)
    staged = stage(release, freeze.BUILD / "staged-older", freeze.BUILD / "licences")
    for path in linux_packages.pack(staged, release, OLDER, kinds):
        say(f"packed {path.name}")
    shutil.rmtree(freeze.BUILD / "staged-older")


class Person:
    """Somebody without rights who works with the program at a terminal."""

    def __init__(self, computer: Bare, program: str = "/usr/bin/aftercare-cli") -> None:
        self.computer, self.program = computer, program
        self.seen = 0  # how many of the 24 this worker may see

    def does(self, *words: str, code: int = 0) -> str:
        """A command; the passphrase goes in by standard input."""
        return expect(self.tries(*words), code)

    def tries(self, *words: str) -> Done:
        return self.computer.run(self.program, *words, user=WORKER, given=PASSPHRASE + "\n")

    def make_records(self) -> None:
        self.does("demo", "--vault", RECORDS, "--survivors", "24", "--passphrase-file", "-")
        self.seen = self.count("--vault", RECORDS)
        require(self.seen > 12, f"only {self.seen} people are in the list")

    def count(self, *where: str) -> int:
        said = self.does("list", "survivors", *where, "--json", "--passphrase-file", "-")
        return len(json.loads(said))

    def do_the_main_job(self) -> None:
        """List, print one report and a batch, back up, restore elsewhere, check everything."""
        where = ("--vault", RECORDS, "--passphrase-file", "-")
        days = ("--from", "2025-01-01", "--to", "2026-12-31")
        home = f"/home/{WORKER}"
        self.does("report", "progress", "--case", "S-0003", *days, "--out", f"{home}/report.pdf", *where)
        report = self.computer.inside(f"{home}/report.pdf").read_bytes()
        require(report.startswith(b"%PDF-") and len(report) > 10_000, "the report is no PDF")
        self.computer.run("mkdir", f"{home}/batch", user=WORKER)
        self.does("report", "progress", "--all", *days, "--out-dir", f"{home}/batch", *where)
        printed = list(self.computer.inside(f"{home}/batch").glob("*.pdf"))
        require(len(printed) > 8, f"only {len(printed)} reports in the batch")
        self.does("backup", "--to", f"{home}/backups", *where)
        sealed = sorted(self.computer.inside(f"{home}/backups").iterdir())
        require(sealed, "no backup was made")
        back = ("--into", f"{home}/restored", "--login", LOGIN, "--passphrase-file", "-")
        self.does("restore", f"{home}/backups/{sealed[-1].name}", *back)
        self.does("verify", "--vault", f"{home}/restored", "--passphrase-file", "-")
        require(self.count("--vault", f"{home}/restored") == self.seen, "the restored records are not complete")
        self.does("verify", *where)

    def self_test(self) -> None:
        expect(self.computer.run(self.program, "self-test", user=WORKER))

    def stretches_apart(self) -> None:
        """The frozen program starts itself to stretch a passphrase (vault/derive.py)."""
        request = (65536).to_bytes(4) + (3).to_bytes(4) + (1).to_bytes(4) + (16).to_bytes(2) + (4).to_bytes(2)
        command = self.computer.entering([self.program, "--derive"], WORKER)
        done = subprocess.run(command, input=request + b"s" * 16 + b"word", capture_output=True, check=False)
        require(done.returncode == 0 and len(done.stdout) == 32, f"--derive ended with {done.returncode}")


def everything_in(folder: Path) -> str:
    """One fingerprint of all files of the records (which nobody opened in between)."""
    told = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        told.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
    return told.hexdigest()


@contextmanager
def fresh(name: str, system: str) -> Iterator[Bare]:
    chosen = {one.name: one for one in (DEBIAN, UBUNTU)}[system]
    computer = bare(chosen, name)
    if computer is None:
        raise LookupError(f"no mirror of {system} is among the sources of this machine's apt")
    try:
        yield computer
    finally:
        shutil.rmtree(computer.folder, ignore_errors=True)


def show_the_window(person: Person, screen: Display, program: str, picture: Path) -> None:
    """Unlock as a person does, lock with F12: the process replaces itself and asks again."""
    started = person.computer.start(program, "--vault", RECORDS, user=WORKER, DISPLAY=screen.name)
    try:
        screen.wait_for_window("Aftercare")
        screen.photograph(picture.with_suffix(".entrance.png"))
        screen.type_in(PASSPHRASE)
        screen.wait_until_wider_than(_UNLOCKED_WIDTH)
        time.sleep(3)
        screen.photograph(picture)
        before = screen.window_id("Aftercare")
        screen.press("F12")
        screen.wait_for_another_window("Aftercare", before)
        require(started.poll() is None, "the program ended at the lock instead of replacing itself")
        screen.photograph(picture.with_suffix(".locked.png"))
    finally:
        started.kill()
        started.wait()


def try_deb(system: str, pictures: Path) -> None:
    with fresh(f"deb-{system}", system) as computer:
        older = computer.put(package(OLDER, "deb"))
        newer = computer.put(package(PACKAGES, "deb"))
        install = ("apt-get", "install", "--yes", "--quiet", "--no-install-recommends")
        expect(computer.run(*install, older))
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
            expect(computer.run(*install, newer))
            screen.type_in(PASSPHRASE)
            screen.wait_until_wider_than(_UNLOCKED_WIDTH)
            in_use.kill()
            in_use.wait()
        version = computer.inside("/usr/lib/aftercare/VERSION").read_text(encoding="ascii").strip()
        require(version == freeze.version(), f"after the update it is {version}")
        person.does("verify", "--vault", RECORDS, "--passphrase-file", "-")
        require(person.count("--vault", RECORDS) == person.seen, "records are missing after the update")
        require(computer.run(*install, older).code, "apt went back to the older version without being told to")
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
        expect(computer.run(*install, newer))
        require(person.count("--vault", RECORDS) == person.seen, "the records are not found again")
        say("removed, the records kept, installed again, the records found")


def _install_needs(computer: Bare) -> None:
    """What a desktop has: the libraries that the .deb demands, without the .deb."""
    shown = subprocess.run(
        ["dpkg-deb", "--field", str(package(PACKAGES, "deb")), "Depends"], capture_output=True, text=True, check=True
    )
    names = [name.split()[0] for name in shown.stdout.strip().split(", ")]
    expect(computer.run("apt-get", "install", "--yes", "--quiet", "--no-install-recommends", *names))


def try_rpm(system: str, pictures: Path) -> None:
    """By rpm into the root of a system whose own packages rpm does not know: hence without its dependencies."""
    with fresh(f"rpm-{system}", system) as computer:
        _install_needs(computer)

        def rpm(*words: str) -> str:
            command = ["rpm", "--root", str(computer.folder), "--dbpath", "/var/lib/rpm", "--nodeps", "--nosignature"]
            done = subprocess.run([*command, *words], capture_output=True, text=True, check=False)
            return expect(Done(done.returncode, done.stdout, done.stderr))

        rpm("--install", str(package(OLDER, "rpm")))
        person = Person(computer)
        person.make_records()
        rpm("--upgrade", str(package(PACKAGES, "rpm")))
        require(freeze.version() in rpm("--query", "aftercare"), "rpm does not know the new version")
        person.do_the_main_job()
        person.self_test()
        rpm("--verify", "aftercare")
        rpm("--erase", "aftercare")
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
            refused = computer.run("sh", newer, "--quiet", user=WORKER)
            in_use.kill()
            in_use.wait()
        require(refused.code, "it replaced a program that was open")
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


TRIES: dict[str, Callable[[str, Path], None]] = {
    "deb": try_deb,
    "rpm": try_rpm,
    "installer": try_installer,
    "portable": try_portable,
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
        pack_the_version_before({kind for kind in asked.only or TRIES if kind != "portable"})
    wrong = []
    for system in asked.system or [DEBIAN.name, UBUNTU.name]:
        for kind in asked.only or (list(TRIES) if system == DEBIAN.name else ["deb"]):
            print(f"{system}, {kind}:", flush=True)
            began = time.monotonic()
            try:
                TRIES[kind](system, asked.pictures)
                say(f"all of it in {time.monotonic() - began:.0f} s")
            except LookupError as left_out:
                say(f"NOT TRIED: {left_out}")
            except (Wrong, TimeoutError) as reason:
                wrong.append(f"{system}, {kind}")
                say(f"WRONG: {reason}")
    print("failed: " + "; ".join(wrong) if wrong else "every package that was tried did what it promises")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
