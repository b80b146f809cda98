"""A laboratory's gene panels as people write them: tab-separated text, or YAML.

The table has a row a gene, columns in any order, and lines that start with ``#`` or are empty are
not read. The YAML has one key, ``panels``, with a mapping a panel and a list of its genes.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from varinterp.errors import Fault, InputError
from varinterp.model.panel import PanelLevel
from varinterp.sources.curations import HGNC, SYMBOL
from varinterp.sources.fault_book import shown
from varinterp.sources.lines import numbered_lines
from varinterp.sources.names import NAME
from varinterp.strict_yaml import load_yaml

REQUIRED = ("panel", "version", "hgnc", "gene")
OPTIONAL = ("title", "level", "source")
PAGE = "see docs/how-to/use-panels.md"
_OF_GENE = frozenset({"hgnc", "gene", "level"})
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class PanelGene:
    """A gene of a panel, by HGNC id with its symbol."""

    hgnc: str
    symbol: str
    level: PanelLevel


@dataclass(frozen=True, slots=True)
class ListedPanel:
    """A panel and its genes in order of HGNC id; `origin` is where the laboratory has it from."""

    id: str
    version: str
    title: str
    origin: str
    genes: tuple[PanelGene, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    cells: Mapping[str, str]

    @property
    def of_panel(self) -> tuple[str, str, str]:
        return self.cells["version"], self.cells.get("title", ""), self.cells.get("source", "")


def read_panel_list(path: Path, symbols: Mapping[str, str]) -> tuple[ListedPanel, ...]:
    """Read panels in order of their ids; raise InputError with all the faults.

    `symbols` are those of genes whose symbol is known otherwise, by HGNC id: another one beside
    the same id is a fault, because one of the two names another gene.
    """
    read = _of_yaml if path.suffix in (".yaml", ".yml") else _of_text
    faults: list[Fault] = []
    by_panel: defaultdict[str, list[_Row]] = defaultdict(list)
    for row in read(path):
        wrong = [_fault(path, row.line, *each) for each in _wrong(row.cells, symbols)]
        faults += wrong
        if not wrong:
            by_panel[row.cells["panel"]].append(row)
    for rows in by_panel.values():
        faults += _between(path, rows)
    if faults:
        raise InputError(sorted(faults, key=lambda fault: fault.line or 0))
    return tuple(_panel(name, rows) for name, rows in sorted(by_panel.items()))


def _panel(name: str, rows: list[_Row]) -> ListedPanel:
    version, title, origin = rows[0].of_panel
    genes = (
        PanelGene(row.cells["hgnc"], row.cells["gene"], _level(row.cells.get("level", "")))
        for row in rows
    )
    return ListedPanel(name, version, title or name, origin, tuple(sorted(genes, key=_number)))


def _number(gene: PanelGene) -> int:
    return int(gene.hgnc.removeprefix("HGNC:"))


def _level(word: str) -> PanelLevel:
    return PanelLevel(word or PanelLevel.GREEN)


def _of_text(path: Path) -> Iterator[_Row]:
    names: list[str] = []
    for line, text in numbered_lines(path):
        if not text.strip() or text.startswith("#"):
            continue
        cells = [cell.strip() for cell in text.removeprefix("\ufeff").split("\t")]
        if not names:
            names = _header(path, line, cells)
        elif len(cells) > len(names):
            found = f"{len(cells)} cells"
            fault = _fault(path, line, "list", found, f"{len(names)} of them", "delete the others")
            raise InputError([fault])
        else:
            yield _Row(line, {**dict.fromkeys(names, ""), **dict(zip(names, cells, strict=False))})


def _header(path: Path, line: int, cells: list[str]) -> list[str]:
    missing = [name for name in REQUIRED if name not in cells]
    unknown = [name for name in cells if name not in (*REQUIRED, *OPTIONAL)]
    if missing or unknown or len(set(cells)) != len(cells):
        found = ", ".join(map(shown, cells[:12]))
        expected = f"{', '.join(REQUIRED)}, and perhaps {', '.join(OPTIONAL)}, each once"
        raise InputError([_fault(path, line, "list", found, expected, PAGE)])
    return cells


def _of_yaml(path: Path) -> Iterator[_Row]:
    """Yield a row a gene; its line is not known, so that faults name panel and place."""
    document = load_yaml(path)
    whole = document if isinstance(document, dict) else {}
    panels = whole.get("panels")
    if not isinstance(panels, list) or set(whole) != {"panels"}:
        raise InputError([_fault(path, 1, "list", "another form", "one key, panels", PAGE)])
    number = 0
    for panel in panels:
        genes = panel.get("genes") if isinstance(panel, dict) else None
        if not isinstance(genes, list) or not all(isinstance(gene, dict) for gene in genes):
            fault = _fault(path, 1, "list", "a panel without genes", "id, version, genes", PAGE)
            raise InputError([fault])
        head = {name: value for name, value in panel.items() if name != "genes"}
        for gene in genes:
            number += 1
            cells = {**{"panel" if key == "id" else key: v for key, v in head.items()}, **gene}
            yield _Row(number, _texts(path, number, cells, gene))


def _texts(
    path: Path, number: int, cells: Mapping[str, Any], gene: Mapping[str, Any]
) -> Mapping[str, str]:
    wrong = (set(cells) - {*REQUIRED, *OPTIONAL}) | (set(gene) - _OF_GENE)
    if wrong:
        found = ", ".join(shown(str(key)) for key in sorted(map(str, wrong)))
        raise InputError([_fault(path, number, "list", found, "the keys of a panel", PAGE)])
    return {str(key): "" if value is None else str(value) for key, value in cells.items()}


def _wrong(
    cells: Mapping[str, str], symbols: Mapping[str, str]
) -> Iterator[tuple[str, str, str, str]]:
    """Yield (column, found, expected, advice) of each cell that is not what it takes."""
    tests: Mapping[str, tuple[Callable[[str], object], str, str]] = {
        "panel": (
            NAME.fullmatch,
            "letters, digits, dot, underscore and hyphen",
            "rename the panel",
        ),
        "version": (_short, "the panel's version", "type one, such as 1.0 or 2026-11-01"),
        "hgnc": (HGNC.fullmatch, "an HGNC id, such as HGNC:25439", "look the gene up at HGNC"),
        "gene": (SYMBOL.fullmatch, "the gene's symbol", "look the gene up at HGNC"),
    }
    for column, (test, expected, advice) in tests.items():
        if not test(cells.get(column, "")):
            yield column, shown(cells.get(column, "")), expected, advice
    level = cells.get("level", "")
    if level and level not in set(PanelLevel):
        yield "level", shown(level), ", ".join(PanelLevel), "type one of them, or nothing"
    for column in ("title", "source"):
        if len(cells.get(column, "")) > _LONGEST:
            yield column, "a long text", f"at most {_LONGEST} characters", "shorten it"
    known = symbols.get(cells.get("hgnc", ""))
    if known is not None and cells.get("gene") != known:
        found = f"{shown(cells.get('gene', ''))} beside the id of {known}"
        yield "gene", found, "id and symbol of one gene", "correct the one of the two that is wrong"


def _short(text: str) -> bool:
    return 0 < len(text) <= 40 and text.isprintable()


def _between(path: Path, rows: list[_Row]) -> Iterator[Fault]:
    """Yield where rows of one panel contradict each other."""
    seen: set[str] = set()
    for row in rows:
        if row.of_panel != rows[0].of_panel:
            yield _fault(
                path, row.line, "version", "another version, title or source",
                "one of each in all rows of a panel", "type the same in all its rows",
            )  # fmt: skip
        if row.cells["hgnc"] in seen:
            yield _fault(path, row.line, "hgnc", "a gene again", "each gene once", "delete a row")
        seen.add(row.cells["hgnc"])


def _fault(path: Path, line: int, column: str, found: str, expected: str, advice: str) -> Fault:
    return Fault(f"panels.{column}", path.name, found, expected, advice, line, column)
