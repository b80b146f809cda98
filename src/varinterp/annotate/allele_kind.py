"""What an ALT allele is: a small allele that is interpreted, or why it is set aside."""

from enum import StrEnum

import polars as pl


class SetAside(StrEnum):
    """Why a row of the input is not in the normalised file. Everything is counted."""

    OTHER_CONTIG = "other_contig"
    REFERENCE_BLOCK = "reference_block"
    UNSEEN_ALLELE = "unseen_allele"
    SPANNING_DELETION = "spanning_deletion"
    SYMBOLIC = "symbolic"
    BREAKEND = "breakend"
    AMBIGUOUS_BASE = "ambiguous_base"
    DUPLICATE = "duplicate"
    NOT_CARRIED = "not_carried"


SMALL = "small"
_BASES = "^[ACGTacgt]+$"
_UNSEEN = ("<NON_REF>", "<*>")


def kind(ref: str = "ref", alt: str = "alt") -> pl.Expr:
    """Return the kind of one ALT allele: ``small`` or a `SetAside`."""
    alternative = pl.col(alt)
    return (
        pl.when(alternative.str.contains(_BASES) & pl.col(ref).str.contains(_BASES))
        .then(pl.lit(SMALL))
        .when(alternative.is_in(_UNSEEN))
        .then(pl.lit(SetAside.UNSEEN_ALLELE.value))
        .when(alternative == "*")
        .then(pl.lit(SetAside.SPANNING_DELETION.value))
        .when(alternative.str.starts_with("<"))
        .then(pl.lit(SetAside.SYMBOLIC.value))
        .when(alternative.str.contains(r"[\[\]]|^\.|\.$"))
        .then(pl.lit(SetAside.BREAKEND.value))
        .otherwise(pl.lit(SetAside.AMBIGUOUS_BASE.value))
    )
