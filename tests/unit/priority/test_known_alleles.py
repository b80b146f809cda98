"""Known alleles that a frequency or a weak match would have hidden; what consent lets be told."""

from dataclasses import replace

import pytest

from core_builders import HOM, TANGO2, WEIGHTS, calls, link
from ranked import AD, AR, COMMON, MATCH, NOTHING, NULL, RELATED, SILENT, Place, phenotype, said
from varinterp.model.case import Tier
from varinterp.model.clinvar import Assertion, Significance
from varinterp.model.fit import does_not_fit, unknown
from varinterp.model.population import ListedAllele
from varinterp.priority.weights import Entry, ListUse, Weights
from whole_analysis import FOUNDER

LISTED = ListedAllele((FOUNDER,))
DOES_NOT, CANNOT_TELL = does_not_fit("does_not"), unknown("unknown")


def secondary(*genes: str) -> dict[tuple[ListUse, str], Entry]:
    entry = Entry("ACMG SF v3.3", "cancer", "a published source")
    return {(ListUse.SECONDARY, gene): entry for gene in genes}


OF_LIST = replace(WEIGHTS, listed=secondary(TANGO2.hgnc))


# Benign to us, pathogenic to others: HFE p.Cys282Tyr, GJB2 p.Val37Ile, CFTR p.Asp1152His


def test_a_common_allele_that_others_hold_for_pathogenic_is_kept_in_sight() -> None:
    found = Place((COMMON,), external=said(stars=2)).ranked()

    assert found.tier is Tier.KNOWN_ALLELE
    assert found.reason.key == "tier.known_benign"
    assert (found.reason["acmg_class"], found.reason["stars"]) == ("benign", 2)


def test_so_is_one_that_the_laboratory_lists_for_the_disease() -> None:
    found = Place((COMMON,), listed=LISTED).ranked()

    assert found.tier is Tier.KNOWN_ALLELE
    assert (found.reason["list"], found.reason["stars"]) == ("Constructed founder list", None)


def test_a_listing_for_another_disease_says_nothing() -> None:
    other = ListedAllele((replace(FOUNDER, disease="OMIM:999999"),))

    assert Place((COMMON,), listed=other).ranked().tier is Tier.NOT_RETAINED


@pytest.mark.parametrize(
    "external",
    [
        said(stars=0),
        said(stars=None),
        said(Significance.CONFLICTING),
        said(Significance.PATHOGENIC, Significance.BENIGN),
        said(Significance.RISK_FACTOR),
        said(Significance.PATHOGENIC_LOW_PENETRANCE),
    ],
    ids=["no star", "stars unknown", "conflict", "both sides", "risk factor", "low penetrance"],
)
def test_only_an_undisputed_word_with_stars_keeps_it(external: Assertion) -> None:
    assert Place((COMMON,), external=external).ranked().tier is Tier.NOT_RETAINED


def test_a_drug_response_beside_it_disputes_nothing() -> None:
    words = said(Significance.PATHOGENIC, Significance.DRUG_RESPONSE)

    assert Place((COMMON,), external=words).ranked().tier is Tier.KNOWN_ALLELE


def test_a_pair_is_kept_only_when_every_benign_allele_is_known() -> None:
    known = Place((COMMON, NULL), external={0: said()}).ranked()
    other = Place((COMMON, SILENT), external={0: said()}).ranked()

    assert known.tier is Tier.KNOWN_ALLELE
    assert (other.tier, other.reason["acmg_class"]) == (Tier.NOT_RETAINED, "benign")


def test_the_stars_are_those_of_the_allele_that_is_disputed() -> None:
    found = Place((COMMON, NULL), external={0: said(stars=1), 1: said(stars=4)}).ranked()

    assert (found.reason["acmg_class"], found.reason["stars"]) == ("benign", 1)


def test_a_genotype_that_contradicts_is_stronger_than_a_known_allele() -> None:
    found = Place((COMMON,), fit=DOES_NOT, external=said()).ranked()

    assert (found.tier, found.reason.key) == (Tier.NOT_RETAINED, "does_not")


def test_a_known_allele_that_nothing_hides_is_proposed_as_any_other() -> None:
    assert Place((NULL,), external=said()).ranked().tier is Tier.PROPOSED
    assert Place((NULL,), external=said(), fit=CANNOT_TELL).ranked().tier is Tier.POSSIBLE


