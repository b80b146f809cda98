"""Releases of the small world of reanalysis that a laboratory adds to its lock, two of each source.

Scores of positions, alleles and genes, the laboratory's own counts and classes, MITOMAP, its own
annotations of diseases, and another MANE and VEP cache. Built by the project's own adapters.
"""

import gzip
import random
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow.parquet as pq

from reanalysis_people import curated, own
from reanalysis_releases import DEMO, FASTA, GENES, ROOT, Ground, folder_of, seal
from upstream import cadd as cadd_files
from upstream import gnomad_constraint as constraint_files
from upstream import mitomap as mitomap_files
from upstream import repeats as repeats_files
from upstream import spliceai as spliceai_files
from varinterp.annotate.null_alleles import coding_exons
from varinterp.model.chromosome import Chromosome
from varinterp.model.variant import Allele
from varinterp.pipeline.references import (
    cadd,
    curation,
    gnomad_constraint,
    laboratory,
    local_frequency,
    mitomap,
    own_cases,
    phylop,
    repeats,
    spliceai,
)
from varinterp.pipeline.references.adapter import Context
from varinterp.refs.catalogue import read_catalogue
from varinterp.refs.lock import Releases
from varinterp.sources.gnomad_exons import EXONS, write_exons
from varinterp.sources.material import Built, Material
from varinterp.sources.parquet import write_table
from varinterp.sources.transcripts import (
    TRANSCRIPTS_FILE,
    read_transcript_table,
    write_transcripts,
)

MITOCHONDRIAL = tuple(
    Allele(Chromosome.MT, position, ref, alt)
    for position, ref, alt in (
        (1555, "A", "G"),
        (3243, "A", "G"),
        (8993, "T", "G"),
        (14484, "T", "C"),
    )
)
"""MITOMAP's second release moves the class of the first, drops the third, brings the last."""
_MT_GENES = (
    ("MT-RNR1", "HGNC:7470", "ENST00000389680.2"),
    ("MT-TL1", "HGNC:7490", "ENST00000386347.1"),
    ("MT-ATP6", "HGNC:7414", "ENST00000361899.2"),
    ("MT-ND6", "HGNC:7462", "ENST00000361681.2"),
)
Build = Callable[[Material, Context, Path], Built]


def of_mitochondria(schema: Mapping[str, Any]) -> pl.DataFrame:
    """Return what the mitochondrial alleles do, as a table of consequences has it."""
    rows = [
        dict.fromkeys(schema)
        | {
            "chromosome": allele.chromosome.value,
            "position": allele.position,
            "ref": allele.ref,
            "alt": allele.alt,
            "transcript": transcript,
            "gene": gene,
            "hgnc": hgnc,
            "terms": ["non_coding_transcript_exon_variant"],
            "shifted_terms": None,
        }
        for allele, (gene, hgnc, transcript) in zip(MITOCHONDRIAL, _MT_GENES, strict=True)
    ]
    return pl.DataFrame(rows, schema=pl.Schema(schema))


def write_more_releases(world: Ground) -> None:
    """Write two releases of each source; the scores rest on what the alleles do."""
    for number in (1, 2):
        _write_counts(world, number)
        _write_laboratory(world, number)
        _write_people(world, number)
        _write_constraint(world, number)
        files = mitomap_files.write(world.folder / f"mitomap.{number}", later=number == 2)
        _build(world, mitomap.build, "mitomap", number, files)
        _write_cadd(world, number)
        _write_phylop(world, number)
        _write_spliceai(world, number)
        _write_repeats(world, number)
        _write_exons(world, number)
    _write_descriptions(world)
    _write_mane(world)
    _write_vep(world)


def _write_counts(world: Ground, number: int) -> None:
    draw = random.Random(700 + number)  # noqa: S311
    lines = ["allele\tac\tan\thomozygotes\taffected\tunaffected"]
    for allele in world.alleles:
        if draw.random() < 0.6:
            ac = draw.choice((1, 7, 60, 400))
            lines.append(f"{allele}\t{ac}\t1000\t0\t{ac // 2}\t{ac - ac // 2}")
    path = _text(world.folder / f"counts.{number}.tsv", lines)
    _build(world, local_frequency.ADAPTER.build, "local_frequency", number, {"table": (path,)})


