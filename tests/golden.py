"""The kept backups of every format, and how they open."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent / "golden"
LOGIN = "worker"
PASSPHRASE = "the heron sings at dusk"
