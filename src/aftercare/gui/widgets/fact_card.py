"""A card of facts: label and value line by line, each value opening its form; links below; more where there is more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QPushButton, QSizePolicy, QWidget

from aftercare.gui import style
from aftercare.gui.palette import Tone
from aftercare.gui.widgets.card import Card
from aftercare.gui.widgets.flow import FlowLayout
from aftercare.gui.widgets.labels import Pill, PlainLabel
from aftercare.i18n import tr

_LABEL_PIXELS = 92
_PILL_PIXELS = 150


@dataclass(frozen=True)
class Fact:
    """One line: what it is, what is known, and a pill beside it; `name` keeps the focus where it was."""

    name: str
    label: str
    value: str
    pill: str = ""
    tone: Tone = Tone.SOFT


class FactValue(QAbstractButton):
    """A value as a field that is not typed into: pressing it opens its form. Long values wrap, none is cut."""

    def __init__(self, fact: Fact, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"fact_{fact.name}")
        self.setText(fact.value)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        spoken = ", ".join(part for part in (fact.value or tr("not recorded"), fact.pill) if part)
        self.setAccessibleName(f"{fact.label}: {spoken}")

    def _margins(self) -> tuple[int, int]:
        return style.scaled(9), style.scaled(5)

    def _set(self, width: int) -> tuple[QTextLayout, float]:
        """The words in lines of this width, broken between words where they can be; and how high they are."""
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        side = Qt.AlignmentFlag.AlignRight if style.is_mirrored(self) else Qt.AlignmentFlag.AlignLeft
        option.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute)
        words = QTextLayout(self.text() or "–", self.font())
        words.setTextOption(option)
        words.beginLayout()
        height = 0.0
        while (line := words.createLine()).isValid():
            line.setLineWidth(max(1, width))
            line.setPosition(QPointF(0, height))
            height += line.height()
        words.endLayout()
        return words, height

    def heightForWidth(self, width: int) -> int:
        side, top = self._margins()
        _words, height = self._set(width - 2 * side)
        return max(ceil(height) + 2 * top, style.scaled(28))

    def sizeHint(self) -> QSize:
        width = style.scaled(140)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(style.scaled(90), style.scaled(28))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: object) -> None:
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = style.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(QColor(colours.field_line), 1))
        painter.setBrush(QColor(colours.hover if self.underMouse() or self.isDown() else colours.field))
        painter.drawRoundedRect(box, 6, 6)
        side, top = self._margins()
        painter.setPen(QColor(colours.ink if self.text() else colours.muted))
        words, height = self._set(self.width() - 2 * side)
        words.draw(painter, QPointF(side, max(top, (self.height() - height) / 2)))
        if self.hasFocus():
            style.paint_focus(painter, QRectF(self.rect()), 6)
        painter.end()


class FactCard(Card):
    """Lines of facts in two columns (label above where there is little room), links at the foot."""

    def __init__(self, title: str, aside: str = "", area: str = "", parent: QWidget | None = None) -> None:
        super().__init__(title, aside, parent)
        self.show_title(title, aside, area)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)  # lines wrap: a card that may not grow would cut them
        self.setSizePolicy(policy)
        self._links: FlowLayout | None = None
        self._grid: QGridLayout | None = None

    def fact(self, fact: Fact, opened: Callable[[], object] | None = None) -> None:
        """A line; without `opened` it is only read."""
        grid = self._lines()
        at = grid.rowCount()
        grid.addWidget(self._label(fact.label), at, 0, Qt.AlignmentFlag.AlignTop)
        if opened is None:
            value: QWidget = PlainLabel(fact.value or "–", wrap=True)
            value.setContentsMargins(0, style.scaled(5), 0, 0)
        else:
            button = FactValue(fact)
            button.clicked.connect(lambda: opened())
            value = button
        grid.addWidget(value, at, 1)
        if fact.pill:
            pill = Pill(fact.pill, fact.tone)
            is_wide = pill.sizeHint().width() > style.scaled(_PILL_PIXELS)
            grid.addWidget(pill, at + 1, 0 if is_wide else 1, 1, 2 if is_wide else 1, Qt.AlignmentFlag.AlignLeading)

    def part(self, label: str, widget: QWidget) -> None:
        """A line whose value is a field of its own."""
        grid = self._lines()
        at = grid.rowCount()
        words = self._label(label)
        words.setBuddy(widget)
        widget.setAccessibleName(label)
        grid.addWidget(words, at, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(widget, at, 1)

    def _label(self, words: str) -> PlainLabel:
        label = PlainLabel(words, "fieldLabel", wrap=True)
        label.setFixedWidth(style.scaled(_LABEL_PIXELS))
        label.setContentsMargins(0, style.scaled(6), 0, 0)
        return label

    def say(self, words: str, role: str = "muted") -> PlainLabel:
        """A sentence between the lines."""
        label = PlainLabel(words, role, wrap=True)
        self._grid = None
        self.add(label)
        return label

    def heading(self, words: str) -> None:
        self.say(words, "strong")

    def link(self, name: str, words: str, opened: Callable[[], object], role: str = "link") -> QPushButton:
        """Something to do, at the foot of the card."""
        if self._links is None:
            foot = QWidget()
            self._links = FlowLayout(foot, spacing=8)
            self._links.setContentsMargins(0, 0, 0, 0)
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            foot.setSizePolicy(policy)
            self.add(foot)
            self._grid = None
        button = QPushButton(words)
        button.setObjectName(f"link_{name}")
        button.setProperty("role", role)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: opened())
        self._links.addWidget(button)
        return button

    def end_links(self) -> None:
        """Links from here on stand below what comes next."""
        self._links = None
        self._grid = None

    def more(self, name: str, words: str, beside: str = "", *, is_open: bool = False) -> FactCard:
        """A link that shows what came before, in place: in the card that this gives back.

        `beside` stands after the link: «3 earlier placements · 112 nights».
        """
        inner = FactCard("")
        inner.setProperty("role", "transparent")
        layout = inner.layout()
        assert layout is not None
        layout.setContentsMargins(0, 0, 0, 0)
        button = self.link(name, words, lambda: inner.setVisible(not inner.isVisible()))
        button.setCheckable(True)
        button.setChecked(is_open)
        inner.setVisible(is_open)
        if beside and self._links is not None:
            self._links.addWidget(PlainLabel(beside, "muted"))
        self.end_links()
        self.add(inner)
        return inner

    def _lines(self) -> QGridLayout:
        if self._grid is None:
            self._grid = QGridLayout()
            self._grid.setContentsMargins(0, 0, 0, 0)
            self._grid.setHorizontalSpacing(10)
            self._grid.setVerticalSpacing(7)
            self._grid.setColumnStretch(1, 1)
            self.add(self._grid)
        return self._grid
