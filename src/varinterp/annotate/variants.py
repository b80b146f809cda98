"""The family's alleles as a keyed table: one row an allele, everybody's genotype in it.

A genotype's side (`haplotype`) is given only inside a block that proves it: the caller's phase set,
or a site where both of the person's copies carry different alleles, which are then on different
sides. A ``|`` without a phase set names no block, so that nothing can be compared with it: it is
read as unphased. A half call is a missing one: `copies` and `ploidy` are null.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa
from numpy.typing import NDArray
from pyarrow import ipc

from varinterp.annotate.key import chromosomes
from varinterp.annotate.site_genotype import copies_and_ploidy, side
from varinterp.annotate.site_numbers import SiteNumbers
from varinterp.errors import StageError
from varinterp.family_table import GENOTYPE, LIKELIHOODS, VARIANTS_SCHEMA
from varinterp.files import atomic_write

GROUP = 262_144
"""Rows of a batch: what a reader holds at a time."""
_NUMBERS = {
    "ref_depth": "ref_depth", "alt_depth": "alt_depth", "depth": "depth",
    "genotype_quality": "quality", **{name: name for name in LIKELIHOODS},
}  # fmt: skip
_NONE = -1
_KINDS = {1: pa.int8(), 2: pa.int16(), 4: pa.int32()}
_Numbers = NDArray[np.int8] | NDArray[np.int16] | NDArray[np.int32]


def write_variants(
    assembled: Iterable[pl.DataFrame],
    people: Sequence[str],
    sites: SiteNumbers,
    out: Path,
) -> int:
    """Write assembled rows, in genome order, as a table of `VARIANTS_SCHEMA`; return their number.

    `people` are pseudonyms, in the order that every row's genotypes will have.
    """
    rows = batches = 0

    def verify(written: Path) -> None:
        with open_variants(written) as reader:
            if reader.num_record_batches != batches:
                raise OSError(f"{out.name} was not written whole: is the disk full?")

    options = pa.lib.IpcWriteOptions(compression="lz4", use_threads=False)
    with (
        atomic_write(out, verify) as temporary,
        pa.OSFile(str(temporary), "wb") as stream,
        ipc.new_file(stream, VARIANTS_SCHEMA, options=options) as target,  # type: ignore[no-untyped-call]
    ):
        for frame in _groups(assembled):
            rows, batches = rows + frame.height, batches + 1
            target.write_batch(_to_arrow(frame, people, sites))
    return rows


def _groups(assembled: Iterable[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    """Yield rows, in their order, as many at a time as a row group has."""
    held: list[pl.DataFrame] = []
    for frame in assembled:
        held.append(frame)
        if sum(part.height for part in held) >= GROUP:
            whole = pl.concat(held, how="diagonal")
            full = whole.height // GROUP * GROUP
            yield from whole[:full].iter_slices(GROUP)
            held = [whole[full:]]
    rest = pl.concat(held, how="diagonal") if held else pl.DataFrame()
    if rest.height:
        yield rest


@contextmanager
def open_variants(path: Path) -> Iterator[pa.RecordBatchFileReader]:
    """Open a table of `VARIANTS_SCHEMA`; raise StageError when it is another table or damaged."""
    try:
        stream = pa.memory_map(str(path))
        reader = ipc.open_file(stream)  # type: ignore[no-untyped-call]
    except (OSError, pa.ArrowInvalid) as error:
        raise StageError(f"{path.name} cannot be read: normalise again") from error
    with stream:
        if not reader.schema.equals(VARIANTS_SCHEMA, check_metadata=False):
            raise StageError(f"{path.name} is of another version: normalise again")
        yield reader


def read_variants(path: Path) -> pl.DataFrame:
    """Read a table of `VARIANTS_SCHEMA`; raise StageError when it is another table."""
    with open_variants(path) as reader:
        return pl.DataFrame(pl.from_arrow(reader.read_all()))


def _original(frame: pl.DataFrame) -> pl.Series:
    """Return the allele as the laboratory's record has it, from `old_rec`; null when the same."""
    rows = frame.select(chromosomes(frame["key"]), "position", "ref", "alt", "old_rec")
    moved = rows.with_row_index("at").filter(pl.col("old_rec").is_not_null())
    record = pl.col("old_rec").str.split("|")
    number = record.list.get(4, null_on_oob=True).cast(pl.Int32).fill_null(1)
    alternative = record.list.get(3).str.split(",").list.get(number - 1, null_on_oob=True)
    written = pl.concat_str(
        "chromosome", record.list.get(1), record.list.get(2), alternative, separator="-"
    )
    now = pl.concat_str("chromosome", "position", "ref", "alt", separator="-")
    found = moved.select("at", pl.when(written != now).then(written).alias("original"))
    nothing = pl.repeat(None, frame.height, dtype=pl.String, eager=True).alias("original")
    return nothing.scatter(found["at"], found["original"]) if found.height else nothing


