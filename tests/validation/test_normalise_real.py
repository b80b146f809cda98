"""Real genotypes through normalisation: every row accounted for, and a second pass idle."""

import os
from pathlib import Path

import pysam
import pytest

from varinterp.annotate.normalise import FamilyVcf, normalise
from varinterp.annotate.variants import read_variants, write_variants

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
    counts = normalise([FamilyVcf(vcf, people)], reference, tmp_path / "once.bcf")
    assert counts.balanced
    assert counts.out > 40
    again = normalise([FamilyVcf(tmp_path / "once.bcf", people)], reference, tmp_path / "twice.bcf")
    assert (again.out, again.realigned, again.set_aside) == (counts.out, 0, ())
    rows = write_variants(tmp_path / "once.bcf", list(people), tmp_path / "variants.parquet")
    keys = read_variants(tmp_path / "variants.parquet")["key"]
    assert rows == counts.out == keys.n_unique()
