"""PVS1: where the premature stop lies, which exon a splice allele costs, and what is not built."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core_builders import BRCA1, TANGO2, Setting, allele, consequence
from varinterp.acmg.loss_of_function import pvs1, skipped_exon, stop_codon, triggers_decay
from varinterp.model.chromosome import Chromosome
from varinterp.model.evidence import Outcome, Strength
from varinterp.model.facts import ExonSkip
from varinterp.model.gene_disease import Inheritance, Mechanism
from varinterp.model.transcript import Consequence, Span, Term, Transcript

MET, NOT_MET, NOT_ASSESSED = Outcome.MET, Outcome.NOT_MET, Outcome.NOT_ASSESSED


def null(
    name: str,
    term: Term,
    codon: int | None = None,
    hgvs_p: str | None = None,
    transcript: Transcript = TANGO2,
) -> Setting:
    return Setting(
        allele=allele(name),
        inheritance=(
            Inheritance.AUTOSOMAL_DOMINANT
            if transcript is BRCA1
            else Inheritance.AUTOSOMAL_RECESSIVE
        ),
        transcript=transcript,
        consequence=consequence(term, transcript=transcript, protein_position=codon, hgvs_p=hgvs_p),
    )


def stop(codon: int, transcript: Transcript) -> Setting:
    name = "22-20055980-C-T" if transcript is TANGO2 else "17-43093844-G-A"
    return null(name, Term.STOP_GAINED, codon, transcript=transcript)


# TANGO2, forward: 831 coding bases, the last junction after c.710. BRCA1, reverse: 5592, after
# c.5467. A stop is in the last 50 bases before the junction when its first base is.
@pytest.mark.parametrize(
    ("setting", "outcome"),
    [
        pytest.param(stop(140, TANGO2), MET, id="TANGO2 p.Arg140Ter, exon 6 of 9"),
        pytest.param(stop(220, TANGO2), MET, id="forward: c.658, 53 bases before the junction"),
        pytest.param(stop(221, TANGO2), NOT_ASSESSED, id="forward: c.661, 50 bases before it"),
        pytest.param(stop(236, TANGO2), NOT_ASSESSED, id="forward: last base of exon 8"),
        pytest.param(stop(240, TANGO2), NOT_ASSESSED, id="forward: last exon"),
        pytest.param(stop(563, BRCA1), MET, id="BRCA1 p.Gln563Ter, exon 10 of 23"),
        pytest.param(stop(1806, BRCA1), MET, id="reverse: c.5416, 52 bases before the junction"),
        pytest.param(stop(1807, BRCA1), NOT_ASSESSED, id="reverse: c.5419, 49 bases before it"),
        pytest.param(stop(1835, BRCA1), NOT_ASSESSED, id="BRCA1 p.Arg1835Ter, last exon"),
    ],
)
def test_a_nonsense_allele_counts_where_decay_is_expected(
    setting: Setting, outcome: Outcome
) -> None:
    verdict = setting.ask(pvs1)

    assert verdict.outcome is outcome
    assert verdict.strength is (Strength.VERY_STRONG if outcome is MET else None)
    if outcome is NOT_ASSESSED:
        assert verdict.reason.key == "loss_of_function.escapes_decay"


@pytest.mark.parametrize(
    ("setting", "outcome", "codon"),
    [
        pytest.param(
            null("22-20036801-GT-G", Term.FRAMESHIFT, 2, "ENSP00000332721.4:p.Cys2AlafsTer35"),
            MET,
            36,
            id="TANGO2 c.4del",
        ),
        pytest.param(
            null(
                "17-43124027-ACT-A",
                Term.FRAMESHIFT,
                23,
                "ENSP00000350283.3:p.Glu23ValfsTer17",
                transcript=BRCA1,
            ),
            MET,
            39,
            id="BRCA1 c.68_69del",
        ),
        pytest.param(
            null(
                "17-43057062-T-TG",
                Term.FRAMESHIFT,
                1756,
                "ENSP00000350283.3:p.Gln1756ProfsTer74",
                transcript=BRCA1,
            ),
            NOT_ASSESSED,
            1829,
            id="BRCA1 c.5266dup: the allele in exon 19 of 23, the stop in the last",
        ),
        pytest.param(
            null("22-20036801-G-GT", Term.FRAMESHIFT, 2, "ENSP00000332721.4:p.Cys2Ter"),
            MET,
            2,
            id="the first changed codon is the stop",
        ),
    ],
)
def test_a_frameshift_counts_by_the_place_of_its_new_stop(
    setting: Setting, outcome: Outcome, codon: int
) -> None:
    verdict = setting.ask(pvs1)

    assert verdict.outcome is outcome
    assert verdict.reason["stop_codon"] == codon


@pytest.mark.parametrize(
    "hgvs_p",
    [None, "", "ENSP00000332721.4:p.Cys2AlafsTer?", "ENSP00000332721.4:p.?", "p.Met1?"],
)
def test_a_frameshift_without_a_place_for_its_stop_is_not_assessed(hgvs_p: str | None) -> None:
    verdict = null("22-20036801-GT-G", Term.FRAMESHIFT, 2, hgvs_p).ask(pvs1)

    assert verdict.outcome is NOT_ASSESSED
    assert verdict.reason.key == "loss_of_function.stop_not_located"


def shifted(ref: str, alt: str, codon: int, stop_at: int) -> Setting:
    """A frameshift of TANGO2 that changes a codon first and stops at another."""
    name = f"22-20061538-{ref}-{alt}"
    hgvs_p = f"p.Gly{codon}ArgfsTer{stop_at - codon + 1}"
    return null(name, Term.FRAMESHIFT, codon, hgvs_p)


@pytest.mark.parametrize(
    ("setting", "outcome"),
    [
        pytest.param(
            shifted("G" + "A" * 40, "G", 154, 206),
            MET,
            id="40 bases deleted: the stop is 57 bases before the junction, not 97",
        ),
        pytest.param(
            shifted("G" + "A" * 40, "G", 154, 210),
            NOT_ASSESSED,
            id="40 bases deleted: the stop is 45 bases before the junction, not 85",
        ),
        pytest.param(
            shifted("G", "G" + "A" * 40, 154, 230),
            MET,
            id="40 bases inserted: the stop is 65 bases before the junction, not 25",
        ),
        pytest.param(
            shifted("G", "GA", 154, 221),
            MET,
            id="one base inserted: the stop is 51 bases before the junction, not 50",
        ),
        pytest.param(
            shifted("G", "G" + "A" * 100, 240, 250),
            NOT_ASSESSED,
            id="an insertion into the last exon does not move its stop out of it",
        ),
    ],
)
def test_a_frameshift_moves_the_junction_with_it(setting: Setting, outcome: Outcome) -> None:
    assert setting.ask(pvs1).outcome is outcome


SINGLE_EXON = Transcript(
    "ENST00000000001.1", None, None, "ONE", "HGNC:1", Chromosome.C22, 1,
    (Span(1001, 4000),), Span(1101, 2000), None,
)  # fmt: skip


def test_a_transcript_of_one_exon_has_no_junction_and_no_decay() -> None:
    assert not triggers_decay(SINGLE_EXON, 1, 50)


@given(base=st.integers(1, 831), distance=st.integers(0, 200))
def test_decay_does_not_depend_on_the_strand(base: int, distance: int) -> None:
    mirrored = replace(
        TANGO2,
        strand=-1,
        exons=tuple(Span(50_000_000 - e.end, 50_000_000 - e.start) for e in TANGO2.exons),
        cds=Span(50_000_000 - TANGO2.cds.end, 50_000_000 - TANGO2.cds.start),
    )

    assert triggers_decay(mirrored, base, distance) == triggers_decay(TANGO2, base, distance)
    assert triggers_decay(TANGO2, base, distance) == (base <= 710 - distance)


@pytest.mark.parametrize("hgnc_mechanism", [Mechanism.NOT_ESTABLISHED])
def test_a_null_allele_says_nothing_where_loss_of_function_is_not_the_mechanism(
    hgnc_mechanism: Mechanism,
) -> None:
    verdict = replace(stop(140, TANGO2), mechanism=hgnc_mechanism).ask(pvs1)

    assert verdict.outcome is NOT_ASSESSED
    assert verdict.reason.key == "loss_of_function.mechanism_not_established"


@pytest.mark.parametrize(
    "setting",
    [
        pytest.param(replace(stop(140, TANGO2), inheritance=None), id="no disease"),
        pytest.param(replace(stop(140, TANGO2), mechanism=None), id="a disease of another release"),
    ],
)
def test_a_null_allele_of_a_gene_without_this_disease_is_not_assessed(setting: Setting) -> None:
    verdict = setting.ask(pvs1)

    assert (verdict.outcome, verdict.reason.key) == (NOT_ASSESSED, "no_known_disease")


@pytest.mark.parametrize(
    ("terms", "outcome", "reason"),
    [
        ((Term.START_LOST,), NOT_ASSESSED, "loss_of_function.start_loss_not_built"),
        (
            (Term.START_LOST, Term.FRAMESHIFT),
            NOT_ASSESSED,
            "loss_of_function.start_loss_not_built",
        ),
        ((Term.MISSENSE,), NOT_MET, "loss_of_function.not_null"),
        ((Term.STOP_LOST,), NOT_MET, "loss_of_function.not_null"),
        ((Term.INFRAME_DELETION,), NOT_MET, "loss_of_function.not_null"),
        ((Term.SPLICE_REGION, Term.INTRON), NOT_MET, "loss_of_function.not_null"),
    ],
)
def test_other_consequences(terms: tuple[Term, ...], outcome: Outcome, reason: str) -> None:
    verdict = Setting(consequence=consequence(*terms)).ask(pvs1)

    assert (verdict.outcome, verdict.reason.key) == (outcome, reason)


@pytest.mark.parametrize(
    ("setting", "reason"),
    [
        (Setting(transcript=None, inheritance=None), "no_consequence"),
        (Setting(consequence=None), "no_consequence"),
    ],
    ids=["outside genes", "no consequence at hand"],
)
def test_without_a_consequence_nothing_is_said(setting: Setting, reason: str) -> None:
    verdict = setting.ask(pvs1)

    assert (verdict.outcome, verdict.reason.key) == (NOT_ASSESSED, reason)


def test_without_the_transcripts_structure_decay_cannot_be_told() -> None:
    setting = stop(140, TANGO2)
    facts = {place: fact for place, fact in setting.facts.items() if place[0] != "transcript"}
    finding = setting.assess(type(setting.evidence)(facts)).findings[0]

    assert finding.verdict.reason.key == "loss_of_function.no_transcript"
    assert finding.verdict.outcome is NOT_ASSESSED


@pytest.mark.parametrize(
    ("terms", "intron", "exon"),
    [
        ((Term.SPLICE_DONOR, Term.INTRON), 7, 7),
        ((Term.SPLICE_ACCEPTOR, Term.INTRON), 7, 8),
        ((Term.SPLICE_DONOR,), None, None),
        ((Term.SPLICE_ACCEPTOR, Term.SPLICE_DONOR), 7, None),
    ],
    ids=["donor: the exon before", "acceptor: the exon after", "no intron", "both ends"],
)
def test_a_splice_allele_costs_the_exon_beside_it(
    terms: tuple[Term, ...], intron: int | None, exon: int | None
) -> None:
    assert skipped_exon(consequence(*terms, intron=intron)) == exon


DECAYS = ExonSkip(
    exon=7, coding_bases=154, in_frame=False, triggers_decay=True, removed=0.1853, holds_start=False
)


def splice(
    skip: ExonSkip | None,
    term: Term = Term.SPLICE_DONOR,
    intron: int | None = 7,
    hgvs_c: str | None = f"{TANGO2.id}:c.605+1G>A",
) -> Setting:
    return Setting(
        allele=allele("22-20061684-G-A"),
        consequence=consequence(term, intron=intron, hgvs_c=hgvs_c),
        skip=skip,
    )


def test_tango2_c_605_plus_1_skips_exon_7_and_counts() -> None:
    verdict = splice(DECAYS).ask(pvs1)

    assert verdict.strength is Strength.VERY_STRONG
    assert verdict.reason["exon"] == 7
    assert verdict.reason["exons"] == 9


@pytest.mark.parametrize(
    ("skip", "reason"),
    [
        (None, "loss_of_function.exon_not_assessed"),
        (
            replace(DECAYS, coding_bases=105, in_frame=True, triggers_decay=None),
            "loss_of_function.skips_in_frame",
        ),
        (replace(DECAYS, triggers_decay=False), "loss_of_function.skip_escapes_decay"),
        (replace(DECAYS, triggers_decay=None), "loss_of_function.skip_escapes_decay"),
        (replace(DECAYS, holds_start=True), "loss_of_function.start_loss_not_built"),
        (
            replace(DECAYS, coding_bases=0, in_frame=True, triggers_decay=None, removed=0.0),
            "loss_of_function.skips_untranslated",
        ),
    ],
    ids=["unknown", "in frame", "no decay", "no stop", "start exon", "untranslated exon"],
)
def test_a_splice_allele_that_may_leave_a_protein_is_not_assessed(
    skip: ExonSkip | None, reason: str
) -> None:
    verdict = splice(skip).ask(pvs1)

    assert (verdict.outcome, verdict.reason.key) == (NOT_ASSESSED, reason)


def test_a_splice_allele_asks_about_the_exon_that_it_costs_and_no_other() -> None:
    verdict = splice(DECAYS, Term.SPLICE_ACCEPTOR).ask(pvs1)

    assert verdict.reason.key == "loss_of_function.exon_not_assessed"
    assert verdict.reason["exon"] == 8


@pytest.mark.parametrize(
    "hgvs_c",
    [f"{TANGO2.id}:c.606_607del", f"{TANGO2.id}:c.-4_-3del", None],
    ids=["in the exon", "in the exon, before the start", "no name"],
)
def test_an_indel_that_hgvs_places_outside_the_intron_is_not_assessed(hgvs_c: str | None) -> None:
    verdict = splice(DECAYS, hgvs_c=hgvs_c).ask(pvs1)

    assert verdict.reason.key == "loss_of_function.splice_site_shifts"
    assert verdict.reason["name"] == hgvs_c


@pytest.mark.parametrize("change", ["605+1G>A", "606-2A>G", "605_605+3del", "-10+1G>A", "*5-1G>A"])
def test_a_name_with_an_offset_lies_in_an_intron(change: str) -> None:
    assert splice(DECAYS, hgvs_c=f"{TANGO2.id}:c.{change}").ask(pvs1).outcome is MET


def test_a_splice_allele_that_names_no_intron_is_not_assessed() -> None:
    verdict = splice(DECAYS, intron=None).ask(pvs1)

    assert verdict.reason.key == "loss_of_function.splice_site_not_located"


def test_a_nonsense_allele_stops_where_it_lies() -> None:
    nonsense: Consequence = consequence(Term.STOP_GAINED, protein_position=140)

    assert stop_codon(nonsense) == 140


def at_both_places(*shifted: Term) -> Setting:
    setting = stop(140, TANGO2)
    frameshift = consequence(
        Term.FRAMESHIFT, protein_position=140, hgvs_p="ENSP1.1:p.Arg140GlyfsTer3"
    )
    return replace(setting, consequence=replace(frameshift, shifted_terms=shifted))


@pytest.mark.parametrize(
    ("shifted", "outcome"),
    [
        ((), MET),
        ((Term.FRAMESHIFT, Term.SPLICE_REGION), MET),
        ((Term.SPLICE_DONOR,), NOT_ASSESSED),
        ((Term.SPLICE_REGION, Term.INTRON), NOT_ASSESSED),
        ((Term.START_LOST, Term.FRAMESHIFT), NOT_ASSESSED),
    ],
)
def test_an_allele_with_two_places_counts_when_it_is_the_same_null_allele_at_both(
    shifted: tuple[Term, ...], outcome: Outcome
) -> None:
    verdict = at_both_places(*shifted).ask(pvs1)
    assert verdict.outcome is outcome
    if outcome is NOT_ASSESSED:
        assert verdict.reason.key == "loss_of_function.placements_differ"


def test_an_allele_that_is_null_at_its_other_place_alone_is_not_dismissed() -> None:
    intronic = consequence(Term.SPLICE_REGION, Term.INTRON)
    shifted = replace(intronic, shifted_terms=(Term.SPLICE_DONOR,))
    verdict = replace(stop(140, TANGO2), consequence=shifted).ask(pvs1)
    assert verdict.reason.key == "loss_of_function.placements_differ"


@pytest.mark.parametrize("change", [{"cds_start_phase": 0}, {"cds_end_known": False}])
def test_an_incomplete_coding_sequence_is_no_ground_for_pvs1(change: dict[str, Any]) -> None:
    setting = stop(140, TANGO2)
    verdict = replace(setting, transcript=replace(TANGO2, **change)).ask(pvs1)
    assert verdict.outcome is NOT_ASSESSED
    assert verdict.reason.key == "loss_of_function.incomplete_transcript"


def test_an_effect_that_could_not_be_told_is_not_called_harmless() -> None:
    verdict = replace(stop(140, TANGO2), consequence=consequence(Term.CODING_SEQUENCE)).ask(pvs1)
    assert verdict.reason.key == "loss_of_function.effect_unknown"
