"""Gather every sentence of the interface into `resources/i18n/aftercare.pot`, the template of all translations.

From Python: `tr`, `trn` and `N_`, and what commands say of themselves; from ui/: every string that is not marked
`notr`. Run by hand after sentences changed:

    python packaging/extract_words.py            write the template
    python packaging/extract_words.py --check    0 when the template is as the sources are, else 1
"""

from __future__ import annotations

import ast
import io
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import write_po

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "src" / "aftercare"
FORMS = ROOT / "ui"
TEMPLATE = ROOT / "resources" / "i18n" / "aftercare.pot"
KEYWORDS: dict[str, tuple[int, ...] | None] = {"tr": None, "trn": (1, 2), "N_": None}
NOTE = "For translators:"

Sentence = str | tuple[str, str]


def sentences_of_code() -> Iterator[tuple[Sentence, str, int, list[str]]]:
    """Each sentence in Python with its file, line and the comment for translators above it."""
    for path in sorted(SOURCES.rglob("*.py")):
        if "_built" in path.parts:
            continue
        name = path.relative_to(ROOT).as_posix()
        found = extract_from_file("python", path, KEYWORDS, (NOTE,), strip_comment_tags=True)
        for line, words, comments, _context in found:
            yield words if isinstance(words, str) else (words[0], words[1]), name, line, comments


def sentences_of_commands() -> Iterator[tuple[str, str]]:
    """The help of each command: the docstring of a function that is `@explained`."""
    for path in sorted((SOURCES / "cli").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and any(_is_explained(each) for each in node.decorator_list):
                yield ast.get_docstring(node) or "", path.relative_to(ROOT).as_posix()


def _is_explained(decorator: ast.expr) -> bool:
    return isinstance(decorator, ast.Name) and decorator.id == "explained"


def sentences_of_forms() -> Iterator[tuple[str, str]]:
    """Each string of a form that is translated, with its file."""
    for path in sorted(FORMS.rglob("*.ui")):
        name = path.relative_to(ROOT).as_posix()
        for part in ElementTree.parse(path).iter("string"):
            if part.get("notr") != "true" and (part.text or "").strip():
                yield part.text or "", name


def gathered() -> Catalog:
    """The template as the sources are now."""
    catalogue = Catalog(project="Aftercare", charset="utf-8", fuzzy=False)
    for words, name, line, comments in sentences_of_code():
        if words and words != ("", ""):
            catalogue.add(words, locations=[(name, line)], auto_comments=comments, flags=_flags(words))
    for text, name in (*sentences_of_commands(), *sentences_of_forms()):
        catalogue.add(text, locations=[(name, 0)])
    return catalogue


def _flags(words: Sentence) -> set[str]:
    text = words if isinstance(words, str) else words[0]
    return {"python-brace-format"} if "{" in text else set()


def template(catalogue: Catalog) -> str:
    """The template as text: sorted, with files but without lines, so that it changes only with the sentences."""
    out = io.BytesIO()
    write_po(out, catalogue, sort_output=True, include_lineno=False, omit_header=True, width=120)
    head = '# Sentences of Aftercare; made by packaging/extract_words.py.\nmsgid ""\nmsgstr ""\n'
    return head + '"Content-Type: text/plain; charset=utf-8\\n"\n\n' + out.getvalue().decode("utf-8").lstrip()


def main(arguments: list[str]) -> int:
    made = template(gathered())
    if arguments == ["--check"]:
        return 0 if TEMPLATE.exists() and TEMPLATE.read_text(encoding="utf-8") == made else 1
    TEMPLATE.parent.mkdir(parents=True, exist_ok=True)
    TEMPLATE.write_text(made, encoding="utf-8")
    print(f"{len(list(gathered()))} sentences in {TEMPLATE.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
