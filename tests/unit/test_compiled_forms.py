"""What uic makes of ui/, as the build leaves it."""

from __future__ import annotations

import re
from pathlib import Path

import aftercare._built.forms


def test_what_scrolls_is_made_in_its_scroll_area_so_that_it_is_styled_once() -> None:
    forms = sorted(Path(aftercare._built.forms.__path__[0]).glob("ui_*.py"))
    scrolling = 0
    for form in forms:
        made = form.read_text(encoding="utf-8")
        for area, inside in re.findall(r"self\.(\w+)\.setWidget\(self\.(\w+)\)", made):
            assert re.search(rf"self\.{inside} = \w+\(self\.{area}(_viewport|\.viewport\(\))\)", made), form.name
            scrolling += 1
    assert scrolling
