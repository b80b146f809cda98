"""What a release is built from, what building it gives, and the table of differences of two.

Every adapter of a reference source reads a `Material`, writes its files into an empty folder and
answers with a `Built`; two such folders compare as a table of `CHANGES_SCHEMA`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from varinterp.errors import ReleaseError

CHANGES_SCHEMA = pa.schema(
    [
        pa.field("source", pa.string(), nullable=False),
        pa.field("key", pa.string(), nullable=False),
        pa.field("kind", pa.string(), nullable=False),
        pa.field("before", pa.string()),
        pa.field("after", pa.string()),
        pa.field("allele_key", pa.uint64()),
    ]
)
"""One row a source of facts, key and kind of change (`model.change.ChangeKind`).

`source` and `key` are those of `model.reads`, so that recorded reads join against them; `before`
and `after` are short texts for people, null when there was or is nothing; `allele_key` is the
64-bit key where the change is of an allele. Sorted by source, allele key, key and kind.
"""


@dataclass(frozen=True, slots=True)
class Material:
    """The upstream files of one release, by role; a role may have several (one a chromosome).

    `dated` is the day that the upstream gives the release, and `settings` the catalogue's `build`
    block of the source.
    """

    source: str
    release: str
    dated: date
    files: Mapping[str, tuple[Path, ...]]
    settings: Mapping[str, Any] = field(default_factory=dict)

    def one(self, role: str) -> Path:
        """Return the only file of a role; raise ReleaseError when there is none, or several."""
        found = self.files.get(role, ())
        if len(found) != 1:
            raise ReleaseError(
                f"{self.source}@{self.release}: {len(found)} files for {role}, expected one; "
                f"fetch it, or give it with --file {role}=PATH"
            )
        return found[0]

    def every(self, role: str) -> tuple[Path, ...]:
        """Return all files of a role; raise ReleaseError when there is none."""
        found = self.files.get(role, ())
        if not found:
            raise ReleaseError(
                f"{self.source}@{self.release}: no file for {role}; fetch it, or give it with "
                f"--file {role}=PATH"
            )
        return found

    def optional(self, role: str) -> Path | None:
        """Return the file of a role that a release may lack."""
        return self.one(role) if self.files.get(role) else None


@dataclass(frozen=True, slots=True)
class Built:
    """What was written into the release's folder.

    `rows` has every file by its name in the folder, with its rows (None where a file has no rows);
    `counts` are the numbers that the admission gate compares with the catalogue and the previous
    release; `set_aside` counts upstream rows that were left out, by reason; `stated` is the date
    that the files give themselves, None when they give none.
    """

    rows: Mapping[str, int | None]
    counts: Mapping[str, int]
    set_aside: Mapping[str, int] = field(default_factory=dict)
    stated: date | None = None
