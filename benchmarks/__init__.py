"""Benchmarks: what varinterp costs beside a named baseline, measured in the same run."""
