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
from varinterp.model.assessment import AcmgClass, Assessment
from varinterp.model.case import CaseResult, ReleaseLabel, StageCount, Tier
from varinterp.model.evidence import WITHDRAWN, Criterion, Reason
from varinterp.report.copy_number_view import CopyNumbersView, copy_numbers_view
from varinterp.report.evidence_view import MemberView, members
from varinterp.report.hypothesis import HypothesisView, hypothesis_view, index
from varinterp.report.near_view import NearView, near_views
from varinterp.report.panel_view import PanelView, panel_views, set_aside
from varinterp.report.releases import constructed, sorted_releases

DETAILED = 10
"""Hypotheses that are shown in full: an exome raises hundreds, and nobody reads so many."""
_SHOWN = (Tier.PROPOSED, Tier.POSSIBLE)


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
    KNOWN = "known"


@dataclass(frozen=True, slots=True)
class TermView:
    """An HPO term of the patient; the name is None when the analysis kept none."""

    id: str
    name: str | None


@dataclass(frozen=True, slots=True)
class Header:
    """Whom the report is about. `label` is the laboratory's own name for the case, if it asks.

    `with_parents` is whether a parent of anybody is stated, so that there is a parentage to doubt.
    `outside` counts the hypotheses that a panel set aside. `method` is how phenotypes were scored,
    None where an earlier version did not record it; `consented` whether the patient consented to
    secondary findings.
    """

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
    onset: TermView | None
    with_parents: bool
    panels: tuple[PanelView, ...]
    outside: int
    method: str | None
    consented: bool
    constructed: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """The result. `examined` are the normalised alleles; None when the analysis kept no count.

    `supported` counts the proposed hypotheses of which every allele is likely pathogenic or
    pathogenic, `known` those that are shown because others hold the allele for pathogenic.
    """

    kind: AnswerKind
    proposed: int
    supported: int
    possible: int
    known: int
    examined: int | None
    considered: int
    hypotheses: int


@dataclass(frozen=True, slots=True)
class ReportView:
    """The whole report. `digest` is the SHA-256 of the analysis's ``case.json``.

    `hypotheses` are shown in full: the first ones, and the first known alleles. `further` are the
    others, in a table.
    """

    header: Header
    answer: Answer
    hypotheses: tuple[HypothesisView, ...]
    further: tuple[HypothesisView, ...]
    without_disease: tuple[HypothesisView, ...]
    not_retained: tuple[HypothesisView, ...]
    secondary: tuple[HypothesisView, ...]
    near: tuple[NearView, ...]
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
    places = sorted(result.ranking, key=lambda place: place.rank)
    views = tuple(hypothesis_view(place, found) for place in places)
    shown = _of_tiers(views, *_SHOWN, Tier.KNOWN_ALLELE)
    detailed = (
        *_of_tiers(shown, *_SHOWN)[:DETAILED],
        *_of_tiers(shown, Tier.KNOWN_ALLELE)[:DETAILED],
    )
    return ReportView(
        header=_header(result, views, label),
        answer=_answer(result, shown),
        hypotheses=tuple(view for view in shown if view in detailed),
        further=tuple(view for view in shown if view not in detailed),
        without_disease=_of_tiers(views, Tier.NO_KNOWN_DISEASE),
        not_retained=_of_tiers(views, Tier.NOT_RETAINED),
        secondary=_of_tiers(views, Tier.SECONDARY),
        near=near_views(result),
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
        else copy_numbers_view(copies, result.case.family, _named(result)),
    )


def _named(result: CaseResult) -> tuple[Assessment, ...]:
    """Return the conclusions but those of diseases that are none of the patient's."""
    unnamed = result.only_in(Tier.SECONDARY, Tier.UNRELATED)
    return tuple(each for each in result.assessments if each.key not in unnamed)


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
        onset=_onset(result),
        with_parents=any(person.father or person.mother for person in case.family),
        panels=panel_views(result),
        outside=set_aside(result),
        method=_method(result),
        consented=case.secondary_findings,
        constructed=constructed(*result.releases, *result.assessments, *views),
    )


def _onset(result: CaseResult) -> TermView | None:
    onset = result.case.phenotype.onset
    return None if onset is None else TermView(onset, result.term_names.get(onset))


def _method(result: CaseResult) -> str | None:
    rule = result.ranked_by.get("phenotype.method")
    return None if rule is None else str(rule.value)


def _terms(ids: Sequence[str], names: Mapping[str, str]) -> tuple[TermView, ...]:
    terms = (TermView(term, names.get(term)) for term in ids)
    return tuple(sorted(terms, key=lambda term: (term.name is None, term.name or "", term.id)))


def _answer(result: CaseResult, shown: Sequence[HypothesisView]) -> Answer:
    proposed = _of_tiers(shown, Tier.PROPOSED)
    possible = len(_of_tiers(shown, Tier.POSSIBLE))
    known = len(_of_tiers(shown, Tier.KNOWN_ALLELE))
    supported = sum(view.weakest.rank >= AcmgClass.LIKELY_PATHOGENIC.rank for view in proposed)
    return Answer(
        kind=_kind(len(proposed), supported, possible, known),
        proposed=len(proposed),
        supported=supported,
        possible=possible,
        known=known,
        examined=result.counts[0].given if result.counts else None,
        considered=len({candidate.allele for candidate in result.candidates}),
        hypotheses=len(result.ranking),
    )


def _kind(proposed: int, supported: int, possible: int, known: int) -> AnswerKind:
    if proposed > 1:
        return AnswerKind.SEVERAL
    if proposed == 1:
        return AnswerKind.ONE if supported else AnswerKind.ONE_UNCERTAIN
    if known:
        return AnswerKind.KNOWN
    return AnswerKind.POSSIBLE if possible else AnswerKind.NONE
