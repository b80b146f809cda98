"""A laboratory whose VCF already carries VEP's consequences: they are taken as they are."""

import gzip
from pathlib import Path

import polars as pl
import pysam
import pytest

from demo_runs import DEMO, Stages, demo_config, families, write_sheet
from varinterp.annotate.consequence import annotate_vcf
from varinterp.model.case import CaseResult

pytestmark = pytest.mark.xdist_group("demo")

FAMILY = "DEMO-T4"


def with_csq(vcf: Path, folder: Path) -> Path:
    """The same VCF with a `CSQ` in each record, as a laboratory's VEP would have left it.

    One deletion is padded by a base on its right, which VEP keeps and our normalisation trims.
    """
    sites, annotated = folder / "sites.vcf", folder / "annotated.vcf"
    with pysam.VariantFile(str(vcf)) as given:
        rows = [(r.chrom, r.pos, r.ref, a) for r in given for a in (r.alts or ()) if a[0] in "ACGT"]
    lines = [f"{chrom}\t{pos}\t.\t{ref}\t{alt}\t.\t.\t." for chrom, pos, ref, alt in rows]
    sites.write_text(
        "##fileformat=VCFv4.2\n##contig=<ID=chr22,length=50818468>\n"
        "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n" + "\n".join(lines) + "\n"
    )
    annotate_vcf(
        sites,
        DEMO / "refs" / "vep" / "mane-1.5-demo",
        DEMO / "reference" / "GRCh38.chr22.demo.fa.gz",
        annotated,
    )
    csq: dict[tuple[str, str], list[str]] = {}
    for line in annotated.read_text().splitlines():
        if not line.startswith("#"):
            cells = line.split("\t")
            csq.setdefault((cells[1], cells[3]), []).append(cells[7].partition("CSQ=")[2])
    definition = next(
        line for line in annotated.read_text().splitlines() if line.startswith("##INFO=<ID=CSQ")
    )
    out = folder / "with-csq.vcf"
    with gzip.open(vcf, "rt") as stream:
        text = stream.read()
    with out.open("w") as target:
        for line in text.splitlines():
            if line.startswith("#CHROM"):
                target.write(definition + "\n")
            if not line.startswith("#"):
                cells = line.split("\t")
                entries = ",".join(csq[(cells[1], cells[3])])
                cells[7] = f"{cells[7]};CSQ={entries}"
                if (cells[1], cells[3]) == ("20036801", "GT"):
                    cells[3], cells[4] = cells[3] + "G", cells[4] + "G"
                line = "\t".join(cells)
            target.write(line + "\n")
    return out


def candidates(folder: Path, result: CaseResult) -> pl.DataFrame:
    (path,) = folder.glob("results/*/candidates.parquet")
    assert result.candidates
    return pl.read_parquet(path).select(
        "key", "transcript", "gene", "hgnc", "terms", "hgvs_c", "hgvs_p", "exon", "mane"
    )


def test_consequences_of_the_laboratorys_vep_are_taken(tmp_path: Path) -> None:
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    rows = families(FAMILY)
    (vcf,) = {row["vcf"] for row in rows}
    theirs.mkdir()
    annotated = with_csq(Path(vcf), theirs)
    for row in rows:
        row["vcf"] = str(annotated)
    sheet = write_sheet(theirs / "samples.tsv", rows)
    expected = Stages(demo_config(ours)).case(FAMILY)
    config = {**demo_config(theirs), "samples": str(sheet)}
    found = Stages(config).case(FAMILY)
    assert candidates(theirs, found).equals(candidates(ours, expected))
    assert [place.keys for place in found.ranking] == [place.keys for place in expected.ranking]
    assert any(candidate.original is not None for candidate in found.candidates)
