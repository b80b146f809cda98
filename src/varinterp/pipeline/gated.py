"""A family's alleles of a gene that became no candidate, with the gates that they did not pass."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import polars as pl

from varinterp.model.transcript import Transcript
from varinterp.model.variant import Allele
from varinterp.pipeline.explain import gates
from varinterp.priority.gated import Gated
from varinterp.sources.keyed import allele_text

BESIDE_EXONS = 20
"""Bases of an intron that are looked at beside an exon; ClinVar's alleles are looked at anywhere.

Beyond the splice region (VEP's ends at 8 bases) with the reach of the branch point left out: a
gene's introns hold hundreds of common alleles that nobody asks about.
"""


def gated_of(variants: Path, transcripts: Iterable[Transcript]) -> dict[str, tuple[Gated, ...]]:
    """Return the alleles by gene (HGNC id), in genome order; `variants` is `variants.parquet`.

    A gene without such an allele is there, with none.
    """
    table = pl.scan_parquet(variants)
    found: dict[str, dict[Allele, Gated]] = {}
    for transcript in transcripts:
        of_gene = found.setdefault(transcript.hgnc, {})
        rows = table.filter(~pl.col("candidate"), _within(transcript)).collect()
        for row in rows.iter_rows(named=True):
            gated = _gated(row)
            of_gene[gated.allele] = gated
    return {gene: tuple(of[allele] for allele in sorted(of)) for gene, of in found.items()}


def _within(transcript: Transcript) -> pl.Expr:
    """Select the alleles in or near an exon, and ClinVar's between the first and the last."""
    start = pl.col("position")
    end = start + pl.col("ref").str.len_bytes().cast(pl.Int64) - 1
    near = [
        (end >= exon.start - BESIDE_EXONS) & (start <= exon.end + BESIDE_EXONS)
        for exon in transcript.exons
    ]
    first, last = transcript.exons[0].start, transcript.exons[-1].end
    said = pl.col("clinvar_significance").is_not_null() & (end >= first) & (start <= last)
    return (pl.col("chromosome") == transcript.chromosome.value) & (pl.any_horizontal(near) | said)


def _gated(row: dict[str, Any]) -> Gated:
    allele = Allele.parse(allele_text(row))
    failed = tuple(
        (step.name, step.reason)
        for step in gates(row)
        if step.passed is False and step.name != "candidate"
    )
    return Gated(allele, row["gate_carried"], failed)
