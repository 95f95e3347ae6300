"""Building a large form in several turns of the window, so that nothing stands still while it is built."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from itertools import pairwise

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget


class BuiltInTurns(QObject):
    """Takes one step in each turn of the window; all that are left at once where somebody cannot wait."""

    def __init__(self, form: QWidget, steps: Iterable[Callable[[], object]]) -> None:
        super().__init__(form)
        self._steps = deque(steps)
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(self._step)
        self._turn.start()

    @property
    def is_done(self) -> bool:
        return not self._steps

    def then(self, step: Callable[[], object]) -> None:
        """One more step, in a turn of its own; now, where there are none before it."""
        if self.is_done:
            step()
        else:
            self._steps.append(step)

    def finish(self) -> None:
        """Take every step that is left."""
        while self._steps:
            self._steps.popleft()()

    def _step(self) -> None:
        if self._steps:
            self._steps.popleft()()
        if self._steps:
            self._turn.start()


def build_behind(form: QWidget, make: Callable[[], object]) -> None:
    """Have Tab come to what `make` adds behind what stands in the form; by itself it comes there last in the window."""
    known = parts_by_tab(form)
    make()
    before = set(known)
    for part, following in pairwise([*known[-1:], *(part for part in parts_by_tab(form) if part not in before)]):
        QWidget.setTabOrder(part, following)


def parts_by_tab(form: QWidget) -> list[QWidget]:
    """What Tab comes to within a form, in that order, whether it is shown or not."""
    found = []
    part = form.nextInFocusChain()
    while part is not None and part is not form:
        if form.isAncestorOf(part) and takes_tab(part):
            found.append(part)
        part = part.nextInFocusChain()
    return found


def takes_tab(part: QWidget) -> bool:
    """Whether Tab stops here, and not at what is inside it."""
    return bool(part.focusPolicy() & Qt.FocusPolicy.TabFocus) and part.focusProxy() is None
