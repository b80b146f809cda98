"""Copy numbers of the demo's region through check, the stage, and the report, without Snakemake."""

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from demo_runs import DEMO, Stages, demo_config, families, write_sheet
from sealed_releases import sealed
from upstream import clingen_dosage, copy_number_points, gnomad_sv
from varinterp.documents.copy_number import CalledCopyNumber, CopyNumbers, read_copy_numbers
from varinterp.model.assessment import AcmgClass
from varinterp.model.copy_number_assessment import Relation
from varinterp.model.copy_number_facts import Carrier, Frame, Hit
from varinterp.pipeline.job import Job
from varinterp.pipeline.references.adapter import Adapter, Context
from varinterp.pipeline.references.clingen_dosage import ADAPTER as DOSAGE
from varinterp.pipeline.references.copy_number_points import ADAPTER as POINTS
from varinterp.pipeline.references.gnomad_sv import ADAPTER as POPULATION
from varinterp.pipeline.stages import check, copy_number, lock
from varinterp.refs.lock import Releases
from varinterp.sources.material import Material

HEADER = (
    "##fileformat=VCFv4.2",
    '##INFO=<ID=END,Number=1,Type=Integer,Description="x">',
    '##INFO=<ID=SVTYPE,Number=1,Type=String,Description="x">',
    '##FORMAT=<ID=GT,Number=1,Type=String,Description="x">',
    '##FORMAT=<ID=CN,Number=1,Type=Integer,Description="x">',
    '##ALT=<ID=DEL,Description="x">',
    '##ALT=<ID=DUP,Description="x">',
    '##ALT=<ID=INV,Description="x">',
    "##contig=<ID=chr22,length=50818468>",
    "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tDEMO-T1-P\tDEMO-T1-F\tDEMO-T1-M",
)
REGION = (20012479, 20067164)
"""The invented dosage region of the test's release: TANGO2 whole."""


def called(kind: str, start: int, end: int, *calls: str) -> str:
    genotypes = "\t".join(calls or ("0/1:.", "0/0:.", "0/0:."))
    info = f"SVTYPE={kind};END={end}"
    return f"chr22\t{start - 1}\t.\tN\t<{kind}>\t.\tPASS\t{info}\tGT:CN\t{genotypes}"


CALLS = (
    # The whole region, new in the patient
    called("DEL", 20012479, 20521908),
    # TANGO2, exons 3 to 9, from the father (Lalani 2016, PMID 26805781: its recurrent loss)
    called("DEL", 20039000, 20073000, "0/1:1", "0/1:1", "0/0:2"),
    # Within TANGO2: exon 4 of 120 bases, in frame
    called("DEL", 20052000, 20053000),
    # DGCR8 gained whole with TRMT2A, the mother not called
    called("DUP", 20079000, 20118000, "./1:3", "0/0:2", "./.:."),
    # RTN4R and nothing else
    called("DEL", 20240001, 20270000, "0/1:.", "0/0:.", "0/1:."),
    # An intron, between genes, an inversion
    called("DEL", 20044000, 20045000),
    called("DEL", 20400000, 20401000),
    called("INV", 20012479, 20521908),
)


def add_release(root: Path, source: str, adapter: Adapter, files: dict[str, Any]) -> None:
    folder = root / source / "test"
    folder.mkdir(parents=True)
    material = Material(source, "test", date(2025, 7, 1), files)
    built = adapter.build(material, Context(None, Releases({}), folder), folder)
    sealed(folder, built.rows, constructed=True, dated=date(2025, 7, 1), note="invented for a test")


def laboratory(folder: Path, optional: bool = True, cnv: bool = True) -> Stages:
    """The trio DEMO-T1 with copy numbers, and two invented releases beside the demo's."""
    references = folder / "refs"
    shutil.copytree(DEMO / "refs", references)
    locked = yaml.safe_load((DEMO / "refs.lock.yaml").read_text())
    if optional:
        add_release(references, "clingen_dosage", DOSAGE, clingen_dosage.write(folder / "dosage"))
        add_release(
            references, "gnomad_sv", POPULATION, gnomad_sv.write(folder / "population", later=True)
        )
        points = copy_number_points.write(folder / "points")
        add_release(references, "copy_number_points", POINTS, points)
        locked["releases"] |= dict.fromkeys(
            ("clingen_dosage", "gnomad_sv", "copy_number_points"), "test"
        )
    (folder / "refs.lock.yaml").write_text(yaml.safe_dump(locked))
    (folder / "cnv.vcf").write_text("\n".join([*HEADER, *CALLS]) + "\n")
    path = str(folder / "cnv.vcf") if cnv else ""
    rows = [row | {"cnv_vcf": path} for row in families("DEMO-T1")]
    config = demo_config(folder) | {
        "samples": str(write_sheet(folder / "samples.tsv", rows)),
        "references": str(references),
        "lock": str(folder / "refs.lock.yaml"),
    }
    return Stages(config)


