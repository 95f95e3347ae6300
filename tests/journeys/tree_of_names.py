"""Walks the accessibility tree of one application over AT-SPI, as a screen reader does; run by the system's Python.

    /usr/bin/python3 tree_of_names.py APPLICATION

Prints JSON: a list of [role, name, focusable, showing] for every part below the application's windows.
"""

import json
import sys
from typing import Any

import pyatspi  # type: ignore[import-not-found]  # of the system's Python

MOST = 4000


def application(name: str) -> Any:
    """The application of this name on the desktop of accessible things."""
    desktop = pyatspi.Registry.getDesktop(0)
    for child in desktop:
        if child is not None and child.name.casefold() == name.casefold():
            return child
    return None


def walk(part: Any, found: list[list[Any]]) -> None:
    if part is None or len(found) > MOST:
        return
    states = part.getState()
    focusable, showing = (states.contains(state) for state in (pyatspi.STATE_FOCUSABLE, pyatspi.STATE_SHOWING))
    found.append([part.getRoleName(), part.name, focusable, showing])
    for at in range(min(part.childCount, 200)):
        walk(part.getChildAtIndex(at), found)


def main() -> None:
    found: list[list[Any]] = []
    there = application(sys.argv[1])
    if there is not None:
        walk(there, found)
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
