"""The numbers that decide what is worth a person's attention (docs/explanation/reanalysis.md)."""

TOP_RANKS = 5
"""A place in the ranking counts as moved when it crosses this one, and the match moved with it."""

EXTERNAL_STARS = 1
"""Stars from which another's *(likely) pathogenic* is a reporting boundary; unknown stars count."""

RESTLESS = 2
"""After so many reversals of a subject, its events of the last tier are recorded, not surfaced."""
