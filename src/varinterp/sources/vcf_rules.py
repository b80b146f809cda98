"""Every rule of the VCF gate: what is expected and what to do, by its stable identifier."""

from varinterp.errors import Severity
from varinterp.sources import names
from varinterp.sources.fault_book import Rule

_AGAIN = "copy the file again from where it was made and compare checksums"
_CALLER = "write the file again with the caller, or with bcftools 1.24 or later"
_SORT = "sort it: bcftools sort -Oz -o sorted.vcf.gz FILE"
_RENAME = "rename it: bcftools reheader -s names.txt FILE"


def _warn(expected: str, advice: str, column: str | None = None) -> Rule:
    return Rule(expected, advice, column, Severity.WARN)


CONTAINER = {
    "vcf.not_a_file": Rule("an existing regular file", "check the path"),
    "vcf.empty": Rule("a VCF", _AGAIN),
    "vcf.not_vcf": Rule("a first line ##fileformat=VCFv4.x", "give the VCF itself"),
    "vcf.utf16": Rule("UTF-8 text", "save it as UTF-8; never pass a VCF through a spreadsheet"),
    "vcf.cr_only": Rule("lines that end in a line feed", "convert it: tr '\\r' '\\n'"),
    "vcf.truncated": Rule("a whole compressed file", _AGAIN),
    "vcf.no_eof": Rule("the 28-byte end-of-file block of BGZF", _AGAIN),
    "vcf.trailing_bytes": Rule("nothing after the last compressed block", _AGAIN),
    "vcf.damaged": Rule("compressed blocks whose checksum agrees", _AGAIN),
    "vcf.expansion": Rule("at most 200 bytes of text a compressed byte", "look at who made it"),
    "vcf.long_line": Rule("lines of at most 16 MB", "look at who made it"),
    "vcf.crowded": Rule("at most 16 MB of records at one position", "look at who made it"),
    "vcf.crash": Rule(
        "a file that can be read within the memory and time allowed",
        "keep the file, and report the problem with the version of varinterp",
    ),
    "vcf.bom": _warn("no byte-order mark", "nothing to do: it is skipped"),
    "vcf.crlf": _warn("lines that end in a line feed alone", "nothing to do: normalised"),
    "vcf.no_final_newline": _warn("a line feed after the last line", _AGAIN),
    "vcf.not_utf8": Rule("UTF-8 text", "convert it: iconv -f latin1 -t utf-8"),
    "vcf.control_character": Rule("printable text and tabs", _AGAIN),
    "vcf.header_not_utf8": _warn("UTF-8 text", "convert it: iconv -f latin1 -t utf-8"),
}

HEADER = {
    "vcf.version": Rule("VCFv4.0 to VCFv4.5", "convert it with bcftools view"),
    "vcf.header_long": Rule("at most 100,000 header lines", "look at who made it"),
    "vcf.no_columns": Rule("one #CHROM line before the records", _CALLER),
    "vcf.columns": Rule(
        "#CHROM POS ID REF ALT QUAL FILTER INFO [FORMAT samples…], separated by tabs", _CALLER
    ),
    "vcf.meta": _warn("##key=value", "nothing to do: the line is not used"),
    "vcf.definition": Rule(
        'ID, Number, Type and Description="…" as the VCF specification has them', _CALLER
    ),
    "vcf.definition_twice": _warn("one definition an ID", "the first is used"),
    "vcf.definition_odd": _warn(
        "the type and number that the VCF specification reserves for this field",
        "check what the caller means by it",
    ),
    "vcf.sample_twice": Rule("sample names that differ", _RENAME),
    "vcf.sample_case": Rule("sample names that differ by more than capitals", _RENAME),
    "vcf.sample_name": Rule(names.EXPECTED, _RENAME),
    "vcf.sample_absent": Rule("the sample that the sheet names", "correct the sheet's sample"),
    "vcf.build_grch37": Rule(
        "GRCh38", "align and call on GRCh38: varinterp reads no other build and lifts nothing over"
    ),
    "vcf.yoruba": Rule(
        "the revised Cambridge sequence of 16569 bases",
        "align and call on GRCh38: hg19's chrM is another mitochondrion",
    ),
    "vcf.contig_length": Rule("the reference's contig length", "use the reference it was made on"),
    "vcf.no_contig_lengths": _warn(
        "##contig lines with lengths", "the build is proved by REF bases alone"
    ),
}

