"""What tells of a person: compressed, and encrypted with a key of the case's own.

AES-256-GCM with a random nonce; the table and the row are bound to the text, so that no payload
can be moved to another row. Destroying the key leaves ciphertext that nobody can read, and whose
digest still stands in the hash chain.
"""

import os
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from isal import isal_zlib

from varinterp.errors import StageError

_SECRET_BYTES = 32
_NONCE_BYTES = 12
_TOKEN_BYTES = 16
_LEVEL = 1

_LIKELY = Path(__file__).with_name("payload-1.txt").read_bytes()
"""What texts are likely to hold: a constructed case's picture, a candidate and an assessment.

It halves what is stored. Every payload needs it to be read: the file is never changed.
"""


def new_secret() -> bytes:
    """Return a key for a new case."""
    return os.urandom(_SECRET_BYTES)


def pack(text: str) -> bytes:
    """Return a text compressed, as `CaseKey.lock` takes it."""
    packer = isal_zlib.compressobj(_LEVEL, zdict=_LIKELY)
    return packer.compress(text.encode()) + packer.flush()


def _unpack(packed: bytes) -> str:
    opened: bytes = isal_zlib.decompressobj(zdict=_LIKELY).decompress(packed)
    return opened.decode()


@dataclass(frozen=True, slots=True)
class CaseKey:
    """The key of a case that is not erased."""

    case_id: int
    secret: bytes = field(repr=False)
    _cipher: AESGCM = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_cipher", AESGCM(self.secret))

    def lock(self, table: str, row: int, packed: bytes) -> bytes:
        """Encrypt a packed text for one row of a table."""
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, packed, _place(table, row))

    def unlock(self, table: str, row: int, payload: bytes) -> str:
        """Return the text of a row; raise StageError when it is not what was written there."""
        nonce, text = payload[:_NONCE_BYTES], payload[_NONCE_BYTES:]
        try:
            packed = self._cipher.decrypt(nonce, text, _place(table, row))
        except (InvalidTag, ValueError):
            raise StageError(f"row {row} of {table} was altered; restore the registry") from None
        return _unpack(packed)

    def token(self, text: str) -> bytes:
        """Return what stands for a text in clear: nobody can tell it without the key."""
        return blake2b(text.encode(), key=self.secret, digest_size=_TOKEN_BYTES).digest()


def _place(table: str, row: int) -> bytes:
    return f"{table}:{row}".encode()
