"""Which identity checks a family's files allow, and what to do when one fails."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from varinterp.errors import Severity
from varinterp.pipeline.identity import (
    Measurement,
    Outcome,
    mendel,
    mitochondrial,
    same_person,
    sex_from_x,
)
from varinterp.pipeline.intake import CheckKind
from varinterp.sources.family_input import FamilyInput, MemberInput
from varinterp.sources.vcf import VcfSummary

_SWAP = "check for exchanged samples or a wrong parent before going on"


@dataclass(frozen=True, slots=True)
class IdentityCheck:
    """A check of people (the one that a fault is about comes first), with its words."""

    kind: CheckKind
    people: tuple[MemberInput, ...]
    measurement: Measurement
    expected: str
    advice: str
    severity: Severity = Severity.REJECT


def identity_checks(
    family: FamilyInput, summaries: Mapping[Path, VcfSummary]
) -> tuple[IdentityCheck, ...]:
    """Make every check that the pedigree calls for, also those that cannot be assessed."""
    ranks = {
        member.person: _rank(summaries[member.vcf], member.sample)
        for member in family.members
        if member.vcf is not None
    }
    checks = _Checks(family, summaries, ranks)
    return (*checks.sexes(), *checks.parents(), *checks.mothers(), *checks.pairs())


def _rank(summary: VcfSummary, sample: str) -> int:
    """Return a sample's place in the patterns and X counts."""
    return summary.wanted.index(summary.samples.index(sample))


@dataclass(frozen=True, slots=True)
class _Checks:
    family: FamilyInput
    summaries: Mapping[Path, VcfSummary]
    ranks: Mapping[str, int]

    def sexes(self) -> Iterator[IdentityCheck]:
        for member in self._sequenced():
            summary, rank = self._summary(member), self.ranks[member.person]
            yield IdentityCheck(
                CheckKind.SEX,
                (member,),
                sex_from_x(member.sex, summary.x_het[rank], summary.x_hom[rank]),
                "the share of heterozygous calls on X that goes with the stated sex",
                "check for exchanged samples; for an unusual number of X chromosomes type unknown",
            )

    def parents(self) -> Iterator[IdentityCheck]:
        for child in self._sequenced():
            father, mother = self._in_file_of(child, child.father, child.mother)
            people = tuple(person for person in (child, father, mother) if person is not None)
            if child.father is None and child.mother is None:
                continue
            measurement = Measurement(Outcome.NOT_ASSESSED, 0)
            if len(people) > 1:
                measurement = mendel(
                    self._summary(child).autosomal,
                    self.ranks[child.person],
                    None if father is None else self.ranks[father.person],
                    None if mother is None else self.ranks[mother.person],
                )
            expected = "at most 5 % of sites against Mendel's laws"
            yield IdentityCheck(CheckKind.MENDEL, people, measurement, expected, _SWAP)

    def mothers(self) -> Iterator[IdentityCheck]:
        for child in self._sequenced():
            _, mother = self._in_file_of(child, None, child.mother)
            if mother is None:
                continue
            patterns = self._summary(child).mitochondrial
            yield IdentityCheck(
                CheckKind.MITOCHONDRIAL,
                (child, mother),
                mitochondrial(patterns, self.ranks[child.person], self.ranks[mother.person]),
                "the mother's mtDNA, with at most 25 % of sites different",
                _SWAP,
            )

    def pairs(self) -> Iterator[IdentityCheck]:
        for first, second in combinations(self._sequenced(), 2):
            if first.vcf != second.vcf:
                continue
            patterns = self._summary(first).autosomal
            is_parent = {first.person, second.person} & {
                first.father, first.mother, second.father, second.mother,
            }  # fmt: skip
            yield IdentityCheck(
                CheckKind.SAME_PERSON,
                (first, second),
                same_person(patterns, self.ranks[first.person], self.ranks[second.person]),
                "two people's genotypes",
                "check for one sample under two names; identical twins are the other reason",
                Severity.REJECT if is_parent else Severity.WARN,
            )

    def _sequenced(self) -> Iterator[MemberInput]:
        return (member for member in self.family.members if member.vcf is not None)

    def _summary(self, member: MemberInput) -> VcfSummary:
        if member.vcf is None:
            raise KeyError("not sequenced")
        return self.summaries[member.vcf]

    def _in_file_of(
        self, child: MemberInput, father: str | None, mother: str | None
    ) -> tuple[MemberInput | None, MemberInput | None]:
        """Return the parents whose genotypes lie in the child's own file."""
        people = {member.person: member for member in self._sequenced()}
        father_there = people.get(father or "")
        mother_there = people.get(mother or "")
        return (
            father_there if father_there and father_there.vcf == child.vcf else None,
            mother_there if mother_there and mother_there.vcf == child.vcf else None,
        )
