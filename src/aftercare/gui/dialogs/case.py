"""The case itself: how high the risk is and why, who works on it, how the person came here."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from PySide6.QtWidgets import QWidget

from aftercare.domain.codes import ReferralSource, RiskLevel
from aftercare.domain.drafts.cases import CaseDraft
from aftercare.domain.rows.cases import CaseForm
from aftercare.domain.rows.survivors import PersonHead
from aftercare.gui.dialogs.form_dialog import Deed, FormDialog
from aftercare.gui.office import Office
from aftercare.gui.widgets.choices import ChoiceChips, CodeCombo
from aftercare.i18n import tr
from aftercare.services.cases import correct_case


class CaseDialog(FormDialog):
    """The leading worker is chosen by name; the others are pressed beside."""

    def __init__(
        self,
        office: Office,
        head: PersonHead,
        found: CaseForm,
        parent: QWidget | None = None,
    ) -> None:
        intro = tr("{code}: risk, workers and referral", code=head.case_code)
        super().__init__(office, tr("The case"), intro, parent)
        self._head = head
        draft = self._draft = found.draft
        fields = self.fields
        self._risk = fields.choice("risk", tr("Risk"), RiskLevel, draft.risk, blank=tr("Not assessed"))
        self._reason = fields.text("risk_reason", tr("Why"), draft.risk_reason, tr("Needed when the level changes"))
        self._review = fields.day("risk_review_on", tr("Look again on"), draft.risk_review_on)
        people = [(str(one.id), one.name) for one in found.staff]
        self._leads, self._others = CodeCombo(), ChoiceChips()
        self._leads.show_choices(people, blank=tr("Nobody"))
        self._leads.show_code(str(draft.worker_ids[0]) if draft.worker_ids else None)
        self._others.show_choices(people)
        self._others.show_codes([str(key) for key in draft.worker_ids[1:]])
        fields.part("leads", tr("Case worker"), self._leads)
        fields.part("others", tr("Together with"), self._others)
        self._team = self._team_field(found)
        self._source = fields.choice(
            "referral_source", tr("Referred by"), ReferralSource, draft.referral_source, blank=tr("Not asked")
        )
        self._words = fields.line("referral_words", tr("Who exactly"), draft.referral_words)
        self._referred = fields.day("referred_on", tr("Referred on"), draft.referred_on)
        self._opened = fields.day("opened_on", tr("Here since"), draft.opened_on)
        self.begin("case", str(head.case_id), draft.version)

    def _team_field(self, found: CaseForm) -> CodeCombo | None:
        """Nobody is asked for a team where the organisation has none."""
        if not found.teams:
            return None
        field = CodeCombo()
        field.show_choices([(str(team.id), team.name) for team in found.teams], blank=tr("Everybody’s"))
        field.show_code(str(found.draft.team_id) if found.draft.team_id else None)
        hint = tr("Besides those who work with her, only the people of this team see her.")
        self.fields.part("team", tr("Team"), field, hint)
        return field

    def _team_chosen(self) -> UUID | None:
        if self._team is None:
            return self._draft.team_id
        return UUID(self._team.code) if self._team.code else None

    def saving(self) -> Deed:
        leads = [self._leads.code] if self._leads.code else []
        others = [key for key in self._others.codes if key not in leads]
        draft = CaseDraft(
            risk=RiskLevel(self._risk.code) if self._risk.code else None,
            risk_reason=self._reason.toPlainText(),
            risk_review_on=self._review.value,
            referral_source=ReferralSource(self._source.code) if self._source.code else None,
            referral_words=self._words.text(),
            referred_on=self._referred.value,
            opened_on=self._day_opened(),
            worker_ids=tuple(UUID(key) for key in (*leads, *others)),
            team_id=self._team_chosen(),
            version=self._draft.version,
        )
        return Deed(correct_case, (self._head.case_id, draft), tr("Case saved"))

    def _day_opened(self) -> date | None:
        return self._opened.value
