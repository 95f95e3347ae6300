"""Colours that can be read, text that grows, icons that exist, words that come from the catalogues."""

from __future__ import annotations

import re
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QRect, Qt
from PySide6.QtGui import QColor, QFont, QImage
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from aftercare import assets, i18n
from aftercare.domain.codes import Area
from aftercare.gui import forms, icons, mnemonics, palette, style
from aftercare.gui.application import Screen
from aftercare.gui.style import Look, Scheme
from aftercare.gui.widgets.buttons import RailButton
from aftercare.gui.widgets.labels import Pill, PlainLabel
from aftercare.gui.widgets.search_field import SearchField
from aftercare.gui.widgets.undo_bar import UndoBar


@pytest.mark.parametrize("name", palette.PALETTES)
def test_every_text_is_readable_on_its_ground(name: str) -> None:
    worn = palette.PALETTES[name]
    least = 7.0 if name.startswith("contrast") else 4.5
    poor = {
        pair: round(palette.contrast(*inks), 2)
        for pair, inks in worn.text_pairs().items()
        if palette.contrast(*inks) < least
    }
    assert poor == {}


@pytest.mark.parametrize("name", palette.PALETTES)
def test_every_plan_area_has_a_colour_that_is_seen_on_a_card(name: str) -> None:
    worn = palette.PALETTES[name]
    own = [worn.areas[area] for area in Area]
    assert len(set(own)) == len(own)
    assert all(palette.contrast(colour, worn.card) >= 3 for colour in own)
    assert worn.area("made_up_by_an_organisation") == worn.areas["other"]


def test_contrast_is_measured_as_wcag_does() -> None:
    assert palette.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert palette.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("percent", [80, 100, 150, 200])
def test_the_style_sheet_is_filled_completely_at_every_text_size(percent: int) -> None:
    for worn in palette.PALETTES.values():
        filled = style.style_sheet(worn, Look(text_percent=percent).scale)
        assert "$" not in filled
        assert not re.search(r"\dsp\b", filled)


def test_the_text_size_setting_stays_within_80_and_200_percent() -> None:
    assert Look(text_percent=10).scale == 0.8
    assert Look(text_percent=900).scale == 2.0


def test_labels_and_pills_grow_with_the_text_size(screen: Screen, qtbot: QtBot) -> None:
    label, pill = PlainLabel("Housing", "title"), Pill("3 days late", "late")
    for widget in (label, pill):
        qtbot.addWidget(widget)
        widget.show()
    small = [widget.sizeHint().height() for widget in (label, pill)]
    screen.style.wear(Look(Scheme.DARK, 200))
    large = [widget.sizeHint().height() for widget in (label, pill)]
    assert all(after > before * 1.6 for before, after in zip(small, large, strict=True))


