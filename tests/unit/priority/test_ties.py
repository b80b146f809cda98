"""Equal log-odds: evidence first, then what is known of the gene, then the name."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core_builders import WEIGHTS, allele, candidate, case, concluded, trio
from ranked import CARRIED, DISEASE, FITS, MATCH, NULL, ONE, RELATED, TWO
from varinterp.model.assessment import AcmgClass, AssessmentKey
from varinterp.model.carried_copy import CarriedCopy
from varinterp.model.case import RankedHypothesis
from varinterp.model.chromosome import Chromosome
from varinterp.model.copy_number import Change, CopyNumber
from varinterp.model.evidence import Finding
from varinterp.model.gene_disease import GeneDisease, Validity
from varinterp.priority.hypotheses import Hypothesis
from varinterp.priority.rank import rank

LEVEL = replace(
    WEIGHTS,
    very_strong=1.0,
    no_known_disease=0.5,
    validity=dict.fromkeys(Validity, 0.5),
    effect=dict.fromkeys(WEIGHTS.effect, 0.0),
)
"""Neither the points of an allele nor the class of a link adds anything to the sum."""


@dataclass(frozen=True, slots=True)
class Rival:
    """A hypothesis as far as it differs from the others."""

    name: str = ONE
    findings: tuple[Finding, ...] = NULL
    disease: GeneDisease | None = DISEASE
    copy: CarriedCopy | None = None

    @property
    def hypothesis(self) -> Hypothesis:
        named = "none" if self.disease is None else self.disease.disease
        mode = None if self.disease is None else self.disease.inheritance
        key = AssessmentKey("case", allele(self.name), DISEASE.hgnc, named, mode, "core")
        number = None if self.copy is None else self.copy.copy_number
        return Hypothesis((key,), self.disease, replace(FITS, copy_number=number), self.copy)


def ranked(*rivals: Rival) -> Sequence[RankedHypothesis]:
    hypotheses = [each.hypothesis for each in rivals]
    told = {
        each.keys[0]: concluded(each.keys[0], *rival.findings)
        for each, rival in zip(hypotheses, rivals, strict=True)
    }
    carried = [candidate(each.name, CARRIED) for each in rivals]
    found = rank(case(trio()), hypotheses, carried, told, lambda disease: MATCH, LEVEL)
    assert len({each.log_odds for each in found}) == 1
    return found


def test_the_allele_with_more_evidence_is_read_first() -> None:
    found = ranked(Rival(ONE, ()), Rival(TWO, NULL))

    assert [str(each.keys[0].allele) for each in found] == [TWO, ONE]


def test_the_better_founded_disease_is_read_first() -> None:
    limited = replace(DISEASE, disease="OMIM:100001", validity=Validity.LIMITED)
    definite = replace(DISEASE, disease="OMIM:100002", validity=Validity.DEFINITIVE)
    found = ranked(Rival(disease=limited), Rival(disease=definite))

    assert [each.keys[0].disease for each in found] == ["OMIM:100002", "OMIM:100001"]


def test_what_differs_in_nothing_else_is_in_order_of_the_disease_s_id() -> None:
    one, two = (Rival(disease=replace(DISEASE, disease=f"OMIM:10000{n}")) for n in (1, 2))
    found = ranked(two, one)

    assert [each.keys[0].disease for each in found] == ["OMIM:100001", "OMIM:100002"]
    assert found == ranked(one, two)


def test_each_disease_is_weighed_by_its_own_match() -> None:
    one, two = (Rival(disease=replace(DISEASE, disease=f"OMIM:10000{n}")) for n in (1, 2))
    matches = {"OMIM:100001": RELATED, "OMIM:100002": MATCH}
    hypotheses = [one.hypothesis, two.hypothesis]
    found = rank(
        case(trio()),
        hypotheses,
        [candidate(ONE, CARRIED)],
        {each.keys[0]: concluded(each.keys[0], *NULL) for each in hypotheses},
        matches.get,
        LEVEL,
    )

    assert [(each.keys[0].disease, each.phenotype) for each in found] == [
        ("OMIM:100002", MATCH),
        ("OMIM:100001", RELATED),
    ]


def loss(start: int) -> CarriedCopy:
    number = CopyNumber(Chromosome.C22, start, 20064000, Change.LOSS, 1)
    return CarriedCopy(number, (DISEASE.hgnc,), AcmgClass.UNCERTAIN, 0.0, ())


def test_an_allele_beside_two_copy_numbers_has_one_order_whatever_came_first() -> None:
    near, far = Rival(copy=loss(20055000)), Rival(copy=loss(20050000))
    found = ranked(near, far)

    starts = [each.fit.copy_number.start for each in found if each.fit.copy_number is not None]
    assert starts == [20050000, 20055000]
    assert found == ranked(far, near)


def test_a_disease_is_named_and_a_gene_without_one_has_no_name_to_show() -> None:
    (known,), (none,) = ranked(Rival()), ranked(Rival(disease=None))

    assert (known.disease_name, none.disease_name) == ("a disease", None)
    assert (none.reason.key, none.phenotype) == ("tier.no_known_disease", None)
