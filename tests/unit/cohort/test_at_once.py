"""Many jobs at once: nothing is lost, and no reader sees half of anything."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

from store_rows import consequences, keys, rows
from varinterp.cohort.consequences import Consequences
from varinterp.cohort.store import CohortStore

ALLELE, OTHER = "1-1000-A-G", "2-500-C-T"
ASKED = keys(ALLELE, OTHER).to_numpy()


def test_jobs_add_while_others_compact_and_read(tmp_path: Path) -> None:
    """Each case stores both alleles in its first analysis and one in its second."""
    first, second = rows([ALLELE, OTHER]), rows([OTHER])
    done = Event()

    def add(job: int) -> None:
        store = CohortStore.open(tmp_path)
        for number in range(5):
            case = f"C-{job}-{number}"
            store.add(case, 1, first)
            store.add(case, 2, second)

    def compact() -> int:
        runs = 0
        while not done.is_set():
            CohortStore.open(tmp_path).compact()
            runs += 1
        return runs

    def read() -> int:
        looks = 0
        while not done.is_set():
            store = CohortStore.open(tmp_path)
            found = store.carriers(ASKED).group_by("case").agg("key")
            analyses = store.cases()
            for case, carried in found.iter_rows():
                assert len(carried) == (2 if analyses[case] == 1 else 1)
            assert set(found["case"]) == set(analyses)
            looks += 1
        return looks

    with ThreadPoolExecutor(8) as pool:
        watching = [pool.submit(compact), pool.submit(compact), pool.submit(read)]
        for added in [pool.submit(add, job) for job in range(4)]:
            added.result()
        done.set()
        assert all(each.result() for each in watching)
    store = CohortStore.open(tmp_path)
    assert store.cases() == {f"C-{job}-{number}": 2 for job in range(4) for number in range(5)}
    assert store.carriers(ASKED).height == 20
    store.compact()
    assert store.verify() == ()
    assert len(list((tmp_path / "parts").iterdir())) == 20


def test_a_memo_is_kept_and_compacted_at_once(tmp_path: Path) -> None:
    def keep(job: int) -> None:
        memo = Consequences.open(tmp_path)
        for number in range(5):
            memo.keep("116", consequences({f"1-{100 * job + number + 1}-A-G": ["T1"]}))
            memo.compact()

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(keep, job) for job in range(4)]:
            done.result()
    names = [f"1-{100 * job + number + 1}-A-G" for job in range(4) for number in range(5)]
    asked = consequences({name: ["T1"] for name in names}).drop("transcript", "terms")
    known, missing = Consequences.open(tmp_path).of("116", asked)
    assert (known.height, missing.height) == (20, 0)
