"""Reference releases: from a source's upstream files to an admitted release, and between two."""
