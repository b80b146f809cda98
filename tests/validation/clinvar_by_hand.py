"""Two ClinVar VCFs compared by plain Python and gzip alone: nothing of varinterp is used here."""

import gzip
from dataclasses import dataclass
from pathlib import Path

ORDER = ("benign", "likely_benign", "uncertain_significance", "likely_pathogenic", "pathogenic")
SIDE = {"benign": "B", "likely_benign": "B", "uncertain_significance": "V",
        "likely_pathogenic": "P", "pathogenic": "P"}  # fmt: skip
STARS = {
    "practice guideline": 4, "reviewed by expert panel": 3,
    "criteria provided multiple submitters no conflicts": 2,
    "criteria provided single submitter": 1, "criteria provided conflicting interpretations": 1,
    "criteria provided conflicting classifications": 1, "no assertion criteria provided": 0,
    "no assertion provided": 0, "no classification provided": 0,
    "no classification for the single variant": 0,
}  # fmt: skip
Place = tuple[str, str, str, str]


@dataclass(frozen=True)
class Line:
    """What a line of a VCF says, in ClinVar's own words."""

    words: tuple[str, ...]
    conditions: tuple[str, ...]
    stars: int | None
    name: str
    identifier: str


def read(path: Path) -> dict[str, list[Line]]:
    """Return the classified lines of a VCF by ``chromosome-position-REF-ALT``."""
    found: dict[str, list[Line]] = {}
    with gzip.open(path, "rt") as text:
        for line in text:
            if line.startswith("#"):
                continue
            contig, position, identifier, ref, alt, _, _, info = line.rstrip("\n").split("\t")
            fields = dict(part.partition("=")[::2] for part in info.split(";"))
            words = fields["CLNSIG"].replace("%3B_", "|").replace("/", "|").lower().split("|")
            if words in (["-"], ["no_classification_for_the_single_variant"]):
                continue
            name = contig.removeprefix("chr").replace("M", "MT")
            conditions = fields.get("CLNDN", "").replace("%2C", ",").replace("\\x2c", ",")
            review = fields.get("CLNREVSTAT", "").replace("%2C", "").replace("_", " ")
            found.setdefault(f"{name}-{position}-{ref}-{alt}", []).append(
                Line(
                    tuple(words),
                    tuple(conditions.replace("_", " ").split("|")) if conditions else (),
                    STARS[review] if review else None,
                    fields.get("CLNHGVS", ""),
                    identifier,
                )
            )
    return found


def kept(lines: list[Line]) -> Line:
    """Return the line of an allele that is there several times: most stars, lowest number."""
    return min(lines, key=lambda line: (-(line.stars or 0), int(line.identifier)))


def state(line: Line) -> tuple[str, float | None, frozenset[str]]:
    """Return conflict, off or on the scale; the place on it; and the words that are not on it."""
    on = [ORDER.index(word) for word in line.words if word in ORDER]
    off = frozenset(word for word in line.words if word not in ORDER and "conflicting" not in word)
    if any("conflicting" in word for word in line.words):
        return "conflict", None, off
    if len({SIDE[ORDER[place]] for place in on}) > 1:
        return "conflict", None, off
    if not on:
        return "off", None, off
    return "on", (min(on) + max(on)) / 2, off


def kinds(old: list[Line] | None, new: list[Line] | None) -> set[str]:
    """Return every way in which an allele moved between two files."""
    if old is None or new is None:
        return {"added"} if old is None else {"removed"}
    before, after = (line[0] if len(line) == 1 else kept(line) for line in (old, new))
    found = set()
    was, now = state(before), state(after)
    if was[0] != "conflict" and now[0] == "conflict":
        found.add("conflict_begun")
    if was[0] == "conflict" and now[0] != "conflict":
        found.add("conflict_ended")
    if was[1] is not None and now[1] is not None and was[1] != now[1]:
        found.add("class_up" if now[1] > was[1] else "class_down")
    if was[2] != now[2] or {was[0], now[0]} == {"on", "off"}:
        found.add("class_moved")
    if before.stars is not None and after.stars is not None and before.stars != after.stars:
        found.add("stars_up" if after.stars > before.stars else "stars_down")
    if sorted(before.conditions) != sorted(after.conditions):
        found.add("conditions_moved")
    return found
