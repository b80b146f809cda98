"""The columns of a family's alleles, as they are normalised, annotated and stored."""

import pyarrow as pa

LIKELIHOODS = ("pl_0", "pl_1", "pl_2")
"""Columns of a call's likelihoods: of no, one and two copies of the allele."""

GENOTYPE = pa.struct(
    [
        pa.field("person", pa.string(), nullable=False),
        pa.field("copies", pa.int8()),
        pa.field("ploidy", pa.int8()),
        pa.field("haplotype", pa.int8()),
        pa.field("phase_set", pa.string()),
        pa.field("ref_depth", pa.int32()),
        pa.field("alt_depth", pa.int32()),
        pa.field("depth", pa.int32()),
        pa.field("genotype_quality", pa.int32()),
        *(pa.field(name, pa.int16()) for name in LIKELIHOODS),
    ]
)
VARIANTS_SCHEMA = pa.schema(
    [
        pa.field("key", pa.uint64(), nullable=False),
        pa.field("chromosome", pa.string(), nullable=False),
        pa.field("position", pa.int32(), nullable=False),
        pa.field("ref", pa.string(), nullable=False),
        pa.field("alt", pa.string(), nullable=False),
        pa.field("original", pa.string()),
        pa.field("filter", pa.string(), nullable=False),
        pa.field("quality", pa.float32()),
        pa.field("genotypes", pa.list_(GENOTYPE), nullable=False),
    ]
)
"""`filter` is the caller's, ``.`` when it did not filter.

``pl_0``, ``pl_1`` and ``pl_2`` are the phred-scaled likelihoods of no, one and two copies of the
allele, relative to the best genotype and at most 999; all null where the caller gives none, and the
last of a haploid call.

`original` is the allele as the laboratory's VCF has it (``22-56-AAG-AG``); null when the same.
"""
