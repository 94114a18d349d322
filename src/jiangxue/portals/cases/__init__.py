"""Cases as all whom they concern see them: lists, one case with every step, what both sides explain, and its paper. Clauses M6, C5."""
