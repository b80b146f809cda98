"""What a VCF's header says of its `CSQ`, and the fields that varinterp cannot do without."""

import gzip
import re
import zlib
from pathlib import Path

from varinterp.errors import Fault, InputError, StageError

REQUIRED_FIELDS = {
    "Allele": "--vcf",
    "Consequence": "--vcf",
    "Feature_type": "--vcf",
    "Feature": "--vcf",
    "BIOTYPE": "--biotype",
    "CDS_position": "--vcf",
    "Protein_position": "--vcf",
    "Amino_acids": "--vcf",
    "SYMBOL": "--symbol",
    "HGNC_ID": "--symbol",
    "HGVSc": "--hgvs",
    "HGVSp": "--hgvs",
    "EXON": "--numbers",
    "INTRON": "--numbers",
    "MANE_SELECT": "--mane",
    "MANE_PLUS_CLINICAL": "--mane",
}
"""Each field with the VEP option that writes it."""

_DEFINITION = re.compile(r"##INFO=<ID=CSQ,.*Format: ([^\"]+)\"")
_ALL_OPTIONS = "--vcf --biotype --symbol --hgvs --numbers --mane"


def read_format(vcf: Path) -> tuple[tuple[str, ...], int]:
    """Return the names of the fields of `CSQ` and the number of header lines of a VCF.

    Raises InputError when the header declares no `CSQ`, or one without a required field.
    """
    header = _header(vcf)
    for number, line in enumerate(header, start=1):
        definition = _DEFINITION.match(line)
        if definition:
            fields = tuple(definition[1].strip().split("|"))
            _require(fields, vcf, number)
            return fields, len(header)
    raise InputError(
        [
            Fault(
                "vep.no_csq",
                vcf.name,
                "no CSQ in the header",
                "a VCF that VEP or vepyr annotated",
                f"run VEP with {_ALL_OPTIONS}",
            )
        ]
    )


def _header(vcf: Path) -> list[str]:
    header = []
    try:
        with vcf.open("rb") as stream:
            zipped = stream.read(2) == b"\x1f\x8b"
        with (gzip.open if zipped else open)(vcf, "rt", encoding="utf-8") as text:
            for line in text:
                if not line.startswith("#"):
                    break
                header.append(line)
    except (OSError, EOFError, UnicodeDecodeError, zlib.error) as error:
        raise StageError(f"{vcf.name} cannot be read as a VCF: {error}") from error
    return header


def _require(fields: tuple[str, ...], vcf: Path, line: int) -> None:
    missing = [name for name in REQUIRED_FIELDS if name not in fields]
    if not missing:
        return
    options = " ".join(dict.fromkeys(REQUIRED_FIELDS[name] for name in missing))
    raise InputError(
        [
            Fault(
                "vep.field",
                vcf.name,
                f"CSQ without {name}",
                "every field that a consequence needs",
                f"run VEP again with {options} added",
                line=line,
                column="CSQ",
            )
            for name in missing
        ]
    )
