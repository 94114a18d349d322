"""The table of occupations (职业): imported whole, searched by name or code, never typed. Clause C2.

Owns which occupations there are, their levels and standards. What a later table leaves out is retired, never removed: courses refer to it.
"""
