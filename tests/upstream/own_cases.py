"""What a laboratory's signed cases show, as its export writes it; constructed, of the demo."""

from pathlib import Path

from upstream.curation import MISSENSE, NONSENSE, SPLICE, row, text
from varinterp.model.curation import own_entry


def case(kind: str, family: str, allele: str, **cells: str) -> dict[str, str]:
    """Return what a family adds to an allele."""
    return row(
        kind,
        id=own_entry(family, allele),
        allele=f"GRCh38:{allele}",
        author="registry",
        pmid="",
        note="signed findings",
        **cells,
    )


NOW = (
    case("probands", "F-AAAAAAAAAAAA", MISSENSE, count="1"),
    case("probands", "F-BBBBBBBBBBBB", MISSENSE, count="1"),
    case("de_novo", "F-CCCCCCCCCCCC", SPLICE),
)
LATER = (
    NOW[0],
    case("in_trans", "F-DDDDDDDDDDDD", MISSENSE, count="1"),
    case("other_cause", "F-AAAAAAAAAAAA", NONSENSE, cause="another signed finding"),
)


def write(folder: Path, later: bool = False) -> dict[str, tuple[Path, ...]]:
    """Write the cases, or their later state: one withdrew, one was retracted, two came."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "cases.tsv"
    path.write_text(text(LATER if later else NOW), encoding="utf-8")
    return {"cases": (path,)}
