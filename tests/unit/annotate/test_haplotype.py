"""Alleles of one haplotype together: the protein that the rewritten genome spells, and its name."""

import random
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest

from coding_arbiter import Site, by_csq, coding, left_most, protein, rebuilt
from small_genome import FORWARD, REVERSE, SmallGenome, write_genome
from varinterp.annotate import haplotype
from varinterp.annotate.consequence import annotate_vcf
from varinterp.annotate.haplotype import Coding, Edit, change, edit_of, overlap, reach
from varinterp.annotate.protein_change import ProteinChange
from varinterp.annotate.vep_cache import build_vep_cache
from varinterp.model.chromosome import Chromosome
from varinterp.model.transcript import Span, Term, Transcript
from varinterp.model.variant import Allele
from varinterp.sources.vep import read_csq

STRANDS = (FORWARD, REVERSE)


@pytest.fixture(scope="module")
def genome(tmp_path_factory: pytest.TempPathFactory) -> SmallGenome:
    return write_genome(tmp_path_factory.mktemp("genome"))


def edits(transcript: Transcript, sites: list[Site]) -> list[Edit]:
    found = [edit_of(transcript, Allele(transcript.chromosome, *site)) for site in sites]
    return [edit for edit in found if edit is not None]


def together(genome: SmallGenome, transcript: Transcript, sites: list[Site]) -> ProteinChange:
    made = change(coding(genome, transcript), edits(transcript, sites))
    assert made is not None
    return made


def drawn(genome: SmallGenome, rng: random.Random, transcript: Transcript) -> list[Site]:
    """Two or three normalised alleles close to each other in one exon's coding part."""
    span = rng.choice([span for _, span in transcript.coding_exons()])
    at, sites = rng.randrange(span.start + 8, span.end - 30), []
    for _ in range(rng.choice([2, 2, 3])):
        ref, size = genome.bases[at - 1], rng.choice([1, 2, 3])
        kind = rng.choice(["base", "base", "deletion", "insertion"])
        if kind == "base":
            sites.append((at, ref, rng.choice([base for base in "ACGT" if base != ref])))
        elif kind == "deletion":
            sites.append((at, genome.bases[at - 1 : at + size], ref))
        else:
            sites.append((at, ref, ref + "".join(rng.choices("ACGT", k=size))))
        at += len(sites[-1][1]) + rng.choice([0, 1, 4])
    return sorted(left_most(genome, site) for site in sites)


def possible(transcript: Transcript, sites: list[Site]) -> bool:
    made = sorted(edits(transcript, sites), key=lambda edit: (edit.start, edit.end))
    return len(made) == len(sites) and not any(overlap(a, b) for a, b in pairwise(made))


def haplotypes(genome: SmallGenome, seed: int, count: int) -> list[tuple[Transcript, list[Site]]]:
    rng = random.Random(seed)  # noqa: S311 - alleles of a toy sequence
    found: list[tuple[Transcript, list[Site]]] = []
    while len(found) < count:
        transcript = rng.choice(STRANDS)
        sites = drawn(genome, rng, transcript)
        if possible(transcript, sites) and len(set(sites)) == len(sites):
            found.append((transcript, sites))
    return found


def read(genome: SmallGenome, transcript: Transcript, sites: list[Site]) -> str:
    whole = coding(genome, transcript)
    made = sorted(edits(transcript, sites), key=lambda edit: (edit.start, edit.end))
    return haplotype._protein(whole, haplotype._edited(whole, made)).partition("*")[0] + "*"


def test_random_haplotypes_spell_the_protein_of_the_rewritten_genome(genome: SmallGenome) -> None:
    for transcript, sites in haplotypes(genome, 1, 400):
        expected = protein(coding(genome, transcript), genome, sites)
        assert read(genome, transcript, sites) == expected, sites


