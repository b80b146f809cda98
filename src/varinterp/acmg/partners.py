"""The other alleles of the gene that the patient carries: how they lie, and what is held of them.

What is held of a partner is its prior class (`model.assessment.PriorClass`), which is concluded
without the criteria on partners and family, so that two alleles never lift each other.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from varinterp.acmg.question import Question
from varinterp.inheritance.beside import Beside, beside
from varinterp.inheritance.de_novo import TrioLimits
from varinterp.inheritance.phase import Phase
from varinterp.model.assessment import PRIOR, AcmgClass, AssessmentKey
from varinterp.model.facts import (
    GENE_ALLELES,
    GENOTYPES,
    PEDIGREE,
    PEDIGREE_KEY,
    CasePedigree,
    FamilyGenotypes,
)
from varinterp.model.family import Family
from varinterp.model.fit import Answer
from varinterp.model.genotype import Zygosity
from varinterp.model.variant import Allele


@dataclass(frozen=True, slots=True)
class Own:
    """The patient's family, and everybody's genotype at the allele in question."""

    pedigree: CasePedigree
    genotypes: FamilyGenotypes

    @property
    def zygosity(self) -> Zygosity:
        """The patient's zygosity."""
        return self.genotypes.of(self.pedigree.family.proband_id).zygosity


@dataclass(frozen=True, slots=True)
class Partner:
    """Another allele of the gene, heterozygous in the patient as the one in question is.

    `one_parent` says that the phase would be trans by the one parent who was tested; `contradicted`
    that the family speaks against the pair as the cause. `held` is None where nothing was concluded
    of it.
    """

    key: AssessmentKey
    genotypes: FamilyGenotypes
    phase: Phase
    one_parent: bool
    contradicted: bool
    held: AcmgClass | None

    @property
    def allele(self) -> Allele:
        """The other allele."""
        return self.key.allele

    @property
    def in_trans(self) -> bool:
        """Whether it lies on the other copy: by reads, by both parents, or by the one tested.

        One parent is enough for PM3 (ClinGen SVI, in trans, version 1.0).
        """
        return self.phase is Phase.TRANS or self.one_parent


def own(ask: Question) -> Own | None:
    """Read the patient's family and genotypes; None where one of them is not at hand."""
    pedigree = ask.read(PEDIGREE, PEDIGREE_KEY)
    genotypes = ask.read(GENOTYPES, str(ask.allele))
    return None if pedigree is None or genotypes is None else Own(pedigree, genotypes)


def trio_limits(ask: Question) -> TrioLimits:
    """Read when a relative's reference call is believed."""
    return ask.shared("trio_limits", lambda rules: TrioLimits.read(rules.number))


def partners(ask: Question, case: Own) -> tuple[Partner, ...] | None:
    """Return the patient's other alleles of the gene, in genome order; None where not gathered.

    Only a heterozygous allele has partners.
    """
    known = ask.read(GENE_ALLELES, ask.gene)
    if known is None:
        return None
    if case.zygosity is not Zygosity.HETEROZYGOUS:
        return ()
    return tuple(_partners(ask, case, known.alleles))


def _partners(ask: Question, case: Own, alleles: tuple[str, ...]) -> Iterator[Partner]:
    family = case.pedigree.family
    others = dict(_heterozygous(ask, family, alleles))
    found = beside(family, case.genotypes, tuple(others.values()))
    for (name, genotypes), pair in zip(others.items(), found, strict=True):
        yield _partner(ask, Allele.parse(name), genotypes, pair)


def _heterozygous(
    ask: Question, family: Family, alleles: tuple[str, ...]
) -> Iterator[tuple[str, FamilyGenotypes]]:
    for name in alleles:
        genotypes = None if name == str(ask.allele) else ask.read(GENOTYPES, name)
        if genotypes is None:
            continue
        if genotypes.of(family.proband_id).zygosity is Zygosity.HETEROZYGOUS:
            yield name, genotypes


def _partner(ask: Question, allele: Allele, genotypes: FamilyGenotypes, pair: Beside) -> Partner:
    key = replace(ask.key, allele=allele)
    prior = ask.read(PRIOR, str(key))
    refused = pair.fit.answer is Answer.DOES_NOT_FIT
    return Partner(
        key=key,
        genotypes=genotypes,
        phase=pair.phase,
        one_parent=pair.one_parent,
        contradicted=pair.phase is not Phase.CIS and refused,
        held=None if prior is None else prior.value,
    )
