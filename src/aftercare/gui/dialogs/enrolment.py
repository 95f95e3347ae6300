"""A course or school: which, where, how far, certificate, and what makes it hard to go."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QWidget

from aftercare.domain.codes import EducationBarrier, EducationKind, EnrolmentState, Isced
from aftercare.domain.drafts.education import EnrolmentDraft
from aftercare.domain.rows.education import EnrolmentRow
from aftercare.gui.dialogs.form_dialog import Deed, FormDialog
from aftercare.gui.office import Office
from aftercare.gui.widgets.choices import CodeCombo
from aftercare.gui.widgets.fact_fields import chosen, words_of
from aftercare.i18n import tr
from aftercare.services.education import LANGUAGE_LEVELS, remove_enrolment, save_enrolment


class EnrolmentDialog(FormDialog):
    """The language level is asked only for language courses."""

    def __init__(
        self,
        office: Office,
        case_id: UUID,
        row: EnrolmentRow | None = None,
        parent: QWidget | None = None,
        focus: str = "",
    ) -> None:
        super().__init__(office, tr("Course or school"), parent=parent)
        self._case_id, self._row = case_id, row
        self._make_course(row)
        self._make_course_of_time(row)
        self._kind.currentIndexChanged.connect(lambda _at: self._follow_kind())
        self._follow_kind()
        self.begin("enrolment", str(row.id if row else case_id), row.version if row else None, focus)

    def _make_course(self, row: EnrolmentRow | None) -> None:
        fields = self.fields
        self._kind = fields.choice(
            "kind", tr("Kind"), EducationKind, row.kind if row else None, blank=tr("Please choose")
        )
        self._course = fields.line("course", tr("Called"), row.course if row else "")
        self._level = CodeCombo()
        self._level.show_choices([(level, level) for level in LANGUAGE_LEVELS if level], blank=tr("Not known"))
        self._level.show_code(row.language_level or None if row else None)
        fields.part("language_level", tr("Language level"), self._level)
        self._provider = fields.line("provider", tr("Where"), row.provider if row else "")
        self._isced = fields.choice(
            "isced", tr("School level (ISCED)"), Isced, row.isced if row else None, blank=tr("Not known")
        )
        self._state = fields.choice("state", tr("State"), EnrolmentState, row.state if row else EnrolmentState.ENROLLED)

    def _make_course_of_time(self, row: EnrolmentRow | None) -> None:
        fields = self.fields
        self._since = fields.day("since", tr("Begins"), row.since if row else None)
        self._until = fields.day("until", tr("Ends"), row.until if row else None)
        self._certificate = fields.line("certificate", tr("Certificate"), row.certificate if row else "")
        self._certificate_on = fields.day("certificate_on", tr("Certificate of"), row.certificate_on if row else None)
        self._barriers = fields.chips("barriers", tr("Makes it hard"), EducationBarrier, row.barriers if row else ())

    def _follow_kind(self) -> None:
        is_language = chosen(EducationKind, self._kind) in (EducationKind.LANGUAGE_COURSE, EducationKind.LITERACY)
        self.show_row("language_level", is_language or self._level.code is not None)

    def saving(self) -> Deed:
        draft = EnrolmentDraft(
            kind=chosen(EducationKind, self._kind),
            course=words_of(self._course),
            provider=words_of(self._provider),
            isced=chosen(Isced, self._isced),
            language_level=self._level.code or "",
            state=chosen(EnrolmentState, self._state) or EnrolmentState.ENROLLED,
            since=self._since.value,
            until=self._until.value,
            certificate=words_of(self._certificate),
            certificate_on=self._certificate_on.value,
            barriers=tuple(EducationBarrier(code) for code in self._barriers.codes),
            id=self._row.id if self._row else None,
            version=self._row.version if self._row else None,
        )
        return Deed(save_enrolment, (self._case_id, draft), tr("Course saved"))

    def removing(self) -> Deed | None:
        if self._row is None:
            return None
        return Deed(remove_enrolment, (self._row.id, self._row.version), tr("Course removed"))
