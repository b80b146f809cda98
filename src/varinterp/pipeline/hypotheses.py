"""A case's hypotheses and their assessments: what classifying and reanalysing a case share."""

from collections.abc import Callable, Collection, Mapping, Sequence

from varinterp.acmg.assess import assess
from varinterp.acmg.prior import prior
from varinterp.inheritance.limits import FamilyLimits
from varinterp.model.assessment import PRIOR, Assessment, AssessmentKey
from varinterp.model.carried_copy import CarriedCopy
from varinterp.model.case import Candidate, Case, PhenotypeScore
from varinterp.model.facts import GENE_ALLELES, GeneAlleles, GeneLinks
from varinterp.model.reads import Evidence
from varinterp.model.variant import Allele
from varinterp.pipeline.collection import held_still
from varinterp.pipeline.phenotype import PatientMatcher
from varinterp.priority.hypotheses import Hypothesis, raise_hypotheses
from varinterp.sources.rules import Rules

_PENETRANCE = "inheritance.penetrance"

Asked = Callable[[str, Evidence], bool]
"""Whether a key, by its text, is to be assessed, given all evidence."""


def hypotheses_of(
    case: Case,
    candidates: Sequence[Candidate],
    links: Mapping[str, GeneLinks],
    rules: Rules,
    copies: Sequence[CarriedCopy] = (),
) -> tuple[Hypothesis, ...]:
    """Return the hypotheses that a case's candidates raise under the rules in force.

    `copies` are the patient's copy numbers: beside an allele they are second hits, and they raise
    no assessment that would not be without them.
    """

    def incomplete(name: str) -> bool:
        own = rules.values.get(f"{name}/{_PENETRANCE}")
        return (own or rules.values[_PENETRANCE]).value == "incomplete"

    limits = FamilyLimits.read(rules.number)
    return raise_hypotheses(
        case, candidates, links, limits, rules.specification, copies, incomplete
    )


def phenotypes_of(
    hypotheses: Sequence[Hypothesis], matcher: PatientMatcher
) -> dict[str, PhenotypeScore]:
    """Match the patient with every disease of the hypotheses; a disease without terms has none."""
    diseases = sorted({h.link.disease for h in hypotheses if h.link is not None})
    return matcher.scores(diseases)


def keys_of(hypotheses: Sequence[Hypothesis]) -> dict[str, AssessmentKey]:
    """Return each key once, however many pairs it is a part of, by its text and in its order."""
    return dict(sorted({str(key): key for each in hypotheses for key in each.keys}.items()))


def assess_keys(
    keys: Mapping[str, AssessmentKey],
    candidates: Sequence[Candidate],
    evidence: Evidence,
    asked: Asked | None = None,
) -> tuple[tuple[Assessment, ...], Evidence]:
    """Assess keys whose alleles are among the candidates, in the keys' order.

    `keys` and `candidates` must be all of the case's in each gene that a key names: first the prior
    of every allele that has another beside it is found, then the assessments themselves, which may
    read the others' priors. Returns the evidence with those facts. `asked` tells which keys are to
    be assessed, every one when None.
    """
    transcripts = {(c.allele, c.consequence.hgnc): c.consequence.transcript for c in candidates}
    alleles = _by_gene({key.gene for key in keys.values()}, candidates)
    gathered = evidence.with_facts(
        {(GENE_ALLELES.source, gene): found for gene, found in alleles.items()}
    )
    beside = gathered.with_facts(
        {
            (PRIOR.source, text): prior(key, transcripts[key.allele, key.gene], gathered)
            for text, key in keys.items()
            if len(alleles[key.gene].alleles) > 1
        }
    )
    with held_still():
        assessments = tuple(
            assess(key, transcripts[key.allele, key.gene], beside)
            for text, key in keys.items()
            if asked is None or asked(text, beside)
        )
    return assessments, beside


def _by_gene(genes: Collection[str], candidates: Sequence[Candidate]) -> dict[str, GeneAlleles]:
    """Return the candidates of each gene by their alleles' ids, in genome order."""
    found: dict[str, set[Allele]] = {gene: set() for gene in genes}
    for candidate in candidates:
        if candidate.consequence.hgnc in found:
            found[candidate.consequence.hgnc].add(candidate.allele)
    return {
        gene: GeneAlleles(tuple(str(allele) for allele in sorted(alleles)))
        for gene, alleles in found.items()
    }
