"""`make bench-reports`: how long lists and statistics take with a million learning records of a hundred thousand learners."""
