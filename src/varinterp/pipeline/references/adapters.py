"""Which module reads which source; each is imported only when it is asked for."""

from importlib import import_module

from varinterp.errors import ReleaseError
from varinterp.pipeline.references.adapter import Adapter
from varinterp.refs.catalogue import Source

ADAPTERS = frozenset(
    {
        "alphamissense", "cadd", "clingen_dosage", "clingen_validity", "clinvar",
        "copy_number_points", "curation",
        "gencc", "gene2phenotype", "gene_disease", "gnomad", "gnomad_constraint", "gnomad_exons",
        "gnomad_sv", "hpo", "laboratory", "listed_alleles", "local_frequency", "mane", "mitomap",
        "mondo_mappings", "orphanet_product6", "own_cases", "panelapp", "panels", "phylop",
        "repeats", "revel", "spliceai", "vep",
    }
)  # fmt: skip
"""The modules of this package that end with an `ADAPTER`."""


def adapter_of(name: str, source: Source) -> Adapter:
    """Return the adapter of a source of the catalogue.

    Raises ReleaseError when the catalogue names one that varinterp does not have.
    """
    wanted = source.adapter or name
    if wanted not in ADAPTERS:
        raise ReleaseError(
            f"the catalogue's {name} asks for the adapter {wanted}; varinterp has "
            f"{', '.join(sorted(ADAPTERS))}"
        )
    adapter: Adapter = import_module(f"varinterp.pipeline.references.{wanted}").ADAPTER
    return adapter
