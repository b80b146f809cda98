"""Which alleles become candidates: carried by the proband, and rare, known, listed or *de novo*.

rare      the usable frequency (FAF95 of a group that counts, else the highest group's, else
          overall) is at most the limit, or the resource did not observe the allele, or it has no
          usable frequency: an unknown frequency never removes a patient's allele
known     ClinVar's words hold *pathogenic* or *likely pathogenic* themselves (not a part of a
          longer one) and no group is beyond a looser limit
listed    the laboratory's list of founder alleles has it, however common it is
de novo   one copy in the proband, called reference in both parents, on believed reads

Every gate is a column beside the numbers that it compared. A filtered or thin call is kept and
said to be so. `gate_de_novo` is null when a parent's genotype is missing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl
from polars.series.struct import StructNameSpace

from varinterp.annotate.join import FrequencyState
from varinterp.errors import InternalError
from varinterp.model.clinvar import Significance
from varinterp.model.family import Family, Role

KNOWN_WORDS = [Significance.PATHOGENIC.value, Significance.LIKELY_PATHOGENIC.value]
"""ClinVar's words for which an allele is known."""
_PASSED = ["PASS", "."]


@dataclass(frozen=True, slots=True)
class GateLimits:
    """The numbers that gates compare with; frequencies are fractions of 1.

    The next three say when a reference call of a parent, and the proband's own, is believed:
    reads, alternative reads and phred-scaled genotype quality. `groups_left_out` are those whose
    FAF95 is not compared: populations that went through a bottleneck.
    """

    rare_max: float
    known_max: float
    min_depth: int
    max_alt_reads: int
    min_quality: int
    groups_left_out: tuple[str, ...] = ()


def gate(
    variants: pl.DataFrame, limits: GateLimits, family: Family, listed: pl.Series | None = None
) -> pl.DataFrame:
    """Return annotated variants with ``gate_…`` columns and ``candidate``, row for row.

    `listed` tells of each row whether the laboratory's list has it; None where it keeps no list.
    """
    people = _people(variants, family)
    everybody = variants["genotypes"].explode(empty_as_null=False).struct
    proband = _Calls(everybody, people, _index(people, family.proband_id))
    parents = [
        _Calls(everybody, people, people.index(parent.id))
        for role in (Role.FATHER, Role.MOTHER)
        if (parent := family.parent(family.proband, role)) and parent.id in people
    ]
    gated = variants.with_columns(
        *_rare(limits), *_known(limits),
        pl.lit(False if listed is None else listed).alias("gate_listed"),
        *_carried(proband), *_quality(proband, limits), *_de_novo(proband, parents, limits),
    )  # fmt: skip
    reason = pl.any_horizontal("gate_rare", "gate_known", "gate_listed", "gate_de_novo")
    return gated.with_columns((pl.col("gate_carried") & reason).fill_null(False).alias("candidate"))


def _people(variants: pl.DataFrame, family: Family) -> list[str]:
    """Return everybody with a genotype, in the order of every row."""
    if variants.is_empty():
        return [person.id for person in family.sequenced]
    people: list[str] = variants["genotypes"][0].struct.field("person").to_list()
    return people


def _index(people: Sequence[str], person: str) -> int:
    if person not in people:
        raise InternalError("the proband has no genotypes in the table")
    return people.index(person)


class _Calls:
    """One person's genotypes, as expressions. Every row has everybody's, in the same order."""

    def __init__(self, everybody: StructNameSpace, people: Sequence[str], index: int) -> None:
        def own(name: str) -> pl.Expr:
            return pl.lit(everybody.field(name).gather_every(len(people), index))

        self.copies = own("copies")
        self.depth = own("depth")
        self.alt_depth = own("alt_depth")
        self.quality = own("genotype_quality")

    def believed(self, limits: GateLimits) -> pl.Expr:
        """Deep enough, and with the caller's confidence where the caller gives one."""
        sure = (self.quality >= limits.min_quality).fill_null(True)
        return (self.depth >= limits.min_depth).fill_null(False) & sure


def _rare(limits: GateLimits) -> list[pl.Expr]:
    present = pl.col("frequency_state") == FrequencyState.PRESENT.value
    left_out = pl.col("faf95_group").is_in(limits.groups_left_out).fill_null(False)
    measures = {
        "faf95": pl.when(~left_out).then(pl.col("faf95")),
        "group_max_af": pl.col("group_max_af"),
        "af": pl.col("af"),
    }
    frequency = pl.when(present).then(pl.coalesce(measures.values()))
    measure = pl.coalesce(
        pl.when(value.is_not_null()).then(pl.lit(name)) for name, value in measures.items()
    )
    return [
        frequency.alias("gate_frequency"),
        pl.when(present).then(measure).alias("gate_frequency_measure"),
        pl.lit(limits.rare_max).alias("gate_rare_max"),
        (frequency <= limits.rare_max).fill_null(True).alias("gate_rare"),
    ]


def _known(limits: GateLimits) -> list[pl.Expr]:
    words = pl.col("clinvar_significance").list.eval(pl.element().is_in(KNOWN_WORDS)).list.any()
    present = pl.col("frequency_state") == FrequencyState.PRESENT.value
    highest = pl.when(present).then(pl.coalesce("group_max_af", "af"))
    return [
        highest.alias("gate_known_frequency"),
        pl.lit(limits.known_max).alias("gate_known_max"),
        (words.fill_null(False) & (highest <= limits.known_max).fill_null(True)).alias(
            "gate_known"
        ),
    ]


def _carried(proband: _Calls) -> list[pl.Expr]:
    """A half call has no count of copies; reads of the allele then say that it is carried."""
    seen = proband.copies.is_null() & (proband.alt_depth > 0).fill_null(False)
    return [
        proband.copies.alias("gate_copies"),
        ((proband.copies >= 1).fill_null(False) | seen).alias("gate_carried"),
    ]


def _quality(proband: _Calls, limits: GateLimits) -> list[pl.Expr]:
    return [
        proband.depth.alias("gate_depth"),
        proband.quality.alias("gate_genotype_quality"),
        pl.col("filter").is_in(_PASSED).alias("gate_quality"),
        (~proband.believed(limits)).alias("gate_low_confidence"),
    ]


def _de_novo(proband: _Calls, parents: Sequence[_Calls], limits: GateLimits) -> list[pl.Expr]:
    if len(parents) < 2:
        nothing = pl.lit(None, dtype=pl.Int32)
        return [
            nothing.alias("gate_parent_depth"),
            nothing.alias("gate_parent_alt_reads"),
            nothing.alias("gate_parent_quality"),
            pl.lit(None, dtype=pl.Boolean).alias("gate_de_novo"),
        ]
    new = [
        pl.when(parent.copies.is_not_null()).then(
            (parent.copies == 0)
            & (parent.alt_depth <= limits.max_alt_reads).fill_null(True)
            & parent.believed(limits)
        )
        for parent in parents
    ]
    return [
        pl.min_horizontal(parent.depth for parent in parents).alias("gate_parent_depth"),
        pl.max_horizontal(parent.alt_depth for parent in parents).alias("gate_parent_alt_reads"),
        pl.min_horizontal(parent.quality for parent in parents).alias("gate_parent_quality"),
        ((proband.copies == 1) & proband.believed(limits) & new[0] & new[1]).alias("gate_de_novo"),
    ]
