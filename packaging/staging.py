"""Lay out what a Linux package installs: one folder as it stands below /usr, shared by all of them."""

from __future__ import annotations

import gzip
import os
import platform
import shutil
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

import freeze
from libraries import Needs, needs_of

LINUX = freeze.ROOT / "packaging" / "linux"
NAME = "aftercare"
MAINTAINER = "The Aftercare project <nobody@aftercare.invalid>"
_ICON = freeze.ROOT / "resources" / "icons" / "aftercare.svg"
_ICON_SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
_DRAW = """
import sys
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
application = QGuiApplication(["icons", "-platform", "offscreen"])
renderer = QSvgRenderer(sys.argv[1])
for size, path in zip(sys.argv[2::2], sys.argv[3::2]):
    image = QImage(int(size), int(size), QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    assert image.save(path)
"""


@dataclass(frozen=True, slots=True)
class Release:
    """What is packed: its number, the moment of its sources (seconds since 1970), the frozen folder."""

    version: str
    moment: int
    frozen: Path

    @property
    def day(self) -> str:
        return f"{datetime.fromtimestamp(self.moment, UTC):%Y-%m-%d}"

    @property
    def machine(self) -> str:
        return platform.machine()


@dataclass(frozen=True, slots=True)
class Staged:
    """A folder as it stands below /usr (`lib/aftercare`, `share/...`) and what it needs from the system."""

    usr: Path
    needs: Needs


def filled_in(text: str, release: Release, **more: str) -> str:
    """A template with its @NAMES@."""
    facts = {"VERSION": release.version, "DATE": release.day, "MACHINE": release.machine, **more}
    for name, value in facts.items():
        text = text.replace(f"@{name}@", value)
    return text


def stage(release: Release, out: Path, licences: Path) -> Staged:
    """Lay everything out in `out`; desktop entry and metainfo are checked by the tools of their specifications."""
    shutil.rmtree(out, ignore_errors=True)
    program = out / "lib" / NAME
    shutil.copytree(release.frozen, program)
    (program / "VERSION").write_text(release.version + "\n", encoding="ascii")
    share = out / "share"
    _write(share / "applications" / "aftercare.desktop", (LINUX / "aftercare.desktop").read_text(encoding="utf-8"))
    metainfo = filled_in((LINUX / "aftercare.metainfo.xml").read_text(encoding="utf-8"), release)
    _write(share / "metainfo" / "org.aftercare.records.metainfo.xml", metainfo)
    _write_manual(share / "man" / "man1", release)
    _draw_icons(share / "icons" / "hicolor")
    _write_documents(share / "doc" / NAME, licences)
    _write_changelog(share / "doc" / NAME / "changelog.gz", release)
    validate(share)
    _even_out(out, release.moment)
    return Staged(out, needs_of(program))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _write_manual(out: Path, release: Release) -> None:
    out.mkdir(parents=True)
    page = filled_in((LINUX / "aftercare.1").read_text(encoding="utf-8"), release)
    for name, text in (("aftercare.1.gz", page), ("aftercare-cli.1.gz", ".so man1/aftercare.1\n")):
        (out / name).write_bytes(gzip.compress(text.encode(), mtime=0))


def _draw_icons(out: Path) -> None:
    scalable = out / "scalable" / "apps" / "aftercare.svg"
    scalable.parent.mkdir(parents=True)
    shutil.copyfile(_ICON, scalable)
    wanted: list[str] = []
    for size in _ICON_SIZES:
        path = out / f"{size}x{size}" / "apps" / "aftercare.png"
        path.parent.mkdir(parents=True)
        wanted += [str(size), str(path)]
    subprocess.run([str(freeze.PYTHON), "-c", _DRAW, str(_ICON), *wanted], check=True)


def _write_documents(out: Path, licences: Path) -> None:
    out.mkdir(parents=True)
    shutil.copyfile(freeze.ROOT / "packaging" / "README.md", out / "INSTALL.md")
    shutil.copyfile(freeze.ROOT / "CHANGELOG.md", out / "CHANGELOG.md")
    shutil.copyfile(LINUX / "copyright", out / "copyright")
    shutil.copyfile(freeze.ROOT / "packaging" / "policy.example.toml", out / "policy.example.toml")
    shutil.copytree(licences, out / "licences")


def _write_changelog(path: Path, release: Release) -> None:
    """In Debian's form, where its tools look; the changes themselves are in CHANGELOG.md."""
    at = datetime.fromtimestamp(release.moment, UTC)
    text = f"""{NAME} ({release.version}) stable; urgency=medium

  * What has changed stands in CHANGELOG.md beside this file.

 -- {MAINTAINER}  {format_datetime(at)}
"""
    path.write_bytes(gzip.compress(text.encode(), mtime=0))


def validate(share: Path) -> None:
    """The judgement of desktop-file-validate and appstreamcli, where they are installed."""
    entry = share / "applications" / "aftercare.desktop"
    metainfo = share / "metainfo" / "org.aftercare.records.metainfo.xml"
    for command in (
        ["desktop-file-validate", str(entry)],
        ["appstreamcli", "validate", "--no-net", "--no-color", str(metainfo)],
    ):
        if shutil.which(command[0]) is not None:
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                raise SystemExit(f"{command[0]} refuses:\n{done.stdout}{done.stderr}")


def _even_out(folder: Path, moment: int) -> None:
    for path in [*folder.rglob("*"), folder]:
        runs = path.is_dir() or (path.parent == folder / "lib" / NAME and path.name in (NAME, f"{NAME}-cli"))
        path.chmod(0o755 if runs else 0o644)
        os.utime(path, (moment, moment))
