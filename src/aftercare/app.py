"""The composition root: the only place that knows every layer; it starts the window, and again after a lock."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from aftercare import policy
from aftercare.domain.clock import Clock
from aftercare.i18n import use
from aftercare.log import log_folder, start_log
from aftercare.settings import (
    capture_allowed,
    language_spoken,
    load_settings,
    place_of_records,
    settings_path,
    usual_training_folder,
)

TITLE = "Aftercare"


def training_folder() -> Path:
    """Where the training records are, beside the real ones."""
    return usual_training_folder()


def run_window(folder: Path | None = None) -> int:
    """Show the window on the records in `folder` (or the usual place); the exit code is 0 when it was closed."""
    gc.disable()  # all that is loaded now stays: looking through it costs 10 ms (gui/garbage collects later)
    keep_to_the_owner()
    policy.obey(policy.policy_of_this_computer())
    start_log(log_folder())
    settings = load_settings(settings_path())
    from aftercare.gui.toolkit import load_toolkit

    load_toolkit()
    from aftercare.gui.application import prepare
    from aftercare.gui.mistakes import keep_words_of_mistakes
    from aftercare.gui.program import Program
    from aftercare.gui.style import Look, Scheme

    look = Look(Scheme(settings.scheme), settings.text_percent)
    title = policy.in_force().text("window.display_name") or TITLE
    dressed = prepare([title], look=look, language=language_spoken(settings), name=title)
    if sys.platform == "win32":
        from aftercare.gui.screen_privacy import ScreenPrivacy

        ScreenPrivacy(lambda: capture_allowed(settings), dressed.application)
    place = folder or place_of_records(settings)
    program = Program(place, settings, Clock(), title=title, training_folder=training_folder())
    keep_words_of_mistakes(program.jobs.failed.emit)
    program.locked.connect(lambda: restart(program.folder))
    program.finished.connect(dressed.application.quit)
    program.start()
    return dressed.application.exec()


def run_command_line(arguments: Sequence[str]) -> int:
    """Carry out a command; it ends the process with its exit code."""
    keep_to_the_owner()
    speak_every_script()
    policy.obey(policy.policy_of_this_computer())
    start_log(log_folder())
    use(language_spoken(load_settings(settings_path())))
    from aftercare.cli import AppCommands, build

    command_line = build(AppCommands(run_window, run_self_test, run_screenshots))
    code = command_line(args=list(arguments), prog_name="aftercare")
    return code if isinstance(code, int) else 0


def restart(folder: Path) -> None:
    """Replace this process by a fresh, locked one: Python cannot wipe what it has read.

    Where the program is gone (removed, a stick pulled out) this process ends all the same: it would stay unseen, with
    every word it has read.
    """
    command = [sys.executable, *([] if getattr(sys, "frozen", False) else ["-m", "aftercare"]), "--vault", str(folder)]
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:  # a window on Windows has none
            with suppress(OSError):  # whoever read it may be gone
                stream.flush()
    ended = 1
    try:
        if os.name == "posix":
            os.execv(command[0], command)  # noqa: S606
        # Windows has no exec: a new process, and this one ends without running anything more
        import subprocess

        subprocess.Popen(command, close_fds=True)
        ended = 0
    finally:
        os._exit(ended)


def keep_to_the_owner() -> None:
    """A crash must not write memory to the disk, and what is written is for its owner alone."""
    os.umask(0o077)
    if sys.platform != "win32":
        import resource

        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def speak_every_script() -> None:
    """On Windows what goes into a file or another program is UTF-8 too: its old code pages lack most names."""
    if sys.platform == "win32":
        import io

        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(encoding="utf-8", errors="replace")


def run_self_test(folder: Path | None = None) -> int:
    """Open every page of a training vault without a screen; 0 when all of them could be shown."""
    from aftercare.gui.rounds import walk_through

    return walk_through(folder)


def run_screenshots(out: Path, only: Sequence[str] = ()) -> int:
    """Render every page, dialog and state as PNG into `out`."""
    from aftercare.gui.rounds import take_pictures

    return take_pictures(out, only)
