"""Courses and schools: level, attendance with its percentage, certificate, and what makes it hard to go."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from aftercare.domain.codes import EnrolmentState
from aftercare.domain.rows.education import Education, EnrolmentRow
from aftercare.gui.dialogs.attendance import AttendanceDialog
from aftercare.gui.dialogs.enrolment import EnrolmentDialog
from aftercare.gui.pages.area_facts_asking import Asking, day_words
from aftercare.gui.palette import Tone
from aftercare.gui.widgets.fact_card import Fact, FactCard
from aftercare.i18n import current, tr, trn
from aftercare.words import label
from aftercare.words.standing import course_words

_TONES = {
    EnrolmentState.ATTENDING: Tone.GOOD,
    EnrolmentState.ENROLLED: Tone.INFO,
    EnrolmentState.PAUSED: Tone.TODAY,
    EnrolmentState.COMPLETED: Tone.GOOD,
    EnrolmentState.LEFT: Tone.SOFT,
}


def education_cards(asking: Asking, education: Education) -> list[QWidget]:
    card = FactCard(tr("Courses and school"))
    if not education.current:
        card.say(tr("No course at the moment."))
    for course in education.current:
        _show(asking, card, course)
    if asking.shown.may_write:
        card.link(
            "new_course",
            tr("+ Add a course or school"),
            lambda: asking.open(lambda window: EnrolmentDialog(asking.office, asking.case_id, None, window)),
        )
    if education.earlier:
        count = trn("{n} earlier course", "{n} earlier courses", len(education.earlier))
        inner = card.more("earlier_courses", count, is_open=asking.is_open("earlier_courses"))
        for course in education.earlier:
            _show_earlier(asking, inner, course)
    return [card]


def _name(course: EnrolmentRow) -> str:
    return course_words(course.course, label(course.kind), course.language_level)


def _show(asking: Asking, card: FactCard, course: EnrolmentRow) -> None:
    def line(name: str, title: str, value: str, focus: str, pill: str = "", tone: Tone = Tone.SOFT) -> None:
        opened = asking.opening(lambda window: EnrolmentDialog(asking.office, asking.case_id, course, window, focus))
        card.fact(Fact(f"{name}_{course.id}", title, value, pill, tone), opened)

    line("course", tr("Course"), _name(course), "course", label(course.state), _TONES[course.state])
    if course.provider:
        line("where", tr("Where"), course.provider, "provider")
    if course.isced is not None:
        line("isced", tr("Level (ISCED)"), f"{course.isced.value} · {label(course.isced)}", "isced")
    card.fact(
        Fact(f"attendance_{course.id}", tr("Attendance"), attendance_words(course)),
        asking.opening(lambda window: AttendanceDialog(asking.office, course, window)),
    )
    if course.until is not None:
        line("until", tr("Ends"), day_words(course.until), "until")
    if course.certificate:
        line("certificate", tr("Certificate"), course.certificate, "certificate")
    if course.barriers:
        hard = current().listed([label(barrier) for barrier in course.barriers])
        line("barriers", tr("Makes it hard"), hard, "barriers")


def _show_earlier(asking: Asking, card: FactCard, course: EnrolmentRow) -> None:
    parts = [label(course.state), attendance_words(course) if course.months else "", course.certificate]
    card.fact(
        Fact(f"earlier_{course.id}", _name(course), " · ".join(part for part in parts if part)),
        asking.opening(lambda window: EnrolmentDialog(asking.office, asking.case_id, course, window)),
    )


def attendance_words(course: EnrolmentRow) -> str:
    """«82 %, 18 of 22 sessions; last month 70 %»."""
    if course.percent is None:
        return tr("not counted yet")
    words = tr(
        "{percent} %, {attended} of {held} sessions",
        percent=course.percent,
        attended=course.attended,
        held=course.held,
    )
    latest = course.months[-1]
    if len(course.months) > 1 and latest.percent is not None:
        month = tr("{month} {percent} %", month=current().month(latest.month), percent=latest.percent)
        return f"{words}; {month}"
    return words
