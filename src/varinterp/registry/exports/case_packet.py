"""What the program proposes of a case, as a GA4GH Family: pedigree, terms, ranked hypotheses.

It is `case.json` in the schema's words, for other programs. Nobody signed any of it: every
interpretation is *in progress*, every allele a *candidate*, and its summary says so. What people
signed is `varinterp registry export`'s to give. Ids are pseudonyms.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from phenopackets.schema import v2

from varinterp.model.assessment import Assessment, AssessmentKey
from varinterp.model.case import Candidate, CaseResult, RankedHypothesis, Tier
from varinterp.model.family import Affected, Person
from varinterp.model.genotype import Zygosity
from varinterp.model.variant import Allele
from varinterp.registry.exports.interpretation import Interpreted, Progress
from varinterp.registry.exports.packet_parts import (
    CLASS,
    SEX,
    as_text,
    descriptor,
    features,
    genomic_substitution,
    individual,
    meta_data,
    onset,
    ontology_class,
    unnamed_disease,
)

SHOWN = (Tier.PROPOSED, Tier.KNOWN_ALLELE, Tier.POSSIBLE, Tier.SECONDARY)
"""The tiers that are handed on: those whose hypotheses the report shows in full."""

_AFFECTED = {Affected.YES: "AFFECTED", Affected.NO: "UNAFFECTED", Affected.UNKNOWN: "MISSING"}
_NOBODY = "0"


@dataclass(frozen=True, slots=True)
class _Proposed:
    """An allele of a hypothesis, as its descriptor asks."""

    key: AssessmentKey
    candidate: Candidate
    assessment: Assessment
    zygosity: Zygosity

    @property
    def allele(self) -> Allele:
        return self.key.allele

    @property
    def gene(self) -> str:
        return self.key.gene

    @property
    def symbol(self) -> str:
        return self.candidate.consequence.gene

    @property
    def hgvs_g(self) -> str | None:
        return genomic_substitution(self.allele)

    @property
    def hgvs_c(self) -> str | None:
        return self.candidate.consequence.hgvs_c

    @property
    def hgvs_p(self) -> str | None:
        return self.candidate.consequence.hgvs_p

    @property
    def constructed(self) -> bool:
        return self.assessment.constructed


def case_packet(result: CaseResult) -> str:
    """Return a ranked case as protobuf JSON: the same case gives the same bytes.

    It is dated by the newest release that it read, since nothing in it knows the time of day.
    """
    case = result.case
    on = max(_day(label.date) for label in result.releases)
    began = onset(case.phenotype, result.term_names)
    packet = v2.Phenopacket(
        id=f"{case.id}.{case.analysis}",
        subject=individual(case.family.proband),
        phenotypic_features=features(case.phenotype, dict(result.term_names)),
        interpretations=_interpretations(result),
        diseases=[] if began is None else [unnamed_disease(began)],
    )
    packet.meta_data.CopyFrom(meta_data(packet, result.releases, on))
    family = v2.Family(
        id=case.family.id,
        proband=packet,
        consanguinous_parents=case.family.consanguineous,
        pedigree=v2.Pedigree(persons=[_person(case.family.id, each) for each in case.family]),
    )
    family.meta_data.CopyFrom(meta_data(family, result.releases, on))
    return as_text(family)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return date.min


def _person(family: str, person: Person) -> Any:
    return v2.Pedigree.Person(
        family_id=family,
        individual_id=person.id,
        paternal_id=person.father or _NOBODY,
        maternal_id=person.mother or _NOBODY,
        sex=SEX[person.sex],
        affected_status=_AFFECTED[person.affected],
    )


def _interpretations(result: CaseResult) -> list[Any]:
    """Return the shown hypotheses in reading order; one that says so where there is none."""
    case = result.case.id
    shown = [place for place in result.ranking if place.tier in SHOWN]
    if not shown:
        return [v2.Interpretation(id=f"{case}.1", progress_status=Progress.IN_PROGRESS.value)]
    return [
        v2.Interpretation(
            id=f"{case}.{number}",
            progress_status=Progress.IN_PROGRESS.value,
            summary=_summary(place),
            diagnosis=v2.Diagnosis(
                disease=ontology_class(place.keys[0].disease, place.disease_name or ""),
                genomic_interpretations=[_genomic(result, key) for key in place.keys],
            ),
        )
        for number, place in enumerate(shown, start=1)
    ]


def _summary(place: RankedHypothesis) -> str:
    tier = place.tier.value.replace("_", " ")
    mode = place.keys[0].inheritance
    named = "" if mode is None else f", {mode.value.replace('_', ' ')}"
    return (
        f"Proposed by a program and signed by nobody: {tier}, rank {place.rank}, "
        f"score {place.score:.4f}{named}"
    )


def _genomic(result: CaseResult, key: AssessmentKey) -> Any:
    candidate, assessment = result.candidate(key), result.assessment(key)
    zygosity = candidate.genotypes.of(result.case.family.proband_id).zygosity
    said = _Proposed(key, candidate, assessment, zygosity)
    return v2.GenomicInterpretation(
        subject_or_biosample_id=result.case.family.proband_id,
        interpretation_status=Interpreted.CANDIDATE.value,
        variant_interpretation=v2.VariantInterpretation(
            acmg_pathogenicity_classification=CLASS[assessment.machine.points],
            variation_descriptor=descriptor(said),
        ),
    )
