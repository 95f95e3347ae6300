"""Appointments and deadlines of an area: what is ahead, what waits for a word how it went, what ends."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from aftercare.domain.codes import AppointmentState, Area, InterpreterState
from aftercare.domain.rows.diary import AppointmentRow, DeadlineRow
from aftercare.domain.rows.health import Health
from aftercare.domain.secrecy import OF_AREA, PERMISSIONS
from aftercare.gui.dialogs.appointment import AppointmentDialog
from aftercare.gui.dialogs.deadline import DeadlineDialog
from aftercare.gui.pages.area_facts_asking import Asking, day_words, ending_pill, short_day
from aftercare.gui.palette import Tone
from aftercare.gui.widgets.fact_card import Fact, FactCard
from aftercare.i18n import current, tr, trn
from aftercare.services.appointments import change_appointment_state
from aftercare.words import area_label, label

_STATE_TONES = {
    AppointmentState.ATTENDED: Tone.GOOD,
    AppointmentState.MISSED: Tone.TODAY,
    AppointmentState.OFFERED: Tone.INFO,
}
_DEADLINES_FIRST = (Area.LEGAL, Area.MONEY)


def diary_cards(asking: Asking) -> list[QWidget]:
    """Deadlines stand first where they matter most, and only where there are any elsewhere."""
    shown = asking.shown
    if isinstance(shown.facts, Health) and not shown.facts.may_see:
        return []
    if not _may_read(asking):
        card = FactCard(area_label(shown.area), tr("restricted"), shown.area)
        card.say(tr("This part is restricted. The case worker can tell you what you need to know for today."))
        return [card]
    has_deadlines = bool(shown.diary.deadlines or shown.diary.settled)
    if shown.area in _DEADLINES_FIRST:
        return [_deadlines(asking), _appointments(asking)]
    if has_deadlines:
        return [_appointments(asking), _deadlines(asking)]
    card = _appointments(asking)
    _deadline_link(asking, card)
    return [card]


def _may_read(asking: Asking) -> bool:
    """Of an area that is closed to somebody nothing is told, also not that there is nothing."""
    secret = OF_AREA.get(asking.shown.area)
    return secret is None or PERMISSIONS[secret] in asking.office.actor.permissions


# --- appointments -------------------------------------------------------------------------------------------------


def _appointments(asking: Asking) -> FactCard:
    diary = asking.shown.diary
    card = FactCard(tr("Appointments"))
    waiting = [row for row in diary.past if row.is_ahead]
    if not diary.ahead and not waiting:
        card.say(tr("Nothing in the diary."))
    for row in [*reversed(waiting), *diary.ahead]:
        _show(asking, card, row)
    if asking.shown.may_write:
        card.link(
            "new_appointment",
            tr("+ Add an appointment"),
            lambda: asking.open(
                lambda window: AppointmentDialog(
                    asking.office,
                    asking.case_id,
                    asking.shown.area,
                    None,
                    window,
                    interpreter_language=asking.shown.interpreter_language,
                )
            ),
        )
    past = [row for row in diary.past if not row.is_ahead]
    if past:
        count = trn("{n} earlier appointment", "{n} earlier appointments", len(past))
        inner = card.more("earlier_appointments", count, is_open=asking.is_open("earlier_appointments"))
        for row in past:
            _show(asking, inner, row)
    return card


def _show(asking: Asking, card: FactCard, row: AppointmentRow) -> None:
    pill, tone = _state_pill(row, asking.today)
    card.fact(
        Fact(f"appointment_{row.id}", when_words(row, asking.today), what_words(row), pill, tone),
        asking.opening(
            lambda window: AppointmentDialog(asking.office, asking.case_id, asking.shown.area, row, window, "state")
        ),
    )
    if row.is_ahead and asking.is_over(row.on, row.at) and asking.shown.may_note:
        for state in (AppointmentState.ATTENDED, AppointmentState.MISSED):
            card.link(f"{state}_{row.id}", label(state), partial(_went, asking, row, state))
        card.end_links()


def _went(asking: Asking, row: AppointmentRow, state: AppointmentState) -> None:
    undo = tr("Appointment: {state}", state=label(state).lower())
    asking.do(change_appointment_state, row.id, state, row.version, undo=undo)


def when_words(row: AppointmentRow, today: date) -> str:
    """With its year where that is not plain: a history goes back over years."""
    is_near = short_day(row.on, today) != day_words(row.on)
    day = current().date_as(row.on, "MMMEd" if is_near else "yMMMEd")
    return f"{day}, {current().time(row.at)}" if row.at is not None else day


def what_words(row: AppointmentRow) -> str:
    kind = label(row.kind) if row.kind is not None else tr("Restricted")
    parts = [", ".join(part for part in (kind, row.provider) if part)]
    if row.interpreter is not InterpreterState.NOT_NEEDED:
        language = current().language_name(row.interpreter_language) if row.interpreter_language else ""
        parts.append(f"{label(row.interpreter)} ({language})" if language else label(row.interpreter))
    if row.accompanied_by:
        parts.append(tr("with {name}", name=row.accompanied_by))
    return " · ".join(parts)


def _state_pill(row: AppointmentRow, today: date) -> tuple[str, Tone]:
    if row.is_ahead and row.on < today:
        return tr("how did it go?"), Tone.TODAY
    if row.is_ahead and row.interpreter in (InterpreterState.NEEDED, InterpreterState.ASKED):
        return tr("not confirmed"), Tone.TODAY
    if row.state is AppointmentState.BOOKED:
        return "", Tone.SOFT
    return label(row.state), _STATE_TONES.get(row.state, Tone.SOFT)


# --- deadlines ----------------------------------------------------------------------------------------------------


def _deadlines(asking: Asking) -> FactCard:
    diary = asking.shown.diary
    card = FactCard(tr("Deadlines"))
    if not diary.deadlines:
        card.say(tr("Nothing that ends is recorded."))
    for row in diary.deadlines:
        pill, tone = ending_pill(row.ends_on, asking.today)
        _show_deadline(asking, card, row, day_words(row.ends_on), pill, tone)
    _deadline_link(asking, card)
    if diary.settled:
        count = trn("{n} settled", "{n} settled", len(diary.settled))
        inner = card.more("settled_deadlines", count, is_open=asking.is_open("settled_deadlines"))
        for row in diary.settled:
            _show_deadline(asking, inner, row, day_words(row.settled_on), tr("settled"), Tone.GOOD)
    return card


def _deadline_link(asking: Asking, card: FactCard) -> None:
    if asking.shown.may_write:
        card.link(
            "new_deadline",
            tr("+ Add a deadline"),
            lambda: asking.open(
                lambda window: DeadlineDialog(asking.office, asking.case_id, asking.shown.area, None, window)
            ),
        )


def _show_deadline(asking: Asking, card: FactCard, row: DeadlineRow, day: str, pill: str, tone: Tone) -> None:
    card.fact(
        Fact(f"deadline_{row.id}", row.words or label(row.kind), day, pill, tone),
        asking.opening(lambda window: DeadlineDialog(asking.office, asking.case_id, asking.shown.area, row, window)),
    )
