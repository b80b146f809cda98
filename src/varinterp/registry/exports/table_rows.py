"""The rows that a case has in each table of the Parquet export.

A row names its case by the pseudonym. Genotypes are the proband's alone; names of readers,
reviewers and prescribers are left out.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from varinterp.model.assessment import Assessment, AssessmentKey
from varinterp.model.case import Candidate, Tier
from varinterp.model.consent import ConsentScope, person_allows
from varinterp.model.event import Event, EventKind
from varinterp.model.standing import Standing
from varinterp.registry.exports.permission import Export, withheld
from varinterp.registry.exports.record import Subject
from varinterp.registry.exports.variant_view import variant_views

Row = dict[str, Any]


def _key(key: AssessmentKey) -> Row:
    return {
        "case": key.case,
        "allele": key.allele.id,
        "gene": key.gene,
        "disease": key.disease,
        "inheritance": key.inheritance,
        "rules": key.rules,
    }


def cases(subject: Subject, on: date) -> Iterator[Row]:
    """The case; a withheld one has its reason alone."""
    reason = withheld(subject, Export.PARQUET, on)
    row: Row = {"case": subject.record.case, "withheld": None if reason is None else reason.reason}
    if reason is None:
        result, diagnosis = subject.document, subject.record.diagnosis
        prescription = subject.record.prescription
        row |= {
            "analysis": result.case.analysis,
            "family": result.case.family.id,
            "proband": result.case.family.proband_id,
            "sex": result.case.family.proband.sex,
            "sequenced": len(result.case.family.sequenced),
            "consanguineous": result.case.family.consanguineous,
            "software": result.versions.get("varinterp"),
            "pre_indication": None if prescription is None else prescription.pre_indication,
            "prescribed_on": None if prescription is None else prescription.prescribed_on,
            "level": None if diagnosis is None else diagnosis.level,
            "level_from": None if diagnosis is None else diagnosis.valid_from,
            "diseases": [] if diagnosis is None else list(diagnosis.diseases),
        }
    yield row


def consents(subject: Subject, on: date) -> Iterator[Row]:
    """What everybody said, in the order of recording."""
    for number, each in enumerate(subject.record.consents, start=1):
        yield {
            "case": subject.record.case,
            "number": number,
            "person": each.person,
            "scope": each.scope,
            "granted": each.granted,
            "valid_from": each.valid_from,
        }


def samples(subject: Subject, on: date) -> Iterator[Row]:
    """How each person was sequenced."""
    for each in subject.record.samples:
        yield {
            "case": subject.record.case,
            "person": each.person,
            "analysis": each.analysis,
            "technique": each.technique,
            "mean_coverage": None if each.coverage is None else each.coverage.mean,
            "inputs": list(each.inputs),
        }


def phenotype(subject: Subject, on: date) -> Iterator[Row]:
    """The proband's terms that hold."""
    days = {each.term: each.observed_on for each in subject.record.observations}
    phenotype, names = subject.phenotype, subject.document.term_names
    terms = [(term, False) for term in phenotype.observed]
    terms += [(term, True) for term in phenotype.excluded]
    for term, excluded in terms:
        yield {
            "case": subject.record.case,
            "term": term,
            "name": names.get(term),
            "excluded": excluded,
            "observed_on": days.get(term),
        }


def _shown(subject: Subject, on: date) -> tuple[Assessment, ...]:
    """The assessments but those of diseases that are none of the patient's.

    Of these the list of secondary findings alone is told, to who consents on that day.
    """
    wanted = _wants_secondary_findings(subject, on)
    hidden = (Tier.UNRELATED,) if wanted else (Tier.SECONDARY, Tier.UNRELATED)
    unnamed = subject.document.only_in(*hidden)
    return tuple(each for each in subject.document.assessments if each.key not in unnamed)


def _wants_secondary_findings(subject: Subject, on: date) -> bool:
    """Whether what was found beside the question may be named: the proband says so, or no."""
    proband = subject.document.case.family.proband_id
    return person_allows(subject.record.consents, proband, ConsentScope.SECONDARY_FINDINGS, on)


def candidates(subject: Subject, on: date) -> Iterator[Row]:
    """The alleles that passed a gate, with the proband's genotype."""
    proband = subject.document.case.family.proband_id
    shown = {(each.key.allele, each.key.gene) for each in _shown(subject, on)}
    for each in subject.document.candidates:
        if (each.allele, each.consequence.hgnc) in shown:
            yield _candidate(subject.record.case, proband, each)


