"""The releases behind published alleles in real genotypes: all of them as of 2025-01-16.

They are built once, by the project's own adapters, in the folder that VARINTERP_SPIKED_CACHE names
(in a temporary one without it). Links are ClinGen's curations dated to that day, Gene2Phenotype's
of 2024, and HPO's own pairs with OMIM diseases and modes of inheritance, which nobody classed.
ClinVar comes in three states: what there is of it, what there was in 2014, and what there is
without the published alleles.
"""

import csv
import gzip
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pysam
import yaml
from history_laboratory import Laboratory, hpo_links
from shared_genome import SITES_HEADER, shared

from core_builders import ROOT
from varinterp.model.chromosome import Chromosome

DAY = "2025-01-16"
CACHE = "VARINTERP_SPIKED_CACHE"
CLINVAR_OF_2014 = "ALL_slices.2014-02-11.lifted"
CLINVAR = ("ALL_slices.2017-04-04.lifted", "MECP2.2025-03", "chrM_PLP_BLB")
"""ClinVar's files of the genes at hand, each the newest that there is: read later file first."""

Key = tuple[str, int, str, str]


def cache_folder(temporary: Callable[[], Path]) -> Path:
    """Return the folder that is kept between runs, or a temporary one."""
    named = os.environ.get(CACHE)
    return Path(named) if named else temporary()


@dataclass(frozen=True)
class References:
    """Releases in a folder; each is built when it is not there yet."""

    laboratory: Laboratory

    @classmethod
    def of(cls, folder: Path) -> "References":
        """Build what every run needs."""
        folder.mkdir(parents=True, exist_ok=True)
        references = cls(Laboratory(folder))
        lab = references.laboratory
        references._once("vep", "mane-1.5-slices", lab.transcripts)
        references._once("mane", "1.5-genome", references._genome)
        references._once("hpo", DAY, lambda: lab.phenotypes(DAY))
        references._once("mondo_mappings", "2026-08-21", lab.mappings)
        references._once("gnomad", "4.1-chr2", lab.population)
        references._once("gnomad_constraint", "2.1.1", references._constraint)
        references._once("gene_disease", DAY, references._links)
        return references

    def clinvar(self, release: str, hidden: Iterable[Key]) -> None:
        """Build the three states of ClinVar: ``2014``, ``known`` and ``hidden``."""
        names = (CLINVAR_OF_2014,) if release == "2014" else CLINVAR
        left_out = frozenset(hidden) if release == "hidden" else frozenset()

        def build() -> None:
            path = self.laboratory.folder / f"clinvar.{release}.vcf.gz"
            _merge([shared("genome", "clinvar", f"clinvar_{name}.vcf.gz") for name in names],
                   left_out, path)  # fmt: skip
            day = "2014-02-11" if release == "2014" else "2025-03-01"
            self.laboratory.build("clinvar", release, day, {"vcf": path}, "mane@1.5")

        self._once("clinvar", release, build)

    def lock(self, path: Path, *, clinvar: str, genome: bool) -> Path:
        """Write a lock: MANE's transcripts of the genome, or of the slices."""
        releases = {
            "mane": "1.5-genome" if genome else "1.5", "vep": "mane-1.5-slices",
            "gnomad": "4.1-chr2", "gnomad_constraint": "2.1.1", "clinvar": clinvar, "hpo": DAY,
            "gene_disease": DAY,
        }  # fmt: skip
        path.write_text(yaml.safe_dump({"schema_version": 1, "releases": releases}))
        return path

    def config(self, folder: Path, reference: Path, lock: Path) -> dict[str, Any]:
        """Return the configuration of a run that writes to `folder`."""
        of = self.laboratory.config
        return of | {
            "samples": str(folder / "samples.tsv"),
            "reference": str(reference),
            "lock": str(lock),
            "gene_specs": [str(ROOT / "resources" / "gene_specs")],
            "gene_lists": [str(ROOT / "resources" / "gene_lists")],
            "results": str(folder / "results"),
            "logs": str(folder / "logs"),
            "registry": f"sqlite:///{folder / 'registry.sqlite'}",
        }

    def _once(self, source: str, release: str, build: Callable[[], object]) -> None:
        if not (self.laboratory.references / source / release / "manifest.json").is_file():
            build()

    def _genome(self) -> None:
        self.laboratory.build(
            "mane", "1.5-genome", "2026-01-01",
            {
                "gff3": shared("genome", "transcripts", "mane_select_v1.5.genome.gff3.gz"),
                "summary": shared("genome", "genes", "MANE.GRCh38.v1.5.summary.txt.gz"),
            },
        )  # fmt: skip

    def _constraint(self) -> None:
        metrics = shared("genome", "genes", "gnomad_v2.1.1_constraint.tsv.gz")
        self.laboratory.build("gnomad_constraint", "2.1.1", "2018-10-17", {"metrics": metrics})

    def _links(self) -> None:
        lab = self.laboratory
        curations, pairs = lab.folder / "clingen.csv", lab.folder / "pairs.tsv"
        curations.write_text(_curated_by(DAY))
        pairs.write_text("".join(f"{line}\n" for line in _of_omim(hpo_links(shared("hpo", DAY)))))
        self._once("clingen_validity", DAY, lambda: lab.build(
            "clingen_validity", DAY, DAY, {"curations": curations}))  # fmt: skip
        self._once("gene2phenotype", "2024", lambda: lab.build(
            "gene2phenotype", "2024", "2024-12-31",
            {"records": shared("gene-disease", "DDG2P.csv")}, "mane@1.5-genome"))  # fmt: skip
        lab.build(
            "gene_disease", DAY, DAY, {"links": pairs}, "mane@1.5-genome",
            f"clingen_validity@{DAY}", "gene2phenotype@2024", "mondo_mappings@2026-08-21",
            f"hpo@{DAY}",
        )  # fmt: skip


