"""Every address of the program, walked by people to whom what stands there does not belong (clauses M3, C5)."""
