"""The alleles that the demo's families carry on purpose, and the common SNPs around them."""

from building.layout import CHROMOSOME, Layout
from building.tables import read_tsv
from varinterp.model.variant import Allele


def allele_of(row: dict[str, str]) -> Allele:
    """Build the allele of a row with columns position, ref and alt."""
    return Allele.parse(f"{CHROMOSOME}-{row['position']}-{row['ref']}-{row['alt']}")


def read_alleles(layout: Layout) -> dict[str, Allele]:
    """Return the demo's alleles by the id that the families use."""
    return {row["id"]: allele_of(row) for row in read_tsv(layout.facts / "alleles.tsv")}


def read_common_snps(layout: Layout) -> list[tuple[str, Allele]]:
    """Return (rsid, allele) of each common single-base substitution, in genome order."""
    rows = read_tsv(layout.sequence / "common_snps.GRCh38.tsv.gz")
    named = [(row["rsid"], row | {"position": row["pos"]}) for row in rows]
    snps = [(rsid, allele_of(row)) for rsid, row in named if len(row["ref"] + row["alt"]) == 2]
    return sorted(snps, key=lambda snp: (snp[1], snp[0]))
