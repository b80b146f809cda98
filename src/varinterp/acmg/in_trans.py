"""PM3 and BP2: what the other allele of the gene is, and how the two lie.

PM3: ClinGen SVI recommendation for the in trans criterion, version 1.0, 2 May 2019. Each proband
brings points by the phase of the two alleles and by what is held of the other one (table 1), and
their sum makes the strength (table 2). Both alleles must be rare. The recommendation lets one
tested parent settle the phase, gives homozygotes half a point because of consanguinity (and no less
to a family that is known to be consanguineous), and asks that the partner be classified without
evidence from the allele in question.

BP2: Richards 2015 (PMID 25741868), table 4.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from varinterp.acmg.mitochondrial import on_mitochondrial
from varinterp.acmg.partners import Own, Partner, own, partners
from varinterp.acmg.population import ba1, bs1, pm2
from varinterp.acmg.question import Question
from varinterp.acmg.scale import reached
from varinterp.inheritance import recessive
from varinterp.inheritance.phase import Phase as Lie
from varinterp.model.assessment import BENIGN, AssessmentKey
from varinterp.model.curation import InTrans, PartnerClass, Phase
from varinterp.model.evidence import (
    Outcome,
    Scalar,
    Strength,
    Verdict,
    met,
    not_assessed,
    not_met,
)
from varinterp.model.facts import PHENOTYPE_FIT
from varinterp.model.fit import Answer
from varinterp.model.gene_disease import Inheritance
from varinterp.model.genotype import Zygosity

_NOT_BS1 = "not_bs1"


@dataclass(frozen=True, slots=True)
class _Seen:
    """Probands with another allele in the gene."""

    count: int
    phase: Phase
    held: PartnerClass


@dataclass(frozen=True, slots=True)
class _Patient:
    """The patient at hand as one of them, and what a reader is told of it."""

    seen: _Seen
    facts: dict[str, Scalar]


def pm3(ask: Question) -> Verdict:
    """Supporting to very strong pathogenic: with a pathogenic partner in trans, or homozygous."""
    if ask.inheritance is None:
        return not_assessed("no_known_disease")
    if on_mitochondrial(ask):
        return not_assessed("in_trans.mitochondrial")
    if ask.inheritance is not Inheritance.AUTOSOMAL_RECESSIVE:
        return not_met("in_trans.not_recessive")
    patient = _patient(ask)
    here = [] if isinstance(patient, Verdict) else [patient.seen]
    elsewhere = [
        _Seen(each.count, each.phase, each.partner_class)
        for each in _entries(ask)
        if each.phase is not Phase.CIS
    ]
    seen = [each for each in (*here, *elsewhere) if _points(ask, each) > 0]
    if isinstance(patient, Verdict) and not seen:
        return patient
    obstacle = _common(ask, ask.key)
    if obstacle is not None:
        return obstacle
    points = _total(ask, seen)
    strength = reached(ask, "in_trans", points)
    others = sum(each.count for each in elsewhere)
    if strength is None:
        return not_met("in_trans.too_few_points", points=points, elsewhere=others)
    if isinstance(patient, Verdict):
        return met(strength, "in_trans.elsewhere", points=points, elsewhere=others)
    if patient.seen.phase is Phase.HOMOZYGOUS:
        return met(strength, "in_trans.homozygous", points=points, elsewhere=others)
    return met(strength, "in_trans.partner", points=points, elsewhere=others, **patient.facts)


def _entries(ask: Question) -> Iterator[InTrans]:
    """Yield what curators entered, and our own cases show."""
    for known in ask.curations():
        yield from (each for each in known.in_trans if ask.holds(each.scope))


def _points(ask: Question, seen: _Seen) -> float:
    if seen.phase is Phase.HOMOZYGOUS:
        return ask.number("in_trans.points.homozygous") * seen.count
    return ask.number(f"in_trans.points.{seen.held}_{seen.phase}") * seen.count


def _total(ask: Question, seen: Sequence[_Seen]) -> float:
    """Add up the points; homozygotes and uncertain partners count up to a maximum each."""
    sums = {"homozygous": 0.0, "uncertain_significance": 0.0, "pathogenic": 0.0}
    for each in seen:
        homozygous = each.phase is Phase.HOMOZYGOUS
        uncertain = each.held is PartnerClass.UNCERTAIN
        kind = "homozygous" if homozygous else each.held.value if uncertain else "pathogenic"
        sums[kind] += _points(ask, each)
    total = sums.pop("pathogenic")
    for kind, points in sums.items():
        if points:
            total += min(points, ask.number(f"in_trans.points.{kind}_max"))
    return total


def _patient(ask: Question) -> _Patient | Verdict:
    """Return the patient as an observation, or why it is none."""
    case = own(ask)
    if case is None or case.zygosity is Zygosity.MISSING:
        return not_assessed("in_trans.no_genotypes")
    if not case.zygosity.carries:
        return not_met("inheritance.proband_without_allele")
    if case.zygosity is Zygosity.HEMIZYGOUS:
        return not_assessed("in_trans.one_copy_called")
    homozygous = case.zygosity is Zygosity.HOMOZYGOUS
    found = _homozygous(case) if homozygous else _best(ask, case)
    if isinstance(found, Verdict):
        return found
    fit = ask.read(PHENOTYPE_FIT, ask.disease_id)
    if fit is None:
        return not_assessed("in_trans.phenotype_unknown")
    if fit.exact == 0:
        return not_met("in_trans.phenotype_not_consistent", terms=fit.terms)
    return found


def _homozygous(case: Own) -> _Patient | Verdict:
    fit = recessive.fit(case.pedigree.family, case.genotypes)
    if fit.answer is Answer.DOES_NOT_FIT:
        return not_met("in_trans.family_contradicts")
    if fit.reason.key == "inheritance.parent_without_allele":
        return not_assessed("in_trans.parent_without_allele", role=fit.reason["role"])
    return _Patient(_Seen(1, Phase.HOMOZYGOUS, PartnerClass.UNCERTAIN), {})


def _best(ask: Question, case: Own) -> _Patient | Verdict:
    """Return the partner that brings most points: a patient counts once."""
    known = partners(ask, case)
    if known is None:
        return not_assessed("in_trans.not_gathered")
    found = [_weighed(ask, partner) for partner in known]
    counted = [each for each in found if isinstance(each, _Patient)]
    if counted:
        return max(counted, key=lambda each: _points(ask, each.seen))
    refused = [each for each in found if isinstance(each, Verdict)]
    # What is not known of one partner weighs more than what is known of another.
    refused.sort(key=lambda verdict: verdict.outcome is not Outcome.NOT_ASSESSED)
    return refused[0] if refused else not_met("in_trans.no_other_allele")


def _weighed(ask: Question, partner: Partner) -> _Patient | Verdict:
    """Return a pair as an observation, or why it is none."""
    name = str(partner.allele)
    if partner.phase is Lie.CIS:
        return not_met("in_trans.in_cis_here", partner=name)
    if partner.contradicted:
        return not_met("in_trans.pair_contradicted", partner=name)
    if partner.held is None:
        return not_assessed("in_trans.partner_not_classified", partner=name)
    if partner.held in BENIGN:
        return not_met("in_trans.partner_benign", partner=name, held=partner.held)
    phase = Phase.TRANS if partner.in_trans else Phase.UNKNOWN
    seen = _Seen(1, phase, PartnerClass(partner.held.value))
    if _points(ask, seen) == 0:
        return not_met("in_trans.phase_unknown", partner=name, held=partner.held)
    obstacle = _common(ask, partner.key)
    if obstacle is not None:
        return obstacle
    return _Patient(seen, {"partner": name, "held": partner.held, "phase": phase})


def _common(ask: Question, key: AssessmentKey) -> Verdict | None:
    """Return why an allele, or its partner, is not rare enough to count; None where it is."""
    about = ask.about(key)
    if ask.words("in_trans.rare") == (_NOT_BS1,):
        common = any(rule(about).outcome is Outcome.MET for rule in (ba1, bs1))
        return not_met("in_trans.not_rare", allele=str(key.allele)) if common else None
    rare = pm2(about).outcome
    if rare is Outcome.NOT_ASSESSED:
        return not_assessed("in_trans.rarity_unknown", allele=str(key.allele))
    return None if rare is Outcome.MET else not_met("in_trans.not_rare", allele=str(key.allele))


def bp2(ask: Question) -> Verdict:
    """Supporting benign: in cis with a pathogenic allele, or in trans with one in dominant disease.

    In trans it counts where penetrance is full, which a gene specification states.
    """
    if ask.inheritance is None:
        return not_assessed("no_known_disease")
    if on_mitochondrial(ask):
        return not_assessed("in_trans.mitochondrial")
    case = own(ask)
    known = None if case is None else partners(ask, case)
    lies = list(_lies(ask, known or (), ask.words("in_trans.bp2_partner")))
    for phase, name in lies:
        if phase is Phase.CIS:
            return met(Strength.SUPPORTING, "in_trans.in_cis", partner=name)
    if ask.inheritance is Inheritance.AUTOSOMAL_DOMINANT:
        for phase, name in lies:
            if phase is Phase.TRANS:
                return _dominant(ask, name)
    if lies:
        return not_met("in_trans.not_against", partner=lies[0][1])
    return _not_known(case, known) or not_met("in_trans.no_pathogenic_partner")


def _not_known(case: Own | None, known: Sequence[Partner] | None) -> Verdict | None:
    """Return why the patient may have a pathogenic partner all the same; None where not."""
    if case is None or case.zygosity is Zygosity.MISSING:
        return not_assessed("in_trans.no_genotypes")
    if known is None:
        return not_assessed("in_trans.not_gathered")
    unclassified = next((str(each.allele) for each in known if each.held is None), None)
    if unclassified is None:
        return None
    return not_assessed("in_trans.partner_not_classified", partner=unclassified)


def _dominant(ask: Question, name: str) -> Verdict:
    if ask.words("segregation.penetrance") != ("full",):
        return not_assessed("in_trans.penetrance_not_full", partner=name)
    return met(Strength.SUPPORTING, "in_trans.dominant_in_trans", partner=name)


def _lies(
    ask: Question, known: Sequence[Partner], pathogenic: tuple[str, ...]
) -> Iterator[tuple[Phase, str]]:
    """Yield how pathogenic partners lie: the patient's, then those that were entered."""
    for each in known:
        if each.held is not None and each.held.value in pathogenic:
            yield _LIES[each.phase], str(each.allele)
    for entry in _entries(ask):
        if entry.partner_class.value in pathogenic and entry.phase is not Phase.HOMOZYGOUS:
            yield entry.phase, entry.partner


_LIES = {Lie.CIS: Phase.CIS, Lie.TRANS: Phase.TRANS, Lie.UNKNOWN: Phase.UNKNOWN}
