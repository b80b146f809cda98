"""A mitochondrial allele, of a tRNA gene too, is a candidate of its gene and reaches its rules."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl

from core_builders import FAMILY_LIMITS, RULES, SINGLETON, call, case, link
from varinterp.acmg.assess import assess
from varinterp.model.assessment import CORE
from varinterp.model.case import Candidate
from varinterp.model.evidence import Criterion
from varinterp.model.facts import (
    CONSEQUENCE,
    FREQUENCY,
    GENE_LINKS,
    GENOTYPES,
    PEDIGREE,
    PEDIGREE_KEY,
    RULE,
    CasePedigree,
    FamilyGenotypes,
    GeneLinks,
    on_transcript,
)
from varinterp.model.gene_disease import Inheritance
from varinterp.model.reads import Evidence
from varinterp.model.transcript import Term
from varinterp.pipeline.candidates import to_candidates
from varinterp.pipeline.consequence import CANDIDATES_SCHEMA
from varinterp.priority.hypotheses import raise_hypotheses
from varinterp.sources.csq_format import REQUIRED_FIELDS
from varinterp.sources.vep import read_csq

GENE = "HGNC:7490"
MELAS = {
    "Allele": "G",
    "Consequence": "non_coding_transcript_exon_variant",
    "Feature_type": "Transcript",
    "Feature": "ENST00000386347.1",
    "BIOTYPE": "Mt_tRNA",
    "SYMBOL": "MT-TL1",
    "HGNC_ID": GENE,
    "HGVSc": "ENST00000386347.1:n.14A>G",
    "EXON": "1/1",
}
BESIDE = MELAS | {
    "Consequence": "upstream_gene_variant",
    "Feature": "ENST00000361390.2",
    "SYMBOL": "MT-ND1",
    "HGNC_ID": "HGNC:7455",
    "HGVSc": "",
    "EXON": "",
}


def consequences(folder: Path) -> pl.DataFrame:
    """What VEP says of m.3243A>G."""
    said = ",".join(
        "|".join(entry.get(name, "") for name in REQUIRED_FIELDS) for entry in (MELAS, BESIDE)
    )
    path = folder / "annotated.vcf"
    path.write_text(
        "##fileformat=VCFv4.2\n"
        '##INFO=<ID=CSQ,Number=.,Type=String,Description="x. Format: '
        f'{"|".join(REQUIRED_FIELDS)}">\n'
        "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
        f"chrM\t3243\t.\tA\tG\t.\t.\tCSQ={said}\n"
    )
    return read_csq(path)


def candidates(folder: Path) -> tuple[Candidate, ...]:
    rows: list[dict[str, Any]] = []
    for said in consequences(folder).iter_rows(named=True):
        row: dict[str, Any] = dict.fromkeys(CANDIDATES_SCHEMA.names)
        row |= {name: value for name, value in said.items() if name in row}
        row |= {"key": 1, "filter": "PASS", "genotypes": [], "frequency_state": "present"}
        row |= {"ac": 0, "an": 56_434, "af": 0.0}
        rows.append(row)
    return to_candidates(pl.DataFrame(rows, schema=pl.Schema(CANDIDATES_SCHEMA)))


def test_it_is_a_candidate_of_the_gene_that_it_lies_in_and_of_no_neighbour(tmp_path: Path) -> None:
    [found] = candidates(tmp_path)

    assert (str(found.allele), found.consequence.hgnc) == ("MT-3243-A-G", GENE)
    assert found.consequence.terms == (Term.NON_CODING_EXON,)
    assert (found.consequence.hgvs_c or "").endswith("n.14A>G")


def test_it_raises_the_hypothesis_of_its_disease_and_is_judged_by_mitochondrial_rules(
    tmp_path: Path,
) -> None:
    [found] = candidates(tmp_path)
    known = GeneLinks((link(Inheritance.MITOCHONDRIAL, GENE, disease="OMIM:540000"),))
    genotypes = FamilyGenotypes((("proband", call(1, 2, depth=1000, alt_depth=620)),))
    carried = replace(found, genotypes=genotypes)
    patient = case(SINGLETON)

    [hypothesis] = raise_hypotheses(
        patient, (carried,), {GENE: known}, FAMILY_LIMITS, lambda *_: CORE
    )
    [key] = hypothesis.keys
    on = carried.consequence.transcript
    facts = {(RULE.source, name): rule for name, rule in RULES.items()} | {
        (FREQUENCY.source, "MT-3243-A-G"): carried.frequency,
        (CONSEQUENCE.source, on_transcript(carried.allele, on)): carried.consequence,
        (GENE_LINKS.source, GENE): known,
        (GENOTYPES.source, "MT-3243-A-G"): genotypes,
        (PEDIGREE.source, PEDIGREE_KEY): CasePedigree(SINGLETON, False),
    }
    assessment = assess(key, on, Evidence(facts))

    assert key.inheritance is Inheritance.MITOCHONDRIAL
    said = {finding.criterion: finding.verdict.reason.key for finding in assessment.findings}
    assert said[Criterion.PM2] == "mitochondrial.rare"
    assert said[Criterion.BA1] == said[Criterion.BS1] == "mitochondrial.below"
    assert [flag.key for flag in assessment.flags] == ["flag.heteroplasmic"]
    assert assessment.flags[0]["share"] == 0.62
