"""Evidence on published alleles, without a patient: what the files of VARINTERP_SHARED_DATA hold.

Releases are built by the project's own adapters and read by its own functions. Three things are
not releases and are put beside them here: where gnomAD's gene queries looked (absence counts there
and nowhere else), AlphaMissense's table by protein, and SpliceAI's scores, where VARINTERP_SPLICEAI
names a table of them (chromosome, position, REF, ALT, gene, four deltas).

The ten genes' file gives frequencies without counts: their counts are worked back from the number
of alleles of a gnomAD release of that time, which is exact for nothing but the frequency itself.
"""

import csv
import gzip
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any

import polars as pl
from acmg_truth import FILES, Hypothesis, Truth, hypotheses
from history_laboratory import Laboratory
from shared_genome import shared, sparse_genome

from varinterp.model.assessment import AssessmentKey
from varinterp.model.case import Candidate
from varinterp.model.chromosome import Chromosome
from varinterp.model.facts import (
    CONSEQUENCE,
    COVERAGE,
    FREQUENCY,
    SCORES,
    SPLICE_COMPARATORS,
    Coverage,
    FamilyGenotypes,
    Frequency,
    on_transcript,
    position_key,
)
from varinterp.model.prediction import (
    Predictions,
    Predictor,
    Score,
    ScoreOrigin,
    SpliceEffect,
    score_key,
)
from varinterp.model.reads import Evidence
from varinterp.model.transcript import Mane
from varinterp.model.variant import Allele
from varinterp.pipeline.consequence import from_vepyr
from varinterp.pipeline.evidence import gather_shared, read_knowledge
from varinterp.pipeline.placements import at_both_places
from varinterp.pipeline.population import with_population
from varinterp.refs.lock import Releases
from varinterp.refs.release import open_release
from varinterp.sources.gene_disease import COLUMNS
from varinterp.sources.rules import Rules
from varinterp.sources.vep import to_consequence

ALLELES_OF_GNOMAD = 152_312
"""All alleles of gnomAD 3.1.2's genomes, the larger of the two sets the frequencies come from."""

_REDUCED: dict[str, Any] = {
    "groups": [],
    "bounded_groups": [],
    "fields": {
        "nhomalt": None, "ac_xy": None, "nhomalt_xy": None, "faf95": None, "faf95_group": None,
        "group_max_af": None, "exome_filters": None, "genome_filters": None,
    },
}  # fmt: skip
_GNOMAD = {
    "PTEN": (
        "gnomad_v4.1_PTEN.vcf.gz",
        _REDUCED | {"fields": _REDUCED["fields"] | {"faf95": "FAF95"}},
    ),
    "CFTR": ("gnomad_v4.1.1_CFTR.vcf.gz", _REDUCED),
}
PARTNERS = {
    "ClinVar 2021-07 BRCA1": "2021-07-15",
    "ClinVar 2026-08 BRCA1 missense": "2026-08-18",
    "ClinVar 2026-08 CFTR": "2026-08-04",
    "ClinVar 2025-03 MECP2": "2025-03-01",
}
"""ClinVar's sets with review status: only these can make comparators."""

_ALPHAMISSENSE = {"CFTR": "alphamissense_CFTR_P13569", "BRCA1": "alphamissense_BRCA1_P38398"}
_PLACE = {
    "chromosome": pl.String, "position": pl.Int32, "ref": pl.String, "alt": pl.String,
}  # fmt: skip


@dataclass
class Bench:
    """A laboratory with the releases of the validation."""

    laboratory: Laboratory
    rules: Rules
    _clinvar: set[str] = field(default_factory=set)

    @classmethod
    def build(cls, folder: Path, rules: Rules) -> "Bench":
        """Build what every set of alleles needs."""
        laboratory = Laboratory(folder)
        laboratory.transcripts()
        links = folder / "links.tsv"
        links.write_text("".join(f"{line}\n" for line in _links()))
        laboratory.build("gene_disease", "validation", "2026-02-09", {"links": links})
        laboratory.population()
        for gene, (name, settings) in _GNOMAD.items():
            laboratory.build(
                "gnomad", f"4.1-{gene}", "2024-04-19", {"sites": shared("genome", "gnomad", name)},
                settings=settings,
            )  # fmt: skip
        return cls(laboratory, rules)

    def releases(self, gene: str, partners: str | None) -> Releases:
        """Open a gene's releases; `partners` names the ClinVar set that makes comparators."""
        wanted = {
            "mane": "1.5", "vep": "mane-1.5-slices", "gene_disease": "validation",
            "gnomad": f"4.1-{gene}" if gene in _GNOMAD else "4.1-chr2",
        }  # fmt: skip
        # A lock needs a release of ClinVar; where partners are hidden, what it says is left out.
        wanted["clinvar"] = self._of_clinvar(partners or next(iter(PARTNERS)))
        root = self.laboratory.references
        return Releases({name: open_release(root, name, day) for name, day in wanted.items()})

    def _of_clinvar(self, source: str) -> str:
        day = PARTNERS[source]
        if day not in self._clinvar:
            path = shared("genome", FILES[source])
            self.laboratory.build("clinvar", day, day, {"vcf": path}, "mane@1.5")
            self._clinvar.add(day)
        return day


