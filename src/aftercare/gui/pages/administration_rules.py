"""The rules by which forms suggest how long something lasts: the organisation's own over what the program brings."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from aftercare.domain.deadlines import ANYWHERE, DeadlineRule
from aftercare.gui.dialogs.deadline_rule import DeadlineRuleDialog
from aftercare.gui.office import Office
from aftercare.gui.palette import Tone
from aftercare.gui.widgets.fact_card import Fact, FactCard
from aftercare.gui.widgets.world import countries
from aftercare.i18n import current, tr, trn
from aftercare.services.deadlines import deadline_rules
from aftercare.services.office import OfficeSettings, show_settings
from aftercare.words import label


class RulesCard(FactCard):
    """A line for each rule, by country; pressing it opens its form. It hears by itself of what others change."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(tr("Rules about deadlines"), tr("they suggest a day; the law in force decides"), parent=parent)
        self._office = office
        office.listen(self, {"setting"}, lambda _topic, _about: self.ask())
        self.ask()

    def ask(self) -> None:
        self._office.ask(show_settings, then=self.show_rules, owner=self, topic="rules")

    def show_rules(self, settings: OfficeSettings) -> None:
        """The keys stay on the line they were on, or go to the last link where it went."""
        held = self.window().focusWidget()
        keeps = held.objectName() if held is not None and self.isAncestorOf(held) else ""
        self.clear()
        self.end_links()
        names = {code: name for name, code in countries(current().tag)}
        for at, rule in enumerate(deadline_rules(settings)):
            country = tr("Any country") if rule.country == ANYWHERE else names.get(rule.country, rule.country)
            pill = tr("your own") if rule.is_own else ""
            self.fact(Fact(f"rule_{at}", country, rule_words(rule), pill, Tone.INFO), partial(self.open_rule, rule))
        self.link("new_rule", tr("+ Add a rule"), lambda: self.open_rule(None))
        if keeps:
            again = self.findChildren(QWidget, keeps) or self.findChildren(QWidget, "link_new_rule")
            again[-1].setFocus()

    def open_rule(self, rule: DeadlineRule | None) -> None:
        DeadlineRuleDialog(self._office, rule, self.window()).open()


def rule_words(rule: DeadlineRule) -> str:
    """«Reflection period: at least 30 days · since 1 Jan 2027 · Source»."""
    days, months = rule.days, rule.months
    lasts = trn("{n} month", "{n} months", months) if months is not None else trn("{n} day", "{n} days", days or 0)
    length = tr("at least {length}", length=lasts) if rule.at_least else lasts
    parts = [tr("{what}: {words}", what=label(rule.kind), words=length)]
    if rule.valid_from is not None:
        parts.append(tr("from {day}", day=current().date(rule.valid_from)))
    return " · ".join([*parts, rule.source])
