"""The program talks to nobody: it works without any network, and no call of it opens a socket that could leave.

Each command runs in a network namespace with nothing in it, under strace, which sees every socket of every process it
starts. Where the kernel forbids such namespaces strace alone must do.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from aftercare.services.opening import open_office
from conftest import CLOCK, FIRST, PASSPHRASE, Template
from makers import a_survivor
from proof import Proof

LEAVES = re.compile(r"AF_INET6?\b|AF_PACKET|AF_BLUETOOTH|sin6?_port|systemd/resolve")
CALLS = "trace=socket,socketpair,connect,bind,sendto,sendmsg,sendmmsg"
CASELOAD = "Client no,First name,Surname,Sex\nK-0001,Selam,Tesfay,f\n"

pytestmark = [
    pytest.mark.promise(15),
    pytest.mark.timeout(600),
    pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace"),
]


@pytest.fixture
def folder(template: Template, tmp_path: Path) -> Path:
    copy = tmp_path / "records"
    shutil.copytree(template.folder, copy)
    with open_office(copy, FIRST.login_name, PASSPHRASE, clock=CLOCK) as office:
        a_survivor(office.desk, "Nadia", "Farouk")
    return copy


def _without_network() -> list[str]:
    """How to start something without any network; empty where the kernel forbids it."""
    for start in (["unshare", "-n"], ["unshare", "-rn"]):
        if (
            shutil.which("unshare")
            and subprocess.run([*start, "true"], capture_output=True, check=False).returncode == 0
        ):
            return start
    return []


def sockets_of(command: list[str], place: Path, ends: tuple[int, ...] = (0,)) -> list[str]:
    """What the command and all it starts asked of the network; it must succeed without one."""
    log = place / "sockets.log"
    tracing = ["strace", "-f", "--seccomp-bpf", "-o", str(log), "-e", CALLS]
    environment = os.environ | {"HOME": str(place), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [*_without_network(), *tracing, *command], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode in ends, done.stderr[-3000:]
    return [line for line in log.read_text(errors="replace").splitlines() if "(" in line and "---" not in line]


def aftercare(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "aftercare", *arguments]


def test_no_command_opens_a_socket_that_could_leave(folder: Path, tmp_path: Path, proof: Proof) -> None:
    secret, table = tmp_path / "passphrase", tmp_path / "caseload.csv"
    secret.write_text(PASSPHRASE + "\n", encoding="utf-8")
    table.write_text(CASELOAD, encoding="utf-8")
    signed = ("--vault", str(folder), "--login", FIRST.login_name, "--passphrase-file", str(secret))
    for command in (
        ("import", "people", str(table), *signed),
        ("report", "progress", "--case", "S-0001", "--out", str(tmp_path / "report.pdf"), *signed),
        ("report", "plan-sheet", "--case", "S-0001", "--out", str(tmp_path / "sheet.pdf"), *signed),
        ("backup", *signed),
        ("rotate", "--yes", *signed),
        ("verify", *signed),
    ):
        calls = sockets_of(aftercare(*command), tmp_path)
        proof.tried()
        assert [call for call in calls if LEAVES.search(call)] == [], command


@pytest.mark.slow
def test_no_rarer_command_opens_one_either(folder: Path, tmp_path: Path, proof: Proof) -> None:
    """What is run once a month: making, restoring, saving what is readable, examining, handing out, deleting."""
    secret, log = tmp_path / "passphrase", tmp_path / "log.csv"
    secret.write_text(PASSPHRASE + "\n", encoding="utf-8")
    who = ("--login", FIRST.login_name, "--passphrase-file", str(secret))
    signed = ("--vault", str(folder), *who)
    assert not [call for call in sockets_of(aftercare("backup", *signed), tmp_path) if LEAVES.search(call)]
    (backup,) = (folder / "backups").glob("*.backup")
    for command in (
        ("restore", str(backup), "--into", str(tmp_path / "restored"), *who),
        ("salvage", "--to", str(tmp_path / "saved"), *signed),
        ("doctor", *signed),
        ("log", "export", "--out", str(log), *signed),
        ("log", "check", str(log)),
        ("list", "survivors", *signed),
        ("retention", "list", *signed),
        ("retention", "earlier", *signed),
        ("demo", "--vault", str(tmp_path / "demo"), "--survivors", "3", "--passphrase-file", str(secret)),
    ):
        # the doctor ends with 3 where something about this computer should be looked at
        calls = sockets_of(aftercare(*command), tmp_path, ends=(0, 3) if command[0] == "doctor" else (0,))
        proof.tried()
        assert [call for call in calls if LEAVES.search(call)] == [], command


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_the_whole_window_works_without_a_network_and_asks_for_none(tmp_path: Path, proof: Proof) -> None:
    calls = sockets_of(aftercare("self-test"), tmp_path)
    proof.tried()
    assert [call for call in calls if LEAVES.search(call)] == []


def test_strace_would_have_seen_it(tmp_path: Path) -> None:
    asking = "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).close()"
    assert any(LEAVES.search(call) for call in sockets_of([sys.executable, "-c", asking], tmp_path))


def test_nothing_in_the_program_imports_a_way_out() -> None:
    """What talks over a network is not even loaded by the window; Qt's network module is not installed with it."""
    program = (
        "import sys, aftercare.gui.rounds, aftercare.cli, aftercare.services.importing, aftercare.vault;"
        "print(*sorted({'socketserver', 'http.client', 'ftplib', 'smtplib', 'urllib.request',"
        " 'PySide6.QtNetwork', 'PySide6.QtWebEngineCore'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
