"""What of Python, Qt and the system goes into the frozen program, and what stays out; read by aftercare.spec.

Names are places inside the frozen folder («PySide6/Qt/plugins/platforms/libqxcb.so»), with / on every system.
"""

from __future__ import annotations

import re

# imported by a library only where it is there: none of it is ever asked for by us
LEFT_OUT_MODULES = (
    "IPython", "PIL.ImageQt", "PIL.ImageTk", "PIL._avif", "PIL._imagingcms", "PIL._imagingft", "PIL._imagingtk",
    "PIL._webp", "PySide6.QtNetwork", "PySide6.QtOpenGL", "PySide6.QtOpenGLWidgets", "PySide6.QtQml",
    "PySide6.QtQuick", "PySide6.QtTest", "_curses", "_pyrepl", "attr", "chardet", "cmd", "curses", "defusedxml",
    "distutils", "doctest", "ensurepip", "idlelib", "lib2to3", "lxml.html", "lxml.isoschematron", "lxml.objectify",
    "lxml.sax", "markdown_it", "mdurl", "mypy", "numpy", "pdb", "pip", "pkg_resources", "pydoc",
    "pydoc_data", "pygments", "pytest", "readline", "rich", "setuptools", "tkinter", "turtle", "unittest", "wheel",
    "xmlrpc",
    # no network: no TLS either
    "_ssl", "ssl",
    # the ordinary SQLite would accept a key and write plain text: it is not there to be taken by mistake
    "_sqlite3", "sqlite3",
)  # fmt: skip

# the keyrings that are trusted, taken by name; every other backend stays out
KEYRINGS = {
    "linux": ("keyring.backends.SecretService", "secretstorage", "jeepney.io.blocking"),
    "win32": ("keyring.backends.Windows", "win32ctypes.pywin32.win32cred", "win32timezone"),
}

KEPT_PLUGINS = {
    "egldeviceintegrations": (),
    "generic": (),
    "iconengines": ("qsvgicon",),
    "imageformats": ("qgif", "qico", "qjpeg", "qsvg", "qwebp"),
    "networkinformation": (),
    "platforminputcontexts": ("composeplatforminputcontextplugin", "ibusplatforminputcontextplugin"),
    "platforms": ("qxcb", "qwayland", "qoffscreen", "qminimal", "qwindows"),
    "platformthemes": ("qxdgdesktopportal",),  # not GTK's: it loads forty libraries for the looks of a file dialog
    "printsupport": ("cupsprintersupport",),
    "styles": ("qwindowsvistastyle", "qmodernwindowsstyle"),
    "tls": (),
    "wayland-decoration-client": ("adwaita", "bradient"),
    "wayland-graphics-integration-client": (),
    "wayland-shell-integration": ("xdg-shell",),
    "xcbglintegrations": (),
}
_PLUGIN = re.compile(r"^PySide6/(?:Qt/)?plugins/([^/]+)/(?:lib)?([^/]+?)\.(?:so|dll)$")

_LEFT_OUT_FILES = tuple(
    re.compile(pattern)
    for pattern in (
        r"^PySide6/(?:Qt/)?translations/",  # its few words are ours (gui/translator.py)
        r"^PySide6/(?:Qt/)?(?:qml|resources|libexec|metatypes)/",
        r"^PySide6/.*(?:Network|OpenGL|EglF|WlShell|Qml|Quick|Test|opengl32sw|d3dcompiler)[^/]*$",
        r"\.dist-info/",
        r"\.pyi$|/py\.typed$|\.pxd$|\.c$|\.h$|\.cpp$",
        r"^lxml/(?:isoschematron|includes)/",
        r"^reportlab/fonts/",  # its own samples; ours are in aftercare/_built/fonts
        r"^pikepdf/.*\.py$",
    )
)

# of the build machine's own libraries only these come along: small, stable, and missing on many desktops
# (or called differently there); all else belongs to the system, which keeps it safe by its updates
_FROM_BUILD_MACHINE = re.compile(
    r"^lib(?:python3\.\d+|xcb-(?!glx|dri)[a-z0-9-]+|xkbcommon(?:-x11)?|bz2|lzma|ffi|uuid|expat|crypto|mpdec)\.so[.\d]*$"
)
_SYSTEM_PLACES = ("/lib/", "/lib64/", "/usr/lib/", "/usr/lib64/")


# scripts of PyInstaller's own that amend a library: late_hooks.py runs each when its library is first imported
WAITING = ("pyi_rth_multiprocessing", "pyi_rth_pkgutil")


def hidden_modules(platform: str) -> list[str]:
    """Modules that are imported by a name put together while the program runs."""
    return [*KEYRINGS.get("win32" if platform == "win32" else "linux", ()), "sqlalchemy.dialects.sqlite.pysqlite"]


def is_needed_at_start(script: str, platform: str) -> bool:
    """Whether a script of PyInstaller's own is run before the program: each of these costs every start.

    PySide6's loads Qt, for the command line and for key derivation too; Qt on Linux finds its plugins by itself.
    """
    left_out = {"pyi_rth_inspect", "pyi_rth_cryptography_openssl", *WAITING}
    return script not in (left_out if platform == "win32" else left_out | {"pyi_rth_pyside6"})


def is_wanted(place: str) -> bool:
    """Whether this file of Python's libraries is for the frozen program."""
    place = place.replace("\\", "/")
    plugin = _PLUGIN.match(place)
    if plugin:
        return plugin[2] in KEPT_PLUGINS.get(plugin[1], ())
    return not any(pattern.search(place) for pattern in _LEFT_OUT_FILES)


def comes_along(place: str, source: str) -> bool:
    """Whether a library may be taken from where it was found: wheels and Python yes, the system's own rarely."""
    if not source.startswith(_SYSTEM_PLACES):
        return True
    name = place.replace("\\", "/").rpartition("/")[2]
    return ".cpython-" in name or bool(_FROM_BUILD_MACHINE.match(name))
