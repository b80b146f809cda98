"""Events checked against the raw releases by plain Python: nothing of varinterp is used here.

An event comes as JSON. What it says of ClinVar is compared with the lines of the two files, what it
says of genes and phenotypes with HPO's own files.
"""

import gzip
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import clinvar_by_hand
from clinvar_by_hand import Line, kept

LEVEL = {"pathogenic": 2, "likely_pathogenic": 1, "likely_benign": -1, "benign": -2}
Json = Mapping[str, Any]


@dataclass(frozen=True)
class Raw:
    """The raw files of a step: by release name, the file or files behind it."""

    clinvar: Mapping[str, Path] = field(default_factory=dict)
    hpo: Mapping[str, Path] = field(default_factory=dict)  # a folder; pairs of genes are in it
    models: Path | None = None


@cache
def clinvar(path: Path) -> dict[str, list[Line]]:
    return clinvar_by_hand.read(path)


def allele_of(event: Json) -> str:
    allele = event["allele"]
    return f"{allele['chromosome']}-{allele['position']}-{allele['ref']}-{allele['alt']}"


def words_of(lines: list[Line] | None) -> tuple[frozenset[str], int | None] | None:
    """Return the words and stars that a file gives an allele; None where it lacks the allele."""
    if lines is None:
        return None
    line = lines[0] if len(lines) == 1 else kept(lines)
    return frozenset("conflicting" if "conflicting" in w else w for w in line.words), line.stars


def said(standing: Json | None) -> tuple[frozenset[str], int | None] | None:
    """Return what an event's standing repeats of ClinVar."""
    for word in () if standing is None else standing["external"]:
        if word["source"] == "clinvar":
            return frozenset(word["words"]), word["stars"]
    return None


def faults(event: Json, raw: Raw) -> list[str]:
    """Return everything in an event that the raw files contradict."""
    found = [*_external(event, raw), *_responsible(event), *_direction(event, raw)]
    for cause in event["causes"]:
        found += _cause(cause, raw)
    return found


def _span(event: Json, origin: str) -> tuple[str, str] | None:
    """Return from which release of a source to which an event tells.

    One that was over a run's budget is told together with what came after it: its causes then have
    several spans, and it stands for the whole way.
    """
    spans = [
        (cause["release_before"], cause["release_after"])
        for cause in event["causes"]
        if cause["origin"] == origin and cause["release_before"] and cause["release_after"]
    ]
    return (min(spans)[0], max(span[1] for span in spans)) if spans else None


def _external(event: Json, raw: Raw) -> Iterator[str]:
    """The words of both sides are those of the two files."""
    span = _span(event, "clinvar")
    if span is None:
        return
    allele = allele_of(event)
    for side, release in zip(("before", "after"), span, strict=True):
        if event[side] is None:
            continue
        there = words_of(clinvar(raw.clinvar[release]).get(allele))
        if said(event[side]) != there:
            yield f"{side} says {said(event[side])}, the file of {release} {there}"


def _responsible(event: Json) -> Iterator[str]:
    origins = {cause["origin"] for cause in event["causes"]}
    for source in event["responsible"]:
        if source not in origins:
            yield f"{source} is held responsible and no cause is its"
    if event["kind"] == "knowledge" and not event["responsible"]:
        yield "nothing is held responsible"


def _cause(cause: Json, raw: Raw) -> Iterator[str]:
    origin, span = cause["origin"], (cause["release_before"], cause["release_after"])
    if None in span:
        return
    if cause["source"] == "clinvar":
        before, after = (clinvar(raw.clinvar[release]).get(cause["key"]) for release in span)
        expected = clinvar_by_hand.kinds(before, after)
        stated = set(cause["kinds"]) - {"restated"}
        if stated != expected or (not stated and before == after):
            yield f"ClinVar {cause['key']}: {sorted(stated)}, the files say {sorted(expected)}"
    elif cause["source"] == "clinvar.codon":
        if not _codon_moved(cause["key"], span, raw):
            yield f"ClinVar has the same at codon {cause['key']} in both files"
    elif origin == "gene_disease":
        if not _gene_moved(cause["key"], span, raw):
            yield f"HPO's pairs and modes of {cause['key']} are the same in both files"
    elif cause["source"] == "hpo.match" and not _disease_moved(cause["key"], span, raw):
        yield f"HPO's files say the same of {cause['key']}"


def _direction(event: Json, raw: Raw) -> Iterator[str]:
    """Where ClinVar's words are all that moved, the direction is that of the words."""
    span = _span(event, "clinvar")
    if span is None or event["moved"] != ["external"]:
        return
    allele = allele_of(event)
    weights = [_weight(words_of(clinvar(raw.clinvar[release]).get(allele))) for release in span]
    wanted = "up" if weights[1] > weights[0] else "down" if weights[1] < weights[0] else "sideways"
    if event["direction"] != wanted:
        yield f"direction {event['direction']}, the files' words point {wanted}"


def _weight(words: tuple[frozenset[str], int | None] | None) -> float:
    if words is None:
        return 0
    levels = [LEVEL.get(word, 0) for word in words[0]]
    if min(levels) < 0 < max(levels):
        return 0
    level = max(levels, key=abs)
    return level * 10 + (words[1] or 0) * ((level > 0) - (level < 0))


