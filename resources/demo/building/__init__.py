"""How the embedded demo is made from its committed facts; nothing here runs in an analysis."""
