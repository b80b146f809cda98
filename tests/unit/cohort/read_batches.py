"""Batches of recorded reads as a registry gives them: 40 assessments, three parts each."""

from collections.abc import Iterator, Sequence

import numpy as np

from varinterp.model.archive import PositionReads, ReadBatch
from varinterp.model.reads import fact_hash

RULES, LAST = 9_000, 40
COVERAGE = "gnomad.coverage"


def reads_of(assessment: int) -> dict[int, list[tuple[str, str]]]:
    """Return the parts of an assessment and what each reads."""
    return {
        RULES: [("rules", "population.ba1"), ("rules", "population.bs1")],
        1000 + assessment % 4: [("gene_disease", f"HGNC:{assessment % 4}")],
        assessment: [("clinvar", f"1-{assessment}-A-G"), (COVERAGE, f"1-{assessment}")],
    }


def batch(assessments: Sequence[int]) -> ReadBatch:
    """Return what some assessments read, every part of theirs whole."""
    parts = [(each, part) for each in assessments for part in reads_of(each)]
    named = {part: facts for each in assessments for part, facts in reads_of(each).items()}
    reads = [(part, fact_hash(*fact)) for part, facts in named.items() for fact in facts]
    return ReadBatch(
        last=max(assessments),
        assessment_id=np.array([each for each, _ in parts], np.int64),
        part_id=np.array([part for _, part in parts], np.int64),
        read_part=np.array([part for part, _ in reads], np.int64),
        fact_hash=np.array([fact for _, fact in reads], np.uint64),
        positions={
            COVERAGE: PositionReads(
                chromosome=np.ones(len(assessments), np.uint8),
                position=np.array(assessments, np.uint32),
                part_id=np.array(assessments, np.int64),
            )
        },
    )


def batches_after(mark: int, last: int = LAST) -> Iterator[ReadBatch]:
    """Yield batches of seven."""
    left = [each for each in range(1, last + 1) if each > mark]
    for start in range(0, len(left), 7):
        yield batch(left[start : start + 7])