def _links() -> Iterator[str]:
    """Yield the table of links that the hypotheses make."""
    yield "\t".join(COLUMNS)
    for each in hypotheses().values():
        said = {
            "hgnc": each.hgnc, "gene": each.gene, "disease": each.disease,
            "disease_name": each.disease_name, "inheritance": each.inheritance.value,
            "mechanism": each.mechanism.value, "constructed": "false",
        }  # fmt: skip
        yield "\t".join(said.get(column, "") for column in COLUMNS)


def candidates(
    found: Iterable[Truth], hypothesis: Hypothesis, releases: Releases, beside: Path
) -> dict[Allele, Candidate]:
    """Return the alleles that lie in the gene's MANE Select transcript, with what they do to it."""
    of = {each.allele: each for each in found}
    frame = pl.DataFrame(
        [(a.chromosome.value, a.position, a.ref, a.alt) for a in sorted(of)], _PLACE, orient="row"
    )
    models = releases["vep"].folder
    annotate = partial(from_vepyr, cache=models, reference=sparse_genome(), beside=beside)
    effects = at_both_places(frame, annotate, models, sparse_genome())
    made: dict[Allele, Candidate] = {}
    for row in effects.iter_rows(named=True):
        if row["transcript"] is None:
            continue
        consequence = to_consequence(row)
        if consequence.hgnc != hypothesis.hgnc or consequence.mane is not Mane.SELECT:
            continue
        allele = Allele(Chromosome(row["chromosome"]), row["position"], row["ref"], row["alt"])
        made[allele] = Candidate(
            allele=allele, gates=(), filter="PASS", consequence=consequence, others=(),
            genotypes=FamilyGenotypes(()), frequency=_frequency(of[allele], hypothesis),
            coverage=None, assertion=None, predictions=None,
        )  # fmt: skip
    return made


def evidence(
    some: Sequence[Candidate],
    hypothesis: Hypothesis,
    releases: Releases,
    rules: Rules,
    *,
    blind: bool,
) -> Evidence:
    """Return everything that the criteria may ask of a gene's alleles, without a patient.

    A `blind` one holds nothing of ClinVar, as if no release of it had been consulted.
    """
    knowledge = read_knowledge(releases, rules)
    grouped = with_population(some, releases)
    shared_facts = gather_shared(grouped, knowledge, releases, sparse_genome())
    facts = dict(shared_facts.facts)
    for each in grouped:
        facts.update(_of_allele(each))
    facts.update(_beside_sites(facts, hypothesis.gene))
    if hypothesis.gene in _GNOMAD:
        facts.update(_covered(grouped))
    provided = shared_facts.provided
    if blind:
        facts = {place: value for place, value in facts.items() if not _of_clinvar(place[0])}
        provided = frozenset(source for source in provided if not _of_clinvar(source))
    return Evidence(facts, provided)


def _of_clinvar(source: str) -> bool:
    return source == "clinvar" or source.startswith("clinvar.")


def _of_allele(candidate: Candidate) -> dict[tuple[str, str], Any]:
    effect = candidate.consequence
    found: dict[tuple[str, str], Any] = {
        (CONSEQUENCE.source, on_transcript(candidate.allele, effect.transcript)): effect,
    }
    if candidate.frequency is not None:
        found[(FREQUENCY.source, str(candidate.allele))] = candidate.frequency
    scores = _scores(candidate)
    for predictor in scores.scored:
        key = score_key(predictor, candidate.allele, effect)
        if key is not None:
            found[(SCORES[predictor].source, key)] = scores.of(predictor)
    return found


def _beside_sites(facts: Mapping[tuple[str, str], Any], gene: str) -> dict[tuple[str, str], Score]:
    """Return the splice scores of what ClinVar knows in the motifs of the alleles' sites."""
    known = {
        f"{each.allele}@{gene}"
        for (source, _), found in facts.items()
        if source == SPLICE_COMPARATORS.source
        for each in found.alleles
    }
    source = SCORES[Predictor.SPLICEAI].source
    return {(source, key): _spliceai()[key] for key in known & _spliceai().keys()}


