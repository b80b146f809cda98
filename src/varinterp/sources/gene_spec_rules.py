"""What a gene specification may state: rules that the engine asks of one, each in its form.

A key that nothing asks for would be a rule that silently does nothing, so that it is refused.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from types import MappingProxyType

from varinterp.acmg.applicability import NOT_APPLICABLE
from varinterp.acmg.exclusive import ALSO
from varinterp.acmg.maximum import MODEL
from varinterp.acmg.question import VOID
from varinterp.model.assessment import Category
from varinterp.model.evidence import Criterion, Strength
from varinterp.model.facts import Rule
from varinterp.model.variant import Allele
from varinterp.sources.predictor_rules import predictor_problems
from varinterp.sources.rule_entry import WORDS
from varinterp.sources.scheme_rules import scheme_problems
from varinterp.sources.splice_rules import splice_problems

NUMBER, RESIDUES, RESIDUE, STRENGTH = "number", "residues", "residue", "strength"
_FREQUENCIES = ("population.bs1_supporting", "population.bs1", "population.ba1")
PAIRS, ALLELES = "pairs of criteria", "alleles"

OWN: Mapping[str, str | tuple[str, ...]] = MappingProxyType(
    {
        ALSO: PAIRS,
        "hotspot.supporting": RESIDUES,
        "hotspot.moderate": RESIDUES,
        "hotspot.strong": RESIDUES,
        "region.critical": RESIDUES,
        "region.no_pvs1": RESIDUES,
        "region.no_pvs1_from": RESIDUE,
        "length.pm4_residues": RESIDUES,
        "loss_of_function.start_lost": STRENGTH,
        "loss_of_function.very_strong_until": NUMBER,
        "loss_of_function.max_strength": STRENGTH,
        "population.bs1_supporting": NUMBER,
        "population.pm2_max": NUMBER,
        **{f"population.{name}": NUMBER for name in MODEL},
        "pm5.strong_from": NUMBER,
        "pm5.grantham": ("required",),
        "missense.only_truncating": ("yes",),
        "ps4.probands_very_strong": NUMBER,
        "ps4.lower_supporting": NUMBER,
        "ps4.lower_moderate": NUMBER,
        "ps4.lower_strong": NUMBER,
        "ps4.lower_very_strong": NUMBER,
        "bs2.heterozygotes": NUMBER,
        "category": tuple(Category),
        "category.low_penetrance": ALLELES,
        "category.risk_allele": ALLELES,
        "bs4.relatives": NUMBER,
        "bs4.families": NUMBER,
        "segregation.diagnostic_yield": NUMBER,
    }
)
"""Rules that only a specification states and their form: one of a few words, or what is named.

`criterion.<code>.strengths` and the predictors' cut-offs come beside them.
"""

_MODEL = tuple(f"population.{name}" for name in MODEL)
_PIPELINE = (
    *("gate.", "rank.", "copy_number.", "inheritance."),
    *("de_novo.parent_", "de_novo.min_quality"),
)
_STATED = frozenset({"inheritance.penetrance"})
"""What a specification states of its genes among rules that hold for a family as a whole."""
_SHARED = frozenset({"loss_of_function.decay_distance", "population.groups_left_out"})
"""Core rules that are used before a hypothesis is raised: no specification can change them."""

_RESIDUES = re.compile(r"(\d+)(?:-(\d+))?")
_STRENGTHS = re.compile(r"criterion\.(\w+)\.strengths")


def specification_problems(
    values: Mapping[str, object], core: Mapping[str, Rule]
) -> Iterator[tuple[str, str]]:
    """Yield the key and what is wrong with it, for the rules of one specification."""
    for key, value in values.items():
        problem = _problem(key, value, core)
        if problem is not None:
            yield key, problem
    yield from _model(values)
    yield from _limits(values)
    merged = {key: rule.value for key, rule in core.items()} | dict(values)
    in_force = {key: value for key, value in merged.items() if value != VOID}
    for problem in predictor_problems(in_force):
        yield "predictor", problem
    for problem in scheme_problems(in_force):
        yield "scheme", problem
    for problem in splice_problems(in_force):
        yield "same_splicing", problem


def _limits(values: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """A limit that a stronger one below it always reaches first could never be met."""
    found = ((key, values.get(key)) for key in _FREQUENCIES)
    stated = [(key, limit) for key, limit in found if isinstance(limit, float)]
    for (weaker, low), (stronger, high) in pairwise(stated):
        if low >= high:
            yield weaker, f"a frequency below {stronger}"


def _model(values: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """A disease model holds all of its numbers or none; each is a share of 1."""
    stated = {key: values[key] for key in _MODEL if key in values}
    if stated and len(stated) < len(_MODEL):
        missing = ", ".join(key for key in _MODEL if key not in stated)
        yield next(iter(stated)), f"the whole disease model; {missing} missing"
    for key, value in stated.items():
        if isinstance(value, float) and not 0 < value <= 1:
            yield key, "a share of 1, above 0"


def _problem(key: str, value: object, core: Mapping[str, Rule]) -> str | None:
    named = _STRENGTHS.fullmatch(key)
    if named is not None:
        return _strengths(named[1], value)
    if key in _SHARED or (key.startswith(_PIPELINE) and key not in _STATED):
        return "a rule that no gene specification can change"
    if key.startswith("predictor."):
        return None
    if key in OWN:
        return _own(OWN[key], value)
    if key in WORDS:
        return _own(WORDS[key], value)
    if key not in core:
        return "a rule that the engine asks for"
    known = isinstance(core[key].value, float)
    return None if value == VOID or isinstance(value, float) is known else "a value of its form"


def _own(form: str | tuple[str, ...], value: object) -> str | None:
    if isinstance(form, tuple):
        return None if value in form else f"one of {', '.join(form)}"
    if form is NUMBER:
        return None if isinstance(value, float) else "a number"
    if form is STRENGTH:
        return None if value in list(Strength) else f"one of {', '.join(Strength)}"
    words = (value,) if isinstance(value, str) else value
    listed = {PAIRS: (_is_pair, "PM1 PM5"), ALLELES: (_is_allele, "13-20189473-C-T")}
    if form in listed:
        is_one, example = listed[form]
        right = isinstance(words, tuple) and words and all(map(is_one, words))
        return None if right else f"{form}, each as {example}"
    if not isinstance(words, tuple) or not words or not all(map(_is_residues, words)):
        return 'residues, each as "175" or "245-248" in quotes'
    if form is RESIDUE and (len(words) > 1 or "-" in words[0]):
        return 'one residue, as "374" in quotes'
    return None


def _is_pair(word: str) -> bool:
    codes = word.split()
    return len(codes) == 2 and set(Criterion).issuperset(codes)


def _is_allele(word: str) -> bool:
    try:
        return str(Allele.parse(word)) == word
    except ValueError:
        return False


def _is_residues(word: str) -> bool:
    found = _RESIDUES.fullmatch(word)
    return found is not None and int(found[1]) <= int(found[2] or found[1])


def _strengths(code: str, value: object) -> str | None:
    if code not in list(Criterion):
        return "the code of a criterion"
    words = (value,) if isinstance(value, str) else value
    allowed = {NOT_APPLICABLE} if words == (NOT_APPLICABLE,) else set(Strength)
    if not isinstance(words, tuple) or not words or not allowed.issuperset(words):
        return f"{NOT_APPLICABLE}, or a list of {', '.join(Strength)}"
    return None
