"""What every test shares: this folder is importable, and Hypothesis draws the same each time."""

from hypothesis import settings

from postgres import cluster  # noqa: F401 (a fixture of every test that asks for it)

settings.register_profile("reproducible", derandomize=True, deadline=None)
settings.load_profile("reproducible")
