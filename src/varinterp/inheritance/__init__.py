"""Which modes of inheritance a family's genotypes fit: one module a mode."""
