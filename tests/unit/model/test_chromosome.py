"""Chromosomes: each its own value, every spelling of it, and the regions that X and Y share."""

import pytest

from varinterp.model.chromosome import (
    GRCH37_LENGTHS,
    GRCH38_LENGTHS,
    Chromosome,
    is_pseudoautosomal,
)

NAMES = [*(str(number) for number in range(1, 23)), "X", "Y", "MT"]


def test_the_order_of_definition_is_genome_order() -> None:
    assert [chromosome.value for chromosome in Chromosome] == NAMES
    assert [chromosome.code for chromosome in Chromosome] == list(range(1, 26))


@pytest.mark.parametrize("name", NAMES)
def test_each_chromosome_is_read_from_each_of_its_names(name: str) -> None:
    chromosome = Chromosome(name)
    spellings = [name, f"chr{name}", chromosome.accession]
    spellings += ["M", "chrM"] if name == "MT" else []

    assert {Chromosome.parse(spelling) for spelling in spellings} == {chromosome}
    assert Chromosome.from_code(chromosome.code) is chromosome


def test_accessions_are_refseqs_of_grch38() -> None:
    assert Chromosome.C1.accession == "NC_000001.11"
    assert Chromosome.C22.accession == "NC_000022.11"
    assert Chromosome.X.accession == "NC_000023.11"
    assert Chromosome.Y.accession == "NC_000024.10"
    assert Chromosome.MT.accession == "NC_012920.1"


@pytest.mark.parametrize(
    "contig",
    [
        "", "chr", "0", "23", "24", "chrX, chrY", "X,Y", "Chr1", "chrchr1", "chr01", " 1", "1 ",
        "chr1_KI270706v1_random", "chrUn_KI270302v1", "HLA-A*01:01:01:01", "chrEBV",
        "NC_000022.10", "NC_001807.4", "GL000191.1", "*",
    ],
)  # fmt: skip
def test_what_is_no_primary_chromosome_of_grch38_is_none(contig: str) -> None:
    assert Chromosome.parse(contig) is None


@pytest.mark.parametrize("code", [0, -1, 26, 31])
def test_a_code_of_no_chromosome_is_refused(code: int) -> None:
    with pytest.raises(ValueError, match="no chromosome"):
        Chromosome.from_code(code)


def test_lengths_tell_the_builds_apart() -> None:
    nuclear = [chromosome for chromosome in Chromosome if chromosome is not Chromosome.MT]

    assert Chromosome.C22.length == 50_818_468
    assert sum(GRCH38_LENGTHS[chromosome] for chromosome in nuclear) == 3_088_269_832
    assert sum(GRCH37_LENGTHS[chromosome] for chromosome in nuclear) == 3_095_677_412
    assert all(GRCH38_LENGTHS[each] != GRCH37_LENGTHS[each] for each in nuclear)
    assert GRCH38_LENGTHS[Chromosome.MT] == GRCH37_LENGTHS[Chromosome.MT] == 16_569


@pytest.mark.parametrize(
    ("chromosome", "position", "shared"),
    [
        (Chromosome.X, 10_000, False),
        (Chromosome.X, 10_001, True),
        (Chromosome.X, 2_781_479, True),
        (Chromosome.X, 2_781_480, False),
        (Chromosome.X, 155_701_382, False),
        (Chromosome.X, 155_701_383, True),
        (Chromosome.X, 156_030_895, True),
        (Chromosome.X, 156_030_896, False),
        (Chromosome.Y, 10_001, True),
        (Chromosome.Y, 2_781_480, False),
        (Chromosome.Y, 56_887_903, True),
        (Chromosome.Y, 57_217_415, True),
        (Chromosome.Y, 57_217_416, False),
        (Chromosome.C1, 10_001, False),
        (Chromosome.MT, 10_001, False),
    ],
)
def test_the_pseudoautosomal_regions(chromosome: Chromosome, position: int, shared: bool) -> None:
    assert is_pseudoautosomal(chromosome, position) is shared
