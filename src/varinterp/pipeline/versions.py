"""The software that a result depends on, as far as a version can change it."""

from importlib.metadata import version

import pysam

from varinterp import __version__


def software_versions() -> dict[str, str]:
    """Return name and version of everything that shapes a result's bytes."""
    return {
        "varinterp": __version__,
        "bcftools": pysam.version.__bcftools_version__,
        "htslib": pysam.version.__htslib_version__,
        "vepyr": version("vepyr"),
    }
