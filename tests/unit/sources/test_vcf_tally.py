"""Genotypes are counted for identity checks, low quality and filtered sites apart."""

from vcf_builder import Judge, record

HET, REF, HOM = "0/1:99", "0/0:99", "1/1:99"
LAYOUT = "GT:GQ"


def test_patterns_follow_the_samples_columns(judge: Judge) -> None:
    summary, _ = judge(
        record(100, layout=LAYOUT, cells=(HET, REF, HOM)),
        record(200, layout=LAYOUT, cells=(HET, REF, HOM)),
        record(300, layout=LAYOUT, cells=("1|0:99", "./.:.", "0/1:5")),
        record(400, layout=LAYOUT, cells=(HET, HET, HET), filters="LowQual"),
        record(500, layout=LAYOUT, cells=(HET, HET, HET), alt="*"),
        record(50, contig="chrM", layout=LAYOUT, cells=("1:99", "0:99", "1:99")),
    )
    assert summary is not None
    assert summary.autosomal == (("1..", 1), ("102", 2))
    assert summary.mitochondrial == (("202", 1),)


def test_x_calls_are_counted_by_sample(judge: Judge) -> None:
    lines = [
        record(position, contig="chrX", layout=LAYOUT, cells=("1:99", "0/1:99", HOM))
        for position in (10, 20, 30)
    ]
    summary, _ = judge(*lines)
    assert summary is not None
    assert summary.x_het == (0, 3, 0)
    assert summary.x_hom == (3, 0, 3)


def test_wanted_samples_alone_make_patterns(judge: Judge) -> None:
    summary, _ = judge(record(100, layout="GT", cells=("0/1", "0/0", "1/1")))
    assert summary is not None
    assert summary.autosomal == (("102", 1),)
