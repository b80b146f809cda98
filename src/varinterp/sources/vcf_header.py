"""The header of a VCF: what it declares, and what is wrong with it."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from varinterp.sources.fault_book import FaultBook, shown
from varinterp.sources.names import NAME
from varinterp.sources.vcf_container import DamageError
from varinterp.sources.vcf_definitions import (
    LETTERS,
    RESERVED_FORMAT,
    RESERVED_INFO,
    TYPES,
    Definition,
)
from varinterp.sources.vcf_lines import LineBlocks

FIXED = ("CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO")
_VERSION = re.compile(r"##fileformat=VCFv4\.[0-5]")
_FIELD = re.compile(r'([A-Za-z0-9_.]+)=("(?:[^"\\]|\\.)*"|[^,"<>]*)(?:,|$)')
_CSQ_FORMAT = re.compile(r"Format: ?([^\"]+)")
_COUNT = re.compile(r"[0-9]{1,10}", re.ASCII)
_MAX_LINES = 100_000
_STRUCTURED = ("INFO", "FORMAT", "FILTER", "ALT", "contig")
_REQUIRED = {
    "INFO": ("ID", "Number", "Type", "Description"),
    "FORMAT": ("ID", "Number", "Type", "Description"),
    "FILTER": ("ID", "Description"),
    "ALT": ("ID", "Description"),
    "contig": ("ID",),
}


@dataclass(slots=True)
class Header:
    """What a header says. `first_record` is the 1-based line after it."""

    version: str = ""
    samples: tuple[str, ...] = ()
    genotypes: bool = False
    columns_line: int = 0
    info: dict[str, Definition] = field(default_factory=dict)
    formats: dict[str, Definition] = field(default_factory=dict)
    filters: set[str] = field(default_factory=set)
    alts: set[str] = field(default_factory=set)
    contigs: dict[str, int | None] = field(default_factory=dict)
    contig_lines: dict[str, int] = field(default_factory=dict)
    csq_fields: tuple[str, ...] = ()
    reference: str = ""

    @property
    def columns(self) -> int:
        """Tab-separated columns of every record."""
        return len(FIXED) + (1 + len(self.samples) if self.genotypes else 0)


def read_header(lines: LineBlocks, book: FaultBook) -> Header | None:
    """Read up to the #CHROM line, leaving `lines` after it; None when there is no usable one."""
    header = Header()
    for number, raw in _header_lines(lines):
        text = _decoded(raw, number, book)
        if text.startswith("##"):
            _meta(header, text, number, book)
        else:
            return header if _columns(header, text, number, book) else None
    book.add("vcf.no_columns", "none", lines.line)
    return None


def _header_lines(lines: LineBlocks) -> Iterator[tuple[int, bytes]]:
    """Yield the lines that start with '#', up to and with the first that has one only."""
    while data := lines.read():
        at = 0
        while at < len(data):
            end = data.index(b"\n", at)
            raw = data[at:end]
            if not raw.startswith(b"#"):
                lines.unread(data[at:])
                return
            if lines.line > _MAX_LINES:
                raise DamageError("vcf.header_long", f"more than {_MAX_LINES:,}")
            at = end + 1
            lines.line += 1
            if not raw.startswith(b"##"):
                lines.unread(data[at:])
            yield lines.line - 1, raw
            if not raw.startswith(b"##"):
                return


def _decoded(raw: bytes, line: int, book: FaultBook) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        book.add("vcf.header_not_utf8", "other bytes", line)
        return raw.decode(errors="replace")


def _meta(header: Header, text: str, line: int, book: FaultBook) -> None:
    key, equals, value = text[2:].partition("=")
    if line == 1:
        header.version = value
        if not _VERSION.fullmatch(text):
            book.add("vcf.version", shown(value), line)
        return
    if not equals or not key or not value:
        book.add("vcf.meta", shown(text), line)
    elif key in _STRUCTURED:
        _structured(header, key, value, line, book)
    elif key == "reference":
        header.reference = value


def attributes(value: str) -> dict[str, str] | None:
    """Return the fields of ``<ID=…,Number=…>`` in order, or None when it is not well formed."""
    if not (value.startswith("<") and value.endswith(">")):
        return None
    body, at, found = value[1:-1], 0, {}
    while at < len(body):
        match = _FIELD.match(body, at)
        if match is None or match.end() == at:
            return None
        found[match[1]] = match[2]
        at = match.end()
    return found


