"""The seam between Qt's forms and our catalogues: one translator that asks `aftercare.i18n`.

Forms from ui/ call `QCoreApplication.translate`; this answers with the same gettext catalogues as `tr`, so that there
is one place for words. Qt's own words (Copy, Cancel…) come from Qt's catalogue of the language; where it has none, the
words of its buttons and of the menu of a field come from ours.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, Qt, QTranslator
from PySide6.QtWidgets import QApplication

from aftercare import i18n
from aftercare.i18n import N_

_SHORTCUT = re.compile(r"(?:(?:Ctrl|Alt|Shift|Meta)\+)*(?:F\d{1,2}|[A-Z0-9]|Enter|Return|Del|Esc|Space|Tab)")
_OF_QT = re.compile(r"Q[A-Z]")
# what Qt puts on buttons and into the menu of a field, in the contexts where it does
_SHOWN_BY_QT = frozenset({"QPlatformTheme", "QLineEdit", "QTabBar", "QWidgetTextControl"})
_WORDS_OF_QT = frozenset(
    {
        N_("OK"),
        N_("Save"),
        N_("Save All"),
        N_("Open"),
        N_("&Yes"),
        N_("Yes to &All"),
        N_("&No"),
        N_("N&o to All"),
        N_("Abort"),
        N_("Retry"),
        N_("Ignore"),
        N_("Close"),
        N_("Cancel"),
        N_("Discard"),
        N_("Help"),
        N_("Apply"),
        N_("Reset"),
        N_("Restore Defaults"),
        N_("&Undo"),
        N_("&Redo"),
        N_("Cu&t"),
        N_("&Copy"),
        N_("&Paste"),
        N_("Delete"),
        N_("Select All"),
        N_("Scroll Left"),
        N_("Scroll Right"),
    }
)


class FormTranslator(QTranslator):
    """Answers for our forms and Qt's buttons; leaves Qt's other contexts and key sequences alone."""

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
        if where in _SHOWN_BY_QT and text in _WORDS_OF_QT:
            return i18n.tr(text)
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
