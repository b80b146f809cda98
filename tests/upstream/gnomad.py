"""gnomAD's joint sites VCF and its tables of positions, on the demo's region, and a later release.

The names, numbers and order of the INFO fields are those of gnomAD 4.1's joint files; every count
is constructed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pysam

GROUPS = ("afr", "ami", "amr", "asj", "eas", "fin", "mid", "nfe", "remaining", "sas")
BOUNDED = ("afr", "amr", "eas", "mid", "nfe", "sas")
SIZES = {
    "afr": 75_000, "ami": 912, "amr": 60_000, "asj": 29_600, "eas": 44_800, "fin": 64_000,
    "mid": 6_000, "nfe": 1_180_000, "remaining": 62_000, "sas": 91_000,
}  # fmt: skip
PEOPLE = sum(SIZES.values())
FILTERS = (
    '##FILTER=<ID=PASS,Description="Either passed all variant filters in both exomes and genomes, '
    "or passed all variant filters in either exomes or genomes while being absent from the other "
    'dataset">',
    '##FILTER=<ID=EXOMES_FILTERED,Description="Failed variant filters in the exomes dataset">',
    '##FILTER=<ID=GENOMES_FILTERED,Description="Failed variant filters in the genomes dataset">',
    '##FILTER=<ID=BOTH_FILTERED,Description="Failed variant filters in both datasets">',
)
START, END = 20_012_478, 20_521_908
"""The demo's region of chromosome 22."""


@dataclass(frozen=True, slots=True)
class Site:
    """A row; `groups` are (code, AC, FAF95), the other groups count nobody."""

    position: int
    ref: str
    alt: str
    groups: tuple[tuple[str, int, float], ...] = ()
    filter: str = "PASS"
    exomes: str | None = None
    genomes: str | None = None
    an: int = PEOPLE

    @property
    def ac(self) -> int:
        """Alleles of all groups."""
        return sum(ac for _, ac, _ in self.groups)


MISSENSE = Site(20_061_538, "G", "A", (("nfe", 15, 0.0000078), ("sas", 5, 0.00002)))
COMMON = Site(20_064_566, "T", "G", (("afr", 41_336, 0.5466), ("nfe", 57_084, 0.048)))
UNOBSERVED = Site(20_055_980, "C", "T", filter="BOTH_FILTERED", exomes="AC0", genomes="AC0")
FAILED = Site(
    20_055_981, "G", "A", (("sas", 1_261, 0.0132),), "EXOMES_FILTERED", exomes="AC0,AS_VQSR"
)
RARE = Site(20_036_830, "G", "A", (("nfe", 62, 0.000041),), "EXOMES_FILTERED", exomes="AC0")
RISING = Site(20_094_770, "A", "G", (("nfe", 10_620, 0.0088),))
FALLING = Site(20_141_427, "C", "A", (("nfe", 13_000, 0.0108),))
NOW = (RARE, UNOBSERVED, FAILED, MISSENSE, COMMON, RISING, FALLING)
LATER = (
    RARE,
    UNOBSERVED,
    replace(FAILED, filter="PASS", exomes=None),
    replace(MISSENSE, groups=(("nfe", 16, 0.000008), ("sas", 5, 0.00002))),
    replace(RISING, groups=(("nfe", 13_000, 0.0108),)),
    replace(FALLING, groups=(("nfe", 10_620, 0.0088),)),
    Site(20_242_546, "C", "T", (("nfe", 17, 0.000009),)),
)
"""A filter lifted, a small move, a rise and a fall over 1 %, a row more, and one less (COMMON)."""
HIGH, LOW = 1_200_000, 90_000


def write(folder: Path, later: bool = False) -> dict[str, tuple[Path, ...]]:
    """Write a release: the sites of chromosome 22, and the allele numbers of its positions."""
    folder.mkdir(parents=True, exist_ok=True)
    sites = folder / "gnomad.joint.v4.1.sites.chr22.vcf.bgz"
    bgzip(sites, vcf(LATER if later else NOW))
    hole = (20_300_000, 20_310_000) if later else (20_200_000, 20_205_000)
    exomes = folder / "gnomad.exomes.v4.1.allele_number_all_sites.tsv.bgz"
    bgzip(exomes, numbers(hole))
    return {"sites": (sites,), "numbers_exomes": (exomes,)}


def bgzip(path: Path, text: str) -> None:
    """Write text as BGZF."""
    with pysam.BGZFile(str(path), "w", None) as out:
        out.write(text.encode())


