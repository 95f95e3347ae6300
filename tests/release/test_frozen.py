"""The program as it is handed out: frozen once from these sources, then it has to prove itself."""

from __future__ import annotations

import ctypes.util
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import freeze
import pytest

import aftercare

_LIBRARY = f"python{sys.version_info[0]}.{sys.version_info[1]}"


def what_is_missing() -> list[str]:
    """What freezing needs from the system and this computer does not have."""
    missing = [tool for tool in ("strip", "objdump", "patchelf") if shutil.which(tool) is None]
    if not sysconfig.get_config_var("Py_ENABLE_SHARED") and ctypes.util.find_library(_LIBRARY) is None:
        missing.append(f"lib{_LIBRARY}")
    return missing


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Windows is frozen by its own workflow")
def test_the_frozen_program_passes_its_own_test(tmp_path: Path) -> None:
    if missing := what_is_missing():
        pytest.skip(f"freezing needs {', '.join(missing)}; `make packages` installs them")
    freeze.make_environment()
    program = freeze.freeze(tmp_path) / "aftercare-cli"
    home = {"HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
    said = subprocess.run([program, "--version"], env=home, capture_output=True, text=True, check=True)
    assert said.stdout == f"{aftercare.__version__}\n"
    tested = subprocess.run([program, "self-test"], env=home, capture_output=True, text=True, check=False)
    assert tested.returncode == 0, tested.stderr
    assert not [path for path in tmp_path.rglob("*.db") if path.is_file()], "the training records were left behind"
