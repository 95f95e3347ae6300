"""An appointment of any area: when, with whom, with an interpreter or not, and how it went."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QWidget

from aftercare.domain.codes import HEALTH_APPOINTMENTS, AppointmentKind, AppointmentState, Area, InterpreterState
from aftercare.domain.drafts.diary import AppointmentDraft
from aftercare.domain.errors import FieldProblem
from aftercare.domain.rows.diary import AppointmentRow
from aftercare.gui.dialogs.form_dialog import Deed, FormDialog
from aftercare.gui.office import Office
from aftercare.gui.widgets.fact_fields import chosen, words_of
from aftercare.gui.widgets.world import LanguageCombo
from aftercare.i18n import tr
from aftercare.services.appointments import remove_appointment, save_appointment

_FIRST: dict[str, tuple[AppointmentKind, ...]] = {
    Area.HOUSING: (AppointmentKind.HOUSING_VIEWING, AppointmentKind.AUTHORITY),
    Area.HEALTH: HEALTH_APPOINTMENTS,
    Area.EDUCATION: (AppointmentKind.COURSE, AppointmentKind.AUTHORITY),
    Area.EMPLOYMENT: (AppointmentKind.WORK, AppointmentKind.AUTHORITY),
    Area.FAMILY: (AppointmentKind.FAMILY_CONTACT, AppointmentKind.AUTHORITY),
    Area.LEGAL: (AppointmentKind.LAWYER, AppointmentKind.HEARING, AppointmentKind.AUTHORITY),
}
_SPOKEN = (InterpreterState.NEEDED, InterpreterState.ASKED, InterpreterState.CONFIRMED)


def kinds_for(area: str) -> list[AppointmentKind]:
    """The kinds of appointment, those of this area first; health ones only in the health area."""
    first = _FIRST.get(area, ())
    others = [kind for kind in AppointmentKind if kind not in first and kind not in HEALTH_APPOINTMENTS]
    return [*first, *others]


class _Language(LanguageCombo):
    """The interpreter's language, as a draft keeps it."""

    def draft_value(self) -> str:
        return self.currentText()

    def show_draft_value(self, value: str) -> None:
        self.setEditText(value)


class AppointmentDialog(FormDialog):
    """Which language is asked for shows only where an interpreter is needed.

    A new one begins with the interpreter whom the person needs for `interpreter_language`.
    """

    def __init__(
        self,
        office: Office,
        case_id: UUID,
        area: str,
        row: AppointmentRow | None = None,
        parent: QWidget | None = None,
        focus: str = "",
        *,
        interpreter_language: str = "",
    ) -> None:
        intro = tr("Restricted: others see only when it is.") if area == Area.HEALTH else ""
        super().__init__(office, tr("Appointment"), intro, parent)
        self._case_id, self._area, self._row = case_id, area, row
        fields = self.fields
        kinds = kinds_for(area)
        self._kind = fields.choice("kind", tr("What for"), kinds, row.kind if row else kinds[0])
        self._on = fields.day("on", tr("Day"), row.on if row else None)
        self._at = fields.time("at", tr("Time"), row.at if row else None)
        self._minutes = fields.minutes("minutes", tr("How long"), row.minutes if row else None)
        self._provider = fields.line("provider", tr("With whom, where"), row.provider if row else "")
        self._state = fields.choice(
            "state", tr("State"), AppointmentState, row.state if row else AppointmentState.BOOKED
        )
        is_needed = InterpreterState.NEEDED if interpreter_language else InterpreterState.NOT_NEEDED
        self._interpreter = fields.choice(
            "interpreter", tr("Interpreter"), InterpreterState, row.interpreter if row else is_needed
        )
        self._language = _Language()
        self._language.show_code(row.interpreter_language if row else interpreter_language)
        fields.part("interpreter_language", tr("Interpreter’s language"), self._language)
        self._accompanied_by = fields.line("accompanied_by", tr("Who goes along"), row.accompanied_by if row else "")
        self._words = fields.text("words", tr("To remember"), row.words if row else "")
        self._interpreter.currentIndexChanged.connect(lambda _at: self._follow_interpreter())
        self._follow_interpreter()
        about = str(row.id) if row else f"{case_id} {area}"
        self.begin("appointment", about, row.version if row else None, focus or ("" if row else "on"))

    def _follow_interpreter(self) -> None:
        spoken = chosen(InterpreterState, self._interpreter) in _SPOKEN
        self.show_row("interpreter_language", spoken)

    def saving(self) -> Deed:
        interpreter = chosen(InterpreterState, self._interpreter) or InterpreterState.NOT_NEEDED
        try:
            language = self._language.code() if interpreter in _SPOKEN else ""
        except FieldProblem as problem:
            raise FieldProblem("interpreter_language", problem.reason, problem.value) from None
        draft = AppointmentDraft(
            area=self._row.area if self._row else self._area,
            kind=chosen(AppointmentKind, self._kind),
            on=self._on.value,
            at=self._at.value,
            minutes=self._minutes.minutes,
            provider=words_of(self._provider),
            words=words_of(self._words),
            state=chosen(AppointmentState, self._state) or AppointmentState.BOOKED,
            interpreter=interpreter,
            interpreter_language=language,
            accompanied_by=words_of(self._accompanied_by),
            restricted=self._row.restricted if self._row else False,
            id=self._row.id if self._row else None,
            version=self._row.version if self._row else None,
        )
        return Deed(save_appointment, (self._case_id, draft), tr("Appointment saved"))

    def removing(self) -> Deed | None:
        if self._row is None:
            return None
        return Deed(remove_appointment, (self._row.id, self._row.version), tr("Appointment removed"))
