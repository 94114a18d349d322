"""Who did what, when, to what, with what result: appended, never changed. Clause M3.

Actors and objects are opaque ids; an entry holds no personal data beyond the address it came from
and the reason that its actor gave.
"""
