"""Rosters as people send them: which columns they have, what each row says, and what is to be mended. Clause C3; decision 0036."""
