"""The report that a biologist signs: one offline page a family and language."""
