"""What a source of references can do, whatever its format."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from varinterp.errors import ReleaseError
from varinterp.refs.lock import Releases
from varinterp.sources.material import Built, Material
from varinterp.sources.rules import Rules


@dataclass(frozen=True, slots=True)
class Context:
    """What a build may read beside its material, and where it may write while it works.

    `reference` is the GRCh38 FASTA; `releases` the sources that the catalogue says this one
    `needs` or `uses`, opened; `scratch` an empty folder that is removed afterwards; `previous` the
    folder of the release before, for sources whose facts have a history.
    """

    reference: Path | None
    releases: Releases
    scratch: Path
    previous: Path | None = None

    def fasta(self) -> Path:
        """Return the reference; raise ReleaseError when none was given."""
        if self.reference is None:
            raise ReleaseError("this source needs the reference: give --reference GRCh38.fa.gz")
        return self.reference


@dataclass(frozen=True, slots=True)
class Adapter:
    """A source's three verbs.

    `build` writes the release's files into an empty folder; ReleaseError for a word that the
    vocabulary lacks. `lookup` returns what a built folder says under a key of `model.reads`, as
    plain values, or None. `changes` compares two built folders as `CHANGES_SCHEMA`; `rules` has
    the thresholds whose crossing is a kind of its own.
    """

    build: Callable[[Material, Context, Path], Built]
    lookup: Callable[[Path, str], Mapping[str, Any] | None]
    changes: Callable[[Path, Path, Rules], pl.DataFrame]
