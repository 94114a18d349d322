"""Who was present at the live and practice lessons of a class (考勤). Clause C3."""
