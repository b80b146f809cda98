"""The one file that says which files an index consists of; replacing it is the moment of change.

A generation names its segments and those of the generation before it. Every other file of the
folder is the rest of an interrupted or an older change and is removed by the next writer: the
segments of one generation back stay, for a reader on another machine that still holds them.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from varinterp.cohort.blocks import SUFFIX, Blocks, open_blocks
from varinterp.errors import StageError
from varinterp.files import held, write_text

MANIFEST = "manifest.json"
_LOCK = "lock"
_VERSION: Final = 1
_TRIES = 8


@dataclass(frozen=True, slots=True)
class Manifest:
    """A generation; `state` is what its index needs to know beside its segments."""

    generation: int = 0
    segments: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    state: Mapping[str, Any] = field(default_factory=dict)

    def next(self, segments: tuple[str, ...], state: Mapping[str, Any]) -> "Manifest":
        """Return the generation that follows."""
        return Manifest(self.generation + 1, segments, self.segments, state)


def read_manifest(folder: Path) -> Manifest | None:
    """Read a folder's manifest; None when there is none, StageError when it is damaged."""
    path = folder / MANIFEST
    try:
        document = json.loads(path.read_text())
        body = document["manifest"]
        if document["sha256"] != _digest(body) or body["schema_version"] != _VERSION:
            raise ValueError
        return Manifest(
            body["generation"], tuple(body["segments"]), tuple(body["before"]), body["state"]
        )
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError) as error:
        raise StageError(
            f"{path} is damaged: delete the folder {folder}, it is derived and is made again"
        ) from error


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Make a generation the current one, in one rename."""
    body = {
        "schema_version": _VERSION,
        "generation": manifest.generation,
        "segments": list(manifest.segments),
        "before": list(manifest.before),
        "state": dict(manifest.state),
    }
    text = json.dumps({"manifest": body, "sha256": _digest(body)}, indent=1, sort_keys=True)
    write_text(folder / MANIFEST, text + "\n")


def clear(folder: Path, manifest: Manifest) -> None:
    """Remove what neither a generation nor the one before it names; writers only."""
    kept = {*manifest.segments, *manifest.before, MANIFEST, _LOCK}
    for path in folder.iterdir():
        if path.name not in kept and (path.suffix == SUFFIX or path.name.startswith(".partial-")):
            path.unlink(missing_ok=True)


def open_segments(folder: Path) -> tuple[Manifest | None, tuple[Blocks, ...]]:
    """Open the current generation; another may become current meanwhile, then it is opened."""
    for _ in range(_TRIES):
        manifest = read_manifest(folder)
        if manifest is None:
            return None, ()
        try:
            return manifest, tuple(open_blocks(folder / name) for name in manifest.segments)
        except FileNotFoundError:
            if read_manifest(folder) == manifest:
                break
    raise StageError(
        f"{folder} lacks a segment that its manifest names: delete the folder, it is derived and "
        "is made again"
    )


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Hold the folder's lock: one process at a time writes generations; readers need none."""
    with held(folder / _LOCK):
        yield


def tail_to_merge(sizes: list[int], factor: int = 3) -> int:
    """Return from which segment on a merge pays, oldest first: until sizes fall geometrically."""
    start = len(sizes) - 1
    total = sizes[-1] if sizes else 0
    while start > 0 and sizes[start - 1] <= factor * total:
        start -= 1
        total += sizes[start]
    return max(start, 0)


def _digest(body: Mapping[str, Any]) -> str:
    return sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
