"""People and roles: who works here, what each may do, the codes they come in with, and the teams."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Concatenate
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QWidget

from aftercare.domain.drafts.access import TeamDraft
from aftercare.domain.errors import Problem
from aftercare.domain.rows.access import AccessRow, TeamRow
from aftercare.domain.rows.staff import CodeIssued, StaffRow, StaffState
from aftercare.gui import mnemonics, notices
from aftercare.gui.dialogs.access import AccessDialog
from aftercare.gui.dialogs.one_time_code import OneTimeCodeDialog
from aftercare.gui.dialogs.remove_staff import RemoveStaffDialog
from aftercare.gui.dialogs.staff import StaffDialog
from aftercare.gui.dialogs.team import TeamDialog
from aftercare.gui.office import Office
from aftercare.gui.pages.administration_part import AdministrationPart, deed_button, in_a_row
from aftercare.gui.palette import Tone
from aftercare.gui.rows import Column, RowsModel
from aftercare.gui.widgets.labels import PlainLabel
from aftercare.gui.widgets.rows_table import RowsTable
from aftercare.i18n import current, tr, trn
from aftercare.services.access import list_teams, show_access, show_team
from aftercare.services.opening import OpenOffice
from aftercare.services.rotation import remove_staff
from aftercare.services.staff import close_for_good, disable_staff, enable_staff, reset_staff
from aftercare.services.staff_list import list_staff
from aftercare.services.work import Work
from aftercare.words.access import ROLES, STAFF_STATES

Service = Callable[Concatenate[Work, ...], Any]
_MOST_ROWS = 14


class PeoplePart(AdministrationPart):
    """The list, and what can be done with whoever is chosen in it; dangerous deeds ask first in plain words."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._teams: tuple[TeamRow, ...] = ()
        self._make_people()
        self._teams_card = self.add_card(tr("Teams"), tr("who sees whose records"))
        self.end_cards()
        self.show_teams(())
        office.listen(self, {"staff", "team", "team_member"}, lambda _topic, _about: self.refresh())
        self.refresh()

    def refresh(self) -> None:
        self.look(lambda opened: opened.desk.ask(list_staff, opened.keys()), self.show_people, "people")
        self.office.ask(list_teams, then=self.show_teams, owner=self, topic="teams")

    # --- who works here --------------------------------------------------------------------------------------------

    def _make_people(self) -> None:
        card = self._card = self.add_card(tr("Who works here"), is_wide=True)
        self.people: RowsModel[StaffRow] = RowsModel(self._columns(), lambda row: row.staff_id, self)
        table = self.table = RowsTable()
        table.setAccessibleName(tr("Who works here"))
        table.fit_rows(_MOST_ROWS)
        table.show_model(self.people)
        table.give_way("last", "login")
        table.current_changed.connect(lambda _row: self._show_what_can_be_done())
        table.opened.connect(lambda _row: self.change_names())
        self.add = deed_button(tr("&Add somebody…"), self.add_somebody, "primary")
        self.names = deed_button(tr("&Names and roles…"), self.change_names)
        self.access = deed_button(tr("&What they may do…"), self.change_access)
        self.code = deed_button(tr("New &code…"), self.ask_for_code)
        self.open_or_close = deed_button(tr("&Disable…"), self.disable_or_enable)
        self.remove = deed_button(tr("&Remove…"), self.ask_to_remove, "danger")
        self._of_one = (self.names, self.access, self.code, self.open_or_close, self.remove)
        card.add(in_a_row(self.add, *self._of_one))
        card.add(table)
        self._show_what_can_be_done()

    def show_people(self, rows: tuple[StaffRow, ...]) -> None:
        self.people.show_rows(rows)
        working = sum(row.is_active for row in rows)
        self._card.show_title(tr("Who works here"), trn("{n} account", "{n} accounts", working))
        if rows and self.chosen is None:
            self.table.setCurrentIndex(self.people.index(0, 0))
        self._show_what_can_be_done()

    @property
    def chosen(self) -> StaffRow | None:
        return self.people.row_at(self.table.currentIndex())

    def choose(self, staff_id: UUID) -> None:
        """Put the keys on this account."""
        self.table.setCurrentIndex(self.people.index(self.people.position_of(staff_id), 0))

    def _show_what_can_be_done(self) -> None:
        row = self.chosen
        is_me = row is not None and row.staff_id == self.office.actor.id
        for button in self._of_one:
            button.setEnabled(row is not None)
        if row is None:
            return
        self.access.setEnabled(row.is_active and not is_me)
        self.code.setEnabled(row.is_active and not is_me)
        words = tr("&Disable…") if row.is_active else tr("&Enable…")
        if mnemonics.plain(words) != mnemonics.plain(self.open_or_close.text()):
            self.open_or_close.setText(words)
            mnemonics.settle_in_window(self)
        self.open_or_close.setEnabled(not is_me)
        self.remove.setEnabled(not is_me and row.state is not StaffState.REMOVED)

    def _columns(self) -> list[Column[StaffRow]]:
        return [
            Column("name", tr("Name"), lambda row: row.display_name, strong=True, width=170),
            Column("login", tr("Signs in as"), lambda row: row.login_name, width=110),
            Column("roles", tr("Roles"), _roles_in_words, tip=_roles_in_words),
            Column("state", tr("State"), self._state_in_words, tip=self._state_in_words),
            Column(
                "last",
                tr("Last sign-in"),
                lambda row: self._moment(row.last_login) if row.last_login else tr("never"),
                sort_key=lambda row: row.last_login,
                width=150,
                muted=True,
            ),
        ]

    def _state_in_words(self, row: StaffRow) -> str:
        if row.state is StaffState.WAITING and row.code_expires is not None:
            local = self.office.clock.local(row.code_expires)
            day = current().near_day(local.date(), self.office.clock.today())
            return tr("First sign-in until {moment}", moment=f"{day} {current().time(local)}")
        return tr(STAFF_STATES[row.state])

    def _moment(self, at: datetime) -> str:
        local = self.office.clock.local(at)
        return f"{current().date(local.date())} {current().time(local)}"

    # --- accounts --------------------------------------------------------------------------------------------------

    def add_somebody(self) -> None:
        if self.office.opened is not None:
            dialog = StaffDialog(self.office, self.office.opened, None, self.window())
            dialog.saved.connect(self.show_code)
            dialog.open()

    def change_names(self) -> None:
        if self.chosen is not None and self.office.opened is not None:
            dialog = StaffDialog(self.office, self.office.opened, self.chosen, self.window())
            dialog.saved.connect(lambda _nothing: self.office.said.emit(tr("Account saved")))
            dialog.open()

    def show_code(self, issued: CodeIssued) -> None:
        """Show a code that was just made; there is no other time to see it."""
        OneTimeCodeDialog(self.office, issued, self.window()).open()

    def change_access(self) -> None:
        row = self.chosen
        if row is not None:
            self.office.ask(show_access, then=lambda rows: self._open_access(row, rows), owner=self, topic="access")

    def _open_access(self, chosen: StaffRow, rows: tuple[AccessRow, ...]) -> None:
        row = next((row for row in rows if row.staff_id == chosen.staff_id), None)
        if row is not None:
            dialog = AccessDialog(self.office, row, self._teams, self.window())
            dialog.saved.connect(lambda _nothing: self.office.said.emit(tr("Saved; it holds from the next sign-in")))
            dialog.open()

    def ask_for_code(self) -> None:
        if row := self.chosen:
            if row.state is StaffState.WORKING:
                more = tr(
                    "The password of {name} opens nothing any more, and they choose a new one with the code.",
                    name=row.display_name,
                )
            else:
                more = tr("They choose a password with it. The code of before opens nothing any more.")
            self._ask(
                tr("Make a new one-time code for {name}?", name=row.display_name),
                more,
                tr("Make the code"),
                lambda: self._change(reset_staff, row, self.show_code),
                is_dangerous=row.state is StaffState.WORKING,
            )

    def disable_or_enable(self) -> None:
        if row := self.chosen:
            (self._ask_to_disable if row.is_active else self._ask_to_enable)(row)

    def _ask_to_disable(self, row: StaffRow) -> None:
        self._ask(
            tr("Disable the account of {name}?", name=row.display_name),
            tr("Nobody signs in with it until it is enabled again, with a new code. What they wrote stays."),
            tr("Disable"),
            lambda: self._change(disable_staff, row, lambda _nothing: self.office.said.emit(tr("Account disabled"))),
            is_dangerous=True,
        )

    def _ask_to_enable(self, row: StaffRow) -> None:
        self._ask(
            tr("Enable the account of {name}?", name=row.display_name),
            tr("They come in with a one-time code and choose a new password; the roles are those of before."),
            tr("Enable"),
            lambda: self._change(enable_staff, row, self.show_code),
        )

    def ask_to_remove(self) -> None:
        if row := self.chosen:
            dialog = RemoveStaffDialog(row, self.window())
            dialog.wanted.connect(lambda rotate: self._remove(row, rotate=rotate))
            dialog.open()

    def _remove(self, row: StaffRow, *, rotate: bool) -> None:
        if not rotate:
            self._change(close_for_good, row, lambda _nothing: self._tell_of_key())
            return
        self.work(
            tr("Removing {name} and changing the key of the records…", name=row.display_name),
            lambda opened, progress: remove_staff(opened, row.staff_id, progress),
            lambda _rotated: self.office.said.emit(tr("Removed, and the key of the records is changed")),
            otherwise=self._explain_removal,
            stopped=self._tell_of_key,
        )

    def _explain_removal(self, problem: Problem) -> None:
        self.explain(problem)
        self.refresh()

    def _tell_of_key(self) -> None:
        """The account is closed, and the other half waits."""
        self.form.banner.show_words(
            tr("The key of the records is still to be changed."),
            tr("It waits in “Keys and recovery”."),
            tone=Tone.TODAY,
        )
        self.refresh()

    def _change(self, service: Service, row: StaffRow, then: Callable[[Any], None]) -> None:
        def asking(opened: OpenOffice) -> Any:
            return opened.desk.do(service, opened.keys(), row.staff_id).value

        def changed(answer: Any) -> None:
            then(answer)
            self.refresh()  # a new code stands in the key file alone, and nobody announces that

        self.office.ask_vault(asking, then=changed, owner=self, otherwise=self.explain)

    def _ask(
        self, question: str, more: str, accept: str, then: Callable[[], object], *, is_dangerous: bool = False
    ) -> None:
        notices.ask(self.window(), question, more, accept, then, is_dangerous=is_dangerous)

    # --- teams -----------------------------------------------------------------------------------------------------

    def show_teams(self, teams: tuple[TeamRow, ...]) -> None:
        self._teams = teams
        card = self._teams_card
        card.clear()
        if not teams:
            card.add(
                PlainLabel(
                    tr("There are no teams: everybody sees the records that their roles and their reach give."),
                    "muted",
                    wrap=True,
                )
            )
        for team in teams:
            card.add(self._line_of(team))
        card.add(deed_button(tr("New team…"), lambda: self._ask_members(None)))

    def _line_of(self, team: TeamRow) -> QHBoxLayout:
        line = QHBoxLayout()
        members = trn("{n} member", "{n} members", team.members)
        line.addWidget(PlainLabel(f"{team.name} · {members}", wrap=True), 1)
        name = tr("Change the team {name}", name=team.name)
        line.addWidget(deed_button(tr("Change…"), lambda: self._ask_team(team), "link", name))
        return line

    def _ask_team(self, team: TeamRow) -> None:
        self.office.ask(show_team, team.id, then=self._ask_members, owner=self, topic="team")

    def _ask_members(self, team: TeamDraft | None) -> None:
        people = [(row.staff_id, row.display_name) for row in self.people.rows if row.is_active]
        TeamDialog(self.office, people, team, self.window()).open()


def _roles_in_words(row: StaffRow) -> str:
    return ", ".join(tr(words) for role, words in ROLES.items() if role in row.roles)
