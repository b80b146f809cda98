"""Reading a rendered page as a browser and a reader would."""

import re
from collections import Counter
from dataclasses import dataclass
from html.parser import HTMLParser

VOID = frozenset({"meta", "link", "br", "img", "hr", "input"})

_NUMBER = re.compile(r"(?<![\w.-])\d+(?:\.\d+)?(?![\w-])")
_ID = re.compile(
    r"(?:HP|OMIM|PMID|HGNC|GRCh38):[\w-]+|PMID \d+|ENST\d+\.\d+|NM_\d+\.\d+|NC_\d+\.\d+:g\.\S+"
    r"|rs\d+|p\.\([^)\s]*\)|[cgn]\.[^\s):,;]+|\b[PB](?:VS|S|M|P|A)\d\b"
)


@dataclass(slots=True)
class Element:
    """A start tag with its attributes."""

    tag: str
    attributes: dict[str, str | None]


class Page(HTMLParser):
    """The elements of a page in order, its visible text, and the tags left open."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self.words: list[str] = []
        self.open: list[str] = []
        self.mistakes: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.mistakes.append(tag)

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words.append(data)

    @property
    def text(self) -> str:
        """The visible text, spaces collapsed; no-break spaces are kept."""
        return re.sub(r"[ \n]+", " ", " ".join(self.words)).strip()

    def all(self, tag: str) -> list[Element]:
        """Every element of a tag."""
        return [element for element in self.elements if element.tag == tag]

    def values(self, attribute: str) -> list[str]:
        """Every value of an attribute."""
        return [
            value
            for element in self.elements
            if (value := element.attributes.get(attribute)) is not None
        ]


def facts(page: Page) -> tuple[Counter[str], Counter[str]]:
    """Return the ids and the numbers of a page, as if English had written them."""
    french = page.all("html")[0].attributes["lang"] == "fr"
    group, point = ("\N{NARROW NO-BREAK SPACE}", ",") if french else (",", ".")
    text = re.sub(rf"(?<=\d){group}(?=\d{{3}}(?!\d))", "", page.text)
    text = re.sub(rf"(?<=\d)\{point}(?=\d)", ".", text)
    return Counter(_ID.findall(text)), Counter(_NUMBER.findall(_ID.sub(" ", text)))
