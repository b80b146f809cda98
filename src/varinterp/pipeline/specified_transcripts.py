"""Whether gene specifications count residues on the transcript that alleles are judged on.

That transcript is MANE Select. A specification that names another would place its hot spots and
regions elsewhere, so that it is refused. Versions of a transcript may differ.
"""

from collections.abc import Iterator

import polars as pl

from varinterp.errors import Fault, InputError
from varinterp.model.transcript import Mane
from varinterp.refs.lock import Releases
from varinterp.sources.gene_specs import ADVICE, stated_transcripts
from varinterp.sources.rules import Rules
from varinterp.sources.transcripts import TRANSCRIPTS_FILE


def check_transcripts(releases: Releases, rules: Rules) -> None:
    """Raise InputError with every specification whose transcript is not MANE Select."""
    stated = list(stated_transcripts(rules.values))
    if not stated:
        return
    known = _selected(releases, {gene for _, gene, _ in stated})
    faults = list(_faults(stated, known))
    if faults:
        raise InputError(faults)


def _faults(stated: list[tuple[str, str, str]], known: dict[str, str]) -> Iterator[Fault]:
    for specification, gene, name in stated:
        selected = known.get(gene)
        if selected is not None and _accession(selected) != _accession(name):
            yield Fault(
                rule="gene_spec.transcript",
                file=f"{specification}.yaml",
                found=name,
                expected=f"{selected}, MANE Select of {gene}",
                advice=ADVICE,
                column=f"transcripts.{gene}",
            )


def _selected(releases: Releases, genes: set[str]) -> dict[str, str]:
    """Return the RefSeq name of each gene's MANE Select transcript, where the release has one."""
    table = pl.scan_parquet(releases["mane"].file(TRANSCRIPTS_FILE))
    rows = (
        table.filter(
            pl.col("hgnc").is_in(sorted(genes))
            & (pl.col("mane") == Mane.SELECT.value)
            & pl.col("refseq").is_not_null()
        )
        .select("hgnc", "refseq")
        .collect()
    )
    return dict(rows.iter_rows())


def _accession(name: str) -> str:
    return name.partition(".")[0]