def test_random_haplotypes_mean_the_same_to_bcftools_csq(
    genome: SmallGenome, tmp_path: Path
) -> None:
    """Indels whose records touch are left out: csq drops the second of them as a conflict."""
    drawn_ones = haplotypes(genome, 2, 300)
    apart = [
        (transcript, sites)
        for transcript, sites in drawn_ones
        if all(one[0] + len(one[1]) < other[0] for one, other in pairwise(sites))
        or all(len(ref) == len(alt) for _, ref, alt in sites)
    ]
    compared = 0
    for (transcript, sites), said in zip(
        apart, by_csq(genome, [sites for _, sites in apart], tmp_path), strict=True
    ):
        theirs = rebuilt(protein(coding(genome, transcript), genome, []), said)
        if theirs is not None:
            compared += 1
            ours = read(genome, transcript, sites)
            assert ours == theirs if "*" in theirs else ours.startswith(theirs), (sites, said)
    assert compared > 150


def single_alleles(genome: SmallGenome) -> list[Site]:
    rng = random.Random(3)  # noqa: S311 - alleles of a toy sequence
    places = [*range(1056, 1095), *range(1304, 1445), *range(1706, 1785)]
    places += [*range(3116, 3195), *range(3405, 3443)]
    sites = set()
    for at in places:
        ref = genome.bases[at - 1]
        sites.add((at, ref, rng.choice([base for base in "ACGT" if base != ref])))
        sites.add((at, genome.bases[at - 1 : at + rng.choice([1, 2, 3, 6])], ref))
        sites.add((at, ref, ref + "".join(rng.choices("ACGT", k=rng.choice([1, 2, 3, 6])))))
    return sorted({left_most(genome, site) for site in sites})


def test_single_alleles_away_from_the_ends_get_vepyrs_names(
    genome: SmallGenome, tmp_path: Path
) -> None:
    sites = single_alleles(genome)
    build_vep_cache(STRANDS, genome.fasta, [genome.known], tmp_path / "cache")
    out = tmp_path / "out.vcf"
    annotate_vcf(genome.vcf(tmp_path / "in.vcf", sites), tmp_path / "cache", genome.fasta, out)
    rows = read_csq(out).filter(pl.col("hgvs_p").is_not_null())
    readings = {one.id: coding(genome, one) for one in STRANDS}
    compared, differing = 0, []
    for row in rows.iter_rows(named=True):
        whole = readings[row["transcript"]]
        made = edits(whole.transcript, [(row["position"], row["ref"], row["alt"])])
        ours = change(whole, made) if made else None
        if ours is not None and "stop_gained" not in row["terms"]:
            compared += 1
            same = ours.name == row["hgvs_p"].split(":")[1]
            if not (same and ours.terms[0].value in row["terms"]):
                differing.append((row["position"], row["ref"], row["alt"], row["hgvs_p"], ours))
    assert compared > 900
    assert differing == []


def test_two_substitutions_in_a_codon_make_one_change(genome: SmallGenome) -> None:
    first, second = (1061, "G", "A"), (1060, "T", "C")
    assert together(genome, FORWARD, [first]).name == "p.Trp4Ter"
    made = together(genome, FORWARD, [first, second])
    assert made == ProteinChange((Term.MISSENSE,), "p.Trp4Gln", 4, "W", "Q")


def test_two_shifts_that_cancel_out_are_no_frameshift(genome: SmallGenome) -> None:
    deletion, insertion = (1059, "AT", "A"), (1065, "A", "AT")
    assert together(genome, FORWARD, [deletion]).terms == (Term.FRAMESHIFT,)
    made = together(genome, FORWARD, [deletion, insertion])
    assert made.terms == (Term.MISSENSE,)
    assert made.name == "p.Trp4_Lys5delinsGlyAsn"


def test_a_stop_between_two_shifts_that_cancel_out_is_a_stop(genome: SmallGenome) -> None:
    made = together(genome, FORWARD, [(1060, "TG", "T"), (1072, "G", "GA")])
    assert made.terms == (Term.STOP_GAINED,)
    assert made.name == "p.Trp4Ter"


def test_alleles_that_exclude_each_other_are_never_combined(genome: SmallGenome) -> None:
    whole = coding(genome, FORWARD)
    assert change(whole, edits(FORWARD, [(1060, "T", "C"), (1060, "T", "A")])) is None
    assert change(whole, edits(FORWARD, [(1060, "T", "TA"), (1060, "T", "TC")])) is None


