"""Where the program begins: the window when nothing else is asked for, else the command line."""

from __future__ import annotations

import gc
import sys
from pathlib import Path


def main() -> None:
    """Run and end the process with an exit code."""
    arguments = sys.argv[1:]
    if arguments in (["--derive"], ["--device-secret"]):
        raise SystemExit(_work_apart(arguments[0]))
    from aftercare import app

    if arguments and getattr(sys, "frozen", False):  # perhaps started to help with a batch of reports
        from multiprocessing import freeze_support

        freeze_support()
    # straight to the window: it paints before the command line could be loaded
    if not arguments or (len(arguments) == 2 and arguments[0] == "--vault"):
        gc.disable()  # while a program loads nothing is garbage yet; the window has a collector of its own
    if not arguments:
        raise SystemExit(app.run_window())
    if len(arguments) == 2 and arguments[0] == "--vault":
        raise SystemExit(app.run_window(Path(arguments[1])))
    raise SystemExit(app.run_command_line(arguments))


def _work_apart(what: str) -> int:
    """A frozen program, which has no `python -m`, started itself: short-lived, with neither window nor records."""
    if what == "--derive":
        from aftercare.vault import derive

        return derive.main()
    from aftercare.vault import device_secret

    return device_secret.main()


if __name__ == "__main__":
    main()
