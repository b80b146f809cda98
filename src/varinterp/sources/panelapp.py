"""PanelApp's gene panels, of Genomics England or of PanelApp Australia, from their API's JSON.

A file is one panel (``/api/v1/panels/<id>/`` or ``/panels/signedoff/<id>/``), or a page of
``/api/v1/genes/``, whose entries each name their panel. Read in PanelApp's own serialisers and in
responses that its users keep. Martin 2019 (PMID 31676867).
"""

import gzip
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from varinterp.errors import ReleaseError
from varinterp.model.gene_disease import Inheritance, Mechanism, Validity
from varinterp.sources.curations import Curated, Curation, pmids_in
from varinterp.sources.lines import GZIP_MAGIC, shown

LEVELS = {
    "4": Validity.STRONG,
    "3": Validity.STRONG,
    "2": Validity.MODERATE,
    "1": Validity.LIMITED,
    "0": Validity.NOT_STATED,
}
"""Green, amber, red, and not rated, in the words under which PanelApp's levels stand in GenCC."""

COLOURS = {"4": "green", "3": "green", "2": "amber", "1": "red", "0": "not rated"}

_DOMINANT = (Inheritance.AUTOSOMAL_DOMINANT,)
_RECESSIVE = (Inheritance.AUTOSOMAL_RECESSIVE,)
_MONO = "MONOALLELIC, autosomal or pseudoautosomal"
_BOTH = "BOTH monoallelic and biallelic"
_X = "X-LINKED: hemizygous mutation in males, "
MODES: dict[str, tuple[Inheritance, ...]] = {
    f"{_MONO}, NOT imprinted": _DOMINANT,
    f"{_MONO}, imprinted status unknown": _DOMINANT,
    f"{_MONO}, maternally imprinted (paternal allele expressed)": (),
    f"{_MONO}, paternally imprinted (maternal allele expressed)": (),
    "BIALLELIC, autosomal or pseudoautosomal": _RECESSIVE,
    f"{_BOTH}, autosomal or pseudoautosomal": _DOMINANT + _RECESSIVE,
    f"{_BOTH} (but BIALLELIC mutations cause a more SEVERE disease form), autosomal or "
    "pseudoautosomal": _DOMINANT + _RECESSIVE,
    f"{_X}biallelic mutations in females": (Inheritance.X_LINKED,),
    f"{_X}monoallelic mutations in females may cause disease (may be less severe, later onset than "
    "males)": (Inheritance.X_LINKED,),
    "MITOCHONDRIAL": (Inheritance.MITOCHONDRIAL,),
    "Other": (),
    "Other - please specifiy in evaluation comments": (),
    "Other - please specify in evaluation comments": (),
    "Unknown": (),
    "": (),
}


def read_panelapp(paths: Sequence[Path], source: str) -> Curated:
    """Read panels; raise ReleaseError naming the file, the entry's number and the word.

    Regions and short tandem repeats of a panel are left out, counted.
    """
    rows: dict[Curation, None] = {}
    set_aside: Counter[str] = Counter()
    for path in paths:
        for number, panel, entry in _entries(path, set_aside):
            place = f"{path.name}, gene {number}"
            if not _gene(entry).get("hgnc_id"):
                set_aside["gene_without_hgnc"] += 1
                continue
            rows.update(dict.fromkeys(_curations(place, panel, entry, source)))
    return Curated(tuple(rows), +set_aside)


def _entries(
    path: Path, set_aside: Counter[str]
) -> Iterator[tuple[int, Mapping[str, Any], Mapping[str, Any]]]:
    document = _document(path)
    if "genes" in document:
        for role in ("regions", "strs"):
            set_aside[role] += len(document.get(role) or ())
        pairs = [(document, entry) for entry in document["genes"]]
    elif "results" in document:
        pairs = [(entry.get("panel") or {}, entry) for entry in document["results"]]
    else:
        raise ReleaseError(f"{path.name}: neither a panel nor a page of genes of PanelApp's API")
    for number, (panel, entry) in enumerate(pairs, start=1):
        if not panel.get("id") or not panel.get("version"):
            raise ReleaseError(f"{path.name}, gene {number}: its panel has no id and version")
        yield number, panel, entry


def _document(path: Path) -> dict[str, Any]:
    try:
        data = path.read_bytes()
        document = json.loads(gzip.decompress(data) if data.startswith(GZIP_MAGIC) else data)
    except (OSError, EOFError, ValueError) as error:
        raise ReleaseError(f"{path.name} cannot be read as JSON: {error}") from error
    if not isinstance(document, dict):
        raise ReleaseError(f"{path.name}: expected a JSON object of PanelApp's API")
    return document


def _gene(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    return entry.get("gene_data") or {}


def _curations(
    place: str, panel: Mapping[str, Any], entry: Mapping[str, Any], source: str
) -> Iterator[Curation]:
    level = str(entry.get("confidence_level"))
    stated = str(entry.get("mode_of_inheritance") or "")
    if level not in LEVELS:
        raise ReleaseError(f"{place}: unknown word {shown(level)} in confidence_level")
    if stated not in MODES:
        raise ReleaseError(f"{place}: unknown word {shown(stated)} in mode_of_inheritance")
    gene = _gene(entry)
    for mode in MODES[stated] or (None,):
        yield Curation(
            source=source,
            hgnc=str(gene["hgnc_id"]),
            gene=str(gene.get("gene_symbol") or entry.get("entity_name")),
            disease=None,
            disease_name=str(panel.get("name", "")),
            inheritance=mode,
            stated_inheritance=stated,
            validity=LEVELS[level],
            stated_validity=COLOURS[level],
            mechanism=Mechanism.NOT_ESTABLISHED,
            stated_mechanism=str(entry.get("mode_of_pathogenicity") or ""),
            curator=f"panel {panel['id']}",
            dated=None,
            pmid=pmids_in(" ".join(map(str, entry.get("publications") or ()))),
            record=f"{panel['id']}@{panel['version']}",
        )
