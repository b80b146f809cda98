"""Our own checks of the SDM-MR document's genetic block, stricter than the agency's schematron.

The schematron of 2024.01 looks for entries by code and at some of their values. Wrong codes or
terminologies in gene, technique, clinical description and two of the ages pass it, and so do
entries that are given twice. These checks hold every entry of every diagnosis to its cardinality,
type, terminology and list of codes.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from varinterp.errors import Fault, InternalError
from varinterp.registry.exports.cda import HL7, SIMPLE_OBSERVATION, TYPE
from varinterp.registry.exports.sdm_mr_values import (
    DISEASES,
    ENTRIES,
    NULL_FLAVORS,
    ORPHA_DISEASES,
    TA_ASIP,
    UNDIAGNOSED_CODE,
    Allowed,
    allowed_entries,
)

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_N = {"c": HL7}
_DIAGNOSES = ".//c:section[c:templateId/@root='1.2.250.1.213.1.1.2.129']"
_PROBLEM = (
    "./c:entry/c:act/c:entryRelationship/c:observation"
    "[c:templateId/@root='1.3.6.1.4.1.19376.1.5.3.1.4.5']"
)
_ENTRY = f"./c:entryRelationship/c:observation[c:templateId/@root='{SIMPLE_OBSERVATION[0]}']"


def require_sound(root: "Element", gene_system: str, *, undiagnosed: bool) -> None:
    """Raise InternalError when a document of ours does not pass: it is never written."""
    faults = check_genetic_block(root, gene_system, undiagnosed=undiagnosed)
    if faults:
        rules = ", ".join(sorted({f"{fault.rule} {fault.column}" for fault in faults}))
        raise InternalError(f"the SDM-MR document does not pass its checks: {rules}")


def check_genetic_block(
    root: "Element", gene_system: str, *, undiagnosed: bool = False, file: str = "SDM-MR"
) -> tuple[Fault, ...]:
    """Return every fault of a document's genetic block.

    `gene_system` is HGNC's OID as set; `undiagnosed` says that ORPHA:616874 rests on a signed act.
    """
    return tuple(
        Fault(
            rule=f"sdm_mr.{rule}",
            file=file,
            column=column,
            found=found[:40],
            expected=expected,
            advice="see docs/how-to/export.md",
        )
        for rule, column, found, expected in _faults(
            root, allowed_entries(gene_system), undiagnosed
        )
    )


_Found = tuple[str, str, str, str]


def _faults(root: "Element", allowed: Mapping[str, Allowed], undiagnosed: bool) -> Iterator[_Found]:
    sections = root.xpath(_DIAGNOSES, namespaces=_N)
    problems = [each for section in sections for each in section.xpath(_PROBLEM, namespaces=_N)]
    if not problems:
        yield ("section", "1.2.250.1.213.1.1.2.129", "no diagnosis", "one diagnosis or more")
    for problem in problems:
        yield from _disease(problem, undiagnosed)
        yield from _counts(problem, allowed)
        for entry in problem.xpath(_ENTRY, namespaces=_N):
            yield from _entry(entry, allowed)


def _disease(problem: "Element", undiagnosed: bool) -> Iterator[_Found]:
    values = problem.findall(f"{{{HL7}}}value")
    if len(values) != 1:
        yield ("cardinality", "282291009", f"{len(values)} values", "one disease or a null flavour")
        return
    (value,) = values
    if value.get("nullFlavor") is not None:
        if value.get("nullFlavor") not in NULL_FLAVORS or value.get("code") is not None:
            yield ("null_flavor", "282291009", value.get("nullFlavor"), "a null flavour alone")
        return
    system, code = value.get("codeSystem", ""), value.get("code", "")
    if system not in DISEASES:
        yield ("system", "282291009", system, "Orphanet's diseases or ICD-10")
    elif not DISEASES[system].fullmatch(code):
        yield ("code", "282291009", code, "a code of that terminology, digits alone for ORPHA")
    if system == ORPHA_DISEASES and code == UNDIAGNOSED_CODE and not undiagnosed:
        yield ("undiagnosed", "282291009", code, "ORPHA:616874 from a signed act alone")


def _counts(problem: "Element", allowed: Mapping[str, Allowed]) -> Iterator[_Found]:
    codes = problem.xpath(f"{_ENTRY}/c:code/@code", namespaces=_N)
    counts = Counter(str(code) for code in codes)
    for code, rule in allowed.items():
        if rule.required and not counts[code]:
            yield ("missing", code, "no entry", f"one entry: {ENTRIES[code].name}")
        if rule.most_one and counts[code] > 1:
            yield ("repeated", code, f"{counts[code]} entries", "one entry")


def _entry(entry: "Element", allowed: Mapping[str, Allowed]) -> Iterator[_Found]:
    code = entry.find(f"{{{HL7}}}code")
    name = "" if code is None else code.get("code", "")
    if code is None or name not in allowed or code.get("codeSystem") != TA_ASIP:
        yield ("entry", name or "code", name or "no code", "an entry of the volet, in TA_ASIP")
        return
    values = entry.findall(f"{{{HL7}}}value")
    if len(values) != 1:
        yield ("cardinality", name, f"{len(values)} values", "one value")
        return
    yield from _value(name, values[0], allowed[name])


def _value(name: str, value: "Element", rule: Allowed) -> Iterator[_Found]:
    kind = value.get(TYPE, "").rpartition(":")[2]
    if kind != rule.kind:
        yield ("type", name, kind or "no type", rule.kind)
    elif kind == "PQ":
        if value.get("unit") not in ("mo", "a", "wk", "d") or not value.get("value", "").isdigit():
            yield ("quantity", name, str(value.get("value")), "a whole number and a unit of time")
    elif kind == "ST":
        if not (value.text or "").strip():
            yield ("text", name, "nothing", "a text")
    else:
        yield from _coded(name, value, rule)


def _coded(name: str, value: "Element", rule: Allowed) -> Iterator[_Found]:
    system, code = value.get("codeSystem", ""), value.get("code", "")
    if value.get("nullFlavor") is not None:
        yield ("null_flavor", name, value.get("nullFlavor"), "a code")
    elif system not in rule.systems:
        yield ("system", name, system or "none", " or ".join(sorted(rule.systems)))
    elif not rule.systems[system].fullmatch(code):
        yield ("code", name, code or "none", f"a code of {ENTRIES[name].name}")
