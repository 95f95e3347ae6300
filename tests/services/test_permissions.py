"""Deny by default: every service that is handed work declares its permission, and a role without it is refused."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

import aftercare.services
from aftercare.domain.errors import NotAllowed
from aftercare.domain.permissions import GRANTS, Permission, Role
from aftercare.domain.secrecy import PERMISSIONS
from aftercare.services.desk import Desk
from aftercare.services.work import DECLARED
from declared import handed_work, services
from ledger import Ledger

ROOT = Path(aftercare.services.__file__).parent.parent
HANDED_IN_BY = {"ask", "do", "do_beside", "do_with_progress"}


@cache
def _trees() -> tuple[tuple[str, ast.Module], ...]:
    """All source of the program that knows of services, by the name of its module."""
    sources = ((path, path.read_text(encoding="utf-8")) for path in sorted(ROOT.rglob("*.py")))
    return tuple(
        (".".join(("aftercare", *path.relative_to(ROOT).with_suffix("").parts)), ast.parse(source))
        for path, source in sources
        if "aftercare.services" in source
    )


def _takes_work(function: ast.FunctionDef) -> bool:
    first = next(iter((*function.args.posonlyargs, *function.args.args)), None)
    return first is not None and isinstance(first.annotation, ast.Name) and first.annotation.id == "Work"


def _meaning(module: str, tree: ast.Module) -> dict[str, str]:
    """The full name of everything that a module defines or imports by name, also inside its functions."""
    names = {node.name: f"{module}.{node.name}" for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            names |= {one.asname or one.name: f"{node.module}.{one.name}" for one in node.names}
    return names


def _handed_in(tree: ast.Module) -> Iterator[str]:
    """The names that stand first where a request is handed in: `desk.do(save_note, ...)`."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        if node.func.attr in HANDED_IN_BY and node.args and isinstance(node.args[0], ast.Name):
            yield node.args[0].id


def test_only_services_take_work() -> None:
    """A request that is written anywhere else would need no permission."""
    elsewhere = [
        f"{module}.{node.name}"
        for module, tree in _trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and _takes_work(node) and not module.startswith("aftercare.services.")
    ]
    assert elsewhere == []


def test_whatever_takes_work_declares_its_permission_or_is_called_by_services_alone() -> None:
    declared = {full for full, _service in services()}
    taking, handed_in, imported = set(), set(), set()
    for module, tree in _trees():
        functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
        taking |= {f"{module}.{function.name}" for function in functions if _takes_work(function)}
        meaning = _meaning(module, tree)
        handed_in |= {meaning[name] for name in _handed_in(tree) if name in meaning}
        if not module.startswith("aftercare.services."):
            imported |= set(meaning.values())
    parts = taking - declared
    assert parts & handed_in == set()
    assert parts & imported == set()
    assert set(handed_work()) - declared <= parts


@pytest.mark.parametrize("role", list(Role))
def test_a_role_is_refused_whatever_it_is_not_granted(desk: Desk, ledger: Ledger, role: Role) -> None:
    desk.actor = replace(desk.actor, roles=frozenset({role}))
    forbidden = [(name, service) for name, service in services() if DECLARED[name] not in GRANTS[role]]
    for _name, service in forbidden:
        with pytest.raises(NotAllowed):
            desk.do(service)
    refused = [(action, kind) for action, kind, _object, _reason in ledger]
    assert refused == [("refused", name.rsplit(".", 1)[1][:40]) for name, _service in forbidden]


def test_an_administrator_sees_no_case_content() -> None:
    content = {Permission.SEE_RECORDS, *PERMISSIONS.values(), Permission.WRITE_NOTES, Permission.PRINT_REPORTS}
    assert not content & GRANTS[Role.ADMINISTRATOR]
