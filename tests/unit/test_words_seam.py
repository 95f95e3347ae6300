"""The seam of words: every sentence can be gathered for translators, whole, with its facts named alike."""

from __future__ import annotations

import ast
import importlib.util
import re
from io import BytesIO
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "src" / "aftercare"
FACTS = re.compile(r"\{([a-z_]*)\}")


@pytest.fixture(scope="module")
def extraction() -> ModuleType:
    spec = importlib.util.spec_from_file_location("extract_words", ROOT / "packaging" / "extract_words.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def sentences(extraction: ModuleType) -> list[tuple[str, ...]]:
    gathered = [message.id for message in extraction.gathered() if message.id]
    return [words if isinstance(words, tuple) else (words,) for words in gathered]


def test_code_forms_and_commands_are_gathered(extraction: ModuleType) -> None:
    found = {message.id: message.locations for message in extraction.gathered()}
    assert ("{n} person", "{n} people") in found
    assert "Records on this computer are locked." in found
    assert "Housing" in found
    assert any(name.startswith("src/aftercare/cli") for places in found.values() for name, _line in places)
    assert "Ctrl+K" not in found


def test_both_forms_of_a_plural_name_their_number(sentences: list[tuple[str, ...]]) -> None:
    wrong = []
    for words in sentences:
        if len(words) == 2:
            one, many = (set(FACTS.findall(form)) for form in words)
            if "n" not in many or one - {"n"} != many - {"n"}:
                wrong.append(words)
    assert wrong == []


def test_every_fact_of_a_sentence_has_a_name(sentences: list[tuple[str, ...]]) -> None:
    assert [words for words in sentences for form in words if "" in FACTS.findall(form) or "%s" in form] == []


def test_no_sentence_begins_or_ends_with_a_blank(sentences: list[tuple[str, ...]]) -> None:
    """A blank at an end is half of a sentence that is put together elsewhere, which no other language can follow."""
    assert [words for words in sentences for form in words if form != form.strip()] == []


def test_what_one_signs_in_with_has_one_name(sentences: list[tuple[str, ...]]) -> None:
    """The field is called «Password», and so is it in every sentence; options of the command line keep their names."""
    spoken = [form.replace("--passphrase-file", "") for words in sentences for form in words]
    assert [form for form in spoken if "passphrase" in form.lower()] == []


def test_sentences_are_literals_never_put_together_before_they_are_translated() -> None:
    wrong = []
    for path in SOURCES.rglob("*.py"):
        if "_built" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _name(node.func) in ("tr", "trn", "N_"):
                wrong += [
                    f"{path.relative_to(ROOT)}:{node.lineno}"
                    for argument in node.args[: 2 if _name(node.func) == "trn" else 1]
                    if isinstance(argument, ast.JoinedStr | ast.BinOp)
                ]
    assert wrong == []


def _name(called: ast.expr) -> str:
    return called.id if isinstance(called, ast.Name) else called.attr if isinstance(called, ast.Attribute) else ""


def test_the_template_can_be_written_and_read(extraction: ModuleType) -> None:
    made = extraction.template(extraction.gathered())
    again = read_po(BytesIO(made.encode()))
    assert {message.id for message in again if message.id} == {m.id for m in extraction.gathered() if m.id}
