"""The formats that a catalogue may name, and whether a file's beginning is of its format.

A server that has nothing to give often answers with a page and status 200: what arrives is looked
at before it is believed.
"""

import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from varinterp.errors import ReleaseError

HEAD_BYTES = 1 << 16
"""As much of a file's beginning as is looked at."""

GZIP_MAGIC = b"\x1f\x8b"
BIGWIG_MAGICS = (b"\x26\xfc\x8f\x88", b"\x88\x8f\xfc\x26")
_ZIP_MAGIC = b"PK\x03\x04"
_BOM = b"\xef\xbb\xbf"
_ERROR_ROOTS = (b"<error", b"<html", b"<!doctype html")


class Wrapping(StrEnum):
    """How a file's content is compressed."""

    PLAIN = "plain"
    GZIP = "gzip"
    BGZF = "bgzf"  # gzip in blocks, with an empty block at the end that proves it whole


class Shape(StrEnum):
    """What a file's content is once it is decompressed."""

    VCF = "vcf"
    TABS = "tabs"
    COMMAS = "commas"
    TEXT = "text"
    JSON = "json"
    XML = "xml"
    OBO = "obo"
    GFF3 = "gff3"
    WIGFIX = "wigfix"
    BIGWIG = "bigwig"
    PARQUET = "parquet"
    ZIP = "zip"
    TAR = "tar"


@dataclass(frozen=True, slots=True)
class UpstreamFormat:
    """A format by its name in the catalogue; `suffixes` are what its files' names end with."""

    name: str
    shape: Shape
    wrapping: Wrapping
    suffixes: tuple[str, ...]

    @property
    def compressed(self) -> bool:
        """Whether the file itself is gzip."""
        return self.wrapping is not Wrapping.PLAIN


def _format(name: str, shape: Shape, wrapping: Wrapping, *suffixes: str) -> UpstreamFormat:
    return UpstreamFormat(name, shape, wrapping, suffixes)


FORMATS: Mapping[str, UpstreamFormat] = {
    one.name: one
    for one in (
        _format("vcf", Shape.VCF, Wrapping.PLAIN, ".vcf"),
        _format("vcf.gz", Shape.VCF, Wrapping.GZIP, ".vcf.gz", ".vcf.bgz"),
        _format("vcf.bgz", Shape.VCF, Wrapping.BGZF, ".vcf.gz", ".vcf.bgz"),
        _format("tsv", Shape.TABS, Wrapping.PLAIN, ".tsv", ".txt", ".hpoa"),
        _format("tsv.gz", Shape.TABS, Wrapping.GZIP, ".tsv.gz", ".txt.gz", ".tsv.bgz"),
        _format("tsv.bgz", Shape.TABS, Wrapping.BGZF, ".tsv.gz", ".tsv.bgz"),
        _format("csv", Shape.COMMAS, Wrapping.PLAIN, ".csv"),
        _format("csv.gz", Shape.COMMAS, Wrapping.GZIP, ".csv.gz"),
        _format("txt", Shape.TEXT, Wrapping.PLAIN, ".txt"),
        _format("txt.gz", Shape.TEXT, Wrapping.GZIP, ".txt.gz"),
        _format("json", Shape.JSON, Wrapping.PLAIN, ".json"),
        _format("json_pages", Shape.JSON, Wrapping.PLAIN, ".json"),
        _format("xml", Shape.XML, Wrapping.PLAIN, ".xml"),
        _format("obo", Shape.OBO, Wrapping.PLAIN, ".obo"),
        _format("gff3.gz", Shape.GFF3, Wrapping.GZIP, ".gff.gz", ".gff3.gz"),
        _format("wigfix.gz", Shape.WIGFIX, Wrapping.GZIP, ".wigFix.gz"),
        _format("bigwig", Shape.BIGWIG, Wrapping.PLAIN, ".bw", ".bigWig"),
        _format("parquet", Shape.PARQUET, Wrapping.PLAIN, ".parquet"),
        _format("zip", Shape.ZIP, Wrapping.PLAIN, ".zip"),
        _format("tar.gz", Shape.TAR, Wrapping.GZIP, ".tar.gz"),
    )
}
"""``json_pages`` is a list that a programming interface gives in pages, each naming the next."""


