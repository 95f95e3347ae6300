"""Words for backups."""

from __future__ import annotations

from aftercare.domain.rows.backups import BackupReason
from aftercare.i18n import N_

BACKUP_REASONS: dict[BackupReason, str] = {
    BackupReason.ROUTINE: N_("by itself"),
    BackupReason.ASKED: N_("asked for"),
    BackupReason.BEFORE_MIGRATION: N_("before an update of the records"),
    BackupReason.BEFORE_IMPORT: N_("before an import"),
    BackupReason.BEFORE_ROTATION: N_("before new keys"),
    BackupReason.BEFORE_PURGE: N_("before records were erased"),
}
