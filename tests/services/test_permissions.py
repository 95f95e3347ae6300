"""Deny by default: every service that is handed work declares its permission, and a role without it is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

import aftercare.services
from aftercare.domain.errors import NotAllowed
from aftercare.domain.permissions import GRANTS, Permission, Role
from aftercare.domain.secrecy import PERMISSIONS
from aftercare.services.desk import Desk
from aftercare.services.work import DECLARED
from declared import handed_work, services
from ledger import Ledger


def _used_at_a_desk() -> str:
    """All source that hands services to a desk: the window, the command line, the tests of services."""
    from pathlib import Path

    root = Path(aftercare.services.__file__).parent.parent
    folders = [root / "gui", root / "cli", root / "cli.py"]
    files = [path for folder in folders for path in (folder.rglob("*.py") if folder.is_dir() else [folder])]
    return "\n".join(path.read_text(encoding="utf-8") for path in files if path.exists())


def test_what_the_window_or_the_command_line_asks_for_declares_its_permission() -> None:
    source = _used_at_a_desk()
    undeclared = [name for name in handed_work() if name not in DECLARED]
    asked = [
        name
        for name in undeclared
        if f"from {name.rsplit('.', 1)[0]} import" in source and f"{name.rsplit('.', 1)[1]}," in source
    ]
    assert asked == []


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