def _candidate(case: str, proband: str, each: Candidate) -> Row:
    effect, genotype = each.consequence, each.genotypes.of(proband)
    return {
        "case": case,
        "allele": each.allele.id,
        "gene": effect.hgnc,
        "symbol": effect.gene,
        "gates": list(each.gates),
        "filter": each.filter,
        "transcript": effect.transcript,
        "consequence": list(effect.terms),
        "hgvs_c": effect.hgvs_c,
        "hgvs_p": effect.hgvs_p,
        "zygosity": genotype.zygosity,
        "depth": genotype.depth,
        "frequency": None if each.frequency is None else each.frequency.af,
        "faf95": None if each.frequency is None else each.frequency.faf95,
        "clinvar": [] if each.assertion is None else list(each.assertion.significance),
        "clinvar_stars": None if each.assertion is None else each.assertion.stars,
    }


def assessments(subject: Subject, on: date) -> Iterator[Row]:
    """What the program concludes now."""
    # the best place of each: a key may be in several pairs
    places = {key: each for each in reversed(subject.document.ranking) for key in each.keys}
    for each in _shown(subject, on):
        place = places.get(each.key)
        yield _key(each.key) | {
            "transcript": each.transcript,
            "points": each.points,
            "posterior": each.posterior,
            "machine_points": each.machine.points,
            "machine_richards2015": each.machine.richards2015,
            "rank": None if place is None else place.rank,
            "tier": None if place is None else place.tier,
            "disease_name": None if place is None else place.disease_name,
            "digest": each.digest,
            "constructed": each.constructed,
        }


def criteria(subject: Subject, on: date) -> Iterator[Row]:
    """Every criterion of every assessment."""
    for each in _shown(subject, on):
        for finding in each.findings:
            yield _key(each.key) | {
                "criterion": finding.criterion,
                "outcome": finding.verdict.outcome,
                "strength": finding.strength,
                "points": finding.points,
                "reason": finding.verdict.reason.key,
                "constructed": finding.constructed,
            }


def reads(subject: Subject, on: date) -> Iterator[Row]:
    """Every fact that was asked for."""
    for each in _shown(subject, on):
        for read in sorted(each.reads):
            yield _key(each.key) | {
                "source": read.source,
                "key": read.key,
                "kind": read.kind,
                "digest": read.digest,
            }


def findings(subject: Subject, on: date) -> Iterator[Row]:
    """The classes that people signed."""
    for view in variant_views(subject):
        yield _key(view.finding.key) | {
            "class": view.finding.value,
            "signed_on": view.finding.signed_on,
            "report": view.finding.report,
        }


def releases(subject: Subject, on: date) -> Iterator[Row]:
    """The releases that the case stands on."""
    for each in subject.document.releases:
        yield {
            "case": subject.record.case,
            "source": each.source,
            "release": each.release,
            "date": each.date,
            "url": each.url,
            "licence": each.licence,
            "constructed": each.constructed,
        }


def events(subject: Subject, on: date) -> Iterator[Row]:
    """What runs of the reanalysis found, but what they withheld."""
    wanted = _wants_secondary_findings(subject, on)
    for each in subject.record.events:
        event = each.event
        if event.kind is EventKind.WITHHELD or (_secondary(event) and not wanted):
            continue
        yield {
            "event": each.id,
            "run": each.run,
            "recorded_at": each.recorded_at,
            "case": subject.record.case,
            "allele": event.allele.id,
            "gene": event.gene,
            "symbol": event.symbol,
            "kind": event.kind,
            "tier": int(event.tier),
            "direction": event.direction,
            "moved": list(event.moved),
            "class_before": _class(event.before),
            "class_after": _class(event.after),
            "responsible": list(event.responsible),
            "attribution": event.attribution,
            "constructed": event.constructed,
            "digest": event.digest,
        }


def _secondary(event: Event) -> bool:
    """Whether it tells of a finding beside the question: the consent to it may be gone since."""
    sides = (event.before, event.after)
    return any(side is not None and side.tier is Tier.SECONDARY for side in sides)


def _class(standing: Standing | None) -> str | None:
    return None if standing is None else standing.acmg_class
