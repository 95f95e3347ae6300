"""Python collects its cyclic garbage on the GUI thread only.

Left alone it collects wherever memory was asked for last, also on the vault's thread; a widget that is freed there
takes the program down with it. What has lived long is looked through in a quiet moment: with 10,000 people that holds
the window for 20 ms and more.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QCoreApplication, QObject, QTimer

_EVERY_MS = 1_000
_EVERYTHING = 2
_LONGEST_WAIT = 60  # looks; somebody may work without a pause


class GarbageOnGuiThread(QObject):
    """Looks once a second whether there is enough to collect, generation by generation as Python itself would."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._made = self._waited = 0
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self.collect_if_due)
        self._timer.start()

    def collect_if_due(self) -> None:
        due = [
            generation
            for generation, (count, threshold) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))
            if count > threshold > 0
        ]
        is_quiet = abs(gc.get_count()[0] - self._made) < gc.get_threshold()[0]
        if due and due[-1] == _EVERYTHING and not is_quiet and self._waited < _LONGEST_WAIT:
            self._waited += 1
            due.pop()
        if due:
            gc.collect(due[-1])
            self._waited = 0 if due[-1] == _EVERYTHING else self._waited
        self._made = gc.get_count()[0]

    def spare_what_stays(self) -> None:
        """What is loaded by now stays for good: later collections need not walk through it."""
        gc.freeze()


def spare_what_stays() -> None:
    """For the one that collects in this program, where there is one."""
    application = QCoreApplication.instance()
    garbage = application.findChild(GarbageOnGuiThread) if application is not None else None
    if garbage is not None:
        garbage.spare_what_stays()
