"""The releases of the small world of reanalysis, several of each source that moves.

Written by the project's own writers, drawn from fixed seeds.
"""

import gzip
import random
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import yaml

from builders import write_frequencies
from upstream import alphamissense as alphamissense_files
from upstream import hpo as hpo_files
from upstream import revel as revel_files
from varinterp.annotate.codons import missense_codons
from varinterp.annotate.splice_motifs import splice_motif_alleles
from varinterp.model.chromosome import Chromosome
from varinterp.model.clinvar import Significance
from varinterp.model.gene_disease import GeneDisease, Inheritance, Mechanism, Validity
from varinterp.model.panel import PanelLevel
from varinterp.model.population import Listing, RateMeasure
from varinterp.model.variant import Allele
from varinterp.pipeline.references import alphamissense, revel
from varinterp.pipeline.references.adapter import Context
from varinterp.refs.lock import Releases
from varinterp.refs.release import write_manifest
from varinterp.sources.clinvar import ALLELES_SCHEMA
from varinterp.sources.clinvar_release import AlleleWriter
from varinterp.sources.gene_disease import LINKS, write_gene_disease
from varinterp.sources.gnomad import COVERED, FREQUENCIES
from varinterp.sources.hpo import write_hpo_release
from varinterp.sources.listed_alleles import LISTED_FILE, write_listed
from varinterp.sources.listed_rows import ListedRow
from varinterp.sources.material import Built, Material
from varinterp.sources.panel_list import ListedPanel, PanelGene
from varinterp.sources.panels import PANELS_FILE, write_panels
from varinterp.sources.transcripts import TRANSCRIPTS_FILE, read_transcript_table, read_transcripts
from varinterp.strict_yaml import load_yaml

ROOT = Path(__file__).resolve().parents[1]
DEMO = ROOT / "resources" / "demo"
FASTA = DEMO / "reference" / "GRCh38.chr22.demo.fa.gz"
RULES = ROOT / "resources" / "rules" / "core-v1.yaml"

GENES = {
    "TANGO2": "ENST00000327374.9",
    "DGCR8": "ENST00000351989.8",
    "ZDHHC8": "ENST00000334554.12",
    "RTN4R": "ENST00000043402.8",
}
HGNC = {"TANGO2": "HGNC:25439", "DGCR8": "HGNC:2847", "ZDHHC8": "HGNC:18474", "RTN4R": "HGNC:18601"}
_RULE_CHANGES: dict[str, dict[str, Any]] = {
    "1": {},
    "2": {"gate.rare_max": 0.001, "population.bs1": 0.0005},
    "3": {
        "population.ba1": 0.003,
        "de_novo.parent_min_depth": 40,
        "inheritance.penetrance": "incomplete",
    },
    "4": {
        "loss_of_function.decay_distance": 5000,
        "comparator.min_stars": 0,
        "phenotype.method": "logistic",
    },
    "5": {"rank.phenotype_weight": 0.2, "gate.known_max": 0.0001},
    "6": {},
    "7": {},
}
_SPECIFICATIONS: dict[str, tuple[dict[str, Any], ...]] = {
    "6": (
        {
            "id": "OF-GENES",
            "version": "1",
            "genes": sorted(HGNC.values()),
            "diseases": "any",
            "inheritance": ["autosomal_dominant", "autosomal_recessive"],
            "rules": {"population.ba1": 0.0001, "criterion.PM2.strengths": "not_applicable"},
        },
        {
            "id": "OF-DISEASE",
            "version": "1",
            "genes": [HGNC["TANGO2"]],
            "diseases": ["OMIM:616878"],
            "inheritance": ["autosomal_dominant"],
            "rules": {
                "predictor.missense": "none",
                "population.bs1": 0.0002,
                "inheritance.penetrance": "incomplete",
            },
        },
    ),
    "7": (
        {
            "id": "OF-GENES",
            "version": "2",
            "genes": [HGNC["TANGO2"], HGNC["DGCR8"]],
            "diseases": "any",
            "inheritance": ["autosomal_dominant"],
            "rules": {"population.ba1": 0.002, "criterion.PP3.strengths": ["supporting"]},
        },
    ),
}
"""Gene specifications that come with some releases of the rules."""


