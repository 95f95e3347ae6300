"""After a full day's work, a crash and a restart, no word of the records and no key lies readable on the disk.

Home, settings, caches and temporary files are pointed into one folder, and every file in it is searched: as it is, in
UTF-16 and UTF-32, base64, hex, and inside compressed streams. strace tells whether anything was written elsewhere, and
what was written into files that were gone again before anybody searched: their bytes may still lie on the disk.
"""

from __future__ import annotations

import base64
import gzip
import io
import os
import re
import shutil
import signal
import subprocess
import sys
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest

from aftercare.services.opening import open_office
from aftercare.vault import OpenVault, crypto
from aftercare.vault.crypto import Purpose
from canaries import MARK, files_that_hold, finder, mark_every_text
from conftest import CLOCK, FIRST, PASSPHRASE, Template
from makers import a_goal, a_step, a_survivor
from makers_facts import a_case_with_facts
from proof import Proof
from rounds import few_or

SCRIPT = Path(__file__).with_name("day_to_search.py")
ENDINGS = (signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT) if sys.platform != "win32" else ()
DEEDS = (
    "write_a_note",
    "look_at_everything",
    "search_and_filter",
    "save_and_print_a_report",
    "stop_a_batch_half_way",
    "import_and_stop_and_import",
    "copy",
    "back_up_and_restore",
    "change_the_key",
    "hand_out_the_log",
    "stumble",
    "leave_a_draft",
)
ELSEWHERE = re.compile(
    r'\d+ +openat\([^,]*, "(?P<path>/[^"]*)", (?P<how>[A-Z_|]*O_(?:WRONLY|RDWR)[A-Z_|]*)[^)]*\) = \d'
)
WRITTEN = re.compile(
    r"\d+ +p?write(?:64|v|v2)?\(\d+<(?P<path>/(?!dev/(?!shm/)|proc/|sys/|memfd:)[^>]*)>(?:\(deleted\))?, (?P<what>.*)"
)
QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
CALLS = "openat,execve,write,pwrite64,writev,pwritev,pwritev2"
MOST_BYTES_OF_A_CALL = 65_536
ON_PURPOSE = {"report.pdf", "printed.pdf", "batch", "caseload.csv", "log.csv", "log.csv.signature.json"}
HARMLESS = ("/dev/", "/proc/", "/sys/")

pytestmark = [
    pytest.mark.promise(6),
    pytest.mark.timeout(600),
    pytest.mark.skipif(sys.platform == "win32", reason="needs signals and strace"),
]


class Computer:
    """One folder that the program takes for the whole computer, and what a person saved on purpose beside it."""

    def __init__(self, root: Path) -> None:
        self.home, self.saved, self.log = root / "home", root / "saved", root / "strace.log"
        self.vault = self.home / ".local/share/aftercare/vault"
        self.temporary = self.home / "tmp"
        for folder in (self.vault.parent, self.temporary, self.saved, self.home / "run"):
            folder.mkdir(parents=True, mode=0o700)

    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
        return kept | {
            "HOME": str(self.home),
            "TMPDIR": str(self.temporary),
            "XDG_RUNTIME_DIR": str(self.home / "run"),
            "XDG_DATA_HOME": str(self.home / ".local/share"),
            "XDG_CONFIG_HOME": str(self.home / ".config"),
            "XDG_CACHE_HOME": str(self.home / ".cache"),
            "XDG_STATE_HOME": str(self.home / ".local/state"),
            "PYTHONDONTWRITEBYTECODE": "1",
            "QT_QPA_PLATFORM": "offscreen",
        }

    def run(self, *arguments: str) -> tuple[int, list[str]]:
        """What the program said, and how it ended."""
        command = [sys.executable, str(SCRIPT), *arguments]
        if shutil.which("strace"):
            tracing = ["strace", "-f", "-y", "--seccomp-bpf", "-A", "-s", str(MOST_BYTES_OF_A_CALL)]
            command = [*tracing, "-e", f"trace={CALLS}", "-o", str(self.log), *command]
        done = subprocess.run(
            command, env=self.environment(), capture_output=True, text=True, check=False, cwd=self.home
        )
        told = done.stdout.splitlines()
        assert told, done.stderr[-4000:]
        return done.returncode, told + done.stderr.splitlines()[-15:]

    def files(self) -> list[Path]:
        return [path for path in self.home.rglob("*") if path.is_file()]

    def started(self) -> str:
        """Every program that was started, with its arguments."""
        lines = self.log.read_text(errors="replace").splitlines() if self.log.exists() else ()
        return "\n".join(line for line in lines if "execve(" in line)

    def gone_again(self) -> dict[str, bytes]:
        """What was written into each file that is not there any more, or never had a name."""
        found: dict[str, bytearray] = defaultdict(bytearray)
        with self.log.open(encoding="utf-8", errors="replace") as lines:
            for line in lines:
                written = WRITTEN.match(line)
                if written is None or written["path"].startswith(str(self.saved)) or Path(written["path"]).exists():
                    continue
                for quoted in QUOTED.findall(written["what"]):
                    found[written["path"]] += quoted.encode("latin-1").decode("unicode_escape").encode("latin-1")
        return {path: bytes(content) for path, content in found.items()}

    def written_elsewhere(self) -> set[str]:
        """Files outside the folder that were opened for writing; without strace nobody knows."""
        lines = self.log.read_text(errors="replace").splitlines() if self.log.exists() else ()
        paths = {found["path"] for line in lines if (found := ELSEWHERE.match(line)) is not None}
        inside = (str(self.home), str(self.saved), *HARMLESS)
        # Python's own compiled modules: a process that stretches a passphrase takes no settings from outside
        return {path for path in paths if not path.startswith(inside) and "__pycache__" not in path}


