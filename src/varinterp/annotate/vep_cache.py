"""A small VEP cache, in the Parquet form of vepyr 0.10.0, from transcripts and a FASTA.

A laboratory converts Ensembl's own cache with ``vepyr build-cache``; this builder serves where
there is none: the demo, tests, and transcripts that Ensembl lacks. Established by trying:

- one folder an entity, one ``chrN.parquet`` a chromosome, a ``chrom_manifest.json`` each;
- the Arrow schemas, with their metadata, of a cache that vepyr built (`vep_schema/`), a page
  index in every file, and contig values without ``chr``;
- at least one `variation` row on every chromosome: the allele at that site is then reported as
  known, and a chromosome without one cannot be annotated at all.

The same input gives the same bytes.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from importlib.resources import as_file, files
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pysam

from varinterp.annotate.genetic_code import Recoding
from varinterp.annotate.mitochondrial_genes import Rna
from varinterp.annotate.vep_rna_rows import rna_exon_row, rna_transcript_row
from varinterp.annotate.vep_rows import (
    VEP_RELEASE,
    Fetch,
    Row,
    Sequenced,
    exon_rows,
    sequence,
    transcript_row,
    translation_row,
)
from varinterp.errors import ReleaseError, StageError
from varinterp.files import atomic_write, write_text
from varinterp.model.chromosome import Chromosome
from varinterp.model.transcript import Span, Transcript
from varinterp.model.variant import Allele

MANIFEST = "chrom_manifest.json"
_FROM_TRANSCRIPTS = ("transcript", "exon", "translation_core")
_EMPTY = ("translation_sift", "regulatory", "motif")

_POLICY = {
    "schema_version": 1,
    "cache_source_type": "ensembl",
    "cache_version": VEP_RELEASE,
    "bam_edited": False,
}

Shards = dict[Chromosome, list[Row]]
KnownSnp = tuple[str, int, str, str, str]
"""A real substitution: chromosome, 1-based position, REF, ALT, rsid."""


def build_vep_cache(
    transcripts: Iterable[Transcript],
    fasta: Path,
    variation: Iterable[KnownSnp],
    out: Path,
    *,
    recoded: Mapping[str, Recoding] | None = None,
    ensembl_genes: Mapping[str, str] | None = None,
    left_out: dict[str, str] | None = None,
    rnas: Iterable[Rna] = (),
) -> None:
    """Write a VEP cache of `transcripts` and `rnas` to the folder `out`, empty or absent.

    `fasta` is indexed, its contigs named ``22`` or ``chr22``. `recoded` names transcripts or genes
    whose CDS does not run from ATG to its first stop, `ensembl_genes` maps a transcript's id to
    its ENSG. A transcript whose coding sequence does not read from its start to its stop would be
    named wrongly: it raises ReleaseError with every such transcript, or, where `left_out` is given,
    stays out of the cache and is put there with the reason. Raises ReleaseError also for every
    variant whose REF is not the reference's, and StageError when `out` holds files.
    """
    if out.is_dir() and any(out.iterdir()):
        raise StageError(f"{out} is not empty: remove it, or build the cache elsewhere")
    with pysam.FastaFile(str(fasta)) as reference:
        fetch = fetcher(reference)
        sequenced, unread = _sequence_all(transcripts, fetch, recoded or {})
        shards = _transcript_rows(sequenced, ensembl_genes or {})
        _add_rnas(shards, rnas, fetch)
        known = _known_rows(variation, fetch)
    if unread and left_out is None:
        raise ReleaseError("\n".join(f"{name}: {reason}" for name, reason in unread.items()))
    if left_out is not None:
        left_out.update(unread)
    bare = sorted(shards["transcript"].keys() - known.keys(), key=lambda each: each.code)
    if bare:
        raise ReleaseError(f"no known variant on chromosome {', '.join(bare)}: give at least one")
    _write({**shards, "variation": known}, out)


def shard(cache: Path, entity: str, chromosome: Chromosome) -> Path:
    """Return the file of an entity on a chromosome; raise StageError when the cache has none."""
    manifest = cache / entity / MANIFEST
    try:
        entries = json.loads(manifest.read_bytes())
    except (OSError, ValueError) as error:
        raise StageError(f"{cache} is not a vepyr cache: {manifest} cannot be read") from error
    for entry in entries:
        if Chromosome.parse(entry["chrom"]) is chromosome:
            return cache / entity / str(entry["dataset"])
    raise StageError(f"the VEP cache {cache} has no {entity} of chromosome {chromosome}: build it")


def transcript_strands(cache: Path, chromosome: Chromosome) -> dict[str, int]:
    """Return the strand of a cache's transcripts on a chromosome, by id without its version."""
    path = shard(cache, "transcript", chromosome)
    try:
        table = pq.ParquetFile(path).read(columns=["stable_id", "strand"])  # type: ignore[no-untyped-call]
    except (OSError, pa.ArrowInvalid) as error:
        raise StageError(f"{path} cannot be read: build the VEP cache again") from error
    rows = zip(table["stable_id"].to_pylist(), table["strand"].to_pylist(), strict=True)
    return {name.partition(".")[0]: int(strand) for name, strand in rows}


