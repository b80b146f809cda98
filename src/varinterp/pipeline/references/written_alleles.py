"""Alleles as a person wrote them, held against the reference.

A person answers for each, so that nothing is mended behind their back: an allele that no patient's
allele would ever equal is named, with the spelling that would.
"""

from collections.abc import Iterator, Sequence

import polars as pl

from varinterp.annotate.sites import normalise_sites
from varinterp.model.variant import Allele
from varinterp.pipeline.references.adapter import Context

Site = tuple[str, int, str, str]


def misspelled(alleles: Sequence[Allele], context: Context) -> Iterator[tuple[int, str]]:
    """Yield the place in the sequence and the problem of each allele that is not as VCF has it."""
    written = pl.DataFrame(
        [(at, *_site(allele)) for at, allele in enumerate(alleles)],
        schema={
            "line": pl.Int64, "chromosome": pl.String, "position": pl.Int32, "ref": pl.String,
            "alt": pl.String,
        },
        orient="row",
    )  # fmt: skip
    normal, _ = normalise_sites(written, context.fasta(), context.scratch)
    known = {row["line"]: row for row in normal.iter_rows(named=True)}
    for at, allele in enumerate(alleles):
        row = known.get(at)
        if row is None:
            yield at, f"{allele.id} is not on the reference"
            continue
        found = (row["chromosome"], row["position"], row["ref"], row["alt"])
        if found != _site(allele):
            yield at, f"{allele.id} is not normalised; write {'-'.join(map(str, found))}"


def _site(allele: Allele) -> Site:
    return (allele.chromosome.value, allele.position, allele.ref, allele.alt)
