"""The people who work in the training vault, and who leads which case."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from aftercare.domain.ids import uuid7
from aftercare.domain.permissions import Role

FIRST_LOGIN = "rahman"
FIRST_NAME = "A. Rahman"
_CASELOAD = 22
_FAMILY_NAMES = (
    "Abebe", "Andersen", "Baptiste", "Castillo", "Dumitru", "Eriksen", "Fofana", "Grant", "Haddad", "Ito", "Jansen",
    "Kovacs", "Laurent", "Mwangi", "Nyberg", "Okafor", "Petrov", "Quist", "Rossi", "Sandhu", "Tamm", "Usman", "Varga",
    "Weber", "Yilmaz", "Zielinska",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TrainingStaff:
    """Somebody who works here; only the first has a passphrase of their own."""

    id: UUID
    login_name: str
    display_name: str
    roles: tuple[Role, ...]

    @property
    def leads_cases(self) -> bool:
        return Role.CASE_WORKER in self.roles


_NAMED = (
    (FIRST_LOGIN, FIRST_NAME, (Role.ADMINISTRATOR, Role.CASE_WORKER, Role.MANAGER)),
    ("osei", "L. Osei", (Role.CASE_WORKER,)),
    ("lindqvist", "M. Lindqvist", (Role.CASE_WORKER, Role.MANAGER)),
    ("bekele", "T. Bekele", (Role.CASE_WORKER,)),
    ("moreau", "J. Moreau", (Role.SHELTER_WORKER,)),
    ("novak", "S. Novak", (Role.SHELTER_WORKER,)),
    ("almeida", "P. Almeida", (Role.VIEWER,)),
    ("iversen", "K. Iversen", (Role.AUDITOR,)),
)


def training_staff(survivors: int, rng: random.Random, now: datetime) -> tuple[TrainingStaff, ...]:
    """The named eight and, for a large caseload, as many case workers more as it takes; the first one unlocks."""
    begun = now - timedelta(days=800)
    staff = [
        TrainingStaff(uuid7(begun, rng.getrandbits), login, name, tuple(sorted(roles))) for login, name, roles in _NAMED
    ]
    for number in range(max(0, survivors // _CASELOAD - 4)):
        family = _FAMILY_NAMES[number % len(_FAMILY_NAMES)]
        initial = "ABCDEFGHIJKLMNOPRSTUVWYZ"[number // len(_FAMILY_NAMES) % 24]
        staff.append(
            TrainingStaff(
                uuid7(begun, rng.getrandbits),
                f"{family}.{number + 1}".lower(),
                f"{initial}. {family}",
                (Role.CASE_WORKER,),
            )
        )
    return tuple(staff)


def leader_of(number: int, staff: tuple[TrainingStaff, ...]) -> TrainingStaff:
    """Who leads the case of the person with this number: the first worker's caseload stays one that can be worked."""
    workers = [one for one in staff if one.leads_cases]
    if number <= 24:
        return workers[0] if number % 4 != 3 else workers[1 + number // 4 % min(3, len(workers) - 1)]
    return workers[1 + number % (len(workers) - 1)]
