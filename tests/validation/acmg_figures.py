"""Confusions, rates and criteria of a set of assessed alleles, as tables that a page can hold."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from acmg_truth import Side, Truth, side_of

from varinterp.model.assessment import AcmgClass, Assessment
from varinterp.model.evidence import Criterion, Outcome


@dataclass(frozen=True)
class Judged:
    """A published class and ours."""

    truth: Truth
    ours: Assessment

    @property
    def side(self) -> Side:
        return side_of(self.ours.machine.points)

    @property
    def opposite(self) -> bool:
        """Whether one says (likely) pathogenic and the other (likely) benign."""
        return {self.side, self.truth.side} == {Side.PATHOGENIC, Side.BENIGN}


@dataclass(frozen=True)
class Rates:
    """Shares of what was published: each of its own kind."""

    alleles: int
    opposite: int
    pathogenic: int
    pathogenic_decided: int
    pathogenic_right: int
    benign: int
    benign_decided: int
    benign_right: int
    uncertain: int
    uncertain_kept: int

    def row(self) -> str:
        """Return the cells of a table's row."""
        return " | ".join(
            (
                f"{self.alleles:,}",
                _share(self.opposite, self.alleles, 2),
                _share(self.pathogenic_right, self.pathogenic),
                _share(self.benign_right, self.benign),
                _share(self.uncertain_kept, self.uncertain),
                _share(
                    self.pathogenic_right + self.benign_right + self.uncertain_kept, self.alleles
                ),
            )
        )


def table(head: str, rows: Iterable[str]) -> str:
    """Return a table of Markdown; cells are parted by `` | ``."""
    rule = "|".join("---" for _ in head.split(" | "))
    return "\n".join([f"| {head} |", f"|{rule}|", *(f"| {row} |" for row in rows)])


HEAD = (
    "alleles | opposite | P/LP called P/LP | B/LB called B/LB | VUS called VUS"
    " | three classes equal"
)


def rates(some: Iterable[Judged]) -> Rates:
    """Count a set."""
    counted = Counter((each.truth.side, each.side) for each in some)

    def row(side: Side) -> int:
        return sum(counted[side, ours] for ours in Side)

    opposite = counted[Side.PATHOGENIC, Side.BENIGN] + counted[Side.BENIGN, Side.PATHOGENIC]
    return Rates(
        alleles=sum(counted.values()),
        opposite=opposite,
        pathogenic=row(Side.PATHOGENIC),
        pathogenic_decided=row(Side.PATHOGENIC) - counted[Side.PATHOGENIC, Side.UNCERTAIN],
        pathogenic_right=counted[Side.PATHOGENIC, Side.PATHOGENIC],
        benign=row(Side.BENIGN),
        benign_decided=row(Side.BENIGN) - counted[Side.BENIGN, Side.UNCERTAIN],
        benign_right=counted[Side.BENIGN, Side.BENIGN],
        uncertain=row(Side.UNCERTAIN),
        uncertain_kept=counted[Side.UNCERTAIN, Side.UNCERTAIN],
    )


def three(some: Iterable[Judged]) -> str:
    """Return the confusion of three classes: a row a published class."""
    counted = Counter((each.truth.side, each.side) for each in some)
    head = "published | " + " | ".join(f"ours {side}" for side in Side)
    rows = [
        f"{published} | " + " | ".join(f"{counted[published, ours]:,}" for ours in Side)
        for published in Side
    ]
    return table(head, rows)


def five(some: Iterable[Judged]) -> str:
    """Return the confusion of five classes, of those that were published with one of five."""
    counted = Counter(
        (each.truth.five, each.ours.machine.points) for each in some if each.truth.five
    )
    head = "published | " + " | ".join(f"ours {each.rank}" for each in AcmgClass)
    rows = [
        f"{published.rank} {published} | "
        + " | ".join(f"{counted[published, ours]:,}" for ours in AcmgClass)
        for published in AcmgClass
    ]
    return table(head, rows)


def criteria(some: Sequence[Judged]) -> str:
    """Return how often each criterion was met, not met and not assessed, by published class."""
    met: Counter[tuple[str, Side]] = Counter()
    outcomes: Counter[tuple[str, Outcome]] = Counter()
    for each in some:
        for finding in each.ours.findings:
            outcomes[finding.criterion.value, finding.verdict.outcome] += 1
            if finding.met:
                met[finding.criterion.value, each.truth.side] += 1
    sides = Counter(each.truth.side for each in some)
    head = "criterion | met in P/LP | met in VUS | met in B/LB | not met | not assessed"
    rows = [
        f"{code} | "
        + " | ".join(_share(met[code, side], sides[side]) for side in Side)
        + f" | {_share(outcomes[code, Outcome.NOT_MET], len(some))}"
        + f" | {_share(outcomes[code, Outcome.NOT_ASSESSED], len(some))}"
        for code in dict.fromkeys(finding.criterion.value for finding in some[0].ours.findings)
    ]
    return table(head, rows)


def evidence(some: Mapping[str, Sequence[Judged]]) -> str:
    """Return, for each gene, the share of alleles for which each kind of evidence was there."""
    kinds = {
        "frequency": ("gnomad",),
        "missense score": ("alphamissense", "revel"),
        "splice score": ("spliceai",),
        "comparators": ("clinvar.codon", "clinvar.splice"),
    }
    head = "gene | alleles | PM2 assessed | " + " | ".join(kinds)
    rows = [
        f"{gene} | {len(judged):,} | "
        f"{_share(sum(_assessed(each.ours, Criterion.PM2) for each in judged), len(judged))} | "
        + " | ".join(
            _share(sum(has(each.ours, sources) for each in judged), len(judged))
            for sources in kinds.values()
        )
        for gene, judged in some.items()
    ]
    return table(head, rows)


def worst(some: Iterable[Judged], number: int) -> tuple[Judged, ...]:
    """Return the disagreements furthest apart: by classes, then by points, then by allele."""
    wrong = (each for each in some if each.side is not each.truth.side)
    return tuple(
        sorted(
            wrong, key=lambda each: (-_apart(each), -abs(each.ours.points), str(each.truth.allele))
        )
    )[:number]


def described(judged: Judged) -> str:
    """Return an allele, both classes and what was met, in one line."""
    found = ", ".join(
        f"{finding.criterion}_{finding.strength} ({finding.verdict.reason.key})"
        for finding in judged.ours.findings
        if finding.met
    )
    truth = judged.truth
    return (
        f"{truth.gene} {truth.allele} | {truth.source}: {truth.five or truth.side}"
        f" ({truth.stars}★) | {judged.ours.machine.points} {judged.ours.points:+d}"
        f" | {found or 'nothing met'}"
    )


def _apart(judged: Judged) -> int:
    published = judged.truth.five
    if published is None:
        return 2 * judged.opposite + 1
    return abs(published.rank - judged.ours.machine.points.rank) + 2 * judged.opposite


def _assessed(ours: Assessment, criterion: Criterion) -> bool:
    found = next(each for each in ours.findings if each.criterion is criterion)
    return found.verdict.outcome is not Outcome.NOT_ASSESSED


def has(ours: Assessment, sources: tuple[str, ...]) -> bool:
    return any(
        read.source in sources and not read.absent and read.key != "*" for read in ours.reads
    )


def _share(part: int, whole: int, places: int = 1) -> str:
    return f"{part / whole:.{places}%} ({part:,})" if whole else "–"
