"""ClinVar's VCF, of any year since 2014: what it says of each allele, its words checked.

Read for this: headers and rows of ClinVar's GRCh38 VCF of 2021 to 2026 (aggregates; ``CLNSIGINCL``
and no ``CLNSIG`` where only a haplotype was classified; ``ONC`` and ``SCI`` fields of somatic
classes, which are not read), of VCFs before October 2017 (``CLNSIG`` in numbers or words and
``CLNDBN`` or ``CLNDN``, one for each condition, commas written ``\\x2c``), and of extracts.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import NoReturn, TypeVar

import polars as pl

from varinterp.errors import ReleaseError
from varinterp.model.clinvar import Significance
from varinterp.sources.clinvar_places import GENE_INFO, Texts
from varinterp.sources.clinvar_words import significance, stars
from varinterp.sources.lines import shown
from varinterp.sources.sites_vcf import read_sites

T = TypeVar("T")

SEVERAL_ALTS = "several_alts"
HAPLOTYPE_ONLY = "haplotype_only"
NO_GERMLINE_CLASS = "no_germline_class"
_INFO = (
    "CLNSIG", "CLNSIGINCL", "CLNREVSTAT", "CLNDN", "CLNDBN", "CLNHGVS", "RS", "GENEINFO",
    "CLNDISDB",
)  # fmt: skip
_FILE_DATE = "##fileDate="


class Phrases:
    """Every different sequence of words met so far, by number: rows carry the number."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[Significance, ...], int] = {}

    def number(self, words: tuple[Significance, ...]) -> int:
        """Return the number of a sequence, a new one for a new sequence."""
        return self._numbers.setdefault(words, len(self._numbers))

    def lists(self) -> pl.Series:
        """Return the sequences as lists of text, each at its number: gather with ``phrase``."""
        lists = [[word.value for word in words] for words in self._numbers]
        return pl.Series("significance", lists, dtype=pl.List(pl.String))


class Records:
    """An iterator of blocks of a ClinVar VCF, with what was left out and what was met.

    A block has ``chromosome``, ``position``, ``ref``, ``alt``, ``phrase`` (UInt32, a number of
    `phrases`), ``conditions`` (one text, separated by ``|``), ``stars`` (null when the file has no
    review status), ``variation`` (UInt32; null when the file has none), ``rsid``, ``name``, and
    ``genes`` and ``diseases`` (UInt32, numbers of what `genes` and `diseases` have met).
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.phrases = Phrases()
        self.genes, self.diseases = Texts(), Texts()
        self.left_out: Counter[str] = Counter()
        self._sites = read_sites(path, dict.fromkeys(_INFO, pl.String))
        self._words: dict[str, int] = {}
        self._stars: dict[str, int | None] = {}

    @property
    def set_aside(self) -> Counter[str]:
        """Rows left out so far, by reason."""
        return self.left_out + self._sites.set_aside

    @property
    def stated(self) -> date | None:
        """The date that the header gives, None when it gives none; after the first block."""
        for line in self._sites.header:
            if line.startswith(_FILE_DATE):
                return _date(line.removeprefix(_FILE_DATE), self.path)
        return None

    def __iter__(self) -> Iterator[pl.DataFrame]:
        for block in self._sites:
            yield self._records(block)

    def _records(self, block: pl.DataFrame) -> pl.DataFrame:
        # ClinVar of 2013 to 2017 had words for several ALTs in one field, in an order of its own.
        several = block["line"].is_duplicated()
        self._leave_out(block.filter(several).height, SEVERAL_ALTS)
        block = block.filter(~several)
        unclassified = pl.col("CLNSIG").is_null()
        included = pl.col("CLNSIGINCL").is_not_null()
        self._leave_out(block.filter(unclassified & included).height, HAPLOTYPE_ONLY)
        self._leave_out(block.filter(unclassified & ~included).height, NO_GERMLINE_CLASS)
        kept = block.filter(~unclassified)
        phrases = self._mapped(kept, "CLNSIG", self._phrase, self._words, pl.UInt32)
        review = self._mapped(kept, "CLNREVSTAT", stars, self._stars, pl.Int8)
        self._check_genes(kept)
        rows = kept.select(
            "chromosome", "position", "ref", "alt",
            phrases.alias("phrase"),
            _conditions().alias("conditions"),
            review.alias("stars"),
            pl.col("id").cast(pl.UInt32, strict=False).alias("variation"),
            _rsid().alias("rsid"),
            pl.col("CLNHGVS").str.replace("_(p.", " (p.", literal=True).alias("name"),
            self.genes.numbers(kept["GENEINFO"]).alias("genes"),
            self.diseases.numbers(kept["CLNDISDB"]).alias("diseases"),
            "CLNSIG",
        )  # fmt: skip
        lengths = self.phrases.lists().list.len().gather(rows["phrase"])
        for text in rows.filter(lengths == 0)["CLNSIG"]:
            self._leave_out(1, NO_GERMLINE_CLASS if text == "-" else HAPLOTYPE_ONLY)
        return rows.filter(lengths > 0).drop("CLNSIG")

    def _leave_out(self, rows: int, reason: str) -> None:
        if rows:
            self.left_out[reason] += rows

    def _phrase(self, text: str) -> int:
        return self.phrases.number(significance(text))

    def _mapped(
        self,
        rows: pl.DataFrame,
        name: str,
        read: Callable[[str], T],
        known: dict[str, T],
        kind: type[pl.DataType],
    ) -> pl.Series:
        """Read each different text of a column once; refuse an unknown word with its line."""
        for text in rows[name].drop_nulls().unique(maintain_order=True):
            if text not in known:
                try:
                    known[text] = read(text)
                except KeyError as error:
                    self._refuse(rows.filter(pl.col(name) == text)["line"][0], name, error.args[0])
        if not known:
            return pl.repeat(None, rows.height, dtype=kind(), eager=True)
        return rows[name].replace_strict(
            list(known), pl.Series(list(known.values()), dtype=kind), return_dtype=kind
        )

    def _check_genes(self, rows: pl.DataFrame) -> None:
        bad = rows.filter(~pl.col("GENEINFO").str.contains(GENE_INFO))
        if bad.height:
            place = f"{self.path.name}:{bad['line'][0]}"
            raise ReleaseError(f"{place}: GENEINFO {shown(bad['GENEINFO'][0])} is no SYMBOL:NUMBER")

    def _refuse(self, line: int, name: str, word: str) -> NoReturn:
        raise ReleaseError(f"{self.path.name}:{line}: unknown word {shown(word)} in {name}")


def _conditions() -> pl.Expr:
    text = pl.coalesce("CLNDN", "CLNDBN").fill_null("")
    return text.str.replace_all("_", " ", literal=True).str.replace_all("\\x2c", ",", literal=True)


def _rsid() -> pl.Expr:
    """The first dbSNP id of RS, or that of the ID column of an old file."""
    first = pl.col("RS").str.extract(r"^(?:rs)?(\d+)")
    named = pl.col("id").str.extract(r"^rs(\d+)")
    number = pl.coalesce(first, named)
    return pl.when(number.is_not_null()).then(pl.concat_str(pl.lit("rs"), number))


def _date(text: str, path: Path) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ReleaseError(f"{path.name}: ##fileDate {shown(text)} is no date") from None
