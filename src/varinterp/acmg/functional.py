"""PS3 and BS3: what functional assays show.

ClinGen SVI, Brnich 2019 (PMID 31892348): the odds of pathogenicity of an assay (OddsPath, table 3)
give the strength. Without odds an assay counts as supporting at most, and as moderate from eleven
pathogenic and benign control variants on. Only a well established assay counts, the strongest of
those that agree; where such assays disagree, none does. An assay shows a disease's mechanism:
without a known disease it says nothing.

Assays of splicing are no functional assays here: they speak through PVS1 and BP7 (Walker 2023,
PMID 37352859), and are another kind of entry.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from varinterp.acmg.question import Question
from varinterp.model.curation import Assay, Effect
from varinterp.model.evidence import Scalar, Strength, Verdict, met, not_assessed, not_met

_STEPS = {
    Effect.DAMAGING: (
        ("functional.ps3_very_strong", Strength.VERY_STRONG),
        ("functional.ps3_strong", Strength.STRONG),
        ("functional.ps3_moderate", Strength.MODERATE),
        ("functional.ps3_supporting", Strength.SUPPORTING),
    ),
    Effect.NORMAL: (
        ("functional.bs3_strong", Strength.STRONG),
        ("functional.bs3_moderate", Strength.MODERATE),
        ("functional.bs3_supporting", Strength.SUPPORTING),
    ),
}


@dataclass(frozen=True, slots=True)
class _Counted:
    """An assay that counts, and how much."""

    assay: Assay
    strength: Strength

    @property
    def order(self) -> tuple[int, str, str]:
        return (self.strength.points, self.assay.origin.date, self.assay.origin.id)


def ps3(ask: Question) -> Verdict:
    """Pathogenic, by OddsPath: a well established assay shows a damaging effect."""
    return _shown(ask, Effect.DAMAGING, Effect.NORMAL)


def bs3(ask: Question) -> Verdict:
    """Benign, by OddsPath: a well established assay shows no effect."""
    return _shown(ask, Effect.NORMAL, Effect.DAMAGING)


def _shown(ask: Question, effect: Effect, opposite: Effect) -> Verdict:
    if ask.inheritance is None:
        return not_assessed("no_known_disease")
    if not ask.curated():
        return not_assessed("curation.not_consulted")
    assays = [
        assay for found in ask.curations() for assay in found.assays if ask.holds(assay.scope)
    ]
    if not assays:
        return not_assessed("functional.no_assay")
    best = _strongest(ask, assays, effect)
    against = _strongest(ask, assays, opposite)
    if best is not None and against is not None:
        return not_assessed(
            "functional.conflicting", assay=best.assay.name, other=against.assay.name
        )
    if best is None:
        return _not_shown(ask, assays, effect)
    return met(best.strength, f"functional.{effect}", assays=len(assays), **_facts(best.assay))


def _strongest(ask: Question, assays: Sequence[Assay], effect: Effect) -> _Counted | None:
    counted = [
        _Counted(assay, strength)
        for assay in assays
        if assay.effect is effect
        and assay.established
        and (strength := _strength(ask, assay)) is not None
    ]
    return max(counted, key=lambda each: each.order, default=None)


def _strength(ask: Question, assay: Assay) -> Strength | None:
    """Return the strength that an assay's odds, or else its number of controls, give it."""
    if assay.odds_path is None:
        enough = (assay.controls or 0) >= ask.number("functional.moderate_controls")
        return Strength.MODERATE if enough else Strength.SUPPORTING
    for rule, strength in _STEPS[assay.effect]:
        limit = ask.number(rule)
        damaging = assay.effect is Effect.DAMAGING
        if assay.odds_path > limit if damaging else assay.odds_path < limit:
            return strength
    return None


def _not_shown(ask: Question, assays: Sequence[Assay], effect: Effect) -> Verdict:
    """Say why no assay counts: the nearest to counting is named."""
    showing = [assay for assay in assays if assay.effect is effect]
    if not showing:
        other = assays[-1]
        return not_met("functional.another_result", assay=other.name, effect=other.effect)
    established = [assay for assay in showing if assay.established]
    if not established:
        return not_met("functional.not_established", assay=showing[-1].name)
    rule, _ = _STEPS[effect][-1]
    return not_met(
        "functional.odds_too_near_one", limit=ask.number(rule), **_facts(established[-1])
    )


def _facts(assay: Assay) -> dict[str, Scalar]:
    return {
        "assay": assay.name,
        "odds_path": assay.odds_path,
        "controls": assay.controls,
        "pmid": assay.origin.pmid,
        "author": assay.origin.author,
        "entered_on": assay.origin.date,
    }