def assessed(stages: Stages) -> tuple[CopyNumbers, Path]:
    """Run lock, check and the stage."""
    pseudonym = stages.run.pseudonym("DEMO-T1")
    folder = stages.run.folder(pseudonym)
    files = {
        "reference": stages.config["reference"],
        "rules": stages.config["rules"],
        "lock": str(folder / "refs.lock.yaml"),
        "intake": str(folder / "intake.json"),
        "copy_numbers": str(folder / "copy_number.json"),
    }
    lock.run(Job(stages.config, pseudonym, {"lock": stages.config["lock"]}, files))
    for stage in (check, copy_number):
        stage.run(Job(stages.config, pseudonym, files, files))
    return read_copy_numbers(folder / "copy_number.json"), folder / "copy_number.json"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Stages, CopyNumbers, Path]:
    """The trio assessed with every release."""
    stages = laboratory(tmp_path_factory.mktemp("copies"))
    return (stages, *assessed(stages))


Whole = tuple[Stages, CopyNumbers, Path]


def of(copies: CopyNumbers, start: int) -> CalledCopyNumber:
    return next(each for each in copies.found if each.assessment.copy_number.start == start)


def met(called: CalledCopyNumber) -> dict[str, float]:
    return {line.code: line.points for line in called.assessment.lines if line.met}


def test_what_was_called_and_what_was_left_out_add_up(whole: Whole) -> None:
    _, copies, _ = whole
    assert copies.given
    assert copies.records == len(CALLS)
    assert copies.called == 7
    assert dict(copies.set_aside) == {"INV": 1, "no_exon": 1}
    assert len(copies.found) == 6
    assert copies.without == ("gnomad_constraint",)


def test_the_region_lost_whole_is_pathogenic(whole: Whole) -> None:
    found = of(whole[1], 20012479)
    assert str(found.assessment.copy_number) == "22-20012479-20521908-DEL-1"
    assert len(found.assessment.genes) == 8
    assert found.assessment.machine is AcmgClass.PATHOGENIC
    assert met(found) == {"1A": 0.0, "2A": 1.0, "3A": 0.0}
    assert [call for _, call in found.calls] == [Carrier.YES, Carrier.NO, Carrier.NO]
    # The patient's terms are compared: TANGO2's disease shares some.
    assert found.assessment.relation is Relation.RELATED
    assert found.assessment.constructed
    assert copies_first(whole[1]) == "22-20012479-20521908-DEL-1"


def copies_first(copies: CopyNumbers) -> str:
    return str(copies.found[0].assessment.copy_number)


def test_the_recurrent_loss_of_tango2_is_its_last_exons_and_a_carrier_state(whole: Whole) -> None:
    found = of(whole[1], 20039000)
    (tango2,) = found.assessment.genes
    assert (tango2.hit, tango2.first_exon, tango2.last_exon) == (Hit.LAST_EXONS, 3, 9)
    # A recessive gene: one copy is not established as enough, and a carrying father is expected.
    answers = {line.code: line.reason.key for line in found.assessment.lines}
    assert answers["2D-4"] == "copy_number.none_last_exons"
    assert answers["5C"] == "copy_number.penetrance_unknown"
    assert [call for _, call in found.calls] == [Carrier.YES, Carrier.YES, Carrier.NO]
    # The population's losses of the test's release are elsewhere.
    assert "4O" not in met(found)


def test_a_loss_within_a_gene_has_its_frame_worked_out_on_the_sequence(whole: Whole) -> None:
    (gene,) = of(whole[1], 20052000).assessment.genes
    assert (gene.hit, gene.first_exon, gene.last_exon, gene.frame) == (
        Hit.WITHIN, 4, 4, Frame.KEPT,
    )  # fmt: skip
    assert gene.removed == round(120 / 831, 4)


def test_a_gain_with_an_uncalled_mother_has_no_known_origin(whole: Whole) -> None:
    found = of(whole[1], 20079000)
    assert found.assessment.copy_number.copies == 3
    assert {gene.gene for gene in found.assessment.genes} == {"DGCR8", "TRMT2A", "RANBP1"}
    assert [call for _, call in found.calls] == [Carrier.YES, Carrier.NO, Carrier.UNKNOWN]
    assert "5F" in met(found)
    # The test's curator gave points for this very stretch.
    assert {code: points for code, points in met(found).items() if code[0] == "4"} == {
        "4D": -0.3, "4L": 0.45,
    }  # fmt: skip


def test_a_common_loss_is_benign(whole: Whole) -> None:
    found = of(whole[1], 20240001)
    assert found.assessment.machine is AcmgClass.BENIGN
    common = next(line for line in found.assessment.lines if line.code == "4O")
    assert (common.points, common.reason["frequency"]) == (-1.0, 0.02)


def test_the_same_inputs_give_the_same_bytes(whole: Whole, tmp_path: Path) -> None:
    stages, _, path = whole
    before = path.read_bytes()
    assessed(stages)
    assert path.read_bytes() == before


def test_without_the_optional_releases_their_lines_are_not_assessed(tmp_path: Path) -> None:
    copies, _ = assessed(laboratory(tmp_path, optional=False))
    assert copies.without == (
        "clingen_dosage", "gnomad_constraint", "gnomad_sv", "copy_number_points",
    )  # fmt: skip
    for each in copies.found:
        answers = {line.code: line.outcome.value for line in each.assessment.lines}
        assert answers["2A"] == answers["4O"] == "not_assessed"
        assert each.assessment.machine is AcmgClass.UNCERTAIN


def test_without_a_copy_number_vcf_the_document_says_so(tmp_path: Path) -> None:
    copies, _ = assessed(laboratory(tmp_path, cnv=False))
    assert copies == CopyNumbers(case=copies.case, given=False)
