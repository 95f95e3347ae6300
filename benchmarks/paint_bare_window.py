"""Started by start_up.py: the least that Qt can do, a window with a field and a button, ended when it has painted."""

from __future__ import annotations

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget

from benchmarks.painting import end_after_paint


class BareWindow(QWidget):
    """Nothing of ours."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.addWidget(QLineEdit())
        column.addWidget(QPushButton("Unlock"))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)


def main() -> None:
    """Show it; the paint ends the process."""
    application = QApplication(["bare"])
    end_after_paint(BareWindow)
    window = BareWindow()
    window.show()
    application.exec()


if __name__ == "__main__":
    main()
