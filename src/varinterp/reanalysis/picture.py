"""A case's conclusions at one moment, as events are worked out from them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from varinterp.model.assessment import Assessment, AssessmentKey
from varinterp.model.case import Candidate, Case, CaseResult, RankedHypothesis
from varinterp.model.phenotype import Phenotype
from varinterp.model.variant import Allele

Subject = tuple[Allele, str]
"""An allele and a gene (HGNC id) of the case at hand."""

Facts = Mapping[tuple[str, str], Any]
"""What was read, by (source of facts, key)."""


@dataclass(frozen=True, slots=True)
class Picture:
    """The assessments, ranking and candidates of one case, with the facts that they read.

    `places` holds, for each subject, the best-ranked hypothesis that holds it.
    """

    case: str
    proband: str | None
    phenotype: Phenotype | None
    assessments: Mapping[AssessmentKey, Assessment]
    ranking: tuple[RankedHypothesis, ...]
    candidates: Mapping[Subject, Candidate]
    facts: Facts = field(default_factory=dict, repr=False)
    places: Mapping[Subject, tuple[RankedHypothesis, ...]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(
        cls,
        case: Case,
        assessments: Iterable[Assessment],
        ranking: Sequence[RankedHypothesis],
        candidates: Iterable[Candidate],
        facts: Facts,
    ) -> Self:
        """Build from the parts of a case, each in any order."""
        ranked = tuple(sorted(ranking, key=lambda place: place.rank))
        return cls(
            case=case.id,
            proband=case.family.proband_id,
            phenotype=case.phenotype,
            assessments={each.key: each for each in assessments},
            ranking=ranked,
            candidates={(each.allele, each.consequence.hgnc): each for each in candidates},
            facts=facts,
            places=_places(ranked),
        )

    @classmethod
    def of_result(cls, result: CaseResult) -> Self:
        """Build from a whole analysis."""
        return cls.of(
            result.case, result.assessments, result.ranking, result.candidates, result.facts
        )


def _places(
    ranking: tuple[RankedHypothesis, ...],
) -> dict[Subject, tuple[RankedHypothesis, ...]]:
    """Return every hypothesis that holds a subject, best-ranked first."""
    found: dict[Subject, list[RankedHypothesis]] = {}
    for place in ranking:
        for subject in dict.fromkeys((key.allele, key.gene) for key in place.keys):
            found.setdefault(subject, []).append(place)
    return {subject: tuple(places) for subject, places in found.items()}
