"""Institutions and authorities, and the region each belongs to."""
