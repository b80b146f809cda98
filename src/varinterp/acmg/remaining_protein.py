"""What PVS1 says of a messenger that does not decay: how much of the protein is lost, and which.

Abou Tayoun 2018 (PMID 30192042): strong where a critical region is truncated or altered; not met
where the population has frequent loss-of-function alleles of the same exon; else by the share of
the protein that is lost.
"""

from dataclasses import dataclass

from varinterp.acmg.decay import residues
from varinterp.acmg.question import Question
from varinterp.acmg.residues import overlapping, within
from varinterp.model.evidence import Scalar, Strength, Verdict, met, not_assessed, not_met
from varinterp.model.facts import EXON_ALLELES, exon_key
from varinterp.model.transcript import Span, Transcript


@dataclass(frozen=True, slots=True)
class Loss:
    """The residues that the protein lacks or that are altered, and the exons that are hit."""

    part: Span
    exons: tuple[int, ...]


def judge_loss(
    ask: Question, transcript: Transcript, loss: Loss, facts: dict[str, Scalar]
) -> Verdict:
    """Judge a protein that is made and lacks a part; `facts` are told with the answer."""
    share = round(len(loss.part) / residues(transcript), 4)
    told = {**facts, "removed": share, "first": loss.part.start, "last": loss.part.end}
    region = overlapping(ask.own_words("region.critical"), loss.part)
    if region is not None:
        return met(Strength.STRONG, "loss_of_function.critical_region", region=region, **told)
    obstacle = _tolerated(ask, transcript, loss, told)
    if obstacle is not None:
        return obstacle
    limit = ask.number("loss_of_function.large_part")
    if share > limit:
        return met(Strength.STRONG, "loss_of_function.large_part", limit=limit, **told)
    return met(Strength.MODERATE, "loss_of_function.small_part", limit=limit, **told)


def _tolerated(
    ask: Question, transcript: Transcript, loss: Loss, told: dict[str, Scalar]
) -> Verdict | None:
    """Return why the population speaks against it, or was not asked; None when it does not.

    A specification voids both limits where a founder's allele is frequent and causes the disease.
    """
    single = ask.optional_number("loss_of_function.frequent_allele")
    total = ask.optional_number("loss_of_function.frequent_alleles")
    if single is None and total is None:
        return None
    unknown = None
    for exon in loss.exons:
        found = ask.read(EXON_ALLELES, exon_key(transcript.id, exon))
        if found is None:
            ask.read.provides(EXON_ALLELES)
            unknown = not_assessed("loss_of_function.exon_not_counted", **told)
            continue
        if _reaches(found.highest, single) or _reaches(found.total, total):
            seen: dict[str, Scalar] = {"highest": found.highest, "total": found.total}
            return not_met("loss_of_function.frequent_in_exon", **seen, **{**told, "exon": exon})
        if found.covered < ask.number("loss_of_function.exon_covered"):
            unknown = not_assessed(
                "loss_of_function.exon_not_covered", covered=found.covered, **told
            )
    return unknown


def _reaches(frequency: float, limit: float | None) -> bool:
    return limit is not None and frequency >= limit


def needless(ask: Question, transcript: Transcript, residue: int) -> Verdict | None:
    """Say that the protein does without what is lost from a residue on, where a specification does.

    ``region.no_pvs1`` names stretches, ``region.no_pvs1_from`` the first residue of the end.
    """
    named = within(residue, ask.own_words("region.no_pvs1"))
    for start in ask.own_words("region.no_pvs1_from"):
        if named is None and residue >= int(start):
            named = f"{start}-{residues(transcript)}"
    if named is None:
        return None
    return not_met("loss_of_function.region_not_needed", residue=residue, region=named)
