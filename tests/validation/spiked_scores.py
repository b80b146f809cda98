"""The lists that patients were shown, kept between runs: ``spiked_scores.py FOLDER``.

The pieces on scores are made again from the lists that a run kept, by the constants in force: after
these were changed, no patient need be ranked again, since constants move no place.
"""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from acmg_truth import Half
from score_calibration import Calibration, Listed
from spiked_report import FOLDER, of_scores, write
from spiked_survey import rules_in_force

from varinterp.sources.rules import Rules


def in_force(rules: Rules) -> Calibration:
    """Return the constants that the rules state."""
    named = ("rank.calibration.slope", "rank.calibration.unsolved")
    return Calibration(*map(rules.number, named))


def keep(lists: Mapping[Half, Sequence[Listed]], folder: Path) -> None:
    """Write the lists of each half to a file."""
    for half, some in lists.items():
        sizes = [each.causal.size for each in some]
        np.savez_compressed(
            folder / FOLDER / f"lists-{half}.npz",
            ends=np.cumsum(sizes)[:-1],
            log_odds=np.concatenate([each.log_odds for each in some]),
            causal=np.concatenate([each.causal for each in some]),
        )


def kept(folder: Path) -> dict[Half, list[Listed]]:
    """Read the lists of each half."""
    found = {}
    for half in Half:
        with np.load(folder / FOLDER / f"lists-{half}.npz") as file:
            parts = (np.split(file[name], file["ends"]) for name in ("log_odds", "causal"))
            found[half] = [Listed(*each) for each in zip(*parts, strict=True)]
    return found


if __name__ == "__main__":
    _folder = Path(sys.argv[1])
    write(of_scores(kept(_folder), in_force(rules_in_force())), _folder)
