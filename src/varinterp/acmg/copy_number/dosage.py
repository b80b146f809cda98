"""What both tables ask of established dosage sensitivity: lines 2A and 2B.

Riggs 2020 (PMID 31690835), tables 1 and 2. *Established* is ClinGen's dosage score 3.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from varinterp.acmg.copy_number.answer import Answer, met, not_assessed, not_met
from varinterp.acmg.copy_number.ask import CopyQuestion, named
from varinterp.model.copy_number_facts import Hit

P = ParamSpec("P")
Line = Callable[Concatenate[CopyQuestion, P], Answer]


def where_dosage_is_known(line: Line[P]) -> Line[P]:
    """Answer a line only where a source of dosage sensitivity was consulted."""

    @wraps(line)
    def answer(ask: CopyQuestion, /, *args: P.args, **kwargs: P.kwargs) -> Answer:
        if not ask.dosage_known():
            return not_assessed("copy_number.no_dosage")
        return line(ask, *args, **kwargs)

    return answer


@where_dosage_is_known
def whole(ask: CopyQuestion) -> Answer:
    """2A: an established gene or region is lost, or gained, whole."""
    change = ask.copy_number.change
    genes = ask.established(change, Hit.WHOLE)
    regions = [each for each in ask.established_regions(change) if ask.contains(each)]
    if not genes and not regions:
        return not_met("copy_number.none_whole")
    names = named((*genes, *regions))
    if ask.is_loss:
        return met(ask.number("loss.2A"), "copy_number.established_lost", names=names)
    return met(ask.number("gain.2A"), "copy_number.established_gained", names=names)


@where_dosage_is_known
def part_of_region(ask: CopyQuestion) -> Answer:
    """2B: an established region is lost, or gained, in part; its causative gene is for 2A."""
    established = ask.established_regions(ask.copy_number.change)
    regions = [each for each in established if not ask.contains(each)]
    if not regions:
        return not_met("copy_number.no_region_in_part")
    return met(0.0, "copy_number.region_in_part", names=named(regions))
