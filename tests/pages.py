"""The project's Markdown pages, read as far as their tests need."""

import re
from collections.abc import Iterator
from pathlib import Path

from demo_runs import ROOT

DOCS = ROOT / "docs"
PAGES = sorted(
    {
        *ROOT.glob("*.md"),
        *DOCS.rglob("*.md"),
        *ROOT.glob("config/*.md"),
        *ROOT.glob("resources/**/*.md"),
    }
)
LINK = re.compile(r"\]\((?!https?://)([^)#\s]*)(?:#([^)\s]*))?\)")
HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)
_BLOCK = re.compile(r"^```(\w*)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def text(path: Path) -> str:
    """A page's text."""
    return path.read_text("utf-8")


def name(path: Path) -> str:
    """A page's path from the repository's top."""
    return path.relative_to(ROOT).as_posix()


def section(page: str, title: str) -> str:
    """The part of a page under a heading, up to the next one of its level or above.

    A ``#`` in a block of code is a comment there, and no heading.
    """
    level = len(title) - len(title.lstrip("#"))
    _, _, rest = page.partition(f"\n{title}\n")
    assert rest, f"no heading {title}"
    heading, code, lines = re.compile(rf"#{{1,{level}}} "), False, []
    for line in rest.splitlines(keepends=True):
        code ^= line.startswith("```")
        if not code and heading.match(line):
            break
        lines.append(line)
    return "".join(lines)


def rows(part: str) -> list[list[str]]:
    """The cells of a part's first table, without its heading."""
    lines = re.search(r"^\|.*\n\|[-|: ]+\n((?:\|.*\n?)*)", part, re.MULTILINE)
    assert lines is not None, "no table"
    cells = [line.strip().strip("|").split("|") for line in lines[1].splitlines()]
    return [[cell.strip() for cell in row] for row in cells]


def blocks(page: str, language: str) -> list[str]:
    """The fenced blocks of a language, in order."""
    return [block for kind, _, block in _BLOCK.findall(page) if kind == language]


def named_blocks(page: str) -> dict[str, str]:
    """The fenced blocks that are the contents of a file, by its name."""
    return {file: block for _, file, block in _BLOCK.findall(page) if file}


def without_blocks(page: str) -> str:
    """A page without its fenced blocks."""
    return _BLOCK.sub("", page)


def anchors(path: Path) -> Iterator[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    for title in HEADING.findall(without_blocks(text(path))):
        yield re.sub(r"[^\w\- ]", "", title.casefold()).replace(" ", "-")


def targets(path: Path) -> Iterator[tuple[Path, str]]:
    """Where a page's links inside the repository lead: a path, and an anchor or nothing."""
    for target, anchor in LINK.findall(without_blocks(text(path))):
        yield (path.parent / target).resolve() if target else path, anchor
