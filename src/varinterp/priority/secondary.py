"""What is beside the patient's question: a disease that is none of theirs, and who is told of it.

A disease is none of the patient's where no term of theirs is the disease's, none is related to one,
and no panel asks for the gene. A gene of secondary findings asks for more. There a related term is
not enough where the phenotype as a whole speaks against the disease; nor is a panel, which may hold
every gene of disease, where no term is related. And a disease that nobody describes is the
patient's only where a panel asks for the gene, or where nothing is known of what they have. So what
nobody asked for is named to nobody who did not consent.
"""

from varinterp.model.assessment import PATHOGENIC
from varinterp.model.case import Tier
from varinterp.model.evidence import Reason
from varinterp.model.family import Affected
from varinterp.priority.placed import EXACT, RELATED, Placed
from varinterp.priority.score import PHASE_UNKNOWN
from varinterp.priority.weights import Entry, ListUse


def unrelated(placed: Placed) -> tuple[Tier, Reason] | None:
    """Return *secondary* or *unrelated*, and why; None where the disease may be the patient's."""
    listed = placed.weights.entry(ListUse.SECONDARY, placed.gene)
    if _may_be_the_patients(placed, listed):
        return None
    if listed is None:
        return Tier.UNRELATED, Reason.of("tier.unrelated", terms=placed.terms)
    if placed.case.secondary_findings and _reportable(placed, listed):
        if placed.fit.reason.key in PHASE_UNKNOWN:
            return Tier.SECONDARY, Reason.of("tier.secondary_phase_unknown", list=listed.title)
        return Tier.SECONDARY, Reason.of("tier.secondary", list=listed.title)
    if placed.phenotype is None:
        return Tier.UNRELATED, Reason.of("tier.secondary_not_compared", list=listed.title)
    return Tier.UNRELATED, Reason.of("tier.unrelated", terms=placed.terms)


def _may_be_the_patients(placed: Placed, listed: Entry | None) -> bool:
    match = placed.phenotype
    if match is None:
        return listed is None or placed.panels.asked or _nothing_is_known(placed)
    if placed.matching(EXACT) or (listed is None and placed.panels.asked):
        return True
    return placed.matching(RELATED) > 0 and (listed is None or match.log_lr >= 0)


def _nothing_is_known(placed: Placed) -> bool:
    """Whether nobody said what the proband has, nor that they are healthy."""
    case = placed.case
    return not case.phenotype.observed and case.family.proband.affected is not Affected.NO


def _reportable(placed: Placed, listed: Entry) -> bool:
    """Whether every allele is (likely) pathogenic to us or others, and the list means the case.

    Where it names a mode it means no other, and nobody who has a copy without them.
    """
    mode = None if placed.link is None else placed.link.inheritance
    meant = not listed.mode or (listed.mode == mode and placed.every_copy)
    pairs = zip(placed.assessed, placed.known, strict=True)
    return (
        meant
        and placed.enough_copies
        and all(known or each.machine.points in PATHOGENIC for each, known in pairs)
    )
