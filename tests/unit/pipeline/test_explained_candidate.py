"""An allele is found among the candidates however the laboratory's VCF wrote it."""

from dataclasses import replace

from core_builders import allele
from varinterp.pipeline.explain import as_candidate
from whole_analysis import analysis

ANALYSIS = analysis()


def test_a_candidate_is_itself() -> None:
    asked = ANALYSIS.candidates[0].allele

    assert as_candidate(ANALYSIS, asked) == asked


def test_the_form_of_the_vcf_is_known_too() -> None:
    first, *others = ANALYSIS.candidates
    written = replace(first, original="22-20061530-GGG-GAG")
    result = replace(ANALYSIS, candidates=(written, *others))

    assert as_candidate(result, allele("22-20061530-GGG-GAG")) == first.allele


def test_any_other_allele_stays_what_was_asked() -> None:
    asked = allele("22-100-A-G")

    assert as_candidate(ANALYSIS, asked) == asked
