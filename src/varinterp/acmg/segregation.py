"""PP1, BS4, PP4: one score of the locus, from the family and from the phenotype.

Biesecker 2024 (PMID 38103548): relatives who share allele and disease bring points by mode of
inheritance (table 3, PP1), the share of patients with the phenotype in whom testing finds the cause
in the gene brings points too (table 2, PP4), both together at most five (table 4), and one affected
relative without the allele takes the ground from both and is BS4. The tables were read in
transcriptions of the paper that agree with each other.

Points speak of an allele of the locus: where the patient has several variants on it, each gets its
share.
"""

from dataclasses import dataclass

from varinterp.acmg.partners import Own, Partner, own, partners, trio_limits
from varinterp.acmg.question import Question
from varinterp.acmg.scale import reached
from varinterp.inheritance import segregation
from varinterp.inheritance.de_novo import TrioLimits
from varinterp.inheritance.phase import Phase
from varinterp.inheritance.segregation import Relatives
from varinterp.model.assessment import BENIGN
from varinterp.model.chromosome import Chromosome, is_pseudoautosomal
from varinterp.model.evidence import Scalar, Strength, Verdict, met, not_assessed, not_met
from varinterp.model.facts import PHENOTYPE_FIT
from varinterp.model.gene_disease import Inheritance
from varinterp.model.genotype import Zygosity

_RECESSIVE = Inheritance.AUTOSOMAL_RECESSIVE


@dataclass(frozen=True, slots=True)
class _Family:
    """What relatives here and families elsewhere say.

    `meioses`, `contradicting` people and the `families` that they are in were entered. `pair` says
    that the relatives were compared with two alleles, so that one who is affected and lacks a part
    of them does not tell which; `shared` is how many variants share the points.
    """

    here: Relatives
    meioses: int
    contradicting: int
    families: int
    full_penetrance: bool
    pair: bool = False
    shared: int = 1

    @property
    def against_here(self) -> int:
        """Relatives at hand whose disease and genotype contradict each other."""
        carriers = self.here.unaffected_with if self.full_penetrance else 0
        return self.here.affected_without + carriers

    @property
    def against(self) -> int:
        """Such relatives here and elsewhere."""
        return self.against_here + self.contradicting

    @property
    def families_against(self) -> int:
        """Families, this one and those that were entered, in which there is such a relative."""
        return self.families + (self.against_here > 0)

    @property
    def facts(self) -> dict[str, Scalar]:
        """What a reader is told."""
        return {
            "affected_with": self.here.affected_with,
            "affected_without": self.here.affected_without,
            "unaffected_with": self.here.unaffected_with,
            "unaffected_without": self.here.unaffected_without,
            "meioses": self.meioses,
            "contradicting": self.contradicting,
        }


def pp1(ask: Question) -> Verdict:
    """Supporting to strong pathogenic: the allele runs with the disease in families."""
    family = _family(ask)
    if isinstance(family, Verdict):
        return family
    if family.against:
        return not_met("segregation.contradicted", **family.facts)
    if _yield(ask) > ask.number("segregation.homogeneous_yield"):
        return not_met("segregation.said_by_phenotype")
    points = _points(ask, family)
    strength = reached(ask, "segregation", points)
    if strength is None and not points:
        return not_assessed("segregation.nobody_informative", **family.facts)
    if strength is None:
        return not_met("segregation.too_few_points", points=points, **family.facts)
    return met(strength, "segregation.with_disease", points=points, **family.facts)


def bs4(ask: Question) -> Verdict:
    """Strong benign: an affected relative does not have the allele."""
    family = _family(ask)
    if isinstance(family, Verdict):
        return family
    if not family.against:
        if not _points(ask, family):
            return not_assessed("segregation.nobody_informative", **family.facts)
        return not_met("segregation.not_contradicted", **family.facts)
    if family.pair and not family.contradicting:
        return not_assessed("segregation.either_of_two", **family.facts)
    relatives, families = ask.own_number("bs4.relatives"), ask.own_number("bs4.families")
    if family.against < (relatives or 1) or family.families_against < (families or 1):
        return not_met("segregation.too_few_against", **family.facts)
    return met(Strength.STRONG, "segregation.not_with_disease", **family.facts)


def pp4(ask: Question) -> Verdict:
    """Supporting to strong pathogenic: the phenotype points to the gene.

    Only a stated diagnostic yield counts, and only when the patient has the phenotype.
    """
    obstacle = _outside(ask)
    if obstacle is not None:
        return obstacle
    share = _yield(ask)
    if not share:
        return not_assessed("segregation.no_yield")
    points = _yield_points(ask, share)
    strength = reached(ask, "segregation", points)
    if strength is None:
        return not_met("segregation.yield_too_low", share=share)
    fit = ask.read(PHENOTYPE_FIT, ask.disease_id)
    if fit is None:
        return not_assessed("segregation.phenotype_unknown")
    needed = int(ask.number("segregation.min_terms"))
    if fit.exact < needed:
        return not_met("segregation.phenotype", exact=fit.exact, terms=fit.terms, needed=needed)
    here, family = _here(ask), _family(ask)
    if isinstance(here, Verdict):
        return here
    if isinstance(family, Verdict):
        return family
    if family.against:
        return not_met("segregation.contradicted", **family.facts)
    return met(strength, "segregation.yield", share=share, points=points, exact=fit.exact)


