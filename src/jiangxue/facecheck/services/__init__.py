"""Verbs about faces."""
