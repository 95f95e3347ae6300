"""A process killed anywhere in a deletion: all of it stands or nothing, and what is left to do is done afterwards."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest

from aftercare.domain.retention import WORDS, Extent
from aftercare.domain.rows.retention import PurgeOrder
from aftercare.services import forgetting, purging, purging_deeds
from aftercare.services.backups import back_up, restore
from aftercare.services.opening import OpenOffice, open_office
from aftercare.services.work import Confirmation
from aftercare.vault import forgetting as vault_forgetting
from aftercare.vault import kept_aside as vault_kept_aside
from aftercare.vault import verify_vault
from aftercare.vault.files import Layout
from conftest import CLOCK, NOW, PASSPHRASE, Template
from makers import a_survivor
from planted import backups_with, plant, traces

MARK = "zanzaquux"

pytestmark = [
    pytest.mark.promise(1, 6),
    pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL"),
    pytest.mark.filterwarnings("ignore:This process.*multi-threaded:DeprecationWarning"),
]

MOMENTS: dict[str, tuple[object, str, bool]] = {
    "before the words go": (purging, "forget_around", False),
    "between two tables": (purging_deeds, "_empty_changes", False),
    "just before the commit": (purging, "_tell", False),
    "before the file is written anew": (vault_forgetting, "rebuild_search_index", True),
    "after it was": (forgetting, "note_cleaned", True),
    "before the fresh backup": (forgetting, "carry_out", True),
    "before older backups go": (vault_forgetting, "delete_backups_holding", True),
    "before earlier records go": (vault_forgetting, "destroy_named", True),
    "between the keys of earlier records and the rest": (vault_kept_aside, "overwrite_keys", True),
    "before that is noted": (forgetting, "note_reached", True),
}
"""At which call the process dies, and whether the deletion stands then."""


def _open(folder: Path) -> OpenOffice:
    office = open_office(folder, "rahman", PASSPHRASE, clock=CLOCK)
    office.desk.confirmation = Confirmation(NOW)
    return office


@pytest.fixture(scope="module")
def made(template: Template, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, UUID]:
    """Somebody with words in every field, a backup that holds them, and earlier records that a restore left."""
    folder = tmp_path_factory.mktemp("made") / "vault"
    shutil.copytree(template.folder, folder)
    with _open(folder) as office:
        hers = a_survivor(office.desk, MARK, MARK).survivor_id
        plant(office.desk, hers, MARK)
        done = back_up(office)
    restore(done.path, folder, "rahman", PASSPHRASE, clock=CLOCK)
    with _open(folder) as office:
        back_up(office)
    return folder, hers


def _killed(deed: Callable[[], None]) -> None:
    child = os.fork()
    if child == 0:
        try:
            deed()
        finally:
            os._exit(0)
    _pid, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status)
    assert os.WTERMSIG(status) == signal.SIGKILL


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_deletion_is_whole_or_not_there_and_goes_on(
    made: tuple[Path, UUID], tmp_path: Path, moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (module, name, stands), folder = MOMENTS[moment], tmp_path / "vault"
    shutil.copytree(made[0], folder)
    (aside,) = Layout(made[0]).kept_aside
    shutil.copytree(aside, tmp_path / aside.name)
    order = PurgeOrder(made[1], Extent.PARTIAL, WORDS)

    def delete() -> None:
        monkeypatch.setattr(module, name, lambda *_args, **_more: os.kill(os.getpid(), signal.SIGKILL))
        forgetting.purge_person(_open(folder), order)

    _killed(delete)
    monkeypatch.undo()
    with _open(folder) as office:
        assert verify_vault(office.vault, lambda _: None, lambda: False).sound
        unfinished = office.desk.ask(forgetting.list_unfinished)
        assert (len(unfinished) == 1) is stands
        if stands:
            assert not {name: rows for name, rows in traces(office.vault, MARK).items() if name not in _REMAINS}
            assert forgetting.finish_if_possible(office)
        else:
            assert len(traces(office.vault, MARK)) > 30
            forgetting.purge_person(office, order)
        assert traces(office.vault, MARK) == {}
        assert backups_with(office.vault, folder / "backups", MARK, tmp_path / "scratch") == []
        assert list((folder / "backups").glob("*.backup"))
        assert Layout(folder).kept_aside == []
        assert office.desk.ask(forgetting.list_unfinished) == ()


_REMAINS = ("pages", "search_fts_data", "search_fts_people_data")
"""Where remains may stand until the file was written anew."""
