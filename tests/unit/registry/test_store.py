"""What is registered is returned as it was; what changes is added; nothing is overwritten."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry_builders import (
    ALLELES,
    EVENING,
    MORNING,
    RULES,
    assessment,
    document_digest,
    key,
    label,
    pathogenic,
    register,
    result,
)
from registry_databases import Database, copied, count, rows
from varinterp.errors import InputError, InternalError
from varinterp.model.assessment import NO_KNOWN_DISEASE, AcmgClass, SignedClass
from varinterp.model.canonical import digest
from varinterp.model.reads import Kind, Read
from varinterp.registry.store import Registry


def test_an_analysis_is_returned_as_it_was_in_genome_order(registry: Registry) -> None:
    concluded = [
        assessment(key(allele=ALLELES[2])),
        assessment(key(allele=ALLELES[1], disease=NO_KNOWN_DISEASE), af=0.25),
        assessment(key(allele=ALLELES[0]), clinvar=pathogenic()),
    ]

    receipt = register(registry, result(concluded))

    current = registry.current("case-1")
    assert [recorded.assessment for recorded in current] == concluded[::-1]
    assert {recorded.recorded_at for recorded in current} == {MORNING}
    assert (receipt.first, receipt.changed, receipt.unchanged) == (3, 0, 0)


def test_an_analysis_without_assessments_is_a_result_too(registry: Registry) -> None:
    register(registry, result())

    assert registry.current("case-1") == ()


def test_an_unknown_case_is_not_an_empty_one(registry: Registry) -> None:
    with pytest.raises(InputError, match=r"registry\.unknown_case"):
        registry.current("case-1")
    assert registry.history(key()) == ()


def test_registering_the_same_document_again_writes_nothing(
    registry: Registry, database: Database
) -> None:
    first = register(registry, result([assessment()]), MORNING)
    before = rows(database)

    again = register(registry, result([assessment()]), EVENING)

    assert again == first
    assert again.recorded_at == MORNING
    assert rows(database) == before


def test_an_old_analysis_is_still_known_after_a_newer_one(
    registry: Registry, database: Database
) -> None:
    first = register(registry, result([assessment(af=0.0)]))
    register(registry, result([assessment(af=0.5)], analysis=2))
    before = rows(database)

    assert register(registry, result([assessment(af=0.0)])) == first
    assert rows(database) == before


def test_a_number_is_never_given_another_content(registry: Registry, database: Database) -> None:
    register(registry, result([assessment(af=0.0)]))
    before = rows(database)

    with pytest.raises(InputError, match="nothing is overwritten") as refusal:
        register(registry, result([assessment(af=0.5)]))

    assert refusal.value.faults[0].rule == "registry.analysis_differs"
    assert rows(database) == before


def test_an_analysis_cannot_be_put_before_a_later_one(
    registry: Registry, database: Database
) -> None:
    register(registry, result([assessment()], analysis=2))
    before = rows(database)

    with pytest.raises(InputError, match=r"registry\.analysis_order"):
        register(registry, result([assessment()], analysis=1))

    assert rows(database) == before


def test_unchanged_content_points_at_the_version_that_is_there(
    registry: Registry, database: Database
) -> None:
    register(registry, result([assessment()]), MORNING)

    receipt = register(registry, result([assessment()], analysis=2), EVENING)

    (version,) = registry.history(key())
    assert (receipt.first, receipt.changed, receipt.unchanged) == (0, 0, 1)
    assert (version.analyses, version.recorded_at) == ((1, 2), MORNING)
    assert registry.current("case-1") == (version,)
    assert count(database, "assessment") == 1


def test_a_new_release_is_no_change_when_it_says_the_same(registry: Registry) -> None:
    register(registry, result([assessment()], releases=[label("clinvar", "2025-01-16")]))
    register(
        registry, result([assessment()], analysis=2, releases=[label("clinvar", "2026-01-16")])
    )

    (version,) = registry.history(key())
    assert (version.supersedes, version.until) == (None, None)
    (state,) = registry.states()
    assert (state.analysis, state.basis.release("clinvar")) == (2, "2026-01-16")


def test_each_source_of_facts_is_tied_to_the_release_that_answered(registry: Registry) -> None:
    sources = ("clinvar", "disease_phenotypes", "gnomad", "hpo", "mane", "vep", "revel")
    read = (
        Read("case.family", "pedigree", Kind.POINT, digest("a family")),
        Read("clinvar.codon", "ENST00000327374.9:154", Kind.RANGE, None),
        Read("consequence", "22-20061538-G-A@ENST00000327374.9", Kind.POINT, digest("missense")),
        Read("hpo.match", "OMIM:616878", Kind.RANGE, digest("a fit")),
        Read("repeats", "22-20061538", Kind.RANGE, None),
        Read("rules", "population.pm2", Kind.POINT, digest(1e-4)),
        Read("transcript.exon", "ENST00000327374.9:7", Kind.RANGE, digest("an exon")),
    )
    concluded = replace(assessment(), reads=read)
    register(registry, result([concluded], releases=[label(source) for source in sources]))

    rested = {source for source in sources if registry.concluded_from(source, "2025-01-16")}
    assert rested == {"clinvar", "disease_phenotypes", "hpo", "mane", "vep"}


def test_a_changed_conclusion_points_at_the_one_that_it_replaces(registry: Registry) -> None:
    register(registry, result([assessment(af=0.0)]), MORNING)

    receipt = register(registry, result([assessment(af=0.5)], analysis=2), EVENING)

    old, new = registry.history(key())
    assert (receipt.first, receipt.changed, receipt.unchanged) == (0, 1, 0)
    assert (old.assessment, new.assessment) == (assessment(af=0.0), assessment(af=0.5))
    assert (old.supersedes, new.supersedes) == (None, old.id)
    assert (old.recorded_at, new.recorded_at) == (MORNING, EVENING)
    assert registry.current("case-1") == (new,)


def test_a_key_that_comes_back_changed_replaces_its_last_version(registry: Registry) -> None:
    register(registry, result([assessment(af=0.0)]))
    register(registry, result([], analysis=2))
    assert registry.current("case-1") == ()

    register(registry, result([assessment(af=0.5)], analysis=3))

    old, new = registry.history(key())
    assert (old.analyses, new.analyses, new.supersedes) == ((1,), (3,), old.id)


def test_a_content_that_comes_back_is_a_change_of_its_own(registry: Registry) -> None:
    for number, af in enumerate((0.0, 0.5, 0.0, 0.0), start=1):
        register(registry, result([assessment(af=af)], analysis=number))

    first, second, third = registry.history(key())
    assert [first.analyses, second.analyses, third.analyses] == [(1,), (2,), (3, 4)]
    assert (second.supersedes, third.supersedes) == (first.id, second.id)
    assert first.digest == third.digest


@settings(max_examples=15)
@given(st.lists(st.dictionaries(st.integers(0, 2), st.sampled_from([0.0, 0.25, 0.5])), max_size=5))
def test_any_history_is_told_as_it_happened(
    empty_registry: Database, runs: list[dict[int, float]]
) -> None:
    with TemporaryDirectory() as folder:
        making = copied(empty_registry, Path(folder))
        registry = Registry.open(next(making).url)
        for number, run in enumerate(runs, start=1):
            concluded = [assessment(key(allele=ALLELES[i]), af) for i, af in run.items()]
            register(registry, result(concluded, analysis=number), _at(number))
        for number, run in enumerate(runs, start=1):
            expected = sorted(
                (assessment(key(allele=ALLELES[i]), af) for i, af in run.items()),
                key=lambda one: one.key.allele,
            )
            then = registry.current("case-1", as_of=_at(number))
            assert [one.assessment for one in then] == expected
        for index, allele in enumerate(ALLELES):
            versions = registry.history(key(allele=allele)) if runs else ()
            told = [(number, v.assessment) for v in versions for number in v.analyses]
            assert told == [
                (number, assessment(key(allele=allele), run[index]))
                for number, run in enumerate(runs, start=1)
                if index in run
            ]
            assert [version.supersedes for version in versions] == [
                None,
                *(version.id for version in versions),
            ][: len(versions)]
        assert registry.verify().whole
        assert list(making) == []  # the copy is dropped


def test_a_case_keeps_its_family_proband_and_indication(registry: Registry) -> None:
    register(registry, result())

    for other in (
        result(analysis=2, indication="deafness"),
        result(analysis=2, family="another"),
        result(case="case-2", family="family-of-case-1"),
    ):
        with pytest.raises(InputError, match=r"registry\.case_differs"):
            register(registry, other)


def test_a_family_may_have_two_indications(registry: Registry) -> None:
    register(registry, result([assessment()]))
    register(registry, result(case="case-2", family="family-of-case-1", indication="deafness"))

    assert len(registry.current("case-1")) == 1
    assert registry.current("case-2") == ()


def test_a_moment_is_kept_whatever_zone_it_was_said_in(registry: Registry) -> None:
    quebec = timezone(timedelta(hours=-4))

    receipt = register(registry, result([assessment()]), MORNING.astimezone(quebec))

    assert receipt.recorded_at == MORNING
    assert registry.current("case-1")[0].recorded_at == MORNING


def test_a_signed_class_stands_beside_the_machine_s(registry: Registry, database: Database) -> None:
    signed = SignedClass(AcmgClass.LIKELY_PATHOGENIC, "reader-1", "reader-2", "2026-07-01")
    register(registry, result([assessment(signed=signed, clinvar=pathogenic())]))

    asked = "SELECT machine_points, machine_acgs, signed_class FROM assessment_index"
    assert database.ask(asked) == [("uncertain_significance", None, "likely_pathogenic")]
    assert registry.current("case-1")[0].assessment.signed == signed


def test_an_analysis_that_contradicts_itself_is_our_bug(
    registry: Registry, database: Database
) -> None:
    naive = datetime(2026, 7, 4, 9, 30)
    good = result([assessment()])
    bad = {
        "twice": result([assessment(af=0.0), assessment(af=0.5)]),
        "another case": result([assessment(key("case-2"))]),
        "two releases": result(releases=[label("clinvar", "1"), label("clinvar", "2")]),
    }

    for message, analysis in bad.items():
        with pytest.raises(InternalError, match=message):
            register(registry, analysis)
    with pytest.raises(InternalError, match="time zone"):
        register(registry, good, naive)
    with pytest.raises(InternalError, match="SHA-256"):
        registry.register(good, document_digest(good)[:32], MORNING, rules=RULES)
    assert count(database, "case_") == 0


def _at(number: int) -> datetime:
    return MORNING + timedelta(days=number)
