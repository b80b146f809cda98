"""A ClinVar of the real size on an invented genome: 3.5 million alleles, 5.8 million submissions.

    reference.fa, transcripts.parquet   24 contigs; 19,000 transcripts of ten exons, half reverse
    old/, new/                          clinvar.vcf.gz; new/ also submission_summary.txt.gz

Four in five alleles are coding, 92 % are substitutions; between the two VCFs 1 % of the alleles go,
1 % come and 3 % get another class. ``python -m benchmarks.clinvar_files FOLDER SIZE``.
"""

import gzip
import sys
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa
import pysam
from numpy.typing import NDArray

from varinterp.model.chromosome import Chromosome
from varinterp.sources.parquet import write_table
from varinterp.sources.transcripts import TRANSCRIPTS_FILE, TRANSCRIPTS_SCHEMA

ALLELES = 3_500_000
SUBMISSIONS = 5_800_000
TRANSCRIPTS = 19_200
SEED = 20_260_804
_CHROMOSOMES = tuple(Chromosome)[:24]
_EXONS, _EXON, _INTRON, _BETWEEN = 10, 159, 90, 400
_SPAN = _EXONS * (_EXON + _INTRON) + _BETWEEN
_BASES = np.frombuffer(b"ACGT", dtype=np.uint8)
_COMPLEMENT = np.array([3, 2, 1, 0])
_CODONS = np.array([i for i in range(64) if i not in (48, 50, 56)])  # no TAA, TAG, TGA
Codes = NDArray[np.int64]

_HEAD = """##fileformat=VCFv4.1
##fileDate=2026-08-04
##source=ClinVar
##reference=GRCh38
##INFO=<ID=CLNSIG,Number=.,Type=String,Description="Aggregate germline classification">
#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO
"""
_WORDS = (
    ("Uncertain_significance", 0.53), ("Likely_benign", 0.26), ("Benign", 0.05),
    ("Pathogenic", 0.045), ("Conflicting_classifications_of_pathogenicity", 0.045),
    ("Likely_pathogenic", 0.03), ("Benign/Likely_benign", 0.02),
    ("Pathogenic/Likely_pathogenic", 0.015), ("not_provided", 0.004), ("drug_response", 0.0005),
    ("Pathogenic,_low_penetrance", 0.0005),
)  # fmt: skip
_REVIEWS = (
    ("criteria_provided,_single_submitter", 0.75),
    ("criteria_provided,_multiple_submitters,_no_conflicts", 0.18),
    ("no_assertion_criteria_provided", 0.05),
    ("reviewed_by_expert_panel", 0.02),
)
_TERMS = (
    ("Uncertain significance", 0.5), ("Likely benign", 0.24), ("Benign", 0.11),
    ("Pathogenic", 0.08), ("Likely pathogenic", 0.05), ("not provided", 0.01),
    ("drug response", 0.002), ("-", 0.005), ("risk factor", 0.003),
)  # fmt: skip
_STATUSES = (
    ("criteria provided, single submitter", 0.9), ("no assertion criteria provided", 0.06),
    ("reviewed by expert panel", 0.01), ("flagged submission", 0.01),
    ("no classification provided", 0.02),
)  # fmt: skip
_SUBMISSION_COLUMNS = (
    "VariationID\tClinicalSignificance\tDateLastEvaluated\tDescription\tSubmittedPhenotypeInfo\t"
    "ReportedPhenotypeInfo\tReviewStatus\tCollectionMethod\tOriginCounts\tSubmitter\tSCV\t"
    "SubmittedGeneSymbol\tExplanationOfInterpretation\tSomaticClinicalImpact\tOncogenicity\t"
    "ContributesToAggregateClassification"
)


def make(folder: Path, size: float) -> None:
    """Write everything of a size."""
    rng = np.random.default_rng(SEED)
    for name in ("old", "new"):
        (folder / name).mkdir(parents=True)
    genome = {name: _chromosome(int(TRANSCRIPTS * size / 24), rng) for name in _CHROMOSOMES}
    _write_reference(genome, folder / "reference.fa")
    _write_transcripts(genome, folder / TRANSCRIPTS_FILE)
    _write_releases(genome, int(ALLELES * size / 24), folder, rng)
    _write_submissions(int(SUBMISSIONS * size), int(ALLELES * size), folder / "new", rng)


