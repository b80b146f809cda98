"""ClinGen's dosage release as facts: genes by HGNC id, regions by place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from varinterp.model.chromosome import Chromosome
from varinterp.model.copy_number import CopyNumber
from varinterp.model.copy_number_facts import DosageRegion, GeneDosage, Sensitivity
from varinterp.model.transcript import Transcript
from varinterp.refs.lock import Releases
from varinterp.sources.clingen_dosage import RECESSIVE, SUFFICIENT, UNLIKELY, read_dosage
from varinterp.sources.mane import GENES, read_genes

_SCORES = {
    SUFFICIENT: Sensitivity.SUFFICIENT,
    2: Sensitivity.EMERGING,
    1: Sensitivity.LITTLE,
    0: Sensitivity.NONE,
    RECESSIVE: Sensitivity.RECESSIVE,
    UNLIKELY: Sensitivity.UNLIKELY,
}


@dataclass(frozen=True, slots=True)
class Dosage:
    """Genes by HGNC id, and regions by chromosome; a region's genes are not filled in."""

    genes: Mapping[str, GeneDosage]
    regions: Mapping[Chromosome, tuple[DosageRegion, ...]]
    constructed: bool

    def overlapping(self, copy_number: CopyNumber) -> tuple[DosageRegion, ...]:
        """Return the regions that a copy number overlaps, in genome order."""
        return tuple(
            region
            for region in self.regions.get(copy_number.chromosome, ())
            if region.start <= copy_number.end and copy_number.start <= region.end
        )


def read_gene_dosage(releases: Releases, transcripts: Iterable[Transcript]) -> Dosage | None:
    """Read the release; None when the lock has none.

    A gene is found by MANE's pairing of NCBI and HGNC ids where the release of MANE has it, then by
    the symbol of a transcript.
    """
    release = releases.get("clingen_dosage")
    if release is None:
        return None
    constructed = release.manifest.constructed
    symbols = {transcript.gene: transcript.hgnc for transcript in transcripts}
    mane = releases["mane"]
    paired = read_genes(mane.folder) if GENES in mane.manifest.files else ()
    numbers = {gene.ncbi: gene.hgnc for gene in paired}
    genes: dict[str, GeneDosage] = {}
    regions: dict[Chromosome, list[DosageRegion]] = {}
    for key, row in read_dosage(release.folder).items():
        loss, gain = (_score(row[what]) for what in ("haploinsufficiency", "triplosensitivity"))
        hgnc = numbers.get(key.removeprefix("NCBIGene:")) or symbols.get(row["name"])
        if key.startswith("NCBIGene:"):
            if hgnc is not None:
                genes[hgnc] = GeneDosage(loss, gain, constructed)
        elif row["place"] is not None:
            chromosome, start, end = _place(row["place"])
            region = DosageRegion(key, row["name"], start, end, loss, gain, ())
            regions.setdefault(chromosome, []).append(region)
    ordered = {
        chromosome: tuple(sorted(every, key=lambda each: (each.start, each.end, each.id)))
        for chromosome, every in regions.items()
    }
    return Dosage(genes, ordered, constructed)


def _score(score: int | None) -> Sensitivity | None:
    return None if score is None else _SCORES[score]


def _place(text: str) -> tuple[Chromosome, int, int]:
    """Read ``22:18924718-21111383``, which the release's reader has checked."""
    name, _, stretch = text.partition(":")
    start, _, end = stretch.partition("-")
    return Chromosome("MT" if name == "M" else name), int(start), int(end)
