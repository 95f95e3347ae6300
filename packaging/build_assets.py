"""Make `src/aftercare/_built/` from `ui/` and `resources/`: only what is stale.

Forms become Python modules (so that a misspelt widget name is a type error), catalogues become .mo files, the rest is
copied. Run by the build hook, by `make`, and by hand: `python packaging/build_assets.py`.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FORMS = ROOT / "ui"
RESOURCES = ROOT / "resources"
BUILT = ROOT / "src" / "aftercare" / "_built"
COPIED = ("icons", "fonts", "style", "codes", "instruments", "rules", "words")


def is_stale(target: Path, source: Path) -> bool:
    return not target.exists() or target.stat().st_mtime_ns < source.stat().st_mtime_ns


def _write_package_marker(folder: Path, sentence: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    marker = folder / "__init__.py"
    if not marker.exists():
        marker.write_text(f'"""{sentence}"""\n', encoding="utf-8")


def _remove_orphans(folder: Path, wanted: Iterable[Path]) -> None:
    keep = set(wanted)
    for path in folder.rglob("*"):
        if path.is_file() and path not in keep and "__pycache__" not in path.parts:
            path.unlink()


def _form_compiler() -> list[str]:
    import PySide6

    name = "uic.exe" if sys.platform == "win32" else "Qt/libexec/uic"
    return [str(Path(PySide6.__file__).parent / name), "--generator", "python", "--no-autoconnection"]


def _in_its_place(form: str) -> str:
    """Have what scrolls made inside its scroll area: built apart and put in later, all of it would be styled twice.

    The area gets a viewport of ours, like its own: asked for a widget that it does not know, PySide makes a Python
    class of every kind of widget that there is.
    """
    for area, inside in re.findall(r"self\.(\w+)\.setWidget\(self\.(\w+)\)", form):
        made = re.search(rf"^( *)self\.{area} = QScrollArea\(.*\)\n", form, flags=re.MULTILINE)
        if made is not None:
            form = form.replace(made[0], made[0] + _VIEWPORT.format(indent=made[1], area=area))
        place = f"self.{area}_viewport" if made is not None else f"self.{area}.viewport()"
        form = re.sub(rf"(self\.{inside} = \w+)\(\)", rf"\1({place})", form)
    return form


_VIEWPORT = """\
{indent}self.{area}_viewport = QWidget(self.{area})
{indent}self.{area}_viewport.setObjectName("qt_scrollarea_viewport")
{indent}self.{area}_viewport.setAutoFillBackground(True)
{indent}self.{area}.setViewport(self.{area}_viewport)
"""


def _only_what_it_uses(form: str) -> str:
    """Without the names that the compiler imports into every form: each makes a Python class when it is asked for."""
    body = re.sub(r"^from PySide6\.\w+ import \([^)]*\)\n", "", form, flags=re.MULTILINE)
    used = set(re.findall(r"\w+", body))

    def shortened(found: re.Match[str]) -> str:
        names = [name for name in re.findall(r"\w+", found[2]) if name in used]
        return f"from {found[1]} import {', '.join(names)}\n" if names else ""

    return re.sub(r"^from (PySide6\.\w+) import \(([^)]*)\)\n", shortened, form, flags=re.MULTILINE)


def build_forms() -> int:
    """Compile every form of ui/ into aftercare._built.forms; the number of forms that were stale."""
    out = BUILT / "forms"
    _write_package_marker(out, "Forms compiled from ui/; made by packaging/build_assets.py.")
    wanted = [out / "__init__.py"]
    compiled = 0
    for source in sorted(FORMS.rglob("*.ui")):
        target = out / f"ui_{source.stem}.py"
        if target in wanted:
            raise SystemExit(f"two forms are called {source.stem}.ui; form names are unique")
        wanted.append(target)
        if is_stale(target, source) or is_stale(target, Path(__file__)):  # what compiles decides too
            done = subprocess.run([*_form_compiler(), str(source)], capture_output=True, text=True, check=False)
            if done.returncode or not done.stdout:
                raise SystemExit(f"{source.relative_to(ROOT)} does not compile: {done.stderr}")
            target.write_text(_only_what_it_uses(_in_its_place(done.stdout)), encoding="utf-8")
            compiled += 1
    _remove_orphans(out, wanted)
    return compiled


def build_translations() -> int:
    """Compile resources/i18n/*.po into _built/i18n/<language>/LC_MESSAGES/aftercare.mo; how many were stale."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    out = BUILT / "i18n"
    out.mkdir(parents=True, exist_ok=True)
    wanted, compiled = [], 0
    for source in sorted((RESOURCES / "i18n").glob("*.po")):
        target = out / source.stem / "LC_MESSAGES" / "aftercare.mo"
        wanted.append(target)
        if is_stale(target, source):
            target.parent.mkdir(parents=True, exist_ok=True)
            with source.open("rb") as po, target.open("wb") as mo:
                write_mo(mo, read_po(po))
            compiled += 1
    _remove_orphans(out, wanted)
    return compiled


def copy_resources() -> int:
    """Copy what needs no compiling; the number of files that were stale."""
    copied = 0
    for name in COPIED:
        source_folder, out = RESOURCES / name, BUILT / name
        wanted = []
        for source in sorted(path for path in source_folder.rglob("*") if path.is_file()):
            target = out / source.relative_to(source_folder)
            wanted.append(target)
            if is_stale(target, source):
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(source, target)
                copied += 1
        if out.exists():
            _remove_orphans(out, wanted)
    return copied


def build() -> None:
    _write_package_marker(BUILT, "What the build made of ui/ and resources/; never edited, never committed.")
    counts = {"forms": build_forms(), "translations": build_translations(), "files": copy_resources()}
    made = ", ".join(f"{count} {name}" for name, count in counts.items() if count)
    if made:
        print(f"built {made}")


if __name__ == "__main__":
    build()
