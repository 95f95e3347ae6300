"""Languages and countries by their names in the language of the window (CLDR), found while typing."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QCompleter, QWidget

from aftercare.domain.errors import FieldProblem
from aftercare.gui.widgets.spoken import SpokenCombo
from aftercare.i18n import current

# ISO 3166 codes that CLDR lists besides: groupings and reserved codes, no countries
_NO_COUNTRIES = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"})


@lru_cache(maxsize=8)
def languages(tag: str) -> tuple[tuple[str, str], ...]:
    """(name, BCP 47 tag), by name, of the languages that CLDR names in language `tag`."""
    from babel import Locale

    names = Locale.parse(_locale(tag)).languages
    return tuple(
        sorted(
            (str(name), code.replace("_", "-"))
            for code, name in names.items()
            if code not in ("root", "mul", "zxx", "und")
        )
    )


@lru_cache(maxsize=8)
def countries(tag: str) -> tuple[tuple[str, str], ...]:
    """(name, ISO 3166-1 alpha-2 code), by name."""
    from babel import Locale

    names = Locale.parse(_locale(tag)).territories
    return tuple(
        sorted(
            (str(name), code)
            for code, name in names.items()
            if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRIES
        )
    )


def _locale(tag: str) -> str:
    return "en" if tag in ("en-XA", "ar-XB") else tag.replace("-", "_")


@lru_cache(maxsize=16)
def _model(names: tuple[tuple[str, str], ...]) -> QStandardItemModel:
    """The names behind an empty first one; made once, shown by every field that offers them."""
    model = QStandardItemModel()
    for name, code in (("", ""), *names):
        item = QStandardItem(name)
        item.setData(code, Qt.ItemDataRole.UserRole)
        model.appendRow(item)
    return model


@lru_cache(maxsize=16)
def _lookup(names: tuple[tuple[str, str], ...]) -> tuple[dict[str, str], dict[str, str]]:
    """Codes by folded code, and by folded name."""
    return {code.casefold(): code for _name, code in names}, {name.casefold(): code for name, code in names}


class _NamedCombo(SpokenCombo):
    """Type a part of a name; a code that is typed is understood too. Empty is no answer."""

    changed = Signal(str)
    _reason = "unknown_code"

    def __init__(self, names: tuple[tuple[str, str], ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMaxVisibleItems(14)
        # by itself a combo box measures each of its six hundred names to find its width
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setModel(_model(names))
        self.setCurrentIndex(0)
        self._codes, self._names = _lookup(names)
        completer = QCompleter(self.model(), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompleter(completer)
        self.currentTextChanged.connect(lambda _text: self.changed.emit(self.code_typed()))

    def code_typed(self) -> str:
        """The code of what stands in the field; empty where it is none (yet)."""
        text = self.currentText().strip().casefold()
        return self._names.get(text) or self._codes.get(text, "")

    def code(self) -> str:
        """As `code_typed`, but FieldProblem where something is typed that is no name."""
        if self.currentText().strip() and not self.code_typed():
            raise FieldProblem("", self._reason, self.currentText())
        return self.code_typed()

    def show_code(self, code: str) -> None:
        at = self.findData(code)
        if at >= 0:
            self.setCurrentIndex(at)
        else:
            self.setEditText(code)

    def draft_value(self) -> str:
        """What a draft keeps: the code, or what is typed so far."""
        return self.code_typed() or self.currentText()

    def show_draft_value(self, kept: str) -> None:
        self.show_code(kept)

    def wheelEvent(self, event: object) -> None:
        event.ignore()  # type: ignore[attr-defined]


class LanguageCombo(_NamedCombo):
    _reason = "unknown_language"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(languages(current().tag), parent)


class CountryCombo(_NamedCombo):
    _reason = "unknown_country"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(countries(current().tag), parent)
