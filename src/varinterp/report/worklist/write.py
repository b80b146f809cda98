"""Writing a worklist to its run's folder: a page a language, a workbook, two digests."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from varinterp.files import atomic_write, write_text
from varinterp.report.catalogue import Language
from varinterp.report.worklist.digest import digest_json, digest_text
from varinterp.report.worklist.facts import Worklist
from varinterp.report.worklist.page import worklist_page
from varinterp.report.worklist.view import build_worklist
from varinterp.report.worklist.workbook import workbook


def write_worklist(
    worklist: Worklist,
    folder: Path,
    languages: Sequence[Language | str],
    labels: Mapping[str, str] = MappingProxyType({}),
    link: str | None = None,
) -> tuple[Path, ...]:
    """Write ``worklist.<lang>.html``, ``worklist.xlsx``, ``digest.<lang>.txt``, ``digest.json``.

    The workbook is in the first language. `labels` are the laboratory's own names of families, by
    case; the digests never hold one. Returns the paths, each file written atomically.
    """
    view = build_worklist(worklist, labels)
    texts = {folder / "digest.json": digest_json(view, link)}
    for language in languages:
        code = Language(language).value
        texts[folder / f"worklist.{code}.html"] = worklist_page(view, code)
        texts[folder / f"digest.{code}.txt"] = digest_text(view, code, link)
    for path, text in texts.items():
        write_text(path, text)
    book = folder / "worklist.xlsx"
    with atomic_write(book) as temporary:
        temporary.write_bytes(workbook(view, languages[0]))
    return (*texts, book)
