"""The safe-job check: the questions, what the answers suggest and why, and the decision that a person takes."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QWidget

from aftercare.domain import safe_job
from aftercare.domain.codes import SafeJobResult
from aftercare.domain.drafts.employment import SafeJobCheckDraft
from aftercare.domain.rows.employment import JobRow, SafeJobCheckRow
from aftercare.gui.dialogs.form_dialog import Deed, FormDialog
from aftercare.gui.office import Office
from aftercare.gui.palette import Tone
from aftercare.gui.widgets.fact_fields import FactFields, chosen, words_of
from aftercare.gui.widgets.labels import Pill, PlainLabel
from aftercare.gui.widgets.safe_job_questions import SafeJobQuestions
from aftercare.i18n import current, tr, trn
from aftercare.services.employment import save_safe_job_check
from aftercare.words import label
from aftercare.words.control import flag_words

RESULT_TONES = {
    SafeJobResult.GO: Tone.GOOD,
    SafeJobResult.GO_WITH_CONDITIONS: Tone.TODAY,
    SafeJobResult.STOP: Tone.LATE,
}


class SafeJobCheckDialog(FormDialog):
    """A new check begins with the answers of the latest one: what has not changed is not asked again."""

    def __init__(
        self,
        office: Office,
        case_id: UUID,
        job: JobRow,
        row: SafeJobCheckRow | None = None,
        check_in_day: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        day = row.check_in_day if row else check_in_day
        title = tr("Safe-job check") if not day else tr("Safe-job check after {days} days", days=day)
        intro = tr("Ask as far as it can be known. The answers suggest a result; a person decides it.")
        super().__init__(office, title, intro, parent)
        self._case_id, self._job, self._row, self._day = case_id, job, row, day
        self._on = self.fields.day("on", tr("Asked on"), row.on if row else office.clock.today())
        self._questions = SafeJobQuestions()
        self._questions.setObjectName("questions")
        self.form.column.addWidget(self._questions)
        before = row or job.latest_check
        self._questions.show_answers(before.answers if before else ())
        self._make_suggestion()
        self._make_decision(row)
        self._questions.changed.connect(self._suggest)
        self._on.changed.connect(lambda _day: self._suggest_end())
        self._suggest()
        if row is None:
            self._suggest_end()
        about = f"{row.id if row else job.id} {day}"
        self.begin("safe_job_check", about, row.version if row else None)

    def _make_suggestion(self) -> None:
        self._heading = PlainLabel(tr("What the answers suggest"), "cardTitle")
        self._pill = Pill()
        self._reasons = PlainLabel("", "muted", wrap=True)
        for part in (self._heading, self._pill, self._reasons):
            self.form.column.addWidget(part)

    def _make_decision(self, row: SafeJobCheckRow | None) -> None:
        self._decision = FactFields(self.office.clock)
        self._result = self._decision.choice(
            "result", tr("Decided"), SafeJobResult, row.result if row else None, blank=tr("Not decided yet")
        )
        self._conditions = self._decision.text("conditions", tr("Conditions"), row.conditions if row else "")
        self._valid_until = self._decision.day("valid_until", tr("Valid until"), row.valid_until if row else None)
        self.form.column.addWidget(self._decision)

    # --- following the answers -----------------------------------------------------------------------------------

    def _suggest(self) -> None:
        suggestion = safe_job.suggested_result(self._questions.given)
        self._pill.show_pill(label(suggestion.result), RESULT_TONES[suggestion.result])
        red = current().listed([flag_words(question) for question in suggestion.red_flags])
        count = len(suggestion.red_flags)
        counted = (
            (count, trn("{n} red flag: {flags}", "{n} red flags: {flags}", count, flags=red)),
            (len(suggestion.concerns), trn("{n} other concern", "{n} other concerns", len(suggestion.concerns))),
            (len(suggestion.not_known), trn("{n} not known yet", "{n} not known yet", len(suggestion.not_known))),
        )
        said = [words for number, words in counted if number]
        self._reasons.setText(" · ".join(said) or tr("Every answer is the safe one."))

    def _suggest_end(self) -> None:
        """180 days from the day it was asked, unless somebody wrote another day."""
        if self._on.value is not None:
            self._valid_until.show_value(safe_job.valid_until(self._on.value))

    # --- saving --------------------------------------------------------------------------------------------------

    def drafted(self) -> list[QWidget]:
        return [*super().drafted(), self._questions, *self._decision.parts.values()]

    def show_problem(self, problem: object) -> bool:
        shown = [part.show_problem(problem) for part in (self.fields, self._decision)]  # type: ignore[arg-type]
        return any(shown)

    def saving(self) -> Deed:
        self._decision.clear_problems()
        self._decision.check()
        draft = SafeJobCheckDraft(
            job_id=self._job.id,
            on=self._on.value,
            check_in_day=self._day,
            answers=self._questions.answers,
            result=chosen(SafeJobResult, self._result),
            conditions=words_of(self._conditions),
            valid_until=self._valid_until.value,
            id=self._row.id if self._row else None,
            version=self._row.version if self._row else None,
        )
        return Deed(save_safe_job_check, (self._case_id, draft), tr("Safe-job check saved"))
