"""An account: a new one with its names and roles, or other names and roles for one that is there."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from aftercare.domain.drafts.staff import StaffDraft, StaffNamesDraft
from aftercare.domain.permissions import Role
from aftercare.domain.rows.staff import StaffRow
from aftercare.gui.dialogs.form_dialog import Deed, FormDialog
from aftercare.gui.office import Office
from aftercare.gui.widgets.ticks import Ticks
from aftercare.i18n import tr
from aftercare.services.opening import OpenOffice
from aftercare.services.staff import add_staff, correct_staff
from aftercare.words.access import ROLE_SENTENCES, ROLES


class StaffDialog(FormDialog):
    """`saved` gives the one-time code of a new account, nothing for one that was there."""

    def __init__(
        self, office: Office, opened: OpenOffice, row: StaffRow | None = None, parent: QWidget | None = None
    ) -> None:
        title = tr("Names and roles") if row else tr("Somebody new works here")
        intro = "" if row else tr("They come in with a one-time code, which is shown next, and choose a password.")
        super().__init__(office, title, intro, parent)
        self._opened, self._row = opened, row
        self._name = self.fields.line(
            "display_name", tr("Name"), row.display_name if row else "", tr("As it stands on plans and in the log")
        )
        self._login = self.fields.line(
            "login_name", tr("Sign-in name"), row.login_name if row else "", tr("What they type to sign in")
        )
        self._roles = Ticks()
        self._roles.show_choices((role.value, tr(ROLES[role]), tr(ROLE_SENTENCES[role])) for role in Role)
        self._roles.show_codes(row.roles if row else ())
        self.fields.part("roles", tr("Roles"), self._roles)
        if row:
            self.fields.rows["roles"].explain(tr("Other roles hold from the next sign-in on."))
        else:
            self.form.save.setText(tr("&Make the one-time code"))
        self.begin("staff", row.login_name if row else "")

    def drafted(self) -> list[QWidget]:
        """None: an account is made in one go, and who it is for stays out of the drafts."""
        return []

    def saving(self) -> Deed:
        keys, roles = self._opened.keys(), frozenset(map(Role, self._roles.codes))
        login_name, display_name = self._login.text(), self._name.text()
        if self._row is None:
            return Deed(add_staff, (keys, StaffDraft(login_name, display_name, roles)), "")
        names = StaffNamesDraft(self._row.staff_id, self._row.version, login_name, display_name)
        return Deed(correct_staff, (keys, names, roles), "")
