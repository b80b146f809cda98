"""The columns of a table of consequences: VEP's `CSQ`, a row an allele and transcript."""

import polars as pl

PREDICTORS = {
    "revel": "REVEL",
    "alphamissense": "am_pathogenicity",
    "bayesdel": "BayesDel_noAF_score",
    "cadd": "CADD_PHRED",
    "phylop": "phyloP100way_vertebrate",
    "spliceai_acceptor_gain": "SpliceAI_pred_DS_AG",
    "spliceai_acceptor_loss": "SpliceAI_pred_DS_AL",
    "spliceai_donor_gain": "SpliceAI_pred_DS_DG",
    "spliceai_donor_loss": "SpliceAI_pred_DS_DL",
}
"""Score columns with the `CSQ` fields that VEP's plugins write them to (CADD: phred-scaled).

BayesDel (without allele frequencies) and phyloP (of 100 vertebrates) are fields of dbNSFP.
"""

CSQ_COLUMNS: dict[str, pl.DataType] = {
    "chromosome": pl.String(),
    "position": pl.Int64(),
    "ref": pl.String(),
    "alt": pl.String(),
    "transcript": pl.String(),
    "refseq": pl.String(),
    "gene": pl.String(),
    "hgnc": pl.String(),
    "biotype": pl.String(),
    "terms": pl.List(pl.String()),
    "hgvs_c": pl.String(),
    "hgvs_p": pl.String(),
    "exon": pl.Int32(),
    "intron": pl.Int32(),
    "cds_position": pl.Int32(),
    "protein_position": pl.Int32(),
    "ref_aa": pl.String(),
    "alt_aa": pl.String(),
    "mane": pl.String(),
    **dict.fromkeys([*PREDICTORS, "spliceai"], pl.Float64()),
    "spliceai_effect": pl.String(),
}
"""Columns in order, with their types. Absent values are null; terms are worst first.

`spliceai` is the largest of the four delta scores, null unless all four are there: a low score
would otherwise be read from a missing one. `spliceai_effect` says which of them it is, the first
in the order of `SpliceEffect` when several are.
"""
