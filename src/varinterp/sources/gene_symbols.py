"""HGNC's complete set, read for one thing: which symbol a gene's former symbol has become.

Read for this: the head of ``hgnc_complete_set.txt`` (tab-separated, one row a gene, with
``hgnc_id``, ``symbol``, ``status`` and ``prev_symbol`` among its columns; several former symbols
are joined by ``|``, such a cell in quotes).
"""

from pathlib import Path

import polars as pl

from varinterp.sources.delimited import read_delimited

_COLUMNS = ("symbol", "status", "prev_symbol")


def renamed_symbols(path: Path) -> dict[str, str]:
    """Return the symbol of today by a former one.

    A former symbol that is another gene's of today, or was two genes', is left out: which gene it
    stands for cannot be told.
    """
    rows = pl.concat(list(read_delimited(path, _COLUMNS, quote='"')))
    approved = rows.filter(pl.col("status") == "Approved")
    former = (
        approved.drop_nulls("prev_symbol")
        .with_columns(pl.col("prev_symbol").str.split("|"))
        .explode("prev_symbol", empty_as_null=False)
        .filter(~pl.col("prev_symbol").is_in(approved["symbol"].to_list()))
    )
    one = former.filter(pl.col("symbol").n_unique().over("prev_symbol") == 1)
    return dict(one.select("prev_symbol", "symbol").unique().sort("prev_symbol").rows())
