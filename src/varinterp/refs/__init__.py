"""Reference releases: immutable, named by date, verified before use."""
