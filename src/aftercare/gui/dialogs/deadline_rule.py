"""A rule about deadlines of the organisation's own, or one that comes with the program, to be covered by an own one."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from aftercare.domain.codes import DeadlineKind
from aftercare.domain.deadlines import ANYWHERE, LONGEST, DeadlineRule
from aftercare.domain.drafts.diary import DeadlineRuleDraft
from aftercare.gui.dialogs.form_dialog import Deed, FormDialog
from aftercare.gui.office import Office
from aftercare.gui.widgets.choices import CodeCombo, NumberEdit
from aftercare.gui.widgets.fact_fields import chosen, words_of
from aftercare.gui.widgets.tick_box import TickBox
from aftercare.gui.widgets.world import CountryCombo
from aftercare.i18n import N_, tr
from aftercare.services.deadline_rules import remove_deadline_rule, save_deadline_rule

_DAYS, _MONTHS = "days", "months"


class DeadlineRuleDialog(FormDialog):
    """It suggests a day in the form of a deadline, with its source; nobody is bound to it."""

    asked_to_remove = N_("Forms suggest no day by it any more. Deadlines that were written keep theirs.")

    def __init__(self, office: Office, rule: DeadlineRule | None = None, parent: QWidget | None = None) -> None:
        intro = tr("Forms suggest the last day by it, and name its source. Deadlines that were written keep theirs.")
        super().__init__(office, tr("Rule about deadlines"), intro, parent)
        self._rule = rule
        fields = self.fields
        self._country = CountryCombo()
        self._country.show_code(rule.country if rule and rule.country != ANYWHERE else "")
        fields.part("country", tr("Country"), self._country, tr("Empty: wherever no rule of a country is known"))
        self._kind = fields.choice(
            "kind", tr("What ends"), DeadlineKind, rule.kind if rule else None, blank=tr("Please choose")
        )
        self._length = NumberEdit()
        self._length.setRange(1, LONGEST)
        self._length.setValue((rule.days or rule.months or 1) if rule else 30)
        fields.part("length", tr("How long"), self._length)
        self._unit = CodeCombo()
        self._unit.show_choices([(_DAYS, tr("Days")), (_MONTHS, tr("Months"))])
        self._unit.show_code(_MONTHS if rule and rule.months else _DAYS)
        fields.part("unit", tr("Counted in"), self._unit)
        self._at_least = TickBox(tr("At &least so long: authorities may give more"))
        self._at_least.setChecked(bool(rule and rule.at_least))
        fields.part("at_least", "", self._at_least)
        hint = tr("The law or the letter that says so")
        self._source = fields.line("source", tr("Source"), rule.source if rule else "", hint)
        self._source.setCursorPosition(0)
        since = rule.valid_from if rule else None
        self._since = fields.day("valid_from", tr("Holds from"), since, tr("Empty: for as long as anybody knows"))
        self.begin("deadline_rule", "", 1 if rule and rule.is_own else None)

    def drafted(self) -> list[QWidget]:
        """None: a rule is typed in one go."""
        return []

    def saving(self) -> Deed:
        is_in_months = self._unit.code == _MONTHS
        draft = DeadlineRuleDraft(
            country=self._country.code_typed() or self._country.currentText().strip(),
            kind=chosen(DeadlineKind, self._kind),
            days=None if is_in_months else self._length.value(),
            months=self._length.value() if is_in_months else None,
            source=words_of(self._source),
            valid_from=self._since.value,
            at_least=self._at_least.isChecked(),
        )
        return Deed(save_deadline_rule, (draft, self._rule), "")

    def removing(self) -> Deed | None:
        own = self._rule is not None and self._rule.is_own
        return Deed(remove_deadline_rule, (self._rule,), "") if own else None
