"""The proband's terms and onset, from the sheet's cells, a list or a Phenopacket."""

from dataclasses import dataclass, replace
from pathlib import Path

from varinterp.errors import InputError
from varinterp.model.family import Sex
from varinterp.sources.fault_book import FaultBook
from varinterp.sources.hpo_onset import OnsetInput
from varinterp.sources.hpo_terms import PatientTerm, file_terms, inline_terms, spelling_faults
from varinterp.sources.phenopacket import read_phenopacket
from varinterp.sources.sheet_files import sheet_file
from varinterp.sources.sheet_row import SheetRow


@dataclass(frozen=True, slots=True)
class SheetPhenotype:
    """Terms and onset as written, and the file that they come from, if any."""

    terms: tuple[PatientTerm, ...] = ()
    files: tuple[Path, ...] = ()
    onset: OnsetInput | None = None


def read_phenotype(row: SheetRow, sex: Sex, sheet: Path, book: FaultBook) -> SheetPhenotype:
    """Read the terms of the proband's row; what is wrong goes to the book."""
    if row.hpo and row.phenopacket:
        book.add("sheet.two_phenotypes", "both", row.line, "hpo")
    try:
        if row.phenopacket:
            found = _packet(row, sex, sheet, book)
        elif _is_path(row.hpo, sheet):
            found = _list(row, sheet, book)
        else:
            found = SheetPhenotype(inline_terms(row.hpo, str(sheet), row.line, "hpo"))
    except InputError as error:
        book.keep(error.faults)
        return SheetPhenotype()
    book.keep(spelling_faults(found.terms))
    if not row.onset:
        return found
    if found.onset is not None:
        book.add("sheet.two_onsets", "both", row.line, "onset")
    return replace(found, onset=OnsetInput(row.onset, str(sheet), row.line, "onset"))


def _is_path(cell: str, sheet: Path) -> bool:
    looks_like_one = "/" in cell or cell.endswith((".txt", ".tsv", ".list"))
    return bool(cell) and ";" not in cell and (looks_like_one or (sheet.parent / cell).is_file())


def _list(row: SheetRow, sheet: Path, book: FaultBook) -> SheetPhenotype:
    path = sheet_file(sheet, row.hpo, row.line, "hpo", book)
    return SheetPhenotype() if path is None else SheetPhenotype(file_terms(path), (path,))


def _packet(row: SheetRow, sex: Sex, sheet: Path, book: FaultBook) -> SheetPhenotype:
    path = sheet_file(sheet, row.phenopacket, row.line, "phenopacket", book)
    if path is None:
        return SheetPhenotype()
    packet = read_phenopacket(path)
    if Sex.UNKNOWN not in (sex, packet.sex) and sex is not packet.sex:
        book.add("sheet.phenopacket_sex", packet.sex.value, row.line, "phenopacket")
    if packet.onset_unclear and not row.onset:
        book.add("sheet.phenopacket_onset", "another form, or several", row.line, "phenopacket")
    return SheetPhenotype(packet.terms, (path,), packet.onset)
