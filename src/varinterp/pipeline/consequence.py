"""`candidates.parquet`: what each candidate does to its transcripts.

By vepyr on the candidates alone; or, when every VCF of the family came with VEP's `CSQ`, by what
the laboratory's own VEP said. Then come what a candidate means together with its neighbours on the
same haplotype, and predictors, for the candidates and their transcripts only.
"""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from varinterp.annotate.consequence import annotate_vcf
from varinterp.annotate.recoded import read_by_own_rules
from varinterp.errors import StageError
from varinterp.files import atomic_write
from varinterp.model.chromosome import Chromosome
from varinterp.pipeline.haplotypes import JOINT, with_joint
from varinterp.pipeline.intake import Intake
from varinterp.pipeline.placements import SHIFTED_FIELDS, at_both_places, without_places
from varinterp.pipeline.predictors import SCORE_FIELDS, with_scores
from varinterp.pipeline.variants import ANNOTATED_SCHEMA
from varinterp.refs.lock import Releases
from varinterp.sources.transcripts import TRANSCRIPTS_FILE, read_transcripts
from varinterp.sources.vep import read_csq

CONSEQUENCE_FIELDS = (
    pa.field("transcript", pa.string()),
    pa.field("refseq", pa.string()),
    pa.field("gene", pa.string()),
    pa.field("hgnc", pa.string()),
    pa.field("terms", pa.list_(pa.string())),
    pa.field("hgvs_c", pa.string()),
    pa.field("hgvs_p", pa.string()),
    pa.field("exon", pa.int32()),
    pa.field("intron", pa.int32()),
    pa.field("cds_position", pa.int32()),
    pa.field("protein_position", pa.int32()),
    pa.field("ref_aa", pa.string()),
    pa.field("alt_aa", pa.string()),
    pa.field("mane", pa.string()),
    *SHIFTED_FIELDS,
    pa.field("joint", JOINT),
    *SCORE_FIELDS,
)
CANDIDATES_SCHEMA = pa.schema([*ANNOTATED_SCHEMA, *CONSEQUENCE_FIELDS])
"""One row an allele and transcript, by key and transcript; no transcript outside genes."""

_ALLELE = ["chromosome", "position", "ref", "alt"]


def write_candidates(
    *,
    variants: Path,
    vcfs: Sequence[Path],
    intake: Intake,
    releases: Releases,
    reference: Path,
    out: Path,
) -> None:
    """Write the candidates with their consequences; StageError when one is lost on the way."""
    candidates = pl.scan_parquet(variants).filter("candidate").collect()
    if all(vcf.csq_fields for vcf in intake.vcfs):
        consequences = from_laboratory(vcfs, candidates)
    else:
        cache = releases["vep"].folder
        annotate = partial(from_vepyr, cache=cache, reference=reference, beside=out.parent)
        consequences = at_both_places(candidates, annotate, cache, reference)
    rows = on_transcripts(candidates, consequences)
    transcripts = read_transcripts(releases["mane"].file(TRANSCRIPTS_FILE))
    family_alleles = pl.scan_parquet(variants)
    beside = with_joint(rows, family_alleles, intake.pedigree(), transcripts, reference)
    joined = with_scores(beside, releases).select(CANDIDATES_SCHEMA.names)
    if joined.select(_ALLELE).n_unique() != candidates.height:
        raise StageError("a candidate was lost or doubled between gates and consequences")
    table = joined.to_arrow().cast(CANDIDATES_SCHEMA)
    with atomic_write(out, lambda path: _verify(path, table.num_rows)) as temporary:
        pq.write_table(table, temporary, compression="zstd")  # type: ignore[no-untyped-call]


def on_transcripts(candidates: pl.DataFrame, consequences: pl.DataFrame) -> pl.DataFrame:
    """Return a row an allele and transcript, by key and transcript; one alone outside genes."""
    return candidates.join(consequences, on=_ALLELE, how="left").sort(
        "key", "ref", "alt", "transcript", nulls_last=True
    )


def from_vepyr(alleles: pl.DataFrame, cache: Path, reference: Path, beside: Path) -> pl.DataFrame:
    """Return the consequences of alleles (chromosome, position, ref, alt, in genome order).

    The table is `read_csq`'s, with the protein of recoded transcripts worked out anew; the work is
    done in a temporary folder in `beside`.
    """
    with TemporaryDirectory(prefix=".consequence-", dir=beside) as name:
        sites, annotated = Path(name) / "candidates.vcf", Path(name) / "annotated.vcf"
        sites.write_text(_sites_vcf(alleles))
        annotate_vcf(sites, cache, reference, annotated)
        return read_by_own_rules(read_csq(annotated), cache)


def _sites_vcf(alleles: pl.DataFrame) -> str:
    present = set(alleles["chromosome"])
    contigs = [
        f"##contig=<ID=chr{chromosome},length={chromosome.length}>"
        for chromosome in Chromosome
        if chromosome.value in present
    ]
    header = ["##fileformat=VCFv4.2", *contigs, "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO"]
    rows = alleles.select(
        pl.format("chr{}\t{}\t.\t{}\t{}\t.\t.\t.", "chromosome", "position", "ref", "alt")
    ).to_series()
    return "\n".join([*header, *rows]) + "\n"


def from_laboratory(vcfs: Sequence[Path], alleles: pl.DataFrame) -> pl.DataFrame:
    """Take the laboratory's `CSQ`, from the allele as its VCF wrote it to the normalised one.

    `alleles` has the columns of `VARIANTS_SCHEMA`, `original` among them.
    """
    written = alleles.select(
        *_ALLELE,
        pl.coalesce("original", pl.concat_str(_ALLELE, separator="-")).alias("written"),
    )
    rows = pl.concat([read_csq(vcf) for vcf in vcfs]).unique(maintain_order=True)
    named = rows.with_columns(pl.concat_str(_ALLELE, separator="-").alias("written"))
    found = written.join(named.drop(_ALLELE), on="written", how="inner").drop("written")
    return without_places(found)


def _verify(path: Path, rows: int) -> None:
    if pq.read_metadata(path).num_rows != rows:  # type: ignore[no-untyped-call]
        raise StageError(f"{path.name} was not written whole: is the disk full?")
