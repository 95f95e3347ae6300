"""The whole suite on every core: what needs no screen offscreen, what needs one (marker `screen`) under Xvfb.

python packaging/run_tests.py [pytest arguments]
"""

from __future__ import annotations

import os
import re
import subprocess
import sys

import on_screen

_COUNTED = re.compile(r"(\d+) (passed|failed|skipped|error|errors)")


def _pytest(arguments: list[str], *, screen: bool) -> tuple[int, str]:
    command = [sys.executable, "-m", "pytest", *arguments]
    if screen:
        command = [sys.executable, on_screen.__file__, *command]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"} if not screen else dict(os.environ)
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True, errors="replace") as process:
        assert process.stdout is not None
        said = []
        for line in process.stdout:
            print(line, end="", flush=True)
            said.append(line)
    return process.returncode, "".join(said[-3:])


def main(arguments: list[str]) -> int:
    """0 when everything passed; the last line adds both runs up."""
    marker = "not slow"
    if "-m" in arguments:
        at = arguments.index("-m")
        marker = arguments[at + 1]
        arguments = arguments[:at] + arguments[at + 2 :]
    runs = [
        _pytest(["-m", f"({marker}) and not screen", "-n", str(os.cpu_count() or 2), *arguments], screen=False),
        _pytest(["-m", f"({marker}) and screen", *arguments], screen=True),
    ]
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    for _code, said in runs:
        for number, word in _COUNTED.findall(said):
            counts["failed" if word.startswith("error") else word] += int(number)
    print(f"{counts['passed']} passed, {counts['failed']} failed, {counts['skipped']} skipped")
    # pytest says 5 where a marker selects nothing; only one of the two runs may be empty
    bad = [code for code, _said in runs if code not in (0, 5)]
    return 1 if bad or not counts["passed"] else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
