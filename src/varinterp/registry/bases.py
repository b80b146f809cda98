"""Bases: what conclusions stand on, interned with the labels of their releases and their rules."""

from collections.abc import Iterable, Mapping

import sqlalchemy as sa
from pydantic import TypeAdapter

from varinterp.errors import InternalError
from varinterp.model.basis import Basis
from varinterp.model.canonical import canonical, digest
from varinterp.model.case import ReleaseLabel
from varinterp.model.facts import Rule
from varinterp.registry.batch import Batch
from varinterp.registry.tables import BASIS, BASIS_RELEASE

_RULES = TypeAdapter(dict[str, Rule])
_LABEL = ("source", "release", "date", "url", "licence", "constructed", "note")


def basis_of(labels: Iterable[ReleaseLabel], versions: Mapping[str, str]) -> Basis:
    """Return the basis of an analysis that was run with releases and versions of software.

    Raises InternalError for an analysis that does not say which varinterp made it.
    """
    if "varinterp" not in versions:
        raise InternalError("an analysis does not say which varinterp made it")
    return Basis.of(((each.source, each.release) for each in labels), versions["varinterp"])


def intern_basis(
    batch: Batch, basis: Basis, labels: Iterable[ReleaseLabel], rules: Mapping[str, Rule]
) -> int:
    """Return the row id of a basis, writing it when it is new.

    Raises InternalError when the labels are others than the basis names, or its rules others than
    were recorded with it: a release of rules is named after what they are.
    """
    text = canonical(dict(rules))
    known = batch.connection.execute(
        sa.select(BASIS.c.id, BASIS.c.rules).where(BASIS.c.digest == digest(basis))
    ).first()
    if known is not None:
        if known.rules != text:
            raise InternalError("a basis was recorded with other rules")
        return int(known.id)
    by_source = {label.source: label for label in labels}
    if (
        Basis.of(((each.source, each.release) for each in by_source.values()), basis.software)
        != basis
    ):
        raise InternalError("a basis and the labels of its releases differ")
    row = {"digest": digest(basis), "software": basis.software, "rules": text}
    basis_id = batch.add(BASIS, row)
    batch.add_all(
        BASIS_RELEASE,
        [
            {"basis_id": basis_id, **{name: getattr(label, name) for name in _LABEL}}
            for _, label in sorted(by_source.items())
        ],
    )
    return basis_id


def known_basis(connection: sa.Connection, basis: Basis) -> int:
    """Return the row id of a basis that was recorded; raise InternalError when it was not."""
    named = sa.select(BASIS.c.id).where(BASIS.c.digest == digest(basis))
    found: int | None = connection.scalar(named)
    if found is None:
        raise InternalError("no conclusion and no run was ever recorded on that basis")
    return found


def bases(connection: sa.Connection) -> dict[int, Basis]:
    """Return every basis by row id."""
    releases: dict[int, list[tuple[str, str]]] = {}
    columns = (BASIS_RELEASE.c.basis_id, BASIS_RELEASE.c.source, BASIS_RELEASE.c.release)
    for basis_id, source, release in connection.execute(sa.select(*columns)):
        releases.setdefault(basis_id, []).append((source, release))
    rows = connection.execute(sa.select(BASIS.c.id, BASIS.c.software))
    return {row.id: Basis.of(releases.get(row.id, ()), row.software) for row in rows}


def rules_of(connection: sa.Connection, basis: Basis) -> dict[str, Rule]:
    """Return the rules in force on a basis."""
    wanted = sa.select(BASIS.c.rules).where(BASIS.c.id == known_basis(connection, basis))
    return _RULES.validate_json(connection.execute(wanted).scalar_one())


def labels_of(connection: sa.Connection, basis: Basis) -> tuple[ReleaseLabel, ...]:
    """Return the labels of a basis's releases, in order of source."""
    rows = connection.execute(
        sa.select(BASIS_RELEASE)
        .where(BASIS_RELEASE.c.basis_id == known_basis(connection, basis))
        .order_by(BASIS_RELEASE.c.source)
    )
    return tuple(ReleaseLabel(**{name: getattr(row, name) for name in _LABEL}) for row in rows)
