"""What a gene specification says of a criterion as a whole: not used, or used up to a strength.

A specification states ``criterion.<code>.strengths``: the strengths that its panel allows, none
for a criterion that it does not use. ClinGen's criteria specifications state it in that form.
"""

from varinterp.acmg.question import VOID, Question
from varinterp.model.evidence import (
    Because,
    Criterion,
    Strength,
    Verdict,
    lowered,
    not_assessed,
    not_met,
)

NOT_APPLICABLE = "not_applicable"
"""The one word of a criterion that a specification does not use."""


_ORDER = {strength: place for place, strength in enumerate(Strength)}
"""Stand-alone above very strong, though the two count the same points."""


def inapplicable(criterion: Criterion, question: Question) -> Verdict | None:
    """Return why a criterion is not used in this gene and disease; None where it is."""
    if question.own_words(strengths_rule(criterion)) == (NOT_APPLICABLE,):
        return not_assessed("specification.not_applicable", specification=question.rules)
    return None


def within_allowed(criterion: Criterion, verdict: Verdict, question: Question) -> Verdict:
    """Lower a strength that the specification does not allow to the next one that it does."""
    allowed = question.own_words(strengths_rule(criterion))
    if verdict.strength is None or not allowed:
        return verdict
    steps = [Strength(word) for word in allowed if word != VOID]
    lower = [step for step in steps if _ORDER[step] <= _ORDER[verdict.strength]]
    if not lower:
        return not_met(
            "specification.strength_not_used",
            specification=question.rules,
            strength=verdict.strength,
        )
    highest = max(lower, key=_ORDER.__getitem__)
    if highest is verdict.strength:
        return verdict
    return lowered(verdict, highest, Because.SPECIFICATION)


def strengths_rule(criterion: Criterion) -> str:
    """Return the rule that a specification states a criterion's strengths under."""
    return f"criterion.{criterion}.strengths"
