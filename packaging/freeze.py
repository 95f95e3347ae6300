"""Freeze the program into one folder: dist/aftercare with `aftercare` (a window) and `aftercare-cli` (a console).

    python packaging/freeze.py [--into DIR]

Works in an environment of its own with exactly what packaging/release.lock says, and sets what makes two builds of the
same sources on the same machine alike: the date of the last commit, one seed for hashes, no time of day in any file.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

from elf import ELF, binaries

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build"
DIST = ROOT / "dist"
FOLDER = DIST / "aftercare"
LOCK = ROOT / "packaging" / "release.lock"
ENVIRONMENT = BUILD / "release-env"
IS_WINDOWS = sys.platform == "win32"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if IS_WINDOWS else "bin/python")
SPEC = ROOT / "packaging" / "aftercare.spec"
_FIRST_DAY = 1_760_000_000  # for sources without their history


def version() -> str:
    """As the program itself says it (pyproject.toml says the same: a test compares)."""
    text = (ROOT / "src" / "aftercare" / "__init__.py").read_text(encoding="utf-8")
    return text.partition('__version__ = "')[2].partition('"')[0]


def moment_of_sources() -> int:
    """Seconds since 1970: SOURCE_DATE_EPOCH, or when the sources were last committed."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if given.isdigit():
        return int(given)
    asked = ["git", "log", "-1", "--format=%ct"]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    return int(done.stdout) if done.returncode == 0 and done.stdout.strip() else _FIRST_DAY


def repeatable() -> dict[str, str]:
    """The surroundings of every tool that makes a file for release."""
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}
    fixed = {"SOURCE_DATE_EPOCH": str(moment_of_sources()), "PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8"}
    return {**kept, **fixed, "PYTHONDONTWRITEBYTECODE": "1"}


def make_environment() -> None:
    """build/release-env with exactly the locked packages; nothing to do where it stands already."""
    stamp = ENVIRONMENT / "aftercare-setup"
    wanted = hashlib.sha256(LOCK.read_bytes() + sys.version.encode()).hexdigest()
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return
    uv = [sys.executable, "-m", "uv", "--quiet"]
    subprocess.run([*uv, "venv", "--clear", "--python", sys.executable, str(ENVIRONMENT)], check=True)
    sync = ["pip", "sync", "--require-hashes", "--python", str(PYTHON), str(LOCK)]
    subprocess.run([*uv, *sync], check=True, cwd=ROOT)
    stamp.write_text(wanted, encoding="utf-8")


def freeze(into: Path = DIST, spec: Path = SPEC) -> Path:
    """Freeze the sources beside this specification into `into`/aftercare; the folder."""
    if not IS_WINDOWS and not sysconfig.get_config_var("Py_ENABLE_SHARED") and not _has_shared_python():
        library = f"libpython{sys.version_info[0]}.{sys.version_info[1]}"
        raise SystemExit(f"Freezing needs Python as a library. Please run: sudo apt-get install -y {library}")
    if IS_WINDOWS:
        from icon import draw_icon  # draws with the environment that is made here

        draw_icon()
    work = BUILD / "freezing"
    for old in (work, into / "aftercare"):
        shutil.rmtree(old, ignore_errors=True)
    command = [str(PYTHON), "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", "--distpath", str(into)]
    subprocess.run([*command, "--workpath", str(work), str(spec)], check=True, env=repeatable(), cwd=ROOT)
    folder = into / "aftercare"
    if not IS_WINDOWS:
        _drop_debugging(folder)
        _forget_build_places(folder)
    even_out(folder)
    return folder


def _has_shared_python() -> bool:
    import ctypes.util

    return ctypes.util.find_library(f"python{sys.version_info[0]}.{sys.version_info[1]}") is not None


def _drop_debugging(folder: Path) -> None:
    """Symbols for debuggers are a tenth of the size; libraries that a wheel has moved bear no rewriting."""
    for path in sorted((folder / "_internal").rglob("*.so*")):
        moved = path.parent.name.endswith(".libs")
        if not moved and not path.is_symlink() and path.read_bytes()[:4] == ELF:
            subprocess.run(["strip", "--strip-debug", str(path)], check=True, env=repeatable())


def _forget_build_places(folder: Path) -> None:
    """A library that would look for others where this machine keeps its Python: on another, anybody's folder."""
    for path in binaries(folder):
        asked = ["patchelf", "--print-rpath", str(path)]
        told = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
        if any(place and not place.startswith("$ORIGIN") for place in told.split(":")):
            subprocess.run(["patchelf", "--remove-rpath", str(path)], check=True)


def even_out(folder: Path) -> None:
    """One date for all, and the rights that every package gives them."""
    moment = moment_of_sources()
    for path in [folder, *folder.rglob("*")]:
        runs = path.is_dir() or path.parent == folder
        path.chmod(0o755 if runs else 0o644)
        os.utime(path, (moment, moment))


def size(folder: Path) -> int:
    """Bytes of all files, as a package counts them."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--into", type=Path, default=DIST, metavar="DIR")
    asked = parser.parse_args()
    make_environment()
    folder = freeze(asked.into.resolve())
    files = sum(path.is_file() for path in folder.rglob("*"))
    print(f"frozen {version()}: {size(folder) / 1e6:.0f} MB in {files} files")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
