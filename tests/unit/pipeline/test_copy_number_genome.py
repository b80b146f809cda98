"""One transcript a gene: MANE Select before Plus Clinical, whatever the order."""

from dataclasses import replace
from itertools import permutations

from core_builders import BRCA1, TANGO2
from varinterp.model.chromosome import Chromosome
from varinterp.model.copy_number_facts import Hit
from varinterp.model.transcript import Mane, Span
from varinterp.pipeline.copy_number_genome import Genome

PLUS = replace(TANGO2, id="ENST00000000001.1", mane=Mane.PLUS_CLINICAL, exons=TANGO2.exons[:3])
LATE = replace(TANGO2, id="ENST00000999999.1")


def test_the_select_transcript_stands_for_its_gene() -> None:
    for order in permutations((PLUS, TANGO2, BRCA1, LATE)):
        genome = Genome.of(order)
        (hit,) = genome.touched(Chromosome.C22, Span(20000000, 20100000))
        assert (hit.transcript, hit.hit) == (TANGO2.id, Hit.WHOLE)
        assert genome.transcript(Chromosome.C22, hit) is TANGO2
        assert genome.touched(Chromosome.C17, Span(20000000, 20100000)) == ()
        assert genome.touched(Chromosome.C1, Span(20000000, 20100000)) == ()
