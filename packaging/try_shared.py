"""One computer for several: accounts that keep apart, and a policy that holds for all of them."""

from __future__ import annotations

import time
from pathlib import Path

from at_work import CLI, PASSPHRASE, RECORDS, Person, require
from chroots import WORKER, Bare
from display import Display, display

NEIGHBOUR = "neighbour"
_DECIDED = "/etc/aftercare/policy.toml"
_EXAMPLE = "/usr/share/doc/aftercare/policy.example.toml"
_TOO_SHORT = "grain of the wren"  # 17 characters: enough for the program, not for the example
_IDLE_S = 60
_ALL_THAT_IS_READABLE = "find / -xdev -user {owner} ! -path '/proc/*' ( -type f -o -type d ) -readable -print"


def keep_accounts_apart(computer: Bare) -> None:
    """Each makes records in the usual place; the homes are open, as on some computers, and yet nothing can be read."""
    computer.run("useradd", "--create-home", "--shell", "/bin/sh", NEIGHBOUR)
    people = {account: Person(computer, CLI, account) for account in (WORKER, NEIGHBOUR)}
    for account, person in people.items():
        computer.run("chmod", "755", f"/home/{account}")
        person.does(*_beginning(account), "--recovery-file", f"/home/{account}/code.txt")
        person.does("backup", "--to", f"/home/{account}/backups", "--login", account, "--passphrase-file", "-")
    for account, other in ((WORKER, NEIGHBOUR), (NEIGHBOUR, WORKER)):
        theirs = f"/home/{other}/.local/share/aftercare/vault"
        require(computer.inside(theirs).is_dir(), f"the records of {other} are not in the usual place")
        words = ("unlock-check", "--vault", theirs, "--login", other, "--passphrase-file", "-")
        refused = people[account].tries(*words)
        require(refused.code == 1 and "Traceback" not in refused.error, f"{account} and {other}: {refused}")
        found = computer.run(*_ALL_THAT_IS_READABLE.format(owner=other).replace("'", "").split(), user=account).out
        readable = {line for line in found.splitlines() if not _is_of_the_home(line, other)}
        require(not readable, f"{account} can read what belongs to {other}: {sorted(readable)[:5]}")
        people[account].does("unlock-check", "--login", account, "--passphrase-file", "-")


def _beginning(account: str) -> tuple[str, ...]:
    return ("init", "--login", account, "--name", account.title(), "--passphrase-file", "-")


def _is_of_the_home(place: str, account: str) -> bool:
    """The home folder itself and what useradd put into it; everything else was made by the program."""
    home = f"/home/{account}"
    return place == home or place.removeprefix(home + "/") in (".bashrc", ".profile", ".bash_logout")


def keep_to_the_policy(computer: Bare, picture: Path) -> None:
    """The example as it was installed holds; then a stricter one, until the window locks by itself."""
    example = computer.inside(_EXAMPLE).read_text(encoding="utf-8")
    decided = computer.inside(_DECIDED)
    decided.parent.mkdir(parents=True)
    decided.write_text(example, encoding="utf-8")
    computer.run("install", "--directory", "--mode=700", f"--owner={WORKER}", f"--group={WORKER}", "/srv/aftercare")
    person = Person(computer)
    short = computer.run(CLI, *_beginning("anna"), user=WORKER, given=_TOO_SHORT + "\n")
    require(short.code == 1 and "18" in short.error, f"a password shorter than the policy asks for: {short}")
    require(not computer.inside("/srv/aftercare/vault").exists(), "records were begun with a refused password")
    person.does(*_beginning("anna"), "--recovery-file", f"/home/{WORKER}/anna.txt")
    require(computer.inside("/srv/aftercare/vault").is_dir(), "the records are not where the policy says")
    person.make_records()
    stricter = example.replace("idle_minutes = 5", "idle_minutes = 1")
    decided.write_text(stricter.replace('["manager", "case_worker", "auditor"]', '["auditor"]'), encoding="utf-8")
    words = ("report", "progress", "--case", "S-0003", "--from", "2025-01-01", "--to", "2026-12-31", "--vault", RECORDS)
    refused = person.tries(*words, "--out", f"/home/{WORKER}/refused.pdf", "--passphrase-file", "-")
    require(refused.code == 1, f"a case worker printed although the policy lets only auditors: {refused}")
    require(not computer.inside(f"/home/{WORKER}/refused.pdf").exists(), "the report was written all the same")
    with display() as screen:
        _watch_it_lock(computer, screen, picture)
    decided.write_text("[lock]\nidle_minutes = 500\n", encoding="utf-8")
    found = person.tries("doctor", "--outside", "--vault", RECORDS)
    require(found.code == 3 and "lock.idle_minutes" in found.out, f"the doctor does not name a mistake: {found}")


def _watch_it_lock(computer: Bare, screen: Display, picture: Path) -> None:
    """The title is the policy's; after a minute without a key the window asks for the password again."""
    started = computer.start("/usr/bin/aftercare", user=WORKER, DISPLAY=screen.name)
    try:
        screen.wait_for_window("Records")
        screen.photograph(picture.with_suffix(".entrance.png"))
        screen.type_in("anna")
        screen.type_in(PASSPHRASE)
        screen.wait_until_unlocked()
        time.sleep(3)
        opened = screen.window_id("Records")
        screen.press("alt+a")  # Administration, and there from one part to the next
        for part in ("people", "decisions", "keys", "backups", "policy", "retention", "log", "computer"):
            time.sleep(3)
            if part in ("backups", "policy", "computer"):
                screen.photograph(picture.with_suffix(f".{part}.png"))
            screen.press("Right")
        last_key = time.monotonic()
        screen.wait_for_another_window("Records", opened, patience_s=_IDLE_S * 2)
        idle = time.monotonic() - last_key
        require(idle > _IDLE_S - 5, f"it locked after {idle:.0f} s")
        screen.photograph(picture.with_suffix(".locked.png"))
    finally:
        started.kill()
        started.wait()
