"""What Windows shows of the program files: their version, their name, nobody's else. Used by aftercare.spec alone."""

from __future__ import annotations

from PyInstaller.utils.win32.versioninfo import (  # type: ignore[import-untyped]
    FixedFileInfo,
    StringFileInfo,
    StringStruct,
    StringTable,
    VarFileInfo,
    VarStruct,
    VSVersionInfo,
)

_ENGLISH, _UNICODE = 0x0409, 1200


def version_resource(file: str, version: str, *, described: str) -> VSVersionInfo:
    """The resource of one program file; `version` has two to four numbers."""
    numbers = tuple(int(part) for part in version.split("."))
    four = (*numbers, 0, 0, 0)[:4]
    facts = {
        "CompanyName": "The Aftercare project",
        "FileDescription": described,
        "FileVersion": version,
        "InternalName": file,
        "LegalCopyright": "GPL-3.0-or-later",
        "OriginalFilename": f"{file}.exe",
        "ProductName": "Aftercare",
        "ProductVersion": version,
    }
    table = StringTable(f"{_ENGLISH:04x}{_UNICODE:04x}", [StringStruct(name, words) for name, words in facts.items()])
    fixed = FixedFileInfo(filevers=four, prodvers=four)
    spoken = VarFileInfo([VarStruct("Translation", [_ENGLISH, _UNICODE])])
    return VSVersionInfo(ffi=fixed, kids=[StringFileInfo([table]), spoken])
