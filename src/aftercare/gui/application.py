"""The QApplication: base style, fonts, look, words, icon; nothing of the vault, so that a window shows at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from aftercare.gui import icons, style
from aftercare.gui.garbage import GarbageOnGuiThread
from aftercare.gui.style import Look, Style
from aftercare.gui.translator import Interpreter

NAME = "Aftercare"


@dataclass(frozen=True)
class Screen:
    """What every window shares: the application, how it looks, the language it speaks."""

    application: QApplication
    style: Style
    interpreter: Interpreter


def prepare(argv: Sequence[str], *, look: Look = Look(), language: str = "en", name: str = NAME) -> Screen:
    """Make (or take) the application and dress it. `name` is what task bars show; policy may rename it."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        application, worn, interpreter = existing, style.worn(), existing.findChild(Interpreter)
        if worn is None:
            application.setStyle(style.BASE)
    else:
        QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
        # as if asked for on a command line, and nothing is looked for in it: to set a style or to go through what an
        # application holds has Python make the class of a style, with hundreds of names
        application, worn, interpreter = QApplication([*argv, "-style", style.BASE]), None, None
    application.setApplicationName(name)
    application.setApplicationDisplayName(name)
    application.setDesktopFileName(name.lower())
    worn = worn or style.install(application, look)
    if worn.look != look:
        worn.wear(look)
    interpreter = interpreter or Interpreter(application)
    interpreter.speak(language)
    if application.property("dressed") is None:
        application.setProperty("dressed", True)
        GarbageOnGuiThread(application)
        icons.follow(worn)
        QTimer.singleShot(0, application, _after_first_paint)
    return Screen(application, worn, interpreter)


def _after_first_paint() -> None:
    """What the first window does not wait for: its icon and the fonts of other scripts."""
    application = QApplication.instance()
    if isinstance(application, QApplication):
        application.setWindowIcon(icons.application_icon())
        style.load_fonts()
