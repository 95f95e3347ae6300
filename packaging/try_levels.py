"""Records whose level rises with a later version, and what this version then says to them; both installed."""

from __future__ import annotations

import shutil
import sys

import freeze
from at_work import RECORDS, Person, everything_in, expect, require, say
from chroots import WORKER, Bare

_INSTALL = ("apt-get", "install", "--yes", "--quiet", "--no-install-recommends", "--allow-downgrades")
_WHERE = ("--vault", RECORDS, "--passphrase-file", "-")


def go_up_a_level_and_back(computer: Bare, now: str, then: str) -> None:
    """Make records, update to the later version, use them, go back: refused untouched; the backup before it opens."""
    restore_the_kept_backup(computer)
    person = Person(computer)
    person.make_records()
    sealed = _backups(computer)
    expect(computer.run(*_INSTALL, then))
    person.does("unlock-check", *_WHERE)
    made = sorted(_backups(computer) - sealed)
    require(made, "no backup was made before the level rose")
    require(person.count(*_WHERE[:2]) == person.seen, "people are missing after the level rose")
    person.does("verify", *_WHERE)
    expect(computer.run(*_INSTALL, now))
    kept = everything_in(computer.inside(RECORDS))
    refused = person.tries("unlock-check", *_WHERE)
    require(refused.code == 1 and "newer version" in refused.error, f"a newer level was not refused: {refused}")
    require(everything_in(computer.inside(RECORDS)) == kept, "the refusal changed the records")
    back = ("--into", f"/home/{WORKER}/before", "--passphrase-file", "-", "--login", "rahman")
    person.does("restore", f"{RECORDS}/backups/{made[0]}", *back)
    require(person.count("--vault", f"/home/{WORKER}/before") == person.seen, "the backup before it is not complete")


def restore_the_kept_backup(computer: Bare) -> None:
    """The backup that is kept of an earlier format (tests/golden), with the program of today."""
    sys.path.insert(0, str(freeze.ROOT / "tests"))
    import golden

    for kept in sorted(golden.FOLDER.glob("*.backup")):
        into = f"/home/{WORKER}/{kept.stem}"
        computer.run("chmod", "644", computer.put(kept))
        given = golden.PASSPHRASE + "\n"
        signed_in = ("--login", golden.LOGIN, "--passphrase-file", "-")
        command = ("/usr/bin/aftercare-cli", "restore", f"/opt/{kept.name}", "--into", into, *signed_in)
        expect(computer.run(*command, user=WORKER, given=given))
        checked = ("/usr/bin/aftercare-cli", "verify", "--vault", into, *signed_in)
        expect(computer.run(*checked, user=WORKER, given=given))
        say(f"{kept.name} restored and sound")
        shutil.rmtree(computer.inside(into))


def _backups(computer: Bare) -> set[str]:
    return {path.name for path in computer.inside(f"{RECORDS}/backups").glob("*") if path.is_file()}
