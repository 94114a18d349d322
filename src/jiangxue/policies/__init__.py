"""Dated, versioned, scoped rule parameters: every record names the version it was judged by.

Owns which numbers are in force where and since when. Knows scopes only as opaque ids and applies no rule itself.
"""
