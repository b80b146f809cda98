"""PS2 and PM6: the allele is new in the patient, or was new in people elsewhere.

ClinGen SVI recommendation for de novo criteria (PS2 and PM6), version 1.1, 5 May 2021. Each proband
brings points by how the phenotype fits the gene and by whether parentage was confirmed (table 1),
and their sum makes the strength (table 2). One criterion carries the sum: PS2 where parentage was
confirmed in any of them, PM6 elsewhere.

Whether a phenotype is *highly specific* for a gene is a geneticist's judgement: for the patient at
hand the program takes the row that the rules name, the middle one unless a gene specification says
otherwise, and only when at least one of the patient's terms is one of the disease's.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from varinterp.acmg.mitochondrial import on_mitochondrial
from varinterp.acmg.partners import Own, own, partners
from varinterp.acmg.question import Question
from varinterp.acmg.scale import reached
from varinterp.inheritance.de_novo import Origin, TrioLimits, origin
from varinterp.inheritance.phase import Phase
from varinterp.model.assessment import PATHOGENIC
from varinterp.model.chromosome import Chromosome, is_pseudoautosomal
from varinterp.model.curation import Specificity
from varinterp.model.evidence import Scalar, Verdict, met, not_assessed, not_met
from varinterp.model.facts import PHENOTYPE_FIT, FamilyGenotypes
from varinterp.model.family import Family, Sex
from varinterp.model.gene_disease import Inheritance
from varinterp.model.genotype import Zygosity


@dataclass(frozen=True, slots=True)
class _Seen:
    """Probands in whom the allele is new; `share` of their points counts."""

    count: int
    confirmed: bool
    phenotype: Specificity
    share: float


@dataclass(frozen=True, slots=True)
class _Patient:
    """The patient at hand as one of them, and what a reader is told of it."""

    seen: _Seen
    facts: dict[str, Scalar]


def ps2(ask: Question) -> Verdict:
    """Supporting to very strong pathogenic: new, parentage confirmed in one proband at least."""
    return _de_novo(ask, confirmed=True)


def pm6(ask: Question) -> Verdict:
    """Supporting to very strong pathogenic: new, parentage as pedigrees state it."""
    return _de_novo(ask, confirmed=False)


def _de_novo(ask: Question, *, confirmed: bool) -> Verdict:
    patient = ask.shared("de_novo.patient", _patient)
    elsewhere = [] if ask.disease() is None else list(_elsewhere(ask))
    here = [] if isinstance(patient, Verdict) else [patient.seen]
    seen = [each for each in (*here, *elsewhere) if _points(ask, each) > 0]
    if isinstance(patient, Verdict) and not seen:
        return patient
    if any(each.confirmed for each in seen) is not confirmed:
        other = "assumed" if confirmed else "confirmed"
        return not_met(f"de_novo.parentage_{other}")
    points = _total(ask, seen)
    strength = reached(ask, "de_novo", points)
    others = sum(each.count for each in elsewhere)
    if strength is None:
        return not_met("de_novo.too_few_points", points=points, elsewhere=others)
    if isinstance(patient, Verdict):
        return met(strength, "de_novo.elsewhere", points=points, elsewhere=others)
    return met(strength, "de_novo.new", points=points, elsewhere=others, **patient.facts)


def _patient(ask: Question) -> _Patient | Verdict:
    """Return the patient's own trio as an observation, or why it is none."""
    if on_mitochondrial(ask):
        return not_assessed("de_novo.mitochondrial")
    case = own(ask)
    if case is None or case.zygosity is Zygosity.MISSING:
        return not_assessed("de_novo.no_genotypes")
    if not case.zygosity.carries:
        return not_met("inheritance.proband_without_allele")
    obstacle = _not_new(ask, case)
    if obstacle is not None:
        return obstacle
    if case.zygosity is Zygosity.HOMOZYGOUS and _two_copies(ask, case):
        return not_assessed("de_novo.two_copies")
    confirmed = case.pedigree.parentage_confirmed
    if not confirmed and _sibling_carries(case.pedigree.family, case.genotypes):
        return not_assessed("de_novo.sibling_needs_parentage")
    if ask.disease() is None:
        return not_assessed("no_known_disease")
    fit = ask.read(PHENOTYPE_FIT, ask.disease_id)
    if fit is None:
        return not_assessed("de_novo.phenotype_unknown")
    if fit.exact == 0:
        return not_met("de_novo.phenotype_not_consistent", terms=fit.terms)
    share = 1.0 if _second_allele(ask, case) else _alone(ask)
    (row,) = ask.words("de_novo.phenotype")
    fraction = case.genotypes.of(case.pedigree.family.proband_id).alt_fraction
    shown = None if fraction is None else round(fraction, 2)
    return _Patient(
        _Seen(1, confirmed, Specificity(row), share),
        {"exact": fit.exact, "terms": fit.terms, "alt_fraction": shown},
    )


