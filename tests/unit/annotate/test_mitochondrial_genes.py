"""The mitochondrial genes on the sequence that they are of, and alleles named on them by vepyr."""

from itertools import pairwise
from pathlib import Path

import polars as pl
import pysam
import pytest

from varinterp.annotate.mitochondrial_genes import (
    KNOWN_SNP,
    mitochondrial_rnas,
    mitochondrial_transcripts,
)
from varinterp.annotate.vep_cache import build_vep_cache, fetcher
from varinterp.annotate.vep_rows import sequence
from varinterp.model.chromosome import Chromosome
from varinterp.pipeline.consequence import from_vepyr

SEQUENCE = Path(__file__).parents[2] / "cases" / "mitochondrial" / "chrM.fa"


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("reference") / "chrM.fa"
    path.write_bytes(SEQUENCE.read_bytes())
    pysam.faidx(str(path))
    return path


@pytest.fixture(scope="module")
def cache(reference: Path) -> Path:
    folder = reference.parent / "cache"
    coding = mitochondrial_transcripts()
    build_vep_cache(
        coding,
        reference,
        [KNOWN_SNP],
        folder,
        ensembl_genes={each.id: gene for each, gene in coding.items()},
        rnas=mitochondrial_rnas(),
    )
    return folder


def test_there_are_thirteen_proteins_twenty_two_trnas_and_two_rrnas() -> None:
    rnas = mitochondrial_rnas()
    coding = mitochondrial_transcripts()
    words = [each.biotype for each in rnas]

    assert (len(coding), words.count("Mt_tRNA"), words.count("Mt_rRNA")) == (13, 22, 2)
    assert len({each.hgnc for each in coding} | {each.hgnc for each in rnas}) == 37
    starts = [each.span.start for each in rnas]
    assert all(one < other for one, other in pairwise(starts))


def test_every_protein_reads_from_its_start_to_its_stop(reference: Path) -> None:
    with pysam.FastaFile(str(reference)) as fasta:
        read = {
            each.gene: sequence(each, fetcher(fasta), {}).protein
            for each in mitochondrial_transcripts()
        }

    assert {gene: len(protein) for gene, protein in read.items()} == {
        "MT-ND1": 318, "MT-ND2": 347, "MT-CO1": 513, "MT-CO2": 227, "MT-ATP8": 68, "MT-ATP6": 226,
        "MT-CO3": 261, "MT-ND3": 115, "MT-ND4L": 98, "MT-ND4": 459, "MT-ND5": 603, "MT-ND6": 174,
        "MT-CYB": 380,
    }  # fmt: skip


@pytest.mark.parametrize("gene", ["MT-TQ", "MT-TA", "MT-TN", "MT-TC", "MT-TY", "MT-TS1", "MT-TE",
                                  "MT-TP"])  # fmt: skip
def test_eight_trnas_lie_on_the_light_strand(gene: str) -> None:
    reverse = {each.gene for each in mitochondrial_rnas() if each.strand == -1}

    assert gene in reverse
    assert len(reverse) == 8


@pytest.mark.parametrize(
    ("position", "ref", "alt", "names"),
    [
        pytest.param(1555, "A", "G", {"MT-RNR1": "n.908A>G"}, id="deafness after aminoglycosides"),
        pytest.param(1661, "A", "G", {"MT-TV": "n.60A>G"}, id="spastic paraplegia"),
        pytest.param(3243, "A", "G", {"MT-TL1": "n.14A>G"}, id="MELAS"),
        pytest.param(8344, "A", "G", {"MT-TK": "n.50A>G"}, id="MERRF"),
        pytest.param(5650, "G", "A", {"MT-TA": "n.6C>T"}, id="on the light strand"),
        pytest.param(4330, "T", "G", {"MT-TI": "n.68T>G", "MT-TQ": "n.71A>C"}, id="in two genes"),
        pytest.param(12315, "GG", "G", {"MT-TL2": "n.51del"}, id="a deletion"),
        pytest.param(8993, "T", "G", {"MT-ATP6": "c.467T>G p.Leu156Arg"}, id="NARP"),
        pytest.param(14484, "T", "C", {"MT-ND6": "c.190A>G p.Met64Val"}, id="Leber's"),
        pytest.param(16_100, "G", "A", {}, id="between genes"),
    ],
)
def test_an_allele_is_named_on_its_genes_alone(
    position: int,
    ref: str,
    alt: str,
    names: dict[str, str],
    cache: Path,
    reference: Path,
    tmp_path: Path,
) -> None:
    alleles = pl.DataFrame(
        {"chromosome": ["MT"], "position": [position], "ref": [ref], "alt": [alt]}
    )
    found = from_vepyr(alleles, cache, reference, tmp_path)
    inside = found.filter(pl.col("exon").is_not_null())
    texts = pl.concat_str(
        pl.col("hgvs_c", "hgvs_p").str.split(":").list.last(), separator=" ", ignore_nulls=True
    )

    assert dict(inside.select("gene", texts).rows()) == names
    rna = inside.filter(pl.col("biotype") != "protein_coding")
    assert all(terms == ["non_coding_transcript_exon_variant"] for terms in rna["terms"].to_list())


def test_the_known_substitution_is_the_references(reference: Path) -> None:
    chromosome, position, ref, alt, _ = KNOWN_SNP
    with pysam.FastaFile(str(reference)) as fasta:
        assert (chromosome, fasta.fetch("chrM", position - 1, position)) == (Chromosome.MT, ref)
    assert alt != ref
