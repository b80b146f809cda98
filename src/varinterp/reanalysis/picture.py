"""A case's conclusions at one moment, as events are worked out from them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self

from varinterp.model.assessment import Assessment, AssessmentKey
from varinterp.model.case import Candidate, Case, CaseResult, RankedHypothesis
from varinterp.model.panel import Panel
from varinterp.model.phenotype import Phenotype
from varinterp.model.reads import FactsView
from varinterp.model.variant import Allele

Subject = tuple[Allele, str]
"""An allele and a gene (HGNC id) of the case at hand."""

"""What was read, by (source of facts, key)."""


@dataclass(frozen=True, slots=True)
class Picture:
    """The assessments, ranking and candidates of one case, with the facts that they read.

    `places` holds, for each subject, the hypotheses that hold it: those of the best tier first,
    then those of the best place. `consented` is to secondary findings.
    """

    case: str
    proband: str | None
    phenotype: Phenotype | None
    assessments: Mapping[AssessmentKey, Assessment]
    ranking: tuple[RankedHypothesis, ...]
    candidates: Mapping[Subject, Candidate]
    facts: FactsView = field(default_factory=dict, repr=False)
    panels: tuple[Panel, ...] = ()
    places: Mapping[Subject, tuple[RankedHypothesis, ...]] = field(default_factory=dict, repr=False)
    consented: bool = False

    @classmethod
    def of(
        cls,
        case: Case,
        assessments: Iterable[Assessment],
        ranking: Sequence[RankedHypothesis],
        candidates: Iterable[Candidate],
        facts: FactsView,
        panels: tuple[Panel, ...] = (),
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
            panels=panels,
            places=_places(sorted(ranked, key=lambda place: (place.tier.rank, place.rank))),
            consented=case.secondary_findings,
        )

    @classmethod
    def of_result(cls, result: CaseResult) -> Self:
        """Build from a whole analysis."""
        return cls.of(
            result.case,
            result.assessments,
            result.ranking,
            result.candidates,
            result.facts,
            result.panels,
        )


def _places(
    ranking: Iterable[RankedHypothesis],
) -> dict[Subject, tuple[RankedHypothesis, ...]]:
    """Return every hypothesis that holds a subject, in the order given."""
    found: dict[Subject, list[RankedHypothesis]] = {}
    for place in ranking:
        for subject in dict.fromkeys((key.allele, key.gene) for key in place.keys):
            found.setdefault(subject, []).append(place)
    return {subject: tuple(places) for subject, places in found.items()}
