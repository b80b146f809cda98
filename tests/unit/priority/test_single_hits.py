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
from varinterp.model.case import CaseResult, Tier
from varinterp.model.clinvar import Significance
from varinterp.model.copy_number import CopyNumber
from varinterp.model.evidence import Reason
from varinterp.model.fit import Fit, does_not_fit, fits, unknown
from varinterp.priority.near_miss import Miss, near_misses

NO_PHASE = unknown("inheritance.phase_unknown")


def test_a_good_single_hit_in_a_recessive_gene_is_a_near_miss() -> None:
    (miss,) = near_misses(result(single()), 1)

    assert (miss.kind, miss.gene, miss.disease) == (Miss.SINGLE_HIT, TANGO2.hgnc, link(AR).disease)
    assert [str(key.allele) for key in miss.keys] == [ONE]
    assert (miss.rank, miss.reason.key, miss.reason["alleles"]) == (1, "near_miss.single_hit", 1)
    assert miss.disease_name == "a disease"


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


def test_a_release_without_stars_is_heard_where_nothing_disputes_it() -> None:
    conflict = said(Significance.PATHOGENIC, Significance.BENIGN, stars=None)

    assert near_misses(result(single(COMMON), external=said(stars=None)), 1)
    assert not near_misses(result(single(COMMON), external=conflict), 1)


def test_a_good_allele_whose_partners_are_all_set_aside_is_a_single_hit() -> None:
    pair = Place((NULL, SILENT), fit=fits("inheritance.in_trans"))
    (miss,) = near_misses(result(pair), 1)

    assert [str(key.allele) for key in miss.keys] == [ONE]


def test_two_alleles_without_a_phase_are_a_near_miss_when_one_is_good() -> None:
    (miss,) = near_misses(result(Place((NULL, ()), fit=NO_PHASE)), 1)

    assert (miss.kind, miss.reason.key) == (Miss.PHASE_UNKNOWN, "near_miss.phase_unknown")
    assert len(miss.keys) == 2
    assert near_misses(result(Place(((), ()), fit=NO_PHASE)), 1) == ()


def test_what_the_gates_set_aside_may_be_the_second_hit() -> None:
    not_carried = replace(ASIDE, allele=allele("22-20061685-T-A"), carried=False)
    (miss,) = near_misses(result(single()), 1, {TANGO2.hgnc: [not_carried, ASIDE]})

    assert miss.second == (ASIDE,)
    assert (miss.reason.key, miss.reason["second"]) == ("near_miss.single_hit_beside", 1)


def test_where_nobody_looked_at_the_gates_nothing_is_said_of_them() -> None:
    (unasked,) = near_misses(result(single()), 1)
    (nothing,) = near_misses(result(single()), 1, {TANGO2.hgnc: []})

    assert dict(unasked.reason.facts) == {"alleles": 1}
    assert nothing.reason["second"] == 0


@pytest.mark.parametrize(("frequency", "kept"), [(None, 1), (0.15, 1), (0.18, 0)])
def test_a_common_allele_is_no_second_hit(frequency: float | None, kept: int) -> None:
    """Beyond the limit of the gate for known alleles nobody holds one for pathogenic."""
    gate = Reason.of("explain.known", significance=None, frequency=frequency, limit=0.15)
    common = replace(ASIDE, failed=(*ASIDE.failed, ("known", gate)))
    (miss,) = near_misses(result(single()), 1, {TANGO2.hgnc: [common]})

    assert len(miss.second) == miss.reason["second"] == kept


def test_a_second_hit_that_failed_one_gate_comes_before_one_that_failed_two() -> None:
    twice = replace(ASIDE, allele=allele("22-20055981-G-A"), failed=ASIDE.failed * 2)
    last = replace(ASIDE, allele=allele("22-20061685-T-A"))
    (miss,) = near_misses(result(single()), 1, {TANGO2.hgnc: [last, twice, ASIDE]})

    assert miss.second == (ASIDE, last, twice)


@pytest.mark.parametrize(
    "fit",
    [
        pytest.param(fits("inheritance.in_trans"), id="set aside by a panel, say"),
        pytest.param(does_not_fit("inheritance.unaffected_relative"), id="a healthy sibling's"),
    ],
)
def test_two_good_alleles_that_were_set_aside_are_no_single_hit(fit: Fit) -> None:
    """They stand among what was not retained, with the reason; to speak of one copy is wrong."""
    assert near_misses(outside(Place((NULL, NULL), fit=fit)), 1) == ()


def test_two_good_alleles_on_one_copy_are_a_single_hit() -> None:
    (miss,) = near_misses(result(Place((NULL, NULL), fit=does_not_fit("inheritance.in_cis"))), 1)

    assert miss.kind is Miss.SINGLE_HIT
    assert len(miss.keys) == 2


def outside(place: Place) -> CaseResult:
    """A case whose filtering panel does not hold the gene."""
    found = result(place)
    aside = [replace(each, tier=Tier.NOT_RETAINED) for each in found.ranking]
    return replace(found, ranking=tuple(aside))


def test_near_misses_come_in_the_order_of_the_ranking() -> None:
    other = replace(single(), disease=link(AR, disease="OMIM:900000"))
    found = near_misses(result(other, single()), 1)

    assert [(each.rank, each.disease) for each in found] == [
        (1, "OMIM:900000"),
        (2, link(AR).disease),
    ]


def test_a_single_hit_is_told_at_its_best_place() -> None:
    uncertain = single((), names=(TWO,))
    (miss,) = near_misses(result(uncertain, single(), single()), 1)

    assert (miss.rank, [str(key.allele) for key in miss.keys]) == (2, [ONE])


def test_an_allele_beside_a_loss_that_is_set_aside_has_its_second_hit() -> None:
    loss = CopyNumber.parse("22-20050000-20064000-DEL-1")
    beside = replace(fits("inheritance.in_trans_with_copy"), copy_number=loss)
    contradicted = replace(does_not_fit("inheritance.affected_without_pair"), copy_number=loss)
    alone = unknown("inheritance.member_without_call")

    assert near_misses(outside(single(fit=beside)), 1) == ()
    assert len(near_misses(outside(single(fit=contradicted)), 1)) == 1
    assert len(near_misses(outside(single(fit=alone)), 1)) == 1