@pytest.fixture
def computer(template: Template, tmp_path: Path) -> Computer:
    """Records in which every text that somebody may have typed holds the mark."""
    made = Computer(tmp_path)
    shutil.copytree(template.folder, made.vault)
    with open_office(made.vault, FIRST.login_name, PASSPHRASE, clock=CLOCK) as office:
        a_case_with_facts(office.desk)
        goal = a_goal(office.desk, a_survivor(office.desk, "Nadia", "Farouk"))
        a_step(office.desk, goal)
        assert mark_every_text(office.vault.engine) > 30
    return made


def keys_of(vault: OpenVault) -> list[bytes]:
    data_key = vault.unlocked.data_key
    sealed = [crypto.derived_key(data_key, purpose) for purpose in Purpose]
    return [data_key, *sealed, PASSPHRASE.encode()]


@few_or(2, few=1, full=3, minutes=20)
def test_after_a_day_and_a_crash_nothing_is_readable_on_the_disk(computer: Computer, rounds: int, proof: Proof) -> None:
    with open_office(computer.vault, FIRST.login_name, PASSPHRASE, clock=CLOCK) as office:
        secrets = [*keys_of(office.vault), MARK.encode()]
    for ending in ENDINGS[:rounds]:
        code, told = computer.run("day", str(computer.saved), str(int(ending)))
        assert told[: len(DEEDS)] == list(DEEDS), "\n".join(told[-8:])
        assert code in (-ending, 128 + ending)
        _search(computer, secrets, proof)
        code, told = computer.run("morning", str(computer.saved))
        assert (code, told[:2]) == (0, ["draft offered", "locked"]), "\n".join(told[-8:])
        _search(computer, secrets, proof)
        with open_office(computer.vault, FIRST.login_name, PASSPHRASE, clock=CLOCK) as office:
            secrets += keys_of(office.vault)  # the day had changed them
        _search(computer, secrets, proof)
        if computer.log.exists():
            _search_what_is_gone(computer, secrets, proof)
            computer.log.unlink()
        assert {path.name for path in computer.saved.iterdir()} == ON_PURPOSE
        shutil.rmtree(computer.saved)
        computer.saved.mkdir()
        shutil.rmtree(computer.vault.with_name("scratch"))


def _search(computer: Computer, secrets: list[bytes], proof: Proof) -> None:
    files = computer.files()
    assert computer.vault / "records.db" in files
    found, searched = files_that_hold(secrets, files)
    proof.tried(searched)
    proof.lost(len(found))
    assert [str(path.relative_to(computer.home)) for path in found] == []
    assert computer.written_elsewhere() == set()
    assert not finder(secrets)(computer.started().encode())
    assert not [path for path in computer.saved.rglob("*") if path.suffix in (".part", ".new", ".tmp")]


def _search_what_is_gone(computer: Computer, secrets: list[bytes], proof: Proof) -> None:
    gone, holds = computer.gone_again(), finder(secrets)
    assert gone  # key files are written under another name first
    told = [path for path, content in gone.items() if holds(content)]
    proof.tried(len(gone))
    proof.lost(len(told))
    assert told == []


def _as_document(words: bytes) -> bytes:
    return b"%PDF-1.7\n<< /Length 1 >> stream\n" + zlib.compress(words * 3) + b"\nendstream"


def _as_workbook(words: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/sharedStrings.xml", words)
    return out.getvalue()


@pytest.mark.parametrize(
    "hide",
    [
        lambda words: words,
        lambda words: words.lower(),
        lambda words: words.decode().encode("utf-16-le"),
        lambda words: words.decode().encode("utf-16-be"),
        lambda words: base64.b64encode(b"x" + words),
        lambda words: base64.urlsafe_b64encode(b"xy" + words),
        lambda words: words.hex().encode(),
        lambda words: gzip.compress(words * 3),
        _as_document,
        _as_workbook,
    ],
)
def test_the_search_would_find_it(hide: Callable[[bytes], bytes]) -> None:
    holds = finder([MARK.encode()])
    assert holds(os.urandom(500) + hide(b"slept well, " + MARK.encode() + b" did") + os.urandom(500))
    assert not holds(os.urandom(5_000))


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")
def test_words_in_a_file_that_nobody_sees_afterwards_would_be_found(tmp_path: Path) -> None:
    computer = Computer(tmp_path)
    program = (
        "import os, sys, tempfile; words = sys.stdin.read().encode('utf-16-le'); file = tempfile.TemporaryFile();"
        "file.write(words[:9]); file.flush(); file.write(words[9:]); file.close(); print('done')"
    )
    tracing = ["strace", "-f", "-y", "-s", str(MOST_BYTES_OF_A_CALL), "-e", f"trace={CALLS}", "-o", str(computer.log)]
    command = [*tracing, sys.executable, "-c", program]
    subprocess.run(command, env=computer.environment(), input=f"{MARK} slept", text=True, check=True)
    assert not files_that_hold([MARK.encode()], computer.files())[0]
    holds = finder([MARK.encode()])
    assert any(holds(content) for content in computer.gone_again().values())
