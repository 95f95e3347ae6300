"""Which parts the administration has, and for whom; the code of a part is read when it is first shown."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from aftercare.domain.permissions import Permission
from aftercare.gui.office import Office
from aftercare.gui.pages.person import TabEntry
from aftercare.i18n import tr
from aftercare.settings import Settings

_ANY = {
    Permission.MANAGE_STAFF,
    Permission.MANAGE_KEYS,
    Permission.MANAGE_BACKUPS,
    Permission.SET_POLICY,
    Permission.SEE_AUDIT,
    Permission.CHECK_VAULT,
}


def administration_parts(office: Office, settings: Settings) -> list[TabEntry]:
    """The parts that whoever works here has, in their order; nobody else sees the page at all."""
    parts: list[tuple[set[Permission], TabEntry]] = [
        ({Permission.MANAGE_STAFF}, TabEntry("people", tr("People and roles"), partial(_people, office))),
        (
            {Permission.APPROVE, Permission.REVIEW_ACCESS},
            TabEntry("decisions", tr("To decide"), partial(_decisions, office)),
        ),
        ({Permission.MANAGE_KEYS}, TabEntry("keys", tr("Keys and recovery"), partial(_keys, office))),
        ({Permission.MANAGE_BACKUPS}, TabEntry("backups", tr("Backups"), partial(_backups, office))),
        ({Permission.SET_POLICY}, TabEntry("policy", tr("Policy"), partial(_policy, office))),
        ({Permission.PURGE_RECORDS}, TabEntry("retention", tr("Retention"), partial(_retention, office))),
        ({Permission.SEE_AUDIT}, TabEntry("log", tr("Log"), partial(_log, office))),
        (_ANY, TabEntry("computer", tr("This computer"), partial(_computer, office, settings))),
    ]
    return [part for any_of, part in parts if any_of & office.actor.permissions]


def _people(office: Office, around: QWidget) -> QWidget:
    from aftercare.gui.pages.administration_people import PeoplePart

    return PeoplePart(office, around)


def _decisions(office: Office, around: QWidget) -> QWidget:
    from aftercare.gui.pages.administration_decisions import DecisionsPart

    return DecisionsPart(office, around)


def _keys(office: Office, around: QWidget) -> QWidget:
    from aftercare.gui.pages.administration_keys import KeysPart

    return KeysPart(office, around)


def _backups(office: Office, around: QWidget) -> QWidget:
    from aftercare.gui.pages.administration_backups import BackupsPart

    return BackupsPart(office, around)


def _policy(office: Office, around: QWidget) -> QWidget:
    from aftercare.gui.pages.administration_policy import PolicyPart

    return PolicyPart(office, around)


def _retention(office: Office, around: QWidget) -> QWidget:
    from aftercare.gui.pages.administration_retention import RetentionPart

    return RetentionPart(office, around)


def _log(office: Office, around: QWidget) -> QWidget:
    from aftercare.gui.pages.log import LogPart

    return LogPart(office, around)


def _computer(office: Office, settings: Settings, around: QWidget) -> QWidget:
    from aftercare.gui.pages.administration_computer import ComputerPart

    return ComputerPart(office, settings, around)
