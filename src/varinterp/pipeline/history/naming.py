"""Which case people mean: its pseudonym, or its family's name while the sheet has it."""

from pathlib import Path

from varinterp.errors import Fault, InputError
from varinterp.pipeline.config import Settings, read_settings
from varinterp.pipeline.run import open_run
from varinterp.registry.dataset import Dataset
from varinterp.registry.store import Registry

_CASE = "C-"
_PSEUDONYMS = (_CASE, "F-")


def case_named(configfile: Path, name: str) -> tuple[Settings, str]:
    """Return the settings and the pseudonym of a case.

    A pseudonym is looked for in the registry: the archive outlives the sheet. Any other name is a
    family's, as the sheet has it. Raises InputError for a name that neither knows, and for a family
    of the registry with several cases.
    """
    if name.startswith(_PSEUDONYMS):
        settings = read_settings(configfile)
        found = Dataset(Registry.open(settings.registry)).cases(name)
        if len(found) > 1:
            raise InputError([_several(name, [each.case for each in found])])
        if found:
            return settings, found[0].case
        if name.startswith(_CASE):
            return settings, name
    run = open_run(configfile)
    family = run.families[run.pseudonym(name)]
    case = run.pseudonymiser.case(family.name, family.proband, family.indication)
    return run.settings, case


def _several(name: str, cases: list[str]) -> Fault:
    return Fault(
        rule="history.several_cases",
        file="the registry",
        found=f"{len(cases)} cases of {name}",
        expected="the pseudonym of one",
        advice=f"give one of {', '.join(sorted(cases))}",
    )