def fetcher(reference: pysam.FastaFile) -> Fetch:
    """Return a reader of the FASTA by chromosome, whatever its contigs are called."""
    contigs: dict[Chromosome, str] = {}
    for contig in reference.references:
        chromosome = Chromosome.parse(contig)
        if chromosome is not None:
            contigs.setdefault(chromosome, contig)

    def fetch(chromosome: Chromosome, span: Span) -> str:
        if chromosome not in contigs:
            raise ValueError(f"the reference has no chromosome {chromosome}")
        bases = str(reference.fetch(contigs[chromosome], span.start - 1, span.end)).upper()
        if len(bases) != len(span):
            raise ValueError(f"the reference ends before {chromosome}:{span.end}")
        return bases

    return fetch


def _sequence_all(
    transcripts: Iterable[Transcript], fetch: Fetch, recoded: Mapping[str, Recoding]
) -> tuple[list[Sequenced], dict[str, str]]:
    """Read every transcript; return those that can be read, and why the others cannot."""
    read, unread = [], {}
    for one in sorted(transcripts, key=lambda one: (one.chromosome.code, one.cds.start, one.id)):
        try:
            read.append(sequence(one, fetch, recoded))
        except ValueError as error:
            unread[f"{one.id} ({one.gene})"] = str(error)
    return read, unread


def _known_rows(variation: Iterable[KnownSnp], fetch: Fetch) -> Shards:
    shards: Shards = defaultdict(list)
    faults = []
    for contig, position, ref, alt, rsid in sorted(variation):
        try:
            allele = _snp(contig, position, ref, alt, fetch)
        except ValueError as error:
            faults.append(f"known variant {rsid} at {contig}:{position}: {error}")
        else:
            shards[allele.chromosome].append(_known_row(allele, rsid))
    if faults:
        raise ReleaseError("\n".join(faults))
    return dict(shards)


def _snp(contig: str, position: int, ref: str, alt: str, fetch: Fetch) -> Allele:
    chromosome = Chromosome.parse(contig)
    if chromosome is None:
        raise ValueError("not a primary chromosome")
    allele = Allele(chromosome, position, ref, alt)
    if len(ref) != 1 or len(alt) != 1:
        raise ValueError("not a single-base substitution")
    if fetch(chromosome, Span(position, position)) != ref:
        raise ValueError("its REF is not the reference's base")
    return allele


def _known_row(allele: Allele, rsid: str) -> Row:
    return {
        "chrom": allele.chromosome.value,
        "start": allele.position,
        "end": allele.position,
        "allele_string": f"{allele.ref}/{allele.alt}",
        "failed": False,
        "variation_name": rsid,
        "strand": 1,
        "phenotype_or_disease": False,
        "somatic": False,
        "tier": 0,
    }


def _transcript_rows(sequenced: list[Sequenced], genes: Mapping[str, str]) -> dict[str, Shards]:
    shards: dict[str, Shards] = {entity: defaultdict(list) for entity in _FROM_TRANSCRIPTS}
    for read in sequenced:
        chromosome = read.transcript.chromosome
        gene = genes.get(read.transcript.id)
        number = len(shards["transcript"][chromosome])
        shards["transcript"][chromosome].append(transcript_row(read, number, gene))
        shards["exon"][chromosome].extend(exon_rows(read, gene))
        shards["translation_core"][chromosome].append(translation_row(read))
    return shards


def _add_rnas(shards: dict[str, Shards], rnas: Iterable[Rna], fetch: Fetch) -> None:
    for rna in rnas:
        number = len(shards["transcript"][rna.chromosome])
        shards["transcript"][rna.chromosome].append(rna_transcript_row(rna, fetch, number))
        shards["exon"][rna.chromosome].append(rna_exon_row(rna))


def _write(shards: Mapping[str, Shards], out: Path) -> None:
    for entity in (*_FROM_TRANSCRIPTS, "variation", *_EMPTY):
        entries = [
            _write_shard(entity, chromosome, rows, out / entity)
            for chromosome, rows in sorted(
                shards.get(entity, {}).items(), key=lambda shard: shard[0].code
            )
        ]
        write_text(out / entity / MANIFEST, json.dumps(entries, indent=2) + "\n")
    write_text(out / "reference_policy.json", json.dumps(_POLICY, indent=2) + "\n")


def _write_shard(entity: str, chromosome: Chromosome, rows: list[Row], folder: Path) -> Row:
    name = f"chr{chromosome}"
    table = pa.Table.from_pylist(rows, schema=_schema(entity, chromosome))
    with atomic_write(folder / f"{name}.parquet") as temporary:
        pq.write_table(table, temporary, compression="zstd", write_page_index=True)  # type: ignore[no-untyped-call]
    return {"chrom": name, "dataset": f"{name}.parquet", "rows": len(rows)}


def _schema(entity: str, chromosome: Chromosome) -> pa.Schema:
    """The entity's schema as vepyr wrote it, with the metadata of this chromosome's shard."""
    with as_file(files("varinterp.annotate") / "vep_schema" / f"{entity}.parquet") as path:
        schema = pq.read_schema(path)  # type: ignore[no-untyped-call]
    return schema.with_metadata(
        schema.metadata
        | {
            b"bio.vep.cache_version": VEP_RELEASE.encode(),
            b"bio.vep.chromosomes": json.dumps([chromosome.value]).encode(),
        }
    )
