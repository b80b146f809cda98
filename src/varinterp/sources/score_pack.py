"""Scores keyed by allele, several to an allele where a transcript or a gene has its own.

A release has parts, one folder of packed files each (`sources.pack`): an allele that has scores
for different owners has one row in ``<part>``, the next in ``<part>.2``, and so on; nearly all
have one. A row's `owner` is a number: the row of `owners.parquet` that lists the transcripts, or
the gene, which the score is for. Memory is bounded by a block of rows.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

import polars as pl
import pyarrow as pa

from varinterp.model.chromosome import Chromosome
from varinterp.model.prediction import Scope, SpliceEffect
from varinterp.sources.pack import Column, Pack, PackWriter
from varinterp.sources.parquet import read_table, write_table
from varinterp.sources.score_layout import ScoreLayout

OWNERS = "owners.parquet"
OWNERS_SCHEMA = pa.schema([pa.field("owners", pa.list_(pa.string()), nullable=False)])
"""In order of their numbers, from 0; transcripts without version."""
_GROUP = ["key", "ref", "alt"]


def pack_columns(layout: ScoreLayout) -> tuple[Column, ...]:
    """Return the columns of a predictor's packs."""
    owner = [Column("owner", "int32")] if layout.scope in (Scope.TRANSCRIPT, Scope.GENE) else []
    effects = tuple(effect.value for effect in SpliceEffect)
    effect = [Column("effect", "uint8", effects)] if layout.scope is Scope.GENE else []
    return (Column("score", layout.dtype), *owner, *effect)


class ScorePackWriter:
    """Writes the parts of a release; a context, whole when it ends without error.

    `renamed` gives some owners another name: where no other owner has it, or comes to it.
    """

    def __init__(
        self, folder: Path, layout: ScoreLayout, renamed: Mapping[str, str] | None = None
    ) -> None:
        self.folder = folder
        self._renamed = renamed or {}
        self._columns = pack_columns(layout)
        self._owned = len(self._columns) > 1
        self._numbers: dict[str, int] = {}
        self._writers: dict[str, PackWriter] = {}
        self._stack = ExitStack()
        self._rows: dict[str, int] = {}
        self.ambiguous = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.__exit__(kind, error, trace)
        if kind is None:
            for part, writer in self._writers.items():
                self._rows |= {f"{part}/{name}": rows for name, rows in writer.files().items()}
            if self._owned:
                lists = self._named()
                table = pa.table({"owners": lists}, schema=OWNERS_SCHEMA)
                self._rows[OWNERS] = write_table(table, self.folder / OWNERS)

    def files(self) -> dict[str, int]:
        """Return every file with its rows, once the context has ended."""
        return dict(self._rows)

    def write(self, part: str, chromosome: Chromosome, rows: pl.DataFrame) -> int:
        """Add rows of a chromosome, all that there are of their positions; return how many stay.

        `rows` has key, ref, alt, score and, where a score has one, owner (``;``-joined) and
        effect, in any order. A row that is there twice counts once. Where an allele has two scores
        for one owner, which is right cannot be told: both are left out, and `ambiguous` counts
        them. Raises ReleaseError when rows come back to a position.
        """
        columns = [*_GROUP, *(column.name for column in self._columns)]
        kept, ambiguous = _grouped(rows.select(columns), owned=self._owned)
        self.ambiguous += ambiguous
        kept = kept.sort(columns)
        if self._owned:
            kept = kept.with_columns(self._numbered(kept["owner"]))
        place = pl.int_range(pl.len()).over(_GROUP)
        for number, piece in enumerate(kept.with_columns(place=place).partition_by("place"), 1):
            self._writer(part if number == 1 else f"{part}.{number}").write(chromosome, piece)
        return kept.height

    def _named(self) -> list[list[str]]:
        """Return every list of owners by its number, under the names of today."""
        lists = [text.split(";") for text in self._numbers]
        known = {name for names in lists for name in names}
        wanted = Counter(self._renamed[name] for name in known if name in self._renamed)
        free = {new for new, count in wanted.items() if count == 1 and new not in known}
        return [
            [new if (new := self._renamed.get(name, "")) in free else name for name in names]
            for names in lists
        ]

    def _numbered(self, owners: pl.Series) -> pl.Series:
        for text in owners.unique(maintain_order=True):
            self._numbers.setdefault(text, len(self._numbers))
        return owners.replace_strict(self._numbers, return_dtype=pl.Int32)

    def _writer(self, part: str) -> PackWriter:
        if part not in self._writers:
            folder = self.folder / part
            self._writers[part] = self._stack.enter_context(PackWriter(folder, self._columns))
        return self._writers[part]


