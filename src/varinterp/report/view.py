"""The report without its language: everything that a page shows, from the result alone.

Every language is written from this one view, so that all carry the same facts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from varinterp.acmg.assess import DECISIONS
from varinterp.documents.case import dump_case
from varinterp.documents.copy_number import CopyNumbers
from varinterp.model.assessment import AcmgClass
from varinterp.model.case import CaseResult, ReleaseLabel, StageCount, Tier
from varinterp.model.evidence import WITHDRAWN, Criterion, Reason
from varinterp.report.copy_number_view import CopyNumbersView, copy_numbers_view
from varinterp.report.evidence_view import MemberView, members
from varinterp.report.hypothesis import HypothesisView, hypothesis_view, index
from varinterp.report.releases import constructed, sorted_releases


class State(StrEnum):
    """How far people are with a report; the program writes drafts only."""

    DRAFT = "draft"


class AnswerKind(StrEnum):
    """The result in one word."""

    NONE = "none"
    POSSIBLE = "possible"
    ONE = "one"
    ONE_UNCERTAIN = "one_uncertain"
    SEVERAL = "several"


@dataclass(frozen=True, slots=True)
class TermView:
    """An HPO term of the patient; the name is None when the analysis kept none."""

    id: str
    name: str | None


@dataclass(frozen=True, slots=True)
class Header:
    """Whom the report is about. `label` is the laboratory's own name for the case, if it asks."""

    case: str
    analysis: int
    label: str | None
    state: State
    indication: str
    members: tuple[MemberView, ...]
    consanguineous: bool
    parentage_confirmed: bool
    observed: tuple[TermView, ...]
    excluded: tuple[TermView, ...]
    constructed: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """The result. `examined` are the normalised alleles; None when the analysis kept no count.

    `supported` counts the proposed hypotheses of which every allele is likely pathogenic or
    pathogenic.
    """

    kind: AnswerKind
    proposed: int
    supported: int
    possible: int
    examined: int | None
    considered: int
    hypotheses: int


@dataclass(frozen=True, slots=True)
class ReportView:
    """The whole report. `digest` is the SHA-256 of the analysis's ``case.json``."""

    header: Header
    answer: Answer
    hypotheses: tuple[HypothesisView, ...]
    without_disease: tuple[HypothesisView, ...]
    not_retained: tuple[HypothesisView, ...]
    stages: tuple[StageCount, ...]
    unrelated: int
    warnings: tuple[Reason, ...]
    not_built: tuple[Criterion, ...]
    withdrawn: tuple[Criterion, ...]
    releases: tuple[ReleaseLabel, ...]
    versions: tuple[tuple[str, str], ...]
    digest: str
    copy_numbers: CopyNumbersView | None = None


def build_view(
    result: CaseResult, label: str | None = None, copies: CopyNumbers | None = None
) -> ReportView:
    """Build the view of a ranked result; `label` is shown beside the case's pseudonym.

    `copies` are None where they are no part of what is reported, after a reanalysis.
    """
    found = index(result)
    places = sorted(result.ranking, key=lambda place: (place.tier.rank, place.rank))
    views = tuple(hypothesis_view(place, found) for place in places)
    shown = _of_tiers(views, Tier.PROPOSED, Tier.POSSIBLE)
    return ReportView(
        header=_header(result, views, label),
        answer=_answer(result, shown),
        hypotheses=shown,
        without_disease=_of_tiers(views, Tier.NO_KNOWN_DISEASE),
        not_retained=_of_tiers(views, Tier.NOT_RETAINED),
        unrelated=len(_of_tiers(views, Tier.UNRELATED)),
        stages=result.counts,
        warnings=result.warnings,
        not_built=tuple(c for c in Criterion if c not in DECISIONS and c not in WITHDRAWN),
        withdrawn=tuple(c for c in Criterion if c in WITHDRAWN),
        releases=sorted_releases(result.releases),
        versions=tuple(sorted(result.versions.items())),
        digest=sha256(dump_case(result).encode()).hexdigest(),
        copy_numbers=None
        if copies is None
        else copy_numbers_view(copies, result.case.family, result.assessments),
    )


def _of_tiers(views: Sequence[HypothesisView], *tiers: Tier) -> tuple[HypothesisView, ...]:
    return tuple(view for view in views if view.tier in tiers)


def _header(result: CaseResult, views: Sequence[HypothesisView], label: str | None) -> Header:
    case = result.case
    return Header(
        case=case.id,
        analysis=case.analysis,
        label=label,
        state=State.DRAFT,
        indication=case.indication,
        members=members(case.family),
        consanguineous=case.family.consanguineous,
        parentage_confirmed=case.parentage_confirmed,
        observed=_terms(case.phenotype.observed, result.term_names),
        excluded=_terms(case.phenotype.excluded, result.term_names),
        constructed=constructed(*result.releases, *result.assessments, *views),
    )


def _terms(ids: Sequence[str], names: Mapping[str, str]) -> tuple[TermView, ...]:
    terms = (TermView(term, names.get(term)) for term in ids)
    return tuple(sorted(terms, key=lambda term: (term.name is None, term.name or "", term.id)))


def _answer(result: CaseResult, shown: Sequence[HypothesisView]) -> Answer:
    proposed = _of_tiers(shown, Tier.PROPOSED)
    possible = len(shown) - len(proposed)
    supported = sum(view.weakest.rank >= AcmgClass.LIKELY_PATHOGENIC.rank for view in proposed)
    return Answer(
        kind=_kind(len(proposed), supported, possible),
        proposed=len(proposed),
        supported=supported,
        possible=possible,
        examined=result.counts[0].given if result.counts else None,
        considered=len({candidate.allele for candidate in result.candidates}),
        hypotheses=len(result.ranking),
    )


def _kind(proposed: int, supported: int, possible: int) -> AnswerKind:
    if proposed > 1:
        return AnswerKind.SEVERAL
    if proposed == 1:
        return AnswerKind.ONE if supported else AnswerKind.ONE_UNCERTAIN
    return AnswerKind.POSSIBLE if possible else AnswerKind.NONE