# A weak match


def test_a_related_term_is_enough_to_be_shown() -> None:
    found = Place((NULL,)).ranked(RELATED)

    assert found.tier is Tier.PROPOSED
    assert (found.reason["exact"], found.reason["related"], found.reason["terms"]) == (0, 1, 2)


def test_what_is_none_of_the_patients_stays_unnamed_even_where_others_know_it() -> None:
    assert Place((NULL,), external=said()).ranked(NOTHING).tier is Tier.UNRELATED
    hidden = Place((COMMON,), external=said()).ranked(NOTHING)
    assert (hidden.tier, hidden.reason.key, hidden.reason["terms"]) == (
        Tier.UNRELATED,
        "tier.unrelated",
        2,
    )


def test_a_gene_of_secondary_findings_takes_a_phenotype_that_is_not_against_it() -> None:
    place = Place((NULL,), external=said())

    assert place.ranked(RELATED, OF_LIST).tier is Tier.PROPOSED
    assert place.ranked(phenotype(0.0, "related"), OF_LIST).tier is Tier.PROPOSED
    assert place.ranked(phenotype(-0.1, "related"), OF_LIST).tier is Tier.UNRELATED
    assert place.ranked(phenotype(-0.1, "related")).tier is Tier.PROPOSED
    assert place.ranked(MATCH, OF_LIST).tier is Tier.PROPOSED


# Consent


def test_a_secondary_finding_is_told_to_who_consented() -> None:
    found = Place((NULL,), disease=link(AD)).ranked(NOTHING, OF_LIST, consented=True)

    assert (found.tier, found.reason.key) == (Tier.SECONDARY, "tier.secondary")
    assert found.reason["list"] == "ACMG SF v3.3"


@pytest.mark.parametrize(
    ("place", "weights", "consented"),
    [
        pytest.param(Place((NULL,), disease=link(AD)), OF_LIST, False, id="no consent"),
        pytest.param(Place((NULL,), disease=link(AD)), WEIGHTS, True, id="not on the list"),
        pytest.param(Place(((),), disease=link(AD)), OF_LIST, True, id="uncertain"),
        pytest.param(Place((NULL,), disease=link(AR)), OF_LIST, True, id="a carrier"),
        pytest.param(
            Place((NULL,), disease=link(AD), genotypes=calls()),
            OF_LIST,
            True,
            id="a relative's alone",
        ),
    ],
)
def test_no_other_secondary_finding_is_named(
    place: Place, weights: Weights, consented: bool
) -> None:
    found = place.ranked(NOTHING, weights, consented=consented)

    assert found.tier is Tier.UNRELATED


def test_a_healthy_parent_with_the_allele_does_not_hide_a_secondary_finding() -> None:
    place = Place((NULL,), disease=link(AD), fit=does_not_fit("inheritance.unaffected_carrier"))

    assert place.ranked(NOTHING, OF_LIST, consented=True).tier is Tier.SECONDARY


def test_two_copies_of_a_recessive_gene_of_the_list_are_told() -> None:
    one = Place((NULL,), genotypes=calls(proband=HOM))
    two = Place((NULL, NULL))
    cis = Place((NULL, NULL), fit=does_not_fit("inheritance.in_cis"))

    assert one.ranked(NOTHING, OF_LIST, consented=True).tier is Tier.SECONDARY
    assert two.ranked(NOTHING, OF_LIST, consented=True).tier is Tier.SECONDARY
    assert cis.ranked(NOTHING, OF_LIST, consented=True).tier is Tier.UNRELATED


def test_two_alleles_whose_phase_nobody_knows_are_told_with_the_doubt() -> None:
    two = Place((NULL, NULL), fit=unknown("inheritance.phase_unknown"))
    found = two.ranked(NOTHING, OF_LIST, consented=True)

    assert (found.tier, found.reason.key) == (Tier.SECONDARY, "tier.secondary_phase_unknown")


def test_consent_moves_nothing_that_is_the_patients() -> None:
    place = Place((NULL,))

    assert place.ranked(MATCH, OF_LIST, consented=True).tier is place.ranked(MATCH).tier
