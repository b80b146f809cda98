"""Consequence and HGVS of every allele of a VCF, by vepyr in a process of its own.

vepyr is native code: in a process of its own its faults become a StageError. It is given sites
alone (no genotype, no INFO field of a caller: it panics on some), numbered by us (it regroups a
file by contig) and on contigs named as in its cache (it calls everything on ``chrM`` intergenic).
It drops, without a word, records of a contig that its cache lacks, and reads a record with two ALT
as one long insertion: both are refused here. What comes back must be what went in.
"""

import gzip
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pysam

from varinterp.annotate.reference_link import link_reference
from varinterp.errors import Fault, InputError, StageError
from varinterp.files import atomic_write
from varinterp.model.chromosome import Chromosome

CSQ_FIELDS = (
    "Allele", "Consequence", "IMPACT", "SYMBOL", "Gene", "Feature_type", "Feature", "BIOTYPE",
    "EXON", "INTRON", "HGVSc", "HGVSp", "cDNA_position", "CDS_position", "Protein_position",
    "Amino_acids", "Codons", "DISTANCE", "STRAND", "HGNC_ID", "CANONICAL", "MANE", "MANE_SELECT",
    "MANE_PLUS_CLINICAL", "ENSP", "SIFT", "PolyPhen", "HGVS_OFFSET",
)  # fmt: skip
"""The fields of `CSQ` that are kept: frequencies and ClinVar come from our own releases."""

_FIXED = ["chrom", "position", "id", "ref", "alt"]
_KEY = ["chrom", "position", "ref", "alt"]
_SHOWN = 40


def annotate_vcf(vcf: Path, cache: Path, fasta: Path, out: Path) -> None:
    """Write the sites of `vcf`, in its order, with vepyr's `CSQ` to `out` (``.vcf[.gz]``).

    Records are split and normalised: one ALT of A, C, G and T. `out` keeps CHROM, POS, ID, REF,
    ALT and the contig lines; it has no QUAL, FILTER, samples or other INFO. Raises InputError for
    records that are not as described, StageError when the cache lacks one of their chromosomes,
    when vepyr fails, or when it does not return every record with a `CSQ`.
    """
    sites = _read_records(vcf, info=False)
    _check_alleles(sites, vcf)
    _check_chromosomes(sites, cache)
    out.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".vepyr-", dir=out.parent) as name:
        folder = Path(name)
        given, annotated = folder / "sites.vcf", folder / "annotated.vcf"
        contigs = list(_header_lines(vcf, "##contig="))
        _write_sites(sites, given)
        _run_vepyr(given, cache, link_reference(fasta, folder), annotated)
        records = _reconcile(sites, _read_records(annotated, info=True))
        definition = next(_header_lines(annotated, "##INFO=<ID=CSQ,"))
        _write_out(records, [*contigs, f"##vepyr={version('vepyr')}", definition], out)


def _read_records(vcf: Path, *, info: bool) -> pl.DataFrame:
    """Read the fixed columns of a VCF, and `info` as text when asked for, with line numbers."""
    names = [*_FIXED, "info"] if info else _FIXED
    try:
        header = sum(1 for _ in _header_lines(vcf, "#"))
        frame = pl.read_csv(
            vcf,
            separator="\t",
            has_header=False,
            skip_lines=header,
            columns=[0, 1, 2, 3, 4, 7] if info else [0, 1, 2, 3, 4],
            new_columns=names,
            infer_schema=False,
            quote_char=None,
        )
    except pl.exceptions.NoDataError:
        return pl.DataFrame(schema=dict.fromkeys([*names, "line"], pl.String))
    except (pl.exceptions.PolarsError, OSError, UnicodeDecodeError) as error:
        raise StageError(f"{vcf.name} cannot be read as a VCF") from error
    return frame.with_row_index("line", offset=header + 1)


def _header_lines(vcf: Path, prefix: str) -> Iterator[str]:
    """Yield the header lines of a VCF, plain or gzipped, that start with `prefix`."""
    with vcf.open("rb") as stream:
        zipped = stream.read(2) == b"\x1f\x8b"
    with (gzip.open if zipped else open)(vcf, "rt", encoding="utf-8") as text:
        for line in text:
            if not line.startswith("#"):
                return
            if line.startswith(prefix):
                yield line.rstrip("\r\n")


