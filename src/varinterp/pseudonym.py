"""Pseudonyms of families and people: keyed HMAC-SHA256, so that they cannot be enumerated.

A plain hash of a record or social-security number is undone by trying all numbers; a keyed one is
not, without the key. Keep the key apart from the data: with it, names can be tried again.
"""

import base64
import hmac
import os
import secrets
import stat
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from varinterp.errors import Fault, InputError
from varinterp.model.canonical import canonical

KEY_BYTES = 32
_LENGTH = 12
DEMONSTRATION = "demonstration"
"""The word that names the public key of constructed families in a configuration."""
_PUBLIC_KEY = b"varinterp: a public key, for constructed families only"


@dataclass(frozen=True, slots=True)
class Pseudonymiser:
    """Gives one pseudonym for one name and key: ``F-``, ``C-`` or ``P-`` and 12 of A–Z, 2–7."""

    key: bytes = field(repr=False)

    def family(self, name: str) -> str:
        """Return the pseudonym of a family."""
        return f"F-{self._digest('family', name)}"

    def case(self, family: str, proband: str, indication: str) -> str:
        """Return the pseudonym of a case: a proband's other indication is another case."""
        return f"C-{self._digest('case', family, proband, indication)}"

    def person(self, family: str, name: str) -> str:
        """Return the pseudonym of a person; one name in two families is two people."""
        return f"P-{self._digest('person', family, name)}"

    def fingerprint(self, value: object) -> str:
        """Return a keyed digest of a value of the laboratory's, fit for a log."""
        return self._digest("fingerprint", canonical(value))

    def _digest(self, *parts: str) -> str:
        # NUL cannot be in a name, so no two lists of parts make one message.
        message = "\0".join(parts).encode()
        digest = hmac.new(self.key, message, sha256).digest()
        return base64.b32encode(digest).decode()[:_LENGTH]


def load_pseudonymiser(setting: str) -> Pseudonymiser:
    """Return the pseudonymiser of a key file, or of the word ``demonstration``."""
    if setting == DEMONSTRATION:
        return Pseudonymiser(_PUBLIC_KEY)
    return Pseudonymiser(read_key(Path(setting)))


def read_key(path: Path) -> bytes:
    """Return a key; raise InputError when it is missing, short or open to others."""
    if not path.is_file():
        raise _error(path, "key.missing", "no file", "a key file", "make one: varinterp key FILE")
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        mode = f"mode {stat.S_IMODE(path.stat().st_mode):04o}"
        raise _error(path, "key.mode", mode, "mode 0600", f"type: chmod 600 {path}")
    key = path.read_bytes()
    if len(key) < KEY_BYTES:
        raise _error(
            path, "key.short", f"{len(key)} bytes", "at least 32", "restore it from its backup"
        )
    return key


def create_key(path: Path) -> None:
    """Write a new random key with mode 0600; raise InputError when the file exists."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise _error(
            path, "key.exists", "a file", "none", "keep it: another key loses every pseudonym"
        ) from error
    with os.fdopen(handle, "wb") as stream:
        stream.write(secrets.token_bytes(KEY_BYTES))
        stream.flush()
        os.fsync(stream.fileno())


def _error(path: Path, rule: str, found: str, expected: str, advice: str) -> InputError:
    return InputError([Fault(rule, str(path), found, expected, advice)])
