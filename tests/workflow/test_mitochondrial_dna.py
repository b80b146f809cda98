"""A mother and her child from Mutect2's calls of mitochondrial DNA to the report.

The cache of consequences is built as a laboratory without Ensembl's builds it, from MANE and the
reference: MANE has no mitochondrial gene.
"""

import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pysam
import pytest
import yaml

from demo_runs import DEMO, Stages, demo_config, write_sheet
from sealed_releases import sealed
from varinterp.model.assessment import AcmgClass
from varinterp.model.case import Candidate, CaseResult, RankedHypothesis, Tier
from varinterp.model.evidence import Criterion, Outcome
from varinterp.model.fit import Answer
from varinterp.model.gene_disease import GeneDisease, Inheritance, Mechanism, Validity
from varinterp.model.transcript import Term
from varinterp.pipeline.job import Job
from varinterp.pipeline.references import vep
from varinterp.pipeline.references.adapter import Context
from varinterp.pipeline.stages import report
from varinterp.refs.lock import Releases, open_releases, read_lock
from varinterp.sources.gene_disease import LINKS, write_gene_disease
from varinterp.sources.material import Material

HERE = Path(__file__).parents[1] / "cases" / "mitochondrial"
MELAS, LEUCINE_1 = "OMIM:540000", "HGNC:7490"
ALLELE = "MT-3243-A-G"
FAMILY = "MT-FAMILY"


NOT_WRITTEN = (
    Criterion.PS2, Criterion.PM6, Criterion.PM1, Criterion.PP1, Criterion.BS4, Criterion.BS2,
    Criterion.PP2, Criterion.BP1, Criterion.PP3, Criterion.BP4, Criterion.BP7, Criterion.PP4,
    Criterion.PM3, Criterion.BP2,
)  # fmt: skip


@dataclass(frozen=True)
class Analysed:
    folder: Path
    stages: Stages
    result: CaseResult

    @property
    def melas(self) -> RankedHypothesis:
        """The hypothesis of the allele in the disease that its gene is linked to."""
        [found] = [each for each in self.result.ranking if each.keys[0].disease == MELAS]
        return found


def references(folder: Path) -> tuple[Path, Path]:
    """Build the releases beside the demo's own; return their folder and a lock."""
    refs = folder / "refs"
    shutil.copytree(DEMO / "refs", refs)
    locked = yaml.safe_load((DEMO / "refs.lock.yaml").read_text())
    opened = open_releases(read_lock(DEMO / "refs.lock.yaml"), DEMO / "refs")
    cache = refs / "vep" / "mane-and-mitochondria"
    cache.mkdir()
    context = Context(reference(folder), Releases({"mane": opened["mane"]}), folder / "scratch")
    material = Material("vep", cache.name, date(2026, 1, 1), {})
    sealed(cache, vep.ADAPTER.build(material, context, cache).rows, constructed=True)
    links = refs / "gene_disease" / "with-mitochondria"
    links.mkdir()
    link = GeneDisease(
        hgnc=LEUCINE_1,
        gene="MT-TL1",
        disease=MELAS,
        disease_name="MELAS",
        inheritance=Inheritance.MITOCHONDRIAL,
        mechanism=Mechanism.NOT_ESTABLISHED,
        known_since="1990-12-13",
        pmid="2102678",
        validity=Validity.DEFINITIVE,
    )
    sealed(links, {LINKS: write_gene_disease([link], links)}, constructed=True)
    locked["releases"] |= {"vep": cache.name, "gene_disease": links.name}
    lock = folder / "refs.lock.yaml"
    lock.write_text(yaml.safe_dump(locked))
    return refs, lock


def reference(folder: Path) -> Path:
    """The reference of the run, mitochondrial DNA alone."""
    fasta = folder / "chrM.fa"
    if not fasta.exists():
        shutil.copy(HERE / "chrM.fa", fasta)
        pysam.faidx(str(fasta))
    return fasta


def sheet(folder: Path) -> Path:
    vcf = folder / "mother_and_child.vcf.gz"
    pysam.tabix_compress(str(HERE / "mother_and_child.vcf"), str(vcf))
    pysam.tabix_index(str(vcf), preset="vcf")
    both = {
        "family": FAMILY, "vcf": str(vcf), "ped": "", "phenopacket": "", "father": "",
        "consanguineous": "no", "secondary_findings": "no", "recontact": "yes", "reanalysis": "yes",
    }  # fmt: skip
    child = both | {
        "person": "MT-CHILD", "sample": "MT-CHILD", "mother": "MT-MOTHER", "sex": "male",
        "affected": "yes", "proband": "yes", "hpo": "HP:0002401;HP:0003128;HP:0003200",
        "indication": "Stroke-like episodes",
    }  # fmt: skip
    mother = both | {
        "person": "MT-MOTHER", "sample": "MT-MOTHER", "mother": "", "sex": "female",
        "affected": "no", "proband": "no", "hpo": "", "indication": "",
    }  # fmt: skip
    header = (DEMO / "samples.tsv").read_text().split("\n", 1)[0].split("\t")
    rows = [{name: row[name] for name in header} for row in (child, mother)]
    return write_sheet(folder / "samples.tsv", rows)


