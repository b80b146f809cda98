"""Every read of every version comes out once, as the index of reads takes it."""

from dataclasses import replace

import numpy as np

from registry_builders import ALLELES, EVENING, RULES, assessment, key, pathogenic, register, result
from registry_moves import basis, moved, new_run
from varinterp.model.archive import ReadBatch
from varinterp.model.assessment import NO_KNOWN_DISEASE, Assessment
from varinterp.model.reads import WHOLE, Kind, Read, fact_hash
from varinterp.registry.parts import Parts
from varinterp.registry.store import Registry

PLACES = (
    Read("gnomad.coverage", "22-20061538", Kind.RANGE, None),
    Read("phylop", "X-100", Kind.RANGE, "a" * 32),
    Read("gnomad.coverage", WHOLE, Kind.RANGE, "b" * 32),
    Read("phylop", WHOLE, Kind.RANGE, None),
)


def test_the_reads_of_each_version_are_those_that_it_recorded(registry: Registry) -> None:
    with_places = _with(assessment(), PLACES)
    register(registry, result([with_places, assessment(key(allele=ALLELES[2]))]))
    register(registry, result([assessment(key("case-2"), clinvar=pathogenic())], case="case-2"))

    (batch,) = registry.reads_after(0)

    assert batch.last == 3
    assert _pairs(batch) == {
        (number, fact_hash(read.source, read.key))
        for number, one in enumerate(
            [with_places, assessment(key(allele=ALLELES[2])), assessment(key("case-2"))], start=1
        )
        for read in one.reads
    }
    assert len(set(zip(batch.assessment_id.tolist(), batch.part_id.tolist(), strict=True))) == 9


def test_positions_are_told_by_place(registry: Registry) -> None:
    register(registry, result([_with(assessment(), PLACES)]))

    (batch,) = registry.reads_after(0)

    told = {
        source: [(int(c), int(p)) for c, p in zip(at.chromosome, at.position, strict=True)]
        for source, at in batch.positions.items()
    }
    assert told == {"gnomad.coverage": [(22, 20061538)], "phylop": [(23, 100)], "repeats": []}
    assert {int(part) for part in batch.positions["phylop"].part_id} <= set(batch.part_id.tolist())


def test_only_what_came_later_is_told(registry: Registry) -> None:
    register(registry, result([assessment()]))
    register(registry, result([assessment(key("case-2"))], case="case-2"))

    assert [set(batch.assessment_id.tolist()) for batch in registry.reads_after(1)] == [{2}]
    assert list(registry.reads_after(2)) == []


def test_parts_that_many_share_are_told_once(registry: Registry) -> None:
    for number in range(4):
        case = f"case-{number}"
        register(registry, result([assessment(key(case))], case=case))

    (batch,) = registry.reads_after(0)

    shared = [part for part in set(batch.read_part.tolist()) if part % 2 == 0]
    assert len(shared) == 2
    assert len(batch.fact_hash) == 4 * 2 + 2


def test_an_erased_case_has_no_reads(registry: Registry) -> None:
    register(registry, result([assessment()]))
    registry.erase("case-1", EVENING, "data officer")

    assert list(registry.reads_after(0)) == []


def test_versions_that_stand_are_located(registry: Registry) -> None:
    nowhere = assessment(key(allele=ALLELES[1], disease=NO_KNOWN_DISEASE))
    register(registry, result([assessment(), nowhere, assessment(key(allele=ALLELES[2]))]))
    run = registry.open_run(new_run(), EVENING)
    one = moved([assessment(af=0.9)], analysis=2, retired=[key(allele=ALLELES[2])])
    registry.move(run, [one], (), basis(), RULES, EVENING)

    found = registry.located(np.arange(1, 99, dtype=np.int64))

    assert [(each.id, each.key) for each in found] == [(2, str(nowhere.key)), (4, str(key()))]
    assert {(each.case, str(each.allele), each.gene) for each in found} == {
        ("case-1", ALLELES[0], "HGNC:25439"),
        ("case-1", ALLELES[1], "HGNC:25439"),
    }


def test_the_same_questions_make_the_same_parts_whatever_they_found() -> None:
    asked = Parts.of(assessment().reads)

    assert Parts.of(assessment(af=0.9, clinvar=pathogenic()).reads) == asked
    assert asked.rules.sources == "rules"
    assert asked.gene.sources == "transcript"
    assert asked.own.sources == "clinvar,gnomad"


def _with(one: Assessment, more: tuple[Read, ...]) -> Assessment:
    return replace(one, reads=tuple(sorted((*one.reads, *more))))


def _pairs(batch: ReadBatch) -> set[tuple[int, int]]:
    of_part: dict[int, set[int]] = {}
    for part, fact in zip(batch.read_part.tolist(), batch.fact_hash.tolist(), strict=True):
        of_part.setdefault(part, set()).add(fact)
    return {
        (number, fact)
        for number, part in zip(batch.assessment_id.tolist(), batch.part_id.tolist(), strict=True)
        for fact in of_part.get(part, ())
    }
