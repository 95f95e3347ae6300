"""The forms of the facts, each opened about the same case, and hands for them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from aftercare.domain.codes import (
    Answer,
    Area,
)
from aftercare.domain.rows.education import Education
from aftercare.domain.rows.employment import Employment
from aftercare.domain.rows.family import Family
from aftercare.domain.rows.housing import Housing
from aftercare.gui.dialogs.appointment import AppointmentDialog
from aftercare.gui.dialogs.attendance import AttendanceDialog
from aftercare.gui.dialogs.deadline import DeadlineDialog
from aftercare.gui.dialogs.enrolment import EnrolmentDialog
from aftercare.gui.dialogs.family_contact import FamilyContactDialog
from aftercare.gui.dialogs.follow_up_visit import FollowUpVisitDialog
from aftercare.gui.dialogs.form_dialog import FormDialog
from aftercare.gui.dialogs.health_fact import HealthFactDialog
from aftercare.gui.dialogs.job import JobDialog
from aftercare.gui.dialogs.ladder import LadderDialog
from aftercare.gui.dialogs.ladder_move import LadderMoveDialog
from aftercare.gui.dialogs.ladder_stop import LadderStopDialog, LiftStopDialog
from aftercare.gui.dialogs.placement import PlacementDialog
from aftercare.gui.dialogs.relative import RelativeDialog
from aftercare.gui.dialogs.safe_job_check import SafeJobCheckDialog
from aftercare.gui.dialogs.safety_check import SafetyCheckDialog
from aftercare.gui.office import Office
from aftercare.gui.widgets.answers import AnswerPicker
from aftercare.gui.widgets.choices import CodeCombo
from aftercare.gui.widgets.date_edits import DayEdit
from aftercare.services.desk import Desk
from aftercare.services.education import show_education
from aftercare.services.employment import show_employment
from aftercare.services.family import record_veto, show_family
from aftercare.services.housing import show_housing
from hands import rest
from makers_facts import FactsCase

Make = Callable[[Office, Desk, FactsCase], FormDialog]
Open = Callable[[str], FormDialog]


def housing(desk: Desk, case: FactsCase) -> Housing:
    return desk.ask(show_housing, case.case_id)


def work(desk: Desk, case: FactsCase) -> Employment:
    return desk.ask(show_employment, case.case_id)


def education(desk: Desk, case: FactsCase) -> Education:
    return desk.ask(show_education, case.case_id)


def family(desk: Desk, case: FactsCase) -> Family:
    return desk.ask(show_family, case.case_id)


def _placement(office: Office, desk: Desk, case: FactsCase) -> FormDialog:
    return PlacementDialog(office, case.case_id, housing(desk, case))


def _safety_check(office: Office, desk: Desk, case: FactsCase) -> FormDialog:
    here = housing(desk, case).placements[0]
    return SafetyCheckDialog(office, case.case_id, here.id, here.latest_check)


def _safe_job(office: Office, desk: Desk, case: FactsCase) -> FormDialog:
    return SafeJobCheckDialog(office, case.case_id, work(desk, case).jobs[0], None, 30)


def _lift(office: Office, desk: Desk, case: FactsCase) -> FormDialog:
    if not family(desk, case).ladders[0].state.is_frozen:
        desk.do(record_veto, case.ladder_id)
    return LiftStopDialog(office, family(desk, case).ladders[0].stops[0])


MAKERS: dict[str, Make] = {
    "placement": _placement,
    "safety_check": _safety_check,
    "health_fact": lambda office, _desk, case: HealthFactDialog(office, case.case_id),
    "appointment": lambda office, _desk, case: AppointmentDialog(office, case.case_id, Area.HOUSING),
    "deadline": lambda office, _desk, case: DeadlineDialog(office, case.case_id, Area.LEGAL),
    "enrolment": lambda office, _desk, case: EnrolmentDialog(office, case.case_id),
    "attendance": lambda office, desk, case: AttendanceDialog(office, education(desk, case).current[0]),
    "job": lambda office, _desk, case: JobDialog(office, case.case_id),
    "safe_job_check": _safe_job,
    "relative": lambda office, _desk, case: RelativeDialog(office, case.case_id),
    "family_contact": lambda office, desk, case: FamilyContactDialog(
        office, case.case_id, family(desk, case).relatives
    ),
    "ladder": lambda office, desk, case: LadderDialog(office, case.case_id, family(desk, case)),
    "ladder_move": lambda office, desk, case: LadderMoveDialog(office, family(desk, case).ladders[0]),
    "ladder_stop": lambda office, desk, case: LadderStopDialog(office, family(desk, case).ladders[0]),
    "lift_stop": _lift,
    "follow_up_visit": lambda office, desk, case: FollowUpVisitDialog(office, family(desk, case).ladders[0], 30),
}


def opener(office: Office, desk: Desk, case: FactsCase, qtbot: QtBot) -> Open:
    """Opens the form of that name, as often as it is asked."""

    def opened(name: str) -> FormDialog:
        dialog = MAKERS[name](office, desk, case)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(dialog)
        dialog.show()
        rest(office.jobs)
        return dialog

    return opened


def save(dialog: FormDialog, office: Office) -> None:
    dialog.save()
    rest(office.jobs)


def line(dialog: FormDialog, name: str) -> QLineEdit:
    part = dialog.fields.parts[name]
    assert isinstance(part, QLineEdit)
    return part


def day(dialog: FormDialog, name: str) -> DayEdit:
    part = dialog.fields.parts[name]
    assert isinstance(part, DayEdit)
    return part


def choose(dialog: FormDialog, name: str, code: str) -> None:
    combo = dialog.findChild(CodeCombo, name)
    assert isinstance(combo, CodeCombo)
    combo.show_code(code)


def answer(dialog: FormDialog, name: str, given: Answer) -> None:
    picker = dialog.fields.parts[name]
    assert isinstance(picker, AnswerPicker)
    picker.press(given)


def message(dialog: FormDialog, name: str) -> str:
    return dialog.fields.rows[name].message
