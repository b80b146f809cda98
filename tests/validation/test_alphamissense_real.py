"""AlphaMissense's real scores of BRCA1 and CFTR through the whole of a release and the criteria.

Set VARINTERP_SHARED_DATA to a folder that holds ``genome/insilico/alphamissense_*.tsv.gz`` (by
residue) beside the reference and transcripts. The genomic file is written here from them, with
every substitution that MANE's transcript and the reference make of a residue, in AlphaMissense's
own form and in no order; what comes back is compared with the text that was downloaded.
"""

import csv
import gzip
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import polars as pl
import pysam
import pytest
from shared_genome import mane_select, mane_table, needs_shared_data, shared, sparse_genome
from test_codons_real import substitutions

from core_builders import ROOT, Setting, missense, predictions
from upstream.alphamissense import HEAD
from varinterp.acmg.prediction import bp4, pp3
from varinterp.annotate.codons import missense_codons
from varinterp.annotate.key import keys
from varinterp.model.facts import Rule
from varinterp.model.transcript import Transcript
from varinterp.model.variant import Allele
from varinterp.pipeline.references.adapter import Context
from varinterp.pipeline.references.alphamissense import ADAPTER
from varinterp.refs.lock import Releases
from varinterp.sources.material import Material
from varinterp.sources.rules import read_rules
from varinterp.sources.scores import scores_of

pytestmark = [pytest.mark.validation, needs_shared_data]
RULES = {
    **read_rules(ROOT / "resources/rules/core-v1.yaml").values,
    "predictor.missense": Rule("alphamissense"),
}


def residues(gene: str) -> dict[tuple[int, str, str], str]:
    """The real score of each residue's substitution, as its text."""
    if gene == "BRCA1":
        path = shared("genome", "insilico", "alphamissense_BRCA1_P38398.tsv.gz")
        lines = gzip.decompress(path.read_bytes()).decode().splitlines()
        cells = (re.split("\t", line) for line in lines if not line.startswith("#"))
        return {(int(row[6]), row[5], row[7]): row[8] for row in cells}
    path = shared("genome", "insilico", "alphamissense_CFTR_P13569.tsv.gz")
    rows = csv.DictReader(gzip.decompress(path.read_bytes()).decode().splitlines(), delimiter="\t")
    found = {}
    for row in rows:
        word = row["protein_variant"]
        found[(int(word[1:-1]), word[0], word[-1])] = row["am_pathogenicity"]
    return found


def scored(gene: str, transcript: Transcript) -> pl.DataFrame:
    """Every missense substitution of the gene whose residue has a score."""
    chromosome = transcript.chromosome.value
    with pysam.FastaFile(str(sparse_genome())) as fasta:
        bases = fasta.fetch(f"chr{chromosome}").upper()
    spans = [span for _, span in transcript.coding_exons()]
    alleles = substitutions(bases, chromosome, spans)
    made = missense_codons(alleles, mane_table([gene]), sparse_genome())
    known = pl.DataFrame(
        [(*place, text) for place, text in residues(gene).items()],
        schema={"codon": pl.Int32, "ref_aa": pl.String, "alt_aa": pl.String, "text": pl.String},
        orient="row",
    )
    return made.join(known, on=["codon", "ref_aa", "alt_aa"], how="inner")


@pytest.fixture(scope="module", params=["BRCA1", "CFTR"])
def release(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, pl.DataFrame, Path]:
    gene: str = request.param
    root = tmp_path_factory.mktemp(gene)
    rows = scored(gene, mane_select([gene])[gene])
    lines = [
        f"chr{r['chromosome']}\t{r['position']}\t{r['ref']}\t{r['alt']}\thg38\tP0\t"
        f"{r['transcript'].partition('.')[0]}.4\t{r['ref_aa']}{r['codon']}{r['alt_aa']}\t"
        f"{r['text']}\tambiguous\n"
        for r in rows.iter_rows(named=True)
    ]
    lines.sort(key=lambda line: line[::-1])
    path = root / "AlphaMissense_hg38.tsv.gz"
    path.write_bytes(gzip.compress((HEAD + "".join(lines)).encode()))
    folder, scratch = root / "release", root / "scratch"
    folder.mkdir()
    scratch.mkdir()
    material = Material("alphamissense", "1", date(2023, 9, 19), {"scores": (path,)})
    built = ADAPTER.build(material, Context(None, Releases({}), scratch), folder)
    assert built.counts["scores"] == rows.select("position", "alt").n_unique()
    return gene, rows, folder


def test_every_score_is_the_number_that_was_downloaded(
    release: tuple[str, pl.DataFrame, Path],
) -> None:
    _, rows, folder = release
    asked = rows.with_columns(keys(rows)).sort("key")
    found = scores_of(folder, asked)

    assert asked.height > 5_000
    assert found["row"].to_list() == list(range(asked.height))
    assert found["score"].to_list() == [float(text) for text in asked["text"]]
    assert set(found["owner"]) == {asked["transcript"][0].partition(".")[0]}


def clinvar_classes() -> Iterator[tuple[Allele, str]]:
    path = shared("genome", "clinvar", "clinvar_BRCA1_missense.2026-08-18.vcf.gz")
    with pysam.VariantFile(str(path)) as file:
        for record in file:
            words = record.info.get("CLNSIG") or record.info.get("SIG") or ()
            said = " ".join(words if isinstance(words, tuple) else (str(words),)).lower()
            side = "pathogenic" if "athogenic" in said else "benign" if "enign" in said else ""
            if side and "conflicting" not in said and "uncertain" not in said:
                for alt in record.alts or ():
                    yield Allele.parse(f"{record.chrom}-{record.pos}-{record.ref}-{alt}"), side


def test_calibrated_cut_offs_part_clinvars_classes(
    release: tuple[str, pl.DataFrame, Path],
) -> None:
    gene, rows, folder = release
    if gene != "BRCA1":
        pytest.skip("ClinVar's missense records at hand are BRCA1's")
    transcript = rows["transcript"][0].partition(".")[0]
    counts: Counter[tuple[str, str]] = Counter()
    for allele, side in clinvar_classes():
        answer = ADAPTER.lookup(folder, f"{allele}@{transcript}")
        value = None if answer is None else answer["value"]
        setting = Setting(
            consequence=missense(),
            predictions=predictions(alphamissense=value, spliceai=0.0),
            rules=RULES,
        )
        damaging, tolerated = setting.ask(pp3), setting.ask(bp4)
        said = "PP3" if damaging.strength else "BP4" if tolerated.strength else "neither"
        counts[(side, "no score" if value is None else said)] += 1
    print(dict(counts))

    assert counts[("pathogenic", "PP3")] > 10 * counts[("pathogenic", "BP4")]
    assert counts[("benign", "BP4")] > 10 * counts[("benign", "PP3")]
