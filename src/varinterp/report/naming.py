"""HGVS names (nomenclature 21.0) of alleles, from what the annotation carries, and of copies."""

from varinterp.model.copy_number import Change, CopyNumber
from varinterp.model.variant import Allele

_COMPLEMENT = str.maketrans("ACGT", "TGCA")


def genomic_name(allele: Allele) -> str | None:
    """Return the g. name of a substitution or of a block of changed bases; None otherwise.

    A pure insertion or deletion is named at its most 3' place, which takes the sequence around
    it: the page then gives the VCF allele alone.
    """
    start, ref, alt = allele.trimmed()
    place = f"{allele.chromosome.accession}:{_coordinate(allele)}."
    if len(ref) == len(alt) == 1:
        return f"{place}{start}{ref}>{alt}"
    if not ref or not alt:
        return None
    end = start + len(ref) - 1
    span = str(start) if end == start else f"{start}_{end}"
    if alt == ref[::-1].translate(_COMPLEMENT):
        return f"{place}{span}inv"
    return f"{place}{span}delins{alt}"


def copy_number_name(copy_number: CopyNumber) -> str:
    """Name it as HGVS would if its ends were known to the base, which a call does not show."""
    change = "del" if copy_number.change is Change.LOSS else "dup"
    place = f"{copy_number.start}_{copy_number.end}"
    return f"{copy_number.chromosome.accession}:g.{place}{change}"


def without_accession(name: str | None) -> str | None:
    """Return ``c.460G>A`` for ``ENST00000327374.9:c.460G>A``."""
    return None if name is None else name.rpartition(":")[2].replace("%3D", "=")


def protein_name(name: str | None) -> str | None:
    """Return a predicted protein change with HGVS's parentheses: ``p.(Gly154Arg)``."""
    bare = without_accession(name)
    if bare is None or not bare.startswith("p.") or bare[2:3] in ("(", "?", "0"):
        return bare
    return f"p.({bare[2:]})"


def _coordinate(allele: Allele) -> str:
    return "m" if allele.chromosome == "MT" else "g"
