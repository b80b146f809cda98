"""A laboratory made of real dated releases, in a folder of the test's own.

The releases are built by the project's own adapters from the files of VARINTERP_SHARED_DATA, not
through the gate of admission: slices of a release have not the size of a whole one.
"""

import csv
import gzip
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pysam
import yaml
from shared_genome import shared, small_cache, sparse_genome

from core_builders import ROOT
from varinterp.model.transcript import Transcript
from varinterp.pipeline.references.adapter import Context
from varinterp.pipeline.references.adapters import adapter_of
from varinterp.refs.catalogue import read_catalogue
from varinterp.refs.lock import Releases
from varinterp.refs.release import Release, open_release, write_manifest
from varinterp.sources.gene_disease import COLUMNS
from varinterp.sources.material import Material
from varinterp.sources.transcripts import TRANSCRIPTS_FILE, read_transcripts

CATALOGUE = ROOT / "resources" / "sources.yaml"
RULES = ROOT / "resources" / "rules" / "core-v1.yaml"
CLINVAR = {
    "2014-02-11": "ALL_slices.2014-02-11.lifted",
    "2015-02-03": "ALL_slices.2015-02-03.lifted",
    "2016-05-31": "ALL_slices.2016-05-31.lifted",
    "2017-04-04": "ALL_slices.2017-04-04.lifted",
    "2026-02-01": "BRCA1_missense.2026-02-01",
    "2026-08-18": "BRCA1_missense.2026-08-18",
}
_COLUMNS = (
    "family", "person", "sample", "father", "mother", "sex", "affected", "proband", "vcf", "ped",
    "hpo", "phenopacket", "indication", "consanguineous", "secondary_findings",
)  # fmt: skip


@dataclass(frozen=True)
class Proband:
    """A family of one: constructed genotypes of real alleles, `copies` by allele."""

    name: str
    sex: str
    hpo: tuple[str, ...]
    indication: str
    alleles: Mapping[tuple[str, int, str, str], int]


def clinvar_file(day: str) -> Path:
    """Return ClinVar's file of a day."""
    return shared("genome", "clinvar", f"clinvar_{CLINVAR[day]}.vcf.gz")


