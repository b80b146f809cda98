"""What moved in a case's conclusions, what it means, and what becomes of it in review."""
