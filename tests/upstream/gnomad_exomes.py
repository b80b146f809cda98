"""gnomAD's exomes sites VCF: the joint file's rows under the names of the exomes' file."""

from pathlib import Path

from upstream.gnomad import LATER, NOW, Site, bgzip, vcf

FILTERS = {
    "AC0": "Allele count is zero after filtering out low-confidence genotypes",
    "AS_VQSR": "Failed VQSR filtering thresholds",
    "InbreedingCoeff": "Inbreeding coefficient < -0.3",
}


def write(folder: Path, later: bool = False) -> dict[str, tuple[Path, ...]]:
    """Write the sites of chromosome 22."""
    return written(folder, "exomes", later)


def written(folder: Path, data_set: str, later: bool) -> dict[str, tuple[Path, ...]]:
    """Write the sites of one data set."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"gnomad.{data_set}.v4.1.sites.chr22.vcf.bgz"
    lines = vcf([_alone(site) for site in (LATER if later else NOW)]).splitlines()
    head = [f'##FILTER=<ID={name},Description="{text}">' for name, text in FILTERS.items()]
    kept = [
        line.replace("_joint", "")
        for line in lines
        if "FILTERED" not in line
        and "ID=exomes_filters" not in line
        and "ID=genomes_filters" not in line
    ]
    bgzip(path, "\n".join([*kept[:2], *head, *kept[2:]]) + "\n")
    return {"sites": (path,)}


def _alone(site: Site) -> Site:
    """The row as one data set gives it: with its own filters, and nothing of the other's."""
    own = (site.exomes or "PASS").replace(",", ";")
    return Site(site.position, site.ref, site.alt, site.groups, own, None, None, site.an)
