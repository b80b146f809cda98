"""`candidates.parquet` and the values in it: one row an allele and transcript."""

from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import Any

import polars as pl

from varinterp.model.case import Candidate, Gate
from varinterp.model.chromosome import Chromosome
from varinterp.model.clinvar import Assertion, Significance
from varinterp.model.facts import Coverage, Frequency
from varinterp.model.prediction import Predictions, Predictor, Score, ScoreOrigin, SpliceEffect
from varinterp.model.transcript import Consequence, Mane, Term
from varinterp.model.variant import Allele
from varinterp.pipeline.genotypes import family_genotypes
from varinterp.pipeline.haplotypes import to_joint
from varinterp.sources.vep import to_consequence

_NOT_IN_GENE = frozenset({Term.UPSTREAM, Term.DOWNSTREAM, Term.INTERGENIC})


def read_candidates(path: Path) -> tuple[Candidate, ...]:
    """Read every candidate that lies in a gene, in genome order."""
    return to_candidates(pl.read_parquet(path))


def to_candidates(rows: pl.DataFrame) -> tuple[Candidate, ...]:
    """Return a family's candidates that lie in a gene, from rows as `CANDIDATES_SCHEMA` has them.

    `rows` are sorted by key, REF and ALT, so that two alleles of one hashed key stay apart.
    """
    return tuple(
        candidate
        for _, group in groupby(rows.iter_rows(named=True), key=_allele)
        for candidate in _candidates(list(group))
    )


def _allele(row: dict[str, Any]) -> tuple[int, str, str]:
    return row["key"], row["ref"], row["alt"]


def _candidates(rows: list[dict[str, Any]]) -> Iterable[Candidate]:
    """One candidate for each gene that the allele hits."""
    consequences = [to_consequence(row) for row in rows if row["transcript"] is not None]
    in_gene = [c for c in consequences if not _NOT_IN_GENE.issuperset(c.terms)]
    for gene in sorted({consequence.hgnc for consequence in in_gene}):
        ordered = sorted(in_gene, key=lambda c: (c.hgnc != gene, *_preference(c)))
        chosen, *others = ordered
        row = next(row for row in rows if row["transcript"] == chosen.transcript)
        yield _candidate(rows[0], chosen, tuple(others), row)


def _preference(consequence: Consequence) -> tuple[bool, bool, int, str]:
    """MANE Select before Plus Clinical before the worst of the others."""
    return (
        consequence.mane is not Mane.SELECT,
        consequence.mane is not Mane.PLUS_CLINICAL,
        consequence.worst.rank,
        consequence.transcript,
    )


def _candidate(
    row: dict[str, Any],
    consequence: Consequence,
    others: tuple[Consequence, ...],
    on_transcript: dict[str, Any],
) -> Candidate:
    return Candidate(
        allele=Allele(Chromosome(row["chromosome"]), row["position"], row["ref"], row["alt"]),
        gates=tuple(gate for gate in Gate if row[f"gate_{gate}"]),
        filter=row["filter"],
        consequence=consequence,
        others=others,
        genotypes=family_genotypes(row["genotypes"]),
        frequency=_frequency(row),
        coverage=_coverage(row),
        assertion=_assertion(row),
        predictions=_predictions(on_transcript),
        original=row["original"],
        joint=to_joint(on_transcript["joint"]),
    )


def _frequency(row: dict[str, Any]) -> Frequency | None:
    if row["an"] is None:
        return None
    return Frequency(
        ac=row["ac"],
        an=row["an"],
        af=row["af"],
        faf95=row["faf95"],
        faf95_group=row["faf95_group"],
        group_max_af=row["group_max_af"],
        nhomalt=row["nhomalt"],
        hemizygotes=row["hemizygotes"],
        # Nobody genotyped is no failure of the site: its row says how few alleles were seen.
        usable=row["frequency_state"] != "unusable" or row["an"] == 0,
        constructed=bool(row["frequency_constructed"]),
    )


def _coverage(row: dict[str, Any]) -> Coverage | None:
    if row["frequency_state"] in ("present", "unusable"):
        return None
    return Coverage(
        covered=row["frequency_state"] == "absent_covered",
        constructed=bool(row["frequency_constructed"]),
    )


def _assertion(row: dict[str, Any]) -> Assertion | None:
    if not row["clinvar_significance"]:
        return None
    return Assertion(
        significance=tuple(Significance(word) for word in row["clinvar_significance"]),
        conditions=tuple(row["clinvar_conditions"]),
        stars=row["clinvar_stars"],
        name=row["clinvar_name"],
        rsid=row["clinvar_rsid"],
    )


def _predictions(row: dict[str, Any]) -> Predictions | None:
    scores = {predictor.value: _score(row[predictor]) for predictor in Predictor}
    found = Predictions(**scores)
    return found if found.scored else None


def _score(cell: dict[str, Any] | None) -> Score | None:
    if cell is None or cell["value"] is None:
        return None
    effect = cell["effect"]
    return Score(
        value=cell["value"],
        origin=ScoreOrigin(cell["origin"]),
        effect=None if effect is None else SpliceEffect(effect),
        constructed=cell["constructed"],
    )
