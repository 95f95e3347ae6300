"""The seam between Qt's forms and our catalogues: one translator that asks `aftercare.i18n`.

Forms from ui/ call `QCoreApplication.translate`; this answers with the same gettext catalogues as `tr`, so that there
is one place for words. Qt's own words (Copy, Cancel…) come from Qt's catalogue of the language.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, Qt, QTranslator
from PySide6.QtWidgets import QApplication

from aftercare import i18n

_SHORTCUT = re.compile(r"(?:(?:Ctrl|Alt|Shift|Meta)\+)*(?:F\d{1,2}|[A-Z0-9]|Enter|Return|Del|Esc|Space|Tab)")
_OF_QT = re.compile(r"Q[A-Z]")


class FormTranslator(QTranslator):
    """Answers for our forms; leaves Qt's contexts and key sequences alone."""

    def isEmpty(self) -> bool:
        return False

    def translate(
        self,
        context: bytes | bytearray | memoryview | str | None,
        sourceText: bytes | bytearray | memoryview | str | None,  # noqa: N803
        disambiguation: bytes | bytearray | memoryview | str | None = None,
        n: int = -1,
    ) -> str:
        text, where = _plain(sourceText), _plain(context)
        if _OF_QT.match(where) or _SHORTCUT.fullmatch(text):
            return text  # never "": Qt takes an empty answer for the translation
        return i18n.tr(text)


def _plain(words: bytes | bytearray | memoryview | str | None) -> str:
    if words is None:
        return ""
    return words if isinstance(words, str) else bytes(words).decode()


class Interpreter(QObject):
    """Keeps the words, the number formats and the direction of the application in one language."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        self._ours = FormTranslator(self)
        self._of_qt = QTranslator(self)
        application.installTranslator(self._ours)

    def speak(self, tag: str) -> None:
        """Change the language of the interface; open windows get a LanguageChange event and retranslate."""
        i18n.use(tag)
        locale = QLocale(tag if tag not in ("en", i18n.PSEUDO, i18n.PSEUDO_RTL) else "en-GB")
        QLocale.setDefault(locale)
        self._application.removeTranslator(self._of_qt)
        self._application.removeTranslator(self._ours)
        self._application.installTranslator(self._ours)  # installing is what tells every window
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if locale.language() != QLocale.Language.English and self._of_qt.load(locale, "qtbase", "_", folder):
            self._application.installTranslator(self._of_qt)  # installed last, asked first
        rtl = i18n.language(tag).direction == "rtl"
        direction = Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight
        self._application.setLayoutDirection(direction)