@pytest.fixture(scope="module")
def analysed(tmp_path_factory: pytest.TempPathFactory) -> Analysed:
    folder = tmp_path_factory.mktemp("mitochondrial")
    refs, lock = references(folder)
    config = demo_config(folder) | {
        "samples": str(sheet(folder)),
        "reference": str(reference(folder)),
        "references": str(refs),
        "lock": str(lock),
    }
    stages = Stages(config)
    return Analysed(folder, stages, stages.case(FAMILY))


def candidate(analysed: Analysed, allele: str) -> Candidate:
    [found] = [each for each in analysed.result.candidates if str(each.allele) == allele]
    return found


@pytest.mark.parametrize(
    ("allele", "gene", "name"),
    [
        (ALLELE, "MT-TL1", "ENST00000386347.1:n.14A>G"),
        ("MT-5650-G-A", "MT-TA", "ENST00000387392.1:n.6C>T"),
        ("MT-1438-A-G", "MT-RNR1", "ENST00000389680.2:n.791A>G"),
        ("MT-8860-A-G", "MT-ATP6", "ENST00000361899.2:c.334A>G"),
    ],
)
def test_an_allele_is_a_candidate_of_its_gene_alone(
    analysed: Analysed, allele: str, gene: str, name: str
) -> None:
    found = candidate(analysed, allele)

    assert (found.consequence.gene, found.consequence.hgvs_c) == (gene, name)
    assert found.others == ()


def test_an_allele_outside_genes_is_none(analysed: Analysed) -> None:
    assert "MT-263-A-G" not in {str(each.allele) for each in analysed.result.candidates}


def test_the_disease_of_the_trna_comes_first(analysed: Analysed) -> None:
    found = analysed.melas

    assert found.rank == min(each.rank for each in analysed.result.ranking)
    assert (found.keys[0].gene, found.keys[0].inheritance) == (LEUCINE_1, Inheritance.MITOCHONDRIAL)
    assert found.tier is Tier.PROPOSED
    assert (found.fit.answer, found.fit.reason.key) == (
        Answer.FITS,
        "inheritance.mitochondrial_maternal",
    )
    assert found.phenotype is not None
    assert found.phenotype.log_lr > 0


def test_a_share_below_detection_is_told_and_not_believed(analysed: Analysed) -> None:
    [found] = [
        each for each in analysed.result.ranking if str(each.keys[0].allele) == "MT-5650-G-A"
    ]

    assert found.fit.reason.key == "inheritance.mitochondrial_below"
    assert found.fit.reason["fraction"] == 0.02


def test_only_criteria_that_are_written_for_mitochondrial_dna_are_decided(
    analysed: Analysed,
) -> None:
    """McCormick 2020 is transcribed for BA1, BS1 and PM2; gnomAD's mitochondria are not at hand."""
    trna = [
        each
        for each in analysed.result.assessments
        if candidate(analysed, str(each.key.allele)).consequence.terms == (Term.NON_CODING_EXON,)
    ]
    assert len(trna) == 4
    for assessment in trna:
        outcomes = {each.criterion: each.verdict.outcome for each in assessment.findings}
        assert Outcome.MET not in outcomes.values()
        assert all(outcomes[each] is Outcome.NOT_ASSESSED for each in NOT_WRITTEN)
        assert assessment.machine.points is AcmgClass.UNCERTAIN


def test_the_share_of_copies_is_told(analysed: Analysed) -> None:
    [melas] = [each for each in analysed.result.assessments if each.key.disease == MELAS]

    [flag] = melas.flags
    assert (flag.key, flag["share"], flag["depth"]) == ("flag.heteroplasmic", 0.76, 2000)


def test_the_report_names_allele_gene_and_share(analysed: Analysed) -> None:
    run = analysed.stages.run
    pseudonym = run.pseudonym(FAMILY)
    folder = run.folder(pseudonym)
    inputs = {
        "case": str(folder / "case.json"),
        "copy_numbers": str(folder / "copy_number.json"),
    }
    pages = [str(analysed.folder / f"{language}.html") for language in ("en", "fr")]
    outputs = {"pages": pages, "packet": str(analysed.folder / "packet.json")}
    report.run(Job(analysed.stages.config, pseudonym, inputs, outputs))

    page = Path(pages[0]).read_text()
    for text in ("MT-TL1", "NC_012920.1:m.3243A&gt;G", "n.14A&gt;G", "MELAS", "76"):
        assert text in page, text
    assert "NC_012920.1:m.3243A>G" in (analysed.folder / "packet.json").read_text()
