"""Somebody who works with the program on a Windows, which is Wine; what stands in its registry and on its disk."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import windows_staging
import wine
from at_work import LOGIN, PASSPHRASE, expect, require
from display import Display, display
from wine import Wine

RECORDS = "C:\\records"
_ENDS_S = 90.0


def package(folder: Path, ending: str) -> Path:
    """The one package of this kind."""
    found = list(folder.glob(f"aftercare-*{ending}"))
    require(len(found) == 1, f"{len(found)} files end in {ending} in {folder}; run `make packages-windows` first")
    return found[0]


class Person:
    """Somebody who works with an installed program at a terminal."""

    def __init__(self, system: Wine, folder: Path) -> None:
        self.system, self.folder = system, folder
        self.seen = 0

    @property
    def terminal(self) -> Path:
        return self.folder / "aftercare-cli.exe"

    def does(self, *words: str, code: int = 0) -> str:
        """A command; the passphrase goes in by standard input."""
        return expect(self.system.run(self.terminal, *words, given=PASSPHRASE + "\n"), code)

    def count(self, records: str = RECORDS) -> int:
        return len(json.loads(self.does("list", "survivors", "--vault", records, "--json", "--passphrase-file", "-")))

    def make_records(self) -> None:
        self.does("demo", "--vault", RECORDS, "--survivors", "24", "--passphrase-file", "-")
        self.seen = self.count()
        require(self.seen > 12, f"only {self.seen} people are in the list")
        self.keeps_others_out()

    def keeps_others_out(self) -> None:
        """The list of rights of the folder; Wine keeps as much of it as it can say by the rights of Unix."""
        said = self.system.run(self.terminal, "doctor", "--outside", "--vault", RECORDS)
        require("Other accounts" not in said.out, f"others may look into the folder: {said}")
        require(not (self.system.disk / "records").stat().st_mode & 0o007, "everybody may look into the folder")

    def do_the_main_job(self) -> None:
        """Print one report and a batch, back up, restore elsewhere and over what is there, check everything."""
        where = ("--vault", RECORDS, "--passphrase-file", "-")
        days = ("--from", "2025-01-01", "--to", "2026-12-31")
        disk = self.system.disk
        self.does("report", "progress", "--case", "S-0003", *days, "--out", "C:\\report.pdf", *where)
        require((disk / "report.pdf").read_bytes().startswith(b"%PDF-"), "the report is no PDF")
        (disk / "batch").mkdir(exist_ok=True)
        self.does("report", "progress", "--all", *days, "--out-dir", "C:\\batch", *where)
        printed = list((disk / "batch").glob("*.pdf"))
        require(len(printed) > 8, f"only {len(printed)} reports in the batch")
        self.does("backup", "--to", "C:\\backups", *where)
        sealed = sorted((disk / "backups").iterdir())
        require(sealed, "no backup was made")
        newest = f"C:\\backups\\{sealed[-1].name}"
        for _time in ("into a new folder", "over what is there, which is kept aside"):
            self.does("restore", newest, "--into", "C:\\restored", "--login", LOGIN, "--passphrase-file", "-")
        require(len(list(disk.glob("restored*"))) == 2, "what was there before is not kept aside")
        self.does("verify", "--vault", "C:\\restored", "--passphrase-file", "-")
        require(self.count("C:\\restored") == self.seen, "the restored records are not complete")
        self.does("verify", *where)

    def stretches_apart(self) -> None:
        """The program starts itself to stretch a passphrase, also the one without a console (vault/derive.py)."""
        request = (65536).to_bytes(4) + (3).to_bytes(4) + (1).to_bytes(4) + (16).to_bytes(2) + (4).to_bytes(2)
        for name in windows_staging.PROGRAMS:
            command = self.system.command([self.folder / name, "--derive"])
            given = request + b"s" * 16 + b"word"
            done = subprocess.run(
                command, input=given, env=self.system.surroundings(), capture_output=True, check=False
            )
            require(done.returncode == 0 and len(done.stdout) == 32, f"{name} --derive ended with {done.returncode}")


class NoPerson(Person):
    """Where a stand-in is tried: some files are the records, and nobody works with them."""

    def make_records(self) -> None:
        (self.system.disk / "records").mkdir()
        (self.system.disk / "records" / "records.db").write_bytes(b"nobody can read this")
        self.seen = self.count()

    def count(self, records: str = RECORDS) -> int:
        require(self.terminal.exists(), "the program is not there")
        return len(list((self.system.disk / "records").iterdir()))

    def does(self, *words: str, code: int = 0) -> str:
        return expect(self.system.run(self.terminal, *words))

    def do_the_main_job(self) -> None:
        self.does()

    def stretches_apart(self) -> None:
        self.does()


@dataclass(frozen=True, slots=True)
class Tried:
    """What is tried: packages of two versions, by whom; where pictures go (a stand-in has nothing to show)."""

    older: Path
    newer: Path
    person: type[Person]
    pictures: Path | None
    payload: Path | None  # what an installed folder holds


class Registry:
    """What stands in the registry of a Windows."""

    def __init__(self, system: Wine) -> None:
        self.system = system

    def says(self, key: str, name: str) -> str:
        """The text of a value; empty where there is none."""
        done = self.system.run("reg", "query", key, "/v", name)
        lines = [line.split("REG_SZ", 1) for line in done.out.splitlines() if "REG_SZ" in line]
        return lines[0][1].strip() if lines else ""


@contextmanager
def fresh(name: str) -> Iterator[tuple[Wine, Display]]:
    with display() as screen:
        system = wine.fresh(wine.HERE / f"try-{name}", screen.name)
        try:
            yield system, screen
        finally:
            system.stop()
            shutil.rmtree(system.folder, ignore_errors=True)


def home(system: Wine) -> Path:
    """The folder of the person in there."""
    return next(path for path in sorted((system.disk / "users").iterdir()) if path.name != "Public")


def version_in(folder: Path) -> str:
    path = folder / "VERSION"
    return path.read_text(encoding="ascii").strip() if path.exists() else ""


def ends(process: subprocess.Popen[bytes]) -> bool:
    try:
        process.wait(_ENDS_S)
    except subprocess.TimeoutExpired:
        return False
    return True


@contextmanager
def window(person: Person, screen: Display) -> Iterator[subprocess.Popen[bytes]]:
    """The window, at its door."""
    started = person.system.start(person.folder / "aftercare.exe", "--vault", RECORDS)
    try:
        screen.wait_for_window("Aftercare")
        yield started
    finally:
        started.kill()
        started.wait()


@contextmanager
def held_open(person: Person) -> Iterator[None]:
    """A program at the terminal that waits for a passphrase: nobody can ask it to close."""
    waiting = person.system.start(person.terminal, "verify", "--vault", RECORDS, "--passphrase-file", "-")
    try:
        time.sleep(5)
        yield
    finally:
        waiting.kill()
        waiting.wait()
        person.system.stop()
