"""The sample sheet: one row a person, families put together from rows and the files they name."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from varinterp.errors import Fault, InputError
from varinterp.model.family import Affected, Sex
from varinterp.model.panel import AskedPanel, PanelUse
from varinterp.sources.family_input import FamilyInput, MemberInput, unsequenced
from varinterp.sources.fault_book import MAX_FAULTS, FaultBook
from varinterp.sources.ped import read_ped
from varinterp.sources.pedigree_check import PedigreeRow, check_pedigree
from varinterp.sources.sheet_files import sheet_file
from varinterp.sources.sheet_phenotype import read_phenotype
from varinterp.sources.sheet_row import NOT_SEQUENCED, SheetRow, typed_row
from varinterp.sources.sheet_rules import RULES
from varinterp.sources.sheet_table import read_table


@dataclass(frozen=True, slots=True)
class SampleSheet:
    """The families of a sheet, in the order of their first rows, and what it warns of."""

    families: tuple[FamilyInput, ...]
    warnings: tuple[Fault, ...]


def read_sheet(path: Path) -> SampleSheet:
    """Read a sample sheet and the small files it names; raise InputError with all the faults.

    Paths in the sheet start at its folder. VCFs must exist and are not opened.
    """
    book = FaultBook(str(path), RULES, kept=MAX_FAULTS)
    table = [(cells, typed_row(cells, book)) for cells in read_table(path, book)]
    # A family with a row that cannot be read is not judged further: its faults would mislead.
    unread = {cells.cells["family"] for cells, row in table if row is None}
    rows = [row for _, row in table if row is not None and row.family not in unread]
    families = _Assembly(path.resolve(), book, rows).families()
    if book.rejects:
        raise InputError(book.faults())
    return SampleSheet(families, book.faults())


class _Assembly:
    """Puts families together; every fault goes to the book, and none stops the others."""

    def __init__(self, sheet: Path, book: FaultBook, rows: Sequence[SheetRow]) -> None:
        self._sheet = sheet
        self._book = book
        self._rows = rows
        self._peds: dict[Path, tuple[PedigreeRow, ...] | None] = {}

    def families(self) -> tuple[FamilyInput, ...]:
        names = list(dict.fromkeys(row.family for row in self._rows))
        folded = Counter(name.casefold() for name in names)
        by_family = {name: [row for row in self._rows if row.family == name] for name in names}
        for name, rows in by_family.items():
            if folded[name.casefold()] > 1:
                self._book.add("sheet.case", "two spellings of one name", rows[0].line, "family")
        self._check_columns()
        self._check_samples()
        families = [self._family(name, rows) for name, rows in by_family.items()]
        return tuple(family for family in families if family is not None)

    def _check_columns(self) -> None:
        """The pedigree that the columns give; PED files are checked where they are read."""
        rows = [
            PedigreeRow(
                row.family, row.person, row.father, row.mother, row.sex, row.affected, row.line
            )
            for row in self._rows
            if not row.ped
        ]
        check_pedigree(rows, self._book)

    def _check_samples(self) -> None:
        """Within a family, a sample of a VCF is one person, and a person has one row."""
        samples: set[tuple[str, str, str]] = set()
        people: set[tuple[str, str]] = set()
        for row in self._rows:
            if row.ped and (row.family, row.person) in people:
                self._book.add("pedigree.twice", "a second row of one person", row.line)
            elif row.vcf != NOT_SEQUENCED and (row.family, row.vcf, row.sample) in samples:
                self._book.add("sheet.sample_twice", "another row's", row.line, "sample")
            people.add((row.family, row.person))
            samples.add((row.family, row.vcf, row.sample))

    def _family(self, name: str, rows: Sequence[SheetRow]) -> FamilyInput | None:
        members = self._members(rows)
        proband = self._proband(rows, members)
        if proband is None:
            return None
        files = [self._file(row, "ped", row.ped) for row in rows if row.ped]
        files += [member.cnv_vcf for member in members]
        patient = next(member for member in members if member.person == proband.person)
        if patient.affected is Affected.NO:
            self._book.add("sheet.proband_unaffected", "an unaffected one", proband.line)
        phenotype = read_phenotype(proband, patient.sex, self._sheet, self._book)
        for row in rows:
            if row is not proband and (row.hpo or row.phenopacket or row.onset):
                self._book.add("sheet.relative_terms", "terms of a relative", row.line)
        vcfs = dict.fromkeys(member.vcf for member in members if member.vcf is not None)
        return FamilyInput(
            name=name,
            proband=proband.person,
            members=members,
            vcfs=tuple(vcfs),
            files=tuple(dict.fromkeys(path for path in (*files, *phenotype.files) if path)),
            terms=phenotype.terms,
            indication=self._indication(rows, proband),
            consanguineous=self._consanguineous(rows),
            sheet=self._sheet,
            onset=phenotype.onset,
            panels=self._panels(rows, proband),
        )

    def _panels(self, rows: Sequence[SheetRow], proband: SheetRow) -> tuple[AskedPanel, ...]:
        """Return the panels of the proband's row, each to be used in the one way it says."""
        for row in rows:
            if row.panel not in ((), proband.panel):
                self._book.add("sheet.family_differs", "other ones", row.line, "panel")
            if row.panel_use not in (None, proband.panel_use):
                self._book.add("sheet.family_differs", "another one", row.line, "panel_use")
        if proband.panel_use is not None and not proband.panel:
            self._book.add("sheet.use_of_nothing", "no panel", proband.line, "panel_use")
        use = proband.panel_use or PanelUse.BOOST
        return tuple(AskedPanel(name, use) for name in proband.panel)

    def _members(self, rows: Sequence[SheetRow]) -> tuple[MemberInput, ...]:
        pedigree = self._pedigree(rows)
        members = []
        for row in rows:
            vcf = None if row.vcf == NOT_SEQUENCED else self._file(row, "vcf", row.vcf)
            parents = row if pedigree is None else pedigree.get(row.person)
            if parents is None:
                self._book.add("sheet.ped_person", "a person it lacks", row.line, "ped")
                parents = row
            members.append(
                MemberInput(
                    person=row.person,
                    sample=row.sample,
                    father=parents.father,
                    mother=parents.mother,
                    sex=parents.sex,
                    affected=parents.affected,
                    vcf=vcf,
                    line=row.line,
                    secondary_findings=row.secondary_findings is True,
                    recontact=row.recontact is True,
                    reanalysis=row.reanalysis is True,
                    cnv_vcf=self._file(row, "cnv_vcf", row.cnv_vcf) if row.cnv_vcf else None,
                )
            )
        listed = {row.person for row in rows}
        others = () if pedigree is None else pedigree.values()
        return (*members, *(unsequenced(row) for row in others if row.person not in listed))

    def _pedigree(self, rows: Sequence[SheetRow]) -> dict[str, PedigreeRow] | None:
        """Return the family's people of its PED file by name, or None without such a file."""
        peds = {row.ped for row in rows}
        if peds == {""}:
            return None
        first = next(row for row in rows if row.ped)
        for row in rows:
            if row.ped != first.ped:
                self._book.add("sheet.ped_differs", "another one, or none", row.line, "ped")
            columns = (row.father, row.mother)
            if any(columns) or (row.sex, row.affected) != (Sex.UNKNOWN, Affected.UNKNOWN):
                self._book.add("sheet.two_pedigrees", "both", row.line, "ped")
        path = self._file(first, "ped", first.ped)
        found = None if path is None else self._read_ped(path)
        if found is None:
            return None
        return {row.person: row for row in found if row.family == first.family}

    def _read_ped(self, path: Path) -> tuple[PedigreeRow, ...] | None:
        if path not in self._peds:
            try:
                pedigree = read_ped(path)
            except InputError as error:
                self._book.keep(error.faults)
                self._peds[path] = None
            else:
                self._book.keep(pedigree.warnings)
                self._peds[path] = pedigree.rows
        return self._peds[path]

    def _proband(self, rows: Sequence[SheetRow], members: Iterable[MemberInput]) -> SheetRow | None:
        """Return the row that says so, or that of the only affected person with a VCF."""
        named = [row for row in rows if row.proband]
        if not named:
            affected = {member.person for member in members if member.affected is Affected.YES}
            named = [
                row
                for row in rows
                if row.person in affected and row.proband is None and row.vcf != NOT_SEQUENCED
            ]
        if len(named) != 1:
            rule = "sheet.two_probands" if named else "sheet.no_proband"
            found = f"{len(named)} of them" if named else "none"
            self._book.add(rule, found, rows[0].line, "proband")
            return None
        if named[0].vcf == NOT_SEQUENCED:
            self._book.add("sheet.proband_unsequenced", "none", named[0].line, "vcf")
        return named[0]

    def _indication(self, rows: Sequence[SheetRow], proband: SheetRow) -> str:
        for row in rows:
            if row.indication not in ("", proband.indication):
                self._book.add("sheet.family_differs", "another one", row.line, "indication")
        return proband.indication

    def _consanguineous(self, rows: Sequence[SheetRow]) -> bool:
        answers = {row.consanguineous for row in rows} - {None}
        if len(answers) > 1:
            self._book.add("sheet.family_differs", "yes and no", rows[0].line, "consanguineous")
        return True in answers

    def _file(self, row: SheetRow, column: str, text: str) -> Path | None:
        return sheet_file(self._sheet, text, row.line, column, self._book)
