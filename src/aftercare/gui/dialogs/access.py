"""What one colleague may do besides their roles: how far they see, what is given or withheld, their teams."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtWidgets import QWidget

from aftercare.domain.drafts.access import AccessDraft
from aftercare.domain.permissions import ADJUSTABLE, Permission, Reach, granted, reach_of
from aftercare.domain.rows.access import AccessRow, TeamRow
from aftercare.gui.dialogs.form_dialog import Deed, FormDialog
from aftercare.gui.office import Office
from aftercare.gui.widgets.choices import CodeCombo
from aftercare.gui.widgets.ticks import Ticks
from aftercare.i18n import tr
from aftercare.services.access import change_access
from aftercare.words.access import PERMISSIONS, REACHES

_GIVEN, _WITHHELD = "given", "withheld"


class AccessDialog(FormDialog):
    """Each answer is «as the roles say», with what they say, unless something else is decided for this person."""

    preferred_width = 640

    def __init__(self, office: Office, row: AccessRow, teams: Sequence[TeamRow], parent: QWidget | None = None) -> None:
        title = tr("What {name} may do", name=row.display_name)
        super().__init__(office, title, tr("It holds from the next sign-in on."), parent)
        self._row = row
        by_roles = reach_of(row.roles, None)
        said = tr(REACHES[by_roles]) if by_roles else tr("Nobody’s records")
        self._reach = CodeCombo()
        self._reach.show_choices(
            [(reach.value, tr(REACHES[reach])) for reach in Reach], blank=tr("As the roles say: {what}", what=said)
        )
        self._reach.show_code(row.own_reach.value if row.own_reach else None)
        self._reach.setEnabled(by_roles is not None)
        self.fields.part("reach", tr("Whose records"), self._reach)
        if by_roles is None:
            self.fields.rows["reach"].explain(tr("These roles see nobody’s records, and nothing can be given to them."))
        held = granted(row.roles)
        self._answers = {
            permission: self._ask(permission, permission in held)
            for permission in Permission
            if permission in ADJUSTABLE
        }
        self._teams = Ticks()
        self._teams.show_choices((str(team.id), team.name, "") for team in teams)
        self._teams.show_codes(map(str, row.teams))
        if teams:
            self.fields.part("teams", tr("Teams"), self._teams)
        self.begin("access", str(row.staff_id))

    def drafted(self) -> list[QWidget]:
        """None: what somebody may do is decided in one go."""
        return []

    def saving(self) -> Deed:
        draft = AccessDraft(
            reach=Reach(self._reach.code) if self._reach.code else None,
            given=self._answered(_GIVEN),
            withheld=self._answered(_WITHHELD),
            teams=frozenset(map(UUID, self._teams.codes)),
            version=self._row.version,
        )
        return Deed(change_access, (self._row.staff_id, draft), "")

    def _ask(self, permission: Permission, by_roles: bool) -> CodeCombo:
        row = self._row
        answer = CodeCombo()
        as_roles = tr("As the roles say: yes") if by_roles else tr("As the roles say: no")
        answer.show_choices([(_GIVEN, tr("Given")), (_WITHHELD, tr("Withheld"))], blank=as_roles)
        decided = _GIVEN if permission in row.given else _WITHHELD if permission in row.withheld else None
        answer.show_code(decided)
        answer.setEnabled(Permission.SEE_RECORDS in granted(row.roles))
        self.fields.part(permission.value, tr(PERMISSIONS[permission]), answer)
        return answer

    def _answered(self, answer: str) -> frozenset[Permission]:
        return frozenset(permission for permission, combo in self._answers.items() if combo.code == answer)
