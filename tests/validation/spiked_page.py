"""Put the pieces that the validation wrote into the page: ``spiked_page.py FOLDER PAGE``.

A piece stands between ``<!-- spiked: NAME -->`` and ``<!-- end -->``. A piece that the folder does
not have stays as it is.
"""

import re
import sys
from pathlib import Path

_PIECE = re.compile(r"(<!-- spiked: ([\w-]+) -->\n).*?(\n<!-- end -->)", re.DOTALL)


def filled(page: str, folder: Path) -> str:
    """Return the page with every piece that the folder has."""

    def piece(found: re.Match[str]) -> str:
        path = folder / f"{found[2]}.md"
        return f"{found[1]}\n{path.read_text()}{found[3]}" if path.is_file() else found[0]

    return _PIECE.sub(piece, page)


if __name__ == "__main__":
    _folder, _page = map(Path, sys.argv[1:])
    _page.write_text(filled(_page.read_text(), _folder))