RECORDS = {
    "vcf.blank_line": Rule("a record on every line", "delete the line and say who wrote it"),
    "vcf.header_in_body": Rule("header lines before the records", "do not concatenate with cat"),
    "vcf.column_count": Rule("as many columns as the #CHROM line", _AGAIN),
    "vcf.contig_name": Rule("a contig name of the specification", _CALLER, "CHROM"),
    "vcf.contig_unknown": Rule(
        "a contig of the header or of the reference",
        "rename it: bcftools annotate --rename-chrs map.txt FILE",
        "CHROM",
    ),
    "vcf.contig_mixed": Rule(
        "one way of naming chromosomes",
        "rename them: bcftools annotate --rename-chrs map.txt FILE",
        "CHROM",
    ),
    "vcf.contig_split": Rule("all records of a contig together", _SORT, "CHROM"),
    "vcf.contig_aside": _warn(
        "primary chromosomes", "set aside: records on other contigs are not interpreted", "CHROM"
    ),
    "vcf.pos": Rule("a whole number from 1", _CALLER, "POS"),
    "vcf.pos_range": Rule("a position within the contig", "check the build", "POS"),
    "vcf.unsorted": Rule("positions in ascending order", _SORT, "POS"),
    "vcf.id": Rule("a dot, or identifiers separated by ';', each once", _CALLER, "ID"),
    "vcf.ref": Rule("bases A, C, G, T, N", _CALLER, "REF"),
    "vcf.ref_mismatch": Rule(
        "the bases of the GRCh38 reference",
        "check the build and the reference it was called on",
        "REF",
    ),
    "vcf.ref_coded": _warn("bases A, C, G, T, N", "set aside: not interpreted", "REF"),
    "vcf.ref_unverifiable": Rule(
        "known bases in the reference", "use a reference that covers the position", "REF"
    ),
    "vcf.alt": Rule("bases, '*', '<TYPE>' or a breakend", _CALLER, "ALT"),
    "vcf.alt_twice": Rule("each ALT allele once", _CALLER, "ALT"),
    "vcf.alt_is_ref": Rule("an ALT that differs from REF", _CALLER, "ALT"),
    "vcf.alt_type": Rule(
        "DEL, INS, DUP, INV, CNV, BND or a type declared by ##ALT", _CALLER, "ALT"
    ),
    "vcf.sv_end": Rule("END or SVLEN, END from POS to the contig's end", _CALLER, "INFO"),
    "vcf.qual": Rule("a number or a dot", _CALLER, "QUAL"),
    "vcf.qual_odd": _warn("a finite number from 0", "nothing to do: not used", "QUAL"),
    "vcf.filter": Rule("PASS, a dot, or filter names separated by ';'", _CALLER, "FILTER"),
    "vcf.filter_undeclared": _warn("filters declared by ##FILTER", _CALLER, "FILTER"),
    "vcf.info": Rule("key=value pairs separated by ';', each key once", _CALLER, "INFO"),
    "vcf.info_value": Rule("as many values, and of the type, as declared", _CALLER, "INFO"),
    "vcf.info_undeclared": _warn("keys declared by ##INFO", "not used", "INFO"),
    "vcf.duplicate": _warn("each allele once", "collapsed: the genotypes agree"),
    "vcf.duplicate_conflict": Rule(
        "one genotype a sample for each allele", "keep the right record, delete the other"
    ),
    "vcf.duplicate_shifted": _warn(
        "each allele once, however it is aligned", "collapsed: the genotypes agree"
    ),
}

GENOTYPES = {
    "vcf.format": Rule("keys separated by ':', each once", _CALLER, "FORMAT"),
    "vcf.format_gt": Rule("GT as the first key of FORMAT", _CALLER, "FORMAT"),
    "vcf.format_undeclared": _warn("keys declared by ##FORMAT", "not used", "FORMAT"),
    "vcf.cell_long": Rule("no more values than FORMAT has keys", _CALLER),
    "vcf.gt": Rule("allele numbers separated by '/' or '|'", _CALLER),
    "vcf.gt_index": Rule("allele numbers up to the number of ALT alleles", _CALLER),
    "vcf.gt_ploidy": Rule("one or two alleles", "call germline variants as haploid or diploid"),
    "vcf.gt_heteroplasmy": _warn(
        "one or two alleles", "kept: a mixture on mtDNA is not a genotype"
    ),
    "vcf.gt_half": _warn("all alleles of a call, or none", "kept: a half call is a missing one"),
    "vcf.format_value": Rule("as many values, and of the type, as declared", _CALLER),
}

RULES = CONTAINER | HEADER | RECORDS | GENOTYPES
