"""Deny by default: every service that is handed work declares its permission, and a role without it is refused."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import import_module
from typing import Any

import pytest

import aftercare.services
from aftercare.domain.errors import NotAllowed
from aftercare.domain.permissions import GRANTS, Permission, Role
from aftercare.domain.secrecy import PERMISSIONS
from aftercare.services.desk import Desk
from aftercare.services.work import DECLARED
from ledger import Ledger

# parts of a service that another service calls inside its own transaction; none of them is handed to a desk
FRAMEWORK = {"aftercare.services.work", "aftercare.services.desk", "aftercare.services.history"}


def _modules() -> Iterator[Any]:
    for found in pkgutil.walk_packages(aftercare.services.__path__, "aftercare.services."):
        if found.name not in FRAMEWORK:
            yield import_module(found.name)


def _services() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every declared service by its full name."""
    for module in _modules():
        for name, service in vars(module).items():
            full = f"{module.__name__}.{name}"
            if full in DECLARED:
                yield full, service


def _handed_work() -> Iterator[str]:
    """Public functions of the services whose first argument is a Work."""
    for module in _modules():
        for name, function in vars(module).items():
            if name.startswith("_") or not inspect.isfunction(function) or function.__module__ != module.__name__:
                continue
            first = next(iter(inspect.signature(function).parameters.values()), None)
            if first is not None and first.annotation in ("Work", "work.Work"):
                yield f"{module.__name__}.{name}"


def _used_at_a_desk() -> str:
    """All source that hands services to a desk: the window, the command line, the tests of services."""
    from pathlib import Path

    root = Path(aftercare.services.__file__).parent.parent
    folders = [root / "gui", root / "cli", root / "cli.py"]
    files = [path for folder in folders for path in (folder.rglob("*.py") if folder.is_dir() else [folder])]
    return "\n".join(path.read_text(encoding="utf-8") for path in files if path.exists())


def test_what_the_window_or_the_command_line_asks_for_declares_its_permission() -> None:
    source = _used_at_a_desk()
    undeclared = [name for name in _handed_work() if name not in DECLARED]
    asked = [
        name
        for name in undeclared
        if f"from {name.rsplit('.', 1)[0]} import" in source and f"{name.rsplit('.', 1)[1]}," in source
    ]
    assert asked == []


@pytest.mark.parametrize("role", list(Role))
def test_a_role_is_refused_whatever_it_is_not_granted(desk: Desk, ledger: Ledger, role: Role) -> None:
    desk.actor = replace(desk.actor, roles=frozenset({role}))
    forbidden = [(name, service) for name, service in _services() if DECLARED[name] not in GRANTS[role]]
    for _name, service in forbidden:
        with pytest.raises(NotAllowed):
            desk.do(service)
    refused = [(action, kind) for action, kind, _object, _reason in ledger]
    assert refused == [("refused", name.rsplit(".", 1)[1][:40]) for name, _service in forbidden]


def test_an_administrator_sees_no_case_content() -> None:
    content = {Permission.SEE_RECORDS, *PERMISSIONS.values(), Permission.WRITE_NOTES, Permission.PRINT_REPORTS}
    assert not content & GRANTS[Role.ADMINISTRATOR]
