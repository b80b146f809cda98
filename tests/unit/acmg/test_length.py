"""PM4 and BP3: a protein that is longer or shorter, in frame, outside a repeat or in one."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from core_builders import RULES, TANGO2, Setting, allele, consequence
from varinterp.acmg.length import LONGEST, bp3, pm4
from varinterp.acmg.question import Question
from varinterp.errors import InternalError
from varinterp.model.evidence import Outcome, Strength, Verdict
from varinterp.model.facts import REPEAT, RULE, Repeat, Rule
from varinterp.model.reads import WHOLE, Reader
from varinterp.model.transcript import Term

MET, NOT_MET, NOT_ASSESSED = Outcome.MET, Outcome.NOT_MET, Outcome.NOT_ASSESSED
MODERATE, SUPPORTING = Strength.MODERATE, Strength.SUPPORTING
AT = 20061538
TANDEM = Repeat("tandem")
DELETED, INSERTED = Term.INFRAME_DELETION, Term.INFRAME_INSERTION
ONE_OUT, ONE_IN = f"22-{AT}-GAAC-G", f"22-{AT}-G-GAAC"


def change(
    name: str,
    *terms: Term,
    repeats: Mapping[int, Repeat] | None = None,
    consulted: bool = True,
    residue: int | None = 154,
) -> Setting:
    return Setting(
        allele=allele(name),
        consequence=consequence(*terms, protein_position=residue),
        repeats=(repeats or {}) if consulted else None,
    )


def under(
    setting: Setting, decide: object, *regions: str, rule: str = "region.critical"
) -> Verdict:
    """Ask under a gene specification that names regions, by default critical ones."""
    own = {(RULE.source, f"GN9/{rule}"): Rule(regions)}
    evidence = type(setting.evidence)(setting.facts | own, setting.evidence.provided)
    question = Question(replace(setting.key, rules="GN9"), TANGO2.id, Reader(evidence))
    verdict: Verdict = decide(question)  # type: ignore[operator]
    return verdict


def answer(verdict: Verdict) -> tuple[Strength | Outcome, str]:
    return verdict.strength or verdict.outcome, verdict.reason.key


def tandem(*positions: int) -> dict[int, Repeat]:
    return dict.fromkeys(positions, TANDEM)


@pytest.mark.parametrize(
    ("setting", "strength", "residues"),
    [
        pytest.param(change(ONE_OUT, DELETED), SUPPORTING, 1, id="one residue deleted"),
        pytest.param(change(f"22-{AT}-GAACTTC-G", DELETED), MODERATE, 2, id="two deleted"),
        pytest.param(change(ONE_IN, INSERTED), SUPPORTING, 1, id="one residue inserted"),
        pytest.param(change(f"22-{AT}-G-GAACTTCTTC", INSERTED), MODERATE, 3, id="three inserted"),
        pytest.param(change(f"22-{AT}-GAACT-AC", DELETED), SUPPORTING, 1, id="one net, replaced"),
    ],
)
def test_a_change_of_length_outside_repeats_counts(
    setting: Setting, strength: Strength, residues: int
) -> None:
    verdict = setting.ask(pm4)

    assert answer(verdict) == (strength, "length.in_frame")
    assert verdict.reason["residues"] == residues
    assert answer(setting.ask(bp3)) == (NOT_MET, "length.outside_repeat")


@pytest.mark.parametrize("consulted", [True, False])
def test_a_lost_stop_counts_wherever_it_lies(consulted: bool) -> None:
    setting = change("22-20064660-T-C", Term.STOP_LOST, consulted=consulted)

    assert answer(setting.ask(pm4)) == (MODERATE, "length.stop_lost")
    assert answer(setting.ask(bp3)) == (NOT_MET, "length.not_in_frame")


@pytest.mark.parametrize(
    ("name", "term", "repeats", "inside"),
    [
        pytest.param(ONE_OUT, DELETED, (1, 2, 3), True, id="all that is deleted"),
        pytest.param(ONE_OUT, DELETED, (0, 1, 2), False, id="all but the last base"),
        pytest.param(ONE_OUT, DELETED, (2, 3), False, id="all but the first base"),
        pytest.param(ONE_OUT, DELETED, (0,), False, id="only the base before"),
        pytest.param(ONE_IN, INSERTED, (0, 1), True, id="both neighbours of an insertion"),
        pytest.param(ONE_IN, INSERTED, (1,), True, id="the one behind: at the repeat's left edge"),
        pytest.param(ONE_IN, INSERTED, (0,), True, id="the one before: at its right edge"),
        pytest.param(ONE_IN, INSERTED, (2,), False, id="neither"),
        pytest.param(f"22-{AT}-GAACT-AC", DELETED, (0, 1, 2, 3, 4), True, id="all replaced"),
        pytest.param(f"22-{AT}-GAACT-AC", DELETED, (1, 2, 3, 4), False, id="all but the first"),
    ],
)
def test_a_change_lies_in_a_repeat_when_all_that_it_takes_does(
    name: str, term: Term, repeats: tuple[int, ...], inside: bool
) -> None:
    setting = change(name, term, repeats=tandem(*(AT + each for each in repeats)))

    found = {answer(setting.ask(pm4))[1], answer(setting.ask(bp3))[1]}
    assert found == (
        {"length.in_repeat", "length.repeat"}
        if inside
        else {"length.in_frame", "length.outside_repeat"}
    )


def test_in_a_repeat_it_speaks_for_a_benign_allele_and_not_for_a_pathogenic_one() -> None:
    repeats = {AT + 1: Repeat("tandem"), AT + 2: Repeat("simple;tandem"), AT + 3: Repeat("simple")}
    setting = change(ONE_OUT, DELETED, repeats=repeats)
    pathogenic, benign = setting.ask(pm4), setting.ask(bp3)

    assert answer(pathogenic) == (NOT_MET, "length.in_repeat")
    assert answer(benign) == (SUPPORTING, "length.repeat")
    assert pathogenic.reason["repeat_kind"] == benign.reason["repeat_kind"] == "simple, tandem"


@pytest.mark.parametrize("decide", [pm4, bp3])
def test_where_nobody_looked_for_repeats_it_is_not_assessed(decide: object) -> None:
    setting = change(ONE_OUT, DELETED, consulted=False)
    reads = Reader(setting.evidence)
    verdict = decide(Question(setting.key, TANGO2.id, reads))  # type: ignore[operator]

    assert answer(verdict) == (NOT_ASSESSED, "length.no_repeat_annotation")
    assert (REPEAT.source, WHOLE) in {(read.source, read.key) for read in reads.reads}


@pytest.mark.parametrize("decide", [pm4, bp3])
def test_a_repeat_in_a_critical_region_of_the_specification_has_a_function(decide: object) -> None:
    setting = change(ONE_OUT, DELETED, repeats=tandem(AT + 1, AT + 2, AT + 3))
    verdict = under(setting, decide, "10-20", "150-154")

    if decide is pm4:
        assert answer(verdict) == (SUPPORTING, "length.critical_repeat")
        assert verdict.reason["residues"] == 1
    else:
        assert answer(verdict) == (NOT_MET, "length.repeat_with_function")
        assert verdict.reason["repeat_kind"] == "tandem"
    assert verdict.reason["region"] == "150-154"
    elsewhere = under(setting, decide, "155-160")
    assert elsewhere.reason.key in ("length.in_repeat", "length.repeat")


@pytest.mark.parametrize(
    ("name", "term", "region", "touches"),
    [
        (f"22-{AT}-GAACTTC-G", DELETED, "155-160", True),
        (f"22-{AT}-GAACTTC-G", DELETED, "156-160", False),
        (f"22-{AT}-G-GAACTTC", INSERTED, "154", True),
        (f"22-{AT}-G-GAACTTC", INSERTED, "155", False),
    ],
    ids=["two deleted: 154 and 155", "not 156", "inserted at 154", "an insertion removes none"],
)
def test_a_change_touches_the_residues_that_it_takes(
    name: str, term: Term, region: str, touches: bool
) -> None:
    setting = change(name, term, repeats=tandem(*range(AT, AT + 7)))

    assert (under(setting, pm4, region).outcome is MET) is touches


def test_a_change_whose_residue_is_not_known_touches_no_region() -> None:
    setting = change(ONE_OUT, DELETED, repeats=tandem(AT + 1, AT + 2, AT + 3), residue=None)

    assert under(setting, pm4, "1-9999").outcome is NOT_MET
    assert under(setting, bp3, "1-9999").strength is SUPPORTING


@pytest.mark.parametrize(
    "term",
    [Term.STOP_GAINED, Term.FRAMESHIFT, Term.SPLICE_DONOR, Term.SPLICE_ACCEPTOR, Term.START_LOST,
     Term.TRANSCRIPT_ABLATION],
)  # fmt: skip
def test_it_never_counts_beside_pvs1(term: Term) -> None:
    setting = change(ONE_OUT, term, DELETED, repeats=tandem(AT + 1, AT + 2, AT + 3))

    assert answer(setting.ask(pm4)) == (NOT_MET, "length.counted_as_pvs1")
    assert answer(setting.ask(bp3)) == (NOT_MET, "length.not_in_frame")


def test_what_does_not_change_the_length() -> None:
    setting = change(f"22-{AT}-G-A", Term.MISSENSE)

    assert answer(setting.ask(pm4)) == (NOT_MET, "length.unchanged")
    assert answer(setting.ask(bp3)) == (NOT_MET, "length.not_in_frame")
    assert setting.ask(pm4).reason["consequence"] == "missense_variant"
    assert setting.ask(bp3).reason["consequence"] == "missense_variant"
    assert answer(Setting().ask(pm4)) == (NOT_ASSESSED, "no_consequence")
    assert answer(Setting().ask(bp3)) == (NOT_ASSESSED, "no_consequence")


@pytest.mark.parametrize(("bases", "judged"), [(LONGEST, True), (LONGEST + 3, False)])
def test_a_very_long_change_is_left_to_a_person(bases: int, judged: bool) -> None:
    setting = change(f"22-{AT}-G{'A' * bases}-G", DELETED)

    for decide in (pm4, bp3):
        verdict = setting.ask(decide)
        assert (verdict.reason.key != "length.too_long") is judged
        if not judged:
            assert verdict.outcome is NOT_ASSESSED
            assert (verdict.reason["bases"], verdict.reason["limit"]) == (bases, LONGEST)


@pytest.mark.parametrize(
    ("name", "positions"),
    [
        (ONE_OUT, [AT + 1, AT + 2, AT + 3]),
        (ONE_IN, [AT, AT + 1]),
        (f"22-{AT}-GAACT-AC", [AT, AT + 1, AT + 2, AT + 3, AT + 4]),
        (f"22-{AT}-GAACT-GC", [AT + 1, AT + 2, AT + 3, AT + 4]),
    ],
)
def test_repeats_are_asked_base_by_base(name: str, positions: list[int]) -> None:
    assert list(allele(name).changed) == positions


def test_a_rule_says_what_one_residue_is_worth() -> None:
    moderate = {**RULES, "length.one_residue": Rule("moderate")}
    setting = replace(change(ONE_OUT, DELETED), rules=moderate)

    assert setting.ask(pm4).strength is MODERATE
    wrong = replace(setting, rules={**RULES, "length.one_residue": Rule("loud")})
    with pytest.raises(InternalError, match=r"length\.one_residue"):
        wrong.ask(pm4)


@pytest.mark.parametrize(("region", "counts"), [("150-154", True), ("155-160", False)])
def test_a_specification_names_the_residues_where_alone_pm4_holds(
    region: str, counts: bool
) -> None:
    setting = change(ONE_OUT, DELETED)
    verdict = under(setting, pm4, "1-20", region, rule="length.pm4_residues")

    assert (verdict.outcome is MET) is counts
    if not counts:
        assert answer(verdict) == (NOT_MET, "length.not_named")
        assert verdict.reason["residue"] == 154
    stop = change("22-20064660-T-C", Term.STOP_LOST)
    assert under(stop, pm4, region, rule="length.pm4_residues").strength is MODERATE
    unnamed = change(ONE_OUT, DELETED, residue=None)
    assert under(unnamed, pm4, "1-9999", rule="length.pm4_residues").outcome is NOT_MET
