"""Work: where she stands, jobs, what the safe-job check decided and until when, check-ins due."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from aftercare.domain import safe_job
from aftercare.domain.check_ins import CheckIn
from aftercare.domain.codes import EmploymentState, JobState
from aftercare.domain.rows.employment import Employment, JobRow, SafeJobCheckRow
from aftercare.gui.dialogs.job import JobDialog
from aftercare.gui.dialogs.safe_job_check import RESULT_TONES, SafeJobCheckDialog
from aftercare.gui.pages.area_facts_asking import Asking, day_words, due_pill, ending_pill, short_day
from aftercare.gui.palette import Tone
from aftercare.gui.widgets.choices import CodeCombo
from aftercare.gui.widgets.fact_card import Fact, FactCard
from aftercare.i18n import current, tr, trn
from aftercare.services.employment import change_employment_state
from aftercare.words import label
from aftercare.words.control import flag_words

_STATE_TONES = {JobState.WORKING: Tone.GOOD, JobState.OFFERED: Tone.INFO}


def employment_cards(asking: Asking, employment: Employment) -> list[QWidget]:
    card = FactCard(tr("Work"))
    _show_state(asking, card, employment)
    if not employment.open_jobs:
        card.say(tr("No job in sight yet. Before any job begins, do the safe-job check."))
    for job in employment.open_jobs:
        _show(asking, card, job)
    if asking.shown.may_write:
        card.link(
            "new_job",
            tr("+ Add a job"),
            lambda: asking.open(lambda window: JobDialog(asking.office, asking.case_id, None, window)),
        )
    if employment.earlier:
        count = trn("{n} earlier job", "{n} earlier jobs", len(employment.earlier))
        inner = card.more("earlier_jobs", count, is_open=asking.is_open("earlier_jobs"))
        for job in employment.earlier:
            _show_earlier(asking, inner, job)
    return [card]


def _show_state(asking: Asking, card: FactCard, employment: Employment) -> None:
    if not asking.shown.may_write:
        card.fact(Fact("state", tr("Where it stands"), label(employment.state) if employment.state else ""))
        return
    combo = CodeCombo()
    combo.setObjectName("employment_state")
    combo.setMinimumContentsLength(9)
    combo.show_choices([(state.value, label(state)) for state in EmploymentState], blank=tr("Not asked"))
    combo.show_code(employment.state.value if employment.state else None)
    combo.chosen.connect(
        lambda code: asking.do(
            change_employment_state,
            asking.case_id,
            EmploymentState(code) if code else None,
            undo=tr("Where work stands was changed"),
        )
    )
    card.part(tr("Where it stands"), combo)


def job_words(job: JobRow) -> str:
    return ", ".join(part for part in (job.role, job.employer) if part)


def _show(asking: Asking, card: FactCard, job: JobRow) -> None:
    def line(name: str, title: str, value: str, focus: str, pill: str = "", tone: Tone = Tone.SOFT) -> None:
        opened = asking.opening(lambda window: JobDialog(asking.office, asking.case_id, job, window, focus))
        card.fact(Fact(f"{name}_{job.id}", title, value, pill, tone), opened)

    line("job", tr("Job"), job_words(job), "role", label(job.state), _STATE_TONES.get(job.state, Tone.SOFT))
    if job.since is not None:
        line("since", tr("Works since"), day_words(job.since), "since")
    terms = ", ".join(part for part in (job.wage, job.hours) if part)
    if terms:
        line("terms", tr("Wage and hours"), terms, "wage")
    _show_check(asking, card, job)
    for visit in job.check_ins:
        _show_check_in(asking, card, job, visit)


def _show_check_in(asking: Asking, card: FactCard, job: JobRow, visit: CheckIn) -> None:
    pill, tone = due_pill(visit.on, asking.today)
    title = tr("Check-in, {days} days", days=visit.day)
    card.fact(
        Fact(f"check_in_{visit.day}_{job.id}", title, day_words(visit.on), pill, tone),
        asking.opening(lambda window: SafeJobCheckDialog(asking.office, asking.case_id, job, None, visit.day, window)),
    )


def _show_check(asking: Asking, card: FactCard, job: JobRow) -> None:
    check = job.latest_check
    title = tr("Safe-job check")
    if check is None:
        fact = Fact(f"check_{job.id}", title, tr("not done yet"), tr("before work begins"), Tone.TODAY)
    else:
        pill, tone = _result_pill(check, asking)
        fact = Fact(f"check_{job.id}", title, _check_words(check, asking), pill, tone)
    card.fact(
        fact,
        asking.opening(
            lambda window: SafeJobCheckDialog(
                asking.office, asking.case_id, job, check, check.check_in_day if check else 0, window
            )
        ),
    )
    if check is not None:
        red = safe_job.suggested_result({each.question: each.answer for each in check.answers}).red_flags
        if red:
            flags = current().listed([flag_words(question) for question in red])
            card.say(trn("{n} red flag: {flags}", "{n} red flags: {flags}", len(red), flags=flags), "warning")
        if check.conditions:
            card.say(tr("Conditions: {words}", words=check.conditions))


def _check_words(check: SafeJobCheckRow, asking: Asking) -> str:
    said = f"{short_day(check.on, asking.today)}, {check.by}" if check.by else short_day(check.on, asking.today)
    if check.valid_until is None:
        return said
    return tr("{said}, valid until {day}", said=said, day=day_words(check.valid_until))


def _result_pill(check: SafeJobCheckRow, asking: Asking) -> tuple[str, Tone]:
    """The result; where it has run out or soon will, that."""
    if check.valid_until is not None:
        pill, tone = ending_pill(check.valid_until, asking.today, soon=14)
        if pill:
            return f"{label(check.result)} · {pill}", tone
    return label(check.result), RESULT_TONES[check.result]


def _show_earlier(asking: Asking, card: FactCard, job: JobRow) -> None:
    span = " – ".join(part for part in (day_words(job.since), day_words(job.until)) if part)
    value = " · ".join(part for part in (label(job.state), span) if part)
    card.fact(
        Fact(f"earlier_{job.id}", job_words(job), value),
        asking.opening(lambda window: JobDialog(asking.office, asking.case_id, job, window)),
    )
