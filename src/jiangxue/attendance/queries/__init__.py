"""Attendance, as people and the settlement read it."""
