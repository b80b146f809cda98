"""In which order members of a family are named, whatever the order of their rows."""

from functools import lru_cache

from varinterp.model.family import Family, Role


@lru_cache(maxsize=1024)
def reading_order(family: Family) -> tuple[int, ...]:
    """Return the rows of a pedigree: proband, father, mother, siblings, others; each by name."""
    roles = list(Role)
    rows = [(roles.index(family.role(person)), person.id) for person in family]
    return tuple(sorted(range(len(rows)), key=rows.__getitem__))
