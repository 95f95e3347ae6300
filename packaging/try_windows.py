"""`make test-packages` for Windows: both installers under Wine, from installation to removal, with records in use.

    python packaging/try_windows.py [--only setup|msi|portable|refusals] [--stand-in]

Uses what `make packages-windows` left in dist/packages-windows, and the same program packed under an older number. With
`--stand-in` the installers alone are tried, with a small program in place of ours: minutes instead of an hour. Wine is
not Windows: packaging/README.md says what only Windows can prove. Nothing of it needs root but a full disk.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import freeze
import icon
import windows_packages
import windows_staging
import wine
from at_work import PASSPHRASE, Wrong, everything_in, expect, require, say
from staging import Release
from try_refusals import keep_to_the_exit_codes
from windows_at_work import (
    NoPerson,
    Person,
    Registry,
    Tried,
    ends,
    fresh,
    held_open,
    home,
    package,
    version_in,
    window,
)

BEFORE = "0.0.9"
OLDER = wine.HERE / "older"
STAND_IN = wine.HERE / "stand-in-packages"
_A_FILE = "python3.dll"  # what goes missing and is brought back
_MENU = "AppData/Roaming/Microsoft/Windows/Start Menu/Programs"
_UNINSTALL = "Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\Aftercare"
_REFUSED_BY_MSI = 1603 % 256  # all that Unix sees of an exit code


def pack_as(version: str, frozen: Path, into: Path, *, loosely: bool) -> None:
    """Both installers under this number."""
    shutil.rmtree(into, ignore_errors=True)
    into.mkdir(parents=True)
    os.environ.update(freeze.repeatable())
    release = Release(version, freeze.moment_of_sources(), frozen)
    staged = windows_staging.stage(release, wine.HERE / "staged-to-try", None)
    for path in windows_packages.pack(staged, release, into, ("setup", "msi"), loosely=loosely):
        say(f"packed {path.name}")
    shutil.rmtree(staged)


def pack_the_version_before() -> None:
    """The same program under an older number: what is tried is the installers, not an older program."""
    source = wine.HERE / "staged"
    require(source.exists(), "nothing was packed; run `make packages-windows` first")
    frozen = wine.HERE / "frozen-older"
    shutil.rmtree(frozen, ignore_errors=True)
    shutil.copytree(source, frozen, copy_function=os.link, ignore=shutil.ignore_patterns("documents", "VERSION"))
    pack_as(BEFORE, frozen, OLDER, loosely=True)
    shutil.rmtree(frozen)


def pack_the_stand_in() -> None:
    """A small program in both numbers."""
    frozen = wine.HERE / "stand-in"
    shutil.rmtree(frozen, ignore_errors=True)
    (frozen / "_internal").mkdir(parents=True)
    source = freeze.ROOT / "packaging" / "windows" / "stand_in.c"
    wine.compile_for_windows([source], frozen / "aftercare.exe", "-mwindows", "-DWINDOW")
    wine.compile_for_windows([source], frozen / "aftercare-cli.exe")
    (frozen / "_internal" / _A_FILE).write_bytes(b"a library")
    pack_as(BEFORE, frozen, STAND_IN / "older", loosely=False)
    pack_as(freeze.version(), frozen, STAND_IN / "newer", loosely=False)


# --- setup.exe ----------------------------------------------------------------------------------------------------


def try_setup(tried: Tried) -> None:
    older, newer = package(tried.older, "-setup.exe"), package(tried.newer, "-setup.exe")
    with fresh("setup") as (system, screen):
        log = system.disk / "setup.log"

        def install(path: Path, *words: str) -> int:
            return system.run(path, "/S", "/LOG=C:\\setup.log", *words).code

        folder = home(system) / "AppData" / "Local" / "Programs" / "Aftercare"
        require(install(older) == 0, f"it was not installed: {log.read_text() if log.exists() else 'no log'}")
        require(version_in(folder) == BEFORE, "it is not where it belongs")
        require((home(system) / _MENU / "Aftercare.lnk").exists(), "it is not in the menu")
        registry = Registry(system)
        require(registry.says(f"HKCU\\{_UNINSTALL}", "DisplayVersion") == BEFORE, "Windows does not list it")
        person = tried.person(system, folder)
        person.stretches_apart()
        person.make_records()
        say("installed for one person; records made at the terminal")
        with window(person, screen) as opened:
            if tried.pictures is not None:
                screen.photograph(tried.pictures / "windows-entrance.png")
                screen.type_in(PASSPHRASE)
                screen.wait_until_unlocked()
                time.sleep(10)
                screen.photograph(tried.pictures / "windows.png")
            require(install(newer) == 0, "the update did not work while the window was open")
            require(ends(opened), "the window did not close when it was asked to")
        require(version_in(folder) == freeze.version(), "after the update it is another version")
        require("asked to close" in log.read_text(encoding="ascii"), "the log does not tell of the window")
        require(person.count() == person.seen, "records are missing after the update")
        say("updated while somebody was working: the window closed by itself when it was asked")
        person.do_the_main_job()
        person.does("self-test")
        say("the main job is done at the terminal, self-test passed")
        (folder / "_internal" / _A_FILE).unlink()
        (folder / "_internal" / "left-over.txt").write_text("of an older version", encoding="ascii")
        require(install(newer) == 0, "it does not install over itself")
        require((folder / "_internal" / _A_FILE).exists(), "the repair did not bring back what was missing")
        require(not (folder / "_internal" / "left-over.txt").exists(), "something of an older version is left")
        require(install(older) == 4, "it went back to an older version")
        require(version_in(folder) == freeze.version(), "the refusal changed something")
        require(install(newer, "/ALLUSERS", "/CURRENTUSER") == 2, "it took switches that exclude each other")
        with held_open(person):
            require(install(newer) == 3, "it replaced a program that is open and cannot be asked")
        say("repaired; an older version, wrong switches and a busy program are refused by their exit codes")
        place = system.disk / "Elsewhere"
        require(install(newer, "/ALLUSERS", "/NAME=Records", "/DESKTOP", "/D=C:\\Elsewhere") == 0, "not for everybody")
        shown = registry.says(f"HKLM\\{_UNINSTALL}", "DisplayName")
        require((version_in(place), shown) == (freeze.version(), "Records"), "another place or name was not taken")
        require((system.disk / "users/Public/Desktop/Records.lnk").exists(), "it is not on the desktop")
        require((place / "documents" / "policy" / "aftercare.admx").exists(), "the policy templates are missing")
        say("installed for everybody, elsewhere and under another name")
        kept = everything_in(system.disk / "records")
        for one in (folder, place):
            uninstaller = (one / "uninstall.exe", "/S", f"_?={system.path(one)}")
            expect(system.run(*uninstaller))
            require({path.name for path in one.iterdir()} <= {"uninstall.exe"}, f"files are left behind in {one}")
        require(not (home(system) / _MENU / "Aftercare.lnk").exists(), "it is still in the menu")
        require(not registry.says(f"HKLM\\{_UNINSTALL}", "DisplayName"), "Windows still lists it")
        require(everything_in(system.disk / "records") == kept, "the records changed with the removal")
        require(install(newer) == 0 and person.count() == person.seen, "the records are not found again")
        say("removed, the records kept, installed again, the records found")


# --- MSI ----------------------------------------------------------------------------------------------------------


def try_msi(tried: Tried) -> None:
    older, newer = package(tried.older, ".msi"), package(tried.newer, ".msi")
    with fresh("msi") as (system, _screen):

        def msiexec(*words: str | Path) -> int:
            return system.run("msiexec", *words, "/qn").code

        folder = system.disk / "Program Files" / "Aftercare"
        require(msiexec("/i", older) == 0, "it was not installed")
        require(version_in(folder) == BEFORE, "it is not where it belongs")
        person = tried.person(system, folder)
        person.stretches_apart()
        person.make_records()
        seen = person.seen
        require(msiexec("/i", newer) == 0, "the update did not work")
        require(version_in(folder) == freeze.version(), "after the update it is another version")
        require(person.count() == person.seen, "records are missing after the update")
        say("installed and updated by msiexec /qn; the records are there")
        require(msiexec("/i", older) == _REFUSED_BY_MSI, "it went back to an older version")
        require(version_in(folder) == freeze.version(), "the refusal changed something")
        (folder / "_internal" / _A_FILE).unlink()
        # Wine's /fa wants a code of the product; what /fa stands for it knows
        repair = ("REINSTALL=ALL", "REINSTALLMODE=amus")
        require(msiexec("/i", newer, *repair) == 0, "it cannot be repaired")
        require((folder / "_internal" / _A_FILE).exists(), "the repair did not bring back what was missing")
        setup = package(tried.newer, "-setup.exe")
        require(system.run(setup, "/S", "/ALLUSERS").code == 8, "setup.exe installed over the MSI")
        if tried.payload is not None:
            require(everything_in(folder) == everything_in(tried.payload), "other files than those that were packed")
        kept = everything_in(system.disk / "records")
        require(msiexec("/x", newer) == 0, "it cannot be removed")
        left = [path for path in folder.rglob("*") if path.is_file()] if folder.exists() else []
        require(not left, f"files are left behind: {left[:5]}")
        require(everything_in(system.disk / "records") == kept, "the records changed with the removal")
        require(msiexec("/i", newer, "INSTALLDIR=C:\\Elsewhere", "ADDLOCAL=Program,Desktop") == 0, "not elsewhere")
        person = tried.person(system, system.disk / "Elsewhere")
        require(person.count() == seen, "the records are not found again")
        say("an older version is refused, repaired, removed, the records kept, installed again elsewhere")


# --- portable -----------------------------------------------------------------------------------------------------


def try_portable(tried: Tried) -> None:
    with fresh("portable") as (system, _screen):
        with zipfile.ZipFile(package(tried.newer, "-portable.zip")) as packed:
            packed.extractall(system.disk / "stick")
        person = Person(system, system.disk / "stick" / "Aftercare")
        named = ("--login", "anna", "--passphrase-file", "-")
        person.does("init", *named, "--name", "Anna Example", "--recovery-file", "C:\\code.txt")
        require((person.folder / "kept" / "vault").is_dir(), "the records are not beside the program")
        (system.disk / "stick").rename(system.disk / "another")
        person = Person(system, system.disk / "another" / "Aftercare")
        person.does("unlock-check", *named)
        policies = "HKLM\\Software\\Policies\\Aftercare"
        asked = ("reg", "add", policies, "/v", "PasswordLeastCharacters", "/t", "REG_DWORD", "/d", "60", "/f")
        expect(system.run(*asked))
        too_short = (
            "init",
            "--vault",
            "C:\\other",
            *named,
            "--name",
            "Anna Example",
            "--recovery-file",
            "C:\\other.txt",
        )
        person.does(*too_short, code=1)
        require(not (system.disk / "other" / "header.a").exists(), "a password shorter than the policy asks was taken")
        left = [path for path in home(system).rglob("aftercare*") if "Temp" not in path.parts]
        require(not left, f"it left something on the computer: {left}")
        say("records made beside it, found again elsewhere; nothing left on the computer; policy obeyed")


def try_refusals(_tried: Tried) -> None:
    """Always with the stand-in: what is refused is refused before anything of the program is unpacked."""
    older, newer = package(STAND_IN / "older", "-setup.exe"), package(STAND_IN / "newer", "-setup.exe")
    with fresh("refusals") as (system, _screen):
        keep_to_the_exit_codes(system, older, newer)


TRIES: dict[str, Callable[[Tried], None]] = {
    "refusals": try_refusals,
    "setup": try_setup,
    "msi": try_msi,
    "portable": try_portable,
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=TRIES, action="append")
    parser.add_argument("--stand-in", action="store_true", help="try the installers alone, with a small program")
    parser.add_argument("--pictures", type=Path, default=freeze.DIST / "pictures", metavar="DIR")
    parser.add_argument("--older-stands", action="store_true", help="keep the version before as it was packed")
    asked = parser.parse_args()
    windows_packages.install_tools(freezing=True)
    icon.draw_icon()
    pack_the_stand_in()
    if asked.stand_in:
        tried = Tried(STAND_IN / "older", STAND_IN / "newer", NoPerson, None, None)
    else:
        asked.pictures.mkdir(parents=True, exist_ok=True)
        if not asked.older_stands or not OLDER.exists():
            pack_the_version_before()
        tried = Tried(OLDER, windows_packages.PACKAGES, Person, asked.pictures, wine.HERE / "staged")
    usual = [kind for kind in TRIES if kind != "portable" or not asked.stand_in]
    program = "a stand-in for the program" if asked.stand_in else "the frozen program"
    passed, wrong = [], []
    for kind in asked.only or usual:
        print(f"Windows (Wine), {kind}, {program}:", flush=True)
        began = time.monotonic()
        try:
            TRIES[kind](tried)
        except (Wrong, OSError, ValueError, subprocess.SubprocessError) as reason:
            wrong.append(kind)
            say(f"WRONG: {reason}")
        else:
            passed.append(kind)
            say(f"all of it in {time.monotonic() - began:.0f} s")
    for what, which in ((f"passed under Wine, {program}", passed), ("failed", wrong)):
        print(f"{what}: {len(which)}" + "".join(f"; {name}" for name in which))
    return 1 if wrong or not passed else 0


if __name__ == "__main__":
    raise SystemExit(main())
