"""A small world for reanalysis: real releases of every source, and families that carry its alleles.

The releases are written by the project's own writers, several of each source, so that a history is
a walk among them. Consequences are worked out by vepyr once, for all alleles.
"""

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property, partial
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import polars as pl
import pyarrow as pa
import pysam
from pyarrow import ipc

from builders import call, carried, variants_table
from reanalysis_more_releases import MITOCHONDRIAL, of_mitochondria, write_more_releases
from reanalysis_releases import (
    DEMO,
    FASTA,
    GENES,
    HGNC,
    ROOT,
    Ground,
    cells,
    write_releases,
    write_scores,
)
from varinterp.cohort.consequences import Consequences, memo_key
from varinterp.documents.case import dump_case
from varinterp.family_table import VARIANTS_SCHEMA
from varinterp.model.assessment import AcmgClass
from varinterp.model.carried_copy import CarriedCopy
from varinterp.model.case import Case, CaseResult, StageCount
from varinterp.model.chromosome import Chromosome
from varinterp.model.consent import ConsentDecision, ConsentScope
from varinterp.model.copy_number import Change, CopyNumber
from varinterp.model.copy_number_facts import Carrier
from varinterp.model.family import Affected, Family, Person, Sex
from varinterp.model.panel import AskedPanel, PanelUse
from varinterp.model.phenotype import Phenotype
from varinterp.model.transcript import Span, Transcript
from varinterp.model.variant import Allele
from varinterp.pipeline import consequence
from varinterp.pipeline.candidates import read_candidates
from varinterp.pipeline.classify import CaseInputs, classify, prioritise
from varinterp.pipeline.config import Settings, parse_settings
from varinterp.pipeline.placements import at_both_places
from varinterp.pipeline.population import with_population
from varinterp.pipeline.reanalysis.archive import Archive, open_archive
from varinterp.pipeline.reanalysis.effects import remembered
from varinterp.pipeline.reanalysis.target import Target
from varinterp.pipeline.stages.store import coding_spans, stored_rows, trio
from varinterp.pipeline.variants import gate_limits, write_annotated
from varinterp.refs.lock import Releases
from varinterp.refs.release import Release, open_release
from varinterp.sources.rules import read_rules
from varinterp.sources.transcripts import TRANSCRIPTS_FILE, read_transcripts

EFFECTS = "effects.parquet"
FIRST_VEP = "mane-1.5-demo"
START = datetime(2026, 1, 5, 8, tzinfo=UTC)
TERMS = ("HP:0001250", "HP:0001332", "HP:0002307", "HP:0001657", "HP:0002059")
RETIRED = "HP:0000100"
"""A term that HPO's second release has made obsolete."""
DEMO_RELEASES = {"mane": "1.5", "vep": "mane-1.5-demo", "disease_phenotypes": "2020-01"}
CHOICES: dict[str, tuple[str | None, ...]] = {
    "clinvar": ("1", "2", "3", "4", "one"),
    "gnomad": ("1", "2", "3"),
    "gene_disease": ("1", "2", "3", "4"),
    "listed_alleles": (None, "1", "2"),
    "hpo": ("1", "2"),
    "revel": (None, "1", "2"),
    "alphamissense": ("1", "2", None),
    "rules": ("1", "2", "3", "4", "6", "7", "5"),
    "local_frequency": (None, "1", "2"),
    "lab_variants": (None, "1", "2"),
    "curation": (None, "1", "2"),
    "own_cases": (None, "1", "2"),
    "panels": (None, "1", "2"),
    "mitomap": (None, "1", "2"),
    "gnomad_constraint": (None, "1", "2"),
    "cadd": (None, "1", "2"),
    "phylop": (None, "1", "2"),
    "spliceai": (None, "1", "2"),
    "repeats": (None, "1", "2"),
    "gnomad_exons": (None, "1", "2"),
    "disease_phenotypes": ("2020-01", "2", None),
    "mane": ("1.5", "2"),
    "vep": ("mane-1.5-demo", "2"),
}
"""The releases of each source that moves; None where a lock leaves the source out.

ClinVar's ``one`` differs from ``1`` in a single record.
"""


