"""Writing a report to disk."""

from pathlib import Path

from varinterp.documents.copy_number import CopyNumbers
from varinterp.files import write_text
from varinterp.model.case import CaseResult
from varinterp.report.catalogue import Language
from varinterp.report.html import render
from varinterp.report.view import build_view


def write_report(
    result: CaseResult,
    path: Path,
    language: Language | str,
    label: str | None = None,
    copies: CopyNumbers | None = None,
) -> None:
    """Write the report of a ranked result, atomically; `label` is the laboratory's own name.

    `copies` are the family's copy numbers, None where they are no part of the report.
    """
    write_text(path, render(build_view(result, label, copies), language))
