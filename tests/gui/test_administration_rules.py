"""Rules about deadlines in the administration: a line each, added, changed and taken away in a form."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QLineEdit, QPushButton

from aftercare.domain.codes import DeadlineKind
from aftercare.domain.drafts.diary import DeadlineRuleDraft
from aftercare.gui.dialogs.deadline_rule import DeadlineRuleDialog
from aftercare.gui.notices import Notice
from aftercare.gui.office import Office
from aftercare.gui.pages.administration_rules import RulesCard
from aftercare.gui.widgets.choices import CodeCombo, NumberEdit
from aftercare.gui.widgets.fact_card import FactValue
from aftercare.gui.widgets.world import CountryCombo
from aftercare.services.deadline_rules import save_deadline_rule
from aftercare.services.desk import Desk
from aftercare.services.office import show_settings
from hands import click, named, open_dialog, part, rest

REFLECTION = DeadlineKind.REFLECTION_PERIOD


@pytest.fixture
def card(office: Office) -> Iterator[RulesCard]:
    made = RulesCard(office)
    made.resize(700, 500)
    made.show()
    rest(office.jobs)
    yield made
    made.close()
    made.deleteLater()
    rest(office.jobs)


def lines(card: RulesCard) -> list[str]:
    return [line.accessibleName() for line in card.findChildren(FactValue)]


def opened(card: RulesCard, line: str) -> DeadlineRuleDialog:
    click(next(value for value in card.findChildren(FactValue) if value.accessibleName().startswith(line)))
    return open_dialog(DeadlineRuleDialog)


def test_what_the_program_brings_is_listed_with_its_source(card: RulesCard) -> None:
    assert lines(card)[0].startswith("Any country: Reflection period: at least 30 days · Council of Europe")
    assert "Belgium: Reflection period: 45 days · United Kingdom Hansard, as of 2006" in lines(card)


def test_a_rule_is_added_and_stands_in_the_list_as_ones_own(card: RulesCard, office: Office, desk: Desk) -> None:
    click(part(card, QPushButton, "link_new_rule"))
    dialog = open_dialog(DeadlineRuleDialog)
    named(dialog, "Country", CountryCombo).setEditText("Norway")
    named(dialog, "What ends", CodeCombo).show_code(DeadlineKind.APPEAL)
    named(dialog, "How long", NumberEdit).setValue(3)
    named(dialog, "Counted in", CodeCombo).show_code("months")
    named(dialog, "Source", QLineEdit).setText("Forvaltningsloven § 29")
    named(dialog, "Holds from", QLineEdit).setText("1 Jan 2027")
    click(dialog.form.save)
    rest(office.jobs)
    assert "Norway: Appeal: 3 months · from 1 Jan 2027 · Forvaltningsloven § 29, your own" in lines(card)
    assert desk.ask(show_settings).deadline_rules == office.settings.deadline_rules


def test_a_supplied_rule_is_covered_by_what_is_written_over_it_and_comes_back(
    card: RulesCard, office: Office, desk: Desk
) -> None:
    dialog = opened(card, "Belgium")
    assert not dialog.form.remove.isVisible()
    named(dialog, "How long", NumberEdit).setValue(60)
    click(dialog.form.save)
    rest(office.jobs)
    assert [line for line in lines(card) if "Belgium" in line] == [
        "Belgium: Reflection period: 60 days · United Kingdom Hansard, as of 2006, your own"
    ]
    dialog = opened(card, "Belgium")
    click(dialog.form.remove)
    notice = open_dialog(Notice)
    assert "can be undone" not in notice.accessibleDescription() + notice.windowTitle()
    notice.accept()
    rest(office.jobs)
    assert "Belgium: Reflection period: 45 days · United Kingdom Hansard, as of 2006" in lines(card)
    assert desk.ask(show_settings).deadline_rules == ()


def test_what_is_missing_is_told_beside_its_field_and_nothing_typed_is_lost(card: RulesCard, office: Office) -> None:
    click(part(card, QPushButton, "link_new_rule"))
    dialog = open_dialog(DeadlineRuleDialog)
    named(dialog, "Country", CountryCombo).setEditText("Atlantis")
    click(dialog.form.save)
    rest(office.jobs)
    assert dialog.fields.rows["country"].message == "This country is not known."
    assert dialog.fields.rows["kind"].message
    assert dialog.fields.rows["source"].message
    assert named(dialog, "Country", CountryCombo).currentText() == "Atlantis"
    dialog.close()


def test_what_a_colleague_changes_is_seen_at_once(card: RulesCard, office: Office, desk: Desk) -> None:
    desk.do(save_deadline_rule, DeadlineRuleDraft("SE", REFLECTION, days=33, source="A letter"))
    rest(office.jobs)
    assert "Sweden: Reflection period: 33 days · A letter, your own" in lines(card)
