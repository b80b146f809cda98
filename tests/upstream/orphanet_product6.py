"""Orphadata's ``en_product6.xml`` for genes of the demo region: associations are invented."""

from pathlib import Path

CAUSES = "Disease-causing germline mutation(s) in"
LOSS = "Disease-causing germline mutation(s) (loss of function) in"
GENES = {"TANGO2": "25439", "DGCR8": "2847", "RTN4R": "18601", "RANBP1": "9847"}
NOW = (
    ("480864", "TANGO2", CAUSES, "Assessed"),
    ("567", "DGCR8", CAUSES, "Not yet assessed"),
    ("568", "RTN4R", CAUSES, "Assessed"),
    ("568", "RANBP1", "Candidate gene tested in", "Assessed"),
)
LATER = (
    ("480864", "TANGO2", LOSS, "Assessed"),
    ("567", "DGCR8", CAUSES, "Assessed"),
    ("569", "RANBP1", CAUSES, "Assessed"),
)
"""A mechanism, an assessment; RTN4R's went and RANBP1's came."""


def write(folder: Path, later: bool = False, head: str = "") -> dict[str, tuple[Path, ...]]:
    """Write the XML; `head` goes before its root."""
    folder.mkdir(parents=True, exist_ok=True)
    dated = "2025-12-09 07:03:22" if later else "2025-06-24 07:03:22"
    facts = LATER if later else NOW
    disorders = "".join(_disorder(code, facts) for code in sorted({fact[0] for fact in facts}))
    path = folder / "en_product6.xml"
    path.write_text(
        f'<?xml version="1.0" encoding="UTF-8"?>\n{head}<JDBOR date="{dated}" version="1.3.42">\n'
        f'<DisorderList count="2">{disorders}</DisorderList>\n</JDBOR>\n',
        encoding="utf-8",
    )
    return {"genes": (path,)}


def _disorder(code: str, facts: tuple[tuple[str, str, str, str], ...]) -> str:
    here = "".join(_association(*fact[1:]) for fact in facts if fact[0] == code)
    return (
        f'<Disorder id="{code}"><OrphaCode>{code}</OrphaCode><Name lang="en">Disorder {code}</Name>'
        f'<DisorderType id="1"><Name lang="en">Disease</Name></DisorderType>'
        f"<DisorderGeneAssociationList>{here}</DisorderGeneAssociationList></Disorder>"
    )


def _association(gene: str, kind: str, status: str) -> str:
    return (
        "<DisorderGeneAssociation><SourceOfValidation>26805781[PMID]_26805782[PMID]"
        f'</SourceOfValidation><Gene id="1"><Name lang="en">a gene</Name><Symbol>{gene}</Symbol>'
        "<ExternalReferenceList><ExternalReference><Source>Ensembl</Source><Reference>ENSG1"
        "</Reference></ExternalReference><ExternalReference><Source>HGNC</Source><Reference>"
        f"{GENES[gene]}</Reference></ExternalReference></ExternalReferenceList></Gene>"
        f'<DisorderGeneAssociationType><Name lang="en">{kind}</Name></DisorderGeneAssociationType>'
        f'<DisorderGeneAssociationStatus><Name lang="en">{status}</Name>'
        "</DisorderGeneAssociationStatus></DisorderGeneAssociation>"
    )
