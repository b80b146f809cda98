"""ClinVar: its VCF, and where they are given its submissions, brought to a release."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from varinterp.annotate.codons import missense_codons
from varinterp.annotate.columns import Shards
from varinterp.annotate.sites import normalise_sites
from varinterp.annotate.splice_motifs import splice_motif_alleles
from varinterp.errors import ReleaseError
from varinterp.model.chromosome import Chromosome
from varinterp.model.clinvar import Significance
from varinterp.pipeline.references.adapter import Adapter, Context
from varinterp.refs.release import Release
from varinterp.sources.clinvar_changes import changes
from varinterp.sources.clinvar_lookup import lookup
from varinterp.sources.clinvar_names import read_names
from varinterp.sources.clinvar_places import diseases_of, genes_of
from varinterp.sources.clinvar_release import AlleleWriter, write_resolved
from varinterp.sources.clinvar_resolution import Resolved, resolve_submissions
from varinterp.sources.clinvar_submissions import TERM, read_submissions
from varinterp.sources.clinvar_vcf import Records
from varinterp.sources.mane import GENES, read_genes
from varinterp.sources.material import Built, Material
from varinterp.sources.transcripts import TRANSCRIPTS_FILE, read_transcript_table

DUPLICATE = "duplicate_allele"
_OWN = "own_submitters"
_RESOLVED = ("resolved", "resolved_stars", "margin", "robustness")


def build(material: Material, context: Context, folder: Path) -> Built:
    """Write the release of a ClinVar VCF (role ``vcf``).

    With ``submissions`` (submission_summary) there is our resolution beside ClinVar's aggregate,
    and with ``variants`` (variant_summary) ClinVar's names instead of genomic ones. The setting
    ``own_submitters`` names submitters whose submissions are left out of the resolution. Genes are
    named with the HGNC ids of the `mane` release; one without its summary names none.
    """
    submissions = material.optional("submissions")
    own = _own(material.settings)
    resolved = None
    if submissions is not None:
        resolved = resolve_submissions(read_submissions(submissions), own)
    records = Records(material.one("vcf"))
    shards = Shards(context.scratch / "records")
    for block in records:
        shards.add(block)
    variants = material.optional("variants")
    names, unplaced = (None, Counter[str]()) if variants is None else read_names(variants)
    work = _Work(context, records, resolved, names)
    with AlleleWriter(folder, places=True) as out:
        for chromosome in Chromosome:
            rows = shards.read(chromosome)
            if rows is not None:
                work.write(chromosome, rows, out)
    files = {**out.rows, **work.write_resolved(folder)}
    return Built(
        files, dict(work.counts), dict(work.aside + records.set_aside + unplaced), records.stated
    )


def _own(settings: Mapping[str, Any]) -> tuple[str, ...]:
    unknown = set(settings) - {_OWN}
    names = settings.get(_OWN, ())
    if unknown or not all(isinstance(name, str) for name in names) or isinstance(names, str):
        raise ReleaseError(f"clinvar's build settings are {_OWN}: a list of names of submitters")
    return tuple(names)


class _Work:
    """What a build carries from chromosome to chromosome."""

    def __init__(
        self,
        context: Context,
        records: Records,
        resolved: Resolved | None,
        names: pl.DataFrame | None,
    ) -> None:
        self.counts = Counter(
            dict.fromkeys(("alleles", "missense", "splice", "resolved", *_COUNTED), 0)
        )
        self.aside: Counter[str] = Counter()
        self._fasta = context.fasta()
        self._scratch = context.scratch
        mane = context.releases["mane"]
        self._transcripts = read_transcript_table(mane.file(TRANSCRIPTS_FILE))
        self._phrases = records.phrases.lists()
        self._genes = genes_of(records.genes.texts(), _hgnc(mane))
        self._diseases = diseases_of(records.diseases.texts())
        self._resolved = resolved
        self._names = names
        self._variations: list[pl.Series] = []

    def write(self, chromosome: Chromosome, rows: pl.DataFrame, out: AlleleWriter) -> None:
        alleles = self._alleles(chromosome, rows)
        models = self._transcripts.filter(pl.col("chromosome") == chromosome.value)
        missense = missense_codons(alleles, models, self._fasta)
        sites = splice_motif_alleles(alleles, models, self._fasta)
        out.write(chromosome, alleles, missense, sites)
        self._count(alleles, missense, sites)

    def _alleles(self, chromosome: Chromosome, rows: pl.DataFrame) -> pl.DataFrame:
        sites = rows.select(
            pl.lit(chromosome.value).alias("chromosome"), "position", "ref", "alt"
        ).with_row_index("at")
        placed, aside = normalise_sites(sites, self._fasta, self._scratch)
        self.aside += aside
        payload = rows.drop("position", "ref", "alt")[placed["at"]]
        alleles = self._unique(placed.drop("at").hstack(payload))
        self._variations.append(alleles["variation"].drop_nulls())
        return self._with_resolution(self._named(alleles)).with_columns(
            self._phrases.gather(alleles["phrase"]).alias("significance"),
            _citation().alias("citation"),
            self._genes.gather(alleles["genes"]).alias("genes"),
            self._diseases.gather(alleles["diseases"]).alias("diseases"),
        )

    def _unique(self, alleles: pl.DataFrame) -> pl.DataFrame:
        """Keep one row of an allele that ClinVar has twice: most stars, then the oldest record."""
        place = ["key", "ref", "alt"]
        twice = alleles.select(place).is_duplicated()
        if not twice.any():
            return alleles
        words = self._phrases.list.join("|").gather(alleles["phrase"])
        kept = (
            alleles.with_columns(words.alias("words"))
            .sort(
                *place, "stars", "variation", "rsid", "words", "conditions", "name",
                descending=[False] * 3 + [True] + [False] * 5, nulls_last=True,
            )
            .unique(place, keep="first", maintain_order=True)
            .drop("words")
        )  # fmt: skip
        self.aside[DUPLICATE] += alleles.height - kept.height
        return kept

    def _named(self, alleles: pl.DataFrame) -> pl.DataFrame:
        if self._names is None:
            return alleles
        named = alleles.join(self._names, on="variation", how="left", maintain_order="left")
        return named.with_columns(pl.coalesce("title", "name").alias("name")).drop("title")

    def _with_resolution(self, alleles: pl.DataFrame) -> pl.DataFrame:
        if self._resolved is None:
            return alleles.with_columns(
                pl.lit(None, TERM).alias("resolved"),
                pl.lit(None, pl.Int8).alias("resolved_stars"),
                *(pl.lit(None, pl.Int16).alias(name) for name in ("margin", "robustness")),
            )
        found = self._resolved.variations.select("variation", *_RESOLVED)
        return alleles.join(found, on="variation", how="left", maintain_order="left")

    def _count(self, alleles: pl.DataFrame, missense: pl.DataFrame, sites: pl.DataFrame) -> None:
        words = alleles["significance"].list.join("/")
        phrases = self._phrases.list.join("/")
        counts = dict(words.value_counts().iter_rows())
        self.counts["alleles"] += alleles.height
        self.counts["missense"] += missense.height
        self.counts["splice"] += sites.height
        self.counts["resolved"] += alleles["resolved"].count()
        for phrase, said in zip(phrases, self._phrases, strict=True):
            for word in set(said.to_list()).intersection(_COUNTED):
                self.counts[word] += counts.get(phrase, 0)

    def write_resolved(self, folder: Path) -> dict[str, int]:
        if self._resolved is None:
            return {}
        known = pl.concat([pl.Series("variation", [], dtype=pl.UInt32), *self._variations])
        files = write_resolved(folder, self._resolved, known)
        submissions = self._resolved.submissions
        without = submissions.height - files["submissions.parquet"]
        self.aside["submission_without_allele"] += without
        self.counts["submissions"] = submissions.height
        self.counts["votes"] = submissions["left_out"].null_count()
        return files


_COUNTED = tuple(
    word.value
    for word in (
        Significance.PATHOGENIC,
        Significance.LIKELY_PATHOGENIC,
        Significance.UNCERTAIN,
        Significance.LIKELY_BENIGN,
        Significance.BENIGN,
        Significance.CONFLICTING,
    )
)


def _hgnc(mane: Release) -> Mapping[str, str]:
    """Return HGNC's ids by NCBI's numbers."""
    if GENES not in mane.manifest.files:
        return {}
    return {gene.ncbi: gene.hgnc for gene in read_genes(mane.folder)}


def _citation() -> pl.Expr:
    """ClinVar's accession of the variation, or dbSNP's of a release without them."""
    accession = pl.concat_str(pl.lit("VCV"), pl.col("variation").cast(pl.String).str.zfill(9))
    return pl.coalesce(accession, pl.col("rsid"), pl.lit("ClinVar"))


ADAPTER = Adapter(build=build, lookup=lookup, changes=changes)
