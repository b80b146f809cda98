"""The stages of the workflow, each named as its rule: one family's files into the next ones."""
