"""HPO's files, cut from the release in ``resources/demo/hpo``: stanzas and rows as they stand.

Enough for the demo's patients: their terms and everything above them, TANGO2's disease and a few
others. The later release is the same with invented changes, one of every kind.
"""

import gzip
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

DEMO = Path(__file__).resolve().parents[2] / "resources" / "demo"
RELEASE = DEMO / "hpo" / "2025-01-16"
DATED, LATER_DATED = "2025-01-16", "2025-05-06"
TANGO2_DISEASE = "OMIM:616878"
DISEASES = (TANGO2_DISEASE, "OMIM:188400", "OMIM:600850", "OMIM:601808")

RENAMED, MOVED, OBSOLETE, NEW = "HP:0002307", "HP:0002059", "HP:0000100", "HP:9999999"
FREQUENCY_MOVED, ANNOTATION_REMOVED = "HP:0001250", "HP:0001332"
ANNOTATION_ADDED = "HP:0001257"
"""Seizure, dystonia and spasticity, of TANGO2's disease."""

GENES = "ncbi_gene_id\tgene_symbol\tassociation_type\tdisease_id\tsource\n"
MEDGEN = "ftp://ftp.ncbi.nlm.nih.gov/gene/DATA/mim2gene_medgen"


def write(folder: Path, later: bool = False) -> dict[str, tuple[Path, ...]]:
    """Write the ontology, the annotations and the genes of diseases."""
    folder.mkdir(parents=True, exist_ok=True)
    header, rows = _annotations()
    stanzas = _stanzas(
        _closure({*_patients_terms(), *_annotated(rows), OBSOLETE, ANNOTATION_ADDED})
    )
    if later:
        stanzas, rows = _later_stanzas(stanzas), list(_later_rows(rows))
        header = header.replace(DATED, LATER_DATED)
    dated = LATER_DATED if later else DATED
    obo = f"format-version: 1.2\ndata-version: hp/releases/{dated}\nontology: hp.obo\n\n"
    return {
        "ontology": (_text(folder / "hp.obo", obo + "\n".join(stanzas.values())),),
        "annotations": (_text(folder / "phenotype.hpoa", header + "".join(rows)),),
        "genes_to_disease": (_text(folder / "genes_to_disease.txt", _genes(later)),),
    }


def _genes(later: bool) -> str:
    pairs = [("NCBIGene:128989", "TANGO2", "MENDELIAN", TANGO2_DISEASE)]
    if later:
        pairs.append(("NCBIGene:54487", "DGCR8", "UNKNOWN", "OMIM:188400"))
    return GENES + "".join("\t".join((*pair, MEDGEN)) + "\n" for pair in pairs)


@cache
def _all_stanzas() -> Mapping[str, str]:
    text = gzip.decompress((RELEASE / "hp.obo.gz").read_bytes()).decode()
    found = re.findall(r"\[Term\]\nid: (HP:\d+)\n(.*?)(?=\n\n|\Z)", text, re.DOTALL)
    return {id_: f"[Term]\nid: {id_}\n{body}\n" for id_, body in found}


def _closure(ids: Iterable[str]) -> set[str]:
    stanzas = _all_stanzas()
    wanted, todo = set(), list(ids)
    while todo:
        id_ = todo.pop()
        if id_ not in wanted:
            wanted.add(id_)
            todo += re.findall(r"^is_a: (HP:\d+)", stanzas[id_], re.MULTILINE)
    return wanted


def _stanzas(wanted: set[str]) -> dict[str, str]:
    return {id_: text for id_, text in _all_stanzas().items() if id_ in wanted}


def _patients_terms() -> set[str]:
    return set(re.findall(r"HP:\d{7}", (DEMO / "facts" / "phenotypes.tsv").read_text()))


def _annotations() -> tuple[str, list[str]]:
    text = gzip.decompress((RELEASE / "phenotype.hpoa.gz").read_bytes()).decode()
    lines = text.splitlines(keepends=True)
    header = "".join(lines[:5])
    return header, [line for line in lines[5:] if line.split("\t")[0] in DISEASES]


def _annotated(rows: Iterable[str]) -> set[str]:
    return {row.split("\t")[3] for row in rows}


def _later_stanzas(stanzas: dict[str, str]) -> dict[str, str]:
    later = dict(stanzas)
    later[RENAMED] = re.sub(r"name: .*", "name: Drooling, renamed", stanzas[RENAMED])
    moved = re.sub(r"^is_a: .*\n", "", stanzas[MOVED], flags=re.MULTILINE)
    later[MOVED] = f"{moved}is_a: {FREQUENCY_MOVED}\n"
    later[OBSOLETE] = (
        f"[Term]\nid: {OBSOLETE}\nname: obsolete Nephrotic syndrome\nis_obsolete: true\n"
    )
    later[NEW] = f"[Term]\nid: {NEW}\nname: A new kind of seizure\nis_a: {FREQUENCY_MOVED}\n"
    return later


def _later_rows(rows: Iterable[str]) -> Iterable[str]:
    for row in rows:
        cells = row.split("\t")
        if cells[0] == TANGO2_DISEASE and cells[3] == ANNOTATION_REMOVED:
            continue
        if cells[0] == TANGO2_DISEASE and cells[3] == FREQUENCY_MOVED:
            cells[7] = "12/12"
            yield row.replace(cells[3], ANNOTATION_ADDED).replace("9/12", "")
        yield "\t".join(cells)


def _text(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path
