"""The software that a result depends on, as far as a version can change it."""

from importlib.metadata import version

from pysam.version import __bcftools_version__, __htslib_version__

from varinterp import __version__


def software_versions() -> dict[str, str]:
    """Return name and version of everything that shapes a result's bytes."""
    return {
        "varinterp": __version__,
        "bcftools": __bcftools_version__,
        "htslib": __htslib_version__,
        "vepyr": version("vepyr"),
    }
