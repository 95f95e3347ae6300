"""`make packages-windows`: pack the program frozen for Windows: setup.exe (NSIS), .msi, portable .zip, group policy.

    python packaging/windows_packages.py [--frozen DIR] [--licences DIR] [--contents FILE] [--version VERSION]

Packing works on Debian and Ubuntu; freezing for release only on Windows (.github/workflows/packages.yml does both and
hands the frozen folder over by `--frozen`). Without one the program is frozen under Wine, for tests: then a file beside
the packages says that they are not for handing out.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from pathlib import Path

import bootstrap
import freeze
import icon
import msi
import sign
import windows_staging
import wine
import wine_freeze
from packages import write_sums
from staging import NAME, Release

PACKAGES = freeze.DIST / "packages-windows"
KINDS = ("setup", "msi", "portable", "policies")
_SCRIPT = freeze.ROOT / "packaging" / "windows" / "aftercare.nsi"
_UNDER_WINE = "FROZEN-UNDER-WINE.txt"
_WARNING = (
    "Frozen under Wine with a Python put together for tests, and setup.exe packed loosely: not for handing out. "
    "Releases are frozen on Windows.\n"
)
_PROGRAMS = {"makensis": "nsis", "wixl": "wixl", "msibuild": "msitools"}
_MACHINE = "windows-x86_64"


def install_tools(*, freezing: bool) -> None:
    """Through apt as root or sudo; otherwise the line is printed, and without the tools nothing goes on."""
    wanted = {**_PROGRAMS, **(wine.PROGRAMS if freezing else {})}
    bootstrap.install_packages(sorted({name for program, name in wanted.items() if shutil.which(program) is None}))
    missing = sorted(program for program in wanted if shutil.which(program) is None)
    if missing:
        raise SystemExit(f"missing: {', '.join(missing)}")


def sign_programs(staged: Path) -> None:
    """Ours alone: the libraries inside bear the signatures of their makers, or none."""
    for name in windows_staging.PROGRAMS:
        sign.sign(staged / name)


def pack(
    staged: Path, release: Release, into: Path, kinds: Collection[str] = KINDS, *, loosely: bool = False
) -> Iterator[Path]:
    """Each package as soon as it is there; a `loosely` packed setup.exe is larger and sooner there, for tests."""
    stem = f"{NAME}-{release.version}-{_MACHINE}"
    if "setup" in kinds:
        path = _setup(staged, release, into / f"{stem}-setup.exe", loosely=loosely)
        sign.sign(path)
        yield path
    if "msi" in kinds:
        path = msi.build(staged, release.version, into / f"{stem}.msi")
        sign.sign(path)
        yield path
    if "portable" in kinds:
        yield _zipped(staged, release, into / f"{stem}-portable.zip", portable=True)
    if "policies" in kinds:
        yield _zipped(staged / "documents" / "policy", release, into / f"{NAME}-{release.version}-group-policy.zip")


def four_numbers(version: str) -> str:
    """As Windows counts: 1.2 is 1.2.0.0."""
    return ".".join((*version.split("."), "0", "0", "0")[:4])


def _setup(staged: Path, release: Release, path: Path, *, loosely: bool) -> Path:
    facts = {
        "VERSION": release.version,
        "FOUR": four_numbers(release.version),
        "STAGED": str(staged),
        "ICON": str(icon.PATH),
        "OUT": str(path),
        "SIZE": str(freeze.size(staged) // 1024),
    }
    if loosely:
        facts["LOOSELY"] = "1"
    if sign.is_configured():
        facts["SIGN"] = f'"{sys.executable}" "{freeze.ROOT / "packaging" / "sign.py"}"'
    command = ["makensis", "-V2", *(f"-D{name}={value}" for name, value in facts.items()), str(_SCRIPT)]
    subprocess.run(command, check=True, env=freeze.repeatable())
    return path


def _zipped(folder: Path, release: Release, path: Path, *, portable: bool = False) -> Path:
    """Sorted and dated, so that two of the same are alike; `portable` gets the marker that keeps records beside it."""
    moment = datetime.fromtimestamp(release.moment, UTC).timetuple()[:6]
    top = "Aftercare/" if portable else ""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for file in sorted(one for one in folder.rglob("*") if one.is_file()):
            entry = zipfile.ZipInfo(top + file.relative_to(folder).as_posix(), moment)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            packed.writestr(entry, file.read_bytes())
        if portable:
            marker = zipfile.ZipInfo(f"{top}portable", moment)
            packed.writestr(marker, "Records, settings and log are kept in kept\\ beside this file.\r\n")
    return path


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--frozen", type=Path, metavar="DIR", help="what was frozen on Windows")
    parser.add_argument("--licences", type=Path, metavar="DIR", help="licence texts of what is inside")
    parser.add_argument("--contents", type=Path, metavar="FILE", help="list of contents that was made on Windows")
    parser.add_argument("--again", action="store_true", help="freeze again also where a frozen program stands")
    parser.add_argument("--version", default=freeze.version(), help="pack under this number")
    parser.add_argument("--only", choices=KINDS, action="append", help="only these packages")
    parser.add_argument("--into", type=Path, default=PACKAGES, metavar="DIR")
    asked = parser.parse_args()
    install_tools(freezing=asked.frozen is None)
    freeze.make_environment()
    icon.draw_icon()
    frozen: Path = asked.frozen.resolve() if asked.frozen else wine_freeze.FOLDER
    if asked.frozen is None and (asked.again or not frozen.exists()):
        wine_freeze.freeze_under_wine()
    into: Path = asked.into.resolve()
    into.mkdir(parents=True, exist_ok=True)
    for path in into.glob(f"{NAME}-*"):
        path.unlink()
    os.environ.update(freeze.repeatable())
    release = Release(asked.version, freeze.moment_of_sources(), frozen)
    staged = windows_staging.stage(release, freeze.BUILD / "windows" / "staged", asked.licences)
    sign_programs(staged)
    # nobody is handed what was frozen under Wine: it need not be small
    for path in pack(staged, release, into, asked.only or KINDS, loosely=asked.frozen is None):
        print(f"packed {path.name}: {path.stat().st_size / 1e6:.0f} MB", flush=True)
    if asked.contents:
        shutil.copyfile(asked.contents, into / f"{NAME}-{release.version}-{_MACHINE}.cdx.json")
    (into / _UNDER_WINE).unlink(missing_ok=True)
    if asked.frozen is None:
        (into / _UNDER_WINE).write_text(_WARNING, encoding="ascii")
        print(_WARNING.strip())
    if not sign.is_configured():
        print("NOT SIGNED: no certificate is configured (packaging/sign.py says how)")
    write_sums(into)
    print(f"everything is in {os.path.relpath(into, freeze.ROOT)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
