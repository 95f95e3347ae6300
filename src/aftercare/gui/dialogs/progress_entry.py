"""How an area goes, in two voices: what happened, the staff's level, her own, and the steps it is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from aftercare.domain.codes import STAFF_LEVELS, Level
from aftercare.domain.drafts.plan import ProgressDraft
from aftercare.domain.rows.plan import AreaRow, ProgressRow
from aftercare.domain.rows.survivors import PersonHead
from aftercare.domain.secrecy import OF_AREA, PERMISSIONS, Secret, secret_of
from aftercare.gui.dialogs.form_dialog import Deed, FormDialog
from aftercare.gui.office import Office
from aftercare.gui.pages.plan_words import area_name
from aftercare.gui.widgets.choices import ChoiceChips
from aftercare.gui.widgets.fact_fields import words_of
from aftercare.gui.widgets.labels import PlainLabel
from aftercare.gui.widgets.levels import LevelPicker
from aftercare.gui.widgets.person_entries import choices
from aftercare.gui.widgets.tick_box import TickBox
from aftercare.i18n import tr
from aftercare.services.progress import correct_progress, record_progress
from aftercare.words import anchor, voice


class LevelField(QWidget):
    """The picker with the meaning of the chosen level in this area below it."""

    def __init__(self, area: str, levels: Sequence[Level] = tuple(Level)) -> None:
        super().__init__()
        self._area = area
        self.picker = LevelPicker(self)
        self.picker.show_choices(choices(levels))
        self._meaning = PlainLabel("", "muted", wrap=True, parent=self)
        # its line is kept from the start: what stands below must not slip away under a pointer
        self._meaning.setMinimumHeight(self._meaning.fontMetrics().lineSpacing())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self.picker)
        column.addWidget(self._meaning)
        self.changed = self.picker.chosen
        self.picker.chosen.connect(lambda _code: self._explain())
        self.setFocusProxy(self.picker)
        self._explain()

    @property
    def level(self) -> Level | None:
        return Level(self.picker.code) if self.picker.code else None

    def show_level(self, level: Level | None) -> None:
        self.picker.show_code(level)
        self._explain()

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.picker.setAccessibleName(name)

    def draft_value(self) -> str | None:
        return self.picker.code

    def show_draft_value(self, code: str | None) -> None:
        self.show_level(Level(code) if code else None)

    def _explain(self) -> None:
        words = anchor(self._area, self.level) if self.level is not None else ""
        self._meaning.setText(words)


class ProgressEntryDialog(FormDialog):
    """A new entry about an area, or one that is corrected."""

    def __init__(
        self,
        office: Office,
        head: PersonHead,
        area: AreaRow,
        entry: ProgressRow | None = None,
        parent: QWidget | None = None,
    ) -> None:
        speaks = voice(head.gender)
        title = tr("How it goes: {area}", area=area_name(area))
        super().__init__(office, title, tr("Two views, side by side. Either may stay open."), parent)
        self._case_id, self._area, self._entry = head.case_id, area, entry
        draft = self._shown()
        fields = self.fields
        self._on = fields.day("on", tr("Day"), draft.on)
        self._narrative = fields.text("narrative", tr("What happened"), draft.narrative, lines=5)
        self._staff_level, self._own_level = LevelField(area.area, STAFF_LEVELS), LevelField(area.area)
        self._staff_level.show_level(draft.staff_level)
        self._own_level.show_level(draft.own_level)
        self._steps = ChoiceChips()
        shown = [step for step in area.steps if not step.is_followed or step.id in draft.step_ids]
        self._steps.show_choices([(str(step.id), _short(step.words)) for step in shown])
        self._steps.show_codes([str(key) for key in draft.step_ids])
        self._restricted = TickBox(tr("Restricted"))
        self._restricted.setChecked(draft.restricted)
        fields.part("staff_level", tr("Staff’s view"), self._staff_level)
        fields.part("own_level", speaks.own_view, self._own_level)
        fields.part("step_ids", tr("About these steps"), self._steps)
        self.show_row("step_ids", bool(shown))
        fields.part("restricted", "", self._restricted, tr("Only case workers and managers see it"))
        self.show_row("restricted", PERMISSIONS[secret_of(self._area.area)] in office.actor.permissions)
        about = str(entry.id) if entry else f"{head.case_id}/{area.area}"
        self.begin("progress", about, entry.version if entry else None, "narrative")

    def saving(self) -> Deed:
        if self._entry is None:
            return Deed(record_progress, (self._case_id, self._draft()), tr("Entry saved"))
        return Deed(correct_progress, (self._draft(),), tr("Entry corrected"))

    # --- inside --------------------------------------------------------------------------------------------------

    def _shown(self) -> ProgressDraft:
        """What the form begins with."""
        entry = self._entry
        if entry is None:
            is_restricted = OF_AREA.get(self._area.area) is Secret.HEALTH
            return ProgressDraft(self._area.area, self.office.clock.today(), restricted=is_restricted)
        return ProgressDraft(
            area=entry.area,
            on=entry.on,
            narrative=entry.narrative,
            staff_level=entry.staff_level,
            own_level=entry.own_level,
            step_ids=entry.step_ids,
            restricted=entry.restricted,
            id=entry.id,
            version=entry.version,
        )

    def _draft(self) -> ProgressDraft:
        return replace(
            self._shown(),
            on=self._on.value or self.office.clock.today(),
            narrative=words_of(self._narrative),
            staff_level=self._staff_level.level,
            own_level=self._own_level.level,
            step_ids=tuple(UUID(key) for key in self._steps.codes),
            restricted=self._restricted.isChecked(),
        )


def _short(words: str) -> str:
    return words if len(words) <= 40 else f"{words[:39].rstrip()}…"
