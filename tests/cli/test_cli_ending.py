"""How commands end: exit codes, what is said on standard error, and nothing left half done."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from aftercare.services import training
from terminal import Run, to


def test_ctrl_c_leaves_nothing_half_and_says_so(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def pressed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(training, "tell_person", pressed)
    ran = run("demo", *to(tmp_path / "made"), "--survivors", "2")
    assert ran.code == 130
    assert "Stopped" in ran.err
    assert not (tmp_path / "made").exists()


def test_a_mistake_of_ours_has_a_number_and_no_words_of_anybody(
    run: Run, vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("Selam Tesfay")

    monkeypatch.setattr("aftercare.services.survivors.survivor_list.list_survivors", broken)
    ran = run("list", "survivors", *to(vault))
    assert ran.code == 1
    assert "incident" in ran.err
    assert "Selam" not in ran.err + ran.out


def test_without_a_command_the_window_opens(run: Run, tmp_path: Path) -> None:
    assert run().out.strip() == "window usual"
    assert run("--vault", str(tmp_path)).out.strip() == f"window {tmp_path.name}"


def test_self_test_and_screenshots_end_with_what_the_window_says(run: Run, tmp_path: Path) -> None:
    assert run("self-test").code == 0
    assert run("self-test", self_test=1).code == 1
    assert run("screenshots", "today", "--out", str(tmp_path / "png")).out.strip() == "pictures png today"


@pytest.mark.parametrize("arguments", [("nonsense",), ("list",), ("demo", "--survivors", "0"), ("import", "people")])
def test_wrong_use_gives_exit_code_two(run: Run, arguments: tuple[str, ...]) -> None:
    assert run(*arguments).code == 2


def test_the_command_line_loads_neither_qt_nor_the_database_to_say_its_help() -> None:
    script = (
        "import sys; from aftercare import app\n"
        "try: app.run_command_line(['--help'])\n"
        "except SystemExit: pass\n"
        "print([name for name in ('PySide6', 'sqlalchemy', 'reportlab', 'sqlcipher3') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
