"""``hp.obo``: the terms of the Human Phenotype Ontology, in OBO flat-file format 1.2 or 1.4.

Format: https://owlcollab.github.io/oboformat/doc/GO.format.obo-1_4.html
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from varinterp.errors import ReleaseError
from varinterp.phenotype.ontology import Ontology, Term
from varinterp.sources.lines import numbered_lines, shown

READ = frozenset({"id", "name", "is_a", "alt_id", "is_obsolete", "replaced_by", "consider"})
"""The tags of a term that varinterp uses."""

IGNORED = frozenset(
    {
        "builtin", "comment", "created_by", "creation_date", "def", "disjoint_from",
        "equivalent_to", "intersection_of", "is_anonymous", "namespace", "property_value",
        "relationship", "subset", "synonym", "union_of", "xref",
    }
)  # fmt: skip
"""The other tags that the format allows in a term."""

RELEASE_LINE = re.compile(r"data-version: hp/releases/(\d{4}-\d{2}-\d{2})")
TERM_ID = re.compile(r"HP:\d{7}")


@dataclass(slots=True)
class _Stanza:
    """One bracketed block: where it starts and its tags' values, in the file's order."""

    kind: str
    line: int
    values: dict[str, list[str]] = field(default_factory=dict)


def read_obo(path: Path) -> Ontology:
    """Read ``hp.obo``, plain or gzipped; raise ReleaseError naming the line and the word."""
    release, stanzas = _stanzas(path)
    terms = [_term(path, stanza) for stanza in stanzas if stanza.kind == "Term"]
    try:
        return Ontology(terms, release)
    except ValueError as error:
        raise ReleaseError(f"{path.name}: {error}") from error


def _stanzas(path: Path) -> tuple[str, list[_Stanza]]:
    release: str | None = None
    stanzas: list[_Stanza] = []
    for number, line in numbered_lines(path):
        if line.startswith("["):
            stanzas.append(_Stanza(_kind(path, number, line), number))
        elif not stanzas:
            release = _release(path, number, line) or release
        elif line and not line.startswith("!") and stanzas[-1].kind == "Term":
            tag, value = _tag(path, number, line)
            stanzas[-1].values.setdefault(tag, []).append(value)
    if release is None:
        raise ReleaseError(f"{path.name}: no data-version line in the header: which release is it?")
    return release, stanzas


def _kind(path: Path, number: int, line: str) -> str:
    kind = line.strip("[]")
    if kind not in ("Term", "Typedef", "Instance"):
        raise ReleaseError(f"{path.name}:{number}: unknown stanza {shown(line)}")
    return kind


def _release(path: Path, number: int, line: str) -> str | None:
    if not line.startswith("data-version:"):
        return None
    match = RELEASE_LINE.fullmatch(line)
    if match is None:
        raise ReleaseError(
            f"{path.name}:{number}: found {shown(line)}; expected a dated release of HPO, "
            "data-version: hp/releases/YYYY-MM-DD"
        )
    return match[1]


def _tag(path: Path, number: int, line: str) -> tuple[str, str]:
    tag, colon, value = line.partition(": ")
    if not colon or tag not in READ | IGNORED:
        raise ReleaseError(f"{path.name}:{number}: unknown tag {shown(tag)} in a term")
    return tag, value


def _term(path: Path, stanza: _Stanza) -> Term:
    obsolete = _one(path, stanza, "is_obsolete", "false")
    if obsolete not in ("true", "false"):
        raise _fault(path, stanza, f"is_obsolete is {shown(obsolete)}")
    return Term(
        id=_checked(path, stanza, _one(path, stanza, "id")),
        name=re.sub(r"\\(.)", r"\1", _one(path, stanza, "name")),
        parents=tuple(_ids(path, stanza, "is_a")),
        alt_ids=tuple(_ids(path, stanza, "alt_id")),
        obsolete=obsolete == "true",
        replaced_by=tuple(_ids(path, stanza, "replaced_by")),
        consider=tuple(_ids(path, stanza, "consider")),
    )


def _one(path: Path, stanza: _Stanza, tag: str, default: str | None = None) -> str:
    values = stanza.values.get(tag, [] if default is None else [default])
    if len(values) != 1:
        raise _fault(path, stanza, f"{len(values)} lines of {tag}, expected one")
    return values[0]


def _ids(path: Path, stanza: _Stanza, tag: str) -> Iterator[str]:
    """Yield a tag's ids, without the qualifiers and the comment that may follow, sorted."""
    for value in sorted(stanza.values.get(tag, ())):
        yield _checked(path, stanza, re.split(r" [!{]", value, maxsplit=1)[0])


def _checked(path: Path, stanza: _Stanza, term_id: str) -> str:
    if not TERM_ID.fullmatch(term_id):
        raise _fault(path, stanza, f"{shown(term_id)} is not an HPO id")
    return term_id


def _fault(path: Path, stanza: _Stanza, what: str) -> ReleaseError:
    return ReleaseError(f"{path.name}:{stanza.line}: in the term that starts here: {what}")
