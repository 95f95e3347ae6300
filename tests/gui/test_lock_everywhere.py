"""Rows 10 and 16: whatever is open when somebody leaves, nothing of it stays on the screen, and no typed word is lost.

Each form of the program is opened by the hands of the rounds, written into, and locked over: by a key, by the system,
because nobody touches anything. Then the records are opened again, those that were locked and those that a crash two
seconds after the last key would leave: the words are there, for the same person only.
"""

from __future__ import annotations

import contextlib
import dataclasses
import gc
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPlainTextEdit, QWidget

from aftercare.domain.clock import stopped_at
from aftercare.gui import rounds as walking
from aftercare.gui.dialogs.make_training import TRAINING_LOGIN, TRAINING_PASSPHRASE
from aftercare.gui.drafting import Drafting
from aftercare.gui.rounds_manners import Scene
from aftercare.gui.rounds_scenes import INSIDE
from aftercare.gui.rounds_tour import Folders, Tour
from aftercare.gui.workplace import Workplace
from aftercare.services.drafts import my_drafts
from aftercare.services.opening import open_office
from aftercare.services.training import TrainingOrder, make_training_office
from aftercare.vault import CHEAP_KDF
from canaries import MARK, mark_every_text
from dialogs_there import dialogs_of_an_office
from hands import name_of, pause, press, settle, text_of, wait_for
from house import House
from proof import Proof
from rounds import few_or

CLOCK = stopped_at(walking.NOW)
WORDS, LAST_WORDS = "Qorvalune, half a sent", "Vintorasse"
KEPT_WITHIN_MS = 2_000
SOMEBODY_ELSE = UUID(int=77)
FEW, FEW_DIALOGS = ("person_dialogs", "new_person"), ("NewPerson", "NoteDialog", "StageDialog")
ELSEWHERE = {"empty", "long-names"}  # scenes on other records, with dialogs that are open elsewhere too
# nothing that is typed there may be kept, or it is the search for something
UNKEPT = {"ChangePassword", "ConfirmIdentity", "SearchResults", "ImportPeople", "ReportBatchDialog"}

pytestmark = [pytest.mark.promise(10, 16), pytest.mark.timeout(600)]


class HouseTour(Tour):
    """The hands of the rounds in the real program, which can be locked."""

    house: House | None = None

    def _open(self, folder: Path) -> Workplace:
        if self._workplace is None:
            house = self.house = House(self.folders.training, self.clock).start()
            inside = house.unlock(TRAINING_LOGIN, TRAINING_PASSPHRASE)
            self._jobs, self._opened, self._workplace = house.program.jobs, house.open_records.opened, inside
            self._folder = folder
            inside.frame.resize(1366, 820)
            self.rest()
        return self._workplace

    def leave(self) -> None:
        if self.house is not None:
            self.house.leave()


@dataclass
class Kept:
    """What the forms did with the words that were typed into them."""

    locked: set[str] = field(default_factory=set)
    drafted: set[str] = field(default_factory=set)
    undrafted: set[str] = field(default_factory=set)


