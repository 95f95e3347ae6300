"""The scripts of packaging/ as modules: they import each other by name, from the folder in which they are."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType


def script(name: str) -> ModuleType:
    """Found while tests/release runs, whose conftest puts the folder on the path."""
    return import_module(name)
