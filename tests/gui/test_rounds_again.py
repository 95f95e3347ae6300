"""A round shows its scenes in one manner after another on the same records: what one made is there for the next."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from aftercare.gui import rounds
from aftercare.gui.rounds_manners import Manner
from aftercare.vault import CHEAP_KDF

SHOTS = ("teams-case", "teams", "teams-access")


@pytest.mark.slow
@pytest.mark.timeout(180)
def test_scenes_that_change_records_can_be_shown_once_more(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aftercare.vault.making.measured_kdf", lambda: CHEAP_KDF)
    shown: list[str] = []
    incidents = rounds.go_round(
        [Manner(""), Manner("right-to-left")],
        lambda name, _widget, _tour: shown.append(name),
        only=["teams", "right-to-left-teams"],
    )
    assert incidents == []
    assert shown == [f"{manner}{name}" for manner in ("", "right-to-left-") for name in SHOTS]