def _covered(some: Iterable[Candidate]) -> dict[tuple[str, str], Coverage]:
    """Say that gnomAD's query of a gene looked at every position of it."""
    return {
        (COVERAGE.source, position_key(each.allele.chromosome, at)): Coverage(covered=True)
        for each in some
        for at in range(each.allele.position, each.allele.end + 1)
    }


def _frequency(truth: Truth, hypothesis: Hypothesis) -> Frequency | None:
    """Return gnomAD's row of the gene's query; else the frequency that came with the class."""
    if hypothesis.gene in _GNOMAD:
        return _rows(hypothesis.gene).get(str(truth.allele))
    if truth.stated_frequency is None:
        return None
    af = truth.stated_frequency
    return Frequency(
        ac=round(af * ALLELES_OF_GNOMAD), an=ALLELES_OF_GNOMAD, af=af, faf95=None,
        faf95_group=None, group_max_af=None, nhomalt=None, hemizygotes=None,
    )  # fmt: skip


@cache
def _rows(gene: str) -> Mapping[str, Frequency]:
    """Read gnomAD's query of a gene; a row filtered as ``AC0`` was not observed."""
    found = {}
    with gzip.open(shared("genome", "gnomad", _GNOMAD[gene][0]), "rt") as text:
        for line in text:
            if line.startswith("#"):
                continue
            chromosome, position, _, ref, alt, _, filters, info = line.rstrip("\n").split("\t")[:8]
            said = dict(each.partition("=")[::2] for each in info.split(";"))
            found[f"{chromosome.removeprefix('chr')}-{position}-{ref}-{alt}"] = Frequency(
                ac=int(said["AC_joint"]), an=int(said["AN_joint"]), af=float(said["AF_joint"]),
                faf95=float(said["FAF95"]) if "FAF95" in said else None,
                faf95_group=said.get("FAF95_POP"), group_max_af=None, nhomalt=None,
                hemizygotes=None, usable=filters in ("PASS", ".", "AC0"),
            )  # fmt: skip
    return found


def _scores(candidate: Candidate) -> Predictions:
    effect = candidate.consequence
    missense = (
        None
        if len(effect.ref_aa or "") != 1 or len(effect.alt_aa or "") != 1
        else _alphamissense(effect.gene).get(
            f"{effect.ref_aa}{effect.protein_position}{effect.alt_aa}"
        )
    )
    splicing = _spliceai().get(f"{candidate.allele}@{effect.gene}")
    return Predictions(
        alphamissense=None if missense is None else Score(missense, ScoreOrigin.RELEASE),
        spliceai=splicing,
    )


@cache
def _alphamissense(gene: str) -> Mapping[str, float]:
    if gene not in _ALPHAMISSENSE:
        return {}
    with gzip.open(shared("genome", "insilico", f"{_ALPHAMISSENSE[gene]}.tsv.gz"), "rt") as text:
        rows = list(csv.DictReader(text, delimiter="\t"))
    if "protein_variant" in rows[0]:
        return {row["protein_variant"]: float(row["am_pathogenicity"]) for row in rows}
    return {
        f"{row['a.a.1']}{row['position']}{row['a.a.2']}": float(row["pathogenicity score"])
        for row in rows
    }


@cache
def _spliceai() -> Mapping[str, Score]:
    """Read the largest of the four deltas of each allele, where a table of them was named."""
    path = os.environ.get("VARINTERP_SPLICEAI")
    if path is None:
        return {}
    with Path(path).open() as text:
        rows = [line.rstrip("\n").split("\t") for line in text]
    return {
        f"{row[0].removeprefix('chr')}-{row[1]}-{row[2]}-{row[3]}@{row[4]}": _largest(row[5:9])
        for row in rows
        if len(row) == 9
    }


def _largest(deltas: Sequence[str]) -> Score:
    """Return the largest delta, the first of equals, as a release of SpliceAI does."""
    value, _, effect = max(
        (float(delta), -place, effect)
        for place, (delta, effect) in enumerate(zip(deltas, SpliceEffect, strict=True))
    )
    return Score(value, ScoreOrigin.RELEASE, effect)


def key_of(allele: Allele, hypothesis: Hypothesis, rules: str) -> AssessmentKey:
    """Return the hypothesis about an allele as an assessment's key."""
    return AssessmentKey(
        "validation", allele, hypothesis.hgnc, hypothesis.disease, hypothesis.inheritance, rules
    )
