"""Study sessions: who may earn time now, what was credited, what was refused and why, and where to go on.

Clauses T2.1–T2.5, T5, T1.3. The rules are docs/rules/effective-time.md; `rules` holds them as pure functions.
"""