def _to_arrow(frame: pl.DataFrame, people: Sequence[str], sites: SiteNumbers) -> pa.RecordBatch:
    """Nest everybody's columns into one list a row."""
    site = frame.select(
        "key",
        chromosomes(frame["key"]),
        "position",
        "ref",
        "alt",
        _original(frame),
        pl.col("filter").fill_null("."),
        "quality",
    ).to_arrow()
    ends = np.arange(frame.height + 1, dtype=np.int32) * len(people)
    nested = pa.ListArray.from_arrays(_arrow(ends), _genotypes(frame, people, sites))
    whole = site.append_column("genotypes", nested).cast(VARIANTS_SCHEMA)
    (batch,) = whole.combine_chunks().to_batches()
    return batch


def _genotypes(frame: pl.DataFrame, people: Sequence[str], sites: SiteNumbers) -> pa.StructArray:
    """Return everybody's genotypes, row by row."""
    numbers = [frame[f"{person}.site"] for person in people]
    sets = [frame[f"{person}.phase_set"] for person in people]
    columns: dict[str, pa.Array] = {
        "person": _repeated(people, frame.height),
        "copies": _small([sites.values(each, _copies, np.int8) for each in numbers]),
        "ploidy": _small([sites.values(each, _ploidy, np.int8) for each in numbers]),
        "haplotype": _small(
            [
                np.where(named.is_not_null().to_numpy(), sites.values(each, _side, np.int8), _NONE)
                for each, named in zip(numbers, sets, strict=True)
            ]
        ),
        "phase_set": _interleaved(sets),
    }
    for name, column in _NUMBERS.items():
        values = [frame[f"{person}.{column}"].fill_null(_NONE).to_numpy() for person in people]
        columns[name] = _nullable(np.stack(values, axis=1).ravel())
    return pa.StructArray.from_arrays(list(columns.values()), fields=list(GENOTYPE))


def _copies(seen: str) -> int:
    copies, _ = copies_and_ploidy(seen)
    return _NONE if copies is None else copies


def _ploidy(seen: str) -> int:
    _, ploidy = copies_and_ploidy(seen)
    return _NONE if ploidy is None else ploidy


def _side(seen: str) -> int:
    found = side(seen)
    return _NONE if found is None else found


def _small(columns: Sequence[NDArray[np.int8]]) -> pa.Array:
    return _nullable(np.stack(columns, axis=1).astype(np.int8).ravel())


def _nullable(values: _Numbers) -> pa.Array:
    return _arrow(values, pa.py_buffer(np.packbits(values != _NONE, bitorder="little")))


def _arrow(values: _Numbers, valid: pa.Buffer | None = None) -> pa.Array:
    """Return numbers with a bitmap of those that are there.

    Not pa.array: given numpy's, it imports pandas where that is installed, for a fifth of a second.
    """
    return pa.Array.from_buffers(
        _KINDS[values.dtype.itemsize], values.size, [valid, pa.py_buffer(values)]
    )


def _repeated(people: Sequence[str], rows: int) -> pa.StringArray:
    """Return everybody's pseudonym, row by row."""
    texts = [person.encode() for person in people]
    offsets = np.zeros(rows * len(texts) + 1, np.int32)
    np.cumsum(np.tile([len(text) for text in texts], rows), out=offsets[1:])
    data = pa.py_buffer(b"".join(texts) * rows)
    return pa.StringArray.from_buffers(offsets.size - 1, pa.py_buffer(offsets), data)


def _interleaved(columns: Sequence[pl.Series]) -> pa.Array:
    """Return the values of several columns, row by row."""
    rows = columns[0].len()
    if all(column.null_count() == rows for column in columns):
        return pa.nulls(rows * len(columns), pa.string())
    places = np.arange(rows)[:, None] + rows * np.arange(len(columns))[None, :]
    return pl.concat(columns).gather(places.ravel()).to_arrow().cast(pa.string())
