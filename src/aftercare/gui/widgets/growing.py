"""A form whose lower parts are made once it is on the screen, a part in each turn of the window: none of it stalls.

What is not made yet holds no words of its own: whoever reads the form knows what would stand there, and whoever needs
a part itself (Tab on its way to it, something wrong to be told beside its field) has all of them made at once.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from aftercare.gui.first_paint import after_first_paint
from aftercare.gui.widgets.repeated import takes_tab

_BREATH_MS = 10  # between two parts keys are heard and what is there is painted
_LONGEST_WAIT_MS = 300  # for the first paint: what is behind another window is not painted


class Growth(QObject):
    """Makes what is left of a form, from its first paint on; `done` once, when nothing is left."""

    done = Signal()

    def __init__(self, form: QWidget, steps: Sequence[Callable[[], object]]) -> None:
        super().__init__(form)
        self._left = deque(steps)
        self._turn = QTimer(self, singleShot=True)
        self._turn.timeout.connect(self._take_one)
        form.installEventFilter(self)
        after_first_paint(form, self._begin)

    @property
    def is_done(self) -> bool:
        return not self._left

    def then(self, step: Callable[[], object]) -> None:
        """One more part, behind the others."""
        self._left.append(step)

    def finish(self) -> None:
        """Make everything that is left now."""
        self._turn.stop()
        while self._left:
            self._take()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show:
            watched.removeEventFilter(self)
            self._turn.start(_LONGEST_WAIT_MS)
        return False

    def _begin(self) -> None:
        if self._left:
            self._turn.start(_BREATH_MS)

    def _take_one(self) -> None:
        if self._left:
            self._take()
        self._begin()

    def _take(self) -> None:
        self._left.popleft()()
        if not self._left:
            self.done.emit()


def tab_on(parts: Sequence[QWidget]) -> None:
    """Have Tab come to these one after the other, behind everything else in their window."""
    last = parts[0].window().previousInFocusChain()
    while last is not None and not last.isWindow() and (last in parts or not takes_tab(last)):
        last = last.previousInFocusChain()  # Qt puts nothing behind what takes no Tab
    if last is not None and not last.isWindow():
        for before, part in pairwise([last, *parts]):
            QWidget.setTabOrder(before, part)
