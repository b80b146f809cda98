"""`varinterp registry export`: the registry's content in the forms that others read."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from varinterp.cli.options import DEFAULT_CONFIG, ConfigFile, Json
from varinterp.cli.refs.printing import show, show_json
from varinterp.cli.registry.desk import Desk, day_or_today, open_desk
from varinterp.errors import Fault, InputError
from varinterp.files import write_text
from varinterp.pipeline.config import Settings
from varinterp.refs.lock import open_releases, read_lock
from varinterp.registry.exports.clinvar_submission import clinvar_submission
from varinterp.registry.exports.collect import subjects
from varinterp.registry.exports.disease_codes import DiseaseCodes
from varinterp.registry.exports.own_cases import own_cases
from varinterp.registry.exports.permission import Export, Withheld, refusal, withheld
from varinterp.registry.exports.profile import PROFILE, read_profile
from varinterp.registry.exports.record import Subject
from varinterp.registry.exports.sdm_g import genomic_record, record_json, record_tsv
from varinterp.registry.exports.sdm_mr_settings import SETTINGS, SdmMrSettings, read_sdm_mr_settings
from varinterp.sources.curated_kinds import COLUMNS
from varinterp.sources.mondo import read_mappings

EXAMPLES = """Examples:

varinterp registry export --format parquet --out exports/2026-11

varinterp registry export --format sdm-mr --out exports/sdm-mr --case FAM-1

varinterp registry export --format clinvar --out exports/clinvar.tsv

varinterp registry export --format own-cases --out own-cases.tsv
"""
MONDO = "mondo_mappings"
_ACCESSION = re.compile(r"varinterp-[0-9a-f]{32}\tSCV\d{9}")


def command(
    format: Annotated[Export, typer.Option("--format", "-f", help="What to write.")],
    out: Annotated[
        Path,
        typer.Option(
            "--out", "-o", help="Folder to write to; of `clinvar`, `own-cases`: the file."
        ),
    ],
    case: Annotated[
        list[str] | None,
        typer.Option("--case", help="A family or case, as often as needed; all by default."),
    ] = None,
    on: Annotated[
        str | None, typer.Option("--on", help="The day of the export (ISO); today by default.")
    ] = None,
    profile: Annotated[Path, typer.Option(help="Profile of `sdm-g`.")] = PROFILE,
    settings: Annotated[Path, typer.Option(help="Settings of `sdm-mr`.")] = SETTINGS,
    accessions: Annotated[
        Path | None,
        typer.Option(help="Of `clinvar`: keys and their SCV, to update what ClinVar has (TSV)."),
    ] = None,
    configfile: ConfigFile = DEFAULT_CONFIG,
    as_json: Json = False,
) -> None:
    """Write cases that consent; those that do not, or were erased, are named and left out.

    A case that `--case` names is refused when it may not be exported. See docs/how-to/export.md.
    """
    desk, day = open_desk(configfile), day_or_today(on)
    found = _subjects(desk, format, case or [], day)
    if format is Export.PARQUET:
        files, left_out = _parquet(found, day, out)
    elif format is Export.CLINVAR:
        files, left_out = _clinvar(found, day, out, accessions)
    elif format is Export.OWN_CASES:
        files, left_out = _own_cases(found, day, out)
    else:
        write = _writer(format, desk.settings, profile, settings, day, out)
        files, left_out = _each(found, format, day, write, strict=bool(case))
    _say(files, left_out, as_json)


Written = tuple[list[str], list[Withheld]]


def _subjects(desk: Desk, export: Export, named: list[str], on: date) -> Iterator[Subject]:
    """The cases that are named, which must be allowed, or all."""
    if not named:
        yield from subjects(desk.dataset, on)
        return
    cases = sorted({desk.case(name).case for name in named})
    chosen = [one for case in cases for one in subjects(desk.dataset, on, case)]
    refused = [reason for one in chosen if (reason := withheld(one, export, on)) is not None]
    if refused:
        raise InputError(refusal(reason, export) for reason in refused)
    yield from chosen


def _parquet(found: Iterator[Subject], on: date, out: Path) -> Written:
    from varinterp.registry.exports.parquet import parquet_export  # noqa: PLC0415 (slow to start)

    done = parquet_export(found, on, out)
    return [str(out / name) for name in done.files], list(done.withheld)


def _clinvar(found: Iterator[Subject], on: date, out: Path, accessions: Path | None) -> Written:
    done = clinvar_submission(found, on, _accessions(accessions))
    write_text(out, done.text)
    return [str(out)], list(done.withheld)


def _own_cases(found: Iterator[Subject], on: date, out: Path) -> Written:
    rows: list[dict[str, str]] = []
    left_out: list[Withheld] = []
    for one in found:
        reason = withheld(one, Export.OWN_CASES, on)
        if reason is None:
            rows += own_cases(one)
        else:
            left_out.append(reason)
    rows.sort(key=lambda cells: cells["id"])
    lines = [COLUMNS, *(tuple(cells.get(name, "") for name in COLUMNS) for cells in rows)]
    write_text(out, "".join("\t".join(line) + "\n" for line in lines))
    return [str(out)], left_out


def _each(
    found: Iterator[Subject],
    export: Export,
    on: date,
    write: Callable[[Subject], list[Path]],
    *,
    strict: bool,
) -> Written:
    """Write each case's files; one that lacks what the form requires is left out, or refused."""
    files: list[str] = []
    left_out: list[Withheld] = []
    for one in found:
        reason = withheld(one, export, on)
        try:
            if reason is None:
                files += [str(path) for path in write(one)]
        except InputError as error:
            if strict:
                raise
            rules = sorted({f"{fault.rule} {fault.column or ''}".strip() for fault in error.faults})
            reason = Withheld(one.record.case, ", ".join(rules))
        if reason is not None:
            left_out.append(reason)
    return files, left_out


