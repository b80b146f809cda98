"""A family's situation as a folder: a pedigree, calls, copy numbers, and what is expected.

`tests/cases/inheritance/README.md` describes the files; to add a situation takes no Python.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from core_builders import FAMILY_LIMITS, TANGO2, candidate, case, link, no_specification
from varinterp.model.assessment import AcmgClass
from varinterp.model.carried_copy import CarriedCopy
from varinterp.model.copy_number import CopyNumber
from varinterp.model.copy_number_facts import Carrier
from varinterp.model.facts import FamilyGenotypes, GeneLinks
from varinterp.model.family import Affected, Family, Person
from varinterp.model.gene_disease import Inheritance
from varinterp.model.genotype import MISSING, Genotype
from varinterp.priority.hypotheses import Hypothesis, raise_hypotheses
from varinterp.sources.ped import read_ped

_DEEP, _SURE = 40, 99
"""Reads and quality of a call that states none."""


@dataclass(frozen=True, slots=True)
class Situation:
    """A family with its calls."""

    family: Family
    calls: Mapping[str, FamilyGenotypes]
    copies: tuple[CarriedCopy, ...]

    def hypotheses(self, mode: Inheritance | None, *, incomplete: bool) -> Iterator[Hypothesis]:
        """Yield what the alleles raise in one gene with a disease of that mode, or with none."""
        known = {} if mode is None else {TANGO2.hgnc: GeneLinks((link(mode),))}
        yield from raise_hypotheses(
            case(self.family),
            [candidate(name, genotypes) for name, genotypes in self.calls.items()],
            known,
            FAMILY_LIMITS,
            no_specification,
            self.copies,
            lambda _: incomplete,
        )


def read_situation(folder: Path) -> Situation:
    """Read a folder; the proband is the first affected person of the pedigree."""
    rows = read_ped(folder / "family.ped").rows
    calls = list(_table(folder / "calls.tsv"))
    sequenced = set(calls[0]) - {"allele"}
    members = tuple(
        Person(row.person, row.sex, row.affected, row.father, row.mother, row.person in sequenced)
        for row in rows
    )
    proband = next(person.id for person in members if person.affected is Affected.YES)
    order = [person.id for person in members if person.id in sequenced]
    return Situation(
        Family("F1", proband, members),
        {
            row["allele"]: FamilyGenotypes(tuple((name, _call(row[name])) for name in order))
            for row in calls
        },
        tuple(_copies(folder / "copies.tsv", order)),
    )


def expected(folder: Path) -> Iterator[tuple[Inheritance | None, bool, str, str, str, str]]:
    """Yield mode, whether penetrance is incomplete, hits, answer, reason and role."""
    for row in _table(folder / "expected.tsv"):
        mode = None if row["mode"] == "none" else Inheritance(row["mode"])
        incomplete = {"full": False, "incomplete": True}[row["penetrance"]]
        yield mode, incomplete, row["hits"], row["answer"], row["reason"], row["role"]


def hits(hypothesis: Hypothesis) -> str:
    """Name the alleles and the copy number of a hypothesis."""
    names = [str(key.allele) for key in hypothesis.keys]
    if hypothesis.copy is not None:
        names.append(str(hypothesis.copy.copy_number))
    return " + ".join(names)


def _table(path: Path) -> Iterator[dict[str, str]]:
    lines = [line for line in path.read_text().splitlines() if not line.startswith("#")]
    yield from csv.DictReader(lines, delimiter="\t")


def _copies(path: Path, order: list[str]) -> Iterator[CarriedCopy]:
    for row in _table(path) if path.exists() else ():
        yield CarriedCopy(
            CopyNumber.parse(row["copy_number"]),
            (TANGO2.hgnc,),
            AcmgClass(row["held"]),
            0.0,
            tuple((name, Carrier(row[name])) for name in order),
        )


def _call(cell: str) -> Genotype:
    """Read ``0|1:20,20:99@7``: genotype, reads, quality, phase set; all but the first optional.

    The likelihoods of no, one and two copies may follow the quality: ``0/0:30,0:60:0,25,300``.
    """
    cell, _, block = cell.partition("@")
    genotype, *rest = cell.split(":")
    phased = "|" in genotype
    called = genotype.replace("|", "/").split("/")
    if "." in called:
        return MISSING
    copies, ploidy = called.count("1"), len(called)
    alt = _DEEP * copies // ploidy
    ref, alt_reads = rest[0].split(",") if rest else (str(_DEEP - alt), str(alt))
    counted = "." not in (ref, alt_reads)
    return Genotype(
        copies=copies,
        ploidy=ploidy,
        haplotype=called.index("1") if phased and copies == 1 else None,
        phase_set=block or None,
        ref_depth=int(ref) if counted else None,
        alt_depth=int(alt_reads) if counted else None,
        depth=int(ref) + int(alt_reads) if counted else _DEEP,
        quality=int(rest[1]) if len(rest) > 1 else _SURE,
        likelihoods=tuple(int(each) for each in rest[2].split(",")) if len(rest) > 2 else None,
    )
