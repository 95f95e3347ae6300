"""One short working day by whatever clock the process was given; what came of it goes to standard output as JSON.

python work_under_clock.py FOLDER WORDS
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from aftercare.domain.clock import Clock
from aftercare.domain.drafts.notes import NoteDraft
from aftercare.domain.rows.survivors import SurvivorFilter
from aftercare.services.backups import back_up
from aftercare.services.drafts import find_draft, keep_draft
from aftercare.services.notes import save_note
from aftercare.services.opening import open_office
from aftercare.services.survivors import list_survivors
from aftercare.services.today import today_view
from aftercare.services.verifying import verify_records

NAME, PASSPHRASE = "rahman", "orchard lantern violet harbour"


def main(folder: Path, words: str) -> None:
    with open_office(folder, NAME, PASSPHRASE, clock=Clock()) as office:
        desk = office.desk
        began = desk.clock.now()
        (row,) = desk.ask(list_survivors, SurvivorFilter(), None, 10).rows
        note = desk.do(save_note, row.case_id, NoteDraft(words))
        desk.do(keep_draft, "note", "", {"fields": {"words": words}})
        desk.ask(today_view)
        done = back_up(office)
        print(  # noqa: T201
            json.dumps(
                {
                    "began": began.isoformat(),
                    "on": note.value.on.isoformat(),
                    "today": desk.clock.today().isoformat(),
                    "now": desk.clock.now().isoformat(),
                    "backup": done.number,
                    "warnings": sorted(type(warning).__name__ for warning in office.warnings),
                    "draft": desk.ask(find_draft, "note") is not None,
                    "sound": verify_records(office).sound,
                }
            )
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
