"""A gene that was renamed is found by its symbol of today, unless that could mean another gene."""

from pathlib import Path

from varinterp.sources.gene_symbols import renamed_symbols

HEAD = "hgnc_id\tsymbol\tname\tstatus\talias_symbol\tprev_symbol\n"


def test_only_what_can_mean_one_gene_is_renamed(tmp_path: Path) -> None:
    path = tmp_path / "hgnc_complete_set.txt"
    path.write_text(
        HEAD
        + 'HGNC:25439\tTANGO2\ttransport\tApproved\t"FLJ1|FLJ2"\tC22orf25\n'
        + 'HGNC:1\tNEW1\tone\tApproved\t\t"OLD1|OLD2"\n'
        + "HGNC:2\tNEW2\ttwo\tApproved\t\tOLD2\n"
        + "HGNC:3\tNEW3\tthree\tApproved\t\tTANGO2\n"
        + "HGNC:4\tGONE\tfour\tEntry Withdrawn\t\tOLD4\n"
        + "HGNC:5\tPLAIN\tfive\tApproved\t\t\n"
    )

    assert renamed_symbols(path) == {"C22orf25": "TANGO2", "OLD1": "NEW1"}
