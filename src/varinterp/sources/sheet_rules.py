"""Every rule of the sample sheet: what is expected and what to type."""

from collections.abc import Mapping

from varinterp.errors import Severity
from varinterp.sources import names, pedigree_check, plain_text
from varinterp.sources.fault_book import Rule

COLUMNS: Mapping[str, Rule] = {
    "family": Rule(names.EXPECTED, "rename the family"),
    "person": Rule(names.EXPECTED, "rename the person"),
    "sample": Rule(names.EXPECTED, "type the VCF's sample name, or nothing when it is the person"),
    "father": Rule("the name of a person, or nothing", "correct the father's name"),
    "mother": Rule("the name of a person, or nothing", "correct the mother's name"),
    "sex": Rule("male, female or unknown", "type one of them"),
    "affected": Rule("yes, no or unknown", "type one of them"),
    "proband": Rule("yes, no or nothing", "type yes for one person a family"),
    "vcf": Rule("a path", "type the VCF's path, or a dot when the person was not sequenced"),
    "cnv_vcf": Rule("a path, or nothing", "correct the path"),
    "ped": Rule("a path, or nothing", "correct the path"),
    "hpo": Rule("HP:0001250;!HP:0001251, the path of a list, or nothing", "separate terms by ;"),
    "phenopacket": Rule("a path, or nothing", "correct the path"),
    "onset": Rule("an HPO term of onset, by id or name, or nothing", "type one line"),
    "panel": Rule(
        "panels, such as epilepsy;panelapp_uk:402;HP:0001250, or nothing", "separate panels by ;"
    ),
    "panel_use": Rule("boost, filter or nothing", "type one of them"),
    "indication": Rule("a line of at most 200 characters", "shorten it"),
    "consanguineous": Rule("yes, no or nothing", "type one of them"),
    **{
        scope: Rule("yes, no or nothing", "type yes only with recorded consent")
        for scope in ("secondary_findings", "recontact", "reanalysis")
    },
}
REQUIRED = ("family", "person", "vcf")

_SHEET: Mapping[str, Rule] = {
    "sheet.empty": Rule("a header line and a row for each person", "see config/README.md"),
    "sheet.separator": Rule("columns separated by tabs", "save it as tab-separated text"),
    "sheet.column_unknown": Rule("a column of the sample sheet", "rename or delete it"),
    "sheet.column_twice": Rule("each column once", "delete one of the two"),
    "sheet.column_missing": Rule("a column for it", "add the column to the header line"),
    "sheet.cells": Rule("no more cells than the header has columns", "delete the extra tabs"),
    "sheet.excel": Rule("what was typed", "type it again in a column of type Text"),
    "sheet.quotes": Rule("cells without quotes", "delete the quotes"),
    "sheet.spaces": Rule(
        "no spaces around a cell", "nothing to do: they are dropped", None, Severity.WARN
    ),
    "sheet.path": Rule("an existing regular file", "correct the path: it starts at the sheet"),
    "sheet.url": Rule("a path of this machine", "download the file first: nothing is fetched"),
    "sheet.two_pedigrees": Rule(
        "either a PED file or columns", "empty ped, or father, mother, sex and affected"
    ),
    "sheet.ped_differs": Rule("one PED file a family", "type the same path in all its rows"),
    "sheet.ped_person": Rule("a row of the PED file", "add the person to the PED file"),
    "sheet.ped_damaged": Rule("a PED file without faults", "mend the faults of the PED file"),
    "sheet.no_proband": Rule("one proband a family", "type yes in the proband's row"),
    "sheet.two_probands": Rule("one proband a family", "type yes in one row only"),
    "sheet.proband_unsequenced": Rule("a proband with a VCF", "type the VCF's path"),
    "sheet.proband_unaffected": Rule(
        "an affected proband", "correct affected, unless it is meant", None, Severity.WARN
    ),
    "sheet.two_phenotypes": Rule("hpo or phenopacket", "empty one of the two"),
    "sheet.two_onsets": Rule(
        "one onset", "nothing to do: the sheet's is used", None, Severity.WARN
    ),
    "sheet.phenopacket_onset": Rule(
        "one onset, as an age or an HPO term",
        "type it into the sheet's onset; it is not used as it is",
        None,
        Severity.WARN,
    ),
    "sheet.use_of_nothing": Rule("a panel that is used", "name a panel, or empty panel_use"),
    "sheet.family_differs": Rule("one answer a family", "type the same in all its rows"),
    "sheet.sample_twice": Rule("one person a sample of a VCF", "correct the sample's name"),
    "sheet.phenopacket_sex": Rule("the sex of the pedigree", "correct one of the two"),
    "sheet.case": Rule("family names that differ by more than capitals", "use one spelling"),
    "sheet.relative_terms": Rule(
        "terms of the proband alone", "nothing to do: not used", None, Severity.WARN
    ),
}

RULES: Mapping[str, Rule] = {
    **{f"sheet.{name}": rule for name, rule in COLUMNS.items()},
    **_SHEET,
    **pedigree_check.RULES,
    **plain_text.RULES,
}
