"""What is inside the frozen program: the Python packages, and what hides in their libraries without being one.

    python native_parts.py dist/aftercare/aftercare

Run by contents.py with the Python that the program is frozen from; every version is read from the thing itself.
Prints JSON: {"distributions": [name], "parts": [{name, version, licence, inside}]}.
"""

from __future__ import annotations

import json
import platform
import re
import sqlite3  # only the type of a connection: the versions come from sqlcipher3
import sys
from importlib import metadata
from pathlib import Path

_NUMBER = re.compile(r"\d+(?:\.\d+)+")


def _number(text: object) -> str:
    found = _NUMBER.search(str(text))
    return found[0] if found else str(text)


def _asked(connection: sqlite3.Connection, pragma: str) -> str:
    return _number(connection.execute(f"PRAGMA {pragma}").fetchone()[0])


def _cipher() -> list[tuple[str, str, str, str]]:
    from sqlcipher3 import dbapi2

    connection = dbapi2.connect(":memory:")
    try:
        connection.execute("PRAGMA key = 'only to ask for versions'")
        inside = f"sqlcipher3 {metadata.version('sqlcipher3')}"
        return [
            ("SQLCipher", _asked(connection, "cipher_version"), "BSD-3-Clause", inside),
            ("SQLite", dbapi2.sqlite_version, "blessing", inside),
            ("OpenSSL", _asked(connection, "cipher_provider_version"), "Apache-2.0", inside),
        ]
    finally:
        connection.close()


def _icu() -> str:
    import icu4py

    beside = Path(icu4py.__file__).parent.with_name("icu4py.libs")
    # libicuuc.so.78.1 says it all, icuuc78-….dll on Windows the first number
    names = [path.name for path in sorted(beside.glob("*icuuc*"))] or [str(icu4py.__dict__.get("icu_version", ""))]
    after = names[0].partition(".so.")[2] or names[0].partition("icuuc")[2].partition("-")[0]
    return _number(after or names[0])


def _toolkit() -> list[tuple[str, str, str, str]]:
    import PySide6
    from PySide6.QtCore import qVersion

    libraries = Path(PySide6.__file__).parent / "Qt" / "lib"
    own_icu = [path.name.partition(".so.")[2] for path in sorted(libraries.glob("libicuuc.so.*"))]
    qt = ("Qt", str(qVersion()), "LGPL-3.0-only", f"PySide6-Essentials {PySide6.__version__}")
    return [qt, *(("ICU", version, "Unicode-3.0", qt[3]) for version in own_icu[:1])]


def parts() -> list[dict[str, str]]:
    """All of them; a library that cannot say its version stops the build rather than being left out."""
    import lxml.etree  # type: ignore[import-untyped]
    import pikepdf
    import uharfbuzz
    from cryptography.hazmat.backends.openssl import backend
    from PIL import features
    from pypdfium2.version import PDFIUM_INFO

    qpdf, pillow = f"pikepdf {pikepdf.__version__}", f"pillow {metadata.version('pillow')}"
    xml, pdfium = f"lxml {metadata.version('lxml')}", f"pypdfium2 {metadata.version('pypdfium2')}"
    tls, shaping = f"cryptography {metadata.version('cryptography')}", f"uharfbuzz {metadata.version('uharfbuzz')}"
    freezer = "GPL-2.0-or-later WITH Bootloader-exception"
    found = [
        ("CPython", platform.python_version(), "Python-2.0.1", "the program"),
        ("PyInstaller bootloader", metadata.version("pyinstaller"), freezer, "the program"),
        *_cipher(),
        ("OpenSSL", _number(backend.openssl_version_text()), "Apache-2.0", tls),
        *_toolkit(),
        ("ICU", _icu(), "Unicode-3.0", f"icu4py {metadata.version('icu4py')}"),
        ("HarfBuzz", _number(uharfbuzz.version_string()), "MIT-Modern-Variant", shaping),
        ("qpdf", pikepdf.__libqpdf_version__, "Apache-2.0", qpdf),
        ("PDFium", str(PDFIUM_INFO.build), "BSD-3-Clause", pdfium),
        ("libxml2", ".".join(map(str, lxml.etree.LIBXML_VERSION)), "MIT", xml),
        ("libxslt", ".".join(map(str, lxml.etree.LIBXSLT_VERSION)), "MIT", xml),
        ("zlib", str(features.version("zlib")), "Zlib", pillow),
        ("libjpeg-turbo", str(features.version("libjpeg_turbo")), "IJG AND BSD-3-Clause", pillow),
        ("OpenJPEG", str(features.version("jpg_2000")), "BSD-2-Clause", pillow),
        ("LibTIFF", str(features.version("libtiff")), "libtiff", pillow),
    ]  # fmt: skip
    return [dict(zip(("name", "version", "licence", "inside"), part, strict=True)) for part in found]


def distributions(program: Path) -> list[str]:
    """The Python packages of which a module or a library is inside the frozen program, by name and version."""
    from PyInstaller.archive.readers import CArchiveReader  # type: ignore[import-untyped]

    modules = CArchiveReader(str(program)).open_embedded_archive("PYZ.pyz").toc
    inside = {name.partition(".")[0] for name in modules}
    inside |= {path.name.partition(".")[0] for path in (program.parent / "_internal").iterdir()}
    homes = metadata.packages_distributions()
    return sorted({home for name in inside for home in homes.get(name, ())})


if __name__ == "__main__":
    json.dump({"parts": parts(), "distributions": distributions(Path(sys.argv[1]))}, sys.stdout)
