"""The cohort store: every case's rare or known alleles with everybody's genotypes, by key.

A case's job adds one file and takes no lock; a compaction brings the keys of many files into sorted
segments, so that *who carries one of these alleles* costs what is asked, not what is kept. Keys of
long alleles are hashes: now and then a case is named that carries another long allele of the same
place. Who reads its rows sees that the allele is not there, and nothing was lost.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import numpy as np
import polars as pl
from numpy.typing import NDArray

from varinterp.cohort import compaction
from varinterp.cohort.manifest import writing
from varinterp.cohort.parts import (
    PART_SCHEMA,
    Part,
    csq_of,
    digest_of,
    encoded,
    read_part,
    rows_of,
    write_bytes,
)  # fmt: skip
from varinterp.cohort.selection import carried
from varinterp.cohort.snapshot import INDEX, NEW, PARTS, Snapshot, list_parts, take
from varinterp.cohort.verification import faults
from varinterp.errors import InternalError, StageError
from varinterp.fault_points import point
from varinterp.model.chromosome import Chromosome

_TRIES = 8
_CODES = {chromosome.value: chromosome.code for chromosome in Chromosome}


@dataclass
class CohortStore:
    """A store as it was when it was opened; what this object adds or removes it sees."""

    root: Path
    _seen: list[Snapshot] = field(default_factory=list)

    @classmethod
    def open(cls, root: Path) -> Self:
        """Open the store of a folder, which need not be there yet."""
        return cls(Path(root))

    @property
    def snapshot(self) -> Snapshot:
        """The files that this object reads."""
        if not self._seen:
            self._seen.append(take(self.root))
        return self._seen[0]

    def refresh(self) -> None:
        """Look again at what the store holds now."""
        self._seen.clear()

    def add(
        self, case: str, analysis: int, rows: pl.DataFrame, csq: pl.DataFrame | None = None
    ) -> Part:
        """Keep the alleles of an analysis; adding them again changes nothing.

        `rows` has the columns of `variants.parquet` as far as `genotypes`, and `stored`; `csq` is
        the laboratory's own consequences of them, None unless every VCF came with VEP's `CSQ`.
        Any number of processes may add at once. The last analysis of a case is the one that counts.
        """
        data = encoded(rows, csq)
        before = self._revisions(case, analysis)
        digest = digest_of(data)
        part = Part(case, analysis, before[-1].revision + 1 if before else 1, digest)
        if before and before[-1].digest == digest:
            part = before[-1]
        # the marker comes first: a part without one would never be looked at
        write_bytes(self.root / NEW / str(part), b"")
        point("cohort.add.marked")
        path = self.root / PARTS / part.file
        if part not in before or path.read_bytes() != data:
            write_bytes(path, data)
        point("cohort.add.written")
        self.refresh()
        return part

    def carriers(self, keys: NDArray[np.uint64]) -> pl.DataFrame:
        """Return ``key`` and ``case`` of stored alleles among some keys, which ascend.

        Context does not count, nor does any but the last analysis of a case.
        """
        if keys.size and (keys[1:] <= keys[:-1]).any():
            raise InternalError("keys to look up are not ascending, or one is there twice")
        return self._found(lambda seen: seen.carriers(keys))

    def carriers_in(self, spans: pl.DataFrame) -> pl.DataFrame:
        """Return ``key`` and ``case`` of stored alleles whose position lies in a stretch.

        `spans` has ``chromosome``, ``start`` and ``end``, 1-based and inclusive.
        """
        codes = spans["chromosome"].replace_strict(_CODES, return_dtype=pl.UInt64).to_numpy()
        start, end = (spans[name].cast(pl.UInt64).to_numpy() for name in ("start", "end"))
        place = codes << np.uint64(59)
        low = place | (start - np.uint64(1)) << np.uint64(31)
        high = place | end << np.uint64(31)
        return self._found(lambda seen: seen.carriers_between(low, high))

    def cases(self) -> dict[str, int]:
        """Return every case with the number of the analysis that is stored of it."""
        return {case: part.analysis for case, part in self.snapshot.parts().items()}

    def part(self, case: str) -> Part:
        """Return what is stored of a case; StageError when nothing is."""
        part = self.snapshot.part(case)
        if part is None:
            raise StageError(
                f"{self.root} holds nothing of {case}: run the workflow for its family"
            )
        return part

    def rows(self, case: str, keys: pl.Series | None = None) -> pl.DataFrame:
        """Return a case's rows, by key: the columns of `PART_SCHEMA`; some keys', or all.

        StageError, naming the file and what to do, when it is damaged.
        """
        path = self._path(case)
        if keys is None:
            return rows_of(read_part(path, PART_SCHEMA.names))
        wanted = keys.cast(pl.UInt64).unique().sort()
        found = rows_of(read_part(path, PART_SCHEMA.names, wanted.to_numpy()))
        return found.filter(pl.col("key").is_in(wanted.implode()))

    def csq(self, case: str) -> pl.DataFrame | None:
        """Return the laboratory's own consequences of a case's alleles; None when vepyr's count."""
        return csq_of(self._path(case))

    def compact(self) -> None:
        """Bring what was added since into the index; as often as one likes, beside readers."""
        with writing(self.root / INDEX):
            compaction.compact(self.root)
        self.refresh()

    def forget(self, cases: Iterable[str]) -> None:
        """Remove cases for good: files, markers, and their keys in the index."""
        wanted = set(cases)
        with writing(self.root / INDEX):
            parts = [part for part in self._all_parts() if part.case in wanted]
            self._erase(parts)

    def forget_person(self, case: str, person: str) -> None:
        """Remove one person's genotypes of a case, and the alleles that nobody else carries.

        The case's analysis counts on with the others' genotypes; storing it again from files that
        still hold that person would bring them back.
        """
        with writing(self.root / INDEX):
            self.refresh()
            kept = self.snapshot.part(case)
            if kept is None:
                return
            rows = self.rows(case)
            everybody = pl.element().struct.field("person") != person
            left = rows.with_columns(pl.col("genotypes").list.filter(everybody))
            left = left.filter(carried(left))
            if not left.equals(rows):
                csq = self.csq(case)
                alleles = left.select("chromosome", pl.col("position").cast(pl.Int64), "ref", "alt")
                own = None if csq is None else csq.join(
                    alleles, on=alleles.columns, how="semi", maintain_order="left"
                )  # fmt: skip
                kept = self.add(case, kept.analysis, left, own)
                point("cohort.forget_person.added")
            self._erase([part for part in self._all_parts() if part.case == case and part != kept])

    def verify(self) -> tuple[str, ...]:
        """Read everything; return each fault with its file and what to do, none when whole."""
        return faults(self.root)

    def _found(self, look: Callable[[Snapshot], pl.DataFrame]) -> pl.DataFrame:
        """Look in the snapshot; in a new one when a compaction replaced a part not yet read."""
        for _ in range(_TRIES):
            try:
                return look(self.snapshot)
            except FileNotFoundError:
                self.refresh()
        raise StageError(f"{self.root} lacks a part: run the workflow again (--forcerun store)")

    def _erase(self, parts: Iterable[Part]) -> None:
        held = sorted(parts)
        if held:
            compaction.begin_erasure(self.root, held)
            compaction.finish_erasure(self.root)
        self.refresh()

    def _all_parts(self) -> set[Part]:
        """Every part that is on the disk, marked, or in the index, counting or not."""
        named = (
            Part.parse(name.decode(errors="replace"))
            for segment in take(self.root).segments
            for name in segment.names.tolist()
        )
        found = {part for part in named if part is not None}
        return found | {*list_parts(self.root / PARTS), *list_parts(self.root / NEW)}

    def _revisions(self, case: str, analysis: int) -> list[Part]:
        start = f"{case}.{analysis:06}."
        named = list_parts(self.root / PARTS, start)
        return [part for part in named if (part.case, part.analysis) == (case, analysis)]

    def _path(self, case: str) -> Path:
        path = self.snapshot.file(self.part(case))
        if not path.exists():
            raise StageError(
                f"{path} is gone: the case was stored anew meanwhile, or the file was lost; run "
                "again, or the workflow for its family"
            )
        return path