@cache
def models(path: Path) -> dict[str, tuple[str, str, tuple[tuple[int, int], ...]]]:
    """Return chromosome, strand and coding stretches of each transcript."""
    found = {}
    with gzip.open(path, "rt") as text:
        heading = next(text).lstrip("#").rstrip("\n").split("\t")
        for line in text:
            row = dict(zip(heading, line.rstrip("\n").split("\t"), strict=False))
            spans = tuple(
                (int(low), int(high))
                for low, high in (span.split("-") for span in row["cds"].split(","))
            )
            found[row["ensembl_tx"]] = (row["chrom"].removeprefix("chr"), row["strand"], spans)
    return found


def codon_positions(path: Path, key: str) -> set[tuple[str, int]]:
    """Return the three bases of ``ENST00000357654.9:1775``."""
    transcript, _, number = key.partition(":")
    chromosome, strand, spans = models(path)[transcript]
    bases = [at for low, high in sorted(spans) for at in range(low, high + 1)]
    if strand == "-":
        bases.reverse()
    first = 3 * (int(number) - 1)
    return {(chromosome, at) for at in bases[first : first + 3]}


@cache
def by_position(path: Path) -> dict[tuple[str, int], list[str]]:
    found: dict[tuple[str, int], list[str]] = {}
    for key in clinvar(path):
        chromosome, position, ref, _ = key.split("-")
        for at in range(int(position), int(position) + len(ref)):
            found.setdefault((chromosome, at), []).append(key)
    return found


def _codon_moved(key: str, span: tuple[str, str], raw: Raw) -> bool:
    assert raw.models is not None
    places = codon_positions(raw.models, key)
    sides = []
    for release in span:
        path = raw.clinvar[release]
        there = {each for place in places for each in by_position(path).get(place, ())}
        # in the order of the file, which pairs them with conditions
        lines = {each: clinvar(path)[each] for each in there}
        sides.append({each: [(li.words, li.stars) for li in of] for each, of in lines.items()})
    return sides[0] != sides[1]


@cache
def symbols(path: Path) -> dict[str, str]:
    """Return the symbols of genes by HGNC id."""
    with gzip.open(path, "rt") as text:
        rows = [line.split("\t") for line in text]
    return {row[1]: row[0] for row in rows}


@cache
def pairs(folder: Path) -> dict[str, frozenset[tuple[str, str, str]]]:
    """Return each gene's diseases, with the modes of inheritance and names that HPO gives them."""
    modes: dict[str, set[tuple[str, str]]] = {}
    for disease, lines in annotations(folder).items():
        cells = (line.split("\t") for line in lines)
        modes[disease] = {(each[3], each[1]) for each in cells if each[10] == "I"}
    found: dict[str, set[tuple[str, str, str]]] = {}
    with gzip.open(folder / "gene_disease_pairs.tsv.gz", "rt") as text:
        for line in text:
            _, symbol, disease = line.rstrip("\n").split("\t")
            for mode in modes.get(disease, ()):
                found.setdefault(symbol, set()).add((disease, *mode))
    return {symbol: frozenset(said) for symbol, said in found.items()}


def _gene_moved(hgnc: str, span: tuple[str, str], raw: Raw) -> bool:
    assert raw.models is not None
    symbol = symbols(raw.models)[hgnc]
    before, after = (pairs(raw.hpo[release]).get(symbol) for release in span)
    return before != after


@cache
def annotations(folder: Path) -> dict[str, frozenset[str]]:
    """Return the lines of phenotype.hpoa by disease."""
    found: dict[str, set[str]] = {}
    with gzip.open(folder / "phenotype.hpoa.gz", "rt") as text:
        for line in text:
            if not line.startswith(("#", "database_id")):
                found.setdefault(line.partition("\t")[0], set()).add(line)
    return {disease: frozenset(lines) for disease, lines in found.items()}


@cache
def ontology(folder: Path) -> dict[str, tuple[str, ...]]:
    """Return the parents and obsolescence of every term of hp.obo."""
    found: dict[str, list[str]] = {}
    term: list[str] = []
    with gzip.open(folder / "hp.obo.gz", "rt") as text:
        for line in text:
            if line.startswith("id: HP:"):
                term = found.setdefault(line[4:].strip(), [])
            elif line.startswith(("is_a:", "is_obsolete:", "alt_id:", "replaced_by:")):
                term.append(line.partition(" !")[0].strip())
            elif line.startswith("["):
                term = []
    return {name: tuple(sorted(lines)) for name, lines in found.items()}


def _disease_moved(disease: str, span: tuple[str, str], raw: Raw) -> bool:
    """Whether the disease's own rows differ, or the ontology above the terms that they name."""
    before, after = (annotations(raw.hpo[release]).get(disease, frozenset()) for release in span)
    if before != after:
        return True
    older, newer = (ontology(raw.hpo[release]) for release in span)
    above = _above(older, {line.split("\t")[3] for line in before})
    return any(older.get(term) != newer.get(term) for term in above)


def _above(terms: Mapping[str, tuple[str, ...]], start: set[str]) -> set[str]:
    found, waiting = set(start), list(start)
    while waiting:
        for line in terms.get(waiting.pop(), ()):
            parent = line.removeprefix("is_a: ").split(" ")[0]
            if line.startswith("is_a:") and parent not in found:
                found.add(parent)
                waiting.append(parent)
    return found


def changed_alleles(before: Path, after: Path) -> dict[str, set[str]]:
    """Return the alleles whose classified lines say another thing, with the kinds."""
    was, now = clinvar(before), clinvar(after)
    return {
        key: kinds
        for key in was.keys() | now.keys()
        if (kinds := clinvar_by_hand.kinds(was.get(key), now.get(key)))
    }