def test_the_magnifier_of_a_search_grows_with_the_text_size(screen: Screen, qtbot: QtBot) -> None:
    field = SearchField()
    qtbot.addWidget(field)
    field.show()

    def drawn() -> int:
        """How many lines of the field's start the magnifier reaches."""
        image = field.grab(QRect(2, 2, style.scaled(26), field.height() - 4)).toImage()
        columns, ground = range(image.width()), image.pixel(0, image.height() // 2)
        return sum(any(image.pixel(x, y) != ground for x in columns) for y in range(image.height()))

    small = drawn()
    screen.style.wear(Look(Scheme.LIGHT, 200))
    assert drawn() > small * 1.6 > 0


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_a_count_in_the_narrow_rail_leaves_the_icon_to_be_seen(screen: Screen, qtbot: QtBot, percent: int) -> None:
    screen.style.wear(Look(Scheme.LIGHT, percent))
    button = RailButton("today", "&Today", "today")
    qtbot.addWidget(button)
    button.narrow(True)
    button.setFixedSize(button.sizeHint())

    def ink() -> int:
        """How much of the icon is seen, by its pixels."""
        image, wanted = button.grab().toImage(), QColor(style.colours().rail_ink).rgb()
        return sum(image.pixel(x, y) == wanted for x in range(image.width()) for y in range(image.height()))

    alone = ink()
    for count in (7, 12, 120):
        button.show_count(count)
        assert ink() == alone > 0


def test_lists_and_menus_wear_our_fonts_where_the_system_has_its_own(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    dress = QApplication.setStyleSheet
    kinds: tuple[Any, ...] = ("QAbstractItemView", "QMenu")  # bytes for PySide's stubs, words for PySide itself

    def dress_as_windows_does(application: QApplication, sheet: str) -> None:
        dress(application, sheet)
        for kind in kinds:
            QApplication.setFont(QFont("MS Shell Dlg"), kind)

    monkeypatch.setattr(QApplication, "setStyleSheet", dress_as_windows_does)
    screen.style.wear(Look(Scheme.LIGHT, 150))
    ours = QApplication.font()
    assert all(QApplication.font(kind) == ours for kind in kinds)


def test_icons_are_redrawn_in_the_ink_of_the_new_palette(screen: Screen, qtbot: QtBot) -> None:
    button = QPushButton("New note")
    qtbot.addWidget(button)
    icons.wear(button, "plus")

    def middle() -> str:
        image: QImage = button.icon().pixmap(48, 48).toImage()
        return image.pixelColor(image.width() // 2, image.height() // 2).name()

    assert middle() == palette.LIGHT.ink
    screen.style.wear(Look(Scheme.DARK, 100))
    assert middle() == palette.DARK.ink


def test_every_shipped_icon_draws_something(screen: Screen) -> None:
    names = sorted(path.stem for path in assets.folder("icons").glob("*.svg"))
    assert len(names) > 40
    for name in names:
        image = icons.pixmap(name, "#000000", 24).toImage()
        assert any(image.pixelColor(x, y).alpha() for x in range(24) for y in range(24)), name


def test_what_a_person_typed_never_renders_as_markup(qtbot: QtBot) -> None:
    typed = "<b>bold</b><img src='x'>"
    bar = UndoBar()
    qtbot.addWidget(bar)
    bar.offer(typed, lambda: None)
    labels = [PlainLabel(typed), Pill(typed), *bar.findChildren(QLabel)]
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in labels)


def test_forms_speak_the_language_of_the_catalogues(screen: Screen, qtbot: QtBot) -> None:
    bar = UndoBar()
    qtbot.addWidget(bar)
    undo = next(button for button in bar.findChildren(QPushButton) if button.objectName() == "undo")
    assert undo.text() == "&Undo"
    screen.interpreter.speak(i18n.PSEUDO)
    qtbot.waitUntil(lambda: undo.text() == i18n.pseudo("&Undo"))


def test_keys_and_qts_own_words_are_left_to_qt(screen: Screen) -> None:
    screen.interpreter.speak(i18n.PSEUDO)
    assert QCoreApplication.translate("PersonPage", "Ctrl+K") == "Ctrl+K"
    assert QCoreApplication.translate("QDialogButtonBox", "Cancel") == "Cancel"
    assert QCoreApplication.translate("PersonPage", "Cancel") == i18n.pseudo("Cancel")


def test_a_right_to_left_language_mirrors_the_window(screen: Screen, qtbot: QtBot) -> None:
    label = PlainLabel("Latin words")
    qtbot.addWidget(label)
    screen.interpreter.speak(i18n.PSEUDO_RTL)
    assert screen.application.layoutDirection() == Qt.LayoutDirection.RightToLeft
    assert label.alignment() & Qt.AlignmentFlag.AlignRight
    screen.interpreter.speak("en")
    assert label.alignment() & Qt.AlignmentFlag.AlignLeft


def test_alt_keys_are_unique_and_a_wish_is_granted_where_it_is_free() -> None:
    taken: set[str] = set()
    made = mnemonics.assign(["Today", "&Survivors", "Shelter", "R && D", "Today"], taken)
    keys = [mnemonics.key_of(text) for text in made]
    assert made[1] == "&Survivors"
    assert len({key for key in keys if key}) == len([key for key in keys if key])
    assert [mnemonics.plain(text) for text in made] == ["Today", "Survivors", "Shelter", "R & D", "Today"]


def test_a_form_that_is_filled_has_plain_labels(qtbot: QtBot) -> None:
    bar = UndoBar()
    qtbot.addWidget(bar)
    rich = QLabel("<i>x</i>", bar)
    forms.plain(bar)
    assert rich.textFormat() == Qt.TextFormat.PlainText
