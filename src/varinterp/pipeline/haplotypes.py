"""The neighbours of coding candidates on their own haplotype: the `joint` of `candidates.parquet`.

Neighbours are looked for among all alleles of the proband, not only among the candidates: a common
substitution beside a rare one changes what the rare one means.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa
import pysam

from varinterp.annotate.haplotype import Coding, edit_of
from varinterp.annotate.neighbours import Carried, carried, joint
from varinterp.annotate.vep_cache import fetcher
from varinterp.annotate.vep_rows import sequence, to_coding
from varinterp.model.family import Family
from varinterp.model.transcript import Joint, JointPhase, Term, Transcript
from varinterp.model.variant import Allele
from varinterp.pipeline.genotypes import family_genotypes

JOINT = pa.struct(
    [
        pa.field("phase", pa.string()),
        pa.field("partners", pa.list_(pa.string())),
        pa.field("terms", pa.list_(pa.string())),
        pa.field("hgvs_p", pa.string()),
        pa.field("codon", pa.int32()),
        pa.field("ref_aa", pa.string()),
        pa.field("alt_aa", pa.string()),
        pa.field("differs", pa.bool_()),
    ]
)
"""`model.transcript.Joint`; null where an allele has no neighbour on its haplotype."""

_JOINT = pl.Struct(
    {
        "phase": pl.String,
        "partners": pl.List(pl.String),
        "terms": pl.List(pl.String),
        "hgvs_p": pl.String,
        "codon": pl.Int32,
        "ref_aa": pl.String,
        "alt_aa": pl.String,
        "differs": pl.Boolean,
    }
)
_ALLELE = ["chromosome", "position", "ref", "alt"]
Place = tuple[str, str]


def with_joint(
    rows: pl.DataFrame,
    variants: pl.LazyFrame,
    family: Family,
    transcripts: Mapping[str, Transcript],
    reference: Path,
) -> pl.DataFrame:
    """Give each candidate on a transcript its `joint`; the order of the rows is kept.

    `variants` are the family's alleles by key, all that lie in coding parts among them;
    `transcripts` those whose structure is known.
    """
    coding = rows.filter(pl.col("cds_position").is_not_null())
    wanted = {one: transcripts[one] for one in coding["transcript"].unique() if one in transcripts}
    found: dict[Place, Joint] = {}
    with pysam.FastaFile(str(reference)) as fasta:
        fetch = fetcher(fasta)
        for transcript, alleles in _beside_each_other(variants, wanted, family):
            asked = set(coding.filter(transcript=transcript.id).select(_id()).to_series())
            read = _read(transcript, fetch)
            for name, together in _joints(transcript, alleles, read, family):
                if name in asked:
                    found[transcript.id, name] = together
    cells = [found.get(place) for place in rows.select("transcript", _id()).iter_rows()]
    values = [_cell(cell) for cell in cells]
    return rows.with_columns(pl.Series("joint", values, dtype=_JOINT))


def to_joint(cell: Mapping[str, Any] | None) -> Joint | None:
    """Return a cell of `joint` as a value."""
    if cell is None or cell["phase"] is None:
        return None
    return Joint(
        phase=JointPhase(cell["phase"]),
        partners=tuple(cell["partners"]),
        terms=tuple(Term(word) for word in cell["terms"]),
        hgvs_p=cell["hgvs_p"],
        codon=cell["codon"],
        ref_aa=cell["ref_aa"],
        alt_aa=cell["alt_aa"],
        differs=cell["differs"],
    )


def _cell(value: Joint | None) -> dict[str, Any] | None:
    if value is None:
        return None
    return {
        "phase": value.phase.value,
        "partners": list(value.partners),
        "terms": [term.value for term in value.terms],
        "hgvs_p": value.hgvs_p,
        "codon": value.codon,
        "ref_aa": value.ref_aa,
        "alt_aa": value.alt_aa,
        "differs": value.differs,
    }


def _id() -> pl.Expr:
    return pl.concat_str(_ALLELE, separator="-")


def _beside_each_other(
    variants: pl.LazyFrame, transcripts: Mapping[str, Transcript], family: Family
) -> Iterator[tuple[Transcript, list[dict[str, Any]]]]:
    """Yield transcripts in which the proband carries two coding alleles or more, with these."""
    by_chromosome: dict[str, list[Transcript]] = defaultdict(list)
    for _, transcript in sorted(transcripts.items()):
        by_chromosome[transcript.chromosome.value].append(transcript)
    for chromosome, here in sorted(by_chromosome.items()):
        scan = variants.filter(chromosome=chromosome)
        places = scan.select("key", "position").collect()
        hits = {one.id: _keys_in(one, places) for one in here}
        crowded = {name: keys for name, keys in hits.items() if len(keys) > 1}
        if not crowded:
            continue
        wanted = np.unique(np.concatenate(list(crowded.values())))
        rows = scan.filter(pl.col("key").is_in(pl.Series(wanted).implode()))
        alleles = rows.select("key", *_ALLELE, "genotypes").collect().to_dicts()
        for transcript in here:
            keys = set(crowded.get(transcript.id, ()))
            carried_here = [row for row in alleles if row["key"] in keys and _carries(row, family)]
            if len(carried_here) > 1:
                yield transcript, carried_here


def _keys_in(transcript: Transcript, places: pl.DataFrame) -> np.ndarray[Any, Any]:
    """Return the keys of the alleles that start in, or at the base before, a coding part."""
    position, keys = places["position"].to_numpy(), places["key"].to_numpy()
    spans = [span for _, span in transcript.coding_exons()]
    first = np.searchsorted(position, [span.start - 1 for span in spans], side="left")
    after = np.searchsorted(position, [span.end for span in spans], side="right")
    parts = [keys[low:high] for low, high in zip(first, after, strict=True)]
    return np.unique(np.concatenate(parts))


def _carries(row: Mapping[str, Any], family: Family) -> bool:
    genotypes = family_genotypes(row["genotypes"])
    return genotypes.of(family.proband_id).zygosity.carries


def _read(transcript: Transcript, fetch: Any) -> Coding | None:
    """Read a transcript's coding sequence; None when it does not translate."""
    try:
        return to_coding(sequence(transcript, fetch, {}))
    except ValueError:
        return None


def _joints(
    transcript: Transcript,
    rows: Sequence[Mapping[str, Any]],
    coding: Coding | None,
    family: Family,
) -> Iterator[tuple[str, Joint]]:
    members = list(_members(transcript, rows, coding))
    for one in members:
        together = joint(one, members, coding, family)
        if together is not None:
            yield str(one.allele), together


def _members(
    transcript: Transcript, rows: Iterable[Mapping[str, Any]], coding: Coding | None
) -> Iterator[Carried]:
    for row in rows:
        allele = Allele(transcript.chromosome, row["position"], row["ref"], row["alt"])
        edit = edit_of(transcript, allele)
        if edit is not None:
            yield carried(allele, family_genotypes(row["genotypes"]), edit, coding)
