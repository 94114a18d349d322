"""Rating a course, and deciding about comments."""
