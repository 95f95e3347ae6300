"""The widgets of the kit, to look at: `python tests/gui/gallery.py [--dark] [--rtl] [--text 150] [--out PNG]`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from aftercare import i18n
from aftercare.domain.course import Event, Score, Series
from aftercare.domain.partial_date import PartialDate
from aftercare.gui import application, icons
from aftercare.gui.palette import Tone
from aftercare.gui.rows import Column, RowsModel
from aftercare.gui.style import Look, Scheme
from aftercare.gui.widgets import painters
from aftercare.gui.widgets.card import Card, CardButton
from aftercare.gui.widgets.choices import ChoiceChips, CodeCombo, MinutesEdit
from aftercare.gui.widgets.course_chart import CourseChart
from aftercare.gui.widgets.date_edits import AgeRangeEdit, DayEdit, PartialDateEdit
from aftercare.gui.widgets.fields import FieldForm
from aftercare.gui.widgets.flow import CardsLayout
from aftercare.gui.widgets.labels import PlainLabel
from aftercare.gui.widgets.levels import LevelDots, LevelPicker
from aftercare.gui.widgets.rows_table import RowsTable
from aftercare.gui.widgets.scrolled import ScrolledColumn
from aftercare.gui.widgets.signature_pad import SignaturePad
from aftercare.gui.widgets.stage_steps import StageSteps
from aftercare.gui.widgets.swatch import ProgressLine
from aftercare.gui.widgets.tags_edit import TagsEdit
from aftercare.gui.widgets.timeline import Timeline, TimelineEntry
from aftercare.gui.window import Frame, PageEntry

LEVELS = (
    ("in_crisis", "In crisis"), ("vulnerable", "Vulnerable"), ("safe", "Safe"), ("building", "Building"),
    ("empowered", "Empowered"), ("not_enough_information", "Not enough information"),
    ("rather_not_say", "Rather not say"),
)  # fmt: skip
CALL = "First video call with sister, 20 min. Both cried and laughed; wants to call again."
ROOM = "Viewed room with housing provider. <b>Lock</b> and lighting checked."
LETTER = "Reflection period confirmed in writing."
FAMILY = "family_reunification"
PAGES = (
    ("today", "Today", "today"), ("survivors", "Survivors", "survivors"), ("calendar", "Calendar", "calendar"),
    ("shelter", "Shelter", "shelter"), ("reports", "Reports", "reports"), ("statistics", "Statistics", "statistics"),
    ("directory", "Directory", "directory"), ("administration", "Administration", "settings"),
)  # fmt: skip


@dataclass(frozen=True)
class Task:
    what: str
    area: str
    code: str
    due: str
    tone: str


TASKS = [
    Task("Confirm move-in date with housing provider", "housing", "S-0142", "3 days late", "late"),
    Task("File residence permit renewal", "legal_status", "S-0098", "1 day late", "late"),
    Task("Collect attendance letter, language course", "education", "S-0131", "today", "today"),
    Task("90-day check-in at workplace", "employment", "S-0077", "today", "today"),
    Task("Second video call with sister", "family_reunification", "S-0142", "tomorrow", "soft"),
    Task("Dental referral: no answer in 7 days, call again", "health", "S-0119", "Thu", "soft"),
]


@dataclass(frozen=True)
class Person:
    code: str
    stage: str
    tone: str
    housing: float | None
    family: float | None
    note: str


PEOPLE = [
    Person("S-0142", "Plan", "info", 0.4, 0.6, "yesterday"),
    Person("S-0131", "Plan", "info", 0.8, None, "3 days ago"),
    Person("S-0119", "Stabilising", "today", 0.6, 0.15, "today"),
    Person("S-0077", "Follow-up", "good", 1.0, 0.9, "last week"),
]


def later(_person: Person) -> str:
    return "later"


def not_wanted(_person: Person) -> str:
    return "not wanted"


def tasks_table() -> RowsTable:
    model = RowsModel[Task](
        [
            Column("done", "", lambda task: "", width=34, checked=lambda task: False, sortable=False),
            Column("what", "What", lambda t: t.what, paint=painters.swatch_text(lambda t: t.what, lambda t: t.area)),
            Column("code", "Person", lambda task: task.code, width=80),
            Column("due", "Due", lambda t: t.due, width=100, paint=painters.pill(lambda t: t.due, lambda t: t.tone)),
        ],
        id_of=lambda task: task.what,
    )
    table = RowsTable()
    table.setAccessibleName("Due today")
    table.show_model(model)
    model.show_rows(TASKS)
    table.horizontalHeader().hide()
    table.fit_rows()
    return table


def people_table() -> RowsTable:
    model = RowsModel[Person](
        [
            Column("code", "Person", lambda p: p.code, width=100, strong=True),
            Column("stage", "Stage", lambda p: p.stage, paint=painters.pill(lambda p: p.stage, lambda p: p.tone)),
            Column("housing", "Housing", later, paint=painters.bar(lambda p: p.housing, "housing", later)),
            Column(
                "family",
                "Family",
                not_wanted,
                paint=painters.bar(lambda p: p.family, "family_reunification", not_wanted),
            ),
            Column("note", "Last note", lambda p: p.note, muted=True),
        ],
        id_of=lambda person: person.code,
    )
    table = RowsTable()
    table.setAccessibleName("My caseload")
    table.show_model(model, "code")
    model.show_rows(PEOPLE)
    table.fit_rows()
    return table


def area_card(title: str, area: str, done: int, total: int, level: int, tone: str) -> Card:
    card = CardButton()
    card.show_title(title, area=area)
    card.pill.show_pill(LEVELS[level - 1][1], tone)
    line = ProgressLine()
    line.show_steps(done, total, f"{done} of {total} steps", area)
    card.add(line)
    voices = QHBoxLayout()
    for voice, step in (("Staff", level), ("Herself", max(1, level - 1))):
        dots = LevelDots()
        dots.shows_words = False
        dots.show_level(step, LEVELS[step - 1][1], voice)
        voices.addWidget(dots)
    voices.addWidget(PlainLabel(f"{done} of {total} steps", "muted"))
    voices.addStretch(1)
    card.add(voices)
    card.add(PlainLabel("Shelter room 4 since 3 Aug → own room. Next: confirm move-in date", wrap=True))
    return card


def scrolled(page: QWidget) -> ScrolledColumn:
    area = ScrolledColumn()
    area.column.setContentsMargins(0, 0, 0, 0)
    area.column.addWidget(page)
    return area


def today_page() -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(20, 18, 20, 18)
    column.setSpacing(14)
    column.addWidget(PlainLabel("Monday 23 November", "title"))
    column.addWidget(PlainLabel("4 tasks due · 2 appointments · 1 permit ends within 30 days", "muted"))
    due = Card("Due today", "Overdue first")
    due.add(tasks_table())
    column.addWidget(due)
    caseload = Card("My caseload", "18 people")
    caseload.add(people_table())
    column.addWidget(caseload)
    column.addStretch(1)
    return scrolled(page)


def person_page() -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(20, 18, 20, 18)
    column.setSpacing(14)
    head = QHBoxLayout()
    head.addWidget(PlainLabel("142", "avatar"))
    head.addWidget(PlainLabel("S-0142", "title"))
    head.addStretch(1)
    stages = StageSteps()
    stages.show_stage(["Intake", "Stabilising", "Plan", "Reintegration", "Follow-up"], 2)
    head.addWidget(stages)
    column.addLayout(head)
    cards = QWidget()
    grid = CardsLayout(cards)
    grid.addWidget(area_card("Housing", "housing", 2, 5, 3, "soft"))
    grid.addWidget(area_card("Health", "health", 5, 7, 4, "good"))
    grid.addWidget(area_card("Education", "education", 1, 4, 2, "today"))
    grid.addWidget(area_card("Employment", "employment", 0, 3, 1, "soft"))
    column.addWidget(cards)
    progress = Card("Progress, last 12 months", "levels in words, staff — herself - -")
    chart = CourseChart()
    days = [date(2025, 12, 1), date(2026, 3, 1), date(2026, 6, 15), date(2026, 9, 1), date(2026, 11, 20)]

    def line(area: str, levels: tuple[int | None, ...], own: bool = False) -> Series:
        return Series(area, tuple(Score(day, level) for day, level in zip(days, levels, strict=True)), own)

    chart.show_course(
        [
            line("housing", (0, 1, 2, 2, 2)),
            line("health", (0, 0, 1, 2, 3)),
            line("education", (0, 0, 0, 1, 1)),
            line(FAMILY, (1, 1, 2, None, 3), own=True),
        ],
        [Event(date(2026, 6, 10), "Hearing"), Event(date(2026, 8, 3), "Own room in the shelter")],
        [label for _, label in LEVELS[:5]],
        {"housing": "Housing", "health": "Health", "education": "Education", FAMILY: "Family reunification"},
    )
    progress.add(chart)
    column.addWidget(progress)
    how = Card("How it goes")
    dots = LevelDots()
    dots.show_level(3, "Safe", "Staff")
    how.add(dots)
    unsaid = LevelDots()
    unsaid.show_level(None, "rather not say", "Herself")
    how.add(unsaid)
    picker = LevelPicker()
    picker.show_choices(LEVELS)
    picker.show_code("safe")
    how.add(picker)
    column.addWidget(how)
    column.addStretch(1)
    scroll = scrolled(page)
    report = QAction("Print report…", scroll)
    icons.wear(report, "print")
    scroll.page_actions = [report]  # type: ignore[attr-defined]
    return scroll


def form_page() -> QWidget:
    page = QWidget()
    columns = CardsLayout(page)
    columns.setContentsMargins(20, 18, 20, 18)
    about = Card("About her")
    form = FieldForm()
    born = PartialDateEdit()
    born.show_value(PartialDate(1998, about=True))
    form.add("born", "&Born", born, "For example: 12 Mar 1998, 03/1998, about 1998")
    form.add("age", "Age, if nothing else is known", AgeRangeEdit())
    since = DayEdit()
    since.show_value(date(2026, 8, 3))
    form.add("since", "&Since", since)
    gender = CodeCombo()
    gender.show_choices([("female", "Woman"), ("male", "Man")], blank="Not asked", others=[("unknown", "Unknown")])
    form.add("gender", "&Gender", gender)
    minutes = MinutesEdit()
    minutes.show_minutes(15)
    form.add("minutes", "&Minutes", minutes)
    needs = ChoiceChips()
    needs.show_choices([("interpreter", "Interpreter"), ("childcare", "Childcare"), ("wheelchair", "Wheelchair")])
    needs.show_codes(["childcare"])
    form.add("needs", "Needs", needs)
    words = TagsEdit()
    words.show_tags(["baking", "sewing & repair"])
    form.add("words", "Likes", words)
    form.add("email", "Phone", QLineEdit("+39 555 0100"))
    form.rows["email"].show_problem("Please write a number.")
    form.add("rent", "Rent paid by", QPlainTextEdit("Nobody yet"))
    about.add(form)
    columns.addWidget(about)
    signing = Card("Signatures")
    pad = SignaturePad()
    pad.setAccessibleName("Her signature")
    pad.show_ways([("drawn", "Drawn here"), ("on_paper", "Signed on paper"), ("mark", "Made a mark")])
    pad.show_signature("drawn", [[(0.1, 0.7), (0.2, 0.3), (0.3, 0.75), (0.45, 0.4), (0.6, 0.7), (0.85, 0.45)]])
    signing.add(pad)
    past = Timeline()
    past.setAccessibleName("Timeline")
    past.show_entries(
        [
            TimelineEntry(1, "Yesterday", CALL, FAMILY, "A. Rahman"),
            TimelineEntry(2, "19 Nov", ROOM, "housing", "L. Osei"),
            TimelineEntry(3, "16 Nov", LETTER, "legal_status", "", "letter.pdf", Tone.INFO),
            TimelineEntry(4, "12 Nov", "Counselling session 6.", "health", "", "restricted"),
            TimelineEntry(5, "9 Nov", "Plan agreed and signed by both."),
        ]
    )
    signing.add(past)
    row = QHBoxLayout()
    for words_, role in (("Save", "primary"), ("Later", ""), ("Delete", "danger"), ("Earlier versions", "link")):
        button = QPushButton(words_)
        button.setProperty("role", role)
        row.addWidget(button)
    row.addWidget(QCheckBox("Restricted"))
    row.addStretch(1)
    signing.add(row)
    signing.add(QRadioButton("No places yet"))
    columns.addWidget(signing)
    return scrolled(page)


def gallery() -> Frame:
    makers: dict[str, Callable[[], QWidget]] = {"today": today_page, "survivors": person_page, "reports": form_page}

    def entry(key: str, title: str, icon: str) -> PageEntry:
        return PageEntry(key, title, icon, lambda around: makers[key]() if key in makers else QWidget(around))

    frame = Frame([entry(*page) for page in PAGES])
    frame.show_count("today", 7)
    frame.show_status("A. Rahman · Case worker", "Backed up 12 min ago ✓")
    frame.show_page("today")
    return frame


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--contrast", action="store_true")
    parser.add_argument("--rtl", action="store_true")
    parser.add_argument("--text", type=int, default=100)
    parser.add_argument("--page", default="today")
    parser.add_argument("--size", default="1366x820")
    parser.add_argument("--undo", action="store_true")
    parser.add_argument("--out")
    wanted = parser.parse_args()
    scheme = Scheme.CONTRAST if wanted.contrast else Scheme.DARK if wanted.dark else Scheme.LIGHT
    language = i18n.PSEUDO_RTL if wanted.rtl else "en"
    screen = application.prepare(["gallery"], look=Look(scheme, wanted.text), language=language)
    frame = gallery()
    width, height = wanted.size.split("x")
    frame.resize(int(width), int(height))
    frame.show()
    frame.show_page(wanted.page)
    if wanted.undo:
        frame.undo_bar.offer("Step deleted.", lambda: None)
        frame.banner.show_words("Two records look alike.", "S-0142 and S-0098.", tone="today", action="Compare")
    if wanted.out:
        QTimer.singleShot(400, lambda: (frame.grab().save(wanted.out), screen.application.quit()))
    return screen.application.exec()


if __name__ == "__main__":
    sys.exit(main())
