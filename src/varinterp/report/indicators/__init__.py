"""Indicators of the diagnostic observatory: counted, masked, and written as a page and a table."""
