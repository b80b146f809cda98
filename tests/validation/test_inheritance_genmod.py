"""Beside genmod: every combination of calls in a child, both parents and a sister.

`VARINTERP_GENMOD` names genmod 3.12 (MIT) in an environment of its own; without it this is skipped.
A model that genmod keeps is one that we do not contradict, and the other way round, but for what is
named here.
"""

import os
import subprocess
from collections import Counter
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest

from core_builders import FAMILY_LIMITS, HET, HOM, NO, REF, YES
from varinterp.inheritance import dominant, recessive, x_linked
from varinterp.inheritance.calls import CallTable
from varinterp.inheritance.tables import Answers
from varinterp.model.facts import FamilyGenotypes
from varinterp.model.family import Affected, Family, Person, Sex
from varinterp.model.fit import Answer
from varinterp.model.genotype import MISSING

GENMOD = os.environ.get("VARINTERP_GENMOD", "-")
CALLS = {"0/0": REF, "0/1": HET, "1/1": HOM, "./.": MISSING}
PEOPLE = ("child", "father", "mother", "sister")
COMBINATIONS = list(product(CALLS, repeat=len(PEOPLE)))
HEADER = (
    """\
##fileformat=VCFv4.2
##INFO=<ID=Annotation,Number=.,Type=String,Description="Genes">
##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">
##contig=<ID={contig}>
#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t"""
    + "\t".join(PEOPLE)
    + "\n"
)
OURS: dict[str, dict[str, tuple[Callable[[CallTable], Answers], set[str]]]] = {
    "1": {
        "dominant": (dominant.answers, {"AD", "AD_dn"}),
        "recessive": (recessive.answers, {"AR_hom", "AR_hom_dn"}),
    },
    "X": {"x-linked": (x_linked.answers, {"XD", "XD_dn", "XR", "XR_dn"})},
}
HOMOZYGOUS = "genmod takes nobody for dominant who is homozygous, and no call beside one"
NAMED = {
    ("dominant", "genmod drops"): HOMOZYGOUS,
    ("x-linked", "genmod keeps"): "an affected father gives a son no X",
}

pytestmark = [
    pytest.mark.validation,
    pytest.mark.skipif(not Path(GENMOD).exists(), reason="VARINTERP_GENMOD names no program"),
]


@pytest.mark.parametrize("contig", OURS)
def test_both_keep_the_same_models(contig: str, tmp_path: Path) -> None:
    apart: Counter[tuple[str, str]] = Counter()
    asked = 0
    for statuses in product((NO, YES), repeat=3):
        family = _family(statuses)
        kept = _genmod(contig, family, tmp_path)
        table = CallTable.of(family, [_genotypes(each) for each in COMBINATIONS], FAMILY_LIMITS)
        for mode, (answer, models) in OURS[contig].items():
            found = answer(table)
            for at, combination in enumerate(COMBINATIONS):
                asked += 1
                ours = found.ranks[at] != Answer.DOES_NOT_FIT.rank
                theirs = bool(kept[at] & models)
                if ours == theirs:
                    continue
                apart[mode, "genmod keeps" if theirs else "genmod drops"] += 1
                if mode == "dominant":
                    assert "1/1" in combination
                else:
                    assert found.fit(at).reason.key == "inheritance.father_to_son"
    print(f"{asked} questions, apart: {dict(apart)}")
    assert apart.keys() <= NAMED.keys()


def _family(statuses: tuple[Affected, ...]) -> Family:
    father, mother, sister = statuses
    return Family(
        "F",
        "child",
        (
            Person("child", Sex.MALE, YES, "father", "mother"),
            Person("father", Sex.MALE, father),
            Person("mother", Sex.FEMALE, mother),
            Person("sister", Sex.FEMALE, sister, "father", "mother"),
        ),
    )


def _genotypes(combination: tuple[str, ...]) -> FamilyGenotypes:
    calls = (CALLS[each] for each in combination)
    return FamilyGenotypes(tuple(zip(PEOPLE, calls, strict=True)))


def _genmod(contig: str, family: Family, folder: Path) -> list[set[str]]:
    """Return the models that genmod keeps of each combination."""
    vcf, ped, out = (folder / name for name in ("given.vcf", "family.ped", "models.vcf"))
    lines = (
        f"{contig}\t{70_000_000 + 1000 * at}\t.\tA\tC\t50\tPASS\tMQ=1\tGT\t" + "\t".join(calls)
        for at, calls in enumerate(COMBINATIONS)
    )
    vcf.write_text(HEADER.format(contig=contig) + "\n".join(lines) + "\n")
    sexes, answers = {Sex.MALE: 1, Sex.FEMALE: 2}, {NO: 1, YES: 2}
    ped.write_text(
        "".join(
            f"F\t{p.id}\t{p.father or 0}\t{p.mother or 0}\t{sexes[p.sex]}\t{answers[p.affected]}\n"
            for p in family
        )
    )
    command = [GENMOD, "models", "-p", "1", "-s", "--temp_dir", str(folder), "-f", str(ped)]
    subprocess.run([*command, "-o", str(out), str(vcf)], check=True, capture_output=True)
    found: list[set[str]] = [set() for _ in COMBINATIONS]
    for line in out.read_text().splitlines():
        if line.startswith("#"):
            continue
        position, info = line.split("\t")[1], line.split("\t")[7]
        for field in info.split(";"):
            name, _, value = field.partition("=F:")
            if name == "GeneticModels":
                found[(int(position) - 70_000_000) // 1000] = set(value.split("|"))
    return found
