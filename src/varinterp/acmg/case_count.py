"""PS4: the allele is seen in affected people more often than it should be.

Richards 2015 (PMID 25741868), table 3: strong where the odds ratio of a case-control study is above
5.0 and its confidence interval does not include 1.0. For alleles too rare for a study, expert
panels count unrelated affected people instead; how many, is in the rules. Such a count says
something only of a rare allele, so that it asks what PM2 asks.

People with a recessive disease are counted by the partner of their allele (PM3), and not here.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from varinterp.acmg.population import pm2
from varinterp.acmg.question import Question
from varinterp.acmg.scale import steps
from varinterp.model.curation import CURATION, OWN_CASES, CaseControl, Curations
from varinterp.model.evidence import (
    GRADED,
    Outcome,
    Scalar,
    Strength,
    Verdict,
    met,
    not_assessed,
    not_met,
)
from varinterp.model.reads import Fact


@dataclass(frozen=True, slots=True)
class _People:
    """Unrelated affected people: as curators entered them, and as our own cases count them."""

    entered: int
    own: int

    @property
    def all(self) -> int:
        return self.entered + self.own

    @property
    def facts(self) -> dict[str, Scalar]:
        return {"count": self.all, "entered": self.entered, "own": self.own}


def ps4(ask: Question) -> Verdict:
    """Strong by a case-control study; supporting to very strong by a count of affected people."""
    if not ask.curated():
        return not_assessed("curation.not_consulted")
    studies = [
        study for found in ask.curations() for study in found.case_control if ask.holds(study.scope)
    ]
    people = _People(_count(ask, CURATION), _count(ask, OWN_CASES))
    if not studies and not people.all:
        return not_assessed("case_count.no_cases")
    enriched = _enriched(ask, studies)
    if enriched is not None:
        strength, study = enriched
        return met(strength, "case_count.enriched", **_facts(study))
    if not people.all:
        shown = max(studies, key=lambda study: (study.origin.date, study.origin.id))
        limit = ask.number("ps4.odds_ratio")
        return not_met("case_count.not_enriched", limit=limit, **_facts(shown))
    return _counted(ask, people)


def _enriched(ask: Question, studies: Sequence[CaseControl]) -> tuple[Strength, CaseControl] | None:
    """Return the study that shows most of those that show enough, and how strongly.

    A specification may state how high the lower end of the interval must be for each strength.
    """
    if not studies:
        return None
    bounds = [(each, ask.own_number(f"ps4.lower_{each}")) for each in reversed(GRADED)]
    if any(bound is not None for _, bound in bounds):
        best = max(studies, key=lambda study: (study.lower, study.origin.id))
        reached = (each for each, bound in bounds if bound is not None and best.lower >= bound)
        strength = next(reached, None)
        return None if strength is None else (strength, best)
    limit = ask.number("ps4.odds_ratio")
    enough = [study for study in studies if study.odds_ratio > limit and study.lower > 1.0]
    if not enough:
        return None
    return Strength.STRONG, max(enough, key=lambda study: (study.odds_ratio, study.origin.id))


def _count(ask: Question, fact: Fact[Curations]) -> int:
    found = ask.read(fact, str(ask.allele))
    probands = () if found is None else found.probands
    return sum(each.count for each in probands if ask.holds(each.scope))


def _counted(ask: Question, people: _People) -> Verdict:
    if ask.inheritance is None:
        return not_assessed("no_known_disease")
    if ask.inheritance in ask.optional_words("ps4.not_counted_in"):
        return not_assessed("case_count.counted_by_partner", **people.facts)
    counted = tuple(steps(ask, "ps4.probands_"))
    if not counted:
        return not_assessed("case_count.no_threshold", **people.facts)
    reached = [(strength, needed) for strength, needed in counted if people.all >= needed]
    if not reached:
        fewest = min(needed for _, needed in counted)
        return not_met("case_count.too_few", needed=fewest, **people.facts)
    strength, needed = max(reached, key=lambda step: step[0].points)
    rare = pm2(ask)
    if rare.outcome is Outcome.NOT_ASSESSED:
        return not_assessed("case_count.rarity_unknown", **people.facts)
    if rare.outcome is Outcome.NOT_MET:
        return not_met("case_count.not_rare", **people.facts)
    return met(strength, "case_count.probands", needed=needed, **people.facts)


def _facts(study: CaseControl) -> dict[str, Scalar]:
    return {
        "odds_ratio": study.odds_ratio,
        "lower": study.lower,
        "upper": study.upper,
        "pmid": study.origin.pmid,
        "author": study.origin.author,
        "entered_on": study.origin.date,
    }
