"""Opt-in: the three common alleles of Leber's optic neuropathy on the real mitochondrial sequence.

Names are those of MITOMAP (Lott 2013, PMID 25489354). Set VARINTERP_SHARED_DATA.
"""

from pathlib import Path

import polars as pl
import pytest
from shared_genome import SITES_HEADER, needs_shared_data, small_cache, sparse_genome

from varinterp.annotate.consequence import annotate_vcf
from varinterp.model.chromosome import Chromosome
from varinterp.model.transcript import Span, Transcript
from varinterp.sources.vep import read_csq

pytestmark = [pytest.mark.validation, needs_shared_data]


def coding(identifier: str, gene: str, hgnc: str, span: Span, strand: int) -> Transcript:
    return Transcript(
        f"ENST{identifier}", None, None, gene, hgnc, Chromosome.MT, strand, (span,), span, None
    )


TRANSCRIPTS = [
    coding("00000361390.2", "MT-ND1", "HGNC:7455", Span(3307, 4262), 1),
    coding("00000361381.2", "MT-ND4", "HGNC:7459", Span(10760, 12137), 1),
    coding("00000361681.2", "MT-ND6", "HGNC:7462", Span(14149, 14673), -1),
]


def test_the_mitochondrial_code_and_both_strands_give_the_published_names(tmp_path: Path) -> None:
    sites = [(3460, "G", "A"), (11778, "G", "A"), (14484, "T", "C")]
    vcf = tmp_path / "sites.vcf"
    rows = (f"chrM\t{at}\t.\t{ref}\t{alt}\t.\t.\t.\n" for at, ref, alt in sites)
    vcf.write_text(SITES_HEADER + "".join(rows))
    cache = small_cache(TRANSCRIPTS, sparse_genome(), tmp_path / "cache")
    annotate_vcf(vcf, cache, sparse_genome(), tmp_path / "annotated.vcf")
    found = read_csq(tmp_path / "annotated.vcf").drop_nulls("protein_position")
    change = pl.concat_str("ref_aa", "protein_position", "alt_aa")
    assert found.select("gene", change).rows() == [
        ("MT-ND1", "A52T"),
        ("MT-ND4", "R340H"),
        ("MT-ND6", "M64V"),
    ]
