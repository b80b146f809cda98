"""Rows of a list of founder and regional alleles, constructed."""

from core_builders import DISEASES, TANGO2
from varinterp.model.gene_disease import Inheritance
from varinterp.model.population import ListedAllele, Listing, RateMeasure


def listing(*overrides: str, **cells: object) -> Listing:
    values: dict[str, object] = {
        "source_list": "Constructed founder list",
        "hgnc": TANGO2.hgnc,
        "disease": DISEASES[TANGO2.hgnc],
        "inheritance": Inheritance.AUTOSOMAL_RECESSIVE,
        "region": "Constructed region",
        "measure": RateMeasure.CARRIER_RATE,
        "rate": "1/22",
        "overrides": overrides,
        "pmid": None,
        "curator": "A. Curator",
        "date": "2026-01-15",
        "reason": "Constructed for tests",
        "constructed": True,
    }
    return Listing(**(values | cells))  # type: ignore[arg-type]


def listed(*overrides: str, **cells: object) -> ListedAllele:
    return ListedAllele((listing(*overrides, **cells),))
