"""ClinVar's words: whole words of closed lists, never a part of one."""

import pytest

from varinterp.model.clinvar import Significance as S
from varinterp.sources.clinvar_words import SIGNIFICANCE, significance, stars


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Pathogenic", (S.PATHOGENIC,)),
        ("Pathogenic/Likely_pathogenic", (S.PATHOGENIC, S.LIKELY_PATHOGENIC)),
        ("Pathogenic|risk_factor", (S.PATHOGENIC, S.RISK_FACTOR)),
        ("Pathogenic; drug response", (S.PATHOGENIC, S.DRUG_RESPONSE)),
        ("Pathogenic,_risk_factor", (S.PATHOGENIC, S.RISK_FACTOR)),
        ("Pathogenic,_low_penetrance", (S.PATHOGENIC_LOW_PENETRANCE,)),
        ("Likely pathogenic, low penetrance", (S.LIKELY_PATHOGENIC_LOW_PENETRANCE,)),
        (
            "Pathogenic/Likely_pathogenic/Pathogenic,_low_penetrance/Established_risk_allele|other",
            (
                S.PATHOGENIC, S.LIKELY_PATHOGENIC, S.PATHOGENIC_LOW_PENETRANCE,
                S.ESTABLISHED_RISK_ALLELE, S.OTHER,
            ),
        ),
        ("Conflicting_classifications_of_pathogenicity", (S.CONFLICTING,)),
        ("Conflicting_interpretations_of_pathogenicity", (S.CONFLICTING,)),
        ("Uncertain_significance/VUS-high", (S.UNCERTAIN, S.VUS_HIGH)),
        ("Uncertain_significance/Uncertain_risk_allele", (S.UNCERTAIN, S.UNCERTAIN_RISK_ALLELE)),
        ("no_classifications_from_unflagged_records", (S.FLAGGED,)),
        ("no_classification_for_the_single_variant", ()),
        ("-", ()),
        ("5|0|255", (S.PATHOGENIC, S.UNCERTAIN, S.OTHER)),
        ("Benign|Benign", (S.BENIGN, S.BENIGN)),
    ],
)  # fmt: skip
def test_a_cell_is_read_word_by_word(text: str, words: tuple[S, ...]) -> None:
    assert significance(text) == words


@pytest.mark.parametrize("text", ["pathogenicc", "Pathogenic_low", "8", "", "Pathogenic|", "P"])
def test_another_word_stops(text: str) -> None:
    with pytest.raises(KeyError):
        significance(text)


def test_every_significance_can_be_met() -> None:
    assert set(SIGNIFICANCE.values()) == set(S)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("practice_guideline", 4),
        ("reviewed_by_expert_panel", 3),
        ("criteria_provided,_multiple_submitters,_no_conflicts", 2),
        ("criteria_provided_multiple_submitters_no_conflicts", 2),
        ("criteria provided, single submitter", 1),
        ("criteria_provided,_conflicting_classifications", 1),
        ("no_assertion_criteria_provided", 0),
        ("single|no_criteria", 1),
        ("-", None),
    ],
)
def test_stars_of_a_review_status(text: str, expected: int | None) -> None:
    assert stars(text) == expected


def test_an_unknown_review_status_stops() -> None:
    with pytest.raises(KeyError, match="criteria provided by a friend"):
        stars("criteria provided by a friend")