def _check_alleles(sites: pl.DataFrame, vcf: Path) -> None:
    bases = "^[ACGT]+$"
    bad = sites.filter(
        ~(pl.col("ref").str.contains(bases) & pl.col("alt").str.contains(bases)).fill_null(False)
    )
    faults = [
        Fault(
            "consequence.allele",
            vcf.name,
            repr(alt[:_SHOWN]),
            "one ALT of A, C, G and T",
            "normalise and split the file first",
            line=int(line),
            column="ALT",
        )
        for line, alt in bad.select("line", pl.col("alt").fill_null("nothing")).iter_rows()
    ]
    if faults:
        raise InputError(faults)


def _check_chromosomes(sites: pl.DataFrame, cache: Path) -> None:
    manifest = cache / "variation" / "chrom_manifest.json"
    try:
        entries = json.loads(manifest.read_bytes())
    except (OSError, ValueError) as error:
        raise StageError(f"{cache} is not a vepyr cache: {manifest} cannot be read") from error
    held = {Chromosome.parse(entry["chrom"]) for entry in entries}
    wanted = sorted(sites["chrom"].unique())
    missing = [contig for contig in wanted if Chromosome.parse(contig) not in held - {None}]
    if missing:
        raise StageError(f"the VEP cache {cache} has no contig {', '.join(missing)}: build it")


def _write_sites(sites: pl.DataFrame, path: Path) -> None:
    """Write what vepyr is to see, its ID being the record's place in the file."""
    rows = sites.select(
        _bare_contigs(sites),
        pl.col("position"),
        pl.int_range(pl.len()).cast(pl.String).alias("id"),
        pl.col("ref"),
        pl.col("alt"),
        *(pl.lit(".").alias(name) for name in ("qual", "filter", "info")),
    )
    header = f"##fileformat=VCFv4.2\n{_COLUMNS}\n"
    path.write_text(header + rows.write_csv(separator="\t", include_header=False))


_COLUMNS = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO"


def _run_vepyr(vcf: Path, cache: Path, fasta: Path, out: Path) -> None:
    command = [sys.executable, "-m", "vepyr", "annotate", "--no_progress"]
    command += ["-i", str(vcf.resolve()), "-o", str(out.resolve())]
    command += ["--dir_cache", str(cache.resolve()), "--fasta", str(fasta.absolute())]
    command += ["--fields", ",".join(CSQ_FIELDS)]
    done = subprocess.run(  # noqa: S603 - our interpreter, paths of our own, no shell
        command,
        cwd=vcf.parent,
        env=os.environ | {"RUST_BACKTRACE": "0", "PYTHONWARNINGS": "ignore"},
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode < 0:
        raise StageError(f"vepyr was killed by signal {-done.returncode}: is there memory enough?")
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if line.strip()] or ["no message"]
        raise StageError(f"vepyr failed (exit {done.returncode}): {lines[-1][:300]!a}")


def _bare_contigs(sites: pl.DataFrame) -> pl.Expr:
    """The contig as the cache names it."""
    names = {contig: Chromosome.parse(contig) for contig in sites["chrom"].unique()}
    return pl.col("chrom").replace_strict(names, return_dtype=pl.String)


def _reconcile(sites: pl.DataFrame, annotated: pl.DataFrame) -> pl.DataFrame:
    """Return the sites with their CSQ, in their order; raise StageError when one is not there."""
    back = annotated.with_columns(
        pl.col("id").cast(pl.Int64), csq=pl.col("info").str.extract("^CSQ=([^;]+)$", 1)
    ).sort("id")
    if back.height != sites.height:
        raise StageError(f"vepyr returned {back.height} records of {sites.height}")
    if not back.select(_KEY).equals(sites.with_columns(_bare_contigs(sites)).select(_KEY)):
        raise StageError("vepyr returned other records than it was given")
    bare = back["csq"].null_count()
    if bare:
        raise StageError(f"vepyr left {bare} of {sites.height} records without CSQ")
    return sites.with_columns(back["csq"])


def _write_out(records: pl.DataFrame, header: list[str], out: Path) -> None:
    rows = records.select(
        *_FIXED,
        pl.lit(".").alias("qual"),
        pl.lit(".").alias("filter"),
        pl.concat_str(pl.lit("CSQ="), "csq").alias("info"),
    )
    text = "\n".join(["##fileformat=VCFv4.2", *header, _COLUMNS, ""])
    data = (
        text + rows.write_csv(separator="\t", include_header=False, quote_style="never")
    ).encode()
    with atomic_write(out) as temporary:
        if out.suffix in (".gz", ".bgz"):
            with pysam.BGZFile(str(temporary), "wb", index=None) as stream:
                stream.write(data)
        else:
            temporary.write_bytes(data)
