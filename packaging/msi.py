"""The MSI for software distribution: what wixl is told, from the staged files. For everybody on a computer.

The code of the upgrade line never changes: by it Windows knows that one package replaces another. Codes of files come
from their places, those of a release from its number, so the same sources make the same package.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from uuid import NAMESPACE_URL, UUID, uuid5
from xml.etree import ElementTree as Xml

import freeze
import icon

UPGRADE_CODE = UUID("7c1f1f5b-6a0e-4d5f-9c55-2b7f8d3a9e41")
NAMESPACE = "http://schemas.microsoft.com/wix/2006/wi"
MARKS = r"Software\Aftercare\Setup"
_DESCRIPTION = freeze.BUILD / "windows" / "aftercare.wxs"
_TOO_NEW = "A newer version is installed. Records that it has converted cannot be read by this one."
_OTHER_KIND = "It was installed by setup.exe for everybody. Remove that first; records are kept."
_TOO_OLD = "This needs Windows 10 (1809) or newer, 64-bit."
_UNINSTALL = r"Software\Microsoft\Windows\CurrentVersion\Uninstall\Aftercare"


def _code(words: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"urn:aftercare:msi:{words}")).upper()


def product_code(version: str) -> str:
    """Another one for every version: Windows takes equal ones for the same package, to be repaired."""
    return _code(f"product {version}")


def _name(kind: str, place: str) -> str:
    """An identifier for a place: letters, digits and _ of at most 72."""
    plain = re.sub(r"[^A-Za-z0-9_]", "_", place)[-40:]
    return f"{kind}_{_code(place).replace('-', '')[:12]}_{plain}"


def _seen(path: Path) -> str:
    """As wixl wants it: from where the description is."""
    return Path(os.path.relpath(path, _DESCRIPTION.parent)).as_posix()


def _child(parent: Xml.Element, tag: str, **facts: str) -> Xml.Element:
    return Xml.SubElement(parent, tag, facts)


def _condition(product: Xml.Element, words: str, holds: str) -> None:
    _child(product, "Condition", Message=words).text = holds


def told(staged: Path, version: str) -> Xml.Element:
    """The whole description."""
    root = Xml.Element("Wix", {"xmlns": NAMESPACE})
    product = _child(
        root, "Product", Id=product_code(version), Name="Aftercare", Language="1033", Version=version,
        Manufacturer="The Aftercare project", UpgradeCode=str(UPGRADE_CODE).upper(),
    )  # fmt: skip
    _child(
        product, "Package", InstallerVersion="500", Compressed="yes", InstallScope="perMachine",
        Description="Aftercare", Manufacturer="The Aftercare project",
    )  # fmt: skip
    _child(product, "Media", Id="1", Cabinet="aftercare.cab", EmbedCab="yes")
    # the old version goes before the new one comes: what is no longer part of it stays nowhere
    _child(product, "MajorUpgrade", DowngradeErrorMessage=_TOO_NEW)
    _child(product, "Icon", Id="aftercare.ico", SourceFile=_seen(icon.PATH))
    for name, value in (("ARPPRODUCTICON", "aftercare.ico"), ("ARPNOMODIFY", "1")):
        _child(product, "Property", Id=name, Value=value)
    search = _child(product, "Property", Id="BYSETUP")
    _child(
        search, "RegistrySearch", Id="BySetup", Root="HKLM", Key=_UNINSTALL, Name="InstallLocation", Type="raw",
        Win64="yes",
    )  # fmt: skip
    # another folder that was chosen once is chosen again by the next version
    kept = _child(product, "Property", Id="INSTALLDIR")
    _child(
        kept, "RegistrySearch", Id="KeptPlace", Root="HKLM", Key=MARKS, Name="Place", Type="raw", Win64="yes"
    )  # fmt: skip
    _condition(product, _OTHER_KIND, "Installed OR NOT BYSETUP")
    _condition(product, _TOO_OLD, "Installed OR (VersionNT64 >= 603)")
    for feature, (level, components) in _directories(product, staged).items():
        chosen = _child(product, "Feature", Id=feature, Level=str(level), Title=feature)
        for component in components:
            _child(chosen, "ComponentRef", Id=component)
    return root


def _directories(product: Xml.Element, staged: Path) -> dict[str, tuple[int, list[str]]]:
    """Places, files and shortcuts; what can be chosen with ADDLOCAL: its level (1 is usual) and its components."""
    top = _child(product, "Directory", Id="TARGETDIR", Name="SourceDir")
    programs = _child(top, "Directory", Id="ProgramFiles64Folder")
    place = _child(programs, "Directory", Id="INSTALLDIR", Name="Aftercare")
    components = list(_files(place, staged, staged))
    menu = _child(top, "Directory", Id="ProgramMenuFolder")
    desktop = _child(top, "Directory", Id="DesktopFolder")
    marks = _component(place, "marks")
    _mark(marks, "Kind", "string", "msi")
    place_mark = _component(place, "place")
    _mark(place_mark, "Place", "string", "[INSTALLDIR]")
    for parent, name in ((menu, "menu"), (desktop, "desktop")):
        shortcut = _component(parent, name)
        _child(
            shortcut, "Shortcut", Id=f"shortcut_{name}", Name="Aftercare", Target="[INSTALLDIR]aftercare.exe",
            WorkingDirectory="INSTALLDIR", Icon="aftercare.ico",
        )  # fmt: skip
        _mark(shortcut, name, "integer", "1")
    return {
        "Program": (1, [*components, "component_marks", "component_place"]),
        "Menu": (1, ["component_menu"]),
        "Desktop": (1000, ["component_desktop"]),
    }


def _component(parent: Xml.Element, name: str) -> Xml.Element:
    return _child(parent, "Component", Id=f"component_{name}", Guid=_code(f"part {name}"), Win64="yes")


def _mark(component: Xml.Element, name: str, kind: str, value: str) -> None:
    """By what Windows knows that a component is there which is no file."""
    _child(component, "RegistryValue", Root="HKLM", Key=MARKS, Name=name, Type=kind, Value=value, KeyPath="yes")


def _files(parent: Xml.Element, folder: Path, staged: Path) -> Iterator[str]:
    """One component a file: that is how Windows repairs and replaces."""
    for path in sorted(folder.iterdir()):
        place = path.relative_to(staged).as_posix()
        if path.is_dir():
            inner = _child(parent, "Directory", Id=_name("d", place), Name=path.name)
            yield from _files(inner, path, staged)
            continue
        component = _child(parent, "Component", Id=_name("c", place), Guid=_code(place), Win64="yes")
        _child(component, "File", Id=_name("f", place), Name=path.name, Source=_seen(path), KeyPath="yes")
        yield component.attrib["Id"]


def build(staged: Path, version: str, path: Path) -> Path:
    """Make the package with wixl."""
    _DESCRIPTION.parent.mkdir(parents=True, exist_ok=True)
    tree = told(staged, version)
    Xml.indent(tree)
    Xml.ElementTree(tree).write(_DESCRIPTION, encoding="utf-8", xml_declaration=True)
    command = ["wixl", "--arch", "x64", "--output", str(path), str(_DESCRIPTION)]
    subprocess.run(command, check=True, env=freeze.repeatable())
    # wixl removes the old version before the transaction begins: if the new one failed, there would be none
    inside = "UPDATE `InstallExecuteSequence` SET `Sequence` = 1501 WHERE `Action` = 'RemoveExistingProducts'"
    subprocess.run(["msibuild", str(path), "-q", inside], check=True)
    return path
