"""ACMG/AMP classification: one module a family of evidence, then the combining schemes."""
