"""What the report shows of the evidence on an allele: frequency, ClinVar, family genotypes."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from varinterp.model.case import Candidate, ReleaseLabel
from varinterp.model.clinvar import Assertion, Significance
from varinterp.model.facts import (
    ASSERTION,
    FREQUENCY,
    LISTED,
    LOCAL,
    Coverage,
    Frequency,
)
from varinterp.model.family import Family, Person, Role, Sex
from varinterp.model.genotype import Genotype
from varinterp.model.population import (
    GroupFrequency,
    Listing,
    LocalFrequency,
)
from varinterp.report.releases import constructed, releases_of

_HIGHEST = 3
_SIBLINGS = MappingProxyType({Sex.MALE: "brother", Sex.FEMALE: "sister"})


class FrequencyStatus(StrEnum):
    """What a population resource says: that it was not asked is not that it has nothing."""

    OBSERVED = "observed"
    FAILED_FILTERS = "failed_filters"
    ABSENT_COVERED = "absent_covered"
    ABSENT_NOT_COVERED = "absent_not_covered"
    ABSENT_COVERAGE_UNKNOWN = "absent_coverage_unknown"
    NOT_CONSULTED = "not_consulted"


@dataclass(frozen=True, slots=True)
class FrequencyView:
    """A row of the population resource, or why there is none; and what the laboratory adds.

    `groups` are the resource's, most frequent first. `local_releases` is empty where the analysis
    had no counts of the laboratory's own.
    """

    status: FrequencyStatus
    frequency: Frequency | None
    coverage: Coverage | None
    releases: tuple[ReleaseLabel, ...]
    constructed: bool
    groups: tuple[GroupFrequency, ...] = ()
    listings: tuple[Listing, ...] = ()
    listed_releases: tuple[ReleaseLabel, ...] = ()
    local: LocalFrequency | None = None
    local_releases: tuple[ReleaseLabel, ...] = ()

    @property
    def highest(self) -> tuple[GroupFrequency, ...]:
        """The few groups where the allele is most frequent."""
        return tuple(group for group in self.groups if group.ac)[:_HIGHEST]


class ClinVarStatus(StrEnum):
    """Whether ClinVar knows the allele; not having asked is a status of its own."""

    KNOWN = "known"
    UNKNOWN = "unknown"
    NOT_CONSULTED = "not_consulted"


@dataclass(frozen=True, slots=True)
class ClinVarView:
    """What ClinVar says of an allele; `calls` pairs each significance with its condition."""

    status: ClinVarStatus
    calls: tuple[tuple[Significance, str | None], ...]
    assertion: Assertion | None
    releases: tuple[ReleaseLabel, ...]
    constructed: bool

    @property
    def significances(self) -> tuple[Significance, ...]:
        """Each of ClinVar's words once, in its order."""
        return tuple(dict.fromkeys(significance for significance, _ in self.calls))


@dataclass(frozen=True, slots=True)
class MemberView:
    """A member of the family as the pedigree states it."""

    person: Person
    role: Role

    @property
    def word(self) -> str:
        """The key of the word for the role: a sibling of known sex is a brother or a sister."""
        if self.role is Role.SIBLING and self.person.sex in _SIBLINGS:
            return _SIBLINGS[self.person.sex]
        return self.role.value


@dataclass(frozen=True, slots=True)
class GenotypeRow:
    """A member and that member's genotype at each allele of a hypothesis, in its order."""

    member: MemberView
    genotypes: tuple[Genotype, ...]


def members(family: Family) -> tuple[MemberView, ...]:
    """Return the family's members, the proband first, then as the pedigree orders them."""
    views = [MemberView(person, family.role(person)) for person in family]
    return tuple(sorted(views, key=lambda view: list(Role).index(view.role)))


def genotype_rows(family: Family, candidates: Sequence[Candidate]) -> tuple[GenotypeRow, ...]:
    """Return everybody's genotypes at the alleles of a hypothesis."""
    return tuple(
        GenotypeRow(
            member,
            tuple(candidate.genotypes.of(member.person.id) for candidate in candidates),
        )
        for member in members(family)
    )


def frequency_view(candidate: Candidate, releases: Sequence[ReleaseLabel]) -> FrequencyView:
    """Show a candidate's frequency with the release that it comes from."""
    used = releases_of(FREQUENCY.source, releases)
    values = (candidate.frequency, candidate.coverage)
    groups = () if candidate.frequency is None else candidate.frequency.groups
    return FrequencyView(
        _frequency_status(candidate, consulted=bool(used)),
        candidate.frequency,
        candidate.coverage,
        used,
        constructed(*values),
        groups=tuple(sorted(groups, key=lambda group: (-group.af, group.group))),
        listings=() if candidate.listed is None else candidate.listed.listings,
        listed_releases=releases_of(LISTED.source, releases),
        local=candidate.local,
        local_releases=releases_of(LOCAL.source, releases),
    )


def _frequency_status(candidate: Candidate, *, consulted: bool) -> FrequencyStatus:
    frequency, coverage = candidate.frequency, candidate.coverage
    if frequency is not None and not frequency.usable:
        return FrequencyStatus.FAILED_FILTERS
    if frequency is not None and frequency.ac > 0:
        return FrequencyStatus.OBSERVED
    if not consulted and frequency is None:
        return FrequencyStatus.NOT_CONSULTED
    if coverage is None:
        return FrequencyStatus.ABSENT_COVERAGE_UNKNOWN
    covered = coverage.covered
    return FrequencyStatus.ABSENT_COVERED if covered else FrequencyStatus.ABSENT_NOT_COVERED


def clinvar_view(assertion: Assertion | None, releases: Sequence[ReleaseLabel]) -> ClinVarView:
    """Show ClinVar's assertion with the release that it comes from."""
    used = releases_of(ASSERTION.source, releases)
    if assertion is None:
        status = ClinVarStatus.UNKNOWN if used else ClinVarStatus.NOT_CONSULTED
        return ClinVarView(status, (), None, used, False)
    return ClinVarView(
        ClinVarStatus.KNOWN, _paired(assertion), assertion, used, assertion.constructed
    )


def _paired(assertion: Assertion) -> tuple[tuple[Significance, str | None], ...]:
    """Pair significances with conditions; what has no partner is kept, never dropped.

    A release without review status is of the time when each condition had a word of its own; a
    later one's aggregate is said of all conditions together.
    """
    significance, conditions = assertion.significance, assertion.conditions
    if len(significance) == 1:
        return tuple((significance[0], each) for each in conditions) or ((significance[0], None),)
    if assertion.stars is not None:
        together = "; ".join(conditions) or None
        return tuple((word, together) for word in significance)
    padded = (*conditions, *(None for _ in significance[len(conditions) :]))
    return tuple(zip(significance, padded, strict=False))
