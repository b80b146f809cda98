"""HPO: roles `ontology` and `annotations`; `genes_to_disease`, `genes_to_phenotype` where given."""

from datetime import date
from pathlib import Path

from varinterp.pipeline.references.adapter import Adapter, Context
from varinterp.sources.hpo import ANNOTATIONS, TERMS, read_annotations, write_hpo_release
from varinterp.sources.hpo_changes import changed_hpo, look_up_hpo
from varinterp.sources.hpo_genes import GENES, write_gene_pairs
from varinterp.sources.material import Built, Material


def build(material: Material, context: Context, folder: Path) -> Built:
    """Write ``terms.parquet``, ``annotations.parquet`` and, with a file of genes, its pairs."""
    written = write_hpo_release(material.one("ontology"), material.one("annotations"), folder)
    diseases = read_annotations(folder).diseases.values()
    rows: dict[str, int | None] = dict(written.rows)
    counts = {
        "terms": written.rows[TERMS],
        "annotations": written.rows[ANNOTATIONS],
        "diseases": len(diseases),
        "described_diseases": sum(bool(disease.terms) for disease in diseases),
    }
    to_disease = material.optional("genes_to_disease")
    to_phenotype = material.optional("genes_to_phenotype")
    if to_disease or to_phenotype:
        rows[GENES] = counts["gene_pairs"] = write_gene_pairs(to_disease, to_phenotype, folder)
    return Built(rows, counts, stated=date.fromisoformat(written.release))


ADAPTER = Adapter(build=build, lookup=look_up_hpo, changes=changed_hpo)
