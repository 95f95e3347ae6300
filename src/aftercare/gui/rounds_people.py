"""A person's record: each tab of it, and every dialog that opens there."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QAbstractButton, QWidget

from aftercare.domain.codes import Area, Stage
from aftercare.gui.dialogs.assessment import AssessmentDialog
from aftercare.gui.dialogs.stage import StageDialog
from aftercare.gui.drafting import DraftLine
from aftercare.gui.pages.notes import NotesPage
from aftercare.gui.pages.person import PersonPage
from aftercare.gui.pages.plan import PlanPage
from aftercare.gui.rounds_manners import Shots
from aftercare.gui.rounds_tour import Tour
from aftercare.gui.widgets.person_entries import NameEntry

TABS = ("overview", "plan", "notes", "scores", "details", "history")
_FACTS = ("fact_", "link_")


def tab(key: str) -> Callable[[Tour], Shots]:
    def play(tour: Tour) -> Shots:
        tour.person(key)
        yield f"person-{key}", tour.workplace.frame

    return play


def name_shown(tour: Tour) -> Shots:
    page = tour.person("overview")
    button = page.findChild(QAbstractButton, "show_name")
    assert isinstance(button, QAbstractButton)
    button.click()
    tour.rest()
    yield "person-name-shown", tour.workplace.frame
    button.click()


def person_dialogs(tour: Tour) -> Shots:
    page = tour.person("overview")
    for dialog in tour.after(lambda: page.stage_change_asked.emit(page.head)):
        yield "dialog-stage", dialog
        assert isinstance(dialog, StageDialog)
        dialog.choose(Stage.CLOSED)
        tour.rest()
        yield "dialog-stage-closing", dialog
    for dialog in tour.after(tour.workplace.new_note):
        yield "dialog-note", dialog
    for dialog in tour.after(lambda: page.case_asked.emit(page.head)):
        yield "dialog-case", dialog
    assert page.head is not None
    head, office = page.head, tour.workplace.office
    for dialog in tour.after(lambda: AssessmentDialog(office, head, page.window()).open()):
        yield "dialog-assessment", dialog


def new_person(tour: Tour) -> Shots:
    for dialog in tour.after(tour.workplace.new_person):
        yield "dialog-new-person", dialog
        _type_name(dialog.findChildren(NameEntry)[0], _somebody_known(tour))
        tour.rest()
        yield "dialog-new-person-alike", dialog
        dialog.findChildren(DraftLine)[0].discard_asked.emit()


def import_people(tour: Tour) -> Shots:
    for dialog in tour.after(tour.workplace.import_people):
        yield "dialog-import-people", dialog


def _type_name(entry: NameEntry, name: str) -> None:
    """As if by keys: what is only set asks for nobody alike."""
    given, _, family = name.partition(" ")
    for field, words in ((entry.given, given), (entry.family, family)):
        field.setText(words)
        field.textEdited.emit(words)


def _somebody_known(tour: Tour) -> str:
    """The name of somebody in the records, with a letter missing."""
    person = next(person for person in tour.known_people() if person.names)
    return person.names[0][:-1]


def notes(tour: Tour) -> Shots:
    page = tour.part("notes", NotesPage)
    yield from _opened(tour, page, "note")


def plan(tour: Tour) -> Shots:
    page = tour.part("plan", PlanPage)
    frame = tour.workplace.frame
    deeds = page.deeds
    for name, act in (
        ("goal", lambda: deeds.edit_goal(None)),
        ("area", deeds.answer),
        ("progress", deeds.record_progress),
        ("progress-entries", deeds.show_entries),
        ("agreement", deeds.agree),
        ("versions", deeds.show_versions),
        ("review", deeds.move_review),
    ):
        for dialog in tour.after(act):
            yield f"dialog-{name}", dialog
    shown = page.shown
    steps = [step for goal in (shown.area.goals if shown else ()) for step in goal.steps]
    if steps:
        for dialog in tour.after(lambda: deeds.edit_step(steps[0])):
            yield "dialog-step", dialog
    for area in Area:
        page.show_area(area.value)
        tour.rest()
        shown = page.shown
        if shown is None or shown.area.area != area.value:
            continue
        yield f"plan-{area.value.replace('_', '-')}", frame
        yield from _opened(tour, page, area.value.replace("_", "-"), names=_FACTS)


def other_facts(tour: Tour) -> Shots:
    """Forms that the first person gave no reason to open: whoever has more, each once."""
    seen: set[tuple[str, str]] = set()
    pressed: set[str] = set()
    for known in tour.known_people():
        tour.workplace.open_person(known.survivor_id, "plan")
        tour.rest()
        page = tour.workplace.frame.page
        plan = page.part("plan") if isinstance(page, PersonPage) else None
        assert isinstance(plan, PlanPage)
        for area in Area:
            plan.show_area(area.value)
            tour.rest()
            names = [button.objectName() for button in tour.openers(plan)]
            new = [name for name in names if name.startswith(_FACTS) and _kind_of(name) not in pressed]
            pressed.update(map(_kind_of, new))
            yield from _pressed(tour, plan, "fact", new, seen)


def _kind_of(name: str) -> str:
    """The name of a line without the key of its record."""
    return name if not name.startswith(_FACTS) else re.sub(r"_?[0-9a-f-]{36}.*|_\d+.*", "", name)


def _opened(tour: Tour, page: QWidget, prefix: str, names: tuple[str, ...] = ("",)) -> Shots:
    """Each form that a button of the page opens, once for each kind and title."""
    wanted = [button.objectName() for button in tour.openers(page) if button.objectName().startswith(names)]
    yield from _pressed(tour, page, prefix, wanted, set())


def _pressed(tour: Tour, page: QWidget, prefix: str, wanted: list[str], seen: set[tuple[str, str]]) -> Shots:
    for name in dict.fromkeys(wanted):
        button = next((each for each in tour.openers(page) if each.objectName() == name), None)
        if button is None:
            continue
        for dialog in tour.after(button.click):
            key = (type(dialog).__name__, dialog.windowTitle())
            if key not in seen:
                seen.add(key)
                yield f"dialog-{prefix}-{_dashed(type(dialog))}{_number(seen, key)}", dialog


def _dashed(kind: type[QObject]) -> str:
    name = kind.__name__.removesuffix("Dialog")
    return "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("-")


def _number(seen: set[tuple[str, str]], key: tuple[str, str]) -> str:
    alike = sum(1 for kind, _title in seen if kind == key[0])
    return f"-{alike}" if alike > 1 else ""
