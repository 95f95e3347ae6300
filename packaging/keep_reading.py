"""Run by the frozen program before anything else: it goes on reading the file that it was started from.

Modules are read from the program's own file when they are first needed. An update puts another file in its place while
a window may be open; by its name the old program would then find the new one's bytes. On Windows a file in use cannot
be replaced.
"""

import os
import sys

if sys.platform.startswith("linux"):
    import pyimod02_importers  # type: ignore[import-not-found]  # PyInstaller's own, there only in a frozen program

    _archive = pyimod02_importers.pyz_archive
    _archive._filename = f"/proc/self/fd/{os.open(_archive._filename, os.O_RDONLY | os.O_CLOEXEC)}"
