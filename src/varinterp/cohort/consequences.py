"""A memo of consequences: what vepyr said of an allele with one release, so that it is asked once.

A folder for each release and software, in it one file for each writer, which a compaction brings
together. A release and software never say two things of one allele, so that it does not matter
which of two files that hold it is read. An allele that no transcript is near is remembered as
asked: a row without a transcript.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import Self

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from varinterp import __version__
from varinterp.cohort.manifest import tail_to_merge, writing
from varinterp.cohort.pairs import UInt
from varinterp.cohort.parts import ALLELE, SUFFIX, UNREADABLE, frame_of, may_hold, write_bytes
from varinterp.csq_table import CSQ_COLUMNS
from varinterp.errors import StageError
from varinterp.fault_points import point
from varinterp.model.chromosome import Chromosome

_ARROW = {
    pl.String: pa.string(), pl.Int64: pa.int64(), pl.Int32: pa.int32(), pl.Float64: pa.float64(),
    pl.List: pa.list_(pa.string()),
}  # fmt: skip
COLUMNS: dict[str, pl.DataType] = {
    **CSQ_COLUMNS,
    "shifted_terms": pl.List(pl.String()),
    "shifted_p": pl.String(),
}
"""What is kept of a consequence: a row of `CSQ`, and terms and name at the 3′-most place."""

CONSEQUENCES_SCHEMA = pa.schema(
    [
        pa.field("place", pa.uint64(), nullable=False),
        *(
            pa.field(name, _ARROW[kind.base_type()], nullable=name not in ALLELE)
            for name, kind in COLUMNS.items()
        ),
    ]
)
"""A file of the memo, in genome order; `place` is the chromosome's code and the position."""

_PLACE = "place"
_CODES = {chromosome.value: chromosome.code for chromosome in Chromosome}
_GROUP = 16_384
_TRIES = 8


def memo_key(release: str) -> str:
    """Name what consequences depend on: the release, the program that reads it, and our rules."""
    return f"{release}+vepyr-{version('vepyr')}+varinterp-{__version__}"


@dataclass(frozen=True, slots=True)
class Consequences:
    """The memo in a folder, which need not be there yet."""

    root: Path

    @classmethod
    def open(cls, root: Path) -> Self:
        """Open the memo of a folder."""
        return cls(Path(root))

    def of(self, release: str, alleles: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Return the consequences of the alleles that are known, and the alleles that are not.

        `alleles` has `ALLELE`; `release` is a `memo_key`. Rows come in genome order with `COLUMNS`;
        an allele without a transcript has one row of nothing.
        """
        asked = alleles.select(pl.col(name).cast(COLUMNS[name]) for name in ALLELE).unique()
        for _ in range(_TRIES):
            try:
                return self._look_up(release, asked)
            except FileNotFoundError:  # a compaction replaced a file that had just been listed
                continue
        raise StageError(f"{self._folder(release)} changes while it is read: run again")

    def keep(self, release: str, frame: pl.DataFrame) -> None:
        """Remember consequences; any number of processes may do so at once.

        `frame` has `ALLELE` and any of `COLUMNS`, all rows of an allele; a row without a
        transcript says that an allele has none.
        """
        if frame.height:
            self._write(self._folder(release), _ordered(frame))

    def compact(self) -> None:
        """Bring the files of each release together; what reads meanwhile is not disturbed."""
        folders = [path for path in self.root.glob("*") if path.is_dir()]
        for folder in sorted(folders):
            with writing(folder):
                self._compact(folder)

    def _compact(self, folder: Path) -> None:
        files = sorted(_files(folder), key=lambda path: (-path.stat().st_size, path.name))
        files = files[tail_to_merge([path.stat().st_size for path in files]) :]
        if len(files) < 2:
            return
        frames = [_read(path) for path in files]
        known = pl.concat([frame.with_columns(file=at) for at, frame in enumerate(frames)])
        first = known.filter(pl.col("file") == pl.col("file").min().over(ALLELE))
        made = self._write(folder, _ordered(first.drop("file")))
        point("consequences.compact.written")
        for path in files:
            if path != made:
                path.unlink(missing_ok=True)

    def _look_up(self, release: str, asked: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
        found: list[pl.DataFrame] = []
        missing = asked
        for path in _files(self._folder(release)):
            if missing.is_empty():
                break
            places = _places(missing).unique().sort().to_numpy()
            rows = _read(path, places).join(missing, on=ALLELE, how="semi", maintain_order="left")
            found.append(rows)
            missing = missing.join(rows, on=ALLELE, how="anti")
        known = pl.concat(found) if found else pl.DataFrame(schema=COLUMNS)
        return known.sort(_places(known), "ref", "alt", maintain_order=True), missing.sort(
            _places(missing), "ref", "alt"
        )

    def _folder(self, release: str) -> Path:
        return self.root / re.sub(r"[^A-Za-z0-9._+-]", "_", release).lstrip(".")

    def _write(self, folder: Path, rows: pl.DataFrame) -> Path:
        """Write a file named by its content."""
        sink = pa.BufferOutputStream()
        pq.write_table(  # type: ignore[no-untyped-call]
            rows.to_arrow().cast(CONSEQUENCES_SCHEMA),
            sink,
            compression="zstd",
            row_group_size=_GROUP,
            write_statistics=[_PLACE],
            write_page_checksum=True,
        )
        data = bytes(sink.getvalue())
        path = folder / f"{blake2b(data, digest_size=12).hexdigest()}{SUFFIX}"
        if not path.exists():
            write_bytes(path, data)
        point("consequences.keep.written")
        return path


def _ordered(frame: pl.DataFrame) -> pl.DataFrame:
    """Return rows with `COLUMNS` after their place, in genome order."""
    whole = frame.select(
        (pl.col(name) if name in frame.columns else pl.lit(None)).cast(kind).alias(name)
        for name, kind in COLUMNS.items()
    )
    placed = whole.select(_places(whole), *COLUMNS)
    return placed.sort(_PLACE, "ref", "alt", maintain_order=True)


def _places(alleles: pl.DataFrame) -> pl.Series:
    """Return where alleles are: the chromosome's code and the position, as one number."""
    codes = alleles["chromosome"].replace_strict(_CODES, return_dtype=pl.UInt64).to_numpy()
    positions = alleles["position"].cast(pl.UInt64).to_numpy()
    return pl.Series(_PLACE, codes << np.uint64(32) | positions, dtype=pl.UInt64)


def _files(folder: Path) -> Iterator[Path]:
    """Return the files of a release, the largest first: it answers most."""
    sized = [(-path.stat().st_size, path) for path in folder.glob(f"[!.]*{SUFFIX}")]
    return (path for _, path in sorted(sized))


def _read(path: Path, places: UInt | None = None) -> pl.DataFrame:
    """Read a file's row groups that may hold one of some places (ascending), or all."""
    try:
        with pq.ParquetFile(  # type: ignore[no-untyped-call]
            path, memory_map=True, page_checksum_verification=True
        ) as opened:
            groups = [
                at
                for at in range(opened.num_row_groups)
                if places is None or may_hold(opened.metadata.row_group(at).column(0), places)
            ]
            frame = frame_of(opened.read_row_groups(groups, use_threads=False))
    except FileNotFoundError:
        raise
    except UNREADABLE as error:
        raise StageError(
            f"{path} is damaged: delete it, what it remembers is worked out again"
        ) from error
    return frame.select(pl.col(name).cast(kind) for name, kind in COLUMNS.items())