def _yield(ask: Question) -> float:
    """Read the diagnostic yield of the gene in the phenotype, 0 where nobody states one."""
    return ask.own_number("segregation.diagnostic_yield") or 0.0


def _yield_points(ask: Question, share: float) -> float:
    rows = (row.split() for row in ask.words("segregation.yield_points"))
    return max((float(points) for least, points in rows if share >= float(least)), default=0.0)


def _outside(ask: Question) -> Verdict | None:
    """Return why the score says nothing about a gene and disease."""
    link = ask.disease()
    if link is None:
        return not_assessed("no_known_disease")
    if ask.inheritance is Inheritance.MITOCHONDRIAL:
        return not_assessed("segregation.mitochondrial")
    if link.validity not in ask.words("segregation.validity"):
        return not_assessed("segregation.validity", validity=link.validity)
    return None


def _points(ask: Question, family: _Family) -> float:
    """Add up the points: of relatives shared among variants, of other families whole."""
    mode = "recessive_" if ask.inheritance is _RECESSIVE else ""
    points = 0.0
    if family.here.affected_with:
        each = ask.number(f"segregation.points.{mode}affected")
        points += each * family.here.affected_with / family.shared
    if family.here.unaffected_without and family.full_penetrance:
        each = ask.number(f"segregation.points.{mode}unaffected")
        points += each * family.here.unaffected_without / family.shared
    if family.meioses:
        points += ask.number("segregation.points.affected") * family.meioses
    return round(points, 6)


def _family(ask: Question) -> _Family | Verdict:
    """Return what families say, or why the patient's says nothing and no other was entered."""
    obstacle = _outside(ask)
    if obstacle is not None:
        return obstacle
    entries = [
        each for known in ask.curations() for each in known.segregations if ask.holds(each.scope)
    ]
    full = ask.words("segregation.penetrance") == ("full",)
    meioses = sum(each.informative for each in entries)
    against = [each.contradicting + (each.unaffected_carriers if full else 0) for each in entries]
    elsewhere = (meioses, sum(against), sum(number > 0 for number in against), full)
    found = _here(ask)
    if isinstance(found, Verdict):
        return _Family(Relatives(), *elsewhere) if meioses or any(against) else found
    relatives, pair, shared = found
    return _Family(relatives, *elsewhere, pair, shared)


def _here(ask: Question) -> tuple[Relatives, bool, int] | Verdict:
    """Count the patient's relatives: with whether a pair was asked for, and the variants."""
    case = own(ask)
    if case is None or case.zygosity is Zygosity.MISSING:
        return not_assessed("segregation.no_genotypes")
    if not case.zygosity.carries:
        return not_met("inheritance.proband_without_allele")
    known = partners(ask, case) or ()
    limits = trio_limits(ask)
    family = case.pedigree.family
    if ask.inheritance is _RECESSIVE:
        return _recessive(case, known, limits)
    if ask.inheritance is Inheritance.X_LINKED:
        allele = ask.allele
        pseudo = is_pseudoautosomal(allele.chromosome, allele.position)
        if allele.chromosome is not Chromosome.X or pseudo:
            return not_assessed("segregation.not_x_linked")
        return segregation.x_linked(family, case.genotypes, limits), False, _shared(known)
    return segregation.dominant(family, case.genotypes, limits), False, _shared(known)


def _recessive(
    case: Own, known: tuple[Partner, ...], limits: TrioLimits
) -> tuple[Relatives, bool, int] | Verdict:
    family = case.pedigree.family
    if case.zygosity is Zygosity.HOMOZYGOUS:
        return segregation.recessive(family, case.genotypes, None, limits), False, 1
    pairs = [each for each in known if each.in_trans and each.held not in BENIGN]
    if not pairs:
        return not_assessed("segregation.no_pair")
    # Of several pairs the one counts that is held for the worst.
    best = max(pairs, key=lambda each: 0 if each.held is None else each.held.rank)
    found = segregation.recessive(family, case.genotypes, best.genotypes, limits)
    return found, True, _shared(known)


def _shared(known: tuple[Partner, ...]) -> int:
    """Count the variants on the allele: this one, and those in cis that are not benign."""
    return 1 + sum(each.phase is Phase.CIS and each.held not in BENIGN for each in known)
