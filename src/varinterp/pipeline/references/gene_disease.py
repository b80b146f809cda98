"""Gene-disease links: a laboratory's own (role `links`), derived from curators' releases, or both.

What is derived is read from the releases that the catalogue says this source uses: `gencc`,
`clingen_validity` and `gene2phenotype` (any of them, and `orphanet_product6` for mechanisms),
`clingen_dosage`, `mondo_mappings` and `hpo` for the diseases' ids, `mane` for the genes'. A link
stays known since the release before knew it.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from varinterp.errors import ReleaseError
from varinterp.model.gene_disease import GeneDisease, Mechanism
from varinterp.pipeline.references.adapter import Adapter, Context
from varinterp.sources.clingen_dosage import read_dosage
from varinterp.sources.curations import Curation, read_curations
from varinterp.sources.derived_links import (
    Derived,
    Dosage,
    LinkKey,
    derive_links,
    known_since,
    with_own,
)
from varinterp.sources.disease_naming import DiseaseNaming
from varinterp.sources.gene_disease import (
    LINKS,
    changed_links,
    look_up_links,
    read_gene_disease_tsv,
    read_links_file,
    write_gene_disease,
)
from varinterp.sources.hpo import read_annotations
from varinterp.sources.mane import read_genes
from varinterp.sources.material import Built, Material
from varinterp.sources.mondo import Mappings, read_mappings

CURATORS = ("clingen_validity", "gencc", "gene2phenotype", "orphanet_product6")


def build(material: Material, context: Context, folder: Path) -> Built:
    """Write ``links.parquet``."""
    tsv = material.optional("links")
    own = read_gene_disease_tsv(tsv) if tsv else ()
    curations = tuple(_curations(context))
    if tsv is None and not curations:
        raise ReleaseError(
            f"{material.source}@{material.release}: no file for links and none of "
            f"{', '.join(CURATORS)} is built; give --file links=PATH or build one of them"
        )
    derived = derive_links(
        curations, _naming(context), _dosage(context, curations), _previous(context)
    )
    return _written(derived, with_own(derived.links, own), folder)


def _written(derived: Derived, links: Iterable[GeneDisease], folder: Path) -> Built:
    all_ = tuple(links)
    counts = {
        "links": len(all_),
        "genes": len({link.hgnc for link in all_}),
        "raising_hypotheses": sum(link.validity.raises_hypotheses for link in all_),
        "conflicting": sum(link.conflicting for link in all_),
        "loss_of_function": sum(link.mechanism is Mechanism.LOSS_OF_FUNCTION for link in all_),
        "with_phenotype_id": sum(link.disease.startswith(("OMIM:", "ORPHA:")) for link in all_),
    }
    return Built({LINKS: write_gene_disease(all_, folder)}, counts, derived.set_aside)


def _curations(context: Context) -> Iterator[Curation]:
    for source in CURATORS:
        release = context.releases.get(source)
        if release is not None:
            yield from read_curations(release.folder)


def _naming(context: Context) -> DiseaseNaming:
    mondo, hpo = context.releases.get("mondo_mappings"), context.releases.get("hpo")
    mappings = read_mappings(mondo.folder) if mondo else Mappings({}, {}, {})
    described = read_annotations(hpo.folder).phenotypes if hpo else {}
    return DiseaseNaming(mappings, frozenset(described))


def _dosage(context: Context, curations: Iterable[Curation]) -> Dosage:
    """Return ClinGen's scores by HGNC id: MANE's pairing of ids first, then curators' symbols."""
    release, mane = context.releases.get("clingen_dosage"), context.releases.get("mane")
    if release is None:
        return {}
    symbols = {row.gene: row.hgnc for row in curations}
    numbers = {gene.ncbi: gene.hgnc for gene in read_genes(mane.folder)} if mane else {}
    found = {}
    for key, row in read_dosage(release.folder).items():
        hgnc = numbers.get(key.removeprefix("NCBIGene:")) or symbols.get(row["name"])
        if hgnc is not None:
            found[hgnc] = row
    return found


def _previous(context: Context) -> dict[LinkKey, str]:
    if context.previous is None:
        return {}
    return known_since(read_links_file(context.previous / LINKS))


ADAPTER = Adapter(build=build, lookup=look_up_links, changes=changed_links)
