"""The lock files: which releases an analysis of the demo reads."""

from collections.abc import Mapping

from building.layout import Layout
from varinterp.files import write_text

NEWEST = {
    "clinvar": "2017-04-04",
    "disease_phenotypes": "2020-01",
    "gene_disease": "2020-06-30",
    "gnomad": "demo-constructed-1",
    "hpo": "2025-01-16",
    "mane": "1.5",
    "vep": "mane-1.5-demo",
}
LOCKS = {
    "refs.lock.yaml": NEWEST,
    "refs.2017.lock.yaml": NEWEST | {"gene_disease": "2017-04-04", "gnomad": "demo-constructed-2"},
    "refs.2015.lock.yaml": NEWEST | {"clinvar": "2015-02-03", "gene_disease": "2015-02-03"},
}
"""The newest of everything; what was known in April 2017, and in February 2015.

The second constructed population release goes with 2017, where the demonstration's second act ends.
"""


def write_locks(layout: Layout) -> None:
    """Write every lock file."""
    for name, releases in LOCKS.items():
        write_text(layout.out / name, _text(releases))


def _text(releases: Mapping[str, str]) -> str:
    lines = [f'  {source}: "{release}"\n' for source, release in sorted(releases.items())]
    return "schema_version: 1\nreleases:\n" + "".join(lines)
