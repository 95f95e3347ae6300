"""`make packages`: freeze the program, then everything that is handed out, into dist/packages.

    python packaging/packages.py [--frozen] [--twice] [--only KIND] [--version VERSION] [--into DIR]

On Linux: a .deb and an .rpm for the whole computer, a self-extracting installer for one person without administrator
rights, a portable archive, the list of contents (CycloneDX), SHA256SUMS. `--frozen` packs what dist/aftercare holds
already, `--twice` freezes again and says what differs, `--version` packs under another number (to try an upgrade).
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import sys
from pathlib import Path

import bootstrap
import contents
import freeze
import linux_packages
from staging import Release, stage

_PROGRAMS = {
    "makeself": "makeself",
    "objdump": "binutils",
    "strip": "binutils",
    "patchelf": "patchelf",
    "desktop-file-validate": "desktop-file-utils",
    "appstreamcli": "appstream",
}


def install_tools() -> None:
    """What freezing and packing need from the system, through apt as root or sudo; otherwise the line is printed."""
    if not freeze.IS_WINDOWS:
        missing = {package for program, package in _PROGRAMS.items() if shutil.which(program) is None}
        bootstrap.install_packages(sorted(missing))


def compare(first: Path, second: Path) -> list[str]:
    """The files that two builds do not have alike."""
    names = {path.relative_to(root) for root in (first, second) for path in root.rglob("*") if path.is_file()}
    return sorted(name.as_posix() for name in names if _content(first / name) != _content(second / name))


def _content(path: Path) -> bytes:
    return hashlib.sha256(path.read_bytes()).digest() if path.is_file() else b""


def _freeze_again(first: Path) -> None:
    """Say what differs between two builds of the same sources."""
    second = freeze.freeze(freeze.BUILD / "again")
    different = compare(first, second)
    print(f"built twice: {len(different)} files differ" + "".join(f"\n  {name}" for name in different))
    shutil.rmtree(second.parent)


def write_sums(folder: Path) -> None:
    """SHA256SUMS over all that is handed out, as `sha256sum --check` reads it."""
    paths = sorted(path for path in folder.iterdir() if path.is_file() and path.name != "SHA256SUMS")
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in paths]
    (folder / "SHA256SUMS").write_text("".join(lines), encoding="ascii", newline="\n")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--frozen", action="store_true", help="pack what dist/aftercare holds already")
    parser.add_argument("--twice", action="store_true", help="freeze a second time and compare")
    parser.add_argument("--version", default=freeze.version(), help="pack under this number")
    parser.add_argument("--only", choices=linux_packages.KINDS, action="append", help="only these packages")
    parser.add_argument("--into", type=Path, default=freeze.DIST / "packages", metavar="DIR")
    asked = parser.parse_args()
    install_tools()
    freeze.make_environment()
    if not asked.frozen or not freeze.FOLDER.exists():
        freeze.freeze()
        if asked.twice:
            _freeze_again(freeze.FOLDER)
    into: Path = asked.into.resolve()
    shutil.rmtree(into, ignore_errors=True)
    into.mkdir(parents=True)
    os.environ.update(freeze.repeatable())
    inside = contents.look_inside(freeze.FOLDER)
    release = Release(asked.version, freeze.moment_of_sources(), freeze.FOLDER)
    listed = contents.write_list(inside, into / f"aftercare-{release.version}.cdx.json")
    texts = contents.gather_licences(inside, freeze.BUILD / "licences")
    print(f"contents: {listed} components, {texts} licence texts", flush=True)
    if sys.platform.startswith("linux"):
        staged = stage(release, freeze.BUILD / "staged", freeze.BUILD / "licences")
        for path in linux_packages.pack(staged, release, into, asked.only or linux_packages.KINDS):
            print(f"packed {path.name}: {path.stat().st_size / 1e6:.0f} MB", flush=True)
    write_sums(into)
    print(f"everything is in {os.path.relpath(into, freeze.ROOT)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
