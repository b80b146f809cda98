"""The packed files of a release, opened and checked: what needs no frames."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from varinterp.errors import ReleaseError
from varinterp.model.chromosome import Chromosome
from varinterp.sources.pack_file import SUFFIX, Column, PackFile, read_pack_file


@dataclass(frozen=True, slots=True)
class PackFolder:
    """The packed files of a source, by chromosome in genome order."""

    folder: Path
    files: Mapping[Chromosome, PackFile]
    columns: tuple[Column, ...]

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open and check every file; ReleaseError when one is damaged or there is none."""
        paths = {chromosome: folder / f"{chromosome}{SUFFIX}" for chromosome in Chromosome}
        files = {
            chromosome: read_pack_file(path, chromosome)
            for chromosome, path in paths.items()
            if path.exists()
        }
        if not files:
            raise ReleaseError(f"{folder} has no packed file; restore or rebuild the release")
        kinds = {file.columns for file in files.values()}
        if len(kinds) > 1:
            raise ReleaseError(f"{folder}: its files have different columns; rebuild the release")
        return cls(folder, files, kinds.pop())

    @property
    def rows(self) -> int:
        """Rows of all chromosomes."""
        return sum(file.rows for file in self.files.values())
