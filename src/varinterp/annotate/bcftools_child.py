"""One bcftools command in a process of its own: ``python -m varinterp.annotate.bcftools_child``.

A hostile file can abort native code; here it takes this process and no other. Messages of both
bcftools and htslib end on this process's standard error.
"""

import os
import resource
import sys

import pysam.bcftools
from pysam.utils import SamtoolsError

_WRITES_BY_NAME = frozenset({"query"})
"""Commands that close the standard output themselves, which crashes under pysam."""


def main(arguments: list[str]) -> int:
    """Run ``arguments`` (a bcftools command line) and return its exit code."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.umask(0o077)
    name, *rest = arguments
    command = getattr(pysam.bcftools, name)
    if name in _WRITES_BY_NAME:
        rest = ["-o", "/dev/fd/1", *rest]
    try:
        if "--nrecords" in rest:  # prints to a stream of pysam's own
            print(command(*rest), end="")
        else:
            command(*rest, catch_stdout=False)
    except SamtoolsError as error:
        print(error.value, file=sys.stderr)
        return 1
    messages = command.get_messages()
    print(messages if isinstance(messages, str) else messages.decode(), file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
