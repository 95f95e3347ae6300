"""The Python half of PySide6: sources in a zip inside one of its libraries, compiled anew at each start.

Where the folder `files.dir` lies beside that library it takes what is in there, and there we put it compiled: a
twentieth of the frozen program's start.
"""

from __future__ import annotations

import py_compile
import shutil
import subprocess
import sys
from pathlib import Path

_INTO = "shiboken6/files.dir"
_UNPACK = """
import sys, shiboken6
sys.modules["shibokensupport"].__loader__.zfile.extractall(sys.argv[1])
"""


def compile_support(work: Path) -> list[tuple[str, str, str]]:
    """What goes into the frozen folder, as PyInstaller lists files: place, source, kind."""
    shutil.rmtree(work, ignore_errors=True)
    sources, compiled = work / "sources", work / "compiled"
    sources.mkdir(parents=True)
    subprocess.run([sys.executable, "-c", _UNPACK, str(sources)], check=True)
    listed = []
    for path in sorted((sources / "shibokensupport").rglob("*.py")):
        name = path.relative_to(sources).with_suffix(".pyc")
        kind = py_compile.PycInvalidationMode.UNCHECKED_HASH
        py_compile.compile(str(path), str(compiled / name), name.as_posix(), doraise=True, invalidation_mode=kind)
        listed.append((f"{_INTO}/{name.as_posix()}", str(compiled / name), "DATA"))
    return listed
