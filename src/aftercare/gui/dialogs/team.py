"""A team: its name, and who is of it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtWidgets import QWidget

from aftercare.domain.drafts.access import TeamDraft
from aftercare.gui.dialogs.form_dialog import Deed, FormDialog
from aftercare.gui.office import Office
from aftercare.gui.widgets.ticks import Ticks
from aftercare.i18n import tr
from aftercare.services.access import remove_team, save_team


class TeamDialog(FormDialog):
    """`colleagues` are all who have an account, by name; oneself is shown and decided by somebody else."""

    def __init__(
        self,
        office: Office,
        colleagues: Sequence[tuple[UUID, str]],
        team: TeamDraft | None = None,
        parent: QWidget | None = None,
    ) -> None:
        intro = tr("Records of a team are seen by its members, by managers, and by whoever may see everybody.")
        super().__init__(office, tr("Team") if team else tr("New team"), intro, parent)
        self._team = team
        self._name = self.fields.line("name", tr("Name"), team.name if team else "")
        self._members = Ticks()
        self._members.show_choices(
            (str(key), name, tr("Somebody else decides this for you.") if key == office.actor.id else "")
            for key, name in colleagues
        )
        self._members.show_codes(map(str, team.members if team else ()))
        if any(key == office.actor.id for key, _name in colleagues):
            self._members.tick(str(office.actor.id)).setEnabled(False)
        self.fields.part("members", tr("Members"), self._members, tr("It holds from their next sign-in on."))
        self.begin("team", str(team.id if team else ""), team.version if team else None)

    def drafted(self) -> list[QWidget]:
        """None: who is of a team is ticked in one go."""
        return []

    def saving(self) -> Deed:
        members = frozenset(map(UUID, self._members.codes))
        known = self._team
        draft = TeamDraft(self._name.text(), members, known.id if known else None, known.version if known else None)
        return Deed(save_team, (draft,), tr("Team saved"))

    def removing(self) -> Deed | None:
        if self._team is None or self._team.id is None:
            return None
        return Deed(remove_team, (self._team.id, self._team.version), tr("Team removed"))
