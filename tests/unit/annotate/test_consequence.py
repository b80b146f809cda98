"""vepyr over a small cache: the names it gives, and what happens when it cannot."""

import gzip
from dataclasses import replace
from pathlib import Path

import polars as pl
import pysam
import pysam.bcftools
import pytest

from small_genome import FORWARD, REVERSE, SmallGenome, write_genome, write_gff
from varinterp.annotate import consequence
from varinterp.annotate.consequence import annotate_vcf
from varinterp.annotate.genetic_code import translate
from varinterp.annotate.vep_cache import build_vep_cache
from varinterp.errors import InputError, StageError
from varinterp.model.chromosome import Chromosome
from varinterp.sources.vep import read_csq


@pytest.fixture(scope="module")
def genome(tmp_path_factory: pytest.TempPathFactory) -> SmallGenome:
    return write_genome(tmp_path_factory.mktemp("genome"), zipped=True)


@pytest.fixture(scope="module")
def cache(genome: SmallGenome, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("vep") / "cache"
    build_vep_cache([FORWARD, REVERSE], genome.fasta, [genome.known], folder)
    return folder


def annotate(
    genome: SmallGenome, cache: Path, folder: Path, alleles: list[tuple[int, str, str]]
) -> pl.DataFrame:
    out = folder / "out.vcf"
    annotate_vcf(genome.vcf(folder / "in.vcf", alleles), cache, genome.fasta, out)
    return read_csq(out)


def names(frame: pl.DataFrame, transcript: str) -> dict[int, tuple[str, str | None, str | None]]:
    """Worst term, HGVS c. and p. without accession, by position."""
    chosen = frame.filter(pl.col("transcript") == transcript).select(
        "position",
        pl.col("terms").list.first(),
        pl.col("hgvs_c", "hgvs_p").str.split(":").list.last(),
    )
    return {position: (term, c, p) for position, term, c, p in chosen.iter_rows()}


def test_changes_of_a_forward_transcript_get_the_names_worked_out_by_hand(
    genome: SmallGenome, cache: Path, tmp_path: Path
) -> None:
    alleles = [
        (1040, "", "A" if genome.bases[1039] != "A" else "C"),
        (1051, "A", "G"),
        (1054, "G", "A"),
        (1056, "T", "C"),
        (1061, "G", "A"),
        (1101, "G", "A"),
        (1300, "G", "C"),
        (1798, "T", "C"),
    ]
    found = names(annotate(genome, cache, tmp_path, alleles), FORWARD.id)
    base = f"{genome.bases[1039]}>{alleles[0][2]}"
    assert found[1040] == ("5_prime_UTR_variant", f"c.-11{base}", None)
    assert found[1051] == ("start_lost", "c.1A>G", "p.Met1?")
    assert found[1054] == ("missense_variant", "c.4G>A", "p.Ala2Thr")
    assert found[1056] == ("synonymous_variant", "c.6T>C", "p.Ala2=")
    assert found[1061] == ("stop_gained", "c.11G>A", "p.Trp4Ter")
    assert found[1101] == ("splice_donor_variant", "c.50+1G>A", None)
    assert found[1300] == ("splice_acceptor_variant", "c.51-1G>C", None)
    term, c, p = found[1798]
    assert (term, c) == ("stop_lost", "c.298T>C")
    assert p is not None
    assert p.startswith("p.Ter100GlnextTer")


def test_changes_of_a_reverse_transcript_are_named_on_its_own_strand(
    genome: SmallGenome, cache: Path, tmp_path: Path
) -> None:
    frame = annotate(genome, cache, tmp_path, [(3400, "C", "T"), (3447, "C", "T")])
    assert names(frame, REVERSE.id) == {
        3400: ("splice_donor_variant", "c.50+1G>A", None),
        3447: ("missense_variant", "c.4G>A", "p.Ala2Thr"),
    }


def test_a_left_aligned_deletion_is_named_at_its_three_prime_end(
    genome: SmallGenome, cache: Path, tmp_path: Path
) -> None:
    frame = annotate(genome, cache, tmp_path, [(1062, "GA", "G")])
    spans = [span for _, span in FORWARD.coding_exons()]
    cds = "".join(genome.bases[span.start - 1 : span.end] for span in spans)
    changed = translate(cds[:14] + cds[15:] + genome.bases[1800:1900], 1)
    assert changed.startswith("MAEWNW")
    assert names(frame, FORWARD.id)[1062] == (
        "frameshift_variant",
        "c.15del",
        f"p.Lys5AsnfsTer{changed.index('*') - 3}",
    )


def test_known_limits_of_names_at_the_ends_of_the_coding_sequence(
    genome: SmallGenome, cache: Path, tmp_path: Path
) -> None:
    """Pinned so that a new vepyr is noticed: docs/validation/hgvs.md says what these should be."""
    frame = annotate(genome, cache, tmp_path, [(1052, "TG", "T"), (1797, "AT", "A")])
    found = names(frame, FORWARD.id)
    assert found[1052] == ("frameshift_variant", "c.4del", "p.Ala2?")
    assert found[1797] == ("stop_lost", "c.298del", "p.Ter100=")


def test_a_row_holds_what_a_consequence_needs(
    genome: SmallGenome, cache: Path, tmp_path: Path
) -> None:
    frame = annotate(genome, cache, tmp_path, [(1310, "T", "C")])
    [row] = frame.filter(pl.col("transcript") == FORWARD.id).iter_rows(named=True)
    assert row["refseq"] == "NM_000001.3"
    assert (row["gene"], row["hgnc"], row["mane"]) == ("FWD1", "HGNC:1", "select")
    assert (row["exon"], row["intron"]) == (2, None)
    assert (row["cds_position"], row["protein_position"]) == (60, 20)
    assert row["hgvs_c"] == "ENST00000000001.2:c.60T>C"
    assert row["hgvs_p"] == "ENSP00000000001.1:p.Ala20="


def test_mane_plus_clinical_is_told_from_select(
    genome: SmallGenome, cache: Path, tmp_path: Path
) -> None:
    frame = annotate(genome, cache, tmp_path, [(3447, "C", "T")])
    [row] = frame.filter(pl.col("transcript") == REVERSE.id).iter_rows(named=True)
    assert (row["mane"], row["refseq"]) == ("plus_clinical", "NM_000002.1")


def test_records_come_back_in_the_order_they_went_in_with_their_ids(
    genome: SmallGenome, cache: Path, tmp_path: Path
) -> None:
    alleles = [(3447, "C", "T"), (1054, "G", "A"), (1101, "G", "A")]
    vcf = genome.vcf(tmp_path / "in.vcf", alleles)
    annotate_vcf(vcf, cache, genome.fasta, tmp_path / "out.vcf.gz")
    with gzip.open(tmp_path / "out.vcf.gz", "rt") as text:
        rows = [line.split("\t") for line in text if not line.startswith("#")]
    assert [(row[0], row[1], row[2]) for row in rows] == [
        ("chr22", "3447", "v3447"),
        ("chr22", "1054", "v1054"),
        ("chr22", "1101", "v1101"),
    ]
    assert all(row[7].startswith("CSQ=") and "AF=" not in row[7] for row in rows)


def test_the_output_does_not_depend_on_where_the_run_took_place(
    genome: SmallGenome, cache: Path, tmp_path: Path
) -> None:
    written = []
    for name in ("one", "another place"):
        folder = tmp_path / name
        folder.mkdir()
        vcf = genome.vcf(folder / "in.vcf", [(1054, "G", "A")])
        annotate_vcf(vcf, cache, genome.fasta, folder / "out.vcf")
        written.append((folder / "out.vcf").read_bytes())
        assert sorted(path.name for path in folder.iterdir()) == ["in.vcf", "out.vcf"]
    assert written[0] == written[1]


def test_contigs_without_chr_and_a_plain_fasta_give_the_same_names(tmp_path: Path) -> None:
    genome = write_genome(tmp_path, contig="22")
    build_vep_cache([FORWARD], genome.fasta, [genome.known], tmp_path / "cache")
    vcf = genome.vcf(tmp_path / "in.vcf", [(1054, "G", "A")], contig="22")
    annotate_vcf(vcf, tmp_path / "cache", genome.fasta, tmp_path / "out.vcf")
    found = names(read_csq(tmp_path / "out.vcf"), FORWARD.id)
    assert found[1054] == ("missense_variant", "c.4G>A", "p.Ala2Thr")


@pytest.mark.parametrize("contig", ["chrM", "MT"])
def test_the_mitochondrion_is_annotated_under_any_of_its_names(tmp_path: Path, contig: str) -> None:
    genome = write_genome(tmp_path, contig="chrM")
    transcript = replace(FORWARD, chromosome=Chromosome.MT)
    build_vep_cache([transcript], genome.fasta, [("MT", *genome.known[1:])], tmp_path / "cache")
    vcf = genome.vcf(tmp_path / "in.vcf", [(1054, "G", "A")], contig=contig)
    annotate_vcf(vcf, tmp_path / "cache", genome.fasta, tmp_path / "out.vcf")
    assert f"\n{contig}\t1054\t" in (tmp_path / "out.vcf").read_text()
    found = names(read_csq(tmp_path / "out.vcf"), FORWARD.id)
    assert found[1054] == ("missense_variant", "c.4G>A", "p.Ala2Thr")


def test_a_vcf_without_records_gives_one_without_records(
    genome: SmallGenome, cache: Path, tmp_path: Path
) -> None:
    assert annotate(genome, cache, tmp_path, []).is_empty()


@pytest.mark.parametrize("alt", ["A,C", "*", "<DEL>", ".", "g"])
def test_records_that_are_not_one_allele_of_bases_are_all_refused(
    genome: SmallGenome, cache: Path, tmp_path: Path, alt: str
) -> None:
    with pytest.raises(InputError) as refused:
        annotate(genome, cache, tmp_path, [(1054, "G", "A"), (1060, "T", alt), (1061, "G", alt)])
    faults = refused.value.faults
    assert [(fault.rule, fault.line) for fault in faults] == [
        ("consequence.allele", 5),
        ("consequence.allele", 6),
    ]


def test_a_contig_that_the_cache_lacks_is_an_error_not_a_lost_record(
    genome: SmallGenome, cache: Path, tmp_path: Path
) -> None:
    vcf = genome.vcf(tmp_path / "in.vcf", [(1054, "G", "A")])
    vcf.write_text(vcf.read_text() + "chr3\t100\t.\tA\tC\t.\t.\t.\n")
    with pytest.raises(StageError, match="no contig chr3"):
        annotate_vcf(vcf, cache, genome.fasta, tmp_path / "out.vcf")
    assert not (tmp_path / "out.vcf").exists()


def test_a_reference_without_an_index_is_refused(
    genome: SmallGenome, cache: Path, tmp_path: Path
) -> None:
    bare = tmp_path / "bare.fa"
    bare.write_text(">22\nACGT\n")
    with pytest.raises(StageError, match="samtools faidx"):
        annotate_vcf(
            genome.vcf(tmp_path / "in.vcf", [(1054, "G", "A")]), cache, bare, tmp_path / "o"
        )


def test_a_failure_of_vepyr_says_what_vepyr_said(
    genome: SmallGenome, cache: Path, tmp_path: Path
) -> None:
    other = write_genome(tmp_path, contig="chr21")
    with pytest.raises(StageError, match=r"vepyr failed \(exit 2\): .*reference sequence name: 22"):
        annotate_vcf(
            genome.vcf(tmp_path / "in.vcf", [(1054, "G", "A")]), cache, other.fasta, tmp_path / "o"
        )
    assert not list(tmp_path.glob(".vepyr-*"))


def test_a_record_that_vepyr_loses_is_noticed(
    genome: SmallGenome, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = consequence._run_vepyr

    def forgetful(vcf: Path, cache: Path, fasta: Path, out: Path) -> None:
        run(vcf, cache, fasta, out)
        out.write_text("".join(out.read_text().splitlines(keepends=True)[:-1]))

    monkeypatch.setattr(consequence, "_run_vepyr", forgetful)
    with pytest.raises(StageError, match="returned 1 records of 2"):
        annotate(genome, cache, tmp_path, [(1054, "G", "A"), (1061, "G", "A")])


VEP_TERMS = {
    "synonymous": "synonymous_variant",
    "missense": "missense_variant",
    "stop_gained": "stop_gained",
    "stop_lost": "stop_lost",
    "start_lost": "start_lost",
    "stop_retained": "stop_retained_variant",
    "splice_donor": "splice_donor_variant",
    "splice_acceptor": "splice_acceptor_variant",
}


def bcftools_csq(genome: SmallGenome, vcf: Path, folder: Path) -> dict[tuple[int, str], set[str]]:
    """Terms of `bcftools csq` in VEP's words, with the amino-acid change, by position and ALT."""
    out = folder / "csq.vcf"
    gff = write_gff(folder / "genes.gff3")
    arguments = ["-f", str(genome.fasta), "-g", str(gff), "-l", "-Ov", "-o", str(out), str(vcf)]
    pysam.bcftools.csq(*arguments, catch_stdout=False)
    found = {}
    with pysam.VariantFile(str(out)) as records:
        for record in records:
            said = set()
            for entry in record.info.get("BCSQ", ()):
                fields = entry.split("|")
                words = {VEP_TERMS[word] for word in fields[0].split("&") if word in VEP_TERMS}
                said |= words | {change for change in fields[5:6] if ">" in change}
            found[record.pos, (record.alts or ("",))[0]] = said
    return found


def test_every_substitution_means_the_same_to_bcftools_csq(
    genome: SmallGenome, cache: Path, tmp_path: Path
) -> None:
    places = [*range(1001, 1901), *range(3001, 3501)]
    alleles = [
        (at, genome.bases[at - 1], alt)
        for at in places
        for alt in "ACGT"
        if alt != genome.bases[at - 1]
    ]
    frame = annotate(genome, cache, tmp_path, alleles)
    theirs = bcftools_csq(genome, tmp_path / "in.vcf", tmp_path)
    compared = set(VEP_TERMS.values())
    ours: dict[tuple[int, str], set[str]] = {}
    for row in frame.iter_rows(named=True):
        said = compared & set(row["terms"])
        if row["protein_position"] and row["ref_aa"] != row["alt_aa"]:
            at = row["protein_position"]
            said.add(f"{at}{row['ref_aa']}>{at}{row['alt_aa']}")
        ours.setdefault((row["position"], row["alt"]), set()).update(said)
    assert len(ours) == len(alleles) == len(theirs)
    assert {key: said for key, said in ours.items() if said != theirs[key]} == {}
