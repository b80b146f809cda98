"""A signature is a person's: the program has no name to sign with."""

from varinterp.errors import InputError
from varinterp.model.signatures import folded
from varinterp.registry.dataset.faults import fault

PROGRAM = "varinterp"


def person_signs(*names: str) -> None:
    """Raise InputError for a name that is empty or the program's own."""
    for name in names:
        if not name.strip() or folded(name).startswith(PROGRAM):
            raise InputError(
                [fault("dataset.program", "no name, or the program's", "a person's name")]
            )
