"""Why an allele is, or is not, in a case's report: every gate passed or failed, with its numbers.

The trail is read from what the stages wrote, never recomputed: it says what was decided.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from varinterp.model.assessment import NO_KNOWN_DISEASE, AssessmentKey
from varinterp.model.case import CaseResult, RankedHypothesis, Tier
from varinterp.model.evidence import Reason
from varinterp.model.variant import Allele
from varinterp.sources.keyed import allele_text


@dataclass(frozen=True, slots=True)
class Step:
    """One question on the way: `passed` is None when the answer is neither yes nor no."""

    name: str
    passed: bool | None
    reason: Reason


@dataclass(frozen=True, slots=True)
class Trail:
    """The steps of one allele, in order; `allele` is the normalised one that was found."""

    case: str
    allele: Allele
    steps: tuple[Step, ...]


def explain(folder: Path, result: CaseResult, allele: Allele) -> Trail:
    """Trace an allele through a family's files; it may be written as the laboratory's VCF did."""
    row = _find(folder / "variants.parquet", allele)
    if row is None:
        reason = Reason.of("explain.not_in_family", allele=str(allele))
        return Trail(result.case.id, allele, (Step("called", False, reason),))
    found = Allele.parse(allele_text(row))
    steps = [called(found, allele), *gates(row)]
    if row["candidate"]:
        steps += after_gates(result, found)
    return Trail(result.case.id, found, tuple(steps))


def _find(path: Path, allele: Allele) -> dict[str, Any] | None:
    """Return the row of an allele, by its normalised form or by the one in the input VCF."""
    place = pl.scan_parquet(path).filter(
        (
            (pl.col("chromosome") == allele.chromosome.value)
            & (pl.col("position") == allele.position)
            & (pl.col("ref") == allele.ref)
            & (pl.col("alt") == allele.alt)
        )
        | (pl.col("original") == _as_written(allele))
    )
    rows = place.collect().to_dicts()
    return rows[0] if rows else None


def _as_written(allele: Allele) -> str:
    return f"{allele.chromosome}-{allele.position}-{allele.ref}-{allele.alt}"


def as_candidate(result: CaseResult, asked: Allele) -> Allele:
    """Return the candidate that is meant: the allele, or the one that the VCF wrote like this."""
    written = _as_written(asked)
    meant = (each.allele for each in result.candidates if each.original == written)
    candidates = {each.allele for each in result.candidates}
    return asked if asked in candidates else next(meant, asked)


def called(found: Allele, asked: Allele) -> Step:
    """Say that an allele is there, and under which form when it was asked for by another."""
    if found == asked:
        return Step("called", True, Reason.of("explain.called", allele=str(found)))
    return Step(
        "called", True, Reason.of("explain.normalised", allele=str(found), written=str(asked))
    )


def gates(row: Mapping[str, Any]) -> list[Step]:
    """Return the gates of a row of `variants.parquet`, each with the numbers that it compared."""
    significance = ", ".join(dict.fromkeys(row["clinvar_significance"] or ())) or None
    measured: dict[str, tuple[bool | None, Reason]] = {
        "carried": (row["gate_carried"], Reason.of("explain.carried", copies=row["gate_copies"])),
        "quality": (
            row["gate_quality"],
            Reason.of(
                "explain.quality",
                filter=row["filter"],
                depth=row["gate_depth"],
                quality=row["gate_genotype_quality"],
            ),
        ),
        "rare": (
            row["gate_rare"],
            Reason.of(
                f"explain.rare_{row['frequency_state']}",
                frequency=row["gate_frequency"],
                measure=row["gate_frequency_measure"],
                limit=row["gate_rare_max"],
                constructed=row["frequency_constructed"],
            ),
        ),
        "known": (
            row["gate_known"],
            Reason.of(
                "explain.known",
                significance=significance,
                frequency=row["gate_known_frequency"],
                limit=row["gate_known_max"],
            ),
        ),
        "listed": (row["gate_listed"], Reason.of("explain.listed")),
        "de_novo": (
            row["gate_de_novo"],
            Reason.of(
                "explain.de_novo",
                depth=row["gate_parent_depth"],
                alt_reads=row["gate_parent_alt_reads"],
                quality=row["gate_parent_quality"],
            ),
        ),
        "candidate": (row["candidate"], Reason.of("explain.candidate")),
    }
    return [Step(name, passed, reason) for name, (passed, reason) in measured.items()]


def after_gates(result: CaseResult, allele: Allele) -> list[Step]:
    """Return what became of a candidate: its gene, its place in the ranking, and why there.

    Each step is told once, however many diseases share it.
    """
    keys = [assessment.key for assessment in result.assessments if assessment.key.allele == allele]
    if not keys:
        return [Step("gene", False, Reason.of("explain.no_gene"))]
    steps: list[Step] = []
    for key in keys:
        consequence = result.candidate(key).consequence
        steps.append(
            Step(
                "gene",
                True,
                Reason.of(
                    "explain.gene",
                    gene=consequence.gene,
                    consequence=consequence.worst,
                    name=consequence.hgvs_c,
                ),
            )
        )
        for place in result.ranking:
            if key in place.keys:
                steps += _ranked(result, place, key)
    return list(dict.fromkeys(steps))


def _ranked(result: CaseResult, place: RankedHypothesis, key: AssessmentKey) -> list[Step]:
    """The place of a hypothesis, and why it is in its tier; an unrelated disease is not named."""
    if place.tier is Tier.UNRELATED:
        return [Step("tier", False, place.reason)]
    shown = place.tier in (Tier.PROPOSED, Tier.KNOWN_ALLELE, Tier.POSSIBLE)
    where = Reason.of(
        "explain.ranked",
        rank=place.rank,
        tier=place.tier,
        disease=None if key.disease == NO_KNOWN_DISEASE else key.disease,
        acmg_class=result.assessment(key).machine.points,
        score=place.score,
    )
    return [Step("ranked", shown, where), Step("tier", shown, place.reason)]
