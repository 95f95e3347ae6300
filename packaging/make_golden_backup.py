"""Writes tests/golden/backup-format-N.backup: a small backup of invented people, kept for every format there was.

    .venv/bin/python packaging/make_golden_backup.py

Run once when the format of backups rises, before the first release with it; a file that was released stays as it is.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from aftercare.domain.clock import stopped_at  # noqa: E402
from aftercare.services.backups import back_up  # noqa: E402
from aftercare.services.training import TrainingOrder, make_training_office  # noqa: E402
from aftercare.vault import CHEAP_KDF  # noqa: E402
from aftercare.vault.backup_file import FORMAT  # noqa: E402
from golden import FOLDER, LOGIN, PASSPHRASE  # noqa: E402


def main() -> None:
    clock = stopped_at(datetime(2026, 11, 23, 9, 0, tzinfo=UTC))
    target = FOLDER / f"backup-format-{FORMAT}.backup"
    with tempfile.TemporaryDirectory() as scratch:
        order = TrainingOrder(1, 7, LOGIN)
        office, _code = make_training_office(Path(scratch) / "vault", order, PASSPHRASE, clock=clock, kdf=CHEAP_KDF)
        with office:
            office.vault.checkpoint()
            done = back_up(office)
        FOLDER.mkdir(exist_ok=True)
        shutil.copyfile(done.path, target)
    print(f"{target.relative_to(ROOT)}: {target.stat().st_size} bytes")


if __name__ == "__main__":
    main()
