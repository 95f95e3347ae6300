"""How large something on the disk is, in words."""

from __future__ import annotations

from aftercare.i18n import current, tr

_STEP = 1000


def size_words(count: int) -> str:
    """«4.2 MB»: in the units that file managers use, with one digit behind the point where it says something."""
    kilobytes = count / _STEP
    if kilobytes < 1:
        return tr("{size} bytes", size=current().number(count))
    if kilobytes < _STEP:
        return tr("{size} kB", size=current().number(round(kilobytes)))
    if kilobytes < _STEP**2:
        return tr("{size} MB", size=current().number(round(kilobytes / _STEP, 1)))
    return tr("{size} GB", size=current().number(round(kilobytes / _STEP**2, 1)))
