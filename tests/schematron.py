"""A small runner of ISO Schematron with XSLT 2 queries, on Saxon: enough for CI-SIS's documents.

It includes files, expands abstract patterns and writes a stylesheet with a mode a pattern, in
which the first rule that matches an element holds. Variables of patterns are global, as the ISO
skeleton makes them.
"""

import re
from pathlib import Path
from typing import Any

from lxml import etree

SCH = "{http://purl.oclc.org/dsdl/schematron}"
XSL = "http://www.w3.org/1999/XSL/Transform"
_NS = {"xsl": XSL}


class Schematron:
    """A compiled schematron; `failures` tells which assertions a document fails."""

    def __init__(self, path: Path, processor: Any) -> None:
        stylesheet = _stylesheet(path)
        self._processor = processor
        self._xslt = processor.new_xslt30_processor().compile_stylesheet(
            stylesheet_text=etree.tostring(stylesheet, encoding="unicode")
        )

    def failures(self, document: str) -> list[str]:
        """Return the text of each failed assertion."""
        node = self._processor.parse_xml(xml_text=document)
        found = etree.fromstring(self._xslt.transform_to_string(xdm_node=node).encode())
        return [" ".join((failed.text or "").split()) for failed in found]


def _stylesheet(path: Path) -> Any:
    schema = _included(path)
    spaces = {each.get("prefix"): each.get("uri") for each in schema.iter(f"{SCH}ns")}
    for pattern in schema.iter(f"{SCH}pattern"):
        spaces |= {prefix: uri for prefix, uri in pattern.nsmap.items() if prefix}
    sheet = etree.Element(f"{{{XSL}}}stylesheet", nsmap={**_NS, **spaces}, version="2.0")
    sheet.set("{http://www.w3.org/XML/1998/namespace}base", path.as_uri())
    _add(sheet, "output", method="xml", encoding="UTF-8")
    patterns = _concrete(schema)
    for let in (
        *schema.findall(f"{SCH}let"),
        *(x for p in patterns for x in p.findall(f"{SCH}let")),
    ):
        _add(sheet, "variable", name=let.get("name"), select=let.get("value"))
    root = _add(sheet, "template", match="/")
    failed = etree.SubElement(root, "failed")
    for number, pattern in enumerate(patterns):
        mode = f"m{number}"
        _add(failed, "apply-templates", select="*", mode=mode)
        _pattern(sheet, pattern, mode)
    return sheet


def _pattern(sheet: Any, pattern: Any, mode: str) -> None:
    rules = pattern.findall(f"{SCH}rule")
    for place, rule in enumerate(rules):
        template = _add(
            sheet, "template", match=rule.get("context"), mode=mode, priority=str(1000 - place)
        )
        for let in rule.findall(f"{SCH}let"):
            _add(template, "variable", name=let.get("name"), select=let.get("value"))
        for check in rule.findall(f"{SCH}assert"):
            unless = _add(template, "if", test=f"not({check.get('test')})")
            _message(etree.SubElement(unless, "assert"), check)
        for check in rule.findall(f"{SCH}report"):
            _message(
                etree.SubElement(_add(template, "if", test=check.get("test")), "report"), check
            )
        _add(template, "apply-templates", select="*", mode=mode)
    default = _add(sheet, "template", match="*", mode=mode, priority="-5")
    _add(default, "apply-templates", select="*", mode=mode)


def _message(parent: Any, check: Any) -> None:
    _add(parent, "text").text = check.text or ""
    for child in check:
        if child.tag == f"{SCH}value-of":
            _add(parent, "value-of", select=child.get("select"))
        _add(parent, "text").text = child.tail or ""


def _add(parent: Any, tag: str, **attributes: str) -> Any:
    return etree.SubElement(parent, f"{{{XSL}}}{tag}", attributes)


def _included(path: Path) -> Any:
    root = etree.parse(path, etree.XMLParser(remove_comments=True)).getroot()
    for include in list(root.iter(f"{SCH}include")):
        included = _included(path.parent / include.get("href"))
        include.getparent().replace(include, included)
    return root


def _concrete(schema: Any) -> list[Any]:
    patterns = list(schema.iter(f"{SCH}pattern"))
    abstract = {each.get("id"): each for each in patterns if each.get("abstract") == "true"}
    return [
        _expanded(each, abstract[each.get("is-a")]) if each.get("is-a") else each
        for each in patterns
        if each.get("abstract") != "true"
    ]


def _expanded(pattern: Any, model: Any) -> Any:
    values = {each.get("name"): each.get("value") for each in pattern.iter(f"{SCH}param")}
    names = "|".join(sorted(map(re.escape, values), key=len, reverse=True))
    copy = etree.fromstring(etree.tostring(model))
    for element in copy.iter():
        for name, text in element.attrib.items():
            element.set(
                name, re.sub(rf"\$({names})(?![\w-])", lambda found: values[found[1]], text)
            )
    return copy
