"""Which alleles share a haplotype with an allele and change its meaning."""

from dataclasses import dataclass

import pytest

from coding_arbiter import Site, coding
from core_builders import HEMI, HET, HOM, REF, SINGLETON, calls, phased, trio
from small_genome import FORWARD, SmallGenome, write_genome
from varinterp.annotate.haplotype import Coding, edit_of
from varinterp.annotate.neighbours import Carried, carried, joint
from varinterp.model.chromosome import Chromosome
from varinterp.model.facts import FamilyGenotypes
from varinterp.model.family import Family
from varinterp.model.genotype import Genotype
from varinterp.model.transcript import Joint, JointPhase, Term
from varinterp.model.variant import Allele

STOP: Site = (1061, "G", "A")  # p.Trp4Ter alone
BESIDE: Site = (1060, "T", "C")  # p.Trp4Arg alone, p.Trp4Gln with the first
ELSEWHERE: Site = (1072, "G", "A")
SHIFT: Site = (1059, "AT", "A")
BACK: Site = (1065, "A", "AT")


@dataclass(frozen=True)
class Place:
    coding: Coding | None

    def carried(self, site: Site, genotypes: FamilyGenotypes | Genotype) -> Carried:
        if isinstance(genotypes, Genotype):
            genotypes = calls(proband=genotypes)
        allele = Allele(Chromosome.C22, *site)
        edit = edit_of(FORWARD, allele)
        assert edit is not None
        return carried(allele, genotypes, edit, self.coding)

    def joint(self, one: Carried, *others: Carried, family: Family = SINGLETON) -> Joint | None:
        return joint(one, [one, *others], self.coding, family)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    genome: SmallGenome = write_genome(tmp_path_factory.mktemp("genome"))
    return Place(coding(genome, FORWARD))


def test_alleles_on_one_side_of_a_phase_set_are_taken_together(place: Place) -> None:
    found = place.joint(place.carried(STOP, phased(0)), place.carried(BESIDE, phased(0)))
    assert found == Joint(
        phase=JointPhase.CIS,
        partners=("22-1060-T-C",),
        terms=(Term.MISSENSE,),
        hgvs_p="ENSP00000000001.1:p.Trp4Gln",
        codon=4,
        ref_aa="W",
        alt_aa="Q",
        differs=True,
    )


@pytest.mark.parametrize("genotype", [HOM, HEMI])
def test_alleles_on_every_copy_are_taken_together(place: Place, genotype: Genotype) -> None:
    found = place.joint(place.carried(STOP, genotype), place.carried(BESIDE, genotype))
    assert found is not None
    assert found.terms == (Term.MISSENSE,)


def test_an_allele_beside_one_on_both_copies_lies_with_it(place: Place) -> None:
    one, other = place.carried(STOP, HET), place.carried(BESIDE, HOM)
    found = place.joint(one, other)
    assert found is not None
    assert found.phase is JointPhase.CIS
    assert place.joint(other, one) is None


def test_both_from_one_parent_are_taken_together(place: Place) -> None:
    from_mother = calls(proband=HET, father=REF, mother=HET)
    one, other = place.carried(STOP, from_mother), place.carried(BESIDE, from_mother)
    found = place.joint(one, other, family=trio())
    assert found is not None
    assert found.phase is JointPhase.CIS


@pytest.mark.parametrize(
    ("one", "other"),
    [(phased(0), phased(1)), (phased(0, "1"), phased(0, "2")), (HET, HET), (HET, phased(0))],
)
def test_alleles_that_are_not_known_to_be_in_cis_are_never_combined(
    place: Place, one: Genotype, other: Genotype
) -> None:
    found = place.joint(place.carried(STOP, one), place.carried(BESIDE, other))
    trans = one.phase_set == other.phase_set is not None
    assert found == (None if trans else Joint(JointPhase.UNKNOWN, ("22-1060-T-C",)))


def test_another_codon_is_no_neighbour(place: Place) -> None:
    assert place.joint(place.carried(STOP, HOM), place.carried(ELSEWHERE, HOM)) is None
    assert place.joint(place.carried(STOP, HET), place.carried(ELSEWHERE, HET)) is None


def test_two_bases_at_one_position_are_on_two_copies(place: Place) -> None:
    other = (1061, "G", "C")
    assert place.joint(place.carried(STOP, HET), place.carried(other, HET)) is None


def test_a_second_shift_that_restores_the_frame_takes_the_frameshift_away(place: Place) -> None:
    one, other = place.carried(SHIFT, phased(1)), place.carried(BACK, phased(1))
    for found in (place.joint(one, other), place.joint(other, one)):
        assert found is not None
        assert found.terms == (Term.MISSENSE,)
        assert found.differs


def test_two_shifts_of_unknown_phase_are_named_and_not_combined(place: Place) -> None:
    found = place.joint(place.carried(SHIFT, HET), place.carried(BACK, HET))
    assert found == Joint(JointPhase.UNKNOWN, ("22-1065-A-AT",))


def test_an_allele_in_a_stretch_that_another_shifts_is_read_in_the_shifted_frame(
    place: Place,
) -> None:
    shift, inside = place.carried(SHIFT, phased(0)), place.carried(ELSEWHERE, phased(0))
    found = place.joint(inside, shift)
    assert found is not None
    assert found.terms == (Term.FRAMESHIFT,)
    assert place.joint(inside, place.carried(SHIFT, HET)) is None


def test_a_partner_that_changes_nothing_more_is_named_and_does_not_differ(place: Place) -> None:
    silent: Site = (1056, "T", "C")
    found = place.joint(place.carried((1054, "G", "A"), HOM), place.carried(silent, HOM))
    assert found is not None
    assert found.hgvs_p == "ENSP00000000001.1:p.Ala2Thr"
    assert not found.differs


def test_three_alleles_in_a_chain_are_one_haplotype(place: Place) -> None:
    third: Site = (1062, "G", "T")
    one, two = place.carried(STOP, HOM), place.carried(BESIDE, HOM)
    found = place.joint(one, two, place.carried(third, HOM))
    assert found is not None
    assert found.partners == ("22-1060-T-C", "22-1062-G-T")
    assert found.hgvs_p == "ENSP00000000001.1:p.Trp4His"


def test_without_a_sequence_the_neighbours_are_named_and_nothing_is_worked_out() -> None:
    bare = Place(None)
    found = bare.joint(bare.carried(STOP, HOM), bare.carried(BESIDE, HOM))
    assert found == Joint(JointPhase.CIS, ("22-1060-T-C",))
    assert found.differs