@dataclass
class Laboratory:
    """A folder with releases, a sheet, a lock, a registry and a cohort store."""

    folder: Path
    lock: dict[str, str] = field(default_factory=dict)

    @property
    def references(self) -> Path:
        return self.folder / "refs"

    @property
    def config(self) -> dict[str, Any]:
        """The configuration, as Snakemake would hand it over."""
        return {
            "samples": str(self.folder / "samples.tsv"),
            "reference": str(sparse_genome()),
            "references": str(self.references),
            "lock": str(self.folder / "refs.lock.yaml"),
            "catalogue": str(CATALOGUE),
            "rules": str(RULES),
            "results": str(self.folder / "results"),
            "logs": str(self.folder / "logs"),
            "registry": f"sqlite:///{self.folder / 'registry.sqlite'}",
            "cohort": str(self.folder / "cohort"),
            "reanalysis": str(self.folder / "reanalysis"),
            "pseudonym_key": "demonstration",
            "languages": ["en"],
        }

    def configfile(self) -> Path:
        """Write the configuration for the verbs."""
        path = self.folder / "config.yaml"
        path.write_text(yaml.safe_dump(self.config))
        return path

    def build(
        self,
        source: str,
        release: str,
        dated: str,
        files: Mapping[str, Path],
        *needs: str,
        settings: Mapping[str, Any] | None = None,
    ) -> Release:
        """Build a release with its adapter; `needs` are ``source@release``."""
        folder = self.references / source / release
        scratch = self.folder / "scratch" / f"{source}-{release}"
        folder.mkdir(parents=True)
        scratch.mkdir(parents=True)
        wanted = read_catalogue(CATALOGUE)[source]
        opened = [open_release(self.references, *need.split("@")) for need in needs]
        given = {role: (path,) for role, path in files.items()}
        material = Material(source, release, date.fromisoformat(dated), given, settings or {})
        releases = Releases({each.manifest.source: each for each in opened})
        context = Context(sparse_genome(), releases, scratch)
        built = adapter_of(source, wanted).build(material, context, folder)
        return self._sealed(source, release, dated, dict(built.rows))

    def _sealed(
        self, source: str, release: str, dated: str, rows: Mapping[str, int | None]
    ) -> Release:
        write_manifest(
            self.references / source / release, source=source, release=release,
            dated=date.fromisoformat(dated), url="", licence="", rows=rows,
        )  # fmt: skip
        return open_release(self.references, source, release)

    def transcripts(self) -> None:
        """Build MANE v1.5 of the slices, and VEP's cache of it."""
        self.build(
            "mane", "1.5", "2026-01-01",
            {
                "gff3": shared("genome", "transcripts", "mane_select_v1.5.slices.gff3.gz"),
                "summary": shared("genome", "genes", "MANE.GRCh38.v1.5.summary.txt.gz"),
            },
        )  # fmt: skip
        table = read_transcripts(self.references / "mane" / "1.5" / TRANSCRIPTS_FILE)
        folder = self.references / "vep" / "mane-1.5-slices"
        small_cache([one for one in table.values() if _known(one)], sparse_genome(), folder)
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        rows = {path.relative_to(folder).as_posix(): None for path in files}
        self._sealed("vep", "mane-1.5-slices", "2026-01-01", rows)

    def clinvar(self, day: str) -> None:
        """Build ClinVar's release of a day."""
        self.build("clinvar", day, day, {"vcf": clinvar_file(day)}, "mane@1.5")

    def population(self) -> None:
        """Build gnomAD 4.1's genomes at a telomere of chromosome 2.

        Elsewhere nothing is covered, which is no absence.
        """
        sites = shared("genome", "gnomad", "gnomad_v4.1_chr2_telomere_fullINFO.vcf.gz")
        self.build(
            "gnomad", "4.1-chr2", "2024-04-19", {"sites": sites}, settings={"data_set": "genomes"}
        )

    def phenotypes(self, day: str) -> None:
        """Build HPO's release of a day."""
        self.build(
            "hpo", day, day,
            {
                "ontology": shared("hpo", day, "hp.obo.gz"),
                "annotations": shared("hpo", day, "phenotype.hpoa.gz"),
            },
        )  # fmt: skip

    def mappings(self) -> None:
        """Build Mondo's mappings."""
        name = "mondo_exactmatch_{}.2026-08-21.sssom.tsv.gz"
        roles = ("omim", "orphanet")
        files = {role: shared("mappings", name.format(role)) for role in roles}
        self.build("mondo_mappings", "2026-08-21", "2026-08-21", files)

    def gene_links(self, day: str, validity: Path, hpo: str) -> None:
        """Build the gene–disease links of ClinGen's curations."""
        self.build("clingen_validity", day, day, {"curations": validity})
        self.build(
            "gene_disease", day, day, {},
            "mane@1.5", f"clingen_validity@{day}", "mondo_mappings@2026-08-21", f"hpo@{hpo}",
        )  # fmt: skip

    def paired_links(self, day: str) -> None:
        """Build the gene–disease links of HPO's own pairs and modes of inheritance of a day."""
        table = self.folder / f"links.{day}.tsv"
        table.write_text("".join(f"{line}\n" for line in hpo_links(shared("hpo", day))))
        self.build("gene_disease", day, day, {"links": table})

    def move(self, **releases: str) -> None:
        """Write the lock with other releases of some sources."""
        self.lock |= releases
        document = {"schema_version": 1, "releases": dict(sorted(self.lock.items()))}
        (self.folder / "refs.lock.yaml").write_text(yaml.safe_dump(document))

    def admit(self, probands: Iterable[Proband]) -> None:
        """Write the sheet and a VCF for each family."""
        rows = []
        for proband in probands:
            self._write_vcf(proband)
            rows.append(_row(proband))
        with (self.folder / "samples.tsv").open("w", newline="") as stream:
            writer = csv.DictWriter(stream, _COLUMNS, delimiter="\t", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)

    def _write_vcf(self, proband: Proband) -> None:
        path = self.folder / "vcf" / f"{proband.name}.vcf.gz"
        path.parent.mkdir(exist_ok=True)
        with pysam.FastaFile(str(sparse_genome())) as fasta:
            lengths = dict(zip(fasta.references, fasta.lengths, strict=True))
        text = "".join(f"{line}\n" for line in _vcf(proband, lengths))
        plain = path.with_suffix("")
        plain.write_text(text)
        pysam.tabix_compress(str(plain), str(path), force=True)
        pysam.tabix_index(str(path), preset="vcf", force=True)
        plain.unlink()


