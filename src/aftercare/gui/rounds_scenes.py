"""Every scene of the rounds, in the order in which they are played."""

from __future__ import annotations

from aftercare.gui.rounds_access import access, teams
from aftercare.gui.rounds_administration import administration
from aftercare.gui.rounds_entrance import entrance_dialogs, first_run, unlock
from aftercare.gui.rounds_extremes import empty, long_names
from aftercare.gui.rounds_manners import Scene
from aftercare.gui.rounds_pages import (
    backup_old,
    list_filtered,
    page,
    reports,
    search,
    settings,
    today_unfinished,
    trouble,
)
from aftercare.gui.rounds_people import (
    TABS,
    import_people,
    name_shown,
    new_person,
    notes,
    other_facts,
    person_dialogs,
    plan,
    tab,
)
from aftercare.gui.rounds_retention import retention

ENTRANCE = (
    Scene("first-run", first_run, in_every_manner=True),
    Scene("unlock", unlock, in_every_manner=True),
    Scene("dialog", entrance_dialogs),
)
INSIDE = (
    Scene("today", page("today"), in_every_manner=True),
    Scene("today", today_unfinished, in_every_manner=True),
    Scene("survivors", page("survivors"), in_every_manner=True),
    Scene("administration", administration, in_every_manner=True),
    *(Scene(f"person-{key}", tab(key), in_every_manner=True) for key in TABS),
    Scene("person-name-shown", name_shown),
    Scene("reports", reports, in_every_manner=True),
    Scene("settings", settings, in_every_manner=True),
    Scene("backup-old", backup_old, in_every_manner=True),
    Scene("dialog", person_dialogs, in_every_manner=True),
    Scene("dialog-new-person", new_person, in_every_manner=True),
    Scene("dialog-import-people", import_people, in_every_manner=True),
    Scene("dialog", notes),
    Scene("plan", plan, in_every_manner=True),
    Scene("dialog-fact", other_facts),
    Scene("search", search, in_every_manner=True),
    Scene("access", access, in_every_manner=True),
    Scene("teams", teams, in_every_manner=True),
    Scene("retention", retention, in_every_manner=True),
    Scene("survivors", list_filtered),
    Scene("dialog", trouble),
    Scene("empty", empty),
    Scene("long-names", long_names),
)
