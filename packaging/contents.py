"""The list of contents (CycloneDX) of what is shipped, and the licence texts of all of it.

Python packages come from the environment that was frozen, as far as they are inside; what hides inside their
libraries (SQLCipher, SQLite, OpenSSL, Qt and more) and what came from the build machine is added, each by the version
that it says itself.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import freeze
from elf import binaries

Component = dict[str, Any]
_COMMON_LICENCES = Path("/usr/share/common-licenses")
_FONTS = (
    ("Noto Sans", "OFL-1.1", "resources/fonts (NotoSans*.ttf)"),
    ("Droid Sans Fallback", "Apache-2.0", "resources/fonts (DroidSansFallback-Regular.ttf)"),
    ("Human Trafficking Case Data Standard, code lists", "CC-BY-4.0", "resources/codes"),
)


@dataclass(frozen=True, slots=True)
class Inside:
    """What was found in a frozen folder: CycloneDX of the packages, names of others, libraries of the build machine."""

    listed: dict[str, Any]
    parts: list[dict[str, str]]
    system: dict[str, list[str]]  # Debian package -> libraries


def look_inside(folder: Path) -> Inside:
    """Ask the frozen program what it is made of."""
    script = freeze.ROOT / "packaging" / "native_parts.py"
    program = folder / ("aftercare.exe" if freeze.IS_WINDOWS else "aftercare")
    asked = [str(freeze.PYTHON), str(script), str(program)]
    said = json.loads(subprocess.run(asked, env=freeze.repeatable(), capture_output=True, check=True).stdout)
    bundled = {_plain(name) for name in said["distributions"]}
    listed = _environment()
    listed["components"] = [part for part in listed["components"] if _plain(part["name"]) in bundled]
    kept = {part["bom-ref"] for part in listed["components"]}
    root = listed["metadata"]["component"]["bom-ref"]
    listed["dependencies"] = [
        {**line, "dependsOn": [name for name in line.get("dependsOn", []) if name in kept]}
        for line in listed["dependencies"]
        if line["ref"] in {root, *kept}
    ]
    return Inside(listed, said["parts"], _system_packages(folder))


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def write_list(inside: Inside, path: Path) -> int:
    """Write the list of contents; how many components it names."""
    native = [_component(part["name"], part["version"], part["licence"], part["inside"]) for part in inside.parts]
    components = [*inside.listed["components"], *native, *_from_build_machine(inside), *_fonts()]
    whole = {**inside.listed, "components": components}
    path.write_text(json.dumps(whole, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")
    return len(components)


def _environment() -> dict[str, Any]:
    tool = freeze.PYTHON.with_name("cyclonedx-py.exe" if freeze.IS_WINDOWS else "cyclonedx-py")
    command = [str(tool), "environment", "--pyproject", "pyproject.toml", "--output-reproducible", "--of", "JSON"]
    done = subprocess.run(
        [*command, str(freeze.PYTHON)], cwd=freeze.ROOT, env=freeze.repeatable(), capture_output=True, check=True
    )
    listed: dict[str, Any] = json.loads(done.stdout)
    for part in listed["components"]:  # where this machine fetched it from says nothing about the thing
        outside = [link for link in part.get("externalReferences", []) if link["type"] != "distribution"]
        part.pop("externalReferences", None)
        if outside:
            part["externalReferences"] = outside
        part.pop("properties", None)
    return listed


def _component(name: str, version: str, licence: str, inside: str) -> Component:
    reference = f"native/{name}@{version}/{inside}".replace(" ", "-")
    found: Component = {"type": "library", "bom-ref": reference, "name": name, "licenses": [{"expression": licence}]}
    found["properties"] = [{"name": "aftercare:inside", "value": inside}]
    return {**found, "version": version} if version else found


def _fonts() -> list[Component]:
    return [{**_component(name, "", licence, inside), "type": "data"} for name, licence, inside in _FONTS]


def _system_packages(folder: Path) -> dict[str, list[str]]:
    """Debian packages of the build machine whose libraries came along, with these libraries."""
    found: dict[str, list[str]] = {}
    if freeze.IS_WINDOWS or shutil.which("dpkg-query") is None:
        return found
    beside = folder / "_internal"
    names = [path.name for path in binaries(beside) if path.parent == beside and path.name.startswith("lib")]
    asked = ["dpkg-query", "--search", *(f"*/{name}" for name in names)]
    said = subprocess.run(asked, capture_output=True, text=True, check=False).stdout
    for line in sorted(said.splitlines()):
        package, name = line.partition(":")[0], line.rpartition("/")[2]
        if name in names and name not in found.get(package, []):
            found.setdefault(package, []).append(name)
    return found


def _from_build_machine(inside: Inside) -> Iterator[Component]:
    for package, libraries in sorted(inside.system.items()):
        asked = ["dpkg-query", "--show", "--showformat=${Version}", package]
        version = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
        part = _component(package, version, "LicenseRef-see-licences-folder", f"Debian: {', '.join(libraries)}")
        yield {**part, "purl": f"pkg:deb/debian/{package}@{version}"}


def gather_licences(inside: Inside, out: Path) -> int:
    """Put every licence text into `out`; how many files there are."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    shutil.copyfile(freeze.ROOT / "LICENSE", out / "aftercare.txt")
    wanted = {*(_plain(part["name"]) for part in inside.listed["components"]), "pyinstaller"}
    for info in sorted(Path(_said_by_python("purelib")).glob("*.dist-info")):
        if _plain(info.name.partition("-")[0]) in wanted:
            _copy_texts(info, out)
    standard = Path(_said_by_python("stdlib"))
    for text in (standard / "LICENSE.txt", standard / "LICENSE"):
        if text.exists():
            shutil.copyfile(text, out / "CPython.txt")
    for package in inside.system:
        shutil.copyfile(Path("/usr/share/doc") / package / "copyright", out / f"{package}.txt")
    copy_common_licences(out)
    return sum(path.is_file() for path in out.rglob("*"))


def copy_common_licences(out: Path) -> None:
    """The texts that Debian keeps once for all; on Windows they are added where its program is packed."""
    for name in ("LGPL-3", "GPL-3", "LGPL-2.1", "Apache-2.0"):  # Qt and PySide6: LGPL-3, which adds to GPL-3
        if (_COMMON_LICENCES / name).exists():
            shutil.copyfile(_COMMON_LICENCES / name, out / f"{name}.txt")


def _copy_texts(info: Path, out: Path) -> None:
    name = info.name.removesuffix(".dist-info")
    for path in sorted(info.rglob("*")):
        words = path.name.lower()
        if path.is_file() and any(word in words for word in ("licen", "copying", "notice", "authors", "copyright")):
            shutil.copyfile(path, out / f"{name} {path.relative_to(info).as_posix().replace('/', ' ')}")


def _said_by_python(place: str) -> str:
    """One of Python's own folders («purelib», «stdlib») in the environment that is frozen."""
    asked = [str(freeze.PYTHON), "-c", f"import sysconfig; print(sysconfig.get_path({place!r}))"]
    return subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
