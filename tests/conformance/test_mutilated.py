"""Random damage is refused with faults at lines, or the file is still readable: nothing else."""

import random
from pathlib import Path

import pytest

from varinterp.errors import InputError
from varinterp.sources.vcf import check_vcf

FOLDER = Path(__file__).parent / "derived-corruptions"
SOURCES = (
    "ok.vcf",
    "triallelic.vcf",
    "nonref_with_alt.vcf",
    "dup_after_leftalign.vcf",
    "ok.vcf.gz",
)
PIECES = (b"\t", b"\n", b"\r", b":", b",", b";", b"=", b"<", b"*", b".", b"|", b"9" * 20, b"-",
          b"\0", b"\xff", b"chrX", b"<NON_REF>", b'"', b"##", b"")  # fmt: skip


def mutilated(draw: random.Random) -> bytes:
    data = bytearray((FOLDER / draw.choice(SOURCES)).read_bytes())
    for _ in range(draw.randint(1, 3)):
        at = draw.randrange(len(data))
        match draw.randrange(3):
            case 0:
                data[at : at + draw.randint(0, 3)] = draw.choice(PIECES)
            case 1:
                start = draw.randrange(len(data))
                data[at:at] = data[start : start + draw.randint(1, 80)]
            case _:
                del data[at : at + draw.randint(1, 60)]
    return bytes(data)


@pytest.mark.parametrize("seed", range(4))
def test_damage_never_ends_in_anything_but_faults(tmp_path: Path, seed: int) -> None:
    draw = random.Random(seed)  # noqa: S311
    path = tmp_path / "damaged.vcf"
    for _ in range(60):
        path.write_bytes(mutilated(draw))
        try:
            check_vcf(path, FOLDER / "ref.fa", block_bytes=draw.choice((64, 1000, 1 << 24)))
        except InputError as error:
            assert error.faults  # noqa: PT017
            assert all(fault.line for fault in error.faults)  # noqa: PT017
