"""Which candidate explains the patient best, and why another does not."""
