"""The baseline of each benchmark: the nearest tool that does the same reading or joining."""
