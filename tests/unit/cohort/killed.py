"""One step of a store in a process of its own, which a test has killed at a named point.

python killed.py FOLDER add|compact|forget|forget_person|catch_up|keep|memo_compact
"""

import sys
from pathlib import Path

from read_batches import batches_after
from store_rows import MUM, consequences, rows
from varinterp.cohort.consequences import Consequences
from varinterp.cohort.reads_index import ReadsIndex
from varinterp.cohort.store import CohortStore

NEW_ALLELE = "5-50-A-G"


def main(folder: Path, step: str) -> None:
    store = CohortStore.open(folder)
    match step:
        case "add":
            store.add("C-B", 2, rows([NEW_ALLELE]))
        case "compact":
            store.compact()
        case "forget":
            store.forget(["C-A"])
        case "forget_person":
            store.forget_person("C-A", MUM)
        case "catch_up":
            ReadsIndex.open(folder).catch_up(batches_after)
        case "keep":
            Consequences.open(folder).keep("116", consequences({NEW_ALLELE: ["T2"]}))
        case "memo_compact":
            Consequences.open(folder).compact()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
