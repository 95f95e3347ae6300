"""The columns of the tables on Today."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QColor, QPainter

from aftercare.domain.codes import MAIN_AREAS, AreaState, InterpreterState
from aftercare.domain.progress import due_in
from aftercare.domain.rows.diary import AppointmentRow, EndingKind, EndingRow
from aftercare.domain.rows.plan import DueStepRow
from aftercare.domain.rows.today import CaseloadRow
from aftercare.gui import style
from aftercare.gui.palette import Tone
from aftercare.gui.person_words import STAGE_TONES, days_ago
from aftercare.gui.rows import Column
from aftercare.gui.widgets.painters import bar, draw_text, pill, swatch_text
from aftercare.i18n import N_, current, tr, trn
from aftercare.words import area_label, due_words, label, left_words, short_area

ENDINGS = {
    EndingKind.HEALTH_COVER: N_("Health cover"),
    EndingKind.PLAN_REVIEW: N_("Plan review"),
    EndingKind.RISK_REVIEW: N_("Risk review"),
    EndingKind.SAFE_JOB_CHECK: N_("Safe-job check"),
}
_SOON_DAYS = 21
# these fall due; the others come to an end
_DUE = {EndingKind.PLAN_REVIEW, EndingKind.RISK_REVIEW, EndingKind.JOB_CHECK_IN, EndingKind.FOLLOW_UP_VISIT}


def due_columns(today: date, *, may_tick: bool) -> list[Column[DueStepRow]]:
    tick = Column[DueStepRow]("done", "", lambda row: tr("done"), checked=lambda _row: False, width=34, sortable=False)
    return [
        *([tick] if may_tick else []),
        Column(
            "step",
            tr("Step"),
            _step_words,
            paint=swatch_text(lambda row: row.words, lambda row: row.area, _step_aside),
            sortable=False,
            tip=lambda row: ", ".join(part for part in (row.words, row.label or area_label(row.area), row.who) if part),
        ),
        Column("person", tr("Person"), lambda row: row.case_code, width=84, sortable=False),
        Column(
            "due",
            tr("Due"),
            lambda row: due_words(row.due),
            paint=pill(lambda row: due_words(row.due), _due_tone),
            width=132,
            sortable=False,
        ),
    ]


def _step_words(row: DueStepRow) -> str:
    parts = (row.label or area_label(row.area), row.words, _step_aside(row))
    return ", ".join(part for part in parts if part)


def _step_aside(row: DueStepRow) -> str:
    return tr("blocked") if row.is_blocked else ""


def _due_tone(row: DueStepRow) -> Tone:
    if row.due.is_late:
        return Tone.LATE
    return Tone.TODAY if row.due.days == 0 else Tone.SOFT


def appointment_columns(today: date) -> list[Column[AppointmentRow]]:
    return [
        Column("at", tr("Time"), lambda row: _when(row, today), width=84, sortable=False),
        Column(
            "what",
            tr("Appointment"),
            lambda row: ". ".join(part for part in (_what(row), appointment_aside(row)) if part),
            paint=_two_lines(_what, appointment_aside),
            sortable=False,
        ),
    ]


def _when(row: AppointmentRow, today: date) -> str:
    clock = current().time(row.at) if row.at is not None else ""
    if row.on == today:
        return clock or tr("today")
    return " ".join(part for part in (current().date_as(row.on, "EEE"), clock) if part)


def _what(row: AppointmentRow) -> str:
    """«Clinic, S-0119»; only the code where it is not open to this person."""
    what = row.provider or (label(row.kind) if row.kind is not None else tr("Appointment"))
    return tr("{what}, {code}", what=what, code=row.case_code)


def appointment_aside(row: AppointmentRow) -> str:
    parts = []
    if row.interpreter is not InterpreterState.NOT_NEEDED:
        told = label(row.interpreter)
        language = current().language_name(row.interpreter_language) if row.interpreter_language else ""
        parts.append(tr("{interpreter}: {language}", interpreter=told, language=language) if language else told)
    if row.accompanied_by:
        parts.append(tr("{who} goes along", who=row.accompanied_by))
    if row.provider and row.kind is not None:
        parts.append(label(row.kind))
    if row.words:
        parts.append(row.words)
    return " · ".join(parts)


def _two_lines(
    first: Callable[[AppointmentRow], str], second: Callable[[AppointmentRow], str]
) -> Callable[[QPainter, QRect, AppointmentRow], None]:
    def paint(painter: QPainter, rect: QRect, row: AppointmentRow) -> None:
        box, below = QRectF(rect), second(row)
        ink = painter.pen().color().name()
        if not below:
            draw_text(painter, box, first(row), ink)
            return
        half = box.height() / 2
        draw_text(painter, box.adjusted(0, style.scaled(3), 0, -half), first(row), ink)
        painter.setFont(style.sized(painter.font(), 12))
        painter.setPen(QColor(style.colours().muted))
        draw_text(painter, box.adjusted(0, half, 0, -style.scaled(3)), below, style.colours().muted)

    return paint


def ending_words(row: EndingRow) -> str:
    """What ends: «Residence permit», «Plan review», «Check-in after 90 days»."""
    if row.kind is EndingKind.DEADLINE:
        return row.words or (label(row.code) if row.code is not None else tr("Deadline"))
    if row.kind is EndingKind.STAY:
        return row.words or (label(row.code) if row.code is not None else tr("Stay"))
    if row.kind is EndingKind.JOB_CHECK_IN:
        return trn("{n}-day check-in at work", "{n}-day check-in at work", row.day or 0)
    if row.kind is EndingKind.FOLLOW_UP_VISIT:
        return trn("Visit {n} day after the return", "Visit {n} days after the return", row.day or 0)
    return tr(ENDINGS[row.kind])


def ending_columns(today: date) -> list[Column[EndingRow]]:
    def tone(row: EndingRow) -> Tone:
        days = (row.on - today).days
        return Tone.LATE if days < 0 else Tone.TODAY if days <= _SOON_DAYS else Tone.SOFT

    def left(row: EndingRow) -> str:
        due = due_in(row.on, today)
        return due_words(due) if row.kind in _DUE and due.days <= 0 else left_words(due)

    return [
        Column("what", tr("What ends"), ending_words, sortable=False),
        Column("person", tr("Person"), lambda row: row.case_code, width=84, sortable=False),
        Column("left", tr("Left"), left, paint=pill(left, tone), width=128, sortable=False),
    ]


def caseload_columns(today: date) -> list[Column[CaseloadRow]]:
    words = current()
    return [
        Column("code", tr("Person"), lambda row: row.case_code, sort_key=lambda row: row.number, width=92, strong=True),
        Column(
            "stage",
            tr("Stage"),
            lambda row: label(row.stage),
            paint=pill(lambda row: label(row.stage), lambda row: STAGE_TONES[row.stage]),
            width=130,
        ),
        *(_area_column(area) for area in MAIN_AREAS),
        Column(
            "last_note",
            tr("Last note"),
            lambda row: days_ago(row.last_note_on, today),
            sort_key=lambda row: row.last_note_on,
            width=112,
            muted=True,
        ),
        Column(
            "review",
            tr("Next review"),
            lambda row: words.near_day(row.review_on, today) if row.review_on else "",
            sort_key=lambda row: row.review_on,
            width=104,
        ),
    ]


def _area_column(area: str) -> Column[CaseloadRow]:
    def share(row: CaseloadRow) -> float | None:
        known = row.areas.get(area)
        is_shown = known is not None and known.state is AreaState.ACTIVE and known.counted.total
        return known.counted.share if known is not None and is_shown else None

    def instead(row: CaseloadRow) -> str:
        known = row.areas.get(area)
        if known is None:
            return ""
        return label(known.state).lower() if known.state is not AreaState.ACTIVE else tr("no steps")

    def told(row: CaseloadRow) -> str:
        known = row.areas.get(area)
        if known is None or share(row) is None:
            return instead(row)
        counted = known.counted
        return trn("{done} of {n} step", "{done} of {n} steps", counted.total, done=counted.done)

    return Column(area, short_area(area), told, sort_key=share, paint=bar(share, area, instead), tip=told, least=72)
