"""What the rounds show, scene by scene, and the manners in which they show it: colours, text size, language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QScrollArea,
    QStackedWidget,
    QWidget,
)

from aftercare.domain.codes import Area
from aftercare.domain.drafts.people import AlertDraft, IntakeDraft, NameDraft, PersonDraft
from aftercare.domain.drafts.plan import GoalDraft
from aftercare.domain.errors import BackupPlaceMissing, ChangedMeanwhile, DatabaseDamaged, WrongPassphrase
from aftercare.domain.permissions import Reach
from aftercare.domain.rows.backups import BackupStatus
from aftercare.domain.rows.salvage import SalvagedKind, SalvageReport
from aftercare.domain.rows.survivors import SurvivorFilter
from aftercare.gui import notices
from aftercare.gui.backing_up import age_in_words
from aftercare.gui.dialogs.access_review import AccessReviewDialog
from aftercare.gui.dialogs.assessment import AssessmentDialog
from aftercare.gui.dialogs.confirm_identity import ConfirmIdentity
from aftercare.gui.dialogs.first_login import FirstLoginDialog
from aftercare.gui.dialogs.make_training import MakeTraining
from aftercare.gui.dialogs.recovery_code import RecoveryCodeDialog
from aftercare.gui.dialogs.restore_backup import RestoreBackup
from aftercare.gui.dialogs.salvage_records import SalvageRecords
from aftercare.gui.drafting import DraftLine
from aftercare.gui.first_run import FirstRun
from aftercare.gui.jobs import Incident
from aftercare.gui.office import Question
from aftercare.gui.pages.administration import AdministrationPage
from aftercare.gui.pages.administration_backups import BackupsPart
from aftercare.gui.pages.notes import NotesPage
from aftercare.gui.pages.person import PersonPage
from aftercare.gui.pages.plan import PlanPage
from aftercare.gui.pages.reports import ReportsPage
from aftercare.gui.pages.settings import SettingsPage
from aftercare.gui.rounds_administration import administration
from aftercare.gui.rounds_retention import retention
from aftercare.gui.rounds_tour import SIZE, Tour
from aftercare.gui.style import Look, Scheme
from aftercare.gui.unlock import UnlockWindow
from aftercare.gui.widgets.password_edit import PasswordEdit
from aftercare.gui.widgets.person_entries import NameEntry
from aftercare.i18n import PSEUDO, PSEUDO_RTL, tr
from aftercare.services.break_glass import find_beyond, open_glass
from aftercare.services.exclusions import exclude, show_exclusions
from aftercare.services.plans import add_area, add_goal
from aftercare.services.survivors import list_survivors, take_in

Shots = Iterator[tuple[str, QWidget]]
TABS = ("overview", "plan", "notes", "scores", "details", "history")
_FACTS = ("fact_", "link_")
_SALVAGED = SalvageReport(
    folder=Path("records-saved"),
    rows=4_812,
    lost=15,
    kinds=(
        SalvagedKind("note", 1_903, 12, perhaps_more=False, emptied=0, stand_ins=0, set_aside=0),
        SalvagedKind("survivor", 23, 3, perhaps_more=False, emptied=0, stand_ins=3, set_aside=0),
        SalvagedKind("appointment", 211, 0, perhaps_more=True, emptied=0, stand_ins=0, set_aside=0),
    ),
    bad_pages=2,
    unclaimed_rows=0,
    newest_changes_lost=False,
    first_bad_entry=0,
    made_administrator=True,
)
_LONG = "Aleksandra Konstantinovna Wojciechowska-Papadopoulou of the far side of the river Čierny Váh"


@dataclass(frozen=True)
class Scene:
    """One thing to show; `play` yields each picture under its name."""

    name: str
    play: Callable[[Tour], Shots]
    in_every_manner: bool = False


@dataclass(frozen=True)
class Manner:
    """How it is shown; the plain one has no name and shows everything, as does the one that finds most faults."""

    name: str
    look: Look = Look(Scheme.LIGHT, 100)
    language: str = "en"
    size: tuple[int, int] = SIZE

    def shows(self, scene: Scene) -> bool:
        return self.name in ("", "right-to-left") or scene.in_every_manner

    def name_of(self, shot: str) -> str:
        return f"{self.name}-{shot}" if self.name else shot


MANNERS = (
    Manner(""),
    Manner("dark", Look(Scheme.DARK, 100)),
    Manner("contrast", Look(Scheme.CONTRAST, 100)),
    Manner("text-150", Look(Scheme.LIGHT, 150)),
    Manner("text-200", Look(Scheme.LIGHT, 200)),
    Manner("long-words", Look(Scheme.LIGHT, 100), PSEUDO),
    Manner("right-to-left", Look(Scheme.LIGHT, 100), PSEUDO_RTL),
)


# --- the entrance ----------------------------------------------------------------------------------------------------


def _first_run(tour: Tour) -> Shots:
    window = tour.loose(FirstRun(Path("records"), tour.settings, tour.jobs, tour.clock))
    for step in range(4):
        window.show_step(step)
        tour.rest()
        yield f"first-run-{step + 1}", window
    window.show_step(2)
    split = window.findChild(QCheckBox, "for_two")
    assert isinstance(split, QCheckBox)
    split.click()
    tour.rest()
    yield "first-run-3-two-people", window


def _unlock(tour: Tour) -> Shots:
    window = tour.loose(UnlockWindow(tour.settings, Path("records")))
    yield "unlock", window
    window.show_problem(WrongPassphrase())
    tour.rest()
    yield "unlock-wrong-password", window
    window.show_problem(DatabaseDamaged())
    tour.rest()
    yield "unlock-damaged", window
    window.show_busy()
    yield "unlock-busy", window
    yield "unlock-training", tour.loose(UnlockWindow(tour.settings, Path("records"), training=True))


def _entrance_dialogs(tour: Tour) -> Shots:
    for name, kind in (
        ("dialog-make-training", MakeTraining),
        ("dialog-restore-backup", RestoreBackup),
        ("dialog-salvage", SalvageRecords),
        ("dialog-recovery-code", RecoveryCodeDialog),
        ("dialog-first-login", FirstLoginDialog),
    ):
        yield name, tour.loose(kind(tour.folders.work / "nowhere", tour.jobs, tour.clock))
    saved = tour.loose(SalvageRecords(tour.folders.work / "nowhere", tour.jobs, tour.clock))
    saved.show_result(_SALVAGED)
    tour.rest()
    yield "dialog-salvage-result", saved
    dialog = tour.loose(RecoveryCodeDialog(tour.folders.work / "nowhere", tour.jobs, tour.clock))
    two_parts = dialog.findChild(QAbstractButton, "two_parts")
    steps = dialog.findChild(QStackedWidget, "steps")
    assert isinstance(two_parts, QAbstractButton)
    assert isinstance(steps, QStackedWidget)
    two_parts.click()
    tour.rest()
    yield "dialog-recovery-code-two-parts", dialog
    steps.setCurrentIndex(2)
    tour.rest()
    yield "dialog-recovery-code-new", dialog


# --- pages of the rail -----------------------------------------------------------------------------------------------


def _page(key: str) -> Callable[[Tour], Shots]:
    def play(tour: Tour) -> Shots:
        _ = tour.workplace
        yield key, tour.page(key)

    return play


def _backup_old(tour: Tour) -> Shots:
    tour.page("administration")
    frame = tour.workplace.frame
    page = frame.page
    assert isinstance(page, AdministrationPage)
    page.open("backups")
    tour.rest()
    old = BackupStatus(tour.clock.now() - timedelta(days=3), BackupPlaceMissing(), is_old=True)
    frame.show_status("A. Rahman", age_in_words(old, tour.clock.now()), is_late=True)
    part = page.part("backups")
    assert isinstance(part, BackupsPart)
    part.back_up.setFocus()
    tour.rest()
    for area in page.findChildren(QScrollArea):
        area.ensureWidgetVisible(part.back_up)
    tour.rest()
    yield "backup-old", frame


def _settings(tour: Tour) -> Shots:
    frame = tour.page("settings")
    yield "settings", frame
    page = tour.workplace.frame.page
    assert isinstance(page, SettingsPage)
    for dialog in tour.after(page.change_password):
        yield "dialog-change-password", dialog
        edits = dialog.findChildren(PasswordEdit)
        for edit, typed in zip(edits, ("seven lamps along the quay", "short", "shorter"), strict=True):
            edit.setText(typed)
        button = dialog.findChild(QAbstractButton, "done")
        assert isinstance(button, QAbstractButton)
        button.click()
        tour.rest()
        yield "dialog-change-password-refused", dialog


def _access(tour: Tour) -> Shots:
    """A record that is not among those of whoever works: found by code, opened with a reason, reviewed; exclusions."""
    frame, desk = tour.page("today"), tour.opened.desk
    me = desk.actor
    rows = desk.ask(list_survivors, SurvivorFilter()).rows
    colleague = desk.ask(show_exclusions, rows[0].survivor_id).colleagues[-1][0]
    desk.actor = replace(me, id=colleague, own_reach=Reach.OWN)
    row = next(row for row in rows if desk.ask(find_beyond, row.case_code))
    field = tour.workplace.frame.search_field
    field.setFocus()
    field.setText(row.case_code)
    tour.workplace.search(row.case_code)
    tour.rest()
    yield "search-beyond", frame
    field.clear()
    field.left.emit()
    for dialog in tour.after(lambda: tour.workplace.break_glass(row.case_code)):
        yield "dialog-break-glass", dialog
    desk.do(open_glass, row.case_code, "She called the night line and nobody of her team was there.")
    tour.has_added = True
    tour.workplace.open_person(row.survivor_id, "overview")
    tour.rest()
    yield "person-opened-with-a-reason", frame
    desk.actor = me
    desk.do(exclude, row.survivor_id, colleague, "Her cousin works with us.")
    tour.has_added = True
    tour.workplace.open_person(row.survivor_id, "details")
    tour.rest()
    page = tour.workplace.frame.page
    assert isinstance(page, PersonPage)
    details = page.part("details")
    area = details.findChild(QScrollArea, "scroll") if details is not None else None
    assert isinstance(area, QScrollArea)
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    tour.rest()
    yield "person-exclusions", frame
    yield "today-accesses", tour.page("today")
    for dialog in tour.after(lambda: AccessReviewDialog(tour.workplace.office, frame).open()):
        yield "dialog-access-review", dialog
    question = Question(lambda: None, lambda: None)
    for dialog in tour.after(lambda: ConfirmIdentity(tour.workplace.office, question, frame).open()):
        yield "dialog-confirm-identity", dialog


def _reports(tour: Tour) -> Shots:
    head = tour.person("overview").head
    frame = tour.page("reports")
    page = tour.workplace.frame.page
    assert isinstance(page, ReportsPage)
    assert head is not None
    for kind in ("progress", "plan_sheet"):
        page.prepare(head, kind)
        tour.rest()
        yield f"reports-{kind.replace('_', '-')}", frame
    for dialog in tour.after(page.print_caseload):
        yield "dialog-report-batch", dialog


def _search(tour: Tour) -> Shots:
    frame = tour.page("today")
    field = tour.workplace.frame.search_field
    field.setFocus()
    for name, words in (("commands", ""), ("people", "S-00"), ("notes", "appointment")):
        field.setText(words)
        tour.workplace.search(words)
        tour.rest()
        yield f"search-{name}", frame
    field.clear()
    field.left.emit()
    for dialog in tour.after(tour.workplace.frame.show_shortcuts):
        yield "dialog-keys", dialog


def _trouble(tour: Tour) -> Shots:
    frame = tour.workplace.frame
    for dialog in tour.after(lambda: notices.show_problem(frame, ChangedMeanwhile("note"))):
        yield "dialog-problem", dialog
    for dialog in tour.after(lambda: notices.show_incident(frame, Incident("A1B2C3"))):
        yield "dialog-incident", dialog
    for dialog in tour.after(
        lambda: notices.ask(frame, tr("Discard"), "", tr("Discard"), lambda: None, is_dangerous=True)
    ):
        yield "dialog-question", dialog


# --- people ----------------------------------------------------------------------------------------------------------


def _tab(tab: str) -> Callable[[Tour], Shots]:
    def play(tour: Tour) -> Shots:
        tour.person(tab)
        yield f"person-{tab}", tour.workplace.frame

    return play


def _name_shown(tour: Tour) -> Shots:
    page = tour.person("overview")
    button = page.findChild(QAbstractButton, "show_name")
    assert isinstance(button, QAbstractButton)
    button.click()
    tour.rest()
    yield "person-name-shown", tour.workplace.frame
    button.click()


def _person_dialogs(tour: Tour) -> Shots:
    page = tour.person("overview")
    for dialog in tour.after(lambda: page.stage_change_asked.emit(page.head)):
        yield "dialog-stage", dialog
    for dialog in tour.after(tour.workplace.new_note):
        yield "dialog-note", dialog
    for dialog in tour.after(lambda: page.case_asked.emit(page.head)):
        yield "dialog-case", dialog
    assert page.head is not None
    head, office = page.head, tour.workplace.office
    for dialog in tour.after(lambda: AssessmentDialog(office, head, page.window()).open()):
        yield "dialog-assessment", dialog


def _new_person(tour: Tour) -> Shots:
    for dialog in tour.after(tour.workplace.new_person):
        yield "dialog-new-person", dialog
        dialog.findChildren(NameEntry)[0].given.setText(_somebody_known(tour))
        tour.rest()
        yield "dialog-new-person-alike", dialog
        dialog.findChildren(DraftLine)[0].discard_asked.emit()


def _import(tour: Tour) -> Shots:
    for dialog in tour.after(tour.workplace.import_people):
        yield "dialog-import-people", dialog


def _somebody_known(tour: Tour) -> str:
    """The name of somebody in the records, with a letter missing."""
    person = next(person for person in tour.known_people() if person.names)
    return person.names[0][:-1]


def _notes(tour: Tour) -> Shots:
    page = tour.part("notes", NotesPage)
    yield from _opened(tour, page, "note")


def _plan(tour: Tour) -> Shots:
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


def _other_facts(tour: Tour) -> Shots:
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


def _list_filtered(tour: Tour) -> Shots:
    frame = tour.page("survivors")
    page = tour.workplace.frame.page
    assert page is not None
    words = page.findChild(QLineEdit, "words")
    stages = page.findChild(QComboBox, "stages")
    assert isinstance(words, QLineEdit)
    assert isinstance(stages, QComboBox)
    words.setFocus()
    words.setText("S-000")
    words.textEdited.emit("S-000")
    tour.rest()
    yield "survivors-filtered", frame
    words.setText("nobody at all")
    words.textEdited.emit("")
    tour.rest()
    yield "survivors-nobody", frame
    words.clear()
    words.textEdited.emit("")
    tour.rest()
    frame_window = tour.workplace.frame
    frame_window.undo_bar.offer(tr("Person taken in"), lambda: None)
    tour.rest()
    yield "undo-bar", frame
    frame_window.undo_bar.hide()


# --- records of nobody, and of somebody with very long words ----------------------------------------------------------


def _empty(tour: Tour) -> Shots:
    workplace = tour.empty_workplace
    for key in ("today", "survivors", "reports"):
        workplace.frame.show_page(key)
        tour.rest()
        yield f"empty-{key}", workplace.frame
    for dialog in tour.after(workplace.new_person):
        yield "empty-new-person", dialog


def _long_names(tour: Tour) -> Shots:
    workplace = tour.empty_workplace
    head = tour.do(
        take_in,
        IntakeDraft(
            person=PersonDraft(
                names=(NameDraft(given=_LONG, family=_LONG),),
                alerts=(AlertDraft(f"{_LONG}: {_LONG}"),),
                contact_phone="+48 22 000 00 00 ext. 4711",
            ),
            referral_words=_LONG,
            risk_reason=_LONG,
        ),
    )
    tour.do(add_area, head.case_id, Area.HOUSING.value)
    tour.do(add_goal, head.case_id, GoalDraft(area=Area.HOUSING.value, words=f"{_LONG}, {_LONG}, {_LONG}"))
    for tab in TABS:
        workplace.open_person(head.survivor_id, tab)
        tour.rest()
        yield f"long-names-{tab}", workplace.frame
    page = workplace.frame.page
    assert isinstance(page, PersonPage)
    button = page.findChild(QAbstractButton, "show_name")
    assert isinstance(button, QAbstractButton)
    button.click()
    tour.rest()
    yield "long-names-shown", workplace.frame
    workplace.frame.show_page("survivors")
    tour.rest()
    yield "long-names-survivors", workplace.frame


ENTRANCE = (
    Scene("first-run", _first_run, in_every_manner=True),
    Scene("unlock", _unlock, in_every_manner=True),
    Scene("dialog", _entrance_dialogs),
)
INSIDE = (
    Scene("today", _page("today"), in_every_manner=True),
    Scene("survivors", _page("survivors"), in_every_manner=True),
    Scene("administration", administration, in_every_manner=True),
    *(Scene(f"person-{tab}", _tab(tab), in_every_manner=True) for tab in TABS),
    Scene("person-name-shown", _name_shown),
    Scene("reports", _reports, in_every_manner=True),
    Scene("settings", _settings, in_every_manner=True),
    Scene("backup-old", _backup_old, in_every_manner=True),
    Scene("dialog", _person_dialogs, in_every_manner=True),
    Scene("dialog-new-person", _new_person, in_every_manner=True),
    Scene("dialog-import-people", _import, in_every_manner=True),
    Scene("dialog", _notes),
    Scene("plan", _plan, in_every_manner=True),
    Scene("dialog-fact", _other_facts),
    Scene("search", _search, in_every_manner=True),
    Scene("access", _access, in_every_manner=True),
    Scene("retention", retention, in_every_manner=True),
    Scene("survivors", _list_filtered),
    Scene("dialog", _trouble),
    Scene("empty", _empty),
    Scene("long-names", _long_names),
)
