"""What a rule says about the end of a deadline, offered in its form: with its source, and to be taken or left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton

from aftercare.domain.codes import Area, DeadlineKind
from aftercare.gui.dialogs.deadline import DeadlineDialog
from aftercare.gui.office import Office
from aftercare.gui.widgets.choices import CodeCombo
from aftercare.services.appointments import show_diary
from aftercare.services.desk import Desk
from hands import click, named, part, rest
from makers import a_survivor


@pytest.fixture
def dialog(office: Office, desk: Desk) -> Iterator[DeadlineDialog]:
    made = DeadlineDialog(office, a_survivor(desk).case_id, Area.LEGAL)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    made.show()
    rest(office.jobs)
    yield made
    made.close()
    made.deleteLater()
    rest(office.jobs)


def begin(dialog: DeadlineDialog, kind: DeadlineKind, day: str) -> None:
    named(dialog, "What ends", CodeCombo).show_code(kind)
    named(dialog, "Begins", QLineEdit).setText(day)


def offer(dialog: DeadlineDialog) -> QPushButton:
    return part(dialog, QPushButton, "take_end")


def hint(dialog: DeadlineDialog) -> str:
    return dialog.fields.rows["ends_on"].message


def test_the_least_that_holds_everywhere_is_offered_with_its_source_and_taken(
    dialog: DeadlineDialog, desk: Desk, office: Office
) -> None:
    assert not offer(dialog).isVisible()
    begin(dialog, DeadlineKind.REFLECTION_PERIOD, "1 Nov 2026")
    assert hint(dialog).startswith("At least until 30 Nov 2026. Source: Council of Europe")
    click(named(dialog, "Use 30 Nov 2026", QPushButton))
    assert not offer(dialog).isVisible()
    case_id = dialog._case_id
    click(dialog.form.save)
    rest(office.jobs)
    assert [row.ends_on for row in desk.ask(show_diary, case_id, Area.LEGAL).deadlines] == [date(2026, 11, 30)]


def test_the_country_of_the_organisation_decides_and_another_day_stays(dialog: DeadlineDialog, office: Office) -> None:
    office.settings = replace(office.settings, country="BE")
    named(dialog, "Ends", QLineEdit).setText("1 Mar 2027")
    begin(dialog, DeadlineKind.REFLECTION_PERIOD, "1 Nov 2026")
    assert hint(dialog).startswith("Until 15 Dec 2026. Source: ")
    assert offer(dialog).isVisible()
    assert named(dialog, "Ends", QLineEdit).text() == "1 Mar 2027"


def test_nothing_is_offered_where_no_rule_is_known_or_no_day(dialog: DeadlineDialog) -> None:
    begin(dialog, DeadlineKind.APPEAL, "1 Nov 2026")
    assert (hint(dialog), offer(dialog).isVisible()) == ("", False)
    begin(dialog, DeadlineKind.REFLECTION_PERIOD, "soon")
    assert (hint(dialog), offer(dialog).isVisible()) == ("", False)