@dataclass(frozen=True)
class Member:
    """A family as it is drawn: copies of each allele in child, father and mother.

    `laboratory` says that its files came with the consequences of the laboratory's own VEP;
    `father` that a trio has one (still); `analysis` is the number of its analysis.
    """

    number: int
    trio: bool
    genotypes: Mapping[int, tuple[int, int, int]]
    terms: tuple[str, ...]
    laboratory: bool = False
    analysis: int = 1
    father: bool = True

    @property
    def id(self) -> str:
        return f"C-{sha256(str(self.number).encode()).hexdigest()[:12].upper()}"


@dataclass
class World(Ground):
    """Releases on disk, the alleles that people carry, and what these do to transcripts."""

    @property
    def carried(self) -> tuple[Allele, ...]:
        """Everything that people may carry: the mitochondrial alleles last."""
        return (*self.alleles, *MITOCHONDRIAL)

    @property
    def pairable(self) -> tuple[int, ...]:
        """Where alleles of TANGO2, whose disease is recessive in some releases, stand among all."""
        first, last = 20021110, 20067164
        return tuple(at for at, each in enumerate(self.alleles) if first <= each.position <= last)

    def effects_by(self, vep: str) -> pl.DataFrame:
        """What alleles do by a VEP cache: the second one calls every third codon otherwise."""
        if vep == FIRST_VEP:
            return self.effects
        other = pl.col("protein_position").cast(pl.Int64) % 3 == 0
        synonymous = pl.lit(["synonymous_variant"], pl.List(pl.String))
        missense = pl.col("terms").list.contains("missense_variant").fill_null(False)
        return self.effects.with_columns(
            pl.when(missense & other).then(synonymous).otherwise("terms").alias("terms"),
            pl.col("hgvs_c").str.replace("c.", "c.(2)", literal=True),
        )

    @cached_property
    def opened(self) -> dict[tuple[str, str], Release]:
        return {}

    def target(self, choice: Mapping[str, int]) -> Target:
        """Open the releases of a choice (an index into `CHOICES` for each source)."""
        names = {source: CHOICES[source][at] for source, at in choice.items()}
        stated = self.folder / f"rules.{names.pop('rules')}.yaml"
        rules = read_rules(stated, [stated.with_suffix("")], [stated.with_suffix(".lists")])
        wanted = {source: name for source, name in names.items() if name}
        for place in wanted.items():
            if place not in self.opened:
                self.opened[place] = open_release(self.refs, *place)
        return Target(
            Releases({place[0]: self.opened[place] for place in sorted(wanted.items())}), rules
        )

    def settings(self, folder: Path, registry: str | None = None) -> Settings:
        """Settings of an archive in a folder of its own."""
        return parse_settings(
            {
                "samples": str(DEMO / "samples.tsv"),
                "reference": str(FASTA),
                "references": str(self.refs),
                "lock": str(DEMO / "refs.lock.yaml"),
                "rules": str(self.folder / "rules.1.yaml"),
                "gene_specs": [],
                "gene_lists": [],
                "catalogue": str(ROOT / "resources" / "sources.yaml"),
                "results": str(folder / "results"),
                "registry": registry or f"sqlite:///{folder / 'registry.sqlite'}",
                "cohort": str(folder / "cohort"),
                "reanalysis": str(folder / "reanalysis"),
                "pseudonym_key": "demonstration",
                "languages": ["en"],
            }
        )

    def keep_consequences(self, memo: Consequences) -> None:
        """Let a memo remember what every allele of the world does."""
        for release in CHOICES["vep"]:
            memo.keep(memo_key(str(release)), self.effects_by(str(release)))

    def case(
        self, member: Member, phenotype: Phenotype | None = None, consented: bool | None = None
    ) -> Case:
        """Return a drawn family as a case; the sheet says yes to secondary findings of trios."""
        return Case(
            id=member.id,
            analysis=member.analysis,
            family=_family(member),
            phenotype=phenotype or Phenotype.of(member.terms),
            indication="constructed",
            parentage_confirmed=member.trio,
            secondary_findings=member.trio if consented is None else consented,
            panels=_panels(member),
        )

    def full(
        self,
        member: Member,
        target: Target,
        work: Path,
        phenotype: Phenotype | None = None,
        consented: bool | None = None,
    ) -> CaseResult:
        """Run every stage of the workflow on a family, from its alleles to the ranking."""
        case = self.case(member, phenotype, consented)
        work.mkdir(parents=True, exist_ok=True)
        paths = {
            name: work / name
            for name in ("alleles.arrow", "variants.parquet", "candidates.parquet")
        }
        vep = target.releases["vep"].manifest.release
        rows = self._rows(member)
        _write_alleles(rows, paths["alleles.arrow"])
        write_annotated(
            alleles=paths["alleles.arrow"],
            family=case.family,
            releases=target.releases,
            limits=gate_limits(target.rules),
            out=paths["variants.parquet"],
        )
        with (
            patch.object(consequence, "at_both_places", partial(self._looked_up, vep)),
            patch.object(consequence, "from_laboratory", lambda _, rows: self._said(rows)),
        ):
            consequence.write_candidates(
                variants=paths["variants.parquet"],
                vcfs=(),
                intake=_intake(case, member.laboratory),
                releases=target.releases,
                reference=FASTA,
                out=paths["candidates.parquet"],
            )
        candidates = with_population(read_candidates(paths["candidates.parquet"]), target.releases)
        opened = int(pl.read_parquet(paths["variants.parquet"])["candidate"].sum())
        genes = len({each.allele for each in candidates})
        counts = (
            StageCount("normalise", rows.height, rows.height),
            StageCount("gates", rows.height, opened, (("no_gate", rows.height - opened),)),
            StageCount("genes", opened, genes, (("outside_genes", opened - genes),)),
        )
        inputs = CaseInputs(case, candidates, target.releases, target.rules, FASTA)
        return prioritise(classify(inputs, counts), target.rules, _copies(member, case.family))

    def consented(self, archive: Archive, member: Member, on: date) -> bool:
        """Return what an analysis hears of secondary findings on a day."""
        case = self.case(member)
        return archive.dataset.wants_secondary_findings(
            case.family.proband_id, on, sheet=case.secondary_findings
        )

    def register(
        self, archive: Archive, member: Member, target: Target, work: Path, at: datetime
    ) -> CaseResult:
        """Analyse a family and keep it: registry and cohort store."""
        consented = self.consented(archive, member, at.date())
        result = self.full(member, target, work, consented=consented)
        text = dump_case(result)
        archive.registry.register(
            result, sha256(text.encode()).hexdigest(), at, rules=target.rules.values
        )
        yes = ConsentDecision(
            ConsentScope.REANALYSIS, True, at.date(), result.case.family.proband_id, "form"
        )
        archive.dataset.intake(result.case, author="test", at=at, consents=[yes])
        kept = stored_rows(
            work / "variants.parquet",
            target.rules.number("gate.stored_max"),
            coding_spans(target.releases["mane"].file(TRANSCRIPTS_FILE)),
            trio(result.case.family),
        )
        csq = self._said(kept.filter("stored")) if member.laboratory else None
        archive.cohort.add(result.case.id, result.case.analysis, kept, csq)
        return result

    def _rows(self, member: Member) -> pl.DataFrame:
        people = [person.id for person in _family(member).sequenced]
        return variants_table(
            {
                "allele": str(self.carried[index]),
                "genotypes": [
                    carried(person, copies) if copies else call(person)
                    for person, copies in zip(people, given, strict=False)
                ],
            }
            for index, given in sorted(_of(member).items())
        )

    def _said(self, alleles: pl.DataFrame) -> pl.DataFrame:
        """What the laboratory's VEP says: other names, and a score of its own."""
        found = self._looked_up(FIRST_VEP, alleles).filter(pl.col("transcript").is_not_null())
        return found.with_columns(
            pl.concat_str(pl.col("hgvs_c"), pl.lit("[lab]")).alias("hgvs_c"),
            pl.lit(0.8, pl.Float64).alias("revel"),
        )

    def _looked_up(self, vep: str, alleles: pl.DataFrame, *_: Any) -> pl.DataFrame:
        place = ["chromosome", "position", "ref", "alt"]
        effects = self.effects_by(vep)
        typed = alleles.select(pl.col(name).cast(effects.schema[name]) for name in place)
        return effects.join(typed, on=place, how="semi")


