"""``phenotype.hpoa``: which HPO terms each disease has, how often, and who says so.

Columns and vocabularies: https://obophenotype.github.io/human-phenotype-ontology/annotations/phenotype_hpoa/
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from varinterp.errors import ReleaseError
from varinterp.sources.lines import numbered_lines, shown

COLUMNS = (
    "database_id", "disease_name", "qualifier", "hpo_id", "reference", "evidence", "onset",
    "frequency", "sex", "modifier", "aspect", "biocuration",
)  # fmt: skip

BANDS = {
    "HP:0040280": 1.0,
    "HP:0040281": 0.895,
    "HP:0040282": 0.545,
    "HP:0040283": 0.17,
    "HP:0040284": 0.025,
    "HP:0040285": 0.0,
}
"""HPO's frequency words as the middle of their band: obligate 100 %, very frequent 80-99 %,
frequent 30-79 %, occasional 5-29 %, very rare 1-4 %, excluded 0 %."""

VERSION_LINE = re.compile(r"#version: (\d{4}-\d{2}-\d{2})")
ONTOLOGY_LINE = re.compile(r"#hpo-version: \S*/(\d{4}-\d{2}-\d{2})/\S*")


class Aspect(StrEnum):
    """Which branch of the ontology an annotation's term lies in."""

    PHENOTYPE = "P"
    INHERITANCE = "I"
    COURSE = "C"
    MODIFIER = "M"
    HISTORY = "H"


WORDS = {
    "qualifier": frozenset({"", "NOT"}),
    "evidence": frozenset({"IEA", "PCS", "TAS"}),
    "sex": frozenset({"", "MALE", "FEMALE", "male", "female"}),
    "aspect": frozenset(aspect.value for aspect in Aspect),
}
SHAPES = {
    "database_id": re.compile(r"(OMIM|ORPHA|DECIPHER):\d+"),
    "disease_name": re.compile(r".*\S.*"),
    "hpo_id": re.compile(r"HP:\d{7}"),
    "onset": re.compile(r"(HP:\d{7})?"),
    "modifier": re.compile(r"(HP:\d{7}(;HP:\d{7})*)?"),
    "biocuration": re.compile(r".*\[(\d{4}-\d{2}-\d{2})\].*"),
}


class Frequency(NamedTuple):
    """How often a term occurs: patients counted, or a stated fraction (0 to 1), or neither."""

    observed: int | None = None
    examined: int | None = None
    fraction: float | None = None


@dataclass(frozen=True, slots=True)
class Annotation:
    """One row: a disease, a term, and what is said of the two. `line` is 1-based."""

    line: int
    disease: str
    name: str
    term: str
    excluded: bool
    aspect: Aspect
    frequency: Frequency
    stated_frequency: str
    reference: str
    evidence: str
    onset: str
    sex: str
    modifier: str
    curated: str


@dataclass(frozen=True, slots=True)
class AnnotationFile:
    """The rows of a file, its own date, and the release of the ontology that it was written for."""

    release: str
    ontology: str
    rows: tuple[Annotation, ...]


def read_hpoa(path: Path) -> AnnotationFile:
    """Read ``phenotype.hpoa``, plain or gzipped; raise ReleaseError naming line and word."""
    lines = numbered_lines(path)
    dates = _header(path, lines)
    return AnnotationFile(*dates, tuple(_row(path, number, line) for number, line in lines))


def _header(path: Path, lines: Iterator[tuple[int, str]]) -> tuple[str, str]:
    """Read up to the line of column names; return the two dates of the comment lines."""
    release, ontology = None, None
    for number, line in lines:
        if not line.startswith("#"):
            _columns(path, number, line)
            break
        release = release or VERSION_LINE.fullmatch(line)
        ontology = ontology or ONTOLOGY_LINE.fullmatch(line)
    if release is None or ontology is None:
        raise ReleaseError(
            f"{path.name}: no #version and #hpo-version lines with a date: which release is it?"
        )
    return release[1], ontology[1]


def _columns(path: Path, number: int, line: str) -> None:
    columns = tuple(line.split("\t"))
    if columns != COLUMNS:
        unexpected = [shown(name) for name in columns if name not in COLUMNS]
        missing = [name for name in COLUMNS if name not in columns]
        raise ReleaseError(
            f"{path.name}:{number}: expected the columns {', '.join(COLUMNS)}; "
            f"unknown: {', '.join(unexpected) or 'none'}; missing: {', '.join(missing) or 'none'}"
        )


def _row(path: Path, number: int, line: str) -> Annotation:
    cells = line.split("\t")
    if len(cells) != len(COLUMNS):
        raise ReleaseError(f"{path.name}:{number}: {len(cells)} columns, expected {len(COLUMNS)}")
    row = dict(zip(COLUMNS, cells, strict=True))
    for column, words in WORDS.items():
        if row[column] not in words:
            raise _unknown(path, number, column, row[column])
    for column, shape in SHAPES.items():
        if not shape.fullmatch(row[column]):
            raise _unknown(path, number, column, row[column])
    return _annotation(path, number, row)


def _annotation(path: Path, number: int, row: dict[str, str]) -> Annotation:
    return Annotation(
        line=number,
        disease=row["database_id"],
        name=row["disease_name"],
        term=row["hpo_id"],
        excluded=row["qualifier"] == "NOT",
        aspect=Aspect(row["aspect"]),
        frequency=_frequency(path, number, row["frequency"]),
        stated_frequency=row["frequency"],
        reference=row["reference"],
        evidence=row["evidence"],
        onset=row["onset"],
        sex=row["sex"].upper(),
        modifier=row["modifier"],
        curated=max(re.findall(r"\[(\d{4}-\d{2}-\d{2})\]", row["biocuration"])),
    )


def _frequency(path: Path, number: int, word: str) -> Frequency:
    """Read ``3/7``, ``45%``, a frequency term of HPO, or nothing."""
    if not word:
        return Frequency()
    if word in BANDS:
        return Frequency(fraction=BANDS[word])
    if match := re.fullmatch(r"(\d+)/(\d+)", word):
        observed, examined = int(match[1]), int(match[2])
        if 0 < examined >= observed:
            return Frequency(observed, examined)
    if (match := re.fullmatch(r"(\d{1,3}(?:\.\d+)?)%", word)) and float(match[1]) <= 100:
        return Frequency(fraction=round(float(match[1]) / 100, 6))
    raise _unknown(path, number, "frequency", word)


def _unknown(path: Path, number: int, column: str, word: str) -> ReleaseError:
    return ReleaseError(f"{path.name}:{number}: unknown word {shown(word)} in column {column}")
