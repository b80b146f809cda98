"""What a release of scores says of its own files: `scores.json`.

Scores are stored as whole numbers of a fixed decimal, as upstream prints them, so that what is
read back is the printed number exactly and a cut-off is never missed by a rounding.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import polars as pl

from varinterp.errors import ReleaseError
from varinterp.files import write_text
from varinterp.model.prediction import SCOPES, Predictor, Scope
from varinterp.sources.delimited import LINE
from varinterp.sources.lines import shown

LAYOUT = "scores.json"
_VERSION = 1
_TINY = 1e-6


@dataclass(frozen=True, slots=True)
class ScoreLayout:
    """Which predictor, how many decimals its scores have, and between what bounds they lie.

    `settings` are words that the release carries for people (SpliceAI: masked or raw).
    """

    predictor: Predictor
    decimals: int
    least: float
    most: float
    settings: Mapping[str, str]

    @property
    def scope(self) -> Scope:
        """What a score is about."""
        return SCOPES[self.predictor]

    @property
    def _unit(self) -> int:
        return int(10**self.decimals)

    @property
    def dtype(self) -> str:
        """The stored type: the narrowest that holds every score."""
        widest = max(abs(self.least), abs(self.most)) * self._unit
        return "int16" if widest < 32_000 else "int32"

    def alike(self, other: "ScoreLayout") -> bool:
        """Whether the same stored number is the same score in both."""
        return (self.decimals, self.dtype) == (other.decimals, other.dtype)

    def stored(self, frame: pl.DataFrame, name: str, path: Path) -> pl.Series:
        """Return a column of scores as stored numbers; ReleaseError for one that is none of it.

        `frame` has the upstream ``line`` of each row.
        """
        values = frame[name]
        scaled = values * self._unit
        whole = scaled.round()
        sound = ((scaled - whole).abs() <= _TINY * whole.abs().clip(1)) & values.is_between(
            self.least, self.most
        )
        for line, word in frame.filter(~sound.fill_null(False)).select(LINE, name).iter_rows():
            raise ReleaseError(
                f"{path.name}:{line}: {shown(str(word))} is not a {self.predictor} score: a number "
                f"from {self.least} to {self.most} of at most {self.decimals} decimals"
            )
        return whole.cast(pl.Int16 if self.dtype == "int16" else pl.Int32)

    def values(self, stored: pl.Series) -> pl.Series:
        """Return stored numbers as the scores that upstream printed.

        numpy divides as IEEE 754 says, to the number nearest; polars multiplies by 1/unit, which
        is at times its neighbour, and a score at a cut-off would fall short of it.
        """
        numbers = stored.cast(pl.Float64).to_numpy() / self._unit
        return pl.Series(stored.name, numbers, dtype=pl.Float64, nan_to_null=True)


def write_layout(folder: Path, layout: ScoreLayout) -> None:
    """Write `scores.json`."""
    document = {"schema_version": _VERSION, **asdict(layout)}
    write_text(folder / LAYOUT, json.dumps(document, indent=2, sort_keys=True) + "\n")


def read_layout(folder: Path) -> ScoreLayout:
    """Read `scores.json`; ReleaseError when it is missing or of another version."""
    path = folder / LAYOUT
    try:
        document = json.loads(path.read_bytes())
        if document.pop("schema_version") != _VERSION:
            raise ValueError("another schema version")
        document["predictor"] = Predictor(document["predictor"])
        return ScoreLayout(**document)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ReleaseError(f"{path}: cannot be read ({error}); rebuild the release") from error