def _known(transcript: Transcript) -> bool:
    """Whether the sparse genome has every coding base."""
    with pysam.FastaFile(str(sparse_genome())) as fasta:
        coding = (
            fasta.fetch(f"chr{transcript.chromosome.value}", span.start - 1, span.end)
            for _, span in transcript.coding_exons()
        )
        return not any("N" in bases.upper() for bases in coding)


def _row(proband: Proband) -> dict[str, str]:
    said = {
        "family": proband.name, "person": proband.name, "sample": proband.name,
        "sex": proband.sex, "affected": "yes", "proband": "yes",
        "vcf": f"vcf/{proband.name}.vcf.gz", "hpo": ";".join(proband.hpo),
        "indication": proband.indication, "consanguineous": "no", "secondary_findings": "no",
    }  # fmt: skip
    return {column: said.get(column, "") for column in _COLUMNS}


def _vcf(proband: Proband, lengths: Mapping[str, int]) -> list[str]:
    contigs = list(lengths)
    lines = ["##fileformat=VCFv4.2", '##FILTER=<ID=PASS,Description="All filters passed">']
    lines += [f"##contig=<ID={contig},length={lengths[contig]}>" for contig in contigs]
    for key, number, kind, what in (
        ("GT", "1", "String", "Genotype"), ("AD", "R", "Integer", "Reads by allele"),
        ("DP", "1", "Integer", "Reads"), ("GQ", "1", "Integer", "Genotype quality"),
    ):  # fmt: skip
        lines.append(f'##FORMAT=<ID={key},Number={number},Type={kind},Description="{what}">')
    lines.append(f"#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t{proband.name}")
    order = {f"{contig.removeprefix('chr')}": at for at, contig in enumerate(contigs)}
    for (chromosome, position, ref, alt), copies in sorted(
        proband.alleles.items(), key=lambda item: (order[item[0][0]], *item[0][1:])
    ):
        call = "0/1:20,20:40:99" if copies == 1 else "1/1:0,40:40:99"
        contig = contigs[order[chromosome]]
        cells = (contig, str(position), ".", ref, alt, "60", "PASS", ".", "GT:AD:DP:GQ", call)
        lines.append("\t".join(cells))
    return lines


_MODES = {
    "HP:0000006": "autosomal_dominant", "HP:0000007": "autosomal_recessive",
    "HP:0001417": "x_linked", "HP:0001419": "x_linked", "HP:0001423": "x_linked",
}  # fmt: skip


def hpo_links(folder: Path) -> Iterator[str]:
    """Yield the table of links that HPO's gene–disease pairs and its modes of inheritance make.

    A pair whose disease HPO gives no mode makes no link; HPO says nothing of a mechanism.
    """
    with gzip.open(shared("genome", "genes", "MANE.GRCh38.v1.5.summary.txt.gz"), "rt") as text:
        rows = [line.split("\t") for line in text][1:]
    genes = {row[0].removeprefix("GeneID:"): (row[2], row[3]) for row in rows}
    names, modes = _inheritance(folder / "phenotype.hpoa.gz")
    yield "\t".join(COLUMNS)
    seen = set()
    with gzip.open(folder / "gene_disease_pairs.tsv.gz", "rt") as text:
        next(text)
        for line in text:
            number, _, disease = line.rstrip("\n").split("\t")
            for mode in sorted(modes.get(disease, ())):
                if number in genes and (number, disease, mode) not in seen:
                    seen.add((number, disease, mode))
                    hgnc, symbol = genes[number]
                    said = {
                        "hgnc": hgnc, "gene": symbol, "disease": disease,
                        "disease_name": names[disease], "inheritance": mode,
                        "mechanism": "not_established", "constructed": "false",
                    }  # fmt: skip
                    yield "\t".join(said.get(column, "") for column in COLUMNS)


def _inheritance(path: Path) -> tuple[dict[str, str], dict[str, set[str]]]:
    """Return the diseases' names and modes that HPO's annotations give."""
    names: dict[str, str] = {}
    modes: dict[str, set[str]] = {}
    with gzip.open(path, "rt") as text:
        for line in text:
            cells = line.rstrip("\n").split("\t")
            if line.startswith("#") or cells[0] == "database_id":
                continue
            if cells[10] == "I" and cells[3] in _MODES and cells[2] != "NOT":
                # older and newer names of one disease stand in one file
                names.setdefault(cells[0], cells[1])
                modes.setdefault(cells[0], set()).add(_MODES[cells[3]])
    return names, modes
