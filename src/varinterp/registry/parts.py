"""Sets of reads, cut into the parts that many of them share and packed for the index.

An assessment reads some rules, some facts of its gene, and the rest. Each part is stored once, as
the hashes of the facts (`model.reads.fact_hash`); the reads themselves, with the digests of what
they found, stand in the assessment.
"""

import struct
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

from varinterp.model.archive import POSITION_SOURCES
from varinterp.model.chromosome import Chromosome
from varinterp.model.facts import GENE_LINKS, GROUPS, RULE, TRANSCRIPT
from varinterp.model.reads import WHOLE, Read, fact_hash

POSITION_FORM = "<BBI"
"""A read of a position: index of the source in POSITION_SOURCES, chromosome code, position."""

_OF_THE_GENE = frozenset({GENE_LINKS.source, GROUPS.source, TRANSCRIPT.source})
DIGEST_BYTES = 16
"""Of a part's digest (BLAKE2b)."""

_hash = lru_cache(1 << 16)(fact_hash)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a set of reads: hashes of facts, and the positions among them."""

    digest: bytes
    sources: str
    hashes: bytes
    positions: bytes = b""


@dataclass(frozen=True, slots=True)
class Parts:
    """The three parts of a set of reads: `own` is the case's, the others are everybody's."""

    rules: Part
    gene: Part
    own: Part

    @classmethod
    def of(cls, reads: Iterable[Read]) -> "Parts":
        """Cut a set of reads."""
        rules, gene, own = [], [], []
        for read in reads:
            if read.source == RULE.source:
                rules.append(read)
            elif read.source in _OF_THE_GENE or read.key == WHOLE:
                gene.append(read)
            else:
                own.append(read)
        return cls(_part(rules), _part(gene), _part(own, _positions(own)))


def _part(reads: list[Read], positions: bytes = b"") -> Part:
    hashes = struct.pack(f"<{len(reads)}Q", *sorted(_hash(r.source, r.key) for r in reads))
    return Part(
        digest=blake2b(hashes + positions, digest_size=DIGEST_BYTES).digest(),
        sources=",".join(sorted({read.source for read in reads})),
        hashes=hashes,
        positions=positions,
    )


def _positions(reads: list[Read]) -> bytes:
    packed = []
    for read in reads:
        if read.source in POSITION_SOURCES:
            chromosome, _, position = read.key.partition("-")
            code = Chromosome(chromosome).code
            source = POSITION_SOURCES.index(read.source)
            packed.append(struct.pack(POSITION_FORM, source, code, int(position)))
    return b"".join(packed)
