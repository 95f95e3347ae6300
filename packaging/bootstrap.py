"""Set up what is missing on this machine, then run one command in the project's own environment.

    python3 packaging/bootstrap.py [--for test|faults] -- COMMAND [ARG ...]

Needs git, make and Python 3.11 or newer; everything else it installs: a virtual environment in .venv with the locked
dependencies (requirements.lock, by hash), the forms and resources, and on Debian or Ubuntu the libraries that Qt loads.
Without root or sudo it prints the one line that somebody with these rights has to run.
"""

from __future__ import annotations

import argparse
import ctypes.util
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "aftercare-setup"
IS_WINDOWS = sys.platform == "win32"
BIN = VENV / ("Scripts" if IS_WINDOWS else "bin")
OLDEST = (3, 11)

# what Qt loads without saying so in its wheel: library -> Debian package
WINDOW_LIBRARIES = {
    "dbus-1": "libdbus-1-3",
    "EGL": "libegl1",
    "fontconfig": "libfontconfig1",
    "freetype": "libfreetype6",
    "GL": "libgl1",
    "glib-2.0": "libglib2.0-0",
    "X11": "libx11-6",
    "xkbcommon": "libxkbcommon0",
    "zstd": "libzstd1",
    "X11-xcb": "libx11-xcb1",
    "xcb-cursor": "libxcb-cursor0",
    "xcb-icccm": "libxcb-icccm4",
    "xcb-image": "libxcb-image0",
    "xcb-keysyms": "libxcb-keysyms1",
    "xcb-randr": "libxcb-randr0",
    "xcb-render-util": "libxcb-render-util0",
    "xcb-render": "libxcb-render0",
    "xcb-shape": "libxcb-shape0",
    "xcb-shm": "libxcb-shm0",
    "xcb-sync": "libxcb-sync1",
    "xcb-util": "libxcb-util1",
    "xcb-xfixes": "libxcb-xfixes0",
    "xcb-xkb": "libxcb-xkb1",
    "xkbcommon-x11": "libxkbcommon-x11-0",
}
TEST_PROGRAMS = {
    "Xvfb": "xvfb",
    "xauth": "xauth",
    "openbox": "openbox",
    "xdotool": "xdotool",
    "pdftotext": "poppler-utils",
    "dbus-run-session": "dbus",
}
# what breaks disks and clocks on purpose, for `make faults`
FAULT_PROGRAMS = {
    "fiu-run": "fiu-utils",
    "faketime": "faketime",
    "strace": "strace",
    "unshare": "util-linux",
    # one of the tests that take minutes freezes the program
    "objdump": "binutils",
    "patchelf": "patchelf",
}
TEST_FILES = {
    "/usr/share/fonts/truetype/noto": "fonts-noto-core",
    "/usr/libexec/at-spi2-registryd": "at-spi2-core",
    "/usr/lib/python3/dist-packages/pyatspi": "python3-pyatspi",
}


def missing_packages(purpose: str) -> list[str]:
    """Debian packages that this purpose needs and this machine does not have."""
    if not sys.platform.startswith("linux"):
        return []
    missing = [package for name, package in WINDOW_LIBRARIES.items() if ctypes.util.find_library(name) is None]
    if not _can_make_environments():
        missing.append("python3-venv")
    if purpose == "faults":
        missing += [package for program, package in FAULT_PROGRAMS.items() if shutil.which(program) is None]
    if purpose in ("test", "faults"):
        missing += [package for program, package in TEST_PROGRAMS.items() if shutil.which(program) is None]
        missing += [package for path, package in TEST_FILES.items() if not Path(path).exists()]
    return missing


def _can_make_environments() -> bool:
    if STAMP.exists():
        return True
    done = subprocess.run([sys.executable, "-c", "import ensurepip, venv"], capture_output=True, check=False)
    return done.returncode == 0


def install_packages(packages: list[str]) -> None:
    """Through apt as root or by sudo without a question; otherwise say the line to run, and go on where possible."""
    if not packages:
        return
    line = "apt-get install -y --no-install-recommends " + " ".join(sorted(packages))
    if shutil.which("apt-get") is None:
        print(f"These libraries are missing; please install them: {' '.join(sorted(packages))}", file=sys.stderr)
    elif (rights := _rights()) is not None:
        print(f"installing {len(packages)} system packages: {' '.join(sorted(packages))}", flush=True)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run([*rights, "apt-get", "-qq", "update"], env=environment, check=False, stdout=subprocess.DEVNULL)
        done = subprocess.run([*rights, *line.split()], env=environment, check=False, stdout=subprocess.DEVNULL)
        if done.returncode == 0:
            return
        print(f"That did not work. Please run: sudo {line}", file=sys.stderr)
    else:
        print(f"Some system packages are missing. Please run once: sudo {line}", file=sys.stderr)
    if "python3-venv" in packages:
        raise SystemExit(1)


def _rights() -> list[str] | None:
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return []
    asked = ["sudo", "-n", "true"]
    if shutil.which("sudo") and subprocess.run(asked, capture_output=True, check=False).returncode == 0:
        return ["sudo", "-n", "DEBIAN_FRONTEND=noninteractive"]
    return None


def _fingerprint() -> str:
    told = hashlib.sha256(LOCK.read_bytes() + (ROOT / "pyproject.toml").read_bytes())
    told.update(f"{sys.version_info[:2]} {ROOT}".encode())
    return told.hexdigest()


def make_environment() -> None:
    """The virtual environment with exactly what requirements.lock says; nothing to do where it stands already."""
    wanted = _fingerprint()
    if STAMP.exists() and STAMP.read_text(encoding="utf-8") == wanted:
        return
    print("setting up the project's environment in .venv (once)", flush=True)
    if not (BIN / ("python.exe" if IS_WINDOWS else "python")).exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=True)
    python = str(BIN / "python")
    uv_line = next(line for line in LOCK.read_text(encoding="utf-8").splitlines() if line.startswith("uv=="))
    subprocess.run([python, "-m", "pip", "install", "--quiet", uv_line.split()[0].rstrip("\\")], check=True)
    uv = [python, "-m", "uv", "--quiet"]
    environment = {**os.environ, "UV_COMPILE_BYTECODE": "1", "VIRTUAL_ENV": str(VENV)}
    subprocess.run([*uv, "pip", "sync", "--require-hashes", str(LOCK)], check=True, env=environment, cwd=ROOT)
    subprocess.run(
        [*uv, "pip", "install", "--no-deps", "--no-build-isolation", "-e", str(ROOT)],
        check=True,
        env=environment,
        cwd=ROOT,
    )
    STAMP.write_text(wanted, encoding="utf-8")


def build_assets() -> None:
    subprocess.run([str(BIN / "python"), str(ROOT / "packaging" / "build_assets.py")], check=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--for", dest="purpose", choices=["use", "test", "faults"], default="use")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    asked = parser.parse_args()
    if sys.version_info < OLDEST:
        oldest = ".".join(map(str, OLDEST))
        print(f"Python {oldest} or newer is needed; this is {sys.version.split()[0]}.", file=sys.stderr)
        return 1
    install_packages(missing_packages(asked.purpose))
    make_environment()
    build_assets()
    command = [word for word in asked.command if word != "--"]
    if not command:
        return 0
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    # only what Python itself would find: the program's folder, not this script's
    environment.pop("PYTHONPATH", None)
    # Windows would look for it along the path of this process, not along the new one
    program = shutil.which(command[0], path=environment["PATH"]) or command[0]
    return subprocess.run([program, *command[1:]], env=environment, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main())
