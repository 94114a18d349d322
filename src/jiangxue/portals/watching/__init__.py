"""A class as those who answer for it look at it: who learns now, its days, facts worth a look; the same for staff and supervisors. Clauses C3, M6, T7."""
