"""A VEP cache: Ensembl's own converted (role `cache`), or a small one of MANE's transcripts.

The small one has the 37 mitochondrial genes too, where the reference has their chromosome: MANE,
which is about nuclear genes, has none of them.

Ensembl's ``homo_sapiens_vep_<release>_GRCh38.tar.gz`` goes through `vepyr.build_cache`. Without it
the cache is built of the `mane` release and the reference; vepyr wants one known substitution on
each chromosome, from the role `variation` (a sites VCF with rs numbers, such as ClinVar's) or from
`known` in the catalogue's `build`: rows of chromosome, position, REF, ALT, rs number.
"""

import shutil
import tarfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow.parquet as pq
import pysam
import vepyr

from varinterp.annotate.mitochondrial_genes import (
    KNOWN_SNP,
    Rna,
    mitochondrial_rnas,
    mitochondrial_transcripts,
)
from varinterp.annotate.vep_cache import KnownSnp, build_vep_cache
from varinterp.errors import ReleaseError
from varinterp.model.chromosome import Chromosome
from varinterp.model.transcript import Transcript
from varinterp.pipeline.references.adapter import Adapter, Context
from varinterp.sources.material import Built, Material
from varinterp.sources.sites_vcf import read_sites
from varinterp.sources.transcripts import (
    TRANSCRIPTS_FILE,
    read_transcript_table,
    to_transcripts,
)
from varinterp.sources.vep_transcripts import changed_cache, look_up_cache

CACHE_TYPE = "ensembl"
PARTITIONS = 2
_CHROMOSOMES = [chromosome.value for chromosome in Chromosome]


def build(material: Material, context: Context, folder: Path) -> Built:
    """Write a cache in vepyr's Parquet form."""
    cache = material.optional("cache")
    unread: dict[str, str] = {}
    if cache is not None:
        counts = _converted(cache, material, context.scratch, folder)
    else:
        counts = _from_mane(material, context, folder, unread)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    rows = {path.relative_to(folder).as_posix(): _rows(path) for path in files}
    return Built(rows, counts, {"transcript_unreadable": len(unread)} if unread else {})


def _rows(path: Path) -> int | None:
    if path.suffix != ".parquet":
        return None
    return int(pq.read_metadata(path).num_rows)  # type: ignore[no-untyped-call]


def _converted(cache: Path, material: Material, scratch: Path, folder: Path) -> dict[str, int]:
    """Unpack Ensembl's cache into `scratch`, convert it, and move the result to `folder`."""
    if not material.release.isdecimal():
        raise ReleaseError(
            f"{material.source}@{material.release}: name the release of Ensembl's cache by its "
            "number, such as 116"
        )
    raw = _unpacked(cache, scratch / "raw")
    out = scratch / "converted"
    written = vepyr.build_cache(
        int(material.release),
        str(out),
        cache_type=str(material.settings.get("cache_type", CACHE_TYPE)),
        chroms=_there(raw),
        local_cache=str(raw),
        partitions=PARTITIONS,
        show_progress=False,
    )
    (converted,) = (path for path in out.iterdir() if path.is_dir())
    for entry in converted.iterdir():
        shutil.move(entry, folder / entry.name)
    return _counts((Path(file).relative_to(converted).parts[0], rows) for file, rows in written)


def _unpacked(cache: Path, folder: Path) -> Path:
    """Unpack a tar file, links and paths that leave the folder refused; return the cache in it."""
    try:
        with tarfile.open(cache) as tar:
            tar.extractall(folder, filter="data")
    except (tarfile.TarError, OSError, EOFError) as error:
        raise ReleaseError(f"{cache.name} cannot be unpacked: {error}") from error
    found = sorted(folder.rglob("info.txt"))
    if len(found) != 1:
        raise ReleaseError(f"{cache.name} holds {len(found)} VEP caches (info.txt), expected one")
    return found[0].parent


def _there(raw: Path) -> list[str]:
    folders = {path.name for path in raw.iterdir() if path.is_dir()}
    return [name for name in _CHROMOSOMES if name in folders]


def _from_mane(
    material: Material, context: Context, folder: Path, unread: dict[str, str]
) -> dict[str, int]:
    table = read_transcript_table(context.releases["mane"].file(TRANSCRIPTS_FILE))
    genes = zip(table["id"], table["ensembl_gene"], strict=True)
    ensembl_genes = {id_: gene for id_, gene in genes if gene}
    mitochondrial: Mapping[Transcript, str] = {}
    rnas: tuple[Rna, ...] = ()
    if _has_mitochondria(context.fasta()):
        mitochondrial, rnas = mitochondrial_transcripts(), mitochondrial_rnas()
        ensembl_genes |= {each.id: gene for each, gene in mitochondrial.items()}
    transcripts = (*to_transcripts(table).values(), *mitochondrial)
    used = {each.chromosome.value for each in transcripts}
    used |= {each.chromosome.value for each in rnas}
    known = _known(material, frozenset(used))
    build_vep_cache(
        transcripts,
        context.fasta(),
        known,
        folder,
        ensembl_genes=ensembl_genes,
        left_out=unread,
        rnas=rnas,
    )
    return {"transcript": len(transcripts) + len(rnas) - len(unread), "variation": len(known)}


def _has_mitochondria(fasta: Path) -> bool:
    with pysam.FastaFile(str(fasta)) as reference:
        return any(Chromosome.parse(name) is Chromosome.MT for name in reference.references)


def _known(material: Material, chromosomes: frozenset[str]) -> tuple[KnownSnp, ...]:
    """Return known substitutions of the chromosomes: those of the settings, else one of a VCF.

    Of mitochondrial DNA one is known in any case.
    """
    vcf = material.optional("variation")
    found = tuple(_stated(material, chromosomes) if vcf is None else _listed(vcf, chromosomes))
    bare = chromosomes - {each[0] for each in found}
    return (*found, KNOWN_SNP) if KNOWN_SNP[0] in bare else found


def _stated(material: Material, chromosomes: frozenset[str]) -> Iterator[KnownSnp]:
    stated: Sequence[Sequence[Any]] = material.settings.get("known", ())
    for chromosome, position, ref, alt, rsid in stated:
        if str(chromosome) in chromosomes:
            yield str(chromosome), int(position), str(ref), str(alt), str(rsid)


def _listed(vcf: Path, chromosomes: frozenset[str]) -> Iterator[KnownSnp]:
    missing = set(chromosomes)
    for block in read_sites(vcf, {"RS": pl.String}):
        first = block.filter(_SUBSTITUTION, pl.col("chromosome").is_in(missing)).unique(
            "chromosome", keep="first", maintain_order=True
        )
        yield from first.select("chromosome", "position", "ref", "alt", _RSID).iter_rows()
        missing -= set(first["chromosome"])
        if not missing:
            return


def _counts(written: Iterable[tuple[str, int]]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for entity, rows in written:
        counts[entity] += rows
    return dict(sorted(counts.items()))


_BASE = r"^[ACGT]$"
_RSID = pl.coalesce(
    pl.col("id").str.extract(r"^(rs\d+)$", 1), "rs" + pl.col("RS").str.extract(r"^(\d+)", 1)
)
_SUBSTITUTION = (
    pl.col("ref").str.contains(_BASE) & pl.col("alt").str.contains(_BASE) & _RSID.is_not_null()
)


ADAPTER = Adapter(build=build, lookup=look_up_cache, changes=changed_cache)
