"""Courses, their outline and their media. Clauses T1.1, C2."""
