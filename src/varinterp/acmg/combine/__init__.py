"""Combining findings into a class: one module a scheme, all fed the same findings."""
