"""A hypothesis with everything that its place in the ranking is decided by."""

from collections.abc import Iterator
from dataclasses import dataclass

from varinterp.model.assessment import Assessment
from varinterp.model.case import Candidate, Case, PhenotypeScore
from varinterp.model.clinvar import BENIGN, PATHOGENIC, Assertion, Significance
from varinterp.model.fit import Fit
from varinterp.model.gene_disease import GeneDisease, Inheritance
from varinterp.model.genotype import Zygosity
from varinterp.model.population import Listing
from varinterp.priority.allele_weight import AlleleWeight
from varinterp.priority.hypotheses import Hypothesis
from varinterp.priority.panels import Membership
from varinterp.priority.weights import Weights

EXACT, RELATED, EXCLUDED = "exact", "related", "excluded"
IN_CIS = ("inheritance.in_cis", "inheritance.in_cis_with_copy")

_AGAINST = {
    *(Significance.CONFLICTING, Significance.UNCERTAIN, Significance.FLAGGED),
    *(Significance.VUS_HIGH, Significance.VUS_MID, Significance.VUS_LOW),
    *BENIGN,
}
"""Words beside which *pathogenic* is not undisputed; drug response or low penetrance are none."""


def undisputed_stars(said: Assertion | None, least: float) -> int | None:
    """Return ClinVar's stars for a (likely) pathogenic that nobody disputes; None where too few.

    A release that does not carry the review status says nothing of stars.
    """
    if said is None or said.stars is None or said.stars < least:
        return None
    return said.stars if undisputed(said) else None


def undisputed(said: Assertion) -> bool:
    """Whether ClinVar says (likely) pathogenic, and nothing that disputes it."""
    words = set(said.significance)
    return not words.isdisjoint(PATHOGENIC) and words.isdisjoint(_AGAINST)


@dataclass(frozen=True, slots=True)
class Placed:
    """One allele, or two, in one disease and mode: conclusions, candidates, the patient's match.

    `assessed`, `alleles` and `candidates` are in the order of the hypothesis' keys; `phenotype` is
    None when it could not be compared.
    """

    case: Case
    hypothesis: Hypothesis
    assessed: tuple[Assessment, ...]
    alleles: tuple[AlleleWeight, ...]
    candidates: tuple[Candidate, ...]
    phenotype: PhenotypeScore | None
    panels: Membership
    weights: Weights

    @property
    def link(self) -> GeneDisease | None:
        """The gene's disease; None in a gene without one."""
        return self.hypothesis.link

    @property
    def fit(self) -> Fit:
        """Whether the family's genotypes fit the mode."""
        return self.hypothesis.fit

    @property
    def gene(self) -> str:
        """The gene's HGNC id."""
        return self.hypothesis.keys[0].gene

    @property
    def terms(self) -> int:
        """How many of the terms that the patient has were compared."""
        rows = () if self.phenotype is None else self.phenotype.rows
        return sum(row.kind != EXCLUDED for row in rows)

    def matching(self, kind: str) -> int:
        """Count the patient's terms that match the disease in a way."""
        rows = () if self.phenotype is None else self.phenotype.rows
        return sum(row.kind == kind for row in rows)

    @property
    def known(self) -> tuple[bool, ...]:
        """Whether each allele is held for pathogenic: by ClinVar, or by the laboratory's list."""
        pairs = zip(self.assessed, self.candidates, strict=True)
        return tuple(
            self.stars(assessed) is not None or self.listing(candidate) is not None
            for assessed, candidate in pairs
        )

    def stars(self, assessed: Assessment) -> int | None:
        """Return ClinVar's stars for an undisputed (likely) pathogenic; None where too few."""
        return undisputed_stars(assessed.external, self.weights.known_stars)

    def listing(self, candidate: Candidate) -> Listing | None:
        """Return the listing of a founder allele for this gene, disease and mode."""
        if candidate.listed is None or self.link is None:
            return None
        wanted = (self.link.hgnc, self.link.disease, self.link.inheritance)
        return next(
            (
                each
                for each in candidate.listed.listings
                if (each.hgnc, each.disease, each.inheritance) == wanted
            ),
            None,
        )

    @property
    def enough_copies(self) -> bool:
        """Whether the proband alone has as many copies as the mode needs, whatever others have."""
        if not all(each.carries for each in self._zygosities()):
            return False
        recessive = Inheritance.AUTOSOMAL_RECESSIVE
        return self.link is None or self.link.inheritance is not recessive or self.every_copy

    @property
    def every_copy(self) -> bool:
        """Whether no copy of the gene is left without one of the alleles, as far as is known."""
        if len(self.candidates) > 1 or self.hypothesis.copy is not None:
            return self.fit.reason.key not in IN_CIS
        return all(each is not Zygosity.HETEROZYGOUS for each in self._zygosities())

    def _zygosities(self) -> Iterator[Zygosity]:
        proband = self.case.family.proband_id
        return (each.genotypes.of(proband).zygosity for each in self.candidates)
