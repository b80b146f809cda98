"""Registering one analysis of the workflow: what is refused, what is known, what is written.

The same document again, under any number that it was registered with, writes nothing. A number is
never given another content, and a history grows at its end (`admission` says what is refused).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from varinterp.errors import InternalError
from varinterp.model.archive import CasePicture
from varinterp.model.basis import Basis
from varinterp.model.case import CaseResult
from varinterp.model.facts import Rule
from varinterp.registry.admission import refuse_old_knowledge, registered
from varinterp.registry.analyses import FULL, receipt, write_analysis
from varinterp.registry.bases import basis_of, intern_basis
from varinterp.registry.batch import Batch
from varinterp.registry.cases import known_case, live_key, new_case
from varinterp.registry.content import (
    Conclusion,
    Content,
    StoredPicture,
    candidate_content,
    candidate_key,
    candidate_order,
    conclusion,
)
from varinterp.registry.payload import CaseKey
from varinterp.registry.records import Receipt
from varinterp.registry.shared import Shared
from varinterp.registry.tables import ASSESSMENT, CANDIDATE
from varinterp.registry.versions import CaseWriter, standing, versions

_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Registration:
    """An analysis that is ready to be written: checked, and its texts made."""

    result: CaseResult
    basis: Basis
    rules: Mapping[str, Rule]
    document_digest: str
    conclusions: tuple[Conclusion, ...]
    candidates: tuple[Content, ...]
    picture: str


def prepare(result: CaseResult, document_digest: str, rules: Mapping[str, Rule]) -> Registration:
    """Make the texts; raise InternalError for an analysis that contradicts itself."""
    check_digest(document_digest)
    if len({label.source for label in result.releases}) < len(result.releases):
        raise InternalError("an analysis used two releases of one source")
    conclusions = tuple(conclusion(each, result.facts) for each in result.assessments)
    candidates = tuple(map(candidate_content, result.candidates))
    check_keys(result.case.id, conclusions, candidates)
    return Registration(
        result=result,
        basis=basis_of(result.releases, result.versions),
        rules=rules,
        document_digest=document_digest,
        conclusions=conclusions,
        candidates=candidates,
        picture=_picture(result).text(),
    )


def check_digest(document_digest: str) -> None:
    """Raise InternalError for what cannot be the digest of a document."""
    if not _SHA256.fullmatch(document_digest):
        raise InternalError("a document digest is the SHA-256 of the file, in hexadecimal")


def check_keys(case: str, conclusions: Sequence[Conclusion], candidates: Sequence[Content]) -> None:
    """Raise InternalError when a key is concluded on twice, or is another case's."""
    for contents in (conclusions, candidates):
        if len({each.key for each in contents}) < len(contents):
            raise InternalError("an analysis concludes twice on one assessment key or candidate")
    if any(each.assessment.key.case != case for each in conclusions):
        raise InternalError("an assessment names another case than its analysis")


def register(batch: Batch, new: Registration) -> Receipt:
    """Write an analysis, or find it written; raise InputError rather than overwrite one."""
    case = new.result.case
    case_id = known_case(batch.connection, case)
    if case_id is None:
        key = new_case(batch, case)
    else:
        key = live_key(batch.connection, case.id)
        found = registered(batch.connection, case_id, case, new.document_digest)
        if found is not None:
            return receipt(batch, case.id, found)
        refuse_old_knowledge(batch.connection, key, case, new.basis)
    return receipt(batch, case.id, _write(batch, key, new))


def _write(batch: Batch, key: CaseKey, new: Registration) -> int:
    result = new.result
    analysis = {
        "number": result.case.analysis,
        "kind": FULL,
        "basis_id": intern_basis(batch, new.basis, result.releases, new.rules),
        "document_digest": new.document_digest,
    }
    before = {
        table.name: standing(versions(batch.connection, table, key.case_id))
        for table in (ASSESSMENT, CANDIDATE)
    }
    analysis_id = write_analysis(batch, key, analysis, new.picture, None)
    shared = Shared(batch, new.conclusions)
    writer = CaseWriter(batch, shared, key, analysis_id)
    writer.conclusions(new.conclusions, before[ASSESSMENT.name])
    writer.candidates(new.candidates, before[CANDIDATE.name])
    for table, contents in ((ASSESSMENT, new.conclusions), (CANDIDATE, new.candidates)):
        concluded = {key.token(each.key) for each in contents}
        writer.retire_tokens(table, sorted(before[table.name].keys() - concluded))
    shared.close()
    return analysis_id


def _picture(result: CaseResult) -> StoredPicture:
    """Keep the order of an analysis that has another than the registry's, and facts unread."""
    keys_said = tuple(str(each.key) for each in result.assessments)
    candidates = tuple(candidate_key(c.allele, c.consequence.hgnc) for c in result.candidates)
    ordered = tuple(
        candidate_key(c.allele, c.consequence.hgnc)
        for c in sorted(result.candidates, key=candidate_order)
    )
    read = {(read.source, read.key) for each in result.assessments for read in each.reads}
    return StoredPicture(
        picture=CasePicture.of(result),
        assessments=() if keys_said == tuple(sorted(keys_said)) else keys_said,
        candidates=() if candidates == ordered else candidates,
        facts={place: value for place, value in result.facts.items() if place not in read},
    )
