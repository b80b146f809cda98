"""What sources beside ClinVar say of an allele, as the report shows it: never counted."""

from collections.abc import Sequence
from dataclasses import dataclass

from varinterp.model.case import ReleaseLabel
from varinterp.model.external import (
    MITOMAP,
    LaboratoryAssertion,
    MitomapAllele,
    laboratory_source,
)
from varinterp.model.reads import FactsView
from varinterp.model.variant import Allele
from varinterp.report.releases import releases_of


@dataclass(frozen=True, slots=True)
class LaboratoryView:
    """A laboratory's own source, by its name in the catalogue, with its release."""

    name: str
    assertion: LaboratoryAssertion
    releases: tuple[ReleaseLabel, ...]


@dataclass(frozen=True, slots=True)
class ExternalView:
    """Every source that knows the allele; a source that does not is not named."""

    mitomap: MitomapAllele | None
    mitomap_releases: tuple[ReleaseLabel, ...]
    laboratories: tuple[LaboratoryView, ...]


def external_view(
    allele: Allele, facts: FactsView, releases: Sequence[ReleaseLabel]
) -> ExternalView:
    """Show what the analysis read of an allele, in order of the sources' names."""
    found = {source: value for (source, key), value in facts.items() if key == str(allele)}
    named = {source: laboratory_source(source) for source in sorted(found)}
    return ExternalView(
        mitomap=found.get(MITOMAP.source),
        mitomap_releases=releases_of(MITOMAP.source, releases),
        laboratories=tuple(
            LaboratoryView(name, found[source], releases_of(source, releases))
            for source, name in named.items()
            if name is not None
        ),
    )
