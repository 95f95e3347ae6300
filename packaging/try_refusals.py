"""What setup.exe refuses, each by its exit code, and that it has then changed nothing: old Windows, rights, room."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import freeze
import wine
from at_work import everything_in, require, say
from windows_at_work import home, version_in
from wine import Wine

TOO_OLD, NO_WRITING, NO_RIGHTS = 5, 6, 7
_SOURCE = freeze.ROOT / "packaging" / "windows" / "without_rights.c"
_UNUSABLE = ("C:\\plain", "C:\\plain\\inside", "Y:\\nowhere", "nowhere")
_BLOCK = 4096


def keep_to_the_exit_codes(system: Wine, older: Path, newer: Path) -> None:
    """`older` and `newer` are setup.exe of two versions; everything in this Windows is there for the purpose."""
    log = system.disk / "setup.log"

    def refuses(code: int, *words: str | Path) -> None:
        log.unlink(missing_ok=True)
        done = system.run(*words)
        told = log.read_text(encoding="ascii") if log.exists() else "nothing"
        require(done.code == code, f"exit code {done.code} instead of {code} for {words[1:]}; the log says {told}")
        require(f"exit code {code}" in told, f"the log says {told}")

    silent = ("/S", "/LOG=C:\\setup.log")
    usual = home(system) / "AppData" / "Local" / "Programs" / "Aftercare"
    system.run("winecfg", "-v", "win7")
    refuses(TOO_OLD, newer, *silent)
    system.run("winecfg", "-v", "win10")
    without = system.disk / "without-rights.exe"
    wine.compile_for_windows([_SOURCE], without)
    refuses(NO_RIGHTS, without, newer, *silent, "/ALLUSERS")
    (system.disk / "plain").write_text("a file, not a folder", encoding="ascii")
    for unusable in _UNUSABLE:
        refuses(NO_WRITING, newer, *silent, f"/D={unusable}")
    quoted = system.run(newer, "/S", "/D=C:\\between quotation marks").code
    require(quoted == NO_WRITING, f"a folder between quotation marks was neither taken nor refused: {quoted}")
    require(not usual.exists(), "something was installed all the same")
    say("an old Windows, missing rights and unusable folders are refused by their exit codes")
    require(system.run(without, newer, *silent, "/CURRENTUSER").code == 0, "one person cannot install without rights")
    require(version_in(usual) == freeze.version(), "it is not where it belongs")
    say("one person installs without an administrator's rights")
    if os.geteuid() != 0:
        say("NOT TRIED without root: a full disk, a disk that cannot be written")
        return
    with _small_disk(system.disk / "small") as small:
        place = small / "Aftercare"
        require(system.run(older, *silent, f"/D={system.path(place)}").code == 0, "not onto the small disk")
        before = everything_in(place)
        told = os.statvfs(small)
        used = (told.f_blocks - told.f_bfree) * told.f_frsize
        for words, options in (("full", f"size={used + 8 * _BLOCK}"), ("read-only", "ro")):
            _mount("-o", f"remount,{options}", small)
            refuses(NO_WRITING, newer, *silent, f"/D={system.path(place)}")
            require(everything_in(place) == before, f"the {words} disk does not hold what it held")
    say("a full disk and one that cannot be written: refused, and the version before is untouched")


@contextmanager
def _small_disk(folder: Path) -> Iterator[Path]:
    folder.mkdir()
    _mount("-t", "tmpfs", "-o", "size=64m", "tmpfs", folder)
    try:
        yield folder
    finally:
        # Wine may still look at it
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
        shutil.rmtree(folder, ignore_errors=True)


def _mount(*words: str | Path) -> None:
    subprocess.run(["mount", *map(str, words)], check=True)
