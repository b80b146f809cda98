"""Whether the candidates that change a protein's length, in frame, do so in a repeat."""

from collections.abc import Iterable

import polars as pl

from varinterp.acmg.length import IN_FRAME, LONGEST
from varinterp.model.case import Candidate
from varinterp.model.facts import REPEAT, Repeat, position_key
from varinterp.model.reads import Facts
from varinterp.refs.lock import Releases
from varinterp.sources.repeats import read_repeats


def repeat_facts(
    candidates: Iterable[Candidate], releases: Releases
) -> tuple[Facts, frozenset[str]]:
    """Return the repeats at the bases that are asked for, and the source if it was consulted."""
    release = releases.get("repeats")
    if release is None:
        return {}, frozenset()
    places = {
        (each.allele.chromosome.value, position)
        for each in candidates
        if not IN_FRAME.isdisjoint(each.consequence.terms) and len(each.allele.changed) <= LONGEST
        for position in each.allele.changed
    }
    facts: Facts = {}
    if places:
        schema = {"chromosome": pl.String, "position": pl.Int32}
        asked = pl.DataFrame(sorted(places), schema, orient="row")
        made_up = release.manifest.constructed
        for chromosome, position, kind in read_repeats(release.folder, asked).iter_rows():
            if kind is not None:
                place = (REPEAT.source, position_key(chromosome, position))
                facts[place] = Repeat(kind, constructed=made_up)
    return facts, frozenset({REPEAT.source})
