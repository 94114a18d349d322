"""Pages on which an institution applies for the opening of a class (开班申请)."""
