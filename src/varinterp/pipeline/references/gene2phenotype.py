"""Gene2Phenotype: role `records`, one file or one a panel.

The oldest tables name genes by symbol alone; MANE's genes, where the lock has them, say which gene
that is today.
"""

from collections.abc import Mapping
from pathlib import Path

from varinterp.pipeline.references.adapter import Adapter, Context
from varinterp.sources.curations import changed_curations, look_up_curations, write_curated
from varinterp.sources.gene2phenotype import read_gene2phenotype
from varinterp.sources.mane import read_genes
from varinterp.sources.material import Built, Material


def build(material: Material, context: Context, folder: Path) -> Built:
    """Write ``curations.parquet``."""
    records = material.every("records")
    return write_curated(read_gene2phenotype(records, material.source, _symbols(context)), folder)


def _symbols(context: Context) -> Mapping[str, str]:
    mane = context.releases.get("mane")
    return {gene.symbol: gene.hgnc for gene in read_genes(mane.folder)} if mane else {}


ADAPTER = Adapter(build=build, lookup=look_up_curations, changes=changed_curations)
