"""Writing the family's normalised alleles as BCF, level 1, indexed, and free of its origin.

The header holds no command line, path or laboratory's name. `SITE_GT` is the genotype seen from
the row's allele; in `GT` another allele of the site is missing, as bcftools splits it.
"""

import shutil
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

import polars as pl

from varinterp.annotate.bcftools import Command, run, writer
from varinterp.annotate.site_genotype import MISSING, as_vcf
from varinterp.errors import StageError
from varinterp.files import atomic_write
from varinterp.model.chromosome import Chromosome

_HEADER = """\
##fileformat=VCFv4.2
{contigs}{filters}\
##INFO=<ID=OLD_REC,Number=1,Type=String,Description="The record as it was called, when normalisation changed it: contig|position|REF|ALT|number of this ALT">
##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype; another allele of the site is missing">
##FORMAT=<ID=SITE_GT,Number=1,Type=String,Description="Genotype at the site: 0 reference, 1 this allele, 2 another allele">
##FORMAT=<ID=AD,Number=R,Type=Integer,Description="Reads of REF and ALT">
##FORMAT=<ID=DP,Number=1,Type=Integer,Description="Reads">
##FORMAT=<ID=GQ,Number=1,Type=Integer,Description="Genotype quality, phred-scaled">
##FORMAT=<ID=PHASE_SET,Number=1,Type=String,Description="Block in which the sides of SITE_GT can be compared: the caller's PS, or the site when two of its alleles are called">
#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t{people}
"""  # noqa: E501 - a header line cannot be folded


def contig(chromosome: Chromosome) -> str:
    """Return the name of a chromosome in our BCF: ``chr22``, ``chrM``."""
    return "chrM" if chromosome is Chromosome.MT else f"chr{chromosome}"


def write_bcf(
    chromosomes: Iterable[tuple[Chromosome, pl.DataFrame]],
    people: Sequence[str],
    filters: Collection[str],
    out: Path,
    work: Path,
    threads: int,
) -> int:
    """Write assembled chromosomes, in genome order, and the index; return the rows.

    `work` is a folder for temporary files.
    """
    index = out.with_name(out.name + ".csi")
    index.unlink(missing_ok=True)
    rows = 0
    with atomic_write(out, _verify_end) as temporary:
        view: Command = ["view", "--no-version", "-Ob1", "--threads", str(threads)]
        with writer([*view, "-o", temporary, "-"]) as stream:
            stream.write(_header(people, filters).encode())
            for chromosome, frame in chromosomes:
                rows += frame.height
                _lines(chromosome, frame, people).write_csv(
                    stream, separator="\t", include_header=False, quote_style="never"
                )
        made = work / index.name
        run(["index", "-f", "-o", made, temporary])
        counted = int(run(["index", "--nrecords", made]))
        if counted != rows:
            raise StageError(f"{counted} rows reached the disk of {rows}: is it full?")
    with atomic_write(index) as temporary:
        shutil.copyfile(made, temporary)
    return rows


def _header(people: Sequence[str], filters: Collection[str]) -> str:
    return _HEADER.format(
        contigs="".join(
            f"##contig=<ID={contig(chromosome)},length={chromosome.length}>\n"
            for chromosome in Chromosome
        ),
        filters="".join(
            f'##FILTER=<ID={word},Description="As the caller means it">\n'
            for word in sorted(set(filters) - {"PASS", "."})
        ),
        people="\t".join(people),
    )


def _lines(chromosome: Chromosome, frame: pl.DataFrame, people: Sequence[str]) -> pl.DataFrame:
    dot = pl.lit(".")
    return frame.select(
        pl.lit(contig(chromosome)).alias("chrom"),
        "position",
        dot.alias("id"),
        "ref",
        "alt",
        pl.col("qual").fill_null("."),
        pl.col("filter").fill_null("."),
        pl.when(pl.col("old_rec").is_null())
        .then(dot)
        .otherwise(pl.concat_str(pl.lit("OLD_REC="), "old_rec"))
        .alias("info"),
        pl.lit("GT:SITE_GT:AD:DP:GQ:PHASE_SET").alias("format"),
        *(_sample(frame, person).alias(f"sample {person}") for person in people),
    )


def _sample(frame: pl.DataFrame, person: str) -> pl.Expr:
    site = pl.col(f"{person}.site").fill_null(MISSING)
    genotypes = {seen: as_vcf(seen) for seen in frame.select(site).to_series().unique()}
    ref, alt = pl.col(f"{person}.ref_depth"), pl.col(f"{person}.alt_depth")
    depths = (
        pl.when(ref.is_null() & alt.is_null())
        .then(pl.lit("."))
        .otherwise(pl.concat_str(_text(ref), pl.lit(","), _text(alt)))
    )
    return pl.concat_str(
        site.replace_strict(genotypes, return_dtype=pl.String),
        site,
        depths,
        _text(pl.col(f"{person}.depth")),
        _text(pl.col(f"{person}.quality")),
        pl.col(f"{person}.phase_set").fill_null("."),
        separator=":",
    )


def _text(number: pl.Expr) -> pl.Expr:
    return number.cast(pl.String).fill_null(".")


def _verify_end(written: Path) -> None:
    """Check the 28-byte end-of-file block of BGZF (SAM specification, section 4.1.2)."""
    end = bytes.fromhex("1f8b08040000000000ff0600424302001b0003000000000000000000")
    with written.open("rb") as stream:
        stream.seek(max(0, written.stat().st_size - len(end)))
        if stream.read() != end:
            raise OSError("the BCF was not written whole: is the disk full?")
