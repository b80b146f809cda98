"""The parts of a fetch: what to ask for, how to ask, and how to know that an answer is whole."""
