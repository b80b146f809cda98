"""Some cases of one basis, brought to another: recomputed, compared, and what moved of each."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from varinterp.model.archive import CasePicture, Moved
from varinterp.model.assessment import Assessment
from varinterp.model.canonical import digest
from varinterp.model.case import Candidate, Case, CaseResult
from varinterp.model.facts import PHENOTYPE_FIT
from varinterp.model.phenotype import Phenotype
from varinterp.model.reads import WHOLE, Evidence
from varinterp.model.variant import Allele
from varinterp.pipeline.reanalysis.archive import Archive
from varinterp.pipeline.reanalysis.conclude import conclude, same_content
from varinterp.pipeline.reanalysis.examine import Asked, Examined, examine, open_gates
from varinterp.pipeline.reanalysis.scope import Scope
from varinterp.pipeline.reanalysis.view import View


@dataclass(frozen=True, slots=True)
class Recomputed:
    """A case before and after; `made` counts the assessments that were made anew."""

    before: CaseResult
    after: CaseResult
    made: int

    @property
    def changed(self) -> bool:
        """Whether anything that is compared differs."""
        return not same_content(self.before, self.after)


@dataclass(frozen=True, slots=True)
class Desk:
    """Where batches are worked on: the archive, and a folder for what lives a moment.

    `on` is the day of the run, on which consents are asked.
    """

    archive: Archive
    scratch: Path
    on: date

    def before(self, case: str) -> CaseResult:
        """Return what is concluded of a case."""
        return self.archive.registry.result(case)

    def recompute(
        self,
        befores: Sequence[CaseResult],
        scopes: Mapping[str, Scope],
        old: View,
        new: View,
    ) -> tuple[Recomputed, ...]:
        """Bring cases from one view to another, each within its scope."""
        people = [self._person(before) for before in befores]
        asking = [
            _with_fits(scopes[before.case.id], before, case, new)
            for before, case in zip(befores, people, strict=True)
        ]
        named = [self._asked(case, scope) for case, scope in zip(people, asking, strict=True)]
        asked, examined = self._with_partners(befores, named, new)
        opened = self._opened(asked, old)
        return tuple(
            Recomputed(
                before,
                *conclude(before, case, found, None if scope.whole else scope.keys, new, was),
            )
            for before, case, scope, found, was in zip(
                befores, people, asking, examined, opened, strict=True
            )
        )

    def _person(self, before: CaseResult) -> Case:
        """Return the case with what is recorded by now: consent to secondary findings, terms."""
        case = before.case
        asked = self.archive.dataset.wants_secondary_findings(
            case.family.proband_id, self.on, sheet=case.secondary_findings
        )
        phenotype: Phenotype | None = self.archive.dataset.phenotype(case.id)
        numbered = replace(case, analysis=case.analysis + 1, secondary_findings=asked)
        if phenotype is None:
            return numbered
        # observations are of terms: when the disease began is the sheet's to say
        dated = replace(phenotype, onset=case.phenotype.onset)
        return replace(numbered, phenotype=dated)

    def _asked(self, case: Case, scope: Scope) -> Asked | None:
        """Return what is asked of the store; None where no allele is."""
        if scope.asked is not None and not scope.asked:
            return None
        cohort = self.archive.cohort
        return Asked(case, cohort.rows(case.id), scope.asked, cohort.csq(case.id))

    def _with_partners(
        self, befores: Sequence[CaseResult], named: Sequence[Asked | None], view: View
    ) -> tuple[list[Asked | None], list[Examined]]:
        """Examine what is named, and all candidates of each gene that it touches.

        The alleles of a gene are read by one another. Which genes are touched is known when new
        candidates were found: then cases in which one came to others are examined once more.
        """
        asked = [
            None if one is None else beside(one, one, before.candidates)
            for one, before in zip(named, befores, strict=True)
        ]
        examined = self._examined(asked, view)
        late = {
            number: wider
            for number, (one, wide, before, found) in enumerate(
                zip(named, asked, befores, examined, strict=True)
            )
            if one is not None and wide is not None
            for wider in [beside(one, wide, (*before.candidates, *found.candidates))]
            if wider.keys != wide.keys
        }
        again = dict(zip(late, self._examined(list(late.values()), view), strict=True))
        found = [again.get(number, each) for number, each in enumerate(examined)]
        asked = [late.get(number, each) for number, each in enumerate(asked)]
        return asked, [
            each if one is None else replace(each, genes=touched(one, before, each))
            for one, before, each in zip(named, befores, found, strict=True)
        ]

    def _examined(self, asked: Sequence[Asked | None], view: View) -> list[Examined]:
        some = [one for one in asked if one is not None]
        found = iter(examine(some, view, self.archive.consequences, self.scratch) if some else ())
        return [_nothing() if one is None else next(found) for one in asked]

    def _opened(self, asked: Sequence[Asked | None], old: View) -> list[int | None]:
        """Count the candidates on the old basis among the alleles that are asked for by name."""
        some = [one for one in asked if one is not None and one.keys is not None]
        gated = iter(open_gates(some, old) if some else ())
        return [
            (0 if one is None else None)
            if one is None or one.keys is None
            else int(next(gated)["candidate"].sum())
            for one in asked
        ]


def moved(recomputed: Recomputed) -> Moved:
    """Return what is written of a case whose content changed; events and document come later."""
    before, after = recomputed.before, recomputed.after
    new = tuple(_differing(before.assessments, after.assessments))
    return Moved(
        case=after.case.id,
        assessments=new,
        retired=tuple(
            each.key for each in before.assessments if each.key not in _keys(after.assessments)
        ),
        candidates=tuple(_other(before.candidates, after.candidates)),
        retired_candidates=tuple(
            sorted(_places(before.candidates).keys() - _places(after.candidates).keys())
        ),
        picture=CasePicture.of(after),
        facts={
            (read.source, read.key): after.facts[read.source, read.key]
            for each in new
            for read in each.reads
            if not read.absent and read.key != WHOLE
        },
    )


def _with_fits(scope: Scope, before: CaseResult, case: Case, view: View) -> Scope:
    """Add the conclusions that read how the patient meets a disease, where that is another now."""
    if not scope.rerank or scope.whole:
        return scope
    matcher = view.matcher(case)
    moved_fits = [
        each
        for each in before.assessments
        for read in each.reads
        if read.source == PHENOTYPE_FIT.source and read.digest != _digest(matcher.fit(read.key))
    ]
    return replace(
        scope,
        keys=scope.keys | {str(each.key) for each in moved_fits},
        alleles=scope.alleles | {each.key.allele.key for each in moved_fits},
    )


def _digest(value: object) -> str | None:
    return None if value is None else digest(value)


def beside(named: Asked, wide: Asked, candidates: Iterable[Candidate]) -> Asked:
    """Return what is asked, and the other candidates of the genes that the named alleles lie in."""
    if named.keys is None or wide.keys is None:
        return wide
    known = tuple(candidates)
    genes = _genes_of(named.keys, known)
    return replace(
        wide,
        keys=wide.keys | {each.allele.key for each in known if each.consequence.hgnc in genes},
    )


def touched(named: Asked, before: CaseResult, found: Examined) -> frozenset[str] | None:
    """Return the genes in which an allele that was named lies, or lay; None where all were."""
    if named.keys is None:
        return None
    return _genes_of(named.keys, (*before.candidates, *found.candidates))


def _genes_of(keys: frozenset[int], candidates: Iterable[Candidate]) -> frozenset[str]:
    return frozenset(each.consequence.hgnc for each in candidates if each.allele.key in keys)


def _nothing() -> Examined:
    return Examined(frozenset(), 0, (), Evidence({}), genes=frozenset())


def _keys(assessments: Iterable[Assessment]) -> set[object]:
    return {each.key for each in assessments}


def _differing(before: Iterable[Assessment], after: Iterable[Assessment]) -> Iterator[Assessment]:
    was = {each.key: each.digest for each in before}
    return (each for each in after if was.get(each.key) != each.digest)


def _places(candidates: Iterable[Candidate]) -> dict[tuple[Allele, str], Candidate]:
    return {(each.allele, each.consequence.hgnc): each for each in candidates}


def _other(before: Iterable[Candidate], after: Iterable[Candidate]) -> Iterator[Candidate]:
    was = _places(before)
    return (each for place, each in _places(after).items() if was.get(place) != each)
