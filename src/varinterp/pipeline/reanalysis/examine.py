"""From stored rows to candidates and evidence: the pipeline's own steps, on some alleles of cases.

What is the same for every case (frequencies, ClinVar, consequences, transcripts, codons, genes) is
looked up once for all alleles of a batch; what is a case's own is worked out case by case.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from varinterp.family_table import VARIANTS_SCHEMA
from varinterp.model.assessment import AssessmentKey
from varinterp.model.case import Candidate, Case
from varinterp.model.reads import Evidence
from varinterp.pipeline.candidates import to_candidates
from varinterp.pipeline.consequence import CANDIDATES_SCHEMA, on_transcripts
from varinterp.pipeline.evidence import gather_shared, of_case
from varinterp.pipeline.haplotypes import with_joint
from varinterp.pipeline.population import with_population
from varinterp.pipeline.predictors import with_scores
from varinterp.pipeline.reanalysis.effects import ALLELE, Memo, consequences_of, of_laboratory
from varinterp.pipeline.reanalysis.view import View
from varinterp.pipeline.variants import with_evidence, with_gates

STORED = "stored"
_PLACE = ["key", "ref", "alt"]
_NUMBER = "asked"


@dataclass(frozen=True, slots=True)
class Asked:
    """A case and what is asked of it.

    `rows` are its stored alleles and their context, by key: `VARIANTS_SCHEMA` and ``stored``.
    `keys` are the alleles to examine, None for every stored one; `csq` is what the laboratory's
    own VEP said, None where the consequences are ours.
    """

    case: Case
    rows: pl.DataFrame
    keys: frozenset[int] | None
    csq: pl.DataFrame | None = None

    def wanted(self) -> pl.DataFrame:
        """Return the rows to examine, by key."""
        stored = self.rows.filter(STORED).sort(_PLACE)
        if self.keys is None:
            return stored
        keys = pl.Series(sorted(self.keys), dtype=pl.UInt64)
        return stored.filter(pl.col("key").is_in(keys.implode()))


@dataclass(frozen=True, slots=True)
class Examined:
    """What was found: alleles that pass a gate (`opened`), those that lie in a gene, their facts.

    `keys` are the 64-bit keys of all alleles that were examined, candidates or not; `met` are the
    chromosomes on which one of them has a row of the frequency release. `genes` are those of which
    every candidate was examined, None where that holds for all.
    """

    keys: frozenset[int]
    opened: int
    candidates: tuple[Candidate, ...]
    evidence: Evidence
    met: frozenset[str] = frozenset()
    genes: frozenset[str] | None = None

    def holds(self, key: AssessmentKey) -> bool:
        """Whether a key can be assessed: its allele and all others of its gene were examined."""
        whole = self.genes is None or key.gene in self.genes
        return whole and key.allele.key in self.keys


def examine(asked: Sequence[Asked], view: View, memo: Memo, beside: Path) -> tuple[Examined, ...]:
    """Examine alleles of many cases on one basis, in the order of `asked`."""
    gated = open_gates(asked, view)
    opened = [rows.filter("candidate") for rows in gated]
    placed = _placed(asked, opened, view, memo, beside)
    scored = with_scores(placed, view.releases)
    found = [to_candidates(_of(scored, number)) for number in range(len(asked))]
    everybody = with_population([each for some in found for each in some], view.releases)
    shared = gather_shared(everybody, view.knowledge, view.releases, view.reference)
    answers = []
    start = 0
    for one, rows, candidate_rows, some in zip(asked, gated, opened, found, strict=True):
        own = everybody[start : start + len(some)]
        start += len(some)
        matcher = view.matcher(one.case)
        evidence = of_case(one.case, own, shared, matcher)
        keys = frozenset(rows["key"].to_list())
        met = frozenset(rows.filter(pl.col("an").is_not_null())["chromosome"])
        answers.append(Examined(keys, candidate_rows.height, own, evidence, met))
    return tuple(answers)


def open_gates(asked: Sequence[Asked], view: View) -> list[pl.DataFrame]:
    """Return each case's wanted rows with evidence and gates (`variants.ANNOTATED_SCHEMA`)."""
    wanted = [one.wanted().drop(STORED) for one in asked]
    alleles = pl.concat([rows.select("key", *ALLELE) for rows in wanted]).unique().sort(_PLACE)
    evidence = with_evidence(alleles, view.releases).drop("chromosome", "position")
    return [
        with_gates(
            rows.join(evidence, on=_PLACE, how="left", maintain_order="left"),
            view.limits,
            one.case.family,
        )
        for one, rows in zip(asked, wanted, strict=True)
    ]


def _placed(
    asked: Sequence[Asked], opened: Sequence[pl.DataFrame], view: View, memo: Memo, beside: Path
) -> pl.DataFrame:
    """Return all candidates on their transcripts, with their neighbours, numbered by case."""
    ours = [rows.select(ALLELE) for one, rows in zip(asked, opened, strict=True) if one.csq is None]
    known = consequences_of(pl.concat(ours), view, memo, beside) if ours else None
    placed = []
    for number, (one, rows) in enumerate(zip(asked, opened, strict=True)):
        effects = known if one.csq is None else of_laboratory(one.csq, rows)
        assert effects is not None  # noqa: S101 - a case without csq is one of ours
        typed = effects.with_columns(pl.col(name).cast(rows.schema[name]) for name in ALLELE)
        on_them = on_transcripts(rows, typed)
        context = one.rows.select(VARIANTS_SCHEMA.names).sort(_PLACE).lazy()
        joint = with_joint(on_them, context, one.case.family, view.transcripts, view.reference)
        placed.append(joint.with_columns(pl.lit(number, pl.Int32).alias(_NUMBER)))
    return pl.concat(placed, how="diagonal_relaxed")


def _of(scored: pl.DataFrame, number: int) -> pl.DataFrame:
    return scored.filter(pl.col(_NUMBER) == number).select(CANDIDATES_SCHEMA.names)
