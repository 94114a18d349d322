"""Training classes and who is in them. Clauses C3, T7."""
