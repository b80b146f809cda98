"""How much variation a population has in the candidates' transcripts: an optional release."""

from collections.abc import Iterable

from varinterp.model.case import Candidate
from varinterp.model.facts import CONSTRAINT
from varinterp.model.prediction import without_version
from varinterp.model.reads import Facts
from varinterp.refs.lock import Releases
from varinterp.sources.gnomad_constraint import read_figures


def constraint_facts(
    candidates: Iterable[Candidate], releases: Releases
) -> tuple[Facts, frozenset[str]]:
    """Return the figures of the transcripts, and the sources that were consulted."""
    release = releases.get("gnomad_constraint")
    if release is None:
        return {}, frozenset()
    wanted = {without_version(each.consequence.transcript) for each in candidates}
    figures = read_figures(release.folder, wanted, constructed=release.manifest.constructed)
    facts = {(CONSTRAINT.source, transcript): each for transcript, each in figures.items()}
    return facts, frozenset({CONSTRAINT.source})