def _writer(
    export: Export, settings: Settings, profile: Path, sdm_mr_settings: Path, on: date, out: Path
) -> Callable[[Subject], list[Path]]:
    """Return what writes one case's files; the profile or settings are read once."""
    if export is Export.PHENOPACKET:
        return _phenopackets(on, out)
    codes = _codes(settings)
    if export is Export.SDM_MR:
        return _sdm_mr(codes, read_sdm_mr_settings(sdm_mr_settings), on, out)
    fields = read_profile(profile)

    def record(one: Subject) -> list[Path]:
        filled = genomic_record(one, fields, codes, on)
        return _texts(
            out, one, {"sdm-g.json": record_json(filled), "sdm-g.tsv": record_tsv(filled)}
        )

    return record


def _phenopackets(on: date, out: Path) -> Callable[[Subject], list[Path]]:
    from varinterp.registry.exports.phenopacket import phenopacket  # noqa: PLC0415 (slow to start)

    return lambda one: _texts(out, one, {"phenopacket.json": phenopacket(one, on)})


def _sdm_mr(
    codes: DiseaseCodes, settings: SdmMrSettings, on: date, out: Path
) -> Callable[[Subject], list[Path]]:
    from varinterp.registry.exports.sdm_mr import sdm_mr  # noqa: PLC0415 (slow to start)

    def document(one: Subject) -> list[Path]:
        content = sdm_mr(one, codes, settings, on).content.decode()
        return _texts(out, one, {"sdm-mr.xml": content})

    return document


def _texts(out: Path, one: Subject, texts: dict[str, str]) -> list[Path]:
    paths = {out / f"{one.record.case}.{name}": text for name, text in texts.items()}
    for path, text in paths.items():
        write_text(path, text)
    return list(paths)


def _codes(settings: Settings) -> DiseaseCodes:
    """Mondo's exact matches of the lock's release; none where the lock has no such release."""
    lock = read_lock(settings.lock)
    release = open_releases(lock, settings.references).get(MONDO)
    if release is None:
        return DiseaseCodes()
    found = read_mappings(release.folder)
    return DiseaseCodes(release.manifest.release, found.exact, found.mondo)


def _accessions(path: Path | None) -> dict[str, str]:
    """Read keys and accessions, a line each; raise InputError with every faulty line."""
    if path is None:
        return {}
    lines = path.read_text("utf-8-sig").splitlines()
    faults = [
        Fault(
            rule="clinvar.accession",
            file=str(path),
            line=number,
            found=line[:40],
            expected="a key of an earlier table, a tab, and SCV with nine digits",
            advice="take both from ClinVar's answer to the submission",
        )
        for number, line in enumerate(lines, start=1)
        if not _ACCESSION.fullmatch(line)
    ]
    if faults:
        raise InputError(faults)
    return dict(line.split("\t") for line in lines)


def _say(files: list[str], left_out: list[Withheld], as_json: bool) -> None:
    if as_json:
        withheld_cases = [{"case": each.case, "reason": each.reason} for each in left_out]
        show_json({"files": files, "withheld": withheld_cases})
        return
    for name in files:
        typer.echo(name)
    if left_out:
        show(("left out", "why"), [(each.case, each.reason) for each in left_out])
