"""Why a gene that somebody asks about is not among what is proposed, with what the files hold."""

from dataclasses import dataclass
from pathlib import Path

from varinterp.errors import Fault, InputError
from varinterp.model.case import CaseResult
from varinterp.model.facts import GeneLinks
from varinterp.pipeline.evidence import read_links
from varinterp.pipeline.gated import gated_of
from varinterp.priority.near_miss import NearMiss, near_misses
from varinterp.priority.why_not import AskedGene, GeneAnswer, why_not
from varinterp.refs.lock import Releases
from varinterp.report.near_view import known_stars
from varinterp.sources.fault_book import nearest, shown
from varinterp.sources.transcripts import TRANSCRIPTS_FILE, read_transcripts

VARIANTS = "variants.parquet"
NONE_KNOWN = GeneLinks(())


@dataclass(frozen=True, slots=True)
class GeneTold:
    """The answer of a gene, its near misses, and whether the family's files were there to ask.

    Without them nothing is known of alleles that became no candidate.
    """

    symbol: str
    answer: GeneAnswer
    near: tuple[NearMiss, ...]
    files: bool


def explain_gene(
    result: CaseResult, name: str, releases: Releases, folder: Path | None
) -> GeneTold:
    """Answer for a gene given by its symbol or HGNC id.

    `releases` are those of the family's lock, `folder` the family's files where they are at hand.
    Raises InputError for a gene that neither the releases nor the case know.
    """
    links = read_links(releases)
    transcripts = read_transcripts(releases["mane"].file(TRANSCRIPTS_FILE)).values()
    known = {each.hgnc: each.gene for each in transcripts}
    known |= {hgnc: told.links[0].gene for hgnc, told in links.items() if told.links}
    known |= {each.consequence.hgnc: each.consequence.gene for each in result.candidates}
    hgnc = name if name in known else _of_symbol(known, name)
    own = [each for each in transcripts if each.hgnc == hgnc]
    there = folder is not None and (folder / VARIANTS).is_file()
    gated = gated_of(folder / VARIANTS, own) if folder is not None and there else {}
    asked = AskedGene(hgnc, links.get(hgnc, NONE_KNOWN), tuple(gated.get(hgnc, ())))
    near = near_misses(result, known_stars(result), gated)
    return GeneTold(
        symbol=known[hgnc],
        answer=why_not(result, asked),
        near=tuple(each for each in near if each.gene == hgnc),
        files=there,
    )


def _of_symbol(known: dict[str, str], name: str) -> str:
    wanted = name.casefold()
    found = [hgnc for hgnc, symbol in known.items() if symbol.casefold() == wanted]
    if len(found) == 1:
        return found[0]
    raise InputError(
        [
            Fault(
                "explain.gene",
                "the command line",
                shown(name),
                "a gene of the lock's releases or of the case",
                "type its approved symbol, or its HGNC id such as HGNC:25439"
                + nearest(name, known.values()),
            )
        ]
    )
