"""A reanalysis beside running every case again: ``python -m benchmarks.reanalysis [CASES]``.

The tests' small world: families of 14 alleles among 48, real releases, a registry in SQLite. One
ClinVar record changes, of an allele that one family in forty carries. The whole run is measured:
plan, recomputation, comparison, events, documents and reports of changed cases, worklist, registry.
Beside it stands the same archive *examined whole* (every stored allele of every case, in batches),
and *run again*, case by case, from normalised alleles to the report: without reading VCFs, without
vepyr (its answers are remembered for both sides) and without registering, so that it is an
underestimate. CPU seconds of this process.
"""

import json
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).parents[1] / "tests"))  # the tests' small world

from reanalysis_world import CHOICES, Member, World, build_world, filled, later, members
from varinterp.documents.case import write_case
from varinterp.model.case import CaseResult
from varinterp.pipeline.reanalysis.archive import Archive, open_archive
from varinterp.pipeline.reanalysis.run import Options, run
from varinterp.report.write import write_report

START = dict.fromkeys(CHOICES, 0)
CARRIERS = 40
AGAIN = 20
"""Of so many cases the full path is measured, and multiplied."""


def main(cases: int) -> dict[str, Any]:
    """Fill an archive, move ClinVar by one record, and measure."""
    with tempfile.TemporaryDirectory(prefix="varinterp-reanalysis-") as name:
        folder = Path(name)
        world = build_world(_new(folder / "world"))
        rare = world.changes_by_one()
        drawn = [_with(each, rare) for each in members(world, cases)]
        archive = filled(world, _new(folder / "archive"), drawn, START)
        del archive
        moved = START | {"clinvar": CHOICES["clinvar"].index("one")}
        found: dict[str, Any] = {"cases": cases, "alleles_of_a_case": 14}
        for word, everything in (("incremental", False), ("everything", True)):
            copied = folder / word
            shutil.copytree(folder / "archive", copied)
            opened = open_archive(world.settings(copied))
            found[word] = _measured(world, opened, moved, everything)
            found[f"{word}_content"] = _digests(opened)
        same = found.pop("incremental_content") == found.pop("everything_content")
        found["same_content"] = same
        target = world.target(moved)
        world.full(drawn[0], target, folder / "again")  # what is opened once
        start = time.process_time()
        for member in drawn[:AGAIN]:
            result = world.full(member, target, folder / "again")
            write_case(result, folder / "again" / "case.json")
            write_report(result, folder / "again" / "report.en.html", "en")
        again = (time.process_time() - start) * cases / AGAIN
        found["run_again_cpu_s"] = round(again, 2)
        cost = found["incremental"]["cpu_s"]
        found["times_cheaper_than_run_again"] = round(again / cost, 1)
        found["times_cheaper_than_everything"] = round(found["everything"]["cpu_s"] / cost, 1)
        return found


def _measured(
    world: World, archive: Archive, choice: dict[str, int], everything: bool
) -> dict[str, Any]:
    target = world.target(choice)
    start = time.process_time()
    outcome = run(archive, target, Options(later(100_000), everything=everything))
    cpu = time.process_time() - start
    kept = ("examined", "changed", "made", "events", "unmoved")
    return {"cpu_s": round(cpu, 2)} | {name: outcome.counts.get(name, 0) for name in kept}


def _digests(archive: Archive) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for state in archive.registry.states():
        result: CaseResult = archive.registry.result(state.case)
        found[state.case] = tuple(each.digest for each in result.assessments)
    return found


def _with(member: Member, rare: int) -> Member:
    """Let one family in forty carry the allele that moves, and no other."""
    genotypes = {at: copies for at, copies in member.genotypes.items() if at != rare}
    if member.number % CARRIERS == 0:
        genotypes[rare] = (1, 1, 0)
    return Member(member.number, member.trio, genotypes, member.terms)


def _new(folder: Path) -> Path:
    folder.mkdir(parents=True)
    return folder


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]) if len(sys.argv) > 1 else 400), indent=2))
