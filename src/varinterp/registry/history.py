"""Reading conclusions back: those that stand, those that stood, and a case as a whole."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from varinterp.errors import Fault, InputError
from varinterp.model.assessment import Assessment, AssessmentKey
from varinterp.model.canonical import digest_of_text
from varinterp.model.case import Candidate, CaseResult
from varinterp.model.reads import Facts
from varinterp.model.variant import Allele, signed
from varinterp.registry.analyses import read_picture
from varinterp.registry.cases import chunks, live_key
from varinterp.registry.content import (
    StoredPicture,
    candidate_key,
    candidate_order,
    is_own,
    load_candidate,
    load_conclusion,
    load_fact,
    load_own_facts,
)
from varinterp.registry.payload import CaseKey
from varinterp.registry.records import Recorded
from varinterp.registry.shared import fact_texts
from varinterp.registry.tables import ANALYSIS, ASSESSMENT, ASSESSMENT_INDEX, BATCH, CANDIDATE
from varinterp.registry.versions import Version, standing, versions

_FOR_EVER = (1 << 62) - 1


def horizon(connection: sa.Connection, as_of: datetime | None) -> int:
    """Return the last batch that was recorded by a moment; every batch when none is given.

    What was recorded up to there is a state that the registry was in.
    """
    if as_of is None:
        return _FOR_EVER
    last = sa.select(sa.func.max(BATCH.c.id)).where(BATCH.c.recorded_at <= as_of)
    return connection.scalar(last) or 0


class CaseReader:
    """Reads one case that was not erased, as it stood at the horizon."""

    def __init__(self, connection: sa.Connection, case: str, up_to: int) -> None:
        """Raise InputError for a case that is not known, then, or was erased since."""
        self._connection, self._up_to = connection, up_to
        self.key: CaseKey = live_key(connection, case)
        self._analyses = self._read_analyses()
        if not self._analyses:
            raise InputError([_not_yet(case)])

    def current(self, alleles: Collection[Allele] | None = None) -> tuple[Recorded, ...]:
        """Return what stands, in genome order; of some alleles only, when they are given."""
        history = versions(self._connection, ASSESSMENT, self.key.case_id, self._up_to)
        stands = {version.id for version in standing(history).values()}
        if alleles is not None:
            stands &= self._about(alleles)
        return tuple(sorted(self._recorded(history, stands), key=_genome_order))

    def history(self, key: AssessmentKey) -> tuple[Recorded, ...]:
        """Return every version of the conclusion on a key, oldest first."""
        token = self.key.token(str(key))
        every = versions(self._connection, ASSESSMENT, self.key.case_id, self._up_to)
        told = [version for version in every if version.token == token]
        return tuple(self._recorded(told, {v.id for v in told if v.content is not None}))

    def picture(self) -> StoredPicture:
        """Return the picture of the last analysis."""
        return read_picture(self.key, self._analyses[-1])

    def candidates(self) -> list[Candidate]:
        """Return the candidates that stand, in genome order."""
        stands = standing(versions(self._connection, CANDIDATE, self.key.case_id, self._up_to))
        texts = self._texts(CANDIDATE, [version.id for version in stands.values()])
        found = [load_candidate(text, schema) for text, schema, _ in texts.values()]
        return sorted(found, key=candidate_order)

    def result(self) -> CaseResult:
        """Rebuild the case as its last analysis and the versions that stand say it."""
        stored, recorded = self.picture(), self.current()
        picture = stored.picture
        return CaseResult(
            case=picture.case,
            candidates=_ordered(self.candidates(), _candidate_key, stored.candidates),
            assessments=_ordered(
                sorted((each.assessment for each in recorded), key=_key_text),
                _key_text,
                stored.assessments,
            ),
            ranking=picture.ranking,
            phenotypes=picture.phenotypes,
            term_names=picture.term_names,
            facts={**stored.facts, **facts_of(self._connection, recorded)},
            releases=picture.releases,
            versions=picture.versions,
            counts=picture.counts,
            warnings=picture.warnings,
            panels=picture.panels,
            ranked_by=picture.ranked_by,
            copy_numbers=picture.copy_numbers,
        )

    def _read_analyses(self) -> Sequence[Any]:
        return self._connection.execute(
            sa.select(ANALYSIS, BATCH.c.recorded_at.label("at"))
            .join(BATCH, BATCH.c.id == ANALYSIS.c.batch_id)
            .where(ANALYSIS.c.case_id == self.key.case_id, ANALYSIS.c.batch_id <= self._up_to)
            .order_by(ANALYSIS.c.id)
        ).all()

    def _about(self, alleles: Collection[Allele]) -> set[int]:
        """Return the versions that are about some alleles; hashed keys are checked by name."""
        names = {allele.id for allele in alleles}
        found: set[int] = set()
        for some in chunks(sorted({signed(allele.key) for allele in alleles})):
            rows = self._connection.execute(
                sa.select(ASSESSMENT_INDEX.c.assessment_id, ASSESSMENT_INDEX.c.allele).where(
                    ASSESSMENT_INDEX.c.case_id == self.key.case_id,
                    ASSESSMENT_INDEX.c.allele_key.in_(some),
                )
            )
            found.update(row.assessment_id for row in rows if row.allele in names)
        return found

    def _texts(self, table: sa.Table, ids: Sequence[int]) -> dict[int, tuple[str, int, datetime]]:
        """Return text, schema version and moment of recording of versions."""
        found = {}
        for some in chunks(ids):
            rows = self._connection.execute(
                sa.select(table.c.id, table.c.payload, table.c.schema_version, BATCH.c.recorded_at)
                .join(BATCH, BATCH.c.id == table.c.batch_id)
                .where(table.c.id.in_(some))
            )
            for row in rows:
                text = self.key.unlock(table.name, row.id, bytes(row.payload))
                found[row.id] = (text, row.schema_version, row.recorded_at)
        return found

    def _recorded(self, history: Sequence[Version], wanted: set[int]) -> list[Recorded]:
        """Tell versions with what came before and after each, in the order of recording."""
        texts = self._texts(ASSESSMENT, sorted(wanted))
        by_key: defaultdict[bytes, list[Version]] = defaultdict(list)
        for version in history:
            by_key[version.token].append(version)
        told = [
            self._told(same_key, place, *texts[version.id])
            for same_key in by_key.values()
            for place, version in enumerate(same_key)
            if version.id in wanted
        ]
        return sorted(told, key=lambda each: each.id)

    def _told(
        self, same_key: Sequence[Version], place: int, text: str, schema: int, moment: datetime
    ) -> Recorded:
        """Tell one of the versions of a key."""
        version = same_key[place]
        before = [other.id for other in same_key[:place] if other.content is not None]
        last = place + 1 == len(same_key)
        end = _FOR_EVER if last else same_key[place + 1].analysis_id
        assessment, own = load_conclusion(text, schema)
        return Recorded(
            id=version.id,
            assessment=assessment,
            digest=digest_of_text(text.partition("\n")[0]),
            analyses=tuple(
                row.number for row in self._analyses if version.analysis_id <= row.id < end
            ),
            recorded_at=moment,
            until=None if last else next(r.at for r in self._analyses if r.id == end),
            supersedes=before[-1] if before else None,
            own=own,
        )


def facts_of(connection: sa.Connection, recorded: Iterable[Recorded]) -> Facts:
    """Return the facts that versions read, by source and key, as they were read.

    A read that was recorded without its value (a registry's caller had none) has no fact.
    """
    told = list(recorded)
    reads = sorted(
        {
            (read.source, read.key, read.digest)
            for each in told
            for read in each.assessment.reads
            if read.digest is not None and not is_own(read.source)
        }
    )
    texts = fact_texts(connection, (digest for _, _, digest in reads))
    facts = {
        (source, key): load_fact(source, texts[digest])
        for source, key, digest in reads
        if digest in texts
    }
    for each in told:
        facts.update(load_own_facts(each.own))
    return facts


def _ordered(found: Sequence[Any], name: Any, order: Sequence[str]) -> tuple[Any, ...]:
    """Put values into an order of their names; in the order given where there is none."""
    if not order:
        return tuple(found)
    by_name: Mapping[str, Any] = {name(each): each for each in found}
    return tuple(by_name[each] for each in order)


def _candidate_key(candidate: Candidate) -> str:
    return candidate_key(candidate.allele, candidate.consequence.hgnc)


def _key_text(assessment: Assessment) -> str:
    return str(assessment.key)


def _genome_order(recorded: Recorded) -> tuple[int, str]:
    key = recorded.assessment.key
    return (key.allele.key, str(key))


def _not_yet(case: str) -> Fault:
    return Fault(
        rule="registry.not_yet",
        file=f"case {case}",
        found="a moment before the case was registered",
        expected="a moment at which it was known",
        advice="give a later date",
    )
