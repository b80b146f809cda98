"""Loss-of-function alleles by exon, derived from the releases of gnomAD and MANE at hand."""

from pathlib import Path

import polars as pl

from varinterp.annotate.null_alleles import coding_exons, null_alleles
from varinterp.errors import ReleaseError
from varinterp.model.chromosome import Chromosome
from varinterp.pipeline.references.adapter import Adapter, Context
from varinterp.sources.gnomad_exons import (
    EXONS,
    alleles_near,
    changed_exons,
    count_exons,
    covered_shares,
    look_up_exon,
    write_exons,
)
from varinterp.sources.material import Built, Material
from varinterp.sources.rules import Rules
from varinterp.sources.transcripts import TRANSCRIPTS_FILE, read_transcript_table


def build(material: Material, context: Context, folder: Path) -> Built:
    """Count the alleles of every coding exon of MANE's transcripts."""
    if material.settings:
        raise ReleaseError("gnomad_exons has no build settings")
    transcripts = read_transcript_table(context.releases["mane"].file(TRANSCRIPTS_FILE))
    population = context.releases["gnomad"].folder
    parts: list[pl.DataFrame] = []
    left_out: set[str] = set()
    for chromosome in Chromosome:
        models = transcripts.filter(pl.col("chromosome") == chromosome.value)
        exons = coding_exons(models)
        alleles = alleles_near(population, chromosome, exons)
        if alleles is None:
            continue
        hits, unreadable = null_alleles(alleles, models, context.fasta())
        left_out |= unreadable
        read = exons.filter(~pl.col("transcript").is_in(sorted(unreadable)))
        parts.append(count_exons(read, hits, alleles, covered_shares(population, read)))
    rows = write_exons(parts, folder)
    seen = pl.concat(
        [pl.DataFrame(schema={"alleles": pl.Int32}), *(p.select("alleles") for p in parts)]
    )
    counts = {"exons": rows, "with_alleles": seen.filter(pl.col("alleles") > 0).height}
    return Built({EXONS: rows}, counts, {"transcript_unreadable": len(left_out)})


def changes(old: Path, new: Path, rules: Rules) -> pl.DataFrame:
    """Return the exons that differ; thresholds are compared when a criterion reads them."""
    return changed_exons(old, new)


ADAPTER = Adapter(build=build, lookup=look_up_exon, changes=changes)