def _curated_by(day: str) -> str:
    """Return ClinGen's file of 2025-07-01 with the curations that are not younger than a day."""
    path = shared("gene-disease", "clingen_validity.2025-07-01.csv")
    with path.open(newline="") as stream:
        lines = list(stream)
    dated = [row[8][:10] if len(row) > 8 else "" for row in csv.reader(lines)]
    return "".join(
        line
        for line, when in zip(lines, dated, strict=True)
        if not when[:1].isdigit() or when <= day
    )


def _of_omim(lines: Iterable[str]) -> Iterable[str]:
    """Leave out Orphanet's diseases: the published patients' are OMIM's, and would stand twice."""
    return (line for line in lines if "\tORPHA:" not in line)


def _merge(paths: Iterable[Path], left_out: frozenset[Key], out: Path) -> None:
    """Write ClinVar's records of several files; of an allele that two of them have, the last's."""
    found: dict[Key, str] = {}
    headers: dict[str, None] = {}
    for path in paths:
        with gzip.open(path, "rt") as text:
            for line in text:
                if line.startswith("##INFO"):
                    headers[line] = None
                if not line.startswith("#"):
                    cells = line.rstrip("\n").split("\t")
                    chromosome = Chromosome.parse(cells[0])
                    if chromosome is not None:
                        key = (chromosome.value, int(cells[1]), cells[3], cells[4])
                        found[key] = line
    order = {chromosome.value: chromosome.code for chromosome in Chromosome}
    keys = sorted(found.keys() - left_out, key=lambda key: (order[key[0]], *key[1:]))
    version, columns = SITES_HEADER.splitlines(keepends=True)
    ids = {line.split("ID=")[1].split(",")[0]: line for line in headers}
    plain = out.with_suffix("")
    plain.write_text("".join([version, *ids.values(), columns, *(found[key] for key in keys)]))
    pysam.tabix_compress(str(plain), str(out), force=True)
    plain.unlink()
