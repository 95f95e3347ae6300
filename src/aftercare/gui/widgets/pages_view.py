"""Pages of a report inside the window: turned with the keys, as large as wanted, drawn beside the GUI thread."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QWidget

from aftercare._built.forms.ui_pages_view import Ui_PagesView
from aftercare.gui import forms, icons, style
from aftercare.gui.jobs import Jobs, Ticket
from aftercare.gui.widgets.flow import wrapping
from aftercare.i18n import tr
from aftercare.services.report_preview import PageImage, Pages

_POINTS_PER_INCH = 72.0
_STEP = 1.25
_SMALLEST, _LARGEST = 0.25, 4.0
_PAUSE_MS = 60
_KEYS = (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp, Qt.Key.Key_Home, Qt.Key.Key_End)


def image_of(page: PageImage) -> QImage:
    """The pixels as Qt draws them; they are copied, nothing keeps the page open."""
    made = QImage(page.pixels, page.width, page.height, page.stride, QImage.Format.Format_RGBX8888)
    return made.copy()


def _close(pages: list[Pages]) -> None:
    while pages:
        pages.pop().close()


class _Sheet(QWidget):
    """One page on the desk, with a thin edge."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image: QImage | None = None

    def show_image(self, image: QImage | None, size: QSize) -> None:
        self._image = image
        self.setFixedSize(size)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._image is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(self.rect(), self._image)
        painter.setPen(QPen(QColor(style.colours().row_line), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


class PagesView(QFrame):
    """Shows pages that are open; `show_pages(None)` lets go of them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs: Jobs | None = None
        self._pages: Pages | None = None
        self._open: list[Pages] = []
        self._drawing: Ticket[QImage] | None = None
        self.destroyed.connect(partial(_close, self._open))  # at lock the window goes, and the pages with it
        self._page = 0
        self._zoom: float | None = None  # None: as wide as there is room
        self._form = form = forms.fill(self, Ui_PagesView)
        form.whole.setStretch(1, 1)
        wrapping(form.bar, form.state)
        self._sheet = _Sheet()
        form.scroll.setWidget(self._sheet)
        form.scroll.installEventFilter(self)
        self._soon = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._soon.timeout.connect(self._draw)
        form.back.clicked.connect(lambda: self.turn(-1))
        form.forward.clicked.connect(lambda: self.turn(1))
        form.smaller.clicked.connect(lambda: self._enlarge(1 / _STEP))
        form.larger.clicked.connect(lambda: self._enlarge(_STEP))
        form.fit.clicked.connect(self._fit)
        for keys, act in (("Ctrl++", form.larger.click), ("Ctrl+-", form.smaller.click), ("Ctrl+0", self._fit)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        self._say_where()
        self._point()

    # --- what a page calls -----------------------------------------------------------------------------------------

    def draw_with(self, jobs: Jobs) -> None:
        """Where pages are drawn: beside the GUI thread."""
        self._jobs = jobs

    def show_pages(self, pages: Pages | None) -> None:
        """Show these from the page that was looked at; what was open before is closed."""
        if self._drawing is not None:
            self._drawing.cancel()  # what is closed before its turn cannot be drawn: no mistake, nobody waits for it
        _close(self._open)
        self._pages = pages
        if pages is not None:
            self._open.append(pages)
        self._page = 0 if pages is None else min(self._page, len(pages) - 1)
        if pages is None:
            self._sheet.show_image(None, QSize(0, 0))
        self._say_where()
        self._draw()

    def say(self, words: str) -> None:
        """A word beside the zoom: «preparing…»."""
        self._form.state.setText(words)

    @property
    def page(self) -> int:
        """The page that is looked at, from 0."""
        return self._page

    @property
    def page_count(self) -> int:
        return 0 if self._pages is None else len(self._pages)

    def turn(self, by: int) -> None:
        """Look at a later or an earlier page."""
        self._go_to(self._page + by)

    # --- inside --------------------------------------------------------------------------------------------------

    def _go_to(self, page: int) -> None:
        if not 0 <= page < self.page_count or page == self._page:
            return
        self._page = page
        self._say_where()
        self._draw()
        self._form.scroll.verticalScrollBar().setValue(0)

    def _say_where(self) -> None:
        count = self.page_count
        words = tr("Page {page} of {pages}", page=self._page + 1, pages=count) if count else ""
        self._form.where.setText(words)
        self._sheet.setAccessibleName(words)
        self._form.scroll.setAccessibleDescription(words)
        self._form.back.setEnabled(self._page > 0)
        self._form.forward.setEnabled(self._page + 1 < count)
        for part in (self._form.smaller, self._form.larger, self._form.fit):
            part.setEnabled(count > 0)

    def _scale(self) -> float:
        """Device-independent pixels a point."""
        if self._zoom is not None or self._pages is None:
            return (self._zoom or 1.0) * 96 / _POINTS_PER_INCH
        room = self._form.scroll.viewport().width() - 2
        return max(0.3, room / self._pages.size(self._page)[0])

    def _enlarge(self, by: float) -> None:
        now = self._scale() * _POINTS_PER_INCH / 96
        self._zoom = min(_LARGEST, max(_SMALLEST, now * by))
        self._form.fit.setChecked(False)
        self._draw()

    def _fit(self) -> None:
        self._zoom = None
        self._form.fit.setChecked(True)
        self._draw()

    def _draw(self) -> None:
        pages, jobs, page = self._pages, self._jobs, self._page
        if pages is None or jobs is None:
            return
        scale, ratio = self._scale(), self.devicePixelRatioF()
        width, height = pages.size(page)
        size = QSize(round(width * scale), round(height * scale))

        def render() -> QImage:
            return image_of(pages.render(page, scale * ratio * _POINTS_PER_INCH))

        def show(image: QImage) -> None:
            if self._pages is pages:
                self._sheet.show_image(image, size)

        self._drawing = jobs.beside(render, show, owner=self, topic="page")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._zoom is None:
            self._soon.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._form.scroll and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._take_key(Qt.Key(event.key()))
        return False

    def _take_key(self, key: Qt.Key) -> bool:
        """Page keys scroll to the end of a page and then turn it; Home and End go to the first and last one."""
        if key not in _KEYS:
            return False
        bar = self._form.scroll.verticalScrollBar()
        if key == Qt.Key.Key_Home:
            self._go_to(0)
        elif key == Qt.Key.Key_End:
            self._go_to(self.page_count - 1)
        elif key == Qt.Key.Key_PageDown and bar.value() >= bar.maximum():
            self.turn(1)
        elif key == Qt.Key.Key_PageUp and bar.value() <= bar.minimum():
            self.turn(-1)
        else:
            return False
        return True

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange and hasattr(self, "_form"):
            self._point()

    def _point(self) -> None:
        """The arrows point the way pages are turned in this direction of reading."""
        before, after = ("forward", "back") if style.is_mirrored(self) else ("back", "forward")
        icons.wear(self._form.back, before)
        icons.wear(self._form.forward, after)

    def retranslate(self) -> None:
        self._say_where()
