"""A genotype seen from one allele of its site: 0 reference, 1 this allele, 2 another allele.

Splitting a site with several ALT alleles must not turn the others into the reference: `1/2` seen
from the second ALT is ``2/1``, which is one copy of it and no copy of the reference.
"""

import re

_ALLELES = re.compile(r"[/|]")
MISSING = "./."


class AlleleNumberError(ValueError):
    """A genotype names an allele that its record does not have."""


def site_genotype(called: str | None, index: int, alternatives: int) -> str:
    """Return a caller's genotype as seen from ALT number `index` of `alternatives`.

    Separators and their order are kept, VCF 4.4's leading one is not. A missing call is ``./.``.
    """
    if called is None:
        return MISSING
    bare = called.lstrip("/|")
    seen = "".join(
        part if part in "/|" else _seen(part, index, alternatives)
        for part in re.split(r"([/|])", bare)
    )
    return MISSING if seen in ("", ".") else seen


def _seen(allele: str, index: int, alternatives: int) -> str:
    if allele in (".", "0"):
        return allele
    if not allele.isdecimal() or int(allele) > alternatives:
        raise AlleleNumberError
    return "1" if int(allele) == index else "2"


def as_vcf(seen: str) -> str:
    """Return the genotype as bcftools splits it: another allele of the site is missing."""
    return seen.replace("2", ".")


def call(seen: str) -> str:
    """Return what a genotype says of the allele alone: two records of it agree when this does.

    Order and phase are left out, and what the other copy carries: callers that write overlapping
    alleles as records of their own put 0 where a joint record names another allele.
    """
    return "/".join(sorted(_ALLELES.split(seen.replace("2", "0"))))


def copies_and_ploidy(seen: str) -> tuple[int, int] | tuple[None, None]:
    """Return copies of the allele and haplotypes called; None for a missing or half call."""
    alleles = _ALLELES.split(seen)
    if "." in alleles:
        return None, None
    return alleles.count("1"), len(alleles)


def side(seen: str) -> int | None:
    """Return the haplotype (0 or 1) that carries a heterozygous allele."""
    alleles = _ALLELES.split(seen)
    if len(alleles) != 2 or "." in alleles or alleles.count("1") != 1:
        return None
    return alleles.index("1")
