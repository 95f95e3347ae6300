"""Lay out what the installers for Windows install: the program, its version, and the documents of IT staff."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import contents
import freeze
from staging import Release

PROGRAMS = ("aftercare.exe", "aftercare-cli.exe")


def stage(release: Release, out: Path, licences: Path | None) -> Path:
    """`out` as the program folder will be, all with one date."""
    shutil.rmtree(out, ignore_errors=True)
    shutil.copytree(release.frozen, out)
    missing = [name for name in PROGRAMS if not (out / name).is_file()]
    if missing:
        raise SystemExit(f"{release.frozen} is no program for Windows: {', '.join(missing)} missing")
    (out / "VERSION").write_text(release.version + "\n", encoding="ascii")
    documents = out / "documents"
    documents.mkdir()
    shutil.copyfile(freeze.ROOT / "packaging" / "README.md", documents / "INSTALL.md")
    shutil.copyfile(freeze.ROOT / "CHANGELOG.md", documents / "CHANGELOG.md")
    shutil.copyfile(freeze.ROOT / "LICENSE", documents / "LICENSE.txt")
    if licences is not None:
        shutil.copytree(licences, documents / "licences")
        contents.copy_common_licences(documents / "licences")
    write_templates(documents / "policy")
    for path in [out, *out.rglob("*")]:
        os.utime(path, (release.moment, release.moment))
    return out


def write_templates(folder: Path) -> None:
    """The group policy templates, from the entries that the program knows."""
    script = freeze.ROOT / "packaging" / "make_admx.py"
    sources = {"PYTHONPATH": str(freeze.ROOT / "src")}
    command = [sys.executable, str(script), str(folder)]
    subprocess.run(command, check=True, env={**freeze.repeatable(), **sources}, stdout=subprocess.DEVNULL)
