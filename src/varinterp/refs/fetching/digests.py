"""The digests of a file that arrived, and those that upstream publishes of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import md5, sha256
from pathlib import Path

from varinterp.errors import ReleaseError

_BLOCK = 1 << 20
_SUM_LINE = re.compile(r"\\?([0-9a-fA-F]{64}|[0-9a-fA-F]{32})(?:[ \t]+\*?(\S.*?))?[ \t]*")
_BSD_LINE = re.compile(r"(?:MD5|SHA256) ?\((.+)\) ?= ?([0-9a-fA-F]{64}|[0-9a-fA-F]{32})[ \t]*")


@dataclass(frozen=True, slots=True)
class Digests:
    """A file's own digests, in hexadecimal."""

    sha256: str
    md5: str

    def agree(self, published: str) -> bool:
        """Whether a published digest, MD5 or SHA-256 by its length, is this file's."""
        return published in (self.sha256, self.md5)


def digests_of(path: Path) -> Digests:
    """Read a file once for both digests."""
    safe, short = sha256(), md5(usedforsecurity=False)
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            safe.update(block)
            short.update(block)
    return Digests(safe.hexdigest(), short.hexdigest())


def named(digest: str) -> str:
    """Return a digest with its kind before it."""
    return f"{'md5' if len(digest) == 32 else 'sha256'}:{digest}"


def published_digest(text: str, name: str, label: str) -> str:
    """Return the digest of a file from a text of sums; raise ReleaseError when it has none.

    A text with one sum is of the file, whatever it calls it: ClinVar names its files by the path
    that they had when the sum was made.
    """
    found = _sums(text)
    if name in found:
        return found[name]
    if len(found) == 1:
        return next(iter(found.values()))
    raise ReleaseError(
        f"{label}: the published sums have none of {name}; correct md5_url in the catalogue"
    )


def _sums(text: str) -> Mapping[str, str]:
    found = {}
    for line in text.splitlines():
        if match := _BSD_LINE.fullmatch(line):
            name, digest = match.groups()
        elif match := _SUM_LINE.fullmatch(line):
            digest, name = match.groups()
        else:
            continue
        found[(name or "").rpartition("/")[2]] = digest.lower()
    return found
