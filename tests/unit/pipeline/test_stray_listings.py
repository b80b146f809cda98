"""A listing that holds for no hypothesis is not ignored in silence."""

from dataclasses import replace

import pytest

from core_builders import HOM, MISSENSE, TANGO2, calls, candidate, link
from varinterp.model.facts import GeneLinks
from varinterp.model.gene_disease import Inheritance
from varinterp.model.population import ListedAllele, Listing, RateMeasure
from varinterp.pipeline.population import stray_listings

LISTING = Listing(
    source_list="Constructed founder list",
    hgnc=TANGO2.hgnc,
    disease="OMIM:616878",
    inheritance=Inheritance.AUTOSOMAL_RECESSIVE,
    region="Constructed region",
    measure=RateMeasure.CARRIER_RATE,
    rate="1/22",
    overrides=("BA1",),
    pmid=None,
    curator="A. Curator",
    date="2026-01-15",
    reason="Constructed for tests",
    constructed=True,
)
LINKS = {TANGO2.hgnc: GeneLinks((link(),))}


def found(listing: Listing) -> list[str]:
    listed = candidate(MISSENSE, calls(proband=HOM), listed=ListedAllele((listing,)))
    warned = stray_listings([listed, listed], LINKS)
    assert all(reason.key == "warning.stray_listing" for reason in warned)
    return [str(reason["disease"]) for reason in warned]


def test_a_listing_for_a_disease_of_its_gene_gives_no_warning() -> None:
    assert found(LISTING) == []


@pytest.mark.parametrize(
    "strange",
    [
        replace(LISTING, disease="MONDO:0018895"),
        replace(LISTING, inheritance=Inheritance.AUTOSOMAL_DOMINANT),
        replace(LISTING, hgnc="HGNC:3579"),
    ],
    ids=["another id of the disease", "another mode", "another gene"],
)
def test_a_listing_that_no_release_can_meet_is_told_once(strange: Listing) -> None:
    assert found(strange) == [strange.disease]


def test_an_allele_that_is_not_listed_gives_no_warning() -> None:
    assert stray_listings([candidate(MISSENSE, calls(proband=HOM))], LINKS) == ()