def build_world(folder: Path) -> World:
    """Write the releases and work out the consequences: some seconds, once."""
    world = World(folder)
    for source, name in DEMO_RELEASES.items():
        place = world.refs / source
        place.mkdir(parents=True)
        (place / name).symlink_to(DEMO / "refs" / source / name)
    world.alleles = _alleles()
    write_releases(world)
    asked = _frame(world.alleles).drop("key")
    cache = DEMO / "refs" / "vep" / FIRST_VEP
    annotate = partial(consequence.from_vepyr, cache=cache, reference=FASTA, beside=folder)
    found = remembered(asked, at_both_places(asked, annotate, cache, FASTA))
    world.effects = pl.concat([found, of_mitochondria(found.schema)])
    world.effects.write_parquet(folder / EFFECTS)
    write_scores(world)
    write_more_releases(world)
    return world


def open_world(folder: Path) -> World:
    """Open a world that was built before."""
    return World(folder, _alleles(), pl.read_parquet(folder / EFFECTS))


def _ends(transcript: Transcript) -> tuple[Span, Span]:
    """Return the coding parts of a transcript's last exon, and of the one before it."""
    *_, before, last = (span for _, span in transcript.coding_exons())
    return last, before


def _beside_a_donor(transcript: Transcript) -> tuple[int, ...]:
    """Return two bases of the motif of a splice donor: the third and the fifth of an intron."""
    exon = transcript.exons[-2]
    edge = exon.end if transcript.strand > 0 else exon.start
    return tuple(edge + transcript.strand * step for step in (3, 5))


