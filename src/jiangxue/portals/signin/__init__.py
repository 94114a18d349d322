"""Signing in, own profile, choosing a role: for everybody."""
