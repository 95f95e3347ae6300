"""A file of the log that others can believe: signed by a key that only the open vault has.

The signature is Ed25519 over the file's hash and the head of the log. Its public key is in the signature file, so
anyone can check that the two files belong together; that it is *this* office's key shows by its fingerprint, which the
program tells whoever may see the log.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from aftercare.vault import crypto
from aftercare.vault.crypto import Purpose
from aftercare.vault.opened import OpenVault

FORMAT = 1
_SIGNED = ("format", "vault", "lines", "first_seq", "last_seq", "head_seq", "head_mac", "sha256", "made_at")


@dataclass(frozen=True, slots=True)
class SignedHead:
    """What is signed: the file by its hash, how many lines, and where the whole log stood when it was made."""

    vault: str
    lines: int
    first_seq: int
    last_seq: int
    head_seq: int
    head_mac: str
    sha256: str
    made_at: str


class NotSigned(Exception):
    """The signature file is not one, or it does not belong to these lines."""


def fingerprint_of(vault: OpenVault) -> str:
    """The fingerprint of the key that signs this vault's exports: 32 hex digits in groups of four."""
    return _fingerprint(crypto.signing_public(_key(vault)))


def sign(vault: OpenVault, head: SignedHead) -> bytes:
    """The signature file: what is signed as readable JSON, with the public key and the signature."""
    signed = _as_json(head)
    key = _key(vault)
    content = signed | {
        "public_key": crypto.signing_public(key).hex(),
        "signature": crypto.signed(key, _canonical(signed)).hex(),
    }
    return json.dumps(content, indent=1, sort_keys=True).encode("ascii") + b"\n"


def read_signed(content: bytes) -> tuple[SignedHead, str]:
    """What a signature file vouches for, and the fingerprint of the key that does; NotSigned where it is not right."""
    try:
        fields: dict[str, Any] = json.loads(content)
        signed = {name: fields[name] for name in _SIGNED}
        public, signature = bytes.fromhex(fields["public_key"]), bytes.fromhex(fields["signature"])
        crypto.check_signed(public, signature, _canonical(signed))
        if signed.pop("format") != FORMAT:
            raise NotSigned
        return SignedHead(**signed), _fingerprint(public)
    except (ValueError, KeyError, TypeError, RecursionError, crypto.DoesNotOpen) as wrong:
        raise NotSigned from wrong


def _key(vault: OpenVault) -> bytes:
    return crypto.derived_key(vault.unlocked.data_key, Purpose.LOG_EXPORT)


def _as_json(head: SignedHead) -> dict[str, Any]:
    return {"format": FORMAT} | {name: getattr(head, name) for name in _SIGNED if name != "format"}


def _canonical(signed: dict[str, Any]) -> bytes:
    return json.dumps(signed, sort_keys=True, separators=(",", ":")).encode("ascii")


def _fingerprint(public: bytes) -> str:
    digest = crypto.checksum(public)[:32]
    return " ".join(digest[at : at + 4] for at in range(0, len(digest), 4))