@pytest.fixture
def records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Training records with a mark in every text, to be copied for each lock."""
    monkeypatch.setattr("aftercare.vault.making.measured_kdf", lambda: CHEAP_KDF)
    folder = tmp_path / "marked"
    order = TrainingOrder(survivors=8, login_name=TRAINING_LOGIN)
    make_training_office(folder, order, TRAINING_PASSPHRASE, clock=CLOCK)[0].close()
    with open_office(folder, TRAINING_LOGIN, TRAINING_PASSPHRASE, clock=CLOCK) as office:
        mark_every_text(office.vault.engine)
    return folder


# --- ways to leave ----------------------------------------------------------------------------------------------------


def by_the_system(house: House) -> None:
    house.program.session_watch.away.emit()


def by_hiding(_house: House) -> None:
    press("F12")


def by_key(_house: House) -> None:
    press("Ctrl+L")


def by_doing_nothing(house: House) -> None:
    office = house.inside.office
    office.settings = dataclasses.replace(office.settings, idle_lock_minutes=0.1 / 60)  # type: ignore[arg-type]
    press("Shift")


WAYS: tuple[Callable[[House], None], ...] = (by_the_system, by_hiding, by_key, by_doing_nothing)


# --- what is shown ----------------------------------------------------------------------------------------------------


def shots(tour: Tour, scene: Scene) -> Iterator[tuple[int, QWidget]]:
    for at, (_name, widget) in enumerate(scene.play(tour)):
        yield at, widget


def dialogs_of(records: Path, place: Path, scenes: list[Scene]) -> dict[str, tuple[Scene, int]]:
    """Each kind of dialog, and the first picture of a scene in which it is open."""
    found: dict[str, tuple[Scene, int]] = {}
    for number, scene in enumerate(scenes):
        tour = a_tour(records, place / f"look-{number}")
        # a scene may end early where it counts on a stage of its own; what is missed is told when all were locked over
        with contextlib.suppress(Exception):
            for at, widget in shots(tour, scene):
                if isinstance(widget, QDialog):
                    found.setdefault(type(widget).__name__, (scene, at))
        tour.tidy()
        tour.leave()
    return found


def a_tour(records: Path, work: Path) -> HouseTour:
    shutil.copytree(records, work / "training")
    return HouseTour(Folders(work, work / "training"), CLOCK, lambda _what: None)


def kept_texts(dialog: QWidget) -> list[QPlainTextEdit | QLineEdit]:
    """Where words can be typed that are kept until they are saved."""
    fields = [text for drafting in dialog.findChildren(Drafting) for text in drafting._widgets.values()]
    return [text for text in fields if isinstance(text, QPlainTextEdit | QLineEdit) and text.isVisible()]


def write_into(dialog: QWidget, kept: Kept) -> bool:
    """Type into the form, as far as its words are kept; whether they are."""
    name, texts = type(dialog).__name__, kept_texts(dialog)
    open_texts = [text for text in dialog.findChildren(QPlainTextEdit) if text.isVisible() and not text.isReadOnly()]
    if not texts:
        if open_texts and name not in UNKEPT:
            kept.undrafted.add(name)
        return False
    write(texts[0], WORDS)
    kept.drafted.add(name)
    return True


def write(text: QPlainTextEdit | QLineEdit, words: str) -> None:
    if isinstance(text, QPlainTextEdit):
        text.insertPlainText(words)
    else:
        text.insert(words)


def spoken(interface: QAccessibleInterface | None, depth: int = 0) -> Iterator[str]:
    """Everything that a screen reader is told."""
    if interface is None or not interface.isValid() or depth > 40:
        return
    for kind in (QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value, QAccessible.Text.Help):
        yield interface.text(kind)
    for at in range(min(interface.childCount(), 500)):
        yield from spoken(interface.child(at), depth + 1)


def told_to_a_screen_reader() -> Iterator[str]:
    application = QApplication.instance()
    assert application is not None
    return spoken(QAccessible.queryAccessibleInterface(application))


def marks_left() -> list[str]:
    """Where the screen, a screen reader or the clipboard still tells a word of the records."""
    left = [type(widget).__name__ for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    for widget in QApplication.allWidgets():
        if MARK in text_of(widget) + name_of(widget) + widget.windowTitle():
            left.append(f"words of {type(widget).__name__}")
    left += [
        "screen reader" for words in told_to_a_screen_reader() if MARK in words or WORDS in words or LAST_WORDS in words
    ]
    if QApplication.clipboard().text():
        left.append("clipboard")
    return left


def words_kept_for(writer: UUID, folder: Path, words: str = WORDS) -> tuple[bool, bool]:
    """Whether the words are offered to whoever wrote them, and to somebody else."""
    with open_office(folder, TRAINING_LOGIN, TRAINING_PASSPHRASE, clock=CLOCK) as office:
        office.desk.actor = replace(office.desk.actor, id=writer)
        mine = any(words in str(draft.content) for draft in office.desk.ask(my_drafts))
        office.desk.actor = replace(office.desk.actor, id=SOMEBODY_ELSE)
        theirs = bool(office.desk.ask(my_drafts))
    return mine, theirs


@few_or(1, few=1, full=2, minutes=40)
def test_with_any_form_open_nothing_is_shown_and_no_word_is_lost(
    records: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rounds: int, proof: Proof
) -> None:
    clipboard = QApplication.clipboard()
    monkeypatch.setattr(type(clipboard), "ownsClipboard", lambda _self: True)  # no owner without a screen
    kept = Kept()
    scenes = [scene for scene in INSIDE if scene.play.__name__ in FEW or (rounds > 1 and scene.name not in ELSEWHERE)]
    places = dialogs_of(records, tmp_path / "look", scenes)
    wanted_dialogs = [place for place in sorted(places.items()) if rounds > 1 or place[0] in FEW_DIALOGS]
    for number, (name, (scene, wanted)) in enumerate(wanted_dialogs):
        tour = a_tour(records, tmp_path / name)
        opened = shots(tour, scene)
        dialog = next(widget for at, widget in opened if at == wanted)
        house = tour.house
        assert house is not None
        writer = tour.opened.desk.actor.id  # a scene may play a colleague
        are_kept = write_into(dialog, kept)
        crashed = tmp_path / f"{name} crashed"
        if are_kept:  # what a crash two seconds after the key would leave
            pause(KEPT_WITHIN_MS)
            wait_for(lambda house=house: house.program.jobs.is_idle, "what was asked by then")  # type: ignore[misc]
            shutil.copytree(tour.folders.training, crashed)
            assert any(WORDS in words for words in told_to_a_screen_reader())  # it would be found there
            write(kept_texts(dialog)[0], LAST_WORDS)  # and nobody waits for these: the lock itself keeps them
        clipboard.setText(MARK)
        WAYS[number % len(WAYS)](house)
        wait_for(lambda house=house: house.ends == ["locked"], f"the lock over {name}")  # type: ignore[misc]
        del dialog, opened
        settle(10)
        settle()
        gc.collect()
        left = marks_left()
        mine, theirs = words_kept_for(writer, tour.folders.training, WORDS + LAST_WORDS)
        proof.tried(1 + are_kept)
        proof.lost(bool(left) + (are_kept and not mine) + theirs)
        assert (name, left, mine, theirs) == (name, [], are_kept, False)
        if are_kept:
            after_crash = words_kept_for(writer, crashed)
            proof.lost(after_crash != (True, False))
            assert (name, after_crash) == (name, (True, False))
            shutil.rmtree(crashed)
        kept.locked.add(name)
        tour.leave()
        shutil.rmtree(tmp_path / name)
    assert kept.undrafted == set()
    assert kept.drafted
    if rounds > 1:
        assert dialogs_of_an_office() - kept.locked == set()
