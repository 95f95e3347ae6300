"""How long a backup takes here, as the last one told: what cannot be ready while records are locked is not begun then.

Kept with the records, because they seldom move to another computer; the first backup there tells anew.
"""

from __future__ import annotations

from aftercare.domain.rows.backups import BackupDone, BackupPace
from aftercare.records.office import Setting
from aftercare.services.work import Work

AT_LOCK_SECONDS = 6
"""As long as somebody who locks and leaves may have to wait for a backup."""

_KNOWN = "backup_pace"


def backup_pace(work: Work) -> BackupPace | None:
    """What the last backup took; None before the first one."""
    kept = work.session.get(Setting, _KNOWN)
    return None if kept is None else BackupPace(float(kept.value["seconds"]), int(kept.value["size"]))


def note_pace(work: Work, done: BackupDone) -> None:
    """Remember it; of a backup that was only copied there is nothing to remember."""
    if done.pace is not None:
        value = {"seconds": round(done.pace.seconds, 3), "size": done.pace.size}
        work.session.merge(Setting(name=_KNOWN, value=value))
