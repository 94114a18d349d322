"""Who has looked at a version of a course, what they say of it, and taking a published course down. Clauses T1.4, M6."""