def _write_laboratory(world: Ground, number: int) -> None:
    draw = random.Random(800 + number)  # noqa: S311
    lines = ["allele\tclass\tnote\tdate\tcurator"]
    for allele in world.alleles:
        if draw.random() < 0.4:
            lines.append(f"{allele.id}\t{draw.randint(1, 5)}\tseen\t2026-01-0{number}\tAB")
    path = _text(world.folder / f"laboratory.{number}.tsv", lines)
    _build(world, laboratory.build, "lab_variants", number, {"variants": (path,)})


def _write_people(world: Ground, number: int) -> None:
    """Entries of curators, and of our own cases: the first family of the world among them."""
    first = f"F-{sha256(b'0').hexdigest()[:12].upper()}"
    entries = _text(world.folder / f"entries.{number}.tsv", curated(world, number))
    cases = _text(world.folder / f"cases.{number}.tsv", own(world, number, (first, "F-OTHER")))
    _build(world, curation.ADAPTER.build, "curation", number, {"list": (entries,)})
    _build(world, own_cases.ADAPTER.build, "own_cases", number, {"cases": (cases,)})


def _write_constraint(world: Ground, number: int) -> None:
    """How much missense variation the genes bear; the second release has no figure of the last."""
    scores = (("4.0", "3.2", "-1.0", "3.1"), ("1.0", "3.2", "3.5"))[number - 1]
    lines = [
        constraint_files.row(gene, "", transcript.partition(".")[0], mis_z_score=score)
        for (gene, transcript), score in zip(GENES.items(), scores, strict=False)
    ]
    head = "\t".join(constraint_files.HEADER)
    path = _text(world.folder / f"constraint.{number}.tsv", [head, *lines])
    _build(world, gnomad_constraint.build, "gnomad_constraint", number, {"metrics": (path,)})


def _write_cadd(world: Ground, number: int) -> None:
    draw = random.Random(900 + number)  # noqa: S311
    rows = [
        ("22", position, ref, alt, round(draw.uniform(0, 40), 2))
        for position, ref in _bases(world, draw)
        for alt in "ACGT"
        if alt != ref
    ]
    path = cadd_files.write_rows(world.folder / f"cadd.{number}.tsv.gz", f"v1.{number}", rows)
    _build(world, cadd.build, "cadd", number, {"snv": (path,)})


def _write_phylop(world: Ground, number: int) -> None:
    draw = random.Random(1000 + number)  # noqa: S311
    lines = [
        f"fixedStep chrom=chr22 start={position} step=1\n{draw.uniform(-5, 9):.3f}"
        for position, _ in _bases(world, draw)
    ]
    path = world.folder / f"chr22.phylop.{number}.wigFix.gz"
    path.write_bytes(gzip.compress("".join(f"{line}\n" for line in lines).encode()))
    _build(world, phylop.build, "phylop", number, {"scores": (path,)})


def _bases(world: Ground, draw: random.Random) -> Iterator[tuple[int, str]]:
    """Draw positions of substitutions, in order, with the reference's base."""
    found = {each.position: each.ref for each in world.alleles if len(each.ref) == len(each.alt)}
    return ((at, ref) for at, ref in sorted(found.items()) if draw.random() < 0.7)


def _write_repeats(world: Ground, number: int) -> None:
    """Put every other deletion into a repeat, the others in the second release."""
    gone = sorted(each.position for each in world.alleles if len(each.ref) > len(each.alt))
    lines = [repeats_files.simple("chr22", at, at + 6) for at in gone[number - 1 :: 2]]
    path = _text(world.folder / f"simpleRepeat.{number}.txt", lines)
    _build(world, repeats.build, "repeats", number, {"simple": (path,)})


def _write_exons(world: Ground, number: int) -> None:
    """Let people lose every other exon of the genes, the others in the second release."""
    table = read_transcript_table(DEMO / "refs" / "mane" / "1.5" / TRANSCRIPTS_FILE)
    exons = coding_exons(table).select("transcript", "exon")
    lost = (pl.col("exon") % 2 == number % 2).cast(pl.Float64) * 0.02
    rows = exons.with_columns(
        alleles=pl.lit(1, pl.Int32), highest=lost, total=lost, covered=pl.lit(1.0),
        constructed=pl.lit(value=True),
    )  # fmt: skip
    folder = folder_of(world, "gnomad_exons", number)
    seal(folder, {EXONS: write_exons([rows], folder)})


