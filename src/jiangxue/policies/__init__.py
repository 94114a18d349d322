"""Dated, versioned, scoped rule parameters: every record names the version it was judged by.

Owns which numbers are in force where and since when, and who may set them. Knows institutions and classes only as opaque ids,
regions by their codes, and applies no rule itself.
"""
