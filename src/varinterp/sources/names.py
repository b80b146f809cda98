"""Names that varinterp accepts for families, people and samples: safe in a path and a shell."""

import re

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", re.ASCII)
EXPECTED = (
    "letters, digits, dot, underscore and hyphen, at most 64, starting with a letter or digit"
)
