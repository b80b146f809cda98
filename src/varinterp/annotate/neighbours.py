"""Which alleles of the patient change an allele's meaning because they share its haplotype.

Neighbours are alleles that touch the same codon, and alleles in a stretch whose reading frame one
of them shifts: from the shift to the stop that it meets. In cis they are taken together; where the
phase of two alleles in one codon, or of two shifts, is not known, nothing is combined. In trans
each stands for itself; so does an allele on both copies beside a neighbour on one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from varinterp.annotate.haplotype import Coding, Edit, change, overlap, reach
from varinterp.inheritance.beside import phases_beside
from varinterp.inheritance.phase import Phase
from varinterp.model.facts import FamilyGenotypes
from varinterp.model.family import Family
from varinterp.model.genotype import Zygosity
from varinterp.model.transcript import Joint, JointPhase
from varinterp.model.variant import Allele

_BOTH_COPIES = (Zygosity.HOMOZYGOUS, Zygosity.HEMIZYGOUS)


@dataclass(frozen=True, slots=True)
class Carried:
    """An allele of the proband in a coding sequence, and the codons that it reaches alone."""

    allele: Allele
    genotypes: FamilyGenotypes
    edit: Edit
    reach: tuple[int, int]

    @property
    def shifts(self) -> bool:
        """Whether it shifts the reading frame."""
        return self.edit.net % 3 != 0


def carried(
    allele: Allele, genotypes: FamilyGenotypes, edit: Edit, coding: Coding | None
) -> Carried:
    """Return an allele with its reach; without a sequence that is only what it touches."""
    return Carried(allele, genotypes, edit, reach(coding, edit) if coding else edit.codons)


def joint(
    one: Carried, all_carried: Iterable[Carried], coding: Coding | None, family: Family
) -> Joint | None:
    """Return what an allele means together with its neighbours; None when it has none.

    `coding` is None where the transcript cannot be read: then the neighbours are named alone.
    """
    others = [other for other in all_carried if other.allele != one.allele]
    phases = _phases(family, one, others)
    cis = _connected(one, [other for other in others if phases[other.allele] is Phase.CIS])
    unknown = [
        other
        for other in others
        if phases[other.allele] is Phase.UNKNOWN
        and any(_could_matter(member, other) for member in (one, *cis))
    ]
    if unknown:
        return Joint(JointPhase.UNKNOWN, _names([*cis, *unknown]))
    return _together(one, cis, coding) if cis else None


def _phases(family: Family, one: Carried, others: Sequence[Carried]) -> dict[Allele, Phase]:
    """Tell of each other whether every copy of `one` lies beside it."""
    known = {other.allele: _known(family.proband_id, one, other) for other in others}
    asked = [other for other in others if known[other.allele] is None]
    found = phases_beside(family, one.genotypes, [other.genotypes for other in asked])
    told = {other.allele: phase for other, phase in zip(asked, found, strict=True)}
    return {allele: phase or told[allele] for allele, phase in known.items()}


def _known(proband: str, one: Carried, other: Carried) -> Phase | None:
    """Return a phase that needs no family: by place, or by both copies that carry one of them."""
    if overlap(one.edit, other.edit):
        return Phase.TRANS
    if other.genotypes.of(proband).zygosity in _BOTH_COPIES:
        return Phase.CIS
    return Phase.TRANS if one.genotypes.of(proband).zygosity in _BOTH_COPIES else None


def _connected(one: Carried, cis: Sequence[Carried]) -> list[Carried]:
    """Return the alleles in cis that are tied to `one`, directly or through each other."""
    tied, rest = [one], list(cis)
    while True:
        near = [other for other in rest if any(_meet(t.reach, other.reach) for t in tied)]
        if not near:
            return tied[1:]
        tied += near
        rest = [other for other in rest if other not in near]


def _could_matter(one: Carried, other: Carried) -> bool:
    if _meet(one.edit.codons, other.edit.codons):
        return True
    return one.shifts and other.shifts and _meet(one.reach, other.reach)


def _together(one: Carried, cis: Sequence[Carried], coding: Coding | None) -> Joint:
    partners = _names(cis)
    made = change(coding, [one.edit, *(other.edit for other in cis)]) if coding else None
    if coding is None or made is None:
        return Joint(JointPhase.CIS, partners)
    alone = change(coding, [one.edit])
    protein = coding.transcript.protein
    return Joint(
        phase=JointPhase.CIS,
        partners=partners,
        terms=made.terms,
        hgvs_p=f"{protein}:{made.name}" if protein and made.name else made.name,
        codon=made.codon,
        ref_aa=made.ref_aa,
        alt_aa=made.alt_aa,
        differs=alone is None or (alone.terms, alone.name) != (made.terms, made.name),
    )


def _names(alleles: Iterable[Carried]) -> tuple[str, ...]:
    ordered = sorted(alleles, key=lambda one: (one.allele.position, one.allele.ref, one.allele.alt))
    return tuple(str(one.allele) for one in ordered)


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]