@pytest.mark.parametrize("site", [(1099, "AAG", "A"), (1040, "C", "T"), (1050, "C", "CA")])
def test_alleles_that_leave_the_coding_bases_are_no_edit(site: Site) -> None:
    assert edit_of(FORWARD, Allele(Chromosome.C22, *site)) is None


def test_a_deletion_anchored_on_an_intron_is_an_edit_of_the_exon() -> None:
    assert edit_of(FORWARD, Allele(Chromosome.C22, 1300, "GA", "G")) == Edit(50, 51, "")


def test_a_shift_reaches_to_the_stop_that_it_meets(genome: SmallGenome) -> None:
    whole = coding(genome, FORWARD)
    (shift,) = edits(FORWARD, [(1062, "GA", "G")])
    name = together(genome, FORWARD, [(1062, "GA", "G")]).name
    stop = 5 + int(str(name).rpartition("Ter")[2]) - 1
    assert reach(whole, shift)[0] == 4
    assert abs(reach(whole, shift)[1] + 1 - stop) <= 1


def test_selenocysteine_is_lost_gained_as_stop_and_kept(tmp_path: Path) -> None:
    whole = coding(write_genome(tmp_path, middle="TGA"), FORWARD)
    seleno = replace(whole, selenocysteines=frozenset({9}))
    names = {
        (1078, "T", "C"): ("p.Sec10Arg", Term.MISSENSE),
        (1079, "G", "A"): ("p.Sec10Ter", Term.STOP_GAINED),
        (1075, "G", "A"): ("p.Glu9Lys", Term.MISSENSE),
    }
    for site, (name, term) in names.items():
        made = change(seleno, edits(FORWARD, [site]))
        assert made is not None
        assert (made.name, made.terms) == (name, (term,))


@pytest.mark.parametrize(
    ("alt", "term"), [("A", Term.START_RETAINED), ("T", Term.START_LOST), ("G", Term.START_LOST)]
)
def test_a_start_other_than_atg_is_lost_unless_it_becomes_atg(
    alt: str, term: Term, tmp_path: Path
) -> None:
    whole = coding(write_genome(tmp_path, start="CTG"), FORWARD)
    made = change(whole, edits(FORWARD, [(1051, "C", alt)]))
    assert made is not None
    assert made.terms == (term,)


@pytest.mark.parametrize(
    ("codon", "site", "expected"),
    [
        ("TGA", (1080, "A", "G"), ("p.Trp10=", Term.SYNONYMOUS)),
        ("TGG", (1080, "G", "A"), ("p.Trp10=", Term.SYNONYMOUS)),
        ("CGA", (1078, "C", "A"), ("p.Arg10Ter", Term.STOP_GAINED)),
        ("ATC", (1080, "C", "A"), ("p.Ile10Met", Term.MISSENSE)),
    ],
)
def test_the_mitochondrial_code_reads_four_codons_otherwise(
    codon: str, site: Site, expected: tuple[str, Term], tmp_path: Path
) -> None:
    genome = write_genome(tmp_path, contig="chrM", middle=codon)
    transcript = replace(FORWARD, chromosome=Chromosome.MT)
    made = change(coding(genome, transcript), edits(transcript, [site]))
    assert made is not None
    assert (made.name, made.terms) == (expected[0], (expected[1],))


def test_the_first_codon_of_an_unknown_start_is_no_initiation_codon(genome: SmallGenome) -> None:
    late = replace(FORWARD, cds=Span(1054, 1800), cds_start_phase=0)
    made = change(coding(genome, late), edits(late, [(1054, "G", "A")]))
    assert made is not None
    assert made.name == "p.Ala1Thr"


def test_a_codon_that_is_not_known_whole_is_not_named(genome: SmallGenome) -> None:
    late = replace(FORWARD, cds=Span(1055, 1800), cds_start_phase=1)
    whole = coding(genome, late)
    padded = Coding(late, f"N{whole.cds}", whole.after)
    assert change(padded, edits(late, [(1055, "C", "A")])) is None
    made = change(padded, edits(late, [(1057, "G", "A")]))
    assert made is not None
    assert made.name == "p.Glu2Lys"