def vcf(sites: Sequence[Site], chromosome: str = "chr22") -> str:
    """Return a joint sites VCF."""
    lines = ["##fileformat=VCFv4.2", "##hailversion=0.2.127-bb535cd096c5", *FILTERS]
    lines += [f"##INFO=<ID={name},Number={number},Type={kind},Description=\"{name}\">"
              for name, number, kind in fields()]  # fmt: skip
    lines += [f"##contig=<ID={chromosome},length=50818468,assembly=gnomAD_GRCh38>"]
    lines += ["#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO"]
    for site in sorted(sites, key=lambda site: (site.position, site.alt)):
        cells = (chromosome, site.position, ".", site.ref, site.alt, ".", site.filter, info(site))
        lines.append("\t".join(map(str, cells)))
    return "\n".join(lines) + "\n"


def fields() -> list[tuple[str, str, str]]:
    """Return the INFO fields as (name, Number, Type)."""
    found = [("AC_joint", "A", "Integer"), ("AF_joint", "A", "Float"), ("AN_joint", "1", "Integer"),
             ("nhomalt_joint", "A", "Integer")]  # fmt: skip
    for group in ("XX", "XY", "raw", *GROUPS):
        found += [(f"AC_joint_{group}", "A", "Integer"), (f"AF_joint_{group}", "A", "Float"),
                  (f"AN_joint_{group}", "1", "Integer"),
                  (f"nhomalt_joint_{group}", "A", "Integer")]  # fmt: skip
    found += [("grpmax_joint", "A", "String"), ("AC_grpmax_joint", "A", "Integer"),
              ("AF_grpmax_joint", "A", "Float"), ("AN_grpmax_joint", "A", "Integer"),
              ("nhomalt_grpmax_joint", "A", "Integer")]  # fmt: skip
    found += [(f"faf95_joint{group}", "A", "Float") for group in ("", *(f"_{g}" for g in BOUNDED))]
    found += [("fafmax_faf95_max_joint", "A", "Float"),
              ("fafmax_faf95_max_gen_anc_joint", "A", "String"),
              ("age_hist_het_bin_freq_joint", "A", "String"),
              ("exomes_filters", ".", "String"), ("genomes_filters", ".", "String"),
              ("not_called_in_genomes", "0", "Flag")]  # fmt: skip
    return found


def info(site: Site) -> str:
    """Return a row's INFO, fields that are missing left out as gnomAD does."""
    counts = dict.fromkeys(GROUPS, 0) | {group: ac for group, ac, _ in site.groups}
    bounds = dict.fromkeys(BOUNDED, 0.0) | {group: faf for group, _, faf in site.groups}
    half = site.an // 2
    said = [f"AC_joint={site.ac}", f"AF_joint={site.ac / site.an:.6g}", f"AN_joint={site.an}"]
    said += [f"nhomalt_joint={site.ac // 100}", f"AC_joint_XX={site.ac - site.ac // 2}",
             f"AN_joint_XX={half}", f"AC_joint_XY={site.ac // 2}", f"AN_joint_XY={half}",
             f"nhomalt_joint_XX={site.ac // 200}",
             f"nhomalt_joint_XY={site.ac // 100 - site.ac // 200}"]  # fmt: skip
    for group, ac in counts.items():
        said += [f"AC_joint_{group}={ac}", f"AF_joint_{group}={ac / SIZES[group]:.6g}",
                 f"AN_joint_{group}={SIZES[group]}", f"nhomalt_joint_{group}=0"]  # fmt: skip
    if site.ac:
        top = max((g for g in BOUNDED if g != "mid"), key=lambda g: counts[g] / SIZES[g])
        said += [f"grpmax_joint={top}", f"AF_grpmax_joint={counts[top] / SIZES[top]:.6g}"]
    said += [f"faf95_joint_{group}={bound:.6g}" for group, bound in bounds.items()]
    if any(bounds.values()):
        best = max(bounds, key=lambda group: bounds[group])
        said += [f"fafmax_faf95_max_joint={bounds[best]:.6g}",
                 f"fafmax_faf95_max_gen_anc_joint={best}"]  # fmt: skip
    said += ["age_hist_het_bin_freq_joint=0|1|0|0"]
    said += [f"exomes_filters={site.exomes}"] if site.exomes else []
    said += [f"genomes_filters={site.genomes}"] if site.genomes else []
    said += ["not_called_in_genomes"]
    return ";".join(said)


def numbers(hole: tuple[int, int]) -> str:
    """Return the exomes' allele numbers of the region: low in `hole`, none around the region."""
    lines = ["locus\tAN\toutside_broad_capture_region\toutside_ukb_capture_region"]
    for position in range(START, END + 1):
        called = LOW if hole[0] <= position <= hole[1] else HIGH
        lines.append(f"chr22:{position}\t{called}\tfalse\tfalse")
    return "\n".join(lines) + "\n"
