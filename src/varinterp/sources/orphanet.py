"""Orphanet's genes of rare diseases: ``en_product6.xml`` of Orphadata.

Every Disorder has a list of associations, each with its type (germline, somatic, candidate, …), its
status and publications. Read in the element names and in the closed list of types that users of the
file print from it. Orphadata, CC BY 4.0.

Read with the standard library: a document type declaration is refused before anything in it is
read, so that no entity is ever declared; external ones are never fetched by this parser.
"""

import gzip
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn
from xml.etree.ElementTree import (
    Element,
    ParseError,
    TreeBuilder,
    XMLParser,
)

from varinterp.errors import ReleaseError
from varinterp.model.gene_disease import Mechanism, Validity
from varinterp.sources.curations import Curated, Curation, checked_day
from varinterp.sources.lines import GZIP_MAGIC, shown

_GERMLINE = "Disease-causing germline mutation(s)"
CAUSES = {
    f"{_GERMLINE} in": Mechanism.NOT_ESTABLISHED,
    f"{_GERMLINE} (loss of function) in": Mechanism.LOSS_OF_FUNCTION,
    f"{_GERMLINE} (gain of function) in": Mechanism.NOT_ESTABLISHED,
}
OTHERS = {
    "Disease-causing somatic mutation(s) in": "somatic",
    "Major susceptibility factor in": "susceptibility",
    "Modifying germline mutation in": "modifier",
    "Part of a fusion gene in": "fusion",
    "Role in the phenotype of": "role_in_phenotype",
    "Candidate gene tested in": "candidate",
    "Biomarker tested in": "biomarker",
}
"""Associations that do not make the gene a cause in the germline: left out, counted by reason."""

STATUSES = {"Assessed": Validity.SUPPORTIVE, "Not yet assessed": Validity.NOT_STATED}
"""As GenCC classes Orphanet's assertions."""


class _NoDeclarations(TreeBuilder):
    """Builds the tree of a file without a document type declaration."""

    def doctype(self, name: str, pubid: str | None, system: str | None) -> NoReturn:
        raise ReleaseError("the XML declares a document type, which Orphadata's files do not")


def read_orphanet(path: Path, source: str) -> Curated:
    """Read the associations; raise ReleaseError naming the file, the disease and the word.

    Modes of inheritance are not in this file: every row is without one.
    """
    set_aside: Counter[str] = Counter()
    root = _root(path)
    rows = [
        curation
        for disorder in root.iter("Disorder")
        for curation in _curations(path, disorder, source, set_aside)
    ]
    stated = root.get("date") or ""
    dated = checked_day(path, 1, "JDBOR date", stated) if stated else None
    return Curated(tuple(rows), set_aside, dated)


def _root(path: Path) -> Element:
    parser = XMLParser(target=_NoDeclarations())  # noqa: S314
    try:
        data = path.read_bytes()
        parser.feed(gzip.decompress(data) if data.startswith(GZIP_MAGIC) else data)
        root: Element = parser.close()
    except (OSError, EOFError, zlib.error, ParseError) as error:
        raise ReleaseError(f"{path.name} cannot be read as XML: {error}") from error
    return root


def _curations(
    path: Path, disorder: Element, source: str, set_aside: Counter[str]
) -> Iterator[Curation]:
    code, name = _text(disorder, "OrphaCode"), _text(disorder, "Name")
    place = f"{path.name}, ORPHA:{code}"
    for association in disorder.iter("DisorderGeneAssociation"):
        kind = _text(association, "DisorderGeneAssociationType/Name")
        status = _text(association, "DisorderGeneAssociationStatus/Name")
        hgnc = _hgnc(association)
        if kind not in CAUSES and kind not in OTHERS:
            raise ReleaseError(f"{place}: unknown type of association {shown(kind)}")
        if status not in STATUSES:
            raise ReleaseError(f"{place}: unknown status of association {shown(status)}")
        if kind in OTHERS or hgnc is None:
            set_aside[OTHERS.get(kind, "gene_without_hgnc")] += 1
            continue
        yield Curation(
            source=source,
            hgnc=hgnc,
            gene=_text(association, "Gene/Symbol"),
            disease=f"ORPHA:{code}",
            disease_name=name,
            inheritance=None,
            stated_inheritance="",
            validity=STATUSES[status],
            stated_validity=status,
            mechanism=CAUSES[kind],
            stated_mechanism=kind,
            curator="Orphanet",
            dated=None,
            pmid=";".join(re.findall(r"(\d+)\[PMID\]", _text(association, "SourceOfValidation"))),
            record="",
        )


def _hgnc(association: Element) -> str | None:
    for reference in association.iterfind("Gene/ExternalReferenceList/ExternalReference"):
        if _text(reference, "Source") == "HGNC":
            return f"HGNC:{_text(reference, 'Reference')}"
    return None


def _text(element: Element, path: str) -> str:
    return (element.findtext(path) or "").strip()
