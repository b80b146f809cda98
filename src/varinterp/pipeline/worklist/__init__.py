"""The worklist put together from the registry, and its files written."""
