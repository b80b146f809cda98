"""Real genotypes through normalisation: every row accounted for, both lanes the same bytes."""

import os
from pathlib import Path

import pysam
import pytest

from varinterp.annotate.normalise import FamilyVcf, normalise
from varinterp.annotate.variants import read_variants

SHARED = os.environ.get("VARINTERP_SHARED_DATA")
SAMPLES = (
    "AJtrio_HG002_HG003_HG004.lifted.vcf.gz",
    "HG00096_chr1.lifted.vcf.gz",
    "NA12878_NIST2.19_complex_indels.lifted.vcf.gz",
    "NA12878_PG_chr21.grch38.vcf.gz",
    "exomiser_Pfeiffer_exome.lifted.vcf.gz",
    "haplogrep3_50samples.chrM.vcf",
)
pytestmark = [
    pytest.mark.validation,
    pytest.mark.skipif(SHARED is None, reason="VARINTERP_SHARED_DATA is not set"),
]


@pytest.mark.parametrize("name", SAMPLES)
def test_real_genotypes_are_accounted_for(tmp_path: Path, name: str) -> None:
    folder = Path(SHARED or "") / "genome"
    reference = folder / "reference" / "GRCh38.sparse.fa.gz"
    vcf = folder / "samples" / name
    with pysam.VariantFile(str(vcf)) as file:
        people = {f"p{index}": index for index in range(min(3, len(file.header.samples)))}
    plain, whole = tmp_path / "plain.arrow", tmp_path / "whole.arrow"
    counts = normalise([FamilyVcf(vcf, people)], reference, plain)
    assert counts.balanced
    assert counts.out > 40
    assert normalise([FamilyVcf(vcf, people)], reference, whole, plain_lane=False) == counts
    assert plain.read_bytes() == whole.read_bytes()
    assert read_variants(plain)["key"].n_unique() == counts.out