def _chromosome(transcripts: int, rng: np.random.Generator) -> Codes:
    """Return a chromosome's bases as codes: random, with exons that translate without a stop."""
    bases = rng.integers(0, 4, transcripts * _SPAN)
    codons = _CODONS[rng.integers(0, _CODONS.size, (transcripts, _EXONS * _EXON // 3))]
    codons[:, 0], codons[:, -1] = 14, 48  # ATG, TAA in the order A, C, G, T
    coding = np.stack([codons // 16, codons // 4 % 4, codons % 4], axis=2)
    coding = coding.reshape(transcripts, _EXONS * _EXON)
    coding[1::2] = _COMPLEMENT[coding[1::2, ::-1]]
    starts = np.arange(transcripts)[:, None] * _SPAN + np.arange(_EXONS) * (_EXON + _INTRON)
    places = starts[:, :, None] + np.arange(_EXON)
    bases[places.reshape(transcripts, -1)] = coding
    return bases


def _write_reference(genome: dict[Chromosome, Codes], path: Path) -> None:
    with path.open("wb") as out:
        for name, bases in genome.items():
            text = _BASES[bases].tobytes()
            out.write(f">{name.value}\n".encode())
            out.writelines(text[at : at + 60] + b"\n" for at in range(0, len(text), 60))
    pysam.faidx(str(path))


def _write_transcripts(genome: dict[Chromosome, Codes], path: Path) -> None:
    rows = []
    for name, bases in genome.items():
        for number in range(bases.size // _SPAN):
            starts = [number * _SPAN + exon * (_EXON + _INTRON) + 1 for exon in range(_EXONS)]
            label = f"{name.code:02d}{number:06d}"
            rows.append(
                {
                    "id": f"ENST{label:0>11}.1", "gene": f"GENE{label}", "hgnc": None,
                    "chromosome": name.value, "strand": -1 if number % 2 else 1,
                    "exon_starts": starts, "exon_ends": [start + _EXON - 1 for start in starts],
                    "cds_start": starts[0], "cds_end": starts[-1] + _EXON - 1, "mane": "select",
                }
            )  # fmt: skip
    write_table(pa.Table.from_pylist(rows, TRANSCRIPTS_SCHEMA), path)


def _write_releases(
    genome: dict[Chromosome, Codes], alleles: int, folder: Path, rng: np.random.Generator
) -> None:
    """Write both VCFs a chromosome at a time, and bgzip them."""
    plain = {name: folder / name / "clinvar.vcf" for name in ("old", "new")}
    for path in plain.values():
        path.write_text(_HEAD)
    first = 1
    for name, bases in genome.items():
        old = _alleles(name, bases, alleles, first, rng)
        chance = pl.Series(rng.random(old.height))
        again = _said(old.height, rng)
        new = old.with_columns(
            pl.when(chance < 0.03).then(again[each]).otherwise(each).alias(each)
            for each in ("words", "review")
        )
        for release, kept in ((old, chance < 0.99), (new, chance > 0.01)):
            path = plain["old" if release is old else "new"]
            with path.open("a") as out:
                _lines(release.filter(kept)).write_csv(
                    out, separator="\t", include_header=False, quote_style="never"
                )
        first += alleles
    for path in plain.values():
        pysam.tabix_compress(str(path), f"{path}.gz", force=True)
        path.unlink()


def _alleles(
    name: Chromosome, bases: Codes, count: int, first: int, rng: np.random.Generator
) -> pl.DataFrame:
    """Draw alleles, different ones, in order of place."""
    whole = rng.integers(0, bases.size // _SPAN, count * 2) * _SPAN
    within = rng.integers(0, _EXONS, count * 2) * (_EXON + _INTRON)
    length = np.where(rng.random(count * 2) < 0.8, _EXON, _EXON + _INTRON)
    at = whole + within + (rng.random(count * 2) * length).astype(np.int64)
    other = (bases[at] + rng.integers(1, 4, at.size)) % 4
    different = np.unique(at * 4 + other)
    chosen = np.sort(rng.choice(different, min(count, different.size), replace=False))
    at, other = chosen // 4, chosen % 4
    text = _BASES[bases].tobytes().decode()
    deleted = np.where(rng.random(at.size) < 0.05, rng.integers(1, 5, at.size), 0)
    ref = [text[place : place + 1 + more] for place, more in zip(at, deleted, strict=True)]
    inserted = np.where(rng.random(at.size) < 0.03, rng.integers(1, 5, at.size), 0)
    letters = np.array(list("ACGT"))[other].tolist()
    alt = [
        base if not more and not gone else r[0] if gone else r[0] + base * more
        for base, more, gone, r in zip(letters, inserted, deleted, ref, strict=True)
    ]
    return pl.DataFrame(
        {
            "chromosome": [name.value] * at.size,
            "position": at + 1,
            "id": np.arange(first, first + at.size),
            "ref": ref,
            "alt": alt,
        }
    ).hstack(_said(at.size, rng))


def _said(count: int, rng: np.random.Generator) -> pl.DataFrame:
    diseases = pl.Series([f"Disease_of_the_name_{i},_type_{i % 9}" for i in range(9000)])
    one, two = (diseases.gather(rng.integers(0, 9000, count)) for _ in range(2))
    both = pl.Series(rng.random(count) < 0.4)
    frame = pl.DataFrame({"one": one, "two": two, "both": both})
    return frame.select(
        _drawn("words", _WORDS, count, rng),
        _drawn("review", _REVIEWS, count, rng),
        conditions=pl.when("both")
        .then(pl.format("{}|{}|not_provided", "one", "two"))
        .otherwise("one"),
    )


def _drawn(
    name: str, table: tuple[tuple[str, float], ...], count: int, rng: np.random.Generator
) -> pl.Series:
    words, shares = zip(*table, strict=True)
    chance = np.array(shares) / sum(shares)
    return pl.Series(name, words).gather(rng.choice(len(words), count, p=chance))


def _lines(alleles: pl.DataFrame) -> pl.DataFrame:
    info = pl.format(
        "AF_ESP=0.00100;ALLELEID={};CLNDISDB=Human_Phenotype_Ontology:HP:0000001,MONDO:"
        "MONDO:0009861,MedGen:C0751436,OMIM:261600,Orphanet:716;CLNDN={};CLNHGVS=NC_0000.12:g.{}{}"
        ">{};CLNREVSTAT={};CLNSIG={};CLNSIGSCV=SCV00{}|SCV01{};CLNVC=single_nucleotide_variant;"
        "CLNVCSO=SO:0001483;GENEINFO=PAH:5053;MC=SO:0001583|missense_variant;ORIGIN=1;RS={}",
        "id", "conditions", "position", "ref", "alt", "review", "words", "id", "id", "id",
    )  # fmt: skip
    dot = pl.lit(".")
    return alleles.select(
        "chromosome", "position", "id", "ref", "alt", dot.alias("q"), dot.alias("f"),
        info.alias("info"),
    )  # fmt: skip


def _write_submissions(count: int, variations: int, folder: Path, rng: np.random.Generator) -> None:
    """Write the submissions in pieces, by variation."""
    laboratories = pl.Series([f"Laboratory of genetics {i}, University {i}" for i in range(2800)])
    conditions = pl.Series(
        [f"C{1000000 + i}:Disease of the name {i}, type {i % 9}" for i in range(9000)]
        + ["C3661900:not provided;C0027672:Hereditary cancer-predisposing syndrome"] * 3000
    )
    of = np.sort(rng.integers(1, variations, count))
    with gzip.open(folder / "submission_summary.txt.gz", "wb", compresslevel=1) as out:
        out.write(b"##Overview of interpretation, phenotypes, observations, and methods\n")
        out.write(f"#{_SUBMISSION_COLUMNS}\n".encode())
        for start in range(0, count, 200_000):
            part = _submissions(of[start : start + 200_000], start, laboratories, conditions, rng)
            out.write(
                part.write_csv(separator="\t", include_header=False, quote_style="never").encode()
            )


def _submissions(
    of: Codes, start: int, laboratories: pl.Series, conditions: pl.Series, rng: np.random.Generator
) -> pl.DataFrame:
    count = of.size
    days = pl.Series(rng.integers(16_000, 20_600, count)).cast(pl.Date).dt.strftime("%b %d, %Y")
    text = "This sequence change replaces one amino acid with another at a conserved place. " * 5
    status = _drawn("status", _STATUSES, count, rng)
    dash = pl.lit("-")
    return pl.DataFrame(
        {
            "of": of,
            "date": days,
            "text": pl.Series([text]).new_from_index(0, count),
            "length": rng.integers(0, len(text), count),
            "chance": rng.random(count),
            "condition": conditions.gather(rng.integers(0, conditions.len(), count)),
            "laboratory": laboratories.gather(rng.zipf(1.25, count) % 2800),
            "scv": np.arange(start + 1, start + count + 1),
        }
    ).select(
        "of",
        _drawn("term", _TERMS, count, rng),
        pl.when(pl.col("chance") < 0.1).then(dash).otherwise("date").alias("date"),
        pl.col("text").str.slice(0, pl.col("length")),
        dash.alias("a"), "condition", status, pl.lit("clinical testing").alias("b"),
        pl.lit("germline:1").alias("c"), "laboratory",
        pl.format("SCV{}.{}", pl.col("scv").cast(pl.String).str.zfill(9), pl.col("scv") % 3 + 1),
        pl.lit("GENE").alias("d"), dash.alias("e"), dash.alias("f"), dash.alias("g"),
        pl.when((status == "flagged submission") | (pl.col("chance") > 0.95))
        .then(pl.lit("no")).otherwise(pl.lit("yes")).alias("contributes"),
    )  # fmt: skip


if __name__ == "__main__":
    make(Path(sys.argv[1]), float(sys.argv[2]))
