"""Walks the accessibility tree of one application over AT-SPI, as a screen reader does; run by the system's Python.

    /usr/bin/python3 tree_of_names.py APPLICATION

For each line of standard input prints one line of JSON: a list of {role, name, description, focusable, showing, above}
for every part below the application's windows, `above` being the place of the parent in that list. The line `front`
asks only for what lies in front: the dialogs, where one is open; any other line for everything, shown or not.
"""

import json
import sys
from typing import Any

import pyatspi  # type: ignore[import-not-found]  # of the system's Python
from gi.repository import Atspi  # type: ignore[import-not-found]

MOST = 4000
MOST_CHILDREN = 200
LEAVES = ("label", "push button", "check box", "radio button", "table cell", "list item")
IN_FRONT = ("dialog", "alert", "file chooser")


def application(name: str) -> Any:
    """The application of this name on the desktop of accessible things."""
    desktop = pyatspi.Registry.getDesktop(0)
    for child in desktop:
        if child is not None and child.name.casefold() == name.casefold():
            return child
    return None


def walk(part: Any, found: list[dict[str, Any]], above: int, *, only_shown: bool) -> None:
    if part is None or len(found) > MOST:
        return
    states = part.getState()
    showing = states.contains(pyatspi.STATE_SHOWING)
    if only_shown and not showing:
        return
    here, role = len(found), part.getRoleName()
    found.append(
        {
            "role": role,
            "name": name_by_its_label(part) if role == "combo box" else part.name,
            "description": part.description if role not in ("table cell", "filler") else "",
            "focusable": states.contains(pyatspi.STATE_FOCUSABLE),
            "showing": showing,
            "above": above,
        }
    )
    for at in range(min(part.childCount, MOST_CHILDREN) if role not in LEAVES else 0):
        walk(part.getChildAtIndex(at), found, here, only_shown=only_shown)


def name_by_its_label(part: Any) -> str:
    """Qt calls a combo box by what is chosen; screen readers take the label that belongs to it."""
    relations = [each for each in part.getRelationSet() if each.getRelationType() == pyatspi.RELATION_LABELLED_BY]
    return ", ".join(each.getTarget(at).name for each in relations for at in range(each.getNTargets()))


def windows_in_front(there: Any) -> list[Any]:
    windows = [there.getChildAtIndex(at) for at in range(there.childCount)]
    shown = [window for window in windows if window and window.getState().contains(pyatspi.STATE_SHOWING)]
    return [window for window in shown if window.getRoleName() in IN_FRONT] or shown


def main() -> None:
    there = application(sys.argv[1])
    for line in sys.stdin:
        found: list[dict[str, Any]] = []
        there = there or application(sys.argv[1])
        if there is not None:
            there.set_cache_mask(Atspi.Cache.NONE)  # what was true a moment ago is of no use
            wants_front = line.strip() == "front"
            for part in windows_in_front(there) if wants_front else [there]:
                walk(part, found, -1, only_shown=wants_front)
        sys.stdout.write(json.dumps(found) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
