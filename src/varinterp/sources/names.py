"""Names that varinterp accepts for families, people, samples and panels: safe in a shell."""

import re

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", re.ASCII)
EXPECTED = (
    "letters, digits, dot, underscore and hyphen, at most 64, starting with a letter or digit"
)

PANEL = re.compile(
    r"(?:(?:panelapp_uk|panelapp_au):[1-9][0-9]{0,5}"
    r"|HP:[0-9]{7}(?:\+HP:[0-9]{7})*"
    r"|(?!HP:)[A-Za-z0-9][A-Za-z0-9._-]{0,63})",
    re.ASCII,
)
"""A panel: PanelApp's by instance and number, HPO terms, or a laboratory's own by its name."""
