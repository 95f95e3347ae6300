"""The unlock window paints before anything is loaded that only an open vault needs. No time is measured here."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from aftercare.services.opening import FirstPerson, create_office
from aftercare.vault import CHEAP_KDF
from conftest import CLOCK, PASSPHRASE

NOT_YET = (
    "sqlalchemy",
    "sqlcipher3",
    "alembic",
    "reportlab",
    "babel",
    "cryptography",
    "argon2",
    "aftercare.words",
    "aftercare.notices",
    "aftercare.records",
    "aftercare.gui.workplace",
    "aftercare.cli",
    "aftercare.domain.demo.person",
    "typer",
    "PySide6.QtDBus",
    "PySide6.QtWidgets.QStyle",
    "PySide6.QtWidgets.QWizard",
    "aftercare.domain.errors.backups",
    "importlib.resources",
    "logging.handlers",
    "tomllib",
)
ENTRANCE = """
import json, os, sys
from aftercare.gui import first_paint

def painted():
    from PySide6 import QtWidgets
    made = ["PySide6.QtWidgets." + name for name in vars(QtWidgets)]  # classes that Python asked for
    print(json.dumps(sorted([*sys.modules, *made])), flush=True)
    os._exit(0)

wait = first_paint.after_first_paint
first_paint.after_first_paint = lambda window, then, owner=None: wait(window, painted)
from aftercare.__main__ import main
main()
"""
READ_AHEAD = """
import json, sys
from datetime import date

from aftercare.i18n import current
from aftercare.services.opening import load_ahead
from aftercare.vault import crypto

load_ahead()
read = []
sys.addaudithook(lambda event, about: read.append(str(about[0])) if event in ("open", "import") else None)
private, public = crypto.new_key_pair()
crypto.unbox(private, crypto.box(public, bytes(32), b""), b"")
crypto.derived_key(crypto.random_key(), crypto.Purpose.AUDIT)
words, today = current(), date(2026, 11, 24)
words.date(today), words.day(today), words.weekday(today), words.number(1.5), words.language_name("ti")
print(json.dumps(read))
"""


def test_the_unlock_window_paints_before_the_data_layer_is_loaded(tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    create_office(folder, FirstPerson("rahman", "A. Rahman"), PASSPHRASE, clock=CLOCK, kdf=CHEAP_KDF)[0].close()
    homes = {name: str(tmp_path) for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "HOME")}
    done = subprocess.run(
        [sys.executable, "-c", ENTRANCE, "--vault", str(folder)],
        env={**os.environ, **homes, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    loaded = set(json.loads(done.stdout.splitlines()[-1]))
    assert "aftercare.gui.unlock" in loaded
    assert sorted(loaded.intersection(NOT_YET)) == []


def test_whoever_unlocks_waits_for_no_library_and_no_calendar() -> None:
    """All that keys, dates, numbers and names of languages need is read while the password is typed."""
    done = subprocess.run([sys.executable, "-c", READ_AHEAD], capture_output=True, text=True, timeout=60, check=True)
    assert json.loads(done.stdout) == []


def test_what_makes_keys_and_what_lays_out_batches_load_nothing_that_others_need() -> None:
    """The short process waits for no way to start another; only a batch of reports starts processes of Python."""
    source = (
        "import sys; import aftercare.vault.derive; assert 'subprocess' not in sys.modules;"
        "import aftercare.services.report_batch; assert 'multiprocessing' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", source], check=True, timeout=60)


def test_imports_are_ordinary_after_the_toolkit_is_loaded() -> None:
    source = (
        "from aftercare.gui.toolkit import load_toolkit; load_toolkit(); import builtins, linecache, xml.dom.minidom;"
        "assert builtins.__import__ is builtins.__orig_import__;"
        "assert not [name for name in linecache.cache if 'minidom' in name]"
    )
    subprocess.run([sys.executable, "-c", source], check=True, timeout=60)
