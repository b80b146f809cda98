"""Whose recommendation each criterion follows: one table for the report and for explanations.

The page of the criteria names the same papers under each criterion.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from varinterp.model.evidence import Criterion


@dataclass(frozen=True, slots=True)
class Authority:
    """A paper, or a recommendation that was published without one: `pmid` is None then."""

    name: str
    pmid: str | None = None


RICHARDS = Authority("Richards 2015", "25741868")
_WALKER = Authority("Walker 2023", "37352859")
_PEJAVER = Authority("Pejaver 2022", "36413997")
_BRNICH = Authority("Brnich 2019", "31892348")
_BIESECKER = Authority("Biesecker 2024", "38103548")
_WITHDRAWN = Authority("Biesecker & Harrison 2018", "29543229")

AUTHORITIES: Mapping[Criterion, tuple[Authority, ...]] = MappingProxyType(
    {
        Criterion.PVS1: (Authority("Abou Tayoun 2018", "30192042"), _WALKER),
        Criterion.PS1: (RICHARDS, _WALKER),
        Criterion.PS2: (RICHARDS, Authority("ClinGen SVI, de novo, version 1.1")),
        Criterion.PS3: (_BRNICH,),
        Criterion.PS4: (RICHARDS,),
        Criterion.PM1: (RICHARDS, _PEJAVER),
        Criterion.PM2: (Authority("ClinGen SVI, PM2, version 1.0"),),
        Criterion.PM3: (Authority("ClinGen SVI, in trans, version 1.0"),),
        Criterion.PM4: (RICHARDS,),
        Criterion.PM5: (RICHARDS,),
        Criterion.PM6: (RICHARDS, Authority("ClinGen SVI, de novo, version 1.1")),
        Criterion.PP1: (_BIESECKER,),
        Criterion.PP2: (RICHARDS,),
        Criterion.PP3: (_PEJAVER, _WALKER),
        Criterion.PP4: (_BIESECKER,),
        Criterion.PP5: (_WITHDRAWN,),
        Criterion.BA1: (Authority("Ghosh 2018", "30311383"),),
        Criterion.BS1: (RICHARDS, Authority("Whiffin 2017", "28518168")),
        Criterion.BS2: (RICHARDS,),
        Criterion.BS3: (_BRNICH,),
        Criterion.BS4: (_BIESECKER,),
        Criterion.BP1: (RICHARDS,),
        Criterion.BP2: (RICHARDS,),
        Criterion.BP3: (RICHARDS,),
        Criterion.BP4: (_PEJAVER, _WALKER),
        Criterion.BP5: (RICHARDS,),
        Criterion.BP6: (_WITHDRAWN,),
        Criterion.BP7: (_WALKER,),
    }
)
