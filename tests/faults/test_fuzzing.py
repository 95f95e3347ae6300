"""Row 14, guided by what each content reaches: atheris looks for a file that is neither taken nor refused.

It is installed for this test alone, into a folder that is thrown away: nothing else needs it.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from hostile_files import READERS
from proof import Proof

SCRIPT = Path(__file__).with_name("fuzz_files.py")
LOCK = Path(__file__).resolve().parents[2] / "packaging" / "fuzzing.lock"
SECONDS, LONGEST_S, MEMORY_MB = 30, 20, 2_000

pytestmark = [
    pytest.mark.promise(14),
    pytest.mark.slow,
    pytest.mark.full,
    pytest.mark.timeout(900),
    pytest.mark.skipif(sys.platform != "linux", reason="atheris is made for Linux"),
]


@pytest.fixture(scope="session")
def atheris(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where it is installed; skips where there is none for this Python or no way to fetch it."""
    place = tmp_path_factory.mktemp("atheris")
    uv = [sys.executable, "-m", "uv", "pip", "install", "-q"]
    install = [*uv, "--require-hashes", "--target", str(place), "-r", str(LOCK)]
    done = subprocess.run(install, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("atheris cannot be installed here")
    return place


@pytest.mark.parametrize("name", READERS)
def test_fuzzing_finds_nothing_that_is_neither_read_nor_refused(
    atheris: Path, name: str, tmp_path: Path, proof: Proof
) -> None:
    limits = [f"-max_total_time={SECONDS}", f"-timeout={LONGEST_S}", f"-rss_limit_mb={MEMORY_MB}", "-max_len=40000"]
    command = [sys.executable, str(SCRIPT), name, str(tmp_path), *limits, f"-artifact_prefix={tmp_path}/"]
    environment = os.environ | {"PYTHONPATH": str(atheris)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, errors="replace")
    assert done.returncode == 0, done.stderr[-4000:]
    runs = re.search(r"Done (\d+) runs", done.stderr)
    assert runs is not None, done.stderr[-2000:]
    proof.tried(int(runs[1]))
