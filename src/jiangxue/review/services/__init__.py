"""Reviewing versions of courses, and taking published courses down."""
