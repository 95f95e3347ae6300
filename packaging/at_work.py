"""Somebody without rights who works with the installed program, and what is expected of it."""

from __future__ import annotations

import hashlib
import json
import subprocess
import time
from pathlib import Path

from chroots import WORKER, Bare, Done
from display import Display

LOGIN = "rahman"  # whoever works with the training records
PASSPHRASE = "orchard lantern violet harbour"
RECORDS = f"/home/{WORKER}/records"
CLI = "/usr/bin/aftercare-cli"


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


class Person:
    """Somebody without rights who works with the program at a terminal."""

    def __init__(self, computer: Bare, program: str = CLI, account: str = WORKER) -> None:
        self.computer, self.program, self.account = computer, program, account
        self.seen = 0  # how many of the 24 this worker may see

    def does(self, *words: str, code: int = 0) -> str:
        """A command; the passphrase goes in by standard input."""
        return expect(self.tries(*words), code)

    def tries(self, *words: str) -> Done:
        return self.computer.run(self.program, *words, user=self.account, given=PASSPHRASE + "\n")

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


def show_the_window(person: Person, screen: Display, program: str, picture: Path) -> None:
    """Unlock as a person does, lock with F12: the process replaces itself and asks again."""
    started = person.computer.start(program, "--vault", RECORDS, user=WORKER, DISPLAY=screen.name)
    try:
        screen.wait_for_window("Aftercare")
        screen.photograph(picture.with_suffix(".entrance.png"))
        screen.type_in(PASSPHRASE)
        screen.wait_until_unlocked()
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
