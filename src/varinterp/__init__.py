"""varinterp: interpret a rare-disease patient's variants, and keep that interpretation true."""

__version__ = "0.6.0"

__all__ = ["__version__"]
