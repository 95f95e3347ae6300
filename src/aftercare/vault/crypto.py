"""The only module that does cryptography: primitives of `cryptography` and `argon2-cffi`, each behind one verb.

Keys are 32 bytes. Whatever a caller hands in that has another size is our own mistake and raises `Bug`, so that no
short or empty key is ever used for anything. The libraries are imported by the functions: the unlock window asks what
a folder holds before it paints, and needs no key for it.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from enum import Enum
from typing import TYPE_CHECKING

from aftercare.domain.errors import Bug

if TYPE_CHECKING:
    from cryptography.hazmat.primitives import hpke

KEY_BYTES = 32
SALT_BYTES = 16
NONCE_BYTES = 12
MAC_BYTES = 32
DEVICE_NAME_BYTES = 16
PUBLIC_KEY_BYTES = 32
SEALED_KEY_BYTES = NONCE_BYTES + KEY_BYTES + 16
BOXED_KEY_BYTES = PUBLIC_KEY_BYTES + KEY_BYTES + 16  # encapsulated key, ciphertext, tag (RFC 9180)


class Purpose(Enum):
    """What a key derived from the data key is for; one label each, never two uses of one key."""

    DATABASE = b"aftercare/1/database"
    HEADER = b"aftercare/1/header"
    HEADER_MAC = b"aftercare/1/header-mac"
    AUDIT = b"aftercare/1/audit"
    BACKUP = b"aftercare/1/backup"
    DRAFTS = b"aftercare/1/drafts"
    LOG_EXPORT = b"aftercare/1/log-export"


class DoesNotOpen(Exception):
    """A sealed value was opened with the wrong key, or it (or what it is bound to) was changed."""


def load_libraries() -> None:
    """Read both libraries from disk now: whoever waits for a key does not wait for them too."""
    import argon2.low_level  # noqa: F401
    from cryptography.hazmat.primitives import hashes, hpke  # noqa: F401
    from cryptography.hazmat.primitives.asymmetric import ed25519, x25519  # noqa: F401
    from cryptography.hazmat.primitives.ciphers import aead  # noqa: F401
    from cryptography.hazmat.primitives.kdf import hkdf  # noqa: F401


def random_bytes(count: int) -> bytes:
    return secrets.token_bytes(count)


def random_key() -> bytes:
    return secrets.token_bytes(KEY_BYTES)


def _checked(key: bytes) -> bytes:
    if len(key) != KEY_BYTES or not any(key):
        raise Bug("a key is 32 bytes and not all zero")
    return key


def derived_key(data_key: bytes, purpose: Purpose) -> bytes:
    """HKDF-SHA256 (expand only: the data key is uniformly random) of the data key for one purpose."""
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

    return HKDFExpand(hashes.SHA256(), KEY_BYTES, purpose.value).derive(_checked(data_key))


def tied_key(key: bytes, device_secret: bytes) -> bytes:
    """HKDF-SHA256 of a key from a passphrase and a secret of one computer: without either there is no key."""
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(hashes.SHA256(), KEY_BYTES, _checked(key), b"aftercare/1/device").derive(_checked(device_secret))


def seal(key: bytes, plain: bytes, bound_to: bytes) -> bytes:
    """AES-256-GCM with a fresh random nonce in front; `bound_to` must be the same when it is opened."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = random_bytes(NONCE_BYTES)
    return nonce + AESGCM(_checked(key)).encrypt(nonce, plain, bound_to)


def unseal(key: bytes, sealed: bytes, bound_to: bytes) -> bytes:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if len(sealed) < NONCE_BYTES + 16:
        raise DoesNotOpen
    try:
        return AESGCM(_checked(key)).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], bound_to)
    except InvalidTag as wrong:
        raise DoesNotOpen from wrong


def new_key_pair() -> tuple[bytes, bytes]:
    """An X25519 (private, public) pair."""
    private = random_key()
    return private, public_of(private)


def public_of(private: bytes) -> bytes:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    return X25519PrivateKey.from_private_bytes(_checked(private)).public_key().public_bytes_raw()


def _box_suite() -> hpke.Suite:
    """HPKE base mode, X25519, HKDF-SHA256, AES-256-GCM (RFC 9180)."""
    from cryptography.hazmat.primitives import hpke

    return hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)