_LISTS: dict[str, dict[str, tuple[str, ...]]] = {
    "1": {"noise": ("DGCR8",)},
    "2": {"noise": ("DGCR8",)},
    "3": {"laboratory": ("TANGO2",), "secondary": ("DGCR8", "TANGO2")},
    "5": {"secondary": ("DGCR8",)},
}
"""Gene lists that come with some releases of the rules."""


@dataclass
class Ground:
    """A folder for releases, the alleles that people carry, and what these do to transcripts."""

    folder: Path
    alleles: tuple[Allele, ...] = ()
    effects: pl.DataFrame = field(default_factory=pl.DataFrame)

    @property
    def refs(self) -> Path:
        return self.folder / "refs"

    def changes_by_one(self) -> int:
        """The allele of which ClinVar's ``one`` says something else: an intron's, in no codon."""
        transcripts = read_transcripts(DEMO / "refs" / "mane" / "1.5" / TRANSCRIPTS_FILE)
        span = transcripts[GENES["TANGO2"]].cds
        coding = [each for _, each in transcripts[GENES["TANGO2"]].coding_exons()]
        return next(
            at
            for at, allele in enumerate(self.alleles)
            if allele.position in span and not any(allele.position in each for each in coding)
        )


def write_releases(world: Ground) -> None:
    """Write everything that rests on the alleles alone."""
    for rules in _RULE_CHANGES:
        _write_rules(rules, world.folder / f"rules.{rules}.yaml")
    transcripts = DEMO / "refs" / "mane" / "1.5" / TRANSCRIPTS_FILE
    for number in (1, 2, 3, 4):
        _write_clinvar(world, number, transcripts)
        _write_links(world, number)
    for number in (1, 2, 3):
        _write_gnomad(world, number)
    for number in (1, 2):
        _write_listed(world, number)
        _write_panels(world, number)
        _write_hpo(world, number)


def write_scores(world: Ground) -> None:
    """Write the predictors, which rest on what the alleles do."""
    for number in (1, 2):
        _write_revel(world, number)
        _write_alphamissense(world, number)


def _write_rules(name: str, path: Path) -> None:
    document: Any = load_yaml(RULES)
    for key, value in _RULE_CHANGES[name].items():
        document["rules"][key]["value"] = value
    document["date"] = str(document["date"])
    path.write_text(yaml.safe_dump(document))
    lists = path.with_suffix(".lists")
    lists.mkdir()
    for use, genes in _LISTS.get(name, {}).items():
        entry = {"says": "constructed", "source": "constructed", "genes": [HGNC[x] for x in genes]}
        listed = {"id": use, "version": "1", "date": "2026-01-01", "use": use,
                  "title": f"Constructed {use}", "entries": [entry]}  # fmt: skip
        (lists / f"{use}.yaml").write_text(yaml.safe_dump(listed))
    folder = path.with_suffix("")
    folder.mkdir()
    for each in _SPECIFICATIONS.get(name, ()):
        stated = {key: {"value": value, "source": "constructed"} for key, value in
                  each["rules"].items()}  # fmt: skip
        specification = {"date": "2026-01-01", "panel": "constructed", "title": "constructed",
                         "url": "https://example.org", "status": "laboratory", **each,
                         "rules": stated}  # fmt: skip
        (folder / f"{each['id']}.yaml").write_text(yaml.safe_dump(specification))


def _write_clinvar(world: Ground, number: int, transcripts: Path) -> None:
    draw = random.Random(100 + number)  # noqa: S311
    words = ("pathogenic", "likely_pathogenic", "uncertain_significance", "benign")
    kept = random.Random(99)  # noqa: S311 - what all releases say alike
    said: dict[Allele, tuple[str, int]] = {}
    for allele in world.alleles:
        word = kept.choice(words) if kept.random() < 0.5 else None
        if draw.random() < 0.35:
            word = draw.choice((None, *words))
        if word is not None:
            said[allele] = word, draw.choice((0, 1, 1, 2))
    _write_assertions(world, str(number), said, transcripts)
    if number == 1:
        changed = world.alleles[world.changes_by_one()]
        _write_assertions(world, "one", said | {changed: ("pathogenic", 2)}, transcripts)


