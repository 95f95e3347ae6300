"""What one person may ask and another has to agree to, where the organisation decided so."""

from __future__ import annotations

from enum import StrEnum


class Approvable(StrEnum):
    """What can be put under two persons; the organisation says which of these."""

    EXPORT_AUDIT = "export_audit"
    PURGE = "purge"
    ROTATE_KEY = "rotate_key"
    REMOVE_STAFF = "remove_staff"
    """To close somebody's account, for good or not."""
    RENEW_CODE = "renew_code"
    ERASE_EVERYTHING = "erase_everything"
    GIVE_ACCESS = "give_access"
    """A way in, or a wider view: for whoever could then agree to things, under two persons whenever anything is."""
    TAKE_SECOND = "take_second"
    """To shut out somebody who could agree, or take that from them: under two persons whenever anything is."""
    LOOSEN_POLICY = "loosen_policy"
    """To ask for two persons no longer: under two persons whenever anything is."""


BY_ITSELF = frozenset({Approvable.TAKE_SECOND, Approvable.LOOSEN_POLICY})
"""What is under two persons whenever anything is; nobody has to choose it."""
