"""What a clinic hands over: the sample sheet, pedigrees, lists of terms and Phenopackets."""

import json
from collections.abc import Iterator, Mapping, Sequence

from building.calling import pedigree_lines
from building.families import DemoFamily, Member, Phenotype
from building.layout import Layout
from building.tables import write_tsv
from varinterp.files import write_text
from varinterp.sources.sheet_row import NOT_SEQUENCED

COLUMNS = (
    "family", "person", "sample", "father", "mother", "sex", "affected", "proband", "vcf", "ped",
    "hpo", "phenopacket", "indication", "consanguineous", "secondary_findings",
    "recontact", "reanalysis",
)  # fmt: skip
HPO_RELEASE = "2025-01-16"
CREATED = "2026-11-22T00:00:00Z"
"""A fixed date: the same facts give the same bytes."""

Terms = Mapping[str, Sequence[Phenotype]]


def write_handover(families: Sequence[DemoFamily], terms: Terms, layout: Layout) -> None:
    """Write the sample sheet and the files that it names; paths are relative to the sheet."""
    rows = [row for family in families for row in _rows(family, terms)]
    write_tsv(layout.out / "samples.tsv", COLUMNS, rows)
    for family in families:
        own = terms[family.proband.person]
        if family.pedigree_file:
            write_text(layout.families / f"{family.family}.ped", pedigree_lines(family))
        if family.phenotype_file == "list":
            write_text(layout.families / f"{family.family}.hpo.txt", _term_list(own))
        if family.phenotype_file == "phenopacket":
            packet = json.dumps(_phenopacket(family, own), indent=2) + "\n"
            write_text(layout.families / f"{family.family}.phenopacket.json", packet)


def _rows(family: DemoFamily, terms: Terms) -> Iterator[list[str]]:
    """Yield a row for each person; a PED file replaces the pedigree's columns."""
    for member in family.people:
        proband = member.person == family.proband.person
        stated = (member.father or "", member.mother or "", member.sex, _yes(member.affected))
        yield [
            family.family,
            member.column if family.pedigree_file else member.person,
            member.column if member.sequenced else "",
            *(("",) * len(stated) if family.pedigree_file else stated),
            _yes(proband),
            f"vcf/{family.vcf_of(member)}" if member.sequenced else NOT_SEQUENCED,
            f"families/{family.family}.ped" if family.pedigree_file else "",
            *(_phenotype_columns(family, terms) if proband else ("", "")),
            family.indication if proband else "",
            _yes(family.consanguineous),
            "no",
            *([_yes(True)] * 2 if member.sequenced else ["", ""]),
        ]


def _phenotype_columns(family: DemoFamily, terms: Terms) -> tuple[str, str]:
    """Return the cells hpo and phenopacket of a proband."""
    match family.phenotype_file:
        case "phenopacket":
            return "", f"families/{family.family}.phenopacket.json"
        case "list":
            return f"families/{family.family}.hpo.txt", ""
        case "inline":
            own = terms[family.proband.person]
            return ";".join(_written(term) for term in own), ""


def _term_list(terms: Sequence[Phenotype]) -> str:
    lines = (f"{_written(term)}\t{term.label}\n" for term in terms)
    return "# A term a line; ! before a term that was looked for and is absent.\n" + "".join(lines)


def _written(term: Phenotype) -> str:
    """Write a term as a sample sheet does: ``!`` before one that the patient does not have."""
    return f"!{term.hpo_id}" if term.excluded else term.hpo_id


def _yes(answer: bool) -> str:
    return "yes" if answer else "no"


def _phenopacket(family: DemoFamily, terms: Sequence[Phenotype]) -> dict[str, object]:
    """Return a GA4GH Phenopacket, version 2, of the proband."""
    return {
        "id": f"{family.family}.phenopacket",
        "subject": _subject(family.proband),
        "phenotypicFeatures": [_feature(term) for term in terms],
        "metaData": {
            "created": CREATED,
            "createdBy": "varinterp demo",
            "resources": [
                {
                    "id": "hp",
                    "name": "Human Phenotype Ontology",
                    "url": "http://purl.obolibrary.org/obo/hp.obo",
                    "version": HPO_RELEASE,
                    "namespacePrefix": "HP",
                    "iriPrefix": "http://purl.obolibrary.org/obo/HP_",
                }
            ],
            "phenopacketSchemaVersion": "2.0",
            "externalReferences": [
                {"id": citation, "description": "source of the phenotypic features"}
                for citation in family.citations
            ],
        },
    }


def _subject(member: Member) -> dict[str, str]:
    return {"id": member.person, "sex": member.sex.upper()}


def _feature(term: Phenotype) -> dict[str, object]:
    named: dict[str, object] = {"type": {"id": term.hpo_id, "label": term.label}}
    return named | ({"excluded": True} if term.excluded else {})
