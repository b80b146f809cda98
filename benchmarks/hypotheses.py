"""Every substitution of a coding base in the demo's region, with prepared evidence.

Transcripts, links, releases and sequence are the demo's. A trio in which the child carries every
allele is made up, since an assessment without genotypes would be cheaper than a real one.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl
import pysam

from varinterp.annotate.key import keys
from varinterp.model.assessment import AssessmentKey
from varinterp.model.case import Candidate, Case
from varinterp.model.chromosome import Chromosome
from varinterp.model.facts import FamilyGenotypes
from varinterp.model.family import Affected, Family, Person, Sex
from varinterp.model.genotype import Genotype
from varinterp.model.phenotype import Phenotype
from varinterp.model.reads import Evidence
from varinterp.model.transcript import Transcript
from varinterp.model.variant import Allele
from varinterp.pipeline.consequence import from_vepyr
from varinterp.pipeline.evidence import gather, read_knowledge
from varinterp.pipeline.hypotheses import hypotheses_of, keys_of
from varinterp.pipeline.phenotype import read_matcher
from varinterp.pipeline.placements import at_both_places
from varinterp.pipeline.population import with_population
from varinterp.refs.lock import open_releases, read_lock
from varinterp.sources.rules import read_rules
from varinterp.sources.vep import to_consequence

_ROOT = Path(__file__).resolve().parents[1]
_DEMO = _ROOT / "resources" / "demo"
_REFERENCE = _DEMO / "reference" / "GRCh38.chr22.demo.fa.gz"
_CARRIED = Genotype(copies=1, ploidy=2, ref_depth=20, alt_depth=20, depth=40, quality=99)
_ABSENT = Genotype(copies=0, ploidy=2, ref_depth=40, alt_depth=0, depth=40, quality=99)
_TRIO = Family(
    "family",
    "child",
    (
        Person("child", Sex.FEMALE, Affected.YES, "father", "mother"),
        Person("father", Sex.MALE, Affected.NO),
        Person("mother", Sex.FEMALE, Affected.NO),
    ),
)
_CALLS = FamilyGenotypes((("child", _CARRIED), ("father", _ABSENT), ("mother", _CARRIED)))
_PLACE = {"chromosome": pl.String, "position": pl.Int32, "ref": pl.String, "alt": pl.String}


@dataclass(frozen=True, slots=True)
class Asked:
    """Hypotheses with the transcripts that they are judged on, and everything to be read."""

    keys: tuple[tuple[AssessmentKey, str], ...]
    evidence: Evidence
    candidates: tuple[Candidate, ...]


@cache
def asked() -> Asked:
    """Gather the evidence as the pipeline does; a hypothesis for each disease of the gene."""
    releases = open_releases(read_lock(_DEMO / "refs.2017.lock.yaml"), _DEMO / "refs")
    rules = read_rules(
        _ROOT / "resources" / "rules" / "core-v1.yaml", [_ROOT / "resources" / "gene_specs"]
    )
    knowledge = read_knowledge(releases, rules)
    alleles = _substitutions(knowledge.transcripts.values())
    models = releases["vep"].folder
    with TemporaryDirectory() as folder:
        annotate = partial(from_vepyr, cache=models, reference=_REFERENCE, beside=Path(folder))
        effects = at_both_places(alleles, annotate, models, _REFERENCE)
    found = with_population(tuple(_candidates(effects)), releases)
    patient = Phenotype.of(("HP:0001249", "HP:0001250"))
    case = Case("case", 1, _TRIO, patient, "indication", True, False)
    matcher = read_matcher(releases, patient)
    evidence = gather(case, found, knowledge, releases, _REFERENCE, matcher)
    # A candidate at a time: a patient with all of them would raise every pair as a hypothesis.
    wanted = {
        text: (key, each.consequence.transcript)
        for each in found
        for text, key in keys_of(hypotheses_of(case, (each,), knowledge.links, rules)).items()
    }
    return Asked(tuple(wanted.values()), evidence, found)


def _substitutions(transcripts: Iterable[Transcript]) -> pl.DataFrame:
    """Return every substitution of a coding base, in genome order."""
    with pysam.FastaFile(str(_REFERENCE)) as fasta:
        rows = {row for each in transcripts for row in _of(each, fasta)}
    frame = pl.DataFrame(sorted(rows), _PLACE, orient="row")
    return frame.with_columns(keys(frame)).sort("key").drop("key")


def _of(transcript: Transcript, fasta: Any) -> Iterator[tuple[str, int, str, str]]:
    (contig,) = fasta.references
    for _, span in transcript.coding_exons():
        bases = fasta.fetch(contig, span.start - 1, span.end).upper()
        for position, ref in enumerate(bases, start=span.start):
            for alt in "ACGT".replace(ref, ""):
                yield transcript.chromosome.value, position, ref, alt


def _candidates(effects: pl.DataFrame) -> Iterator[Candidate]:
    for row in effects.filter(pl.col("transcript").is_not_null()).iter_rows(named=True):
        consequence = to_consequence(row)
        if consequence.mane is None:
            continue
        yield Candidate(
            allele=Allele(Chromosome(row["chromosome"]), row["position"], row["ref"], row["alt"]),
            gates=(), filter="PASS", consequence=consequence, others=(), genotypes=_CALLS,
            frequency=None, coverage=None, assertion=None, predictions=None,
        )  # fmt: skip