def _structured(header: Header, key: str, value: str, line: int, book: FaultBook) -> None:
    fields = attributes(value)
    problem = "no <…> with key=value fields" if fields is None else _problem(key, fields)
    if fields is None or problem:
        book.add("vcf.definition", problem, line, f"##{key}")
        return
    name = fields["ID"]
    if key == "contig":
        _contig(header, name, fields, line, book)
    elif key == "FILTER":
        header.filters.add(name)
    elif key == "ALT":
        header.alts.add(name)
    else:
        _define(header, key, name, fields, line, book)


def _problem(key: str, fields: Mapping[str, str]) -> str:
    required = _REQUIRED[key]
    missing = [name for name in required if not fields.get(name)]
    if missing:
        return f"no {missing[0]}"
    if '"' in fields["ID"] or any(character in fields["ID"] for character in " ,<>"):
        return "an ID with a quote, space, comma or angle bracket"
    if "Description" in required and not fields["Description"].startswith('"'):
        return "a Description without quotes"
    if "Type" in required and fields["Type"] not in TYPES:
        return f"Type {shown(fields['Type'])}"
    number = fields.get("Number", "0")
    if "Number" in required and not (_COUNT.fullmatch(number) or number in LETTERS):
        return f"Number {shown(number)}"
    return ""


def _contig(
    header: Header, name: str, fields: Mapping[str, str], line: int, book: FaultBook
) -> None:
    length = fields.get("length", "")
    if length and not _COUNT.fullmatch(length):
        book.add("vcf.definition", f"length {shown(length)}", line, "##contig")
        return
    value = int(length) if length else None
    known = header.contigs.get(name)
    header.contigs[name] = known if value is None else value
    if None not in (known, value) and known != value:
        book.add("vcf.definition", "two lengths for one contig", line, "##contig")
    header.contig_lines.setdefault(name, line)


def _define(
    header: Header, key: str, name: str, fields: Mapping[str, str], line: int, book: FaultBook
) -> None:
    table = header.info if key == "INFO" else header.formats
    reserved = (RESERVED_INFO if key == "INFO" else RESERVED_FORMAT).get(name)
    definition = Definition(fields["Number"], fields["Type"])
    if name in table:
        book.add("vcf.definition_twice", f"a second {key} {shown(name)}", line)
        return
    # Older GATK declares AD with Number=.: the specification's number holds where ours is open.
    is_open = reserved == Definition(reserved.number if reserved else "", definition.type)
    table[name] = reserved if reserved and is_open and definition.number == "." else definition
    if name == "GT" and key == "FORMAT" and table[name] != reserved:
        book.add("vcf.definition", "a GT that is not one String", line, "##FORMAT")
    elif reserved not in (None, table[name]):
        found = f"{key} {name} with Number={definition.number}, Type={definition.type}"
        book.add("vcf.definition_odd", found, line)
    if name == "CSQ" and (layout := _CSQ_FORMAT.search(fields["Description"])):
        header.csq_fields = tuple(layout[1].split("|"))


def _columns(header: Header, text: str, line: int, book: FaultBook) -> bool:
    names = text[1:].split("\t")
    if tuple(names[: len(FIXED)]) != FIXED or (len(names) > 8 and names[8] != "FORMAT"):
        book.add("vcf.columns", f"{len(names)} columns, not those", line)
        return False
    header.columns_line = line
    header.genotypes = len(names) > len(FIXED)
    header.samples = tuple(names[len(FIXED) + 1 :])
    _samples(header.samples, line, book)
    return True


def _samples(samples: Sequence[str], line: int, book: FaultBook) -> None:
    exact = Counter(samples)
    folded = Counter(name.casefold() for name in samples)
    for index, name in enumerate(samples):
        column = f"column {len(FIXED) + 2 + index}"
        if not NAME.fullmatch(name):
            book.add("vcf.sample_name", "another name", line, column)
        if exact[name] > 1:
            book.add("vcf.sample_twice", "a name that another column has", line, column)
        elif folded[name.casefold()] > 1:
            book.add("vcf.sample_case", "a name that another column has", line, column)
