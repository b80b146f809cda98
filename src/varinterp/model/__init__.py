"""The values that everything else speaks of: frozen, hashable, no I/O."""
