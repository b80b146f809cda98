"""A case's whole result on a new basis, from its result before and what was examined anew.

What was not examined stands as it was: its facts did not move. Neither did those of an allele that
was examined as another one's partner alone, but for what the two are to each other: it is assessed
again where that moved. Hypotheses, ranking, warnings and counts belong to a case as a whole, and
are made again from all of its candidates.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from varinterp.errors import InternalError
from varinterp.model.assessment import PRIOR, Assessment
from varinterp.model.canonical import digest
from varinterp.model.case import Candidate, Case, CaseResult, StageCount
from varinterp.model.evidence import Reason
from varinterp.model.facts import GENE_ALLELES, GeneLinks
from varinterp.model.reads import WHOLE, Evidence, Facts
from varinterp.pipeline.classify import ranking_rules
from varinterp.pipeline.hypotheses import assess_keys, hypotheses_of, keys_of, phenotypes_of
from varinterp.pipeline.panels import Annotated, resolve
from varinterp.pipeline.population import stray_listings
from varinterp.pipeline.reanalysis.examine import Examined
from varinterp.pipeline.reanalysis.view import View
from varinterp.pipeline.versions import software_versions
from varinterp.priority.rank import rank
from varinterp.priority.weights import Weights

STRAY, NO_FREQUENCY = "warning.stray_listing", "warning.no_frequency"
_BETWEEN_ALLELES = {fact.source: fact for fact in (GENE_ALLELES, PRIOR)}
"""What the alleles of a gene are to each other: found case by case, no release holds it."""


def conclude(
    before: CaseResult,
    case: Case,
    examined: Examined,
    again: frozenset[str] | None,
    view: View,
    opened_before: int | None,
) -> tuple[CaseResult, int]:
    """Return the case's result on the view's basis, and how many assessments were made anew.

    `again` are the texts of the keys to be assessed although they have a conclusion; None for all
    that were examined. `opened_before` is how many of the examined alleles passed a gate on the
    basis before; None when every stored allele was examined.
    """
    candidates = _merged(before.candidates, examined)
    hypotheses = hypotheses_of(case, candidates, view.links, view.rules, before.copy_numbers)
    keys = keys_of(hypotheses)
    current = {str(each.key): each for each in before.assessments}

    def asked(text: str, evidence: Evidence) -> bool:
        if again is None or text in again or text not in current:
            return True
        return _partners_moved(current[text], evidence)

    whole = {text: key for text, key in keys.items() if examined.holds(key)}
    new, evidence = assess_keys(whole, examined.candidates, examined.evidence, asked)
    assessments = _all(keys, current, {str(each.key): each for each in new})
    matcher = view.matcher(case)
    phenotypes = phenotypes_of(hypotheses, matcher)
    annotated = Annotated(matcher.ontology, matcher.diseases, view.links)
    panels = resolve(case, candidates, view.panels, annotated)
    result = CaseResult(
        case=case,
        candidates=candidates,
        assessments=assessments,
        ranking=rank(
            case,
            hypotheses,
            candidates,
            {each.key: each for each in assessments},
            phenotypes.get,
            Weights.read(view.rules.values),
            panels,
        ),
        phenotypes=phenotypes,
        term_names=matcher.names(case.phenotype),
        facts=_facts(before, assessments, new, evidence),
        releases=view.target.labels,
        versions=software_versions(),
        counts=_counts(before, candidates, examined, opened_before),
        copy_numbers=before.copy_numbers,
        warnings=_warnings(before, candidates, view.links, examined.met),
        panels=panels,
        ranked_by=ranking_rules(view.rules),
    )
    return result, len(new)


def same_content(one: CaseResult, other: CaseResult) -> bool:
    """Whether two results of a case say the same, whatever they rest on and are numbered."""
    return content(one) == content(other)


def content(result: CaseResult) -> dict[str, Any]:
    """Return what is compared of a result: all of it but its number, releases and versions."""
    return {
        "case": digest(replace(result.case, analysis=0)),
        "candidates": [digest(each) for each in result.candidates],
        "assessments": {str(each.key): each.digest for each in result.assessments},
        "ranking": digest(result.ranking),
        "phenotypes": digest(result.phenotypes),
        "term_names": digest(result.term_names),
        "counts": digest(result.counts),
        "warnings": digest(result.warnings),
        "copy_numbers": digest(result.copy_numbers),
        "panels": digest(result.panels),
        "ranked_by": digest(result.ranked_by),
    }


def _merged(before: Iterable[Candidate], examined: Examined) -> tuple[Candidate, ...]:
    kept = [each for each in before if each.allele.key not in examined.keys]
    return tuple(sorted([*kept, *examined.candidates], key=_genome_order))


def _genome_order(candidate: Candidate) -> tuple[int, str, str, str]:
    allele = candidate.allele
    return (allele.key, allele.ref, allele.alt, candidate.consequence.hgnc)


def _all(
    keys: Iterable[str], current: Mapping[str, Assessment], new: Mapping[str, Assessment]
) -> tuple[Assessment, ...]:
    try:
        return tuple(new.get(text) or current[text] for text in keys)
    except KeyError:
        raise InternalError("a hypothesis was raised of an allele that was not examined") from None


def _partners_moved(known: Assessment, evidence: Evidence) -> bool:
    """Whether the other alleles of the gene are not what a conclusion read of them."""
    return any(
        read.digest != evidence.answer(_BETWEEN_ALLELES[read.source], read.key)[1].digest
        for read in known.reads
        if read.source in _BETWEEN_ALLELES
    )


def _facts(
    before: CaseResult,
    assessments: Iterable[Assessment],
    new: Iterable[Assessment],
    evidence: Evidence,
) -> Facts:
    made = {str(each.key) for each in new}
    kept = {
        (read.source, read.key)
        for each in assessments
        if str(each.key) not in made
        for read in each.reads
        if not read.absent and read.key != WHOLE
    }
    reads = tuple(read for each in new for read in each.reads)
    found = {place: before.facts[place] for place in kept} | evidence.slice(reads)
    return dict(sorted(found.items()))


def _counts(
    before: CaseResult,
    candidates: Iterable[Candidate],
    examined: Examined,
    opened_before: int | None,
) -> tuple[StageCount, ...]:
    """Count gates and genes again: by the difference, where only some alleles were examined."""
    in_genes = len({each.allele for each in candidates})
    counts = []
    opened = examined.opened
    for count in before.counts:
        if count.stage == "gates":
            if opened_before is not None:
                opened = count.given - opened_before + examined.opened
            aside = (("no_gate", count.taken - opened),)
            counts.append(StageCount("gates", count.taken, opened, aside))
        elif count.stage == "genes":
            aside = (("outside_genes", opened - in_genes),)
            counts.append(StageCount("genes", opened, in_genes, aside))
        else:
            counts.append(count)
    return tuple(counts)


def _warnings(
    before: CaseResult,
    candidates: tuple[Candidate, ...],
    links: Mapping[str, GeneLinks],
    met: frozenset[str],
) -> tuple[Reason, ...]:
    """Keep what the intake and the joins said; say again which listings hold for nothing.

    That a chromosome met no frequency is no longer said once one of its alleles does (`met`).
    """
    kept = (
        reason
        for reason in before.warnings
        if reason.key != STRAY and not (reason.key == NO_FREQUENCY and reason["chromosome"] in met)
    )
    return (*kept, *stray_listings(candidates, links))
