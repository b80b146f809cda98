"""Run the benchmarks and print ratios: ``python -m benchmarks [--size S] [--only NAME]``."""

import argparse
import os
import platform
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median

from benchmarks.inputs import cache_folder, inputs
from benchmarks.measure import Comparison, Sample, compare, middle, run, sample

_PACKAGES = ("cyvcf2", "polars", "pyarrow", "pysam")
_ROW = "{:<16}{:>8}{:>8}{:>9}{:>8}{:>8}{:>9}  {:<24}{:<24}"


@dataclass(frozen=True, slots=True)
class Benchmark:
    """Two modules, and the folder of the inputs that both read; `made` names who makes them."""

    name: str
    ours: str
    baseline: str
    against: str
    folder: str = "."
    made: str = "inputs"
    check: str | None = None
    """The module that compares the files that both sides left."""
    most_runs: int = 100
    """The dearest are not run more often than this."""
    program: str | None = None
    """The environment variable that names the program of the other side."""

    @property
    def missing(self) -> list[str]:
        """Programs that it needs and that this machine lacks: Debian's, or one that is named."""
        if self.program is not None:
            return [] if Path(os.environ.get(self.program, "-")).exists() else [f"${self.program}"]
        needed = _TOOLS if self.made == "genome" else _TOOLS[:1]
        wanted = self.made == "genome" or self.name == "consequence"
        return [tool for tool in needed if wanted and not Path("/usr/bin", tool).exists()]


_TOOLS = ("bcftools", "bgzip", "tabix", "vcfanno")
_WHOLE = ("whole_path", "whole_path", "bcftools norm and annotate twice, Debian's")
_ON_KEY = "DuckDB, Parquet joined on the key"
_CARRIERS = ("carriers", "carriers", "DuckDB, the archive joined with the release again")
_READERS = ("readers", "readers", "DuckDB, every recorded read joined with the delta")
_GENMOD = "genmod models, one process"
BENCHMARKS = (
    Benchmark("intake", "intake", "intake", "cyvcf2, loop over records"),
    Benchmark("normalise", "normalise", "normalise", "bcftools norm -m -any -f, to BCF"),
    Benchmark("evidence-small", "evidence", "evidence", "polars inner join", "small"),
    Benchmark("evidence-large", "evidence", "evidence", "polars inner join", "large"),
    Benchmark("consequence", "consequence", "consequence", "bcftools csq -l", "coding"),
    Benchmark("profiles", "profiles", "profiles", "one score of seven, plain Python", most_runs=1),
    Benchmark("inheritance", "inheritance", "inheritance", _GENMOD, program="VARINTERP_GENMOD"),
    Benchmark(
        "inheritance-vcf", "inheritance_vcf", "inheritance", _GENMOD, program="VARINTERP_GENMOD"
    ),
    Benchmark("assessments", "assessments", "assessments", "eight criteria as plain conditions"),
    Benchmark("join", "join", "join", _ON_KEY, "join", "packs"),
    Benchmark("growth-small", "join", "join", _ON_KEY, "small", "packs"),
    Benchmark("growth-large", "join", "join", _ON_KEY, "large", "packs"),
    Benchmark("delta", "delta", "delta", "DuckDB, full join, values compared", "delta", "packs"),
    Benchmark(
        "delta-digest", "delta", "delta_digest", "the same, digests compared", "delta", "packs"
    ),
    Benchmark("carriers-small", *_CARRIERS, "small", "cohort"),
    Benchmark("carriers-large", *_CARRIERS, "large", "cohort"),
    Benchmark(
        "carriers-polars", "carriers", "carriers_polars", "the same in polars", "large", "cohort"
    ),
    Benchmark(
        "carriers-again",
        "carriers",
        "carriers_annotated",
        "DuckDB, the archive annotated again",
        "large",
        "cohort",
    ),
    Benchmark("readers-small", *_READERS, "small", "cohort"),
    Benchmark("readers-large", *_READERS, "large", "cohort"),
    Benchmark("exome", *_WHOLE, "exome", "genome", "whole_path_check"),
    Benchmark("wgs", *_WHOLE, "wgs", "genome", "whole_path_check", most_runs=1),
    Benchmark(
        "exome-vcfanno",
        "whole_path",
        "vcfanno_path",
        "bcftools norm, vcfanno",
        "exome",
        "genome",
        most_runs=1,
    ),
)
CASE = "case"
ALONE = ("registry", "reanalysis", "ranking")
"""Benchmarks that are modules of their own, each in a process of its own: imports stay apart."""


def main() -> None:
    """Measure what was asked for and print it."""
    options = _options()
    cache = cache_folder()
    wanted = [each for each in BENCHMARKS if each.name in options.only]
    chosen = [each for each in wanted if not each.missing]
    for each in wanted:
        if each.missing:
            print(f"{each.name}: not run, this machine lacks {', '.join(each.missing)}")
    makers = {each.made for each in chosen} | ({"inputs"} if CASE in options.only else set())
    made = {maker: inputs(options.size, cache, maker) for maker in sorted(makers)}
    print(_machine(options.size, options.runs))
    if chosen:
        _print_comparisons(chosen, made, cache, options.runs)
    if CASE in options.only:
        _print_case(made["inputs"], cache, options.runs)
    for name in ALONE:
        if name in options.only:
            subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=True)  # noqa: S603


