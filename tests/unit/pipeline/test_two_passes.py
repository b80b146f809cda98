"""Two passes: what is held of each allele, then the assessments that read it of each other."""

from typing import Any

from core_builders import (
    BRCA1,
    FAMILY_LIMITS,
    HET,
    REF,
    RULES,
    TANGO2,
    calls,
    candidate,
    case,
    frequency,
    link,
    trio,
)
from core_builders import no_specification as none
from varinterp.model.assessment import AcmgClass, Assessment, PriorClass
from varinterp.model.case import Candidate
from varinterp.model.evidence import Criterion, Strength
from varinterp.model.facts import (
    FREQUENCY,
    GENE_LINKS,
    GENOTYPES,
    PEDIGREE,
    PEDIGREE_KEY,
    PHENOTYPE_FIT,
    RULE,
    CasePedigree,
    GeneAlleles,
    GeneLinks,
    PhenotypeFit,
)
from varinterp.model.reads import Evidence
from varinterp.pipeline.hypotheses import assess_keys, keys_of
from varinterp.priority.hypotheses import raise_hypotheses

FAMILY = trio()
PATERNAL = calls(proband=HET, father=HET, mother=REF)
MATERNAL = calls(proband=HET, father=REF, mother=HET)
ONE, OTHER = "22-20043360-C-T", "22-20061538-G-A"
LINKS = {TANGO2.hgnc: GeneLinks((link(),))}
PAIR = (candidate(OTHER, MATERNAL), candidate(ONE, PATERNAL))
ALONE = candidate("17-43093844-G-A", PATERNAL, hgnc=BRCA1.hgnc)


def evidence(candidates: tuple[Candidate, ...]) -> Evidence:
    """A rare allele each, and a patient with the disease's signs."""
    facts: dict[tuple[str, str], Any] = {(RULE.source, name): rule for name, rule in RULES.items()}
    facts[(PEDIGREE.source, PEDIGREE_KEY)] = CasePedigree(FAMILY, True)
    facts[(GENE_LINKS.source, TANGO2.hgnc)] = LINKS[TANGO2.hgnc]
    facts[(PHENOTYPE_FIT.source, link().disease)] = PhenotypeFit(5, 3)
    for each in candidates:
        facts[(GENOTYPES.source, str(each.allele))] = each.genotypes
        facts[(FREQUENCY.source, str(each.allele))] = frequency(0)
    return Evidence(facts)


def assessed(
    *candidates: Candidate, asked: object = None
) -> tuple[dict[str, Assessment], dict[tuple[str, str], object]]:
    keys = keys_of(raise_hypotheses(case(FAMILY), candidates, LINKS, FAMILY_LIMITS, none))
    found, beside = assess_keys(keys, candidates, evidence(candidates), asked)  # type: ignore[arg-type]
    reads = tuple(read for each in found for read in each.reads)
    facts = beside.slice(reads)
    return {str(each.key.allele): each for each in found}, {
        place: value for place, value in facts.items() if place[0] in ("assessment", "case.gene")
    }


def test_each_of_a_pair_reads_what_is_held_of_the_other() -> None:
    found, facts = assessed(*PAIR)

    keys = {name: str(each.key) for name, each in found.items()}
    assert facts == {
        ("case.gene", TANGO2.hgnc): GeneAlleles((ONE, OTHER)),
        ("assessment", keys[ONE]): PriorClass(1, AcmgClass.UNCERTAIN),
        ("assessment", keys[OTHER]): PriorClass(1, AcmgClass.UNCERTAIN),
    }
    for name, partner in ((ONE, OTHER), (OTHER, ONE)):
        read = {each.key for each in found[name].reads if each.source == "assessment"}
        assert read == {keys[partner]}


def test_two_uncertain_alleles_do_not_lift_each_other() -> None:
    found, _ = assessed(*PAIR)

    for each in found.values():
        verdicts = {finding.criterion: finding.verdict for finding in each.findings}
        assert verdicts[Criterion.PM3].reason.key == "in_trans.too_few_points"
        assert {c: v.strength for c, v in verdicts.items() if v.strength} == {
            Criterion.PM2: Strength.SUPPORTING
        }


def test_an_allele_alone_in_its_gene_has_no_prior() -> None:
    _, facts = assessed(PAIR[0], ALONE)

    assert facts == {("case.gene", TANGO2.hgnc): GeneAlleles((OTHER,))}


def test_only_what_is_asked_for_is_assessed_and_reads_the_rest() -> None:
    seen = []

    def asked(text: str, found: Evidence) -> bool:
        seen.append(found.provided)
        return f"|GRCh38:{ONE}|" in text or f"|{ONE}|" in text

    found, facts = assessed(*PAIR, asked=asked)

    assert set(found) == {ONE}
    assert {source for source, _ in facts} == {"assessment", "case.gene"}
    assert all("assessment" in provided for provided in seen)
    assert len(seen) == 2