def _grouped(rows: pl.DataFrame, *, owned: bool) -> tuple[pl.DataFrame, int]:
    """One row an allele and score, with every owner of it in one sorted text.

    Returns them, and how many scores were left out because an owner has another one too.
    """
    named = rows.with_columns(_in_order(rows["owner"])) if owned else rows
    several = named.select(_GROUP).is_duplicated()
    if not several.any():
        return named, 0
    single = _each(named.filter(several)) if owned else named.filter(several).unique()
    twice = single.select(*_GROUP, *(["owner"] if owned else [])).is_duplicated()
    sound = single.filter(~twice)
    joined = _joined(sound) if owned else sound
    return pl.concat([named.filter(~several), joined.select(named.columns)]), int(twice.sum())


def _in_order(owners: pl.Series) -> pl.Series:
    """Return lists of owners in one order, each name once."""
    texts = owners.unique()
    lists = [";".join(sorted(set(text.split(";")))) for text in texts]
    return owners.replace_strict(texts, pl.Series(lists), return_dtype=pl.String)


def _each(rows: pl.DataFrame) -> pl.DataFrame:
    lists = rows.with_columns(pl.col("owner").str.split(";"))
    return lists.explode("owner", empty_as_null=False).unique()


def _joined(rows: pl.DataFrame) -> pl.DataFrame:
    place = [name for name in rows.columns if name != "owner"]
    return rows.group_by(place).agg(pl.col("owner").sort().str.join(";"))


def parts(folder: Path) -> tuple[Path, ...]:
    """Return the folders of packs of a release, in order."""
    return tuple(sorted(path for path in folder.iterdir() if path.is_dir()))


def read_owners(folder: Path) -> pl.Series | None:
    """Return the lists of owners by number; None where scores have no owner."""
    path = folder / OWNERS
    if not path.is_file():
        return None
    return pl.Series(read_table(path, OWNERS_SCHEMA)["owners"])


def pack_scores(folder: Path, layout: ScoreLayout, alleles: pl.DataFrame) -> pl.DataFrame:
    """Return what the packs say of alleles: ``row``, ``score`` and, where they have it, owner.

    `alleles` has key (ascending), ref and alt; `row` counts in it from 0. One row a score and
    owner, in order of row and owner; ``effect`` is null but for SpliceAI.
    """
    owners = read_owners(folder)
    columns = [column.name for column in pack_columns(layout)]
    found = [_found(Pack.open(part), alleles, columns) for part in parts(folder)]
    schema = {"row": pl.UInt32, "score": pl.Float64, "owner": pl.String, "effect": pl.String}
    if not found:
        return pl.DataFrame(schema=schema)
    return in_full(pl.concat(found), layout, owners).sort("row", "owner").select(*schema)


def in_full(rows: pl.DataFrame, layout: ScoreLayout, owners: pl.Series | None) -> pl.DataFrame:
    """Turn stored scores and owners into what they stand for, one row an owner."""
    full = rows.with_columns(layout.values(rows["score"]))
    if "effect" not in full.columns:
        full = full.with_columns(pl.lit(None, pl.String).alias("effect"))
    if owners is None:
        return full.with_columns(pl.lit(None, pl.String).alias("owner"))
    return full.with_columns(owners.gather(full["owner"]).alias("owner")).explode(
        "owner", empty_as_null=False
    )


def _found(pack: Pack, alleles: pl.DataFrame, columns: Sequence[str]) -> pl.DataFrame:
    answers = pack.lookup(alleles.select(_GROUP), columns)
    return answers.with_row_index("row").filter("found").drop("found")
