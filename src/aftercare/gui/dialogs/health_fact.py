"""A fact about health in short words: hers or a clinician's, never a diagnosis by staff."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QWidget

from aftercare.domain.codes import HealthFactKind
from aftercare.domain.drafts.health import HealthFactDraft
from aftercare.domain.rows.health import HealthFactRow
from aftercare.gui.dialogs.form_dialog import Deed, FormDialog
from aftercare.gui.office import Office
from aftercare.gui.widgets.fact_fields import chosen, words_of
from aftercare.i18n import tr
from aftercare.services.health import remove_health_fact, save_health_fact


class HealthFactDialog(FormDialog):
    """A dose is asked only for medication."""

    def __init__(
        self,
        office: Office,
        case_id: UUID,
        row: HealthFactRow | None = None,
        parent: QWidget | None = None,
        kind: HealthFactKind | None = None,
    ) -> None:
        intro = tr("Restricted: only those who work on health see this. Short words, no diagnoses of our own.")
        super().__init__(office, tr("Health"), intro, parent)
        self._case_id, self._row = case_id, row
        fields = self.fields
        self._kind = fields.choice(
            "kind", tr("What it is"), HealthFactKind, row.kind if row else kind, blank=tr("Please choose")
        )
        self._words = fields.line("words", tr("In short words"), row.words if row else "")
        self._dose = fields.line("dose", tr("How much, how often"), row.dose if row else "")
        self._provider = fields.line("provider", tr("By whom"), row.provider if row else "")
        self._since = fields.day("since", tr("Since"), row.since if row else None)
        self._until = fields.day("until", tr("Until"), row.until if row else None, tr("Cover that ends is on Today"))
        self._who = fields.line("who_may_see", tr("Who may know"), row.who_may_see if row else "")
        self._kind.currentIndexChanged.connect(lambda _at: self._follow_kind())
        self._follow_kind()
        self.begin(
            "health_fact",
            str(row.id if row else case_id),
            row.version if row else None,
            focus="words" if row or kind else "",
        )

    def _follow_kind(self) -> None:
        self.show_row("dose", chosen(HealthFactKind, self._kind) is HealthFactKind.MEDICATION)

    def saving(self) -> Deed:
        kind = chosen(HealthFactKind, self._kind)
        draft = HealthFactDraft(
            kind=kind,
            words=words_of(self._words),
            dose=words_of(self._dose) if kind is HealthFactKind.MEDICATION else "",
            provider=words_of(self._provider),
            since=self._since.value,
            until=self._until.value,
            who_may_see=words_of(self._who),
            id=self._row.id if self._row else None,
            version=self._row.version if self._row else None,
        )
        return Deed(save_health_fact, (self._case_id, draft), tr("Health entry saved"))

    def removing(self) -> Deed | None:
        if self._row is None:
            return None
        return Deed(remove_health_fact, (self._row.id, self._row.version), tr("Health entry removed"))
