"""Near misses: a good single hit, an unknown phase, a second hit that the gates kept out."""

from dataclasses import replace

import pytest

from core_builders import HOM, TANGO2, allele, calls, link
from ranked import (
    AD,
    AR,
    ASIDE,
    COMMON,
    NULL,
    ONE,
    RELATED,
    SILENT,
    TWO,
    Place,
    result,
    said,
    single,
)
from varinterp.model.assessment import Uncertainty
from varinterp.model.case import CaseResult
from varinterp.model.fit import fits, unknown
from varinterp.priority.near_miss import Miss, near_misses

NO_PHASE = unknown("inheritance.phase_unknown")


def test_a_good_single_hit_in_a_recessive_gene_is_a_near_miss() -> None:
    (miss,) = near_misses(result(single()), 1)

    assert (miss.kind, miss.gene, miss.disease) == (Miss.SINGLE_HIT, TANGO2.hgnc, link(AR).disease)
    assert [str(key.allele) for key in miss.keys] == [ONE]
    assert (miss.rank, miss.reason["alleles"]) == (1, 1)


@pytest.mark.parametrize(
    "found",
    [
        pytest.param(result(single(())), id="an uncertain allele"),
        pytest.param(result(single(), match=RELATED), id="a disease that is none of the patient's"),
        pytest.param(result(single(), match=None), id="a disease that was not compared"),
        pytest.param(result(replace(single(), disease=link(AD))), id="a dominant disease"),
        pytest.param(
            result(replace(single(), genotypes=calls(proband=HOM))), id="not heterozygous"
        ),
        pytest.param(result(single(), single(fit=fits("x"), names=(TWO,))), id="another is shown"),
    ],
)
def test_nothing_else_is(found: CaseResult) -> None:
    assert near_misses(found, 1) == ()


def test_an_uncertain_allele_of_the_upper_third_and_one_known_to_others_are_good() -> None:
    assert near_misses(result(single(()), uncertainty=Uncertainty.HIGH), 1)
    assert near_misses(result(single(COMMON), external=said(stars=1)), 1)
    assert not near_misses(result(single(COMMON), external=said(stars=1)), 2)
    assert not near_misses(result(single(()), uncertainty=Uncertainty.MID), 1)


def test_a_good_allele_whose_partners_are_all_set_aside_is_a_single_hit() -> None:
    pair = Place((NULL, SILENT), fit=fits("inheritance.in_trans"))
    (miss,) = near_misses(result(pair), 1)

    assert [str(key.allele) for key in miss.keys] == [ONE]


def test_two_alleles_without_a_phase_are_a_near_miss_when_one_is_good() -> None:
    (miss,) = near_misses(result(Place((NULL, ()), fit=NO_PHASE)), 1)

    assert miss.kind is Miss.PHASE_UNKNOWN
    assert len(miss.keys) == 2
    assert near_misses(result(Place(((), ()), fit=NO_PHASE)), 1) == ()


def test_what_the_gates_set_aside_may_be_the_second_hit() -> None:
    not_carried = replace(ASIDE, allele=allele("22-20061685-T-A"), carried=False)
    (miss,) = near_misses(result(single()), 1, {TANGO2.hgnc: [not_carried, ASIDE]})

    assert miss.second == (ASIDE,)
    assert miss.reason["second"] == 1
