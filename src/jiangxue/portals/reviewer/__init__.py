"""Pages of those who review courses: an institution's own, and the platform's. Clauses T1.4, M6."""
"""Pages of those who review: courses, and comments on them."""
