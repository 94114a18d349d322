"""People: how they sign in, which roles they have, and what of them is kept under seal.

`access` gives each request its viewer. Clauses M1, M2, M3.
"""