def _not_new(ask: Question, case: Own) -> Verdict | None:
    limits = ask.shared("de_novo.limits", lambda rules: TrioLimits.read_all(rules.number))
    call = origin(case.pedigree.family, case.genotypes, limits)
    if call.origin is Origin.DE_NOVO:
        return None
    facts: dict[str, Scalar] = {
        "role": call.parent,
        "alt_reads": call.alt_reads,
        "depth": call.depth,
    }
    if call.origin is Origin.NOT_ASSESSABLE:
        return not_assessed("de_novo.parent_not_sequenced", role=call.parent)
    if call.phred is not None:
        return not_assessed("de_novo.likelihoods_in_doubt", phred=call.phred, **facts)
    if call.origin is Origin.UNCERTAIN:
        return not_assessed("de_novo.thin_data", **facts)
    return not_met(f"de_novo.{call.origin}", **facts)


def _two_copies(ask: Question, case: Own) -> bool:
    """Whether the patient has two copies of the chromosome, and not one that was called twice.

    One mutation makes one copy: two that neither parent has are a call or a sample to check.
    """
    chromosome = ask.allele.chromosome
    if is_pseudoautosomal(chromosome, ask.allele.position):
        return True
    one = chromosome in (Chromosome.X, Chromosome.Y)
    return not (one and case.pedigree.family.proband.sex is Sex.MALE)


def _sibling_carries(family: Family, genotypes: FamilyGenotypes) -> bool:
    """Whether a full sibling carries what neither parent does: a parent's gonads may be mosaic.

    The recommendation then asks for confirmed parentage.
    """
    parents = (family.proband.father, family.proband.mother)
    return any(
        genotypes.of(person.id).zygosity.carries
        for person in family
        if person.id != family.proband_id and (person.father, person.mother) == parents
    )


def _second_allele(ask: Question, case: Own) -> bool:
    """Whether the patient's disease needs no second allele, or has one that is pathogenic."""
    if ask.inheritance is not Inheritance.AUTOSOMAL_RECESSIVE:
        return True
    found = partners(ask, case) or ()
    return any(each.held in PATHOGENIC and each.phase is not Phase.CIS for each in found)


def _alone(ask: Question) -> float:
    """Read which share of its points a proband without a second allele brings."""
    return ask.number("de_novo.recessive_alone")


def _elsewhere(ask: Question) -> Iterator[_Seen]:
    """Yield what curators entered, and our own cases show.

    Entries do not tell of a second allele: in a recessive disease they count as without one.
    """
    found = [each for known in ask.curations() for each in known.de_novo if ask.holds(each.scope)]
    recessive = ask.inheritance is Inheritance.AUTOSOMAL_RECESSIVE
    share = _alone(ask) if found and recessive else 1.0
    for each in found:
        yield _Seen(each.count, each.parentage_confirmed, each.phenotype, share)


def _points(ask: Question, seen: _Seen) -> float:
    if seen.phenotype is Specificity.NOT_CONSISTENT:
        return 0.0
    parentage = "confirmed" if seen.confirmed else "assumed"
    each = ask.number(f"de_novo.points.{seen.phenotype}_{parentage}")
    return each * seen.share * seen.count


def _total(ask: Question, seen: Sequence[_Seen]) -> float:
    """Add up the points; those of the lowest row count up to a maximum (table 1's note)."""
    lowest = sum(_points(ask, s) for s in seen if s.phenotype is Specificity.HETEROGENEOUS)
    others = sum(_points(ask, s) for s in seen if s.phenotype is not Specificity.HETEROGENEOUS)
    if not lowest:
        return others
    return others + min(lowest, ask.number("de_novo.points.heterogeneous_max"))
