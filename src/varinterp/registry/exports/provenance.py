"""What every export says of itself: the software, and the releases with their licences."""

from varinterp import __version__
from varinterp.model.canonical import Json
from varinterp.model.case import CaseResult


def provenance(result: CaseResult) -> dict[str, Json]:
    """Return the program that exports, the one that concluded, and each release that it read."""
    return {
        "exported_by": f"varinterp {__version__}",
        "concluded_by": dict(result.versions),
        "releases": [
            {
                "source": each.source,
                "release": each.release,
                "date": each.date,
                "url": each.url,
                "licence": each.licence,
                "constructed": each.constructed,
            }
            for each in sorted(result.releases, key=lambda each: (each.source, each.release))
        ],
    }
