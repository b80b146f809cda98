"""Looking back: all conclusions that a version, a set of rules or a release is behind."""

from collections.abc import Iterable
from dataclasses import replace

import sqlalchemy as sa

from varinterp.errors import Fault, InputError
from varinterp.model.assessment import AcmgClass
from varinterp.model.facts import RULE
from varinterp.registry.dataset import Dataset
from varinterp.registry.records import Rested
from varinterp.registry.store import Registry
from varinterp.registry.tables import ANALYSIS, ASSESSMENT, ASSESSMENT_INDEX, BASIS, CASE


def by_release(registry: Registry, source: str, release: str) -> tuple[Rested, ...]:
    """Return every conclusion that read a release of a source, signed ones first."""
    _known(registry, source, [release])
    return signed_first(_with_signatures(registry, registry.concluded_from(source, release)))


def by_rules(registry: Registry, rules: str) -> tuple[Rested, ...]:
    """Return every conclusion made under rules: a release's whole name, or how it begins.

    ``core-v1`` stands for every content that said it was version 1 of the core rules.
    """
    used = {release for source, release in registry.releases_used() if source == RULE.source}
    named = sorted(each for each in used if each == rules or each.startswith(f"{rules}-"))
    _known(registry, RULE.source, named or [rules])
    found: dict[Rested, None] = {}
    for each in named:
        found |= dict.fromkeys(registry.concluded_from(RULE.source, each))
    return signed_first(_with_signatures(registry, found))


def by_software(registry: Registry, version: str) -> tuple[Rested, ...]:
    """Return every conclusion that a version of varinterp made, current or superseded.

    What it only found unchanged was made by another version, and is told of that one. Cases that
    were erased are not told.
    """
    with registry.session() as connection:
        versions = sa.select(BASIS.c.software).join(ANALYSIS, ANALYSIS.c.basis_id == BASIS.c.id)
        known = set(connection.scalars(versions.distinct()))
        found = _made_by(connection, version)
    if version not in known:
        raise InputError([_no_version(version, known)])
    return signed_first(_with_signatures(registry, found))


def _made_by(connection: sa.Connection, version: str) -> list[Rested]:
    later = ASSESSMENT.alias("later")
    superseded = sa.exists().where(
        later.c.case_id == ASSESSMENT.c.case_id,
        later.c.token == ASSESSMENT.c.token,
        later.c.id > ASSESSMENT.c.id,
    )
    rows = connection.execute(
        sa.select(
            CASE.c.pseudonym, ANALYSIS.c.number, ASSESSMENT_INDEX, superseded.label("superseded")
        )
        .join(ASSESSMENT, ASSESSMENT.c.id == ASSESSMENT_INDEX.c.assessment_id)
        .join(ANALYSIS, ANALYSIS.c.id == ASSESSMENT.c.analysis_id)
        .join(CASE, CASE.c.id == ASSESSMENT.c.case_id)
        .join(BASIS, BASIS.c.id == ANALYSIS.c.basis_id)
        .where(BASIS.c.software == version)
    )
    return [
        Rested(
            case=row.pseudonym,
            analysis=row.number,
            allele=row.allele,
            gene=row.gene,
            disease=row.disease,
            machine_class=AcmgClass(row.machine_points),
            signed_class=None if row.signed_class is None else AcmgClass(row.signed_class),
            current=not row.superseded,
        )
        for row in rows
    ]


def _with_signatures(registry: Registry, rested: Iterable[Rested]) -> list[Rested]:
    """Add the classes that people stand by today: they are signed after what they rest on."""
    signed = {
        (key.case, key.allele.id, key.gene, key.disease): found.value
        for key, found in Dataset(registry).signed().items()
    }
    return [
        replace(
            each,
            signed_class=signed.get(
                (each.case, each.allele, each.gene, each.disease), each.signed_class
            ),
        )
        for each in rested
    ]


def signed_first(rested: Iterable[Rested]) -> tuple[Rested, ...]:
    """Put what people signed first, then what is current; within these by case and analysis."""
    return tuple(
        sorted(
            rested,
            key=lambda each: (
                *(each.signed_class is None, not each.current),
                *(each.case, each.analysis, each.allele, each.gene, each.disease),
            ),
        )
    )


def _known(registry: Registry, source: str, releases: Iterable[str]) -> None:
    """Refuse a release that no conclusion could have read: a slip of the pen, most likely."""
    used = registry.releases_used()
    for release in releases:
        if (source, release) not in used:
            raise InputError([_unused(source, release, used)])


def _no_version(version: str, known: Iterable[str]) -> Fault:
    return Fault(
        rule="lookback.software",
        file="the registry",
        found=f"no analysis by varinterp {version}"[:120],
        expected=f"one of {', '.join(sorted(known))}",
        advice="varinterp reanalyse status shows the versions behind the cases",
    )


def _unused(source: str, release: str, used: frozenset[tuple[str, str]]) -> Fault:
    there = sorted(name for of, name in used if of == source)
    return Fault(
        rule="lookback.unused",
        file="the registry",
        found=f"no analysis that was run with {source}@{release}"[:120],
        expected=f"one of {', '.join(there)}" if there else f"a source that was used, not {source}",
        advice="varinterp refs status and reanalyse status name the releases in use",
    )
