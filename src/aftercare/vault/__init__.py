"""The guard of the file: keys, header, cipher, migrations, backups, audit chain.

Names are imported when they are first asked for: the unlock window paints before SQLAlchemy is loaded.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from aftercare.vault.at_rest import SumAhead
    from aftercare.vault.audit import AuditChain, AuditEvent
    from aftercare.vault.backup import copy_to, list_backups, make_backup, thin
    from aftercare.vault.backup_file import BackupFile, read_backup
    from aftercare.vault.confirm import confirm_passphrase
    from aftercare.vault.crypto import Purpose
    from aftercare.vault.derive import Derive, derive_apart
    from aftercare.vault.engine import EngineAhead
    from aftercare.vault.kdf import CHEAP_KDF, KdfParameters, derive_here, measured_kdf
    from aftercare.vault.making import NewAccount, create_vault
    from aftercare.vault.opened import OpenVault
    from aftercare.vault.opening import Ahead, OlderDatabase, open_vault
    from aftercare.vault.passphrases import PassphraseFault, check_passphrase, generate_passphrase
    from aftercare.vault.recover import Recovered, open_with_code, start_again
    from aftercare.vault.recovery import RecoveryCode, parse_recovery_code
    from aftercare.vault.recovery_parts import RecoveryKit, new_kit, recovered_code
    from aftercare.vault.restore import Restored, complete_restore, restore_backup
    from aftercare.vault.restore_keys import SignIn
    from aftercare.vault.start_test import self_test
    from aftercare.vault.state import VaultPresence, VaultState, vault_state
    from aftercare.vault.verify import VerifyReport, verify_vault

_HOMES = {
    "at_rest": ("SumAhead",),
    "audit": ("AuditChain", "AuditEvent"),
    "backup": ("copy_to", "list_backups", "make_backup", "thin"),
    "backup_file": ("BackupFile", "read_backup"),
    "confirm": ("confirm_passphrase",),
    "crypto": ("Purpose",),
    "derive": ("Derive", "derive_apart"),
    "engine": ("EngineAhead",),
    "kdf": ("CHEAP_KDF", "KdfParameters", "derive_here", "measured_kdf"),
    "making": ("NewAccount", "create_vault"),
    "opened": ("OpenVault",),
    "opening": ("Ahead", "OlderDatabase", "open_vault"),
    "passphrases": ("PassphraseFault", "check_passphrase", "generate_passphrase"),
    "recover": ("Recovered", "open_with_code", "start_again"),
    "recovery": ("RecoveryCode", "parse_recovery_code"),
    "recovery_parts": ("RecoveryKit", "new_kit", "recovered_code"),
    "restore": ("Restored", "complete_restore", "restore_backup"),
    "restore_keys": ("SignIn",),
    "start_test": ("self_test",),
    "state": ("VaultPresence", "VaultState", "vault_state"),
    "verify": ("VerifyReport", "verify_vault"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "CHEAP_KDF",
    "Ahead",
    "AuditChain",
    "AuditEvent",
    "BackupFile",
    "Derive",
    "EngineAhead",
    "KdfParameters",
    "NewAccount",
    "OlderDatabase",
    "OpenVault",
    "PassphraseFault",
    "Purpose",
    "Recovered",
    "RecoveryCode",
    "RecoveryKit",
    "Restored",
    "SignIn",
    "SumAhead",
    "VaultPresence",
    "VaultState",
    "VerifyReport",
    "check_passphrase",
    "complete_restore",
    "confirm_passphrase",
    "copy_to",
    "create_vault",
    "derive_apart",
    "derive_here",
    "generate_passphrase",
    "list_backups",
    "make_backup",
    "measured_kdf",
    "new_kit",
    "open_vault",
    "open_with_code",
    "parse_recovery_code",
    "read_backup",
    "recovered_code",
    "restore_backup",
    "self_test",
    "start_again",
    "thin",
    "vault_state",
    "verify_vault",
]


def __getattr__(name: str) -> Any:
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(name)
    return getattr(import_module(f"aftercare.vault.{home}"), name)
