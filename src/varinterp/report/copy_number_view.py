"""A family's copy numbers as the report shows them: in full what speaks for disease.

A copy number of which no disease shares a term with the patient is a secondary finding: it is
counted and not shown, as hypotheses are.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from varinterp.documents.copy_number import CalledCopyNumber, CopyNumbers
from varinterp.model.assessment import AcmgClass, Assessment
from varinterp.model.copy_number import Change
from varinterp.model.copy_number_assessment import Line, Relation, SectionScore
from varinterp.model.copy_number_facts import Carrier, GeneHit
from varinterp.model.evidence import Outcome
from varinterp.model.family import Family
from varinterp.report.evidence_view import MemberView, members
from varinterp.report.naming import copy_number_name

GENES_SHOWN = 20


@dataclass(frozen=True, slots=True)
class CopyNumberView:
    """One copy number; `genes` are the first ones, `more_genes` counts the others."""

    id: str
    name: str
    change: Change
    copies: int | None
    length: int
    machine: AcmgClass
    points: float
    sections: tuple[SectionScore, ...]
    genes: tuple[GeneHit, ...]
    more_genes: int
    family: tuple[tuple[MemberView, Carrier], ...]
    met: tuple[Line, ...]
    not_met: tuple[Line, ...]
    not_assessed: tuple[Line, ...]
    constructed: bool
    beside: tuple[str, ...] = ()
    """Small variants of the same genes in the patient that are not benign."""

    @property
    def table(self) -> str:
        """Which table's lines these are."""
        return "loss" if self.change is Change.LOSS else "gain"


@dataclass(frozen=True, slots=True)
class CopyNumbersView:
    """The section: `full` with every line, `short` with those that apply, most pathogenic first."""

    given: bool
    called: int
    assessed: int
    full: tuple[CopyNumberView, ...]
    short: tuple[CopyNumberView, ...]
    unrelated: int
    without: tuple[str, ...]
    set_aside: tuple[tuple[str, int], ...]


def copy_numbers_view(
    copies: CopyNumbers, family: Family, assessments: Iterable[Assessment] = ()
) -> CopyNumbersView:
    """Build the section from the family's document, and the assessments of its small variants."""
    small = tuple(assessments)
    people = {person.id: view for person, view in zip(family, members(family), strict=True)}
    unrelated = [each for each in copies.found if _relation(each) is Relation.UNRELATED]
    views = [
        _view(each, people, small)
        for each in copies.found
        if _relation(each) is not Relation.UNRELATED
    ]
    return CopyNumbersView(
        given=copies.given,
        called=copies.called,
        assessed=len(copies.found),
        full=tuple(view for view in views if _in_full(view)),
        short=tuple(view for view in views if not _in_full(view)),
        unrelated=len(unrelated),
        without=copies.without,
        set_aside=copies.set_aside,
    )


def _relation(called: CalledCopyNumber) -> Relation:
    return called.assessment.relation


def _in_full(view: CopyNumberView) -> bool:
    """Whether anything speaks for disease: a class of it, or points towards it."""
    return view.machine.rank >= AcmgClass.UNCERTAIN.rank and view.points > 0


def _beside(genes: Iterable[GeneHit], small: Iterable[Assessment]) -> tuple[str, ...]:
    """Return the alleles of these genes that are not benign: a pair that nobody weighs together."""
    touched = {hit.hgnc for hit in genes}
    alleles = {
        str(each.key.allele)
        for each in small
        if each.key.gene in touched and each.machine.points.rank >= AcmgClass.UNCERTAIN.rank
    }
    return tuple(sorted(alleles))


def _view(
    called: CalledCopyNumber, people: dict[str, MemberView], small: tuple[Assessment, ...]
) -> CopyNumberView:
    found = called.assessment
    by_outcome = {
        outcome: tuple(line for line in found.lines if line.outcome is outcome)
        for outcome in Outcome
    }
    return CopyNumberView(
        id=found.copy_number.id,
        name=copy_number_name(found.copy_number),
        change=found.copy_number.change,
        copies=found.copy_number.copies,
        length=len(found.copy_number),
        machine=found.machine,
        points=found.points,
        sections=found.sections,
        genes=found.genes[:GENES_SHOWN],
        more_genes=max(0, len(found.genes) - GENES_SHOWN),
        family=tuple((people[person], call) for person, call in called.calls if person in people),
        met=by_outcome[Outcome.MET],
        not_met=by_outcome[Outcome.NOT_MET],
        not_assessed=by_outcome[Outcome.NOT_ASSESSED],
        constructed=found.constructed,
        beside=_beside(found.genes, small),
    )
