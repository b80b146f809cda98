"""A family's copy-number VCFs as one table of calls, under pseudonyms."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from varinterp.model.chromosome import Chromosome
from varinterp.model.copy_number import Change, CopyNumber, reciprocal_overlap
from varinterp.model.copy_number_facts import Carrier, FamilyCopies
from varinterp.model.family import Family
from varinterp.pseudonym import Pseudonymiser
from varinterp.sources.copy_number_calls import CALLS_SCHEMA
from varinterp.sources.copy_number_vcf import read_copy_number_vcf
from varinterp.sources.family_input import FamilyInput

_PLACE = ["chromosome", "start", "end", "change"]


@dataclass(frozen=True, slots=True)
class FamilyCalls:
    """`calls` as `CALLS_SCHEMA` with ``person`` in place of ``sample``.

    `people` are those with a column in one of the `files`.
    """

    calls: pl.DataFrame
    people: frozenset[str]
    files: int
    records: int
    set_aside: Mapping[str, int]


def read_family_calls(family: FamilyInput, pseudonymise: Pseudonymiser) -> FamilyCalls:
    """Read every copy-number VCF that the sheet names for a family; InputError with all faults."""
    parts: list[pl.DataFrame] = []
    aside: Counter[str] = Counter()
    records = 0
    everybody: list[str] = []
    for path in family.cnv_vcfs:
        members = [member for member in family.members if member.cnv_vcf == path]
        read = read_copy_number_vcf(path, {member.sample: member.sex for member in members})
        people = [pseudonymise.person(family.name, member.person) for member in members]
        names = dict(enumerate(people))
        parts.append(
            read.calls.with_columns(
                pl.col("sample").replace_strict(names, return_dtype=pl.String).alias("person"),
            ).drop("sample")
        )
        everybody += people
        aside.update(read.set_aside)
        records += read.records
    empty = pl.DataFrame(schema={**CALLS_SCHEMA, "person": pl.String}).drop("sample")
    return FamilyCalls(
        calls=pl.concat([empty, *parts]),
        people=frozenset(everybody),
        files=len(family.cnv_vcfs),
        records=records,
        set_aside=dict(sorted(aside.items())),
    )


def proband_copies(calls: pl.DataFrame, proband: str) -> list[CopyNumber]:
    """Return the copy numbers that the proband was called with, each place once, in genome order.

    Where two records of one place count differently, nobody knows the copies.
    """
    carried = calls.filter((pl.col("person") == proband) & pl.col("carries"))
    places = carried.group_by(_PLACE).agg(
        pl.when(pl.col("copies").n_unique() == 1).then(pl.col("copies").first()).first()
    )
    return sorted(
        CopyNumber(Chromosome(chromosome), start, end, Change(change), copies)
        for chromosome, start, end, change, copies in places.select(*_PLACE, "copies").iter_rows()
    )


def family_copies(
    calls: pl.DataFrame, copy_number: CopyNumber, family: Family, overlap: float
) -> FamilyCopies:
    """Return everybody's call at one copy number of the proband's.

    A person has it who was called with one of the same change that shares enough of it; a person
    does not who was called without it in the very record, and with nothing alike. Nobody is said
    to lack it because another file has no such record: callers miss.
    """
    near = calls.filter(
        (pl.col("chromosome") == copy_number.chromosome.value)
        & (pl.col("change") == copy_number.change.value)
        & (pl.col("start") <= copy_number.end)
        & (pl.col("end") >= copy_number.start)
    )
    rows = list(near.iter_rows(named=True))
    return FamilyCopies(
        tuple((person.id, _carrier(rows, copy_number, person.id, overlap)) for person in family)
    )


def _carrier(
    rows: Sequence[Mapping[str, object]], copy_number: CopyNumber, person: str, overlap: float
) -> Carrier:
    own = [row for row in rows if row["person"] == person]
    place = (copy_number.start, copy_number.end)
    alike = [
        row for row in own if row["carries"] and reciprocal_overlap(place, _stretch(row)) >= overlap
    ]
    if alike:
        return Carrier.YES
    same = [row for row in own if _stretch(row) == place]
    if same and all(row["carries"] is False for row in same):
        return Carrier.NO
    return Carrier.UNKNOWN


def _stretch(row: Mapping[str, object]) -> tuple[int, int]:
    return int(str(row["start"])), int(str(row["end"]))
