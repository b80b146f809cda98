"""A family under the laboratory's own names, as sheet and pedigree give it.

None of these has a `repr` of its fields, which a log or a traceback might print.
"""

from dataclasses import dataclass, fields
from pathlib import Path

from varinterp.model.family import Affected, Sex
from varinterp.model.panel import AskedPanel
from varinterp.sources.hpo_onset import OnsetInput
from varinterp.sources.hpo_terms import PatientTerm
from varinterp.sources.pedigree_check import PedigreeRow


@dataclass(frozen=True, slots=True, repr=False)
class MemberInput:
    """A person under the laboratory's names. `vcf` is None for somebody not sequenced.

    `cnv_vcf` is the VCF of the person's called copy numbers, None where there is none.

    `line` is the person's row in the sheet, or None when only the PED file has the person.
    """

    person: str
    sample: str
    father: str | None
    mother: str | None
    sex: Sex
    affected: Affected
    vcf: Path | None
    line: int | None
    secondary_findings: bool
    recontact: bool = False
    reanalysis: bool = False
    cnv_vcf: Path | None = None


@dataclass(frozen=True, slots=True, repr=False)
class FamilyInput:
    """A family as the laboratory gives it: the only place where its own names live.

    `terms` and `onset` are the proband's, as written; `panels` those that the ranking uses. `vcfs`
    are in the order of the members; `files` are all the files that the family's rows name.
    """

    name: str
    proband: str
    members: tuple[MemberInput, ...]
    vcfs: tuple[Path, ...]
    files: tuple[Path, ...]
    terms: tuple[PatientTerm, ...]
    indication: str
    consanguineous: bool
    sheet: Path
    onset: OnsetInput | None = None
    panels: tuple[AskedPanel, ...] = ()

    @property
    def cnv_vcfs(self) -> tuple[Path, ...]:
        """The copy-number VCFs, each once, in the order of the members."""
        paths = (member.cnv_vcf for member in self.members)
        return tuple(dict.fromkeys(path for path in paths if path is not None))

    def facts(self) -> tuple[object, ...]:
        """Return all that an analysis rests on here, without the lines of the sheet.

        Another family added above moves the lines and changes nothing of this one.
        """
        members = tuple(
            tuple(
                str(getattr(member, field.name)) for field in fields(member) if field.name != "line"
            )
            for member in self.members
        )
        terms = tuple((term.text, term.excluded) for term in self.terms)
        asked = tuple((panel.name, panel.use.value) for panel in self.panels)
        return (
            self.name, self.proband, members, terms, self.indication, self.consanguineous,
            None if self.onset is None else self.onset.text, asked,
        )  # fmt: skip

    def member(self, person: str) -> MemberInput:
        """Return a member by the laboratory's name; raise KeyError when there is none."""
        for member in self.members:
            if member.person == person:
                return member
        raise KeyError("no such member")


def unsequenced(row: PedigreeRow) -> MemberInput:
    """Return somebody whom only the pedigree has."""
    return MemberInput(
        person=row.person,
        sample=row.person,
        father=row.father,
        mother=row.mother,
        sex=row.sex,
        affected=row.affected,
        vcf=None,
        line=None,
        secondary_findings=False,
    )
