"""A job: considered, applied for, done or left."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QWidget

from aftercare.domain.codes import JobState
from aftercare.domain.drafts.employment import JobDraft
from aftercare.domain.rows.employment import JobRow
from aftercare.gui.dialogs.form_dialog import Deed, FormDialog
from aftercare.gui.office import Office
from aftercare.gui.widgets.fact_fields import chosen, words_of
from aftercare.i18n import tr
from aftercare.services.employment import remove_job, save_job


class JobDialog(FormDialog):
    def __init__(
        self,
        office: Office,
        case_id: UUID,
        row: JobRow | None = None,
        parent: QWidget | None = None,
        focus: str = "",
    ) -> None:
        super().__init__(office, tr("Job"), tr("The employer or the work is enough to begin with."), parent)
        self._case_id, self._row = case_id, row
        fields = self.fields
        self._employer = fields.line("employer", tr("Employer"), row.employer if row else "")
        self._role = fields.line("role", tr("Work"), row.role if row else "")
        self._state = fields.choice("state", tr("State"), JobState, row.state if row else JobState.CONSIDERED)
        self._applied_on = fields.day("applied_on", tr("Applied on"), row.applied_on if row else None)
        self._since = fields.day(
            "since", tr("Works since"), row.since if row else None, tr("Check-ins follow after 30, 90 and 180 days")
        )
        self._until = fields.day("until", tr("Until"), row.until if row else None)
        self._wage = fields.line("wage", tr("Wage"), row.wage if row else "")
        self._hours = fields.line("hours", tr("Hours"), row.hours if row else "")
        self._words = fields.text("words", tr("To remember"), row.words if row else "")
        self.begin("job", str(row.id if row else case_id), row.version if row else None, focus)

    def saving(self) -> Deed:
        draft = JobDraft(
            employer=words_of(self._employer),
            role=words_of(self._role),
            state=chosen(JobState, self._state) or JobState.CONSIDERED,
            applied_on=self._applied_on.value,
            since=self._since.value,
            until=self._until.value,
            wage=words_of(self._wage),
            hours=words_of(self._hours),
            words=words_of(self._words),
            id=self._row.id if self._row else None,
            version=self._row.version if self._row else None,
        )
        return Deed(save_job, (self._case_id, draft), tr("Job saved"))

    def removing(self) -> Deed | None:
        if self._row is None:
            return None
        return Deed(remove_job, (self._row.id, self._row.version), tr("Job removed"))
