"""One adapter per outside format: it reads, checks the vocabulary, and returns our own values."""
