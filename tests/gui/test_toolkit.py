"""Why PySide6 is pinned: signals and setters must not lose references of True, False and None on this Python."""

from __future__ import annotations

import os
import subprocess
import sys

ROUNDS = 5_000

PROGRAM = f"""
import sys
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget


class Bell(QObject):
    rung = Signal(bool)


application = QApplication([])
bell, widget, label, line = Bell(), QWidget(), QLabel(), QLineEdit()
heard = [0]


def hear(loud):
    heard[0] += loud


bell.rung.connect(hear)
before = [sys.getrefcount(value) for value in (True, False, None)]
for _ in range({ROUNDS}):
    bell.rung.emit(True)
    widget.setEnabled(False)
    widget.setEnabled(True)
    widget.setToolTip("a")
    widget.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    label.setText("a")
    line.setText("b")
    line.setProperty("problem", True)
after = [sys.getrefcount(value) for value in (True, False, None)]
assert heard[0] == {ROUNDS}, heard
lost = [was - now for was, now in zip(before, after)]
assert max(lost) < {ROUNDS} // 50, f"references lost to True, False, None: {{lost}}"
print("clean")
"""


def test_five_thousand_signals_and_setters_lose_no_reference_of_true() -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, env=environment, timeout=120, check=False
    )
    assert done.returncode == 0, f"this PySide6 does not go with this Python: {done.stderr[-500:]}"
    assert done.stdout.strip() == "clean"