def _write_spliceai(world: Ground, number: int) -> None:
    draw = random.Random(1100 + number)  # noqa: S311
    named = world.effects.filter((pl.col("chromosome") == "22") & pl.col("gene").is_not_null())
    donor = pl.col("terms").list.eval(pl.element().str.contains("donor")).list.any()
    once = named.group_by("position", "ref", "alt", "gene").agg(donor.any().alias("donor"))
    lines = [
        f"22\t{at}\t.\t{ref}\t{alt}\t.\t.\tSpliceAI={alt}|{gene}|{_deltas(draw, donor)}|1|2|3|4\n"
        for at, ref, alt, gene, donor in once.sort("position", "alt", "gene").iter_rows()
        if len(ref) == len(alt) == 1 and draw.random() < (0.95 if donor else 0.7)
    ]
    path = world.folder / f"spliceai.{number}.vcf.gz"
    path.write_bytes(gzip.compress((spliceai_files.HEAD + "".join(lines)).encode()))
    _build(world, spliceai.build, "spliceai", number, {"snv": (path,)}, {"scores": "masked"})


def _deltas(draw: random.Random, donor: bool) -> str:
    """Draw the loss of an acceptor, or beside a donor mostly of that."""
    value = f"{draw.random():.2f}"
    return f"0.00|0.00|0.01|{value}" if donor else f"0.00|{value}|0.01|0.00"


def _write_descriptions(world: Ground) -> None:
    """Describe one of the diseases that HPO describes otherwise, in the laboratory's own words."""
    name = "annotations.parquet"
    path = DEMO / "refs" / "disease_phenotypes" / "2020-01" / name
    rows = pl.read_parquet(path)
    more = [rows]
    for disease, term in (
        ("OMIM:188400", "HP:0001250"),
        ("OMIM:188400", "HP:0001332"),
        ("OMIM:600850", "HP:0001657"),
    ):
        one = rows.filter(pl.col("aspect") == "P").head(1)
        more.append(one.with_columns(pl.lit(disease).alias("disease"), pl.lit(term).alias("term")))
    folder = folder_of(world, "disease_phenotypes", 2)
    schema = pq.read_schema(path)  # type: ignore[no-untyped-call]
    write_table(pl.concat(more).to_arrow().cast(schema), folder / name)
    seal(folder, {name: None}, constructed=False)


def _write_mane(world: Ground) -> None:
    """Leave a gene's transcript out, and end another's coding sequence an exon early."""
    table = read_transcript_table(DEMO / "refs" / "mane" / "1.5" / TRANSCRIPTS_FILE)
    kept = table.filter(pl.col("id") != GENES["ZDHHC8"])
    row = kept.filter(pl.col("id") == GENES["DGCR8"]).row(0, named=True)
    span = max(
        (start, end)
        for start, end in zip(row["exon_starts"], row["exon_ends"], strict=True)
        if end < row["cds_end"]
    )
    shorter = pl.when(pl.col("id") == GENES["DGCR8"]).then(span[1]).otherwise("cds_end")
    moved = kept.with_columns(shorter.cast(pl.Int32).alias("cds_end"))
    folder = folder_of(world, "mane", 2)
    seal(folder, {TRANSCRIPTS_FILE: write_transcripts(moved, folder / TRANSCRIPTS_FILE)})


def _write_vep(world: Ground) -> None:
    """Write a cache of another name; what it says is `World.effects_by`."""
    folder = folder_of(world, "vep", 2)
    cache = DEMO / "refs" / "vep" / "mane-1.5-demo"
    for path in cache.iterdir():
        if path.name != "manifest.json":
            (folder / path.name).symlink_to(path)
    seal(folder, {"reference_policy.json": None})


def _build(
    world: Ground,
    build: Build,
    source: str,
    number: int,
    files: Mapping[str, tuple[Path, ...]],
    settings: Mapping[str, Any] | None = None,
) -> None:
    folder = folder_of(world, source, number)
    stated = read_catalogue(ROOT / "resources" / "sources.yaml")[source].build or {}
    material = Material(
        source, str(number), date(2026, 1, number), files, {**stated, **(settings or {})}
    )
    scratch = world.folder / f"{source}.{number}.scratch"
    scratch.mkdir()
    built = build(material, Context(FASTA, Releases({}), scratch), folder)
    seal(folder, built.rows)


def _text(path: Path, lines: Iterable[str]) -> Path:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path
