"""The same hypotheses through eight criteria as plain conditions: no reasons, nothing recorded.

What an engine that only gives a class would do: BA1, BS1, PM2, PVS1, PM4, PP3, BP4 and BP7 from the
same facts, looked up in a dictionary, and the points summed. Twenty criteria are not asked at all.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.hypotheses import Asked, asked
from benchmarks.task import Done
from varinterp.model.assessment import AssessmentKey
from varinterp.model.facts import CONSEQUENCE, COVERAGE, FREQUENCY, SCORES, TRANSCRIPT
from varinterp.model.prediction import Predictor
from varinterp.model.reads import Fact
from varinterp.model.transcript import Consequence, Term, Transcript

_Facts = Mapping[tuple[str, str], Any]
_NULL = {Term.STOP_GAINED, Term.FRAMESHIFT, Term.SPLICE_ACCEPTOR, Term.SPLICE_DONOR}


def prepare(_folder: Path) -> tuple[Asked, _Facts]:
    """Gather the evidence and take its facts out."""
    prepared = asked()
    reads: list[tuple[Fact[Any], str]] = []
    reads += [(CONSEQUENCE, f"{key.allele}@{name}") for key, name in prepared.keys]
    reads += [(TRANSCRIPT, name) for _, name in prepared.keys]
    for key, _ in prepared.keys:
        reads.append((FREQUENCY, str(key.allele)))
        reads.append((COVERAGE, f"{key.allele.chromosome}-{key.allele.position}"))
    return prepared, {(fact.source, at): prepared.evidence.get(fact, at) for fact, at in reads}


def work(prepared: tuple[Asked, _Facts]) -> Done:
    """Sum the points of each hypothesis; answer with how many there were."""
    wanted, facts = prepared
    return Done(len([_points(key, name, facts) for key, name in wanted.keys]))


def _points(key: AssessmentKey, name: str, facts: _Facts) -> int:
    allele = str(key.allele)
    effect: Consequence = facts[CONSEQUENCE.source, f"{allele}@{name}"]
    transcript: Transcript | None = facts.get((TRANSCRIPT.source, name))
    frequency = facts.get((FREQUENCY.source, allele))
    covered = facts.get((COVERAGE.source, f"{key.allele.chromosome}-{key.allele.position}"))
    points = 0
    if frequency is not None and frequency.af > 0.05:
        points -= 8
    elif frequency is not None and frequency.af > 0.01:
        points -= 4
    elif frequency is None and covered is not None and covered.covered:
        points += 1
    if not _NULL.isdisjoint(effect.terms):
        last = transcript is not None and effect.exon == len(transcript.exons)
        points += 4 if last else 8
    elif Term.STOP_LOST in effect.terms:
        points += 2
    elif Term.MISSENSE in effect.terms:
        score = facts.get((SCORES[Predictor.REVEL].source, f"{allele}@{name}"))
        if score is not None:
            points += (score.value >= 0.644) - (score.value <= 0.29)
    elif Term.SYNONYMOUS in effect.terms:
        score = facts.get((SCORES[Predictor.SPLICEAI].source, f"{allele}@{effect.gene}"))
        points -= 2 * (score is not None and score.value <= 0.1)
    return points
