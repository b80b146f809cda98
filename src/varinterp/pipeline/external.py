"""What sources beside ClinVar conclude of the candidates: MITOMAP, and the laboratory's own.

Facts that are shown and not counted. A release is a laboratory's own source when it says so
itself (`sources.laboratory`), whatever its name in the catalogue.
"""

from collections.abc import Mapping, Sequence

import polars as pl

from varinterp.model.case import Candidate
from varinterp.model.clinvar import Significance
from varinterp.model.external import (
    MITOMAP,
    LaboratoryAssertion,
    LaboratoryEntry,
    MitomapAllele,
    MitomapStatus,
    laboratory_fact,
)
from varinterp.model.reads import Facts
from varinterp.refs.lock import Releases
from varinterp.sources.allele_notes import Value, read_notes
from varinterp.sources.laboratory import IDENTITY


def external_facts(
    candidates: Sequence[Candidate], releases: Releases
) -> tuple[Facts, frozenset[str]]:
    """Return the facts of the candidates, and the sources that were consulted."""
    keys = pl.Series([c.allele.key for c in candidates], dtype=pl.UInt64)
    wanted = {str(candidate.allele) for candidate in candidates}
    facts: Facts = {}
    consulted = set()
    for release in releases:
        manifest = release.manifest
        if IDENTITY in manifest.files:
            source = laboratory_fact(manifest.source).source
            for allele, value in _known(read_notes(release.folder, keys), wanted).items():
                facts[(source, allele)] = _laboratory(value, constructed=manifest.constructed)
        elif manifest.source == MITOMAP.source:
            source = MITOMAP.source
            for allele, value in _known(read_notes(release.folder, keys), wanted).items():
                facts[(source, allele)] = _mitomap(value, constructed=manifest.constructed)
        else:
            continue
        consulted.add(source)
    return facts, frozenset(consulted)


def _known(found: Mapping[str, Value], wanted: set[str]) -> dict[str, Value]:
    """Leave out alleles that share a hashed key with a candidate."""
    return {allele: value for allele, value in found.items() if allele in wanted}


def _laboratory(value: Value, *, constructed: bool) -> LaboratoryAssertion:
    return LaboratoryAssertion(
        tuple(
            LaboratoryEntry(
                **{
                    **entry,
                    "classes": tuple(Significance(word) for word in entry["classes"]),
                }
            )
            for entry in value["entries"]
        ),
        constructed,
    )


def _mitomap(value: Value, *, constructed: bool) -> MitomapAllele:
    status, rating = value["status"], value["rating"]
    return MitomapAllele(
        status=None if status is None else MitomapStatus(status),
        rating=None if rating is None else Significance(rating),
        diseases=value["diseases"],
        stated=value["stated"],
        polymorphism=value["polymorphism"],
        count=value["count"],
        frequency=value["frequency"],
        constructed=constructed,
    )
