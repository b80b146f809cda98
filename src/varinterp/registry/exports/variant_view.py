"""A signed finding with what the document shows of its allele: names, gene, zygosity, origin."""

from dataclasses import dataclass

from varinterp.model.assessment import NO_KNOWN_DISEASE, Assessment
from varinterp.model.case import Candidate
from varinterp.model.family import Role
from varinterp.model.genotype import Zygosity
from varinterp.model.variant import Allele
from varinterp.registry.exports.packet_parts import genomic_substitution
from varinterp.registry.exports.record import SignedFinding, Subject


@dataclass(frozen=True, slots=True)
class VariantView:
    """What exports say of a signed finding; parts that the document does not hold are None.

    `assessment` is what the program concludes on it now; the signed class is the finding's.
    """

    finding: SignedFinding
    candidate: Candidate | None
    assessment: Assessment | None
    disease_name: str | None
    zygosity: Zygosity
    origin: str | None

    @property
    def allele(self) -> Allele:
        """The allele of the finding."""
        return self.finding.key.allele

    @property
    def gene(self) -> str:
        """The gene's HGNC id."""
        return self.finding.key.gene

    @property
    def symbol(self) -> str:
        """The gene's symbol, or its HGNC id where the document no longer shows the allele."""
        return self.finding.key.gene if self.candidate is None else self.candidate.consequence.gene

    @property
    def disease(self) -> str | None:
        """The disease's id; None for a gene without a known disease."""
        disease = self.finding.key.disease
        return None if disease == NO_KNOWN_DISEASE else disease

    @property
    def hgvs_g(self) -> str | None:
        """The genomic name of a substitution of one base; None for other alleles."""
        return genomic_substitution(self.allele)

    @property
    def hgvs_c(self) -> str | None:
        """The name on the transcript, with its accession."""
        return None if self.candidate is None else self.candidate.consequence.hgvs_c

    @property
    def hgvs_p(self) -> str | None:
        """The name on the protein, with its accession."""
        return None if self.candidate is None else self.candidate.consequence.hgvs_p

    @property
    def change_type(self) -> str:
        """``substitution``, ``deletion``, ``insertion`` or ``deletion_insertion``."""
        _, ref, alt = self.allele.trimmed()
        if len(ref) == 1 and len(alt) == 1:
            return "substitution"
        return "deletion" if not alt else "insertion" if not ref else "deletion_insertion"

    @property
    def constructed(self) -> bool:
        """Whether what the program concludes on it rests on a constructed fact."""
        return self.assessment is not None and self.assessment.constructed


def variant_views(subject: Subject) -> tuple[VariantView, ...]:
    """Return the case's signed findings, most pathogenic first."""
    return tuple(_view(subject, finding) for finding in subject.findings)


def _view(subject: Subject, finding: SignedFinding) -> VariantView:
    document, key = subject.document, finding.key
    candidates = {(each.allele, each.consequence.hgnc): each for each in document.candidates}
    names = {
        each: hypothesis.disease_name for hypothesis in document.ranking for each in hypothesis.keys
    }
    candidate = candidates.get((key.allele, key.gene))
    return VariantView(
        finding=finding,
        candidate=candidate,
        assessment=subject.assessment(finding),
        disease_name=names.get(key),
        zygosity=_zygosity(subject, candidate),
        origin=_origin(subject, candidate),
    )


def _zygosity(subject: Subject, candidate: Candidate | None) -> Zygosity:
    if candidate is None:
        return Zygosity.MISSING
    return candidate.genotypes.of(subject.document.case.family.proband_id).zygosity


def _origin(subject: Subject, candidate: Candidate | None) -> str | None:
    """``de_novo``, ``maternal``, ``paternal`` or ``biparental``; None where it cannot be told.

    *De novo* takes both parents called as reference and parentage confirmed by genotypes.
    """
    if candidate is None:
        return None
    case = subject.document.case
    proband = case.family.proband
    carried = {}
    for role in (Role.FATHER, Role.MOTHER):
        parent = case.family.parent(proband, role)
        called = Zygosity.MISSING if parent is None else candidate.genotypes.of(parent.id).zygosity
        carried[role] = None if called is Zygosity.MISSING else called.carries
    father, mother = carried[Role.FATHER], carried[Role.MOTHER]
    if father is None or mother is None:
        return None
    if father and mother:
        return "biparental" if _zygosity(subject, candidate) is Zygosity.HOMOZYGOUS else None
    if father or mother:
        return "paternal" if father else "maternal"
    return "de_novo" if case.parentage_confirmed else None