def _alleles() -> tuple[Allele, ...]:
    """Substitutions in codons (some neighbours), splice sites, deletions, introns, and no gene.

    Among the deletions a frameshift in each last exon, and a codon's length before it.
    """
    draw = random.Random(4)  # noqa: S311 - which alleles, not whose secrets
    transcripts = read_transcripts(DEMO / "refs" / "mane" / "1.5" / TRANSCRIPTS_FILE)
    found: set[Allele] = set()
    with pysam.FastaFile(str(FASTA)) as fasta:
        name = fasta.references[0]

        def base(position: int, length: int = 1) -> str:
            return str(fasta.fetch(name, position - 1, position - 1 + length)).upper()

        def substitution(position: int) -> Allele:
            ref = base(position)
            alt = draw.choice([letter for letter in "ACGT" if letter != ref])
            return Allele(Chromosome.C22, position, ref, alt)

        for transcript in (transcripts[each] for each in GENES.values()):
            spans = [span for _, span in transcript.coding_exons() if len(span) > 60]
            for span in draw.choices(spans, k=5):
                position = draw.randint(span.start + 5, span.end - 8)
                found |= {substitution(position), substitution(position + 1)}
            edge = next((s for s in spans[:-1] if transcript.strand > 0), None)
            if edge is not None:
                found.add(substitution(edge.end + 1))
                found.add(substitution(edge.end + 200))
            for position in range(spans[0].start + 10, spans[0].end):
                if base(position) != base(position + 1):
                    ref = base(position, 2)
                    found.add(Allele(Chromosome.C22, position, ref, ref[0]))
                    break
        found |= {substitution(position) for position in (20070000, 20075000, 20200000)}
        for transcript in (transcripts[each] for each in GENES.values()):
            for span, length in zip(_ends(transcript), (1, 3), strict=True):
                position = next(
                    at for at in range(span.start + 12, span.end) if base(at) != base(at + length)
                )
                ref = base(position, length + 1)
                found.add(Allele(Chromosome.C22, position, ref, ref[0]))
        for transcript in (transcripts[each] for each in GENES.values()):
            found |= {substitution(position) for position in _beside_a_donor(transcript)}
    return tuple(sorted(found))