def _write_assertions(
    world: Ground, name: str, said: Mapping[Allele, tuple[str, int]], transcripts: Path
) -> None:
    rows = [
        dict.fromkeys(ALLELES_SCHEMA.names)
        | cells(allele)
        | {
            "significance": [Significance(word).value],
            "conditions": "a disease",
            "stars": stars,
            "citation": "",
        }
        for allele, (word, stars) in said.items()
    ]
    schema = pl.Schema(ALLELES_SCHEMA)
    schema["conditions"] = pl.String()
    frame = pl.DataFrame(rows, schema=schema, orient="row").sort("key", "ref", "alt")
    folder = folder_of(world, "clinvar", name)
    table = read_transcript_table(transcripts)
    with AlleleWriter(folder) as out:
        out.write(
            Chromosome.C22,
            frame,
            missense_codons(frame, table, FASTA),
            splice_motif_alleles(frame, table, FASTA),
        )
    seal(folder, out.rows)


def _write_gnomad(world: Ground, number: int) -> None:
    """Frequencies stay under the store's limit: what it could not have kept is tested apart."""
    draw = random.Random(200 + number)  # noqa: S311
    rows = []
    for allele in world.alleles:
        frequency = draw.choice((None, 0.0, 0.00001, 0.0004, 0.004, 0.02))
        if frequency is None:
            continue
        ac = round(frequency * 150_000)
        rows.append(
            {
                "allele": str(allele), "ac": ac, "af": ac / 150_000,
                "faf95": frequency * 0.8 or None, "faf95_group": "nfe" if frequency else None,
                "group_max_af": frequency * 1.5, "ac_nfe": round(frequency * 45_000),
                "filters": draw.choice(("PASS", "PASS", "PASS", "AC0" if not ac else "RF")),
            }
        )  # fmt: skip
    starts = sorted(draw.sample(range(20_013_000, 20_500_000, 1000), 250))
    spans = [("22", start, start + 999) for start in starts]
    folder = write_frequencies(folder_of(world, "gnomad", number), rows, spans)
    files = [path for path in (folder / FREQUENCIES).iterdir()]
    seal(folder, {**{f"{FREQUENCIES}/{path.name}": None for path in files}, COVERED: None})


def _write_links(world: Ground, number: int) -> None:
    draw = random.Random(300 + number)  # noqa: S311
    links = []
    for gene, hgnc in HGNC.items():
        for disease in ("OMIM:616878", "OMIM:188400", "OMIM:600850")[: draw.choice((0, 1, 2))]:
            links.append(
                GeneDisease(
                    hgnc=hgnc,
                    gene=gene,
                    disease=disease,
                    disease_name=f"disease {disease} of {gene}",
                    inheritance=draw.choice(
                        (Inheritance.AUTOSOMAL_RECESSIVE, Inheritance.AUTOSOMAL_DOMINANT)
                    ),
                    mechanism=draw.choice((Mechanism.LOSS_OF_FUNCTION, Mechanism.NOT_ESTABLISHED)),
                    known_since="2015-01-01",
                    pmid="1",
                    validity=draw.choice((Validity.NOT_STATED, Validity.LIMITED)),
                )
            )
    folder = folder_of(world, "gene_disease", number)
    seal(folder, {LINKS: write_gene_disease(links, folder)})


def _write_listed(world: Ground, number: int) -> None:
    draw = random.Random(400 + number)  # noqa: S311
    rows = [
        ListedRow(
            line,
            allele,
            Listing(
                source_list="founders",
                hgnc=draw.choice(list(HGNC.values())),
                disease="OMIM:616878",
                inheritance=Inheritance.AUTOSOMAL_RECESSIVE,
                region="somewhere",
                measure=RateMeasure.CARRIER_RATE,
                rate="1/50",
                overrides=("PM2", "BS1"),
                pmid=None,
                curator="A. Person",
                date="2026-01-01",
                reason="constructed",
                constructed=True,
            ),
        )
        for line, allele in enumerate(draw.sample(world.alleles, 8), start=2)
    ]
    folder = folder_of(world, "listed_alleles", number)
    seal(folder, {LISTED_FILE: write_listed(rows, folder)})


