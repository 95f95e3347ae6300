"""Rounds through the whole program without anybody at the desk: every page shown and painted, or pictured.

`walk_through` proves that it can be shown without incident; `take_pictures` keeps what was shown as PNG. Both work on
records of invented people that are made for the purpose and thrown away.
"""

from __future__ import annotations

import logging
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from aftercare import assets, i18n
from aftercare.domain.clock import stopped_at
from aftercare.gui import application
from aftercare.gui.application import Screen
from aftercare.gui.rounds_manners import MANNERS, Manner, Scene
from aftercare.gui.rounds_scenes import ENTRANCE, INSIDE
from aftercare.gui.rounds_tour import Folders, Tour
from aftercare.gui.style import Look

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
_log = logging.getLogger("aftercare.rounds")
_HARMLESS = (
    "does not support propagateSizeHints",
    "OpenType support missing",
    "does not support grabbing",
    "AtSpiAdaptor::",  # a screen reader asked something that Qt does not know
)
_FEWEST_COLOURS = 4


@dataclass(slots=True)
class Findings:
    """What went wrong on the way, each as one line without a word of any record."""

    lines: list[str] = field(default_factory=list)
    where: str = ""

    def note(self, what: str) -> None:
        self.lines.append(f"{self.where}: {what}")


Visit = Callable[[str, QWidget, Tour], None]


def walk_through(folder: Path | None = None) -> int:
    """Show every page, tab and dialog once; 0 when all of them were painted without incident.

    The training records are made in a temporary folder, or left in `folder` where one is given (a new or empty one).
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if sys.platform == "win32":
        # a Qt without a screen does not ask Windows for fonts, and would say so on every page
        os.environ.setdefault("QT_QPA_FONTDIR", str(assets.folder("fonts")))
    return _said(go_round([Manner("")], lambda _name, _widget, _tour: None, folder=folder))


def take_pictures(out: Path, only: Sequence[str] = ()) -> int:
    """Every page, dialog and state as `<name>.png` in `out`; with `only`, those whose names begin with one of these."""
    out.mkdir(parents=True, exist_ok=True)
    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

    def keep(name: str, widget: QWidget, _tour: Tour) -> None:
        if not only or any(name.startswith(wanted) for wanted in only):
            widget.grab().save(str(out / f"{name}.png"))

    return _said(go_round(MANNERS, keep, only=only))


def go_round(
    manners: Sequence[Manner], visit: Visit, *, folder: Path | None = None, only: Sequence[str] = ()
) -> list[str]:
    """Show each scene in each manner to `visit`; gives back what went wrong, without a word of the records."""
    findings = Findings()
    screen = application.prepare(["aftercare"], look=Look())
    before = Manner("", screen.style.look, i18n.current().tag)
    blinking = QApplication.cursorFlashTime()
    QApplication.setCursorFlashTime(0)  # else a picture holds the cursor or not, by chance
    with _watching(findings), _folders(folder) as folders:
        for manner in manners:
            shown = filter(manner.shows, (*ENTRANCE, *INSIDE))
            wanted = [scene for scene in shown if _is_wanted(manner, scene, only)]
            if wanted:
                _dress(screen, manner)
                _play(wanted, manner, Tour(folders, stopped_at(NOW), findings.note, manner.size), findings, visit)
    _dress(screen, before)
    QApplication.setCursorFlashTime(blinking)
    return findings.lines


def _said(lines: list[str]) -> int:
    for line in lines:
        print(line, file=sys.stderr)  # noqa: T201  # read by whoever installs the program
    return 1 if lines else 0


def _is_wanted(manner: Manner, scene: Scene, only: Sequence[str]) -> bool:
    name = manner.name_of(scene.name)
    return not only or any(name.startswith(wanted) or wanted.startswith(name) for wanted in only)


def _dress(screen: Screen, manner: Manner) -> None:
    if screen.style.look != manner.look:
        screen.style.wear(manner.look)
    if i18n.current().tag != manner.language:
        screen.interpreter.speak(manner.language)


def _play(scenes: Sequence[Scene], manner: Manner, tour: Tour, findings: Findings, visit: Visit) -> None:
    try:
        for scene in scenes:
            findings.where = manner.name_of(scene.name)
            try:
                for name, widget in scene.play(tour):
                    findings.where = manner.name_of(name)
                    _look(widget, findings)
                    visit(findings.where, widget, tour)
            except Exception as error:  # one scene that breaks must not hide the others
                _log.exception("scene %s", findings.where)
                findings.note(f"{type(error).__name__}: {_place(error.__traceback__)}")
            tour.tidy()
    finally:
        tour.close()


def _look(widget: QWidget, findings: Findings) -> None:
    image = widget.grab().toImage()
    # every pixel takes long, and a few of a plain dialog can all fall on its ground
    if _colours(image, 7) < _FEWEST_COLOURS and _colours(image, 2) < _FEWEST_COLOURS:
        findings.note("nothing was painted")


def _colours(image: QImage, step: int) -> int:
    """How many colours are met where only every so-manieth pixel is looked at."""
    return len({image.pixel(x, y) for x in range(0, image.width(), step) for y in range(0, image.height(), step)})


def _place(trace: TracebackType | None) -> str:
    """Where it broke: the last file and line, never the words of the error."""
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace is not None else ""


@contextmanager
def _folders(training: Path | None) -> Iterator[Folders]:
    work = Path(tempfile.mkdtemp(prefix="aftercare-"))
    try:
        yield Folders(work, training or work / "training")
    finally:
        shutil.rmtree(work, ignore_errors=True)


@contextmanager
def _watching(findings: Findings) -> Iterator[None]:
    """Warnings of Qt and exceptions in slots are findings."""

    def heard(kind: QtMsgType, _context: QMessageLogContext, message: str | None) -> None:
        is_harmless = any(part in (message or "") for part in _HARMLESS)
        if kind in (QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg) and not is_harmless:
            findings.note(f"Qt: {message}")

    def raised(kind: type[BaseException], _error: BaseException, trace: TracebackType | None) -> None:
        findings.note(f"{kind.__name__}: {_place(trace)}")

    previous_handler, previous_hook = qInstallMessageHandler(heard), sys.excepthook
    sys.excepthook = raised
    try:
        yield
    finally:
        sys.excepthook = previous_hook
        qInstallMessageHandler(previous_handler)
