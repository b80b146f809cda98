"""The few elements of CDA R2 that the SDM-MR document is made of.

Identifiers are UUIDs derived from what they name, so that the same content has the same bytes.
"""

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from lxml import etree

from varinterp.registry.exports.sdm_mr_values import SYSTEM_NAMES, Concept

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

HL7 = "urn:hl7-org:v3"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
SDTC = "urn:hl7-org:sdtc"
NAMESPACES = {None: HL7, "xsi": XSI, "sdtc": SDTC}
TYPE = f"{{{XSI}}}type"
_NAMESPACE = UUID("8d1e5a52-2f0c-5b6e-9a55-7d1f1f7f6c11")

SIMPLE_OBSERVATION = ("1.3.6.1.4.1.19376.1.5.3.1.4.13", "1.2.250.1.213.1.1.3.48")
"""Template ids of the entry FR-Simple-Observation: IHE PCC's and CI-SIS's."""


def identifier(*parts: str) -> str:
    """Return the UUID of what the parts name, in capitals, as the agency's examples write it."""
    return str(uuid5(_NAMESPACE, "\x1f".join(parts))).upper()


def day(value: date | None) -> dict[str, str]:
    """Return the attributes of a point in time: a day, or that it is unknown."""
    return {"nullFlavor": "UNK"} if value is None else {"value": value.strftime("%Y%m%d")}


def add(parent: "Element", tag: str, text: str | None = None, **attributes: str) -> "Element":
    """Append an element of the HL7 namespace; a trailing ``_`` of an attribute's name is cut."""
    child = etree.SubElement(parent, f"{{{HL7}}}{tag}")
    for name, value in attributes.items():
        child.set(name.rstrip("_"), value)
    if text is not None:
        child.text = text
    return child


def templates(parent: "Element", *roots: str) -> None:
    """Append template ids."""
    for root in roots:
        add(parent, "templateId", root=root)


def concept(parent: "Element", tag: str, said: Concept) -> "Element":
    """Append a coded element."""
    attributes = {"code": said.code, "codeSystem": said.system}
    if said.name:
        attributes["displayName"] = said.name
    if said.system in SYSTEM_NAMES:
        attributes["codeSystemName"] = SYSTEM_NAMES[said.system]
    return add(parent, tag, **attributes)


def typed(element: "Element", kind: str) -> "Element":
    """Set an element's data type: CD, PQ, ST or TS."""
    element.set(TYPE, kind)
    return element


def observation(
    parent: "Element", code: Concept, anchor: str, id_: str, observed: date | None = None
) -> "Element":
    """Append an FR-Simple-Observation without its value; `anchor` is its place in the narrative."""
    found = add(parent, "observation", classCode="OBS", moodCode="EVN")
    templates(found, *SIMPLE_OBSERVATION)
    add(found, "id", root=id_)
    concept(found, "code", code)
    add(add(found, "text"), "reference", value=f"#{anchor}")
    add(found, "statusCode", code="completed")
    when = {"nullFlavor": "NA"} if observed is None else day(observed)
    add(found, "effectiveTime", **when)
    return found


def narrative(parent: "Element", rows: list[tuple[str, str, str | None]]) -> None:
    """Append a section's table: name, text, and the id that an entry refers to."""
    body = add(add(add(parent, "text"), "table", border="0"), "tbody")
    for name, text, anchor in rows:
        row = add(body, "tr")
        add(row, "td", name)
        if anchor is None:
            add(row, "td", text)
        else:
            add(add(row, "td"), "content", text, ID=anchor)


def serialised(root: "Element") -> bytes:
    """Return the document's bytes: UTF-8, two-space indent, a final newline."""
    etree.indent(root)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8")) + b"\n"
