"""Pages of the rail with what opens on them, the search, and what is said when something went wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QScrollArea

from aftercare.domain.codes import Area
from aftercare.domain.errors import BackupPlaceMissing, ChangedMeanwhile
from aftercare.domain.rows.backups import BackupStatus
from aftercare.gui import notices
from aftercare.gui.backing_up import age_in_words
from aftercare.gui.jobs import Incident
from aftercare.gui.pages.administration import AdministrationPage
from aftercare.gui.pages.administration_backups import BackupsPart
from aftercare.gui.pages.reports import ReportsPage
from aftercare.gui.pages.settings import SettingsPage
from aftercare.gui.pages.today import TodayPage
from aftercare.gui.rounds_manners import Shots
from aftercare.gui.rounds_tour import Tour
from aftercare.gui.widgets.password_edit import PasswordEdit
from aftercare.i18n import tr
from aftercare.notices import explain
from aftercare.services.backup_state import backup_state
from aftercare.services.drafts import drop_draft, keep_draft


def page(key: str) -> Callable[[Tour], Shots]:
    def play(tour: Tour) -> Shots:
        _ = tour.workplace
        yield key, tour.page(key)

    return play


def today_unfinished(tour: Tour) -> Shots:
    """Two forms were left with words in them: one is chosen to go on with."""
    head = tour.person("overview").head
    assert head is not None
    left: dict[str, Any] = {"fields": {}, "version": None}
    drafts = (("appointment", f"{head.case_id} {Area.HEALTH}"), ("stage", str(head.case_id)))
    for form, about in drafts:
        tour.do(keep_draft, form, about, left)
    shown = tour.page("today")
    today = tour.workplace.frame.page
    assert isinstance(today, TodayPage)
    today.refresh()
    tour.rest()
    yield "today-unfinished", shown
    for form, about in drafts:
        tour.do(drop_draft, form, about)
    today.refresh()
    tour.rest()


def backup_old(tour: Tour) -> Shots:
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
    part.show_state(replace(backup_state(tour.opened), seconds_at_lock=21))
    tour.rest()
    for area in page.findChildren(QScrollArea):
        area.verticalScrollBar().setValue(0)
    tour.rest()
    yield "backup-not-at-lock", frame


def settings(tour: Tour) -> Shots:
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


def reports(tour: Tour) -> Shots:
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


def search(tour: Tour) -> Shots:
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


def trouble(tour: Tour) -> Shots:
    frame = tour.workplace.frame
    for dialog in tour.after(lambda: notices.show_problem(frame, ChangedMeanwhile("note"))):
        yield "dialog-problem", dialog
    for dialog in tour.after(lambda: notices.show_incident(frame, Incident("A1B2C3"))):
        yield "dialog-incident", dialog
    question, without = tr("There is no backup from before this import."), tr("Import without a backup")
    said = explain(BackupPlaceMissing())
    for dialog in tour.after(
        lambda: notices.ask(frame, question, f"{said.what} {said.do}", without, lambda: None, is_dangerous=True)
    ):
        yield "dialog-question", dialog


def list_filtered(tour: Tour) -> Shots:
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