def _frame(alleles: Iterable[Allele]) -> pl.DataFrame:
    schema = {
        "key": pl.UInt64, "chromosome": pl.String, "position": pl.Int64, "ref": pl.String,
        "alt": pl.String,
    }  # fmt: skip
    return pl.DataFrame([cells(each) for each in alleles], schema=schema)


def _panels(member: Member) -> tuple[AskedPanel, ...]:
    """Every family asks for a panel and one that is derived; some for one that filters."""
    asked = (AskedPanel("broad"), AskedPanel(TERMS[0]))
    narrow = AskedPanel("narrow", PanelUse.FILTER)
    return (*asked, narrow) if member.number % 3 == 1 else asked


def _family(member: Member) -> Family:
    stem = member.id.replace("C-", "P-")
    child = Person(f"{stem}0", Sex.FEMALE, Affected.YES)
    if not member.trio:
        return Family(member.id.replace("C-", "F-"), child.id, (child,))
    father = Person(f"{stem}1", Sex.MALE, Affected.NO)
    mother = Person(f"{stem}2", Sex.FEMALE, Affected.NO)
    if not member.father:
        duo = (replace(child, mother=mother.id), mother)
        return Family(member.id.replace("C-", "F-"), child.id, duo)
    proband = replace(child, father=father.id, mother=mother.id)
    return Family(member.id.replace("C-", "F-"), child.id, (proband, father, mother))


def _copies(member: Member, family: Family) -> tuple[CarriedCopy, ...]:
    """Every second family has a loss in TANGO2, which a father gave."""
    if member.number % 2:
        return ()
    loss = CopyNumber(Chromosome.C22, 20050000, 20064000, Change.LOSS, 1)
    carriers = (Carrier.YES, Carrier.NO if len(family.members) == 2 else Carrier.YES, Carrier.NO)
    calls = tuple(zip((person.id for person in family), carriers, strict=False))
    return (CarriedCopy(loss, (HGNC["TANGO2"],), AcmgClass.LIKELY_PATHOGENIC, 0.9, calls),)


def _of(member: Member) -> Mapping[int, tuple[int, ...]]:
    """Copies of each allele in those who are sequenced: a normalised VCF has no others' alleles."""
    if member.father:
        return member.genotypes
    left = {index: (child, mother) for index, (child, _, mother) in member.genotypes.items()}
    return {index: copies for index, copies in left.items() if any(copies)}


def _intake(case: Case, laboratory: bool = False) -> Any:
    """As much of an intake as the stages ask for: a pedigree, and VCFs with or without `CSQ`."""
    return SimpleNamespace(
        pedigree=lambda: case.family,
        vcfs=(SimpleNamespace(csq_fields=("Consequence",) if laboratory else ()),),
    )


def _write_alleles(rows: pl.DataFrame, path: Path) -> None:
    table = rows.to_arrow().cast(VARIANTS_SCHEMA)
    with pa.OSFile(str(path), "wb") as stream, ipc.new_file(stream, VARIANTS_SCHEMA) as out:  # type: ignore[no-untyped-call]
        out.write_table(table)


def later(minutes: int) -> datetime:
    """A moment some minutes after the start."""
    return START + timedelta(minutes=minutes)


def members(world: World, count: int, seed: int = 1) -> tuple[Member, ...]:
    """Draw families that share alleles."""
    draw = random.Random(seed)  # noqa: S311
    given = ((1, 0, 0), (1, 1, 0), (1, 0, 1), (2, 1, 1), (0, 1, 0))
    return tuple(
        Member(
            number,
            number % 2 == 0,
            {at: draw.choice(given) for at in draw.sample(range(len(world.alleles)), 14)},
            tuple(sorted(draw.sample(TERMS, 3))),
        )
        for number in range(count)
    )


def filled(
    world: World, folder: Path, drawn: Iterable[Member], choice: Mapping[str, int]
) -> Archive:
    """Open an archive in a folder and register families on one target."""
    archive = open_archive(world.settings(folder))
    world.keep_consequences(archive.consequences)
    for member in drawn:
        target = world.target(choice)
        world.register(archive, member, target, folder / "work", later(member.number))
    return archive
