"""Annotations as they were if one of the patients that they count had never been seen.

A row of `phenotype.hpoa` that rests on the patient's publication counts, as a rule, *n* of *m*
patients of it. Without this patient it is (n - 1) of (m - 1) when the patient has the term, or one
under it, and n of (m - 1) else; nothing is left of it when m was 1 or n becomes 0. A row without
counts goes when the patient alone could have made it: nothing but the publication stands behind it
and the patient has the term (or lacks it, where the row says NOT).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
from published_cases import Published

from varinterp.phenotype.annotations import Disease
from varinterp.phenotype.ontology import Ontology
from varinterp.sources.hpo import ANNOTATIONS, ANNOTATIONS_SCHEMA, RELEASE_KEY, read_annotations
from varinterp.sources.parquet import read_table, write_table

Row = Mapping[str, Any]
PMID = re.compile(r"PMID:\d+")


class Rows:
    """The rows of a release's annotations, by disease, and the publications behind them."""

    def __init__(self, release: Path) -> None:
        table = read_table(release / ANNOTATIONS, ANNOTATIONS_SCHEMA)
        self.release: bytes = table.schema.metadata[RELEASE_KEY]
        self.by_disease: dict[str, list[Row]] = {}
        for row in table.to_pylist():
            self.by_disease.setdefault(row["disease"], []).append(row)
        self._cited = {
            disease: {pmid for row in rows for pmid in PMID.findall(row["reference"])}
            for disease, rows in self.by_disease.items()
        }
        self._cited_at_all = frozenset().union(*self._cited.values())

    def cites(self, patient: Published) -> bool:
        """Whether the patient's publication stands behind a row of the patient's disease."""
        return patient.pmid in self._cited.get(patient.disease, ())

    def cites_anywhere(self, patient: Published) -> bool:
        """Whether the patient's publication stands behind a row of any disease."""
        return patient.pmid in self._cited_at_all


def diseases_without(
    patients: Iterable[Published], rows: Rows, ontology: Ontology, folder: Path
) -> dict[str, Disease]:
    """Return each patient's disease as it was without the patient, by the patient's id.

    The package's own reader makes the diseases: rows of one term are pooled as in any release. A
    patient is absent from the answer when no row is left.
    """
    kept = {each.id: (each.disease, list(_rows_without(each, rows, ontology))) for each in patients}
    table = pa.Table.from_pylist(
        [row | {"disease": patient} for patient, (_, left) in kept.items() for row in left],
        ANNOTATIONS_SCHEMA.with_metadata({RELEASE_KEY: rows.release}),
    )
    folder.mkdir(exist_ok=True)
    write_table(table, folder / ANNOTATIONS)
    found = read_annotations(folder).diseases
    return {patient: replace(disease, id=kept[patient][0]) for patient, disease in found.items()}


def _rows_without(patient: Published, rows: Rows, ontology: Ontology) -> Iterator[dict[str, Any]]:
    onset = () if patient.onset is None else (patient.onset,)
    has = ontology.closure((*patient.observed, *onset))
    lacks = frozenset(patient.excluded)
    for row in rows.by_disease[patient.disease]:
        left = without(row, patient.pmid, has, lacks, ontology)
        if left is not None:
            yield dict(left)


def without(
    row: Row, pmid: str, has: frozenset[str], lacks: frozenset[str], ontology: Ontology
) -> Row | None:
    """Return what is left of a row without one patient of a publication, or None.

    `has` is everything that the patient's terms imply; `lacks` the terms that were excluded, each
    of which excludes whatever lies under it.
    """
    behind = PMID.findall(row["reference"])
    if pmid not in behind:
        return row
    if row["examined"] is not None:
        return _counted(row, row["term"] in has)
    if len(behind) > 1 or row["reference"] != pmid:
        return row
    above = ontology.ancestors(row["term"]) if row["term"] in ontology else frozenset()
    made = not lacks.isdisjoint(above) if row["excluded"] else row["term"] in has
    return None if made else row


def _counted(row: Row, has: bool) -> Row | None:
    observed, examined = row["observed"], row["examined"] - 1
    if examined == 0:
        return None
    if has and observed:
        return {**row, "observed": observed - 1, "examined": examined} if observed > 1 else None
    if observed > examined:  # every patient who was counted has it, so this one was not counted
        return row
    return {**row, "examined": examined}
