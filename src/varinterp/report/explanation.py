"""Why an allele has its class, in words: criteria, what they read, schemes, what would move it.

The sentences are the report's own; only their arrangement on a terminal is made here.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from varinterp.model.assessment import NO_KNOWN_DISEASE, AcmgClass, Assessment, AssessmentKey
from varinterp.model.case import CaseResult, Tier
from varinterp.model.evidence import Outcome
from varinterp.model.reads import Read
from varinterp.model.variant import Allele
from varinterp.report.authority import Authority
from varinterp.report.class_view import ClassView, StepView, classes
from varinterp.report.criteria import CriterionView, criteria
from varinterp.report.releases import releases_of
from varinterp.report.wording import Wording, first_upper


@dataclass(frozen=True, slots=True)
class CriterionExplained:
    """One criterion: its answer, its authority, and each fact that it read with its releases."""

    view: CriterionView
    sentence: str
    reads: tuple[tuple[Read, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """One hypothesis of an allele, explained in a language."""

    key: AssessmentKey
    gene: str
    transcript: str | None
    criteria: tuple[CriterionExplained, ...]
    classes: ClassView
    why: str | None
    flags: tuple[str, ...]


def explanations(result: CaseResult, allele: Allele, words: Wording) -> tuple[Explanation, ...]:
    """Explain the hypotheses of an allele; none where it is no candidate.

    A disease that is none of the patient's is explained where people signed the class alone: to
    name it would be to report a secondary finding.
    """
    unnamed = result.only_in(Tier.UNRELATED)
    return tuple(
        _explained(result, each, words)
        for each in result.assessments
        if each.key.allele == allele and (each.key not in unnamed or each.signed is not None)
    )


def _explained(result: CaseResult, assessed: Assessment, words: Wording) -> Explanation:
    shown = classes(assessed, result.facts)
    return Explanation(
        key=assessed.key,
        gene=result.candidate(assessed.key).consequence.gene,
        transcript=assessed.transcript,
        criteria=tuple(_criteria(result, assessed, words)),
        classes=shown,
        why=None if shown.why is None else words.sentence(shown.why),
        flags=tuple(words.sentence(flag) for flag in shown.flags),
    )


def _criteria(
    result: CaseResult, assessed: Assessment, words: Wording
) -> Iterator[CriterionExplained]:
    reads = {finding.criterion: finding.reads for finding in assessed.findings}
    grouped = criteria(assessed, result.releases)
    for view in (*grouped.met, *grouped.not_met, *grouped.not_assessed):
        labelled = (
            (
                read,
                tuple(
                    f"{label.source} {label.release}"
                    for label in releases_of(read.source, result.releases)
                ),
            )
            for read in reads[view.criterion]
        )
        yield CriterionExplained(view, words.sentence(view.reason), tuple(labelled))


def lines(told: Explanation, words: Wording) -> Iterator[str]:
    """Yield the lines of an explanation, as a terminal shows them."""
    yield _title(told, words)
    if told.transcript is not None:
        yield words.text("explanation.transcript", transcript=told.transcript)
    yield _rules(told, words)
    for outcome in Outcome:
        rows = [each for each in told.criteria if each.view.outcome is outcome]
        yield ""
        yield f"{words.text(f'explanation.{outcome}')} ({len(rows)})"
        for each in rows:
            yield from _row(each, words)
    yield ""
    yield from _classes(told, words)
    for step in told.classes.steps:
        yield ""
        yield from _step(step, words)


def _title(told: Explanation, words: Wording) -> str:
    key = told.key
    if key.disease == NO_KNOWN_DISEASE:
        return words.text("explanation.no_disease", gene=told.gene)
    mode = words.word("inheritance", key.inheritance)
    return words.text("explanation.hypothesis", gene=told.gene, disease=key.disease, mode=mode)


def _rules(told: Explanation, words: Wording) -> str:
    rules = told.classes.rules
    if not rules.specified:
        return first_upper(words.text("criteria.core"))
    if rules.version is None:
        return first_upper(words.text("criteria.specification_unversioned", name=rules.name))
    text = words.text("criteria.specification", name=rules.name, version=rules.version)
    return first_upper(text)


def _row(each: CriterionExplained, words: Wording) -> Iterator[str]:
    view = each.view
    head = str(view.criterion)
    if view.strength is not None:
        strength = words.word("strength", view.strength)
        points = words.points(view.points)
        head = words.text(
            "explanation.row", criterion=view.criterion, strength=strength, points=points
        )
    yield f"  {words.text('explanation.answer', criterion=head, sentence=each.sentence)}"
    if view.outcome is Outcome.NOT_ASSESSED:
        return
    named = words.text("word.separator").join(
        _authority(authority, words) for authority in view.authorities
    )
    yield f"      {words.text('criteria.authority')} {named}"
    facts = words.text("word.separator").join(
        _read(read, releases, words) for read, releases in each.reads
    )
    if facts:
        yield f"      {words.text('explanation.read', facts=facts)}"


def _authority(authority: Authority, words: Wording) -> str:
    if authority.pmid is None:
        return authority.name
    return f"{authority.name}, {words.text('criteria.pmid', pmid=authority.pmid)}"


def _read(read: Read, releases: tuple[str, ...], words: Wording) -> str:
    named = f"{read.source} {read.key}"
    labelled = f"{named} [{', '.join(releases)}]" if releases else named
    return f"{labelled} ({words.text('explanation.absent')})" if read.absent else labelled


def _classes(told: Explanation, words: Wording) -> Iterator[str]:
    shown = told.classes
    points, probability = words.points(shown.points), words.probability(shown.posterior)
    yield words.text("explanation.total", points=points, probability=probability)
    yield from _schemes(shown, words)
    if told.why is not None:
        yield f"  {words.text('criteria.schemes_differ')} {told.why}"
    if shown.uncertainty is not None:
        tier = words.word("uncertainty", shown.uncertainty)
        yield words.text("explanation.class", scheme=words.text("criteria.uncertainty"), value=tier)
    if not shown.mendelian:
        kind = words.word("category", shown.category)
        yield f"{words.text('criteria.category')} {kind}. {words.text('criteria.category_note')}"
    if told.flags:
        yield words.text("criteria.flags")
        yield from (f"  {flag}" for flag in told.flags)


def _schemes(shown: ClassView, words: Wording) -> Iterator[str]:
    schemes: tuple[tuple[str, AcmgClass | None], ...] = (
        ("criteria.by_points", shown.by_points),
        ("criteria.by_table", shown.by_table),
        ("criteria.by_acgs", shown.by_acgs),
    )
    for scheme, value in schemes:
        if value is not None:
            named = words.acmg_class(value)
            yield f"  {words.text('explanation.class', scheme=words.text(scheme), value=named)}"


def _step(step: StepView, words: Wording) -> Iterator[str]:
    way = "up" if step.direction.value == "pathogenic" else "down"
    key = f"movers.{way}" if step.movers else f"movers.{way}_none"
    yield words.text(key, short=step.short, value=words.acmg_class(step.value))
    for mover in step.movers:
        told = f"  {mover.criterion} {words.word('strength', mover.strength)}"
        if mover.now is not None:
            now = words.text("movers.now", now=words.word("strength", mover.now))
            told += f" ({now})"
        if mover.value is not step.value:
            told += f" {words.text('movers.reached', value=words.acmg_class(mover.value))}"
        yield told
