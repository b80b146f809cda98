"""What every test shares: this folder is importable, and Hypothesis draws the same each time."""

from hypothesis import settings

settings.register_profile("reproducible", derandomize=True, deadline=None)
settings.load_profile("reproducible")