class WrongContentError(ReleaseError):
    """What arrived is not of the format that the catalogue names, or not whole."""


def upstream_format(name: str) -> UpstreamFormat:
    """Return a format; raise ReleaseError for a name that is not known."""
    try:
        return FORMATS[name]
    except KeyError:
        raise ReleaseError(
            f"the catalogue names the format {name!r}; known are {', '.join(sorted(FORMATS))}"
        ) from None


def check_head(head: bytes, expected: UpstreamFormat) -> None:
    """Raise WrongContentError when a file's first bytes are not of its format."""
    if not head:
        raise WrongContentError("it is empty")
    if expected.compressed and not head.startswith(GZIP_MAGIC):
        raise WrongContentError(f"it is {described(head)}, not gzip")
    if expected.wrapping is Wrapping.BGZF and head[12:14] != b"BC":
        raise WrongContentError("it is plain gzip, not gzip in blocks (BGZF)")
    inside = inflated(head) if expected.compressed else head
    if not _IS[expected.shape](inside.removeprefix(_BOM).lstrip()):
        raise WrongContentError(f"it holds {described(inside)}, not {expected.shape}")


def described(head: bytes) -> str:
    """Say what bytes look like, for a message: their kind, and never more than a few of them."""
    text = head.removeprefix(_BOM).lstrip()
    lowered = text[:200].lower()
    for magic, word in ((GZIP_MAGIC, "gzip"), (_ZIP_MAGIC, "a zip archive")):
        if head.startswith(magic):
            return word
    if lowered.startswith((b"<!doctype html", b"<html")):
        return "a web page"
    if lowered.startswith((b"<?xml", b"<error")):
        return "an XML document"
    if lowered.startswith((b"{", b"[")):
        return "JSON"
    if not text:
        return "nothing"
    return f"something that begins with {text[:24]!r}"


def inflated(head: bytes) -> bytes:
    """Return what the beginning of a gzip file holds; raise WrongContentError when it is broken."""
    try:
        return zlib.decompressobj(wbits=31).decompress(head, HEAD_BYTES)
    except zlib.error as error:
        raise WrongContentError(f"it is broken gzip ({error})") from None


def _is_text(text: bytes) -> bool:
    return b"\0" not in text and not text.startswith((b"<", b"{", b"["))


def _is_xml(text: bytes) -> bool:
    lowered = text[:4096].lower()
    if not lowered.startswith(b"<"):
        return False
    body = lowered.partition(b"?>")[2].lstrip() if lowered.startswith(b"<?xml") else lowered
    return not body.startswith(_ERROR_ROOTS)


_IS: Mapping[Shape, Callable[[bytes], bool]] = {
    Shape.VCF: lambda text: text.startswith(b"##fileformat=VCF"),
    Shape.TABS: lambda text: _is_text(text) and b"\t" in text,
    Shape.COMMAS: lambda text: _is_text(text) and b"," in text,
    Shape.TEXT: lambda text: bool(text) and _is_text(text),
    Shape.JSON: lambda text: text.startswith((b"{", b"[")),
    Shape.XML: _is_xml,
    Shape.OBO: lambda text: text.startswith(b"format-version:"),
    Shape.GFF3: lambda text: text.startswith(b"##gff-version"),
    Shape.WIGFIX: lambda text: text.startswith((b"fixedStep", b"track", b"#")),
    Shape.BIGWIG: lambda text: text.startswith(BIGWIG_MAGICS),
    Shape.PARQUET: lambda text: text.startswith(b"PAR1"),
    Shape.ZIP: lambda text: text.startswith(_ZIP_MAGIC),
    Shape.TAR: lambda text: text[257:262] == b"ustar",
}
