"""The last lines of a run: each family's first candidates, its report, or why it failed."""

from rich.console import Console

from varinterp.model.case import CaseResult, RankedHypothesis, Tier
from varinterp.pipeline.run import Run
from varinterp.pipeline.summary import FamilySummary, State, summarise
from varinterp.report.catalogue import Language
from varinterp.report.wording import wording

_TOP = 3


def print_summary(run: Run) -> int:
    """Print the summary on stdout and return the number of families that did not finish."""
    console = Console(highlight=False, markup=False, soft_wrap=True)
    families = summarise(run)
    for family in families:
        console.print(f"\n{family.name}  ({family.pseudonym})  {family.state}")
        for line in _lines(family):
            console.print(f"  {line}")
    unfinished = sum(family.state is not State.FINISHED for family in families)
    console.print(f"\n{len(families)} families, {len(families) - unfinished} finished")
    return unfinished


def _lines(family: FamilySummary) -> list[str]:
    if family.state is State.FAILED:
        return [f"failed in {family.stage}:", *family.lines]
    if family.result is None:
        return ["not reached: see the messages above"]
    result = family.result
    shown = [_hypothesis(result, place) for place in family.shown[:_TOP]]
    none = ["no candidate explains the patient's phenotype"]
    return [*(shown or none), *(f"report  {path}" for path in family.reports)]


def _hypothesis(result: CaseResult, place: RankedHypothesis) -> str:
    alleles = " + ".join(_allele(result, place, index) for index in range(len(place.keys)))
    words = wording(Language.ENGLISH)
    score = words.probability(place.score)
    line = f"{place.rank}. {alleles}  {place.keys[0].disease}  score {score}"
    if place.tier is Tier.PROPOSED:
        return line
    return f"{line}\n     {words.word('tier', place.tier)}: {words.sentence(place.reason)}"


def _allele(result: CaseResult, place: RankedHypothesis, index: int) -> str:
    key = place.keys[index]
    consequence = result.candidate(key).consequence
    name = (consequence.hgvs_c or str(key.allele)).rpartition(":")[2]
    protein = (consequence.hgvs_p or "").rpartition(":")[2]
    machine = result.assessment(key).machine.points
    spelled = f"{name} {protein}".strip()
    return f"{consequence.gene} {spelled} ({machine.replace('_', ' ')})"
