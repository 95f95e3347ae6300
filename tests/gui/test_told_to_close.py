"""What Windows and its installers say: leave, and close; the numbers are Windows' own."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from aftercare.gui.drafting import Drafting
from aftercare.gui.session_watch import CLOSE_MESSAGE, SessionWatch
from aftercare.services.drafts import find_draft
from aftercare.services.opening import open_office
from conftest import CLOCK, FIRST, PASSPHRASE, Template
from hands import wait_for
from house import House

CLOSING = 0xC123
END_SESSION, QUERY, POWER, SESSION = 0x0016, 0x0011, 0x0218, 0x02B1


@pytest.fixture
def house(template: Template, tmp_path: Path, qtbot: QtBot) -> Iterator[House]:
    folder = tmp_path / "records"
    shutil.copytree(template.folder, folder)
    made = House(folder, CLOCK).start()
    yield made
    made.leave()


@pytest.mark.parametrize(
    ("message", "word", "heard"),
    [
        (POWER, 0x4, ["away"]),  # goes to sleep
        (POWER, 0x12, []),  # wakes up
        (SESSION, 0x7, ["away"]),  # the session was locked
        (SESSION, 0x8, []),  # and unlocked
        (SESSION, 0x4, ["away"]),  # a remote desktop was left
        (QUERY, 0, []),  # may still be called off
        (END_SESSION, 0, []),  # was called off
        (END_SESSION, 1, ["close"]),
    ],
)
def test_messages_of_windows_are_understood(qtbot: QtBot, message: int, word: int, heard: list[str]) -> None:
    watch, said = SessionWatch(), list[str]()
    watch.away.connect(lambda: said.append("away"))
    watch.told_to_close.connect(lambda: said.append("close"))
    watch.hear(message, word, CLOSING)
    assert said == heard


def test_an_installer_asks_by_the_name_that_we_listen_for() -> None:
    script = Path(__file__).resolve().parents[2] / "packaging" / "windows" / "aftercare.nsi"
    assert re.search(r'RegisterWindowMessage\w*\(t "([^"]+)"\)', script.read_text(encoding="utf-8"))[1] == CLOSE_MESSAGE  # type: ignore[index]


def test_asked_by_an_installer_the_program_saves_what_is_typed_and_ends(house: House) -> None:
    house.unlock(FIRST.login_name, PASSPHRASE)
    field = QPlainTextEdit(house.inside.frame)
    field.setObjectName("words")
    Drafting(house.inside.office, "close-test", "", field).start()
    house.rest()
    field.show()
    field.setFocus()
    field.insertPlainText("She laughed")
    house.program.session_watch.hear(CLOSING, 0, CLOSING)
    wait_for(lambda: house.ends == ["finished"])
    assert not any(window.isVisible() for window in QApplication.topLevelWidgets())
    with open_office(house.folder, FIRST.login_name, PASSPHRASE, clock=CLOCK) as office:
        draft = office.desk.ask(find_draft, "close-test")
    assert draft is not None
    assert draft.content["fields"]["words"] == "She laughed"


def test_asked_at_the_door_it_ends_as_well(house: House) -> None:
    house.program.session_watch.hear(CLOSING, 0, CLOSING)
    wait_for(lambda: house.ends == ["finished"])