def _options() -> argparse.Namespace:
    names = [*(each.name for each in BENCHMARKS), CASE, *ALONE]
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--size", type=float, default=1.0, help="scales the synthetic inputs")
    parser.add_argument("--runs", type=int, default=3, help="measured runs of each side")
    parser.add_argument("--only", nargs="+", choices=names, default=names, metavar="NAME",
                        help=", ".join(names))  # fmt: skip
    return parser.parse_args()


def _machine(size: float, runs: int) -> str:
    packages = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    load = " ".join(f"{value:.1f}" for value in os.getloadavg())
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, size {size:g}, {runs} runs, {os.cpu_count()} cores, "
        f"load {load}, Python {platform.python_version()}, {packages}"
    )


def _print_comparisons(
    chosen: Sequence[Benchmark], made: Mapping[str, Path], cache: Path, runs: int
) -> None:
    print("\nCPU seconds of the process tree; a ratio below 1 says that varinterp costs less.\n")
    print(
        _ROW.format(
            "", "ours", "", "baseline", "", "peak", "private", "ratio, whole", "ratio, work"
        )
    )
    print(_ROW.format("name", "whole", "work", "whole", "work", "MB", "MB", "", ""))
    found = {}
    for each in chosen:
        modules = f"benchmarks.ours.{each.ours}", f"benchmarks.baseline.{each.baseline}"
        folder = made[each.made] / each.folder
        found[each.name] = compare(*modules, folder, cache, min(runs, each.most_runs))
        print(_row(each, found[each.name]), flush=True)
        if each.check is not None:
            print("  " + sample(f"benchmarks.{each.check}", folder, cache).answer)
    print("\n" + "\n".join(f"{each.name}: against {each.against}" for each in chosen))
    for name, times in (
        ("evidence", "five"), ("growth", "fifty"), ("carriers", "ten"), ("readers", "ten"),
    ):  # fmt: skip
        if {f"{name}-small", f"{name}-large"} <= found.keys():
            print(_growth(times, found[f"{name}-small"], found[f"{name}-large"]))


def _row(benchmark: Benchmark, found: Comparison) -> str:
    return _ROW.format(
        benchmark.name,
        f"{middle(found.ours, _cpu):.2f}",
        f"{middle(found.ours, _work):.2f}",
        f"{middle(found.baseline, _cpu):.2f}",
        f"{middle(found.baseline, _work):.2f}",
        f"{middle(found.ours, _peak):.0f}",
        f"{middle(found.ours, _private):.0f}",
        _spread(found.ratios(_cpu)),
        _spread(found.ratios(_work)),
    )


def _spread(ratios: tuple[float, float, float]) -> str:
    least, mid, most = (f"{ratio:.3g}" for ratio in ratios)
    return f"{mid} ({least}-{most})"


def _growth(times: str, small: Comparison, large: Comparison) -> str:
    grown = [
        middle(large_side, _work) / middle(small_side, _work)
        for small_side, large_side in ((small.ours, large.ours), (small.baseline, large.baseline))
    ]
    return (
        f"{times} times the rows, the same alleles: our work grows {grown[0]:.1f} times, "
        f"the baseline's {grown[1]:.1f} times"
    )


def _print_case(folder: Path, cache: Path, runs: int) -> None:
    print("\nOne demo family in one process; start-up is that of a process for the stage alone.\n")
    row = "{:<14}{:>8}{:>8}{:>9}{:>16}"
    print(row.format("stage", "CPU s", "wall s", "peak MB", "start-up CPU s"))
    samples = [sample("benchmarks.ours.case_path", folder, cache) for _ in range(runs + 1)][1:]
    starts = []
    for figures in zip(*(each.answer for each in samples), strict=True):
        name = figures[0][0]
        cpu, wall, peak = (median(column) for column in zip(*(f[1:] for f in figures), strict=True))
        starts.append(_start_up(name, cache, runs))
        print(row.format(name, f"{cpu:.3f}", f"{wall:.3f}", f"{peak:.0f}", f"{starts[-1]:.2f}"))
    whole, work = middle(samples, _cpu), middle(samples, _work)
    print(row.format("together", f"{work:.3f}", "", f"{middle(samples, _peak):.0f}",
                     f"{sum(starts):.2f}"))  # fmt: skip
    print(f"the whole process, its own start-up included: {whole:.2f} CPU s")


def _start_up(stage: str, cache: Path, runs: int) -> float:
    command = ["-c", f"import varinterp.pipeline.stages.{stage}"]
    return median([run(command, cache).cpu for _ in range(runs + 1)][1:])


def _cpu(sample: Sample) -> float:
    return sample.cpu


def _work(sample: Sample) -> float:
    return sample.work


def _private(sample: Sample) -> float:
    return sample.private_mb


def _peak(sample: Sample) -> float:
    return sample.peak_mb


if __name__ == "__main__":
    main()