def box(public: bytes, plain: bytes, bound_to: bytes) -> bytes:
    """Seal for the holder of a private key."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

    return _box_suite().encrypt(plain, X25519PublicKey.from_public_bytes(public), bound_to)


def unbox(private: bytes, boxed: bytes, bound_to: bytes) -> bytes:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    key = X25519PrivateKey.from_private_bytes(_checked(private))
    try:
        return _box_suite().decrypt(boxed, key, bound_to)
    except (InvalidTag, ValueError) as wrong:
        raise DoesNotOpen from wrong


def mac(key: bytes, message: bytes) -> bytes:
    """HMAC-SHA256."""
    return hmac.digest(_checked(key), message, "sha256")


def same(one: bytes, other: bytes) -> bool:
    """Equality in constant time."""
    return hmac.compare_digest(one, other)


def checksum(content: bytes) -> str:
    """SHA-256 in hex: finds damage, not malice."""
    return hashlib.sha256(content).hexdigest()


def argon2id(secret: bytes, salt: bytes, *, kibibytes: int, passes: int, lanes: int) -> bytes:
    """A 32-byte key from a secret that people remember; raises MemoryError where memory is short."""
    from argon2 import low_level
    from argon2.exceptions import HashingError

    try:
        return low_level.hash_secret_raw(
            secret,
            salt,
            time_cost=passes,
            memory_cost=kibibytes,
            parallelism=lanes,
            hash_len=KEY_BYTES,
            type=low_level.Type.ID,
        )
    except HashingError as failed:
        raise MemoryError(str(failed)) from failed


def ratcheted(key: bytes) -> bytes:
    """The next key of a chain; the one before cannot be found from it."""
    return hashlib.sha256(b"aftercare/1/ratchet" + key).digest()


_INNER_PAD = bytes(byte ^ 0x36 for byte in range(256))
_OUTER_PAD = bytes(byte ^ 0x5C for byte in range(256))


def chained_mac(key: bytes, prev: bytes, message: bytes) -> bytes:
    """One link of the audit chain: HMAC-SHA256 of both, spelled out (RFC 2104).

    Called for every entry of a verification, where `hmac.digest` costs twice as much under OpenSSL 3; a test compares
    the two. The key has 32 bytes: its maker checked it.
    """
    block = key.ljust(64, b"\0")
    inner = hashlib.sha256(block.translate(_INNER_PAD) + prev + message).digest()
    return hashlib.sha256(block.translate(_OUTER_PAD) + inner).digest()


def signing_public(key: bytes) -> bytes:
    """The public half of the Ed25519 key whose private half are these 32 bytes."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(_checked(key)).public_key().public_bytes_raw()


def signed(key: bytes, message: bytes) -> bytes:
    """The Ed25519 signature of a message (RFC 8032)."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(_checked(key)).sign(message)


def check_signed(public: bytes, signature: bytes, message: bytes) -> None:
    """DoesNotOpen unless the holder of the private key signed exactly this."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError) as wrong:
        raise DoesNotOpen from wrong


def page_mac_key(key: bytes, salt: bytes) -> bytes:
    """The key by which SQLCipher 4 authenticates the pages of a database: its salt with every bit of 0x3a turned."""
    return hashlib.pbkdf2_hmac("sha512", _checked(key), bytes(byte ^ 0x3A for byte in salt), 2, KEY_BYTES)


def open_page(key: bytes, mac_key: bytes, number: int, sealed: bytes) -> bytes:
    """One page as SQLCipher 4 wrote it (AES-256-CBC, then IV and HMAC-SHA512 at its end); `DoesNotOpen` if changed.

    For salvage alone: everything else reads through the cipher itself, which gives up at the first bad page.
    """
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    body, iv, found = sealed[:-80], sealed[-80:-64], sealed[-64:]
    expected = hmac.digest(_checked(mac_key), body + iv + number.to_bytes(4, "little"), "sha512")
    if not same(expected, found):
        raise DoesNotOpen
    opener = Cipher(algorithms.AES256(_checked(key)), modes.CBC(iv)).decryptor()
    return opener.update(body) + opener.finalize()
