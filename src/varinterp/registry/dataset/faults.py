"""The refusals of the dataset, each with what to do; none names a patient, a term or an allele."""

from varinterp.errors import Fault

_ADVICE = {
    "dataset.author": "say who you are: --author NAME",
    "dataset.person": "take the pseudonym from the case's results, or type proband, father, mother",
    "dataset.document": "type the reference of the signed form, without spaces",
    "dataset.observation": "list them: varinterp registry history CASE",
    "dataset.corrected": "correct the correction instead",
    "dataset.finding": "list them: varinterp registry history CASE",
    "dataset.finding_state": "draft an amendment, or a new finding",
    "dataset.finding_moved": "look at the case again and draft the finding anew",
    "dataset.same_reader": "have another person sign",
    "dataset.reason": "say why, for whoever reads it later",
    "dataset.assessment": "take the allele, gene and disease from the case's report",
    "dataset.undiagnosed_finding": "retract the finding first, or record the diagnosis",
    "dataset.proposal": "propose it again, or have the other person sign the same",
    "dataset.event": "list them: varinterp registry history CASE",
    "dataset.review": "look at the event's state first",
    "dataset.recontact": "list them: varinterp registry history CASE",
    "dataset.statement": "see docs/how-to/keep-the-registry.md",
    "dataset.program": "a person signs, under the person's own name",
}


def fault(rule: str, found: str, expected: str, place: str = "registry") -> Fault:
    """Return a fault whose advice is the rule's."""
    return Fault(rule=rule, file=place, found=found, expected=expected, advice=_ADVICE[rule])
