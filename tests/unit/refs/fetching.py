"""A source with one file, an upstream that serves it, and a fetch that does not wait."""

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from upstream.server import Upstream, upstream
from varinterp.refs.catalogue import Catalogue
from varinterp.refs.fetch import Fetched, FetchOptions, fetch, fetched_folder
from varinterp.refs.fetching.patience import Patience
from varinterp.refs.fetching.whole import BGZF_END

HOST = "ftp.example.org"
URL = f"https://{HOST}/clinvar/clinvar_{{yyyymmdd}}.vcf.gz"
ADDRESS = f"{HOST}/clinvar/clinvar_20261115.vcf.gz"
DATED = date(2026, 11, 15)
TODAY = date(2026, 11, 22)
LICENCE = {"name": "public domain", "url": "https://example.org", "commercial_use": "allowed"}
VCF = b"##fileformat=VCFv4.1\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n" + b"".join(
    b"22\t%d\t%d\tG\tA\t.\t.\tCLNSIG=Benign;NOTE=%d\n" % (n, n, n * n * 7919) for n in range(3000)
)


def bgzf(data: bytes) -> bytes:
    """Gzip in blocks, with the empty one at the end."""
    return b"".join(_block(data[i : i + 60_000]) for i in range(0, len(data), 60_000)) + BGZF_END


def _block(data: bytes) -> bytes:
    deflate = zlib.compressobj(6, zlib.DEFLATED, -15)
    body = deflate.compress(data) + deflate.flush()
    size = len(body) + 25
    head = b"\x1f\x8b\x08\x04\0\0\0\0\0\xff\x06\0BC\x02\0" + size.to_bytes(2, "little")
    return head + body + zlib.crc32(data).to_bytes(4, "little") + len(data).to_bytes(4, "little")


def zipped(data: bytes) -> bytes:
    """An archive with one member."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("scores.csv", data)
    return out.getvalue()


def gzipped(data: bytes) -> bytes:
    """Plain gzip, the same each time."""
    return gzip.compress(data, mtime=0)


CONTENT = bgzf(VCF)


def catalogue(files: dict[str, dict[str, Any]] | None = None, *hosts: str) -> Catalogue:
    """A catalogue with the source ``clinvar``."""
    source = {
        "title": "ClinVar",
        "description": "Classified variants",
        "homepage": "https://example.org",
        "licence": LICENCE,
        "citation": "none",
        "cadence": "weekly",
        "stale_after_days": 30,
        "files": files or {"vcf": {"format": "vcf.bgz", "url": URL}},
    }
    return Catalogue.model_validate(
        {"schema_version": 1, "hosts": [HOST, *hosts], "sources": {"clinvar": source}}
    )


@dataclass
class Desk:
    """A folder of references beside an upstream; `pauses` are the waits that a fetch wished for."""

    root: Path
    upstream: Upstream
    pauses: list[float] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    progress: list[tuple[str, int, int | None]] = field(default_factory=list)
    catalogue: Catalogue = field(default_factory=catalogue)
    release: str = "2026-11-15"

    @property
    def folder(self) -> Path:
        """Where the files come to."""
        return fetched_folder(self.root, "clinvar", self.release)

    def fetch(self, *, dated: date = DATED, **options: Any) -> Fetched:
        """Fetch the source, with bounds of patience among the options."""
        bounds = {name: options.pop(name) for name in list(options) if hasattr(Patience, name)}
        chosen = FetchOptions(
            mirrors=self.upstream.mirrors(self.catalogue.hosts),
            progress=lambda path, done, total: self.progress.append((path.name, done, total)),
            told=self.told.append,
            patience=self.patience(**bounds),
            today=TODAY,
        )
        return fetch(
            "clinvar",
            self.catalogue["clinvar"],
            self.catalogue,
            self.release,
            dated,
            self.root,
            replace(chosen, **options),
        )

    def patience(self, **bounds: Any) -> Patience:
        """Waits for nothing, and remembers what it would have waited."""
        quick = {"sleep": self.pauses.append, "chance": lambda: 1.0, "silence": 5.0}
        return Patience(**{**quick, **bounds})

    def got(self) -> bytes:
        """The file that was fetched."""
        return (self.folder / "vcf" / "clinvar_20261115.vcf.gz").read_bytes()


@contextmanager
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk whose upstream has the file."""
    with upstream(tmp_path / "upstream") as server:
        server.put(ADDRESS, CONTENT)
        yield Desk(tmp_path / "refs", server)
