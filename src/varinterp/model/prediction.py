"""Predictors: what each one scores, and a score as a fact of its own.

A predictor's release answers for its own source of facts and no other, so that a new one touches
only the criteria that read it. What a score is about differs, and with it the key:

==============  ==========================  ===========================================
predictor       about                       key
==============  ==========================  ===========================================
revel           allele on a transcript      ``22-20061538-G-A@ENST00000327374``
alphamissense   allele on a transcript      ``22-20061538-G-A@ENST00000327374``
spliceai        allele in a gene            ``22-20061538-G-A@TANGO2``
cadd, bayesdel  allele                      ``22-20061538-G-A``
phylop          position                    ``22-20061538``
==============  ==========================  ===========================================

A predictor was run on the transcripts of its day: its keys name them without the version, and a
transcript that it does not list has no score. Another transcript's score is never taken instead.
Genes are named by the symbol of the candidate's consequence; a gene that SpliceAI's release knows
by another symbol has no score.
"""

from dataclasses import dataclass, fields
from enum import StrEnum

from varinterp.model.transcript import Consequence
from varinterp.model.variant import Allele


class Predictor(StrEnum):
    """Every predictor whose scores can be read."""

    REVEL = "revel"
    ALPHAMISSENSE = "alphamissense"
    BAYESDEL = "bayesdel"
    CADD = "cadd"
    PHYLOP = "phylop"
    SPLICEAI = "spliceai"


class Scope(StrEnum):
    """What a score is about."""

    TRANSCRIPT = "transcript"
    GENE = "gene"
    ALLELE = "allele"
    POSITION = "position"


class SpliceEffect(StrEnum):
    """Which of SpliceAI's four deltas is the largest."""

    ACCEPTOR_GAIN = "acceptor_gain"
    ACCEPTOR_LOSS = "acceptor_loss"
    DONOR_GAIN = "donor_gain"
    DONOR_LOSS = "donor_loss"


class ScoreOrigin(StrEnum):
    """Where a score was read: a release of the lock, or `CSQ` of the laboratory's own VCF."""

    RELEASE = "release"
    LABORATORY = "laboratory"


SCOPES = {
    Predictor.REVEL: Scope.TRANSCRIPT,
    Predictor.ALPHAMISSENSE: Scope.TRANSCRIPT,
    Predictor.BAYESDEL: Scope.ALLELE,
    Predictor.CADD: Scope.ALLELE,
    Predictor.PHYLOP: Scope.POSITION,
    Predictor.SPLICEAI: Scope.GENE,
}

MISSENSE = (
    Predictor.REVEL,
    Predictor.ALPHAMISSENSE,
    Predictor.BAYESDEL,
    Predictor.CADD,
    Predictor.PHYLOP,
)
"""Predictors of which a laboratory's rules choose one for missense alleles."""


@dataclass(frozen=True, slots=True)
class Score:
    """A predictor's raw score; `effect` is SpliceAI's, and tells which of its deltas `value` is."""

    value: float
    origin: ScoreOrigin
    effect: SpliceEffect | None = None
    constructed: bool = False


@dataclass(frozen=True, slots=True)
class Predictions:
    """The scores of an allele on a transcript; None where a predictor has none."""

    revel: Score | None = None
    alphamissense: Score | None = None
    bayesdel: Score | None = None
    cadd: Score | None = None
    phylop: Score | None = None
    spliceai: Score | None = None

    def of(self, predictor: Predictor) -> Score | None:
        """Return a predictor's score."""
        found: Score | None = getattr(self, predictor.value)
        return found

    @property
    def scored(self) -> tuple[Predictor, ...]:
        """The predictors that have a score, in order."""
        return tuple(
            Predictor(field.name) for field in fields(self) if getattr(self, field.name) is not None
        )


def score_key(predictor: Predictor, allele: Allele, consequence: Consequence) -> str | None:
    """Return the key of a predictor's score; None where it scores nothing of the kind."""
    match SCOPES[predictor]:
        case Scope.TRANSCRIPT:
            return f"{allele}@{without_version(consequence.transcript)}"
        case Scope.GENE:
            return f"{allele}@{consequence.gene}"
        case Scope.ALLELE:
            return str(allele)
        case Scope.POSITION:
            one = len(allele.ref) == len(allele.alt) == 1
            return f"{allele.chromosome}-{allele.position}" if one else None


def without_version(transcript: str) -> str:
    """Return ``ENST00000327374`` for ``ENST00000327374.9``."""
    return transcript.partition(".")[0]
