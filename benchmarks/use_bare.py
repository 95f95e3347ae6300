"""Started by window.py: the least that toolkit and library can do with a vault, in a process of its own.

Our engine, fifty rows, a table painted; nothing of our window is loaded. Tells its figures as one line of JSON.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication, QTableWidget, QTableWidgetItem

from benchmarks.conditions import CLOCK, LOGIN, PASSPHRASE
from benchmarks.measuring import resident_megabytes
from benchmarks.waiting import Paints, derive_beforehand, until


def bare(folder: Path) -> dict[str, Any]:
    """The least: our engine, fifty rows, a table painted."""
    from sqlalchemy import text

    from aftercare.vault import open_vault

    _application = QApplication(["bare"])
    derive_beforehand()
    started = time.perf_counter()
    with open_vault(folder, LOGIN, PASSPHRASE, clock=CLOCK) as vault:
        with vault.engine.connect() as connection:
            rows = connection.execute(text("SELECT case_code, gender, birth_date FROM survivor LIMIT 50")).all()
        table = QTableWidget(len(rows), 3)
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                table.setItem(at, column, QTableWidgetItem(str(value)))
        paints = Paints(table)
        table.show()
        until(lambda: paints.count > 0)
        taken = paints.last - started
        memory = resident_megabytes()
    return {"values": [taken], "memory": memory}


if __name__ == "__main__":
    print("USED " + json.dumps(bare(Path(sys.argv[2]))), flush=True)
    os._exit(0)
