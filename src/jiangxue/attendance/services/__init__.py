"""Signing in and out, and what staff state of who was present."""
