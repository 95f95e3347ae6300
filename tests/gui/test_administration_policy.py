"""Policy in the administration: saved together, loosened only by two people, areas of the plan with undo."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from aftercare.domain.approving import Approvable
from aftercare.domain.drafts.notes import NoteDraft
from aftercare.domain.errors import ApprovalNeeded
from aftercare.domain.permissions import Role
from aftercare.gui.dialogs.area_name import AreaNameDialog
from aftercare.gui.notices import Notice
from aftercare.gui.office import Office
from aftercare.gui.pages.administration_policy import PolicyPart
from aftercare.services.areas import add_own_area, office_areas
from aftercare.services.deciding import change_settings, choose_backups
from aftercare.services.desk import Desk
from aftercare.services.notes import save_note
from aftercare.services.office import show_settings
from hands import click, named, open_dialog, rest
from makers import a_colleague, a_survivor


@pytest.fixture
def part(qtbot: QtBot, office: Office) -> PolicyPart:
    made = PolicyPart(office)
    qtbot.addWidget(made)
    made.resize(1000, 900)
    made.show()
    rest(office.jobs)
    return made


def save(part: PolicyPart) -> None:
    click(part.save)
    rest(part.office.jobs)


def test_what_is_decided_is_saved_together_and_nothing_else_is_touched(part: PolicyPart, desk: Desk) -> None:
    desk.do(choose_backups, "/somewhere", "", 6, 48)  # by somebody else, since the form was opened
    part.organisation.setText("  House of Lamps ")
    part.currency.setText("pln")
    part.numbers["glass_minutes"].setValue(30)
    part.two_persons.tick(Approvable.PURGE.value).click()
    save(part)
    kept = desk.ask(show_settings)
    assert (kept.organisation, kept.currency, kept.glass_minutes) == ("House of Lamps", "PLN", 30)
    assert kept.two_persons_for == ("purge",)
    assert (kept.backup_folder, kept.backup_every_hours) == ("/somewhere", 6)
    assert part.office.settings == kept


def test_the_country_is_kept_by_its_code_and_a_word_that_is_none_is_told(part: PolicyPart, desk: Desk) -> None:
    part.country.setEditText("Atlantis")
    save(part)
    assert part.rows["country"].message == "This country is not known."
    part.country.setEditText("Belgium")
    save(part)
    assert desk.ask(show_settings).country == "BE"


def test_one_person_alone_does_not_take_the_second_away(
    qtbot: QtBot, part: PolicyPart, office: Office, desk: Desk
) -> None:
    a_colleague(desk, Role.MANAGER)
    desk.do(change_settings, replace(desk.ask(show_settings), two_persons_for=("purge",)))
    part.two_persons.show_codes([])
    with qtbot.waitSignal(office.jobs.explained) as told:
        click(part.save)
    assert isinstance(told.args[0], ApprovalNeeded)
    assert desk.ask(show_settings).two_persons_for == ("purge",)


def test_what_holds_by_itself_is_not_offered(part: PolicyPart) -> None:
    offered = {tick.text() for tick in part.two_persons.findChildren(QCheckBox)}
    assert {"Export the log", "Disable or remove a colleague", "Replace the recovery code"} <= offered
    assert not {"Ask for two people no longer", "Shut out somebody who agrees to things"} & offered


def test_an_area_is_hidden_and_another_added_with_undo(
    qtbot: QtBot, part: PolicyPart, office: Office, desk: Desk
) -> None:
    with qtbot.waitSignal(office.undo_offered):
        named(part, "Housing", QCheckBox).click()
    rest(office.jobs)
    assert next(area for area in desk.ask(office_areas) if area.area == "housing").hidden
    part.new_area.setText("Garden")
    qtbot.keyClick(part.new_area, Qt.Key.Key_Return)
    rest(office.jobs)
    assert "Garden" in [area.label for area in desk.ask(office_areas)]


# --- how areas are called -----------------------------------------------------------------------------------------


def names_of(desk: Desk) -> dict[str, str]:
    return {area.area: area.label for area in desk.ask(office_areas)}


def test_an_area_is_renamed_and_gets_its_own_name_back(
    qtbot: QtBot, part: PolicyPart, office: Office, desk: Desk
) -> None:
    rename(part, "Rename Money", "Purse", qtbot)
    assert names_of(desk)["money"] == "Purse"
    assert named(part, "Purse", QCheckBox).isChecked()
    assert part.window().focusWidget() is named(part, "Rename Purse", QPushButton)
    rename(part, "Rename Purse", "", qtbot)
    assert names_of(desk)["money"] == ""
    assert named(part, "Money", QCheckBox).isChecked()


def test_a_name_that_another_area_has_is_told_beside_the_field(part: PolicyPart, office: Office, desk: Desk) -> None:
    for name in ("Faith", "Garden"):
        desk.do(add_own_area, name)
    rest(office.jobs)
    dialog = dialog_of(part, "Rename or remove Faith")
    named(dialog, "Name", QLineEdit).setText("garden")
    click(dialog.form.save)
    rest(office.jobs)
    assert dialog.fields.rows["label"].message == "This is used already."
    dialog.close()


def test_an_area_of_ones_own_goes_with_undo_unless_a_record_names_it(
    qtbot: QtBot, part: PolicyPart, office: Office, desk: Desk
) -> None:
    code = desk.do(add_own_area, "Faith").value
    case_id = a_survivor(desk).case_id
    note = desk.do(save_note, case_id, NoteDraft("Went to the choir", area=code)).value
    rest(office.jobs)
    dialog = dialog_of(part, "Rename or remove Faith")
    remove(dialog)
    assert "hide it instead" in dialog.fields.rows["label"].message
    desk.do(save_note, case_id, NoteDraft("Went to the choir", id=note.id, version=note.version))
    with qtbot.waitSignal(office.undo_offered):
        remove(dialog)
    assert code not in names_of(desk)


def test_an_area_that_every_vault_has_is_not_removed(part: PolicyPart, desk: Desk) -> None:
    dialog = dialog_of(part, "Rename Housing")
    assert not dialog.form.remove.isVisible()
    dialog.close()


def dialog_of(part: PolicyPart, name: str) -> AreaNameDialog:
    click(named(part, name, QPushButton))
    return open_dialog(AreaNameDialog)


def rename(part: PolicyPart, button: str, words: str, qtbot: QtBot) -> None:
    dialog = dialog_of(part, button)
    named(dialog, "Name", QLineEdit).setText(words)
    with qtbot.waitSignal(part.office.undo_offered):
        click(dialog.form.save)
    rest(part.office.jobs)


def remove(dialog: AreaNameDialog) -> None:
    click(dialog.form.remove)
    open_dialog(Notice).accept()
    rest(dialog.office.jobs)
