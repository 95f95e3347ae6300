"""Erasing everything from the command line: meant, told what it does not reach, and certified on paper."""

from __future__ import annotations

import json
import shutil
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest

from aftercare.services import forgetting
from aftercare.services.opening import open_office
from aftercare.services.retention import choose_terms
from conftest import CLOCK
from makers import a_survivor
from planted import close_case
from terminal import PASSPHRASE, Run


def _erase(run: Run, vault: Path, paper: Path, words: str) -> tuple[int, str]:
    done = run(
        *("retention", "erase-everything", "--confirm", words, "--backups", "--certificate", str(paper)),
        *("--vault", str(vault), "--passphrase-file", "-"),
    )
    return done.code, done.out + done.err


def test_everything_is_erased_with_a_certificate_once_it_is_allowed_and_meant(
    run: Run, vault: Path, tmp_path: Path
) -> None:
    paper = tmp_path / "certificate.pdf"
    code, said = _erase(run, vault, paper, "erase everything")
    assert code == 1
    assert "not decided" in said
    with open_office(vault, "rahman", PASSPHRASE, clock=CLOCK) as office:
        office.desk.do(choose_terms, {}, True)
    code, _said = _erase(run, vault, paper, "yes")
    assert code == 2
    assert (vault / "records.db").exists()
    code, said = _erase(run, vault, paper, "erase everything")
    assert code == 0, said
    assert not (vault / "records.db").exists()
    for told in ("overwritten", "Solid-state", "paper with the recovery code"):
        assert told in said
    with pypdfium2.PdfDocument(BytesIO(paper.read_bytes())) as pdf:
        assert "Certificate of erasure" in pdf[0].get_textpage().get_text_bounded()


def test_earlier_records_are_listed_and_destroyed_by_name_where_that_is_meant(run: Run, vault: Path) -> None:
    with open_office(vault, "rahman", PASSPHRASE, clock=CLOCK):
        pass
    aside = vault.with_name(f"{vault.name}-before-2026-11-03-1")
    shutil.copytree(vault, aside)
    here = ("--vault", str(vault), "--passphrase-file", "-")
    (told,) = json.loads(run("retention", "earlier", "--json", *here).out)
    assert (told["folder"], told["replaced_on"]) == (str(aside), "2026-11-03")
    assert told["bytes"] > 100_000
    assert run("retention", "earlier", "--destroy", aside.name, "--confirm", "yes", *here).code == 2
    assert aside.exists()
    done = run("retention", "earlier", "--destroy", aside.name, "--confirm", aside.name, *here)
    assert done.code == 0, done.err
    assert not aside.exists()
    assert run("retention", "earlier", "--destroy", aside.name, "--confirm", aside.name, *here).code == 1


@pytest.mark.parametrize("after_it", [False, True], ids=["before it", "after it"])
def test_ctrl_c_says_whether_a_deletion_stands(
    run: Run, vault: Path, monkeypatch: pytest.MonkeyPatch, after_it: bool
) -> None:
    def pressed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(forgetting, "finish_purges" if after_it else "purge", pressed)
    with open_office(vault, "rahman", PASSPHRASE, clock=CLOCK) as office:
        hers = a_survivor(office.desk, "Amal")
        office.desk.do(close_case, hers.survivor_id)
        code = hers.case_code
    key = ("--vault", str(vault), "--passphrase-file", "-")
    ran = run("retention", "purge", "--case", code, "--confirm", code, *key)
    assert ran.code == 130
    assert ("is deleted here" in ran.err) == after_it
    assert ("Nothing was left half done" in ran.err) != after_it
    monkeypatch.undo()
    with open_office(vault, "rahman", PASSPHRASE, clock=CLOCK) as office:
        assert len(office.desk.ask(forgetting.list_unfinished)) == after_it
