"""The archive's alleles: what every case carries that could ever matter, kept for reanalysis.

Everything here is a file: parts that a case's job writes once, and indexes derived from them that
can be deleted and made again. A reader takes a snapshot; a writer never changes what it can see.
"""
