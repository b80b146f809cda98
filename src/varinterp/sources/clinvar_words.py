"""ClinVar's words of significance and review status, as they stood from 2014 to 2026: closed lists.

Read for this: the values and their numbers in VCFs of 2014 to 2017 and 2021 to 2026; ClinVar's
pages on clinical significance and on review status; dbSNP's table of class codes (NBK174586).
``_`` stands for a blank in a VCF. A word that is in no list stops the reading.
"""

import re
from collections.abc import Mapping
from typing import TypeVar

from varinterp.model.clinvar import Significance as S

T = TypeVar("T")

NO_WORDS: frozenset[str] = frozenset(
    {
        "-",
        "no classification for the single variant",
        "no interpretation for the single variant",
    }
)
"""What stands where there is no germline classification of the allele itself."""

SIGNIFICANCE: Mapping[str, S] = {
    "pathogenic": S.PATHOGENIC,
    "likely pathogenic": S.LIKELY_PATHOGENIC,
    "uncertain significance": S.UNCERTAIN,
    "likely benign": S.LIKELY_BENIGN,
    "benign": S.BENIGN,
    "conflicting classifications of pathogenicity": S.CONFLICTING,
    "conflicting interpretations of pathogenicity": S.CONFLICTING,
    "conflicting data from submitters": S.CONFLICTING,
    "vus-high": S.VUS_HIGH,
    "vus-mid": S.VUS_MID,
    "vus-low": S.VUS_LOW,
    "pathogenic, low penetrance": S.PATHOGENIC_LOW_PENETRANCE,
    "likely pathogenic, low penetrance": S.LIKELY_PATHOGENIC_LOW_PENETRANCE,
    "low penetrance": S.LOW_PENETRANCE,
    "established risk allele": S.ESTABLISHED_RISK_ALLELE,
    "likely risk allele": S.LIKELY_RISK_ALLELE,
    "uncertain risk allele": S.UNCERTAIN_RISK_ALLELE,
    "drug response": S.DRUG_RESPONSE,
    "risk factor": S.RISK_FACTOR,
    "association": S.ASSOCIATION,
    "association not found": S.ASSOCIATION_NOT_FOUND,
    "protective": S.PROTECTIVE,
    "affects": S.AFFECTS,
    "confers sensitivity": S.CONFERS_SENSITIVITY,
    "histocompatibility": S.HISTOCOMPATIBILITY,
    "not provided": S.NOT_PROVIDED,
    "no classifications from unflagged records": S.FLAGGED,
    "other": S.OTHER,
    # The codes of VCFs before October 2017.
    "0": S.UNCERTAIN, "1": S.NOT_PROVIDED, "2": S.BENIGN, "3": S.LIKELY_BENIGN,
    "4": S.LIKELY_PATHOGENIC, "5": S.PATHOGENIC, "6": S.DRUG_RESPONSE,
    "7": S.HISTOCOMPATIBILITY, "255": S.OTHER,
}  # fmt: skip

STARS: Mapping[str, int] = {
    "practice guideline": 4,
    "reviewed by expert panel": 3,
    "criteria provided multiple submitters no conflicts": 2,
    "criteria provided single submitter": 1,
    "criteria provided conflicting classifications": 1,
    "criteria provided conflicting interpretations": 1,
    "no assertion criteria provided": 0,
    "no classification provided": 0,
    "no assertion provided": 0,
    "no classification for the single variant": 0,
    "no interpretation for the single variant": 0,
    "no assertion for the individual variant": 0,
    "no classifications from unflagged records": 0,
    "flagged submission": 0,
    # The short words of VCFs before October 2017.
    "guideline": 4, "exp": 3, "mult": 2, "single": 1, "conf": 1, "no criteria": 0,
    "no assertion": 0,
}  # fmt: skip
"""Gold stars of each review status, its commas left out."""

FLAGGED_SUBMISSION = "flagged submission"
_LOW_PENETRANCE = re.compile(r",\s*low penetrance")


def significance(text: str) -> tuple[S, ...]:
    """Return the words of a cell, in its order; none where the allele itself has no class.

    A cell holds one aggregate (``Pathogenic/Likely_pathogenic|risk_factor``) or, before 2018, a
    word for each condition. Raises KeyError with the word that is in no list.
    """
    plain = _LOW_PENETRANCE.sub("\0", text.replace("_", " "))
    words = [_known(part) for part in re.split(r"[|/;,]", plain)]
    return tuple(word for word in words if word is not None)


def stars(text: str) -> int | None:
    """Return the stars of a review status, the highest of several; None where there is none.

    Raises KeyError with the word that is in no list.
    """
    found = [_stars(part) for part in text.replace("_", " ").split("|")]
    return max((star for star in found if star is not None), default=None)


def _known(part: str) -> S | None:
    word = part.replace("\0", ", low penetrance").strip()
    return None if word.lower() in NO_WORDS else _found(SIGNIFICANCE, word)


def _stars(part: str) -> int | None:
    word = part.replace(",", "").strip()
    return None if word == "-" else _found(STARS, word)


def _found(words: Mapping[str, T], word: str) -> T:
    try:
        return words[word.lower()]
    except KeyError:
        raise KeyError(word) from None
