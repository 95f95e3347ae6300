"""Wine as a Windows for tests: a system of its own in build/windows/wine, and programs run in it.

What runs here is the same file that Windows would run, but Wine is not Windows: rights, group policy, screens and
Restart Manager are stood in for, some not at all. The README says what was only tried so.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import IO

import freeze
from chroots import Done

HERE = freeze.BUILD / "windows"
PROGRAMS = {
    "wine": "wine",
    "x86_64-w64-mingw32-gcc": "gcc-mingw-w64-x86-64",
    "x86_64-w64-mingw32-objdump": "binutils-mingw-w64-x86-64",
}
COMPILER = "x86_64-w64-mingw32-gcc"
_PATIENCE_S = 3600.0  # a freeze on a busy machine
_LAST_WORDS_S = 3.0  # what an ended program has said is there by then
# Windows has these, Wine 8 does not; libraries of Rust and Qt ask for them
_PRIMITIVES = """#include <windows.h>
#include <ntsecapi.h>
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE into, SIZE_T count) { return RtlGenRandom(into, (ULONG)count); }
"""
_CONVERTERS = """
ucnv_open ucnv_close UCNV_FROM_U_CALLBACK_SUBSTITUTE UCNV_TO_U_CALLBACK_SUBSTITUTE ucnv_reset ucnv_getMaxCharSize
ucnv_getName ucnv_getToUCallBack ucnv_getFromUCallBack ucnv_setToUCallBack ucnv_setFromUCallBack ucnv_cbToUWriteUChars
ucnv_toUnicode ucnv_cbFromUWriteUChars ucnv_toUCountPending ucnv_fromUCountPending ucnv_getStandardName
ucnv_getAvailableName ucnv_countAvailable ucnv_fromUnicode
"""


@dataclass(frozen=True, slots=True)
class Wine:
    """A Windows in a folder; `screen` is the X display that its windows appear on."""

    folder: Path
    screen: str = ""

    @property
    def disk(self) -> Path:
        return self.folder / "drive_c"

    def path(self, place: Path) -> str:
        """How a program in there calls a file of this computer."""
        if place.is_relative_to(self.disk):
            return "C:\\" + str(place.relative_to(self.disk)).replace("/", "\\")
        return "Z:" + str(place).replace("/", "\\")

    def surroundings(self, **more: str) -> dict[str, str]:
        fixed = {
            "WINEPREFIX": str(self.folder),
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree=;mshtml=",  # nobody is asked to download anything
            "WINEARCH": "win64",
        }
        kept = {name: value for name, value in os.environ.items() if name != "DISPLAY"}
        return {**kept, **fixed, **({"DISPLAY": self.screen} if self.screen else {}), **more}

    def run(self, *words: str | Path, given: str = "", cwd: Path | None = None, **more: str) -> Done:
        """Run a program to its end; without a pipe as standard input Wine would wait for a terminal."""
        pipe = subprocess.PIPE
        running = subprocess.Popen(
            self.command(words), env=self.surroundings(**more), cwd=cwd, stdin=pipe, stdout=pipe, stderr=pipe
        )
        said, told = _heard(running.stdout), _heard(running.stderr)
        assert running.stdin is not None
        with contextlib.suppress(BrokenPipeError), running.stdin:
            running.stdin.write(given.encode())
        try:
            running.wait(_PATIENCE_S)
        except subprocess.TimeoutExpired:
            running.kill()
            raise
        return Done(running.returncode, said(), told())

    def start(self, *words: str | Path, **more: str) -> subprocess.Popen[bytes]:
        """Start a program with a window; whoever starts it also ends it."""
        quiet = subprocess.DEVNULL
        return subprocess.Popen(
            self.command(words), env=self.surroundings(**more), stdin=subprocess.PIPE, stdout=quiet, stderr=quiet
        )

    def command(self, words: Sequence[str | Path]) -> list[str]:
        return ["wine", *(self.path(word) if isinstance(word, Path) else word for word in words)]

    def stop(self) -> None:
        """End everything that still runs in there, and only there."""
        subprocess.run(["wineserver", "-k"], env=self.surroundings(), check=False, capture_output=True)
        subprocess.run(["wineserver", "-w"], env=self.surroundings(), check=False, capture_output=True)


def _heard(pipe: IO[bytes] | None) -> Callable[[], str]:
    """What comes through the pipe, until its program has ended: Wine's desktop, which may start with a program and
    outlive it, would hold the pipe open for ever (and a file in place of the pipe Wine's Python does not take)."""
    assert pipe is not None
    pieces: list[bytes] = []
    listener = Thread(target=lambda: pieces.extend(iter(lambda: os.read(pipe.fileno(), 65536), b"")), daemon=True)
    listener.start()

    def heard() -> str:
        listener.join(_LAST_WORDS_S)
        return b"".join(pieces).decode(errors="replace").replace("\r\n", "\n")

    return heard


def fresh(folder: Path, screen: str = "") -> Wine:
    """A new Windows 10 in `folder`; what stood there is gone."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    wine = Wine(folder, screen)
    for words in (["wineboot", "--init"], ["winecfg", "-v", "win10"]):
        done = wine.run(*words)
        if done.code:
            raise SystemExit(f"Wine does not start: {' '.join(words)} ended with {done.code}\n{done.error[-2000:]}")
    _add_what_is_lacking(wine.disk / "windows" / "system32")
    return wine


def _add_what_is_lacking(system: Path) -> None:
    work = HERE / "lacking"
    work.mkdir(parents=True, exist_ok=True)
    converters = "\n".join(f"__declspec(dllexport) void *{name}(void) {{ return 0; }}" for name in _CONVERTERS.split())
    for name, source, links in (("bcryptprimitives", _PRIMITIVES, ["-ladvapi32"]), ("icuuc", converters, [])):
        (work / f"{name}.c").write_text(source, encoding="ascii")
        compile_for_windows([work / f"{name}.c"], system / f"{name}.dll", "-shared", *links)


def compile_for_windows(sources: Sequence[Path], out: Path, *options: str) -> None:
    leading = [word for word in options if not word.startswith("-l")]
    libraries = [word for word in options if word.startswith("-l")]
    subprocess.run([COMPILER, "-O2", *leading, "-o", str(out), *map(str, sources), *libraries], check=True)