def _write_panels(world: Ground, number: int) -> None:
    """Write two panels: the second release of each has other genes, at other levels."""
    draw = random.Random(450 + number)  # noqa: S311
    panels = [
        ListedPanel(
            name,
            str(number),
            name,
            "constructed",
            tuple(
                PanelGene(hgnc, gene, draw.choice((PanelLevel.GREEN, PanelLevel.RED)))
                for gene, hgnc in sorted(HGNC.items(), key=lambda each: each[1])
                if draw.random() < 0.6
            ),
        )
        for name in ("broad", "narrow")
    ]
    folder = folder_of(world, "panels", number)
    seal(folder, {PANELS_FILE: write_panels(panels, folder)})


def _write_hpo(world: Ground, number: int) -> None:
    files = hpo_files.write(world.folder / f"hpo.{number}", later=number == 2)
    folder = folder_of(world, "hpo", number)
    written = write_hpo_release(files["ontology"][0], files["annotations"][0], folder)
    seal(folder, written.rows)


def _write_revel(world: Ground, number: int) -> None:
    """The predictor that the rules decide by."""
    rows = [
        f"22,{at},{position},{ref},{alt},{was},{now},{score},{transcript.partition('.')[0]}\n"
        for at, position, ref, alt, was, now, transcript, score in _scored(world, 500 + number)
    ]
    path = world.folder / f"revel.{number}.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(revel_files.MEMBER, revel_files.HEAD + "".join(rows))
    _build_scores(world, revel.build, "revel", number, path)


def _write_alphamissense(world: Ground, number: int) -> None:
    """A predictor that is shown and decides nothing."""
    rows = [
        f"chr22\t{position}\t{ref}\t{alt}\thg38\tQ6ICL3\t{transcript}\t{was}{at}{now}\t{score}"
        "\tambiguous\n"
        for at, position, ref, alt, was, now, transcript, score in _scored(world, 600 + number)
    ]
    path = world.folder / f"alphamissense.{number}.tsv.gz"
    path.write_bytes(gzip.compress((alphamissense_files.HEAD + "".join(rows)).encode()))
    _build_scores(world, alphamissense.build, "alphamissense", number, path)


def _scored(world: Ground, seed: int) -> Iterator[tuple[int, int, str, str, str, str, str, float]]:
    """Draw scores for two missense substitutions in three."""
    draw = random.Random(seed)  # noqa: S311
    missense = world.effects.filter(
        pl.col("terms").list.contains("missense_variant") & (pl.col("ref").str.len_bytes() == 1)
    ).sort("position", "alt", "transcript")
    names = ("position", "ref", "alt", "ref_aa", "alt_aa", "transcript")
    for at, row in enumerate(missense.select(names).iter_rows(), start=100):
        if draw.random() < 0.66:
            yield (at, *row, round(draw.random(), 3))


def _build_scores(
    world: Ground, build: Callable[..., Built], source: str, number: int, path: Path
) -> None:
    folder = folder_of(world, source, number)
    material = Material(source, str(number), date(2026, 1, 1), {"scores": (path,)})
    scratch = world.folder / f"{source}.{number}.scratch"
    scratch.mkdir()
    built = build(material, Context(None, Releases({}), scratch), folder)
    seal(folder, built.rows)


def folder_of(world: Ground, source: str, number: int | str) -> Path:
    folder = world.refs / source / str(number)
    folder.mkdir(parents=True)
    return folder


def seal(folder: Path, rows: Mapping[str, int | None], *, constructed: bool = True) -> None:
    write_manifest(
        folder,
        source=folder.parent.name,
        release=folder.name,
        dated=date(2020 + int(folder.name) if folder.name.isdecimal() else 2030, 1, 1),
        url="none",
        licence="none",
        rows=rows,
        constructed=constructed,
    )


def cells(allele: Allele) -> dict[str, Any]:
    """An allele's cells in a keyed table."""
    return {
        "key": allele.key,
        "chromosome": allele.chromosome.value,
        "position": allele.position,
        "ref": allele.ref,
        "alt": allele.alt,
    }
