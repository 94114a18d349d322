"""Pages of those who review courses, an institution's own and the platform's, and comments on them. Clauses T1.4, M6."""
