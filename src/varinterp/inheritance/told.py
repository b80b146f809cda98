"""What a sentence tells of a member, or of the allele: the facts that fill it in."""

from varinterp.inheritance.calls import CallTable
from varinterp.inheritance.confidence import confidence
from varinterp.inheritance.likelihoods import for_call
from varinterp.model.evidence import Scalar
from varinterp.model.family import Role
from varinterp.model.fit import Fit, fits, unknown

_NEW = fits(
    "inheritance.de_novo_by_likelihoods",
    confidence=None, father_phred=None, mother_phred=None, proband_phred=None,
)  # fmt: skip
_DOUBTED = unknown("inheritance.de_novo_doubted", role=None, phred=None, alt_reads=None, depth=None)


def told(sentence: Fit, calls: CallTable, row: int, at: int) -> Fit:
    """Return a sentence about a member, by row, and an allele with its facts filled in."""
    if not sentence.reason.facts:
        return sentence
    chosen = _by_likelihoods(sentence, calls, row, at)
    return chosen.telling(**{name: _fact(calls, name, row, at) for name, _ in chosen.reason.facts})


def _by_likelihoods(sentence: Fit, calls: CallTable, row: int, at: int) -> Fit:
    """Return what is said in a sentence's place where likelihoods were weighed, or decided."""
    if sentence.reason.key == "inheritance.de_novo" and all(
        _phred(calls, member, at) is not None for member in _trio_rows(calls).values()
    ):
        return _NEW
    doubted = sentence.reason.key == "inheritance.de_novo_uncertain" and calls.doubted[row, at]
    return _DOUBTED if doubted else sentence


def _trio_rows(calls: CallTable) -> dict[str, int | None]:
    parents = {f"{role}_phred": calls.parent(role) for role in (Role.FATHER, Role.MOTHER)}
    return parents | {"proband_phred": calls.proband}


def _phred(calls: CallTable, row: int | None, at: int) -> int | None:
    """Return by how many phred a member's likelihoods are for the call; None without them."""
    if row is None or calls.columns.likelihoods[0, row, at] < 0:
        return None
    return int(for_call(calls.columns.copies[row, at], calls.columns.likelihoods[:, row, at]))


def _fact(calls: CallTable, name: str, row: int, at: int) -> Scalar:
    """Return what a sentence tells of a member, or of the allele."""
    columns = calls.columns
    if name == "phred":
        return _phred(calls, row, at)
    if name.endswith("_phred"):
        return _phred(calls, _trio_rows(calls)[name], at)
    if name == "role":
        return calls.family.role(calls.family.members[row])
    if name == "depth":
        return _number(int(columns.depth[row, at]))
    if name == "alt_reads":
        return _number(int(columns.alt_depth[row, at]))
    if name == "fraction":
        alt, ref = int(columns.alt_depth[row, at]), int(columns.ref_depth[row, at])
        return round(alt / (alt + ref), 2) if min(alt, ref) >= 0 and alt + ref else None
    if name == "confidence":
        return round(float(confidence(calls, [at])[0]), 3)
    raise KeyError(name)


def _number(value: int) -> int | None:
    return None if value < 0 else value
